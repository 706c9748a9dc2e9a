"""Rules for all files of a deck together."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from triptych.dialect.characters import composed, composed_path
from triptych.dialect.folders import NOT_TOPICS
from triptych.dialect.ids import is_id
from triptych.notes.names import tag
from triptych.validate.cycles import circular
from triptych.validate.names import Names
from triptych.validate.rule import DeckScope, suggest
from triptych.values.diagnostics import Finding, Span
from triptych.values.entry import Entry, Mention
from triptych.values.source import TABLES

# Python's surrogates for bytes of a file name that are not UTF-8.
_SURROGATES = re.compile("[\ud800-\udfff]")

_TABLE_SUFFIXES = tuple(PurePosixPath(name).suffix for name in TABLES)
_DEPTH_IN_TOPIC = 2
"""How many parts the path of a file in a topic has."""


def duplicate_id(entries: tuple[Entry, ...], _scope: DeckScope) -> Iterator[Finding]:
    """Flag an id or an alias that two files claim: their cards would be one.

    Guides have pages of their own, and so ids of their own.
    """
    seen: dict[tuple[bool, str], Span] = {}
    for entry in entries:
        claims = [Mention(entry.id, entry.span), *entry.aliases]
        for claim in claims:
            name = (entry.meta.is_guide, claim.name)
            if name in seen:
                message = f"the id `{claim.name}` is taken"
                hint = f"{seen[name].path} has it: choose another"
                if entry.meta.path.name in TABLES:
                    hint += ", in a line `# id: …` above the columns"
                yield Finding(claim.span, message, hint)
            else:
                seen[name] = claim.span


def repeated_question(
    entries: tuple[Entry, ...], _scope: DeckScope
) -> Iterator[Finding]:
    """Flag a question that another file asks in the same words.

    Two cards with one front are learned as one, with the wrong answer half of the time.
    Drafts and what is retired do not count.

    Bad:

        === topic/a.md
        ---
        question: What is bias?
        ---
        An answer.
        === topic/b.md
        ---
        question: What is bias
        ---
        An answer.

    Good:

        === topic/a.md
        ---
        question: What is the bias of an estimator?
        ---
        An answer.
        === topic/b.md
        ---
        question: What is the bias of a neuron?
        ---
        An answer.
    """
    seen: dict[str, Entry] = {}
    for entry in entries:
        if entry.meta.draft or entry.meta.retired or not entry.question:
            continue
        first = seen.setdefault(entry.question, entry)
        if first is not entry:
            span = Span(entry.meta.path)
            message = f"`{first.meta.path}` asks the same question"
            yield Finding(span, message, "say what each of them is about")


def dangling_reference(
    entries: tuple[Entry, ...], scope: DeckScope
) -> Iterator[Finding]:
    """Flag a `related` or `requires` entry that no question has as its id.

    So is a note under `aliases` or `renamed` whose question neither the deck nor any
    release has.
    """
    known = {entry.id for entry in entries if not entry.meta.is_guide}
    names = Names(known)
    former = {a.name: o.id for o in entries for a in o.aliases}
    for entry in entries:
        for mention in entry.related + entry.requires:
            if mention.name == entry.id:
                yield Finding(
                    mention.span, "a question cannot name itself", "delete it"
                )
            elif mention.name not in known and not mention.name.startswith("<"):
                now = former.get(mention.name)
                hint = (
                    f"it is called `{now}` now" if now else suggest(mention.name, names)
                )
                yield Finding(
                    mention.span, f"no question has the id `{mention.name}`", hint
                )
    yield from _moved_from_nowhere(entries, frozenset((*known, *former)), scope)


def _moved_from_nowhere(
    entries: tuple[Entry, ...], known: frozenset[str], scope: DeckScope
) -> Iterator[Finding]:
    all_known = known | {note.partition("/")[0] for note in scope.ledger.notes}
    names = Names(all_known)
    for entry in entries:
        for mention in entry.moved:
            question = mention.name.partition("/")[0]
            if is_id(question) and question not in all_known:
                message = f"no question has or had the id `{question}`"
                yield Finding(mention.span, message, suggest(question, names))


def requires_cycle(entries: tuple[Entry, ...], _scope: DeckScope) -> Iterator[Finding]:
    """Flag prerequisites that lead back to their own question: no order fits them."""
    required = {e.id: tuple(m.name for m in e.requires) for e in entries}
    groups = circular(required)
    for entry in entries:
        for mention in entry.requires:
            group = groups.get(entry.id)
            if group is not None and group == groups.get(mention.name):
                message = f"`{entry.id}` and `{mention.name}` require each other"
                if len(group) > 2:  # noqa: PLR2004 - a pair says it all
                    message += f", through {len(group) - 2} more"
                if mention.name != entry.id:
                    yield Finding(
                        mention.span, message, "delete one link of the circle"
                    )


def changed_tag(entries: tuple[Entry, ...], _scope: DeckScope) -> Iterator[Finding]:
    """Flag a tag that Anki cannot keep as it is written, once for the deck.

    Anki separates tags at spaces. Hierarchical tags are fine: `a/b` is `a::b` in Anki.
    """
    seen: set[str] = set()
    for entry in entries:
        for mention in entry.tags:
            name = composed(mention.name)
            kept = tag(name)
            if name not in seen and kept != name.replace("/", "::"):
                shown = f"becomes `{kept}`" if kept else "is left out"
                message = f"the tag `{name}` {shown} in Anki"
                yield Finding(mention.span, message, "use letters, digits and hyphens")
            seen.add(name)


def dead_link(entries: tuple[Entry, ...], _scope: DeckScope) -> Iterator[Finding]:
    """Flag a link to a file, or to a place in one, that the deck does not have."""
    by_path = {str(entry.meta.path): entry for entry in entries}
    names = Names(by_path)
    for entry in entries:
        for link in entry.links:
            target = by_path.get(link.name)
            if target is None:
                hint = suggest(link.name, names, "name a question's .md file")
                yield Finding(link.span, f"there is no question in `{link.name}`", hint)
            elif link.fragment and link.fragment not in target.anchors.union(
                target.github_names
            ):
                message = f"nothing in `{link.name}` has the id `{link.fragment}`"
                yield Finding(
                    link.span, message, suggest(link.fragment, target.anchors)
                )


def misplaced_file(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a Markdown file in a place where no question can be: it is left out.

    A question is `<topic>/<name>.md`, a table of cards `<topic>/cards.csv`, a guide
    `guides/<name>.md`.
    """
    for path in scope.folder.misplaced:
        message = "this file is no question: it is in no topic's folder"
        if path.suffix != ".md" and path.name not in TABLES:
            message = f"this file is no question: its name ends with `{path.suffix}`"
        elif _SURROGATES.search(str(path)):
            message = "this file is no question: its name is not UTF-8"
        name = path.name if path.name in TABLES else "<name>.md"
        yield Finding(Span(path), message, f"move it to `<topic>/{name}`")


