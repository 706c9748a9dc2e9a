"""The files of the search: one script with it all, or a root and shards of the rest."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from triptych.render.site.data import data_script, forms_of
from triptych.render.site.listings import Listing
from triptych.render.site.rows import plain_description
from triptych.render.site.search.coding import Line, encoded_terms, shards, steps
from triptych.render.site.search.weights import Page, Postings, weigh
from triptych.render.site.templates import Site
from triptych.render.site.views import search
from triptych.values import addresses
from triptych.values.artifact import Artifact
from triptych.values.meta import Difficulty, Kind
from triptych.values.question import Question

MAX_QUESTIONS_IN_ONE_FILE = 1500
"""The most questions whose index is one file."""
PAGES_PER_SHARD = 4
"""Pages that stand in one shard: a search shows few, from anywhere."""
_SHARD_BYTES = 6000
"""About how many bytes of terms stand in one shard."""
_MAX_POSTINGS = 400
"""The most pages of a term in an index of shards: those that it says most about."""
_COMMON_SHARE = 4
"""A term on more than this part of all pages is looked for only where it is alone."""
_MAX_SUMMARY_CHARS = 110
_GROUPS = ("topics", "kinds", "difficulties", "tags", "companies", "guides")
"""A place says by number which of these it is one of."""
# In plain text, where formulas are as their author wrote them.
_COMMAND = re.compile(r"\\[A-Za-z]+")
"""A command of LaTeX, which nobody looks for."""
_WORDS = (
    *(
        "search",
        "close",
        "all_topics",
        "no_hits",
        "did_you_mean",
        "questions",
        "minutes",
    ),
    *("topics", "topic", "kind", "difficulties", "tag", "company", "guide"),
    *("practise_this", "practise_these"),
    *("keys", "keys_on", "show_answer", "next", "previous", "space_key"),
)


def search_files(site: Site, lists: Sequence[Listing]) -> Iterator[Artifact]:
    """Yield the index of all questions, lists and guides."""
    questions = site.catalog.current
    number = {question.id: at for at, question in enumerate(questions)}
    places = [*_listed(lists, number), *_guides(site)]
    rows = [*map(_row, questions), *(row for row, _ in places)]
    pages = [*(_page(site, q) for q in questions), *(_place(t) for _, t in places)]
    postings = weigh(pages)
    root = _root(site, questions)
    if len(questions) <= MAX_QUESTIONS_IN_ONE_FILE:
        lines = _in_order(postings)
        root |= {
            "terms": encoded_terms(lines),
            "pages": rows,
            "flags": _flags(questions),
        }
        yield _script("index", root)
        return
    runs = list(shards(_strongest(postings), _SHARD_BYTES))
    frequent = len(pages) / _COMMON_SHARE
    root |= {
        "starts": [run[0][0] for run in runs],
        "each": PAGES_PER_SHARD,
        "cut": _MAX_POSTINGS,
        "common": sorted(term for term, own in postings.items() if len(own) > frequent),
    }
    yield _script("index", root | {"count": len(rows)})
    yield _script("flags", {"flags": _flags(questions)})
    for at, run in enumerate(runs):
        yield _script(f"terms-{at}", {"shard": at, "terms": encoded_terms(run)})
    for at in range(0, len(rows), PAGES_PER_SHARD):
        part = {"from": at, "pages": rows[at : at + PAGES_PER_SHARD]}
        yield _script(f"pages-{at // PAGES_PER_SHARD}", part)


def _root(site: Site, questions: Sequence[Question]) -> dict[str, object]:
    """Return what the script needs before it looks for anything."""
    topics, at = [], 0
    for topic, own in groupby(questions, lambda question: question.meta.topic):
        topics.append([topic, site.topics[topic].title, at])
        at += len(list(own))
    shown = {q.meta.kind for q in questions}
    levels = {q.meta.difficulty for q in questions}
    return {
        "questions": len(questions),
        "language": site.catalog.deck.language,
        "topics": topics,
        "kinds": {k: forms_of(site.strings[k]) for k in Kind if k in shown},
        "levels": {d: forms_of(site.strings[d]) for d in Difficulty if d in levels},
        "words": {key: forms_of(site.strings[key]) for key in _WORDS},
    }


def _flags(questions: Sequence[Question]) -> str:
    """Return a letter for the kind and the difficulty of each question."""
    kinds, levels = list(Kind), [None, *Difficulty]
    return "".join(
        chr(ord("A") + 4 * kinds.index(q.meta.kind) + levels.index(q.meta.difficulty))
        for q in questions
    )


def _row(question: Question) -> list[object]:
    """Return what a result says about a question."""
    short = plain_description(question, _MAX_SUMMARY_CHARS)
    return [question.prompt.readable, question.id, question.meta.minutes, short]


def _listed(
    lists: Sequence[Listing], number: Mapping[str, int]
) -> Iterator[tuple[list[object], str]]:
    """Yield what a result says about each list, and its text."""
    for listing in lists:
        title, url = str(listing.title), listing.link.url
        if url == addresses.in_folder(listing.group, title).path:
            url = ""  # the script makes it of the group and the title
        own = steps(sorted(number[question.id] for question in listing.questions))
        # What the others hold is part of the script's data.
        held = [own] if listing.group in {"tags", "companies"} else []
        yield [title, url or 0, _GROUPS.index(listing.group), *held], title


def _guides(site: Site) -> Iterator[tuple[list[object], str]]:
    for guide in site.catalog.guides:
        title, url = guide.title.readable, guide.address.url
        yield [title, url, _GROUPS.index("guides")], title


def _page(site: Site, question: Question) -> Page:
    prompt, labels, summary, rest = search(question)
    topic = site.topics[question.meta.topic].title
    texts = (prompt, " ".join((topic, *labels)), summary, rest)
    title, label, short, body = (_COMMAND.sub(" ", text) for text in texts)
    return Page((title, label, short, body))


def _place(title: str) -> Page:
    return Page((title, "", "", ""))


def _strongest(postings: Postings) -> list[Line]:
    """Return terms in order with the pages that each says most about."""
    kept: list[Line] = []
    for term, pages in _in_order(postings):
        ranked = sorted(pages, key=lambda page: (-page[1], page[0]))[:_MAX_POSTINGS]
        kept.append((term, sorted(ranked)))
    return kept


def _in_order(postings: Postings) -> list[Line]:
    """Return terms as the script compares them: by units of UTF-16."""
    return sorted(postings.items(), key=lambda line: line[0].encode("utf-16-be"))


def _script(name: str, data: Mapping[str, object]) -> Artifact:
    return data_script(f"search/{name}.js", "triptychIndex", data)