def unread_table(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a table in a topic that no card is made of, since it is not called so.

    A topic has one table of cards, `cards.csv` or `cards.tsv`, in small letters.

    Bad:

        === topic/words.csv
        id,prompt,answer
        bread,el pan,bread
        === topic/a.md
        ---
        question: What?
        ---
        An answer.

    Good:

        === topic/cards.csv
        id,prompt,answer
        bread,el pan,bread
    """
    sources = {source.path for source in scope.folder.sources}
    for path in sorted(scope.folder.files):
        suffix, folder = path.suffix.lower(), path.parent
        is_in_topic = (
            len(path.parts) == _DEPTH_IN_TOPIC and str(folder) not in NOT_TOPICS
        )
        if suffix not in _TABLE_SUFFIXES or not is_in_topic:
            continue
        name = f"cards{suffix}"
        hint = f"call it `{name}` if its rows are cards"
        if folder / name in sources:
            hint = f"put its rows into `{folder / name}` if they are cards"
        yield Finding(Span(path), "nothing reads this table", hint)


def file_outside(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a question that is a link to a file outside the deck: it is not read."""
    for path in scope.folder.outside:
        message = "this file is a link that leads out of the deck folder"
        yield Finding(Span(path), message, "copy the file itself into the deck")


def not_a_file(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag what is neither a file nor a folder: questions behind it would be missing.

    A link to a file of the deck is read, and so are templates and fonts in a folder
    that a link leads to.
    """
    for path, kind in scope.folder.unread:
        hint = "delete it"
        if kind.startswith("a link"):
            hint = "put the files themselves there, or delete the link"
        yield Finding(Span(path), f"this is {kind}, and is not read", hint)


def ambiguous_name(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag two files whose names look the same but differ in Unicode form.

    `é` is one character in NFC, and a letter with an accent in NFD. A link or a picture
    means either spelling, so one file would take the place of the other.
    """
    folder = scope.folder
    paths = sorted((*folder.files, *(source.path for source in folder.sources)))
    seen: dict[PurePosixPath, PurePosixPath] = {}
    for path in paths:
        if seen.setdefault(composed_path(path), path) != path:
            message = "another file has this name, in another Unicode form (NFC or NFD)"
            hint = "delete one of the two, or give it another name"
            yield Finding(Span(path), message, hint)
