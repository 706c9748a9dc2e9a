"""The index of the handbook: tags, and terms that answers have in bold letters.

Authors write in bold what they define, but also how a line of a list begins. A term is
what other questions mention, too, and not most of them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from triptych.render.sheet.glyphs import bookmark_text
from triptych.render.sheet.nodes import Data
from triptych.values.alphabet import initial, order
from triptych.values.prose import Prose
from triptych.values.question import Question
from triptych.values.tree import Node, children, kind, text, walk

MIN_QUESTIONS = 20
"""A book of fewer has contents of a page, where a reader finds all."""
_MAX_WORDS = 4
_MAX_CHARS = 40
_USUAL_SHARE = 0.4
"""More questions than this have a usual word, which begins and ends no term."""
_KNOWN_SHARE = 0.25
"""More questions than this have a word that needs no index."""
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(
    r"[.,;:!?…\u060c\u061b\u061f\u3001\u3002\uff0c\uff1a\uff1f\uff01](\s|$)|^[\"“„«'\u2018]"
)
_NO_TEXT = frozenset(("math", "img"))
_NO_BOLD = frozenset(("fence", "code", "math", "mathblock"))


@dataclass(frozen=True, slots=True)
class Index:
    """What the index lists, and where it finds its terms."""

    entries: tuple[dict[str, Data], ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    """The place among `entries` of each term that answers have in bold, by its key."""

    def marked(self, nodes: Iterable[Node], seen: set[int]) -> Iterator[Node]:
        """Yield `nodes` with the number of each term that is not `seen` yet."""
        for node in nodes:
            number = self.numbers.get(_key(text(node))) if _is_bold(node) else None
            inner = children(node)
            if not isinstance(node, tuple) or not inner or kind(node) == "fence":
                yield node
            elif number is not None and number not in seen:
                seen.add(number)
                yield ("strong", ("term", number), *inner)
            else:
                yield (*node[: len(node) - len(inner)], *self.marked(inner, seen))


def index_of(questions: Sequence[Question], language: str) -> Index:
    """Return the index of these questions; it is empty for a small book."""
    if len(questions) < MIN_QUESTIONS:
        return Index()
    usage = _Usage(questions)
    tagged: dict[str, list[Data]] = {}
    names: dict[str, str] = {}
    for question in questions:
        for tag in question.meta.tags:
            tagged.setdefault(_key(tag) or tag, []).append(question.id)
            names.setdefault(_key(tag) or tag, tag)
    names = {key: usage.spelled(key, tag) for key, tag in names.items()}
    bold = {
        _key(said): said
        for question in questions
        for said in _all_bold(question)
        if usage.is_term(said)
    }
    names = {key: usage.small(said) for key, said in bold.items()} | names
    keys = sorted(names, key=lambda key: order(names[key], language))
    entries: list[dict[str, Data]] = []
    last = None
    for key in keys:
        name = bookmark_text(names[key], key)
        begins = initial(name, language)
        entries.append(
            {
                "title": (name,),
                "questions": tagged.get(key, []),
                "is-new-letter": last is not None and begins != last,
            }
        )
        last = begins
    numbers = {key: at for at, key in enumerate(keys) if key in bold}
    return Index(tuple(entries), numbers)


class _Usage:
    """How the questions of a book use words."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._texts = [
            " ".join(prose.plain for prose in question.all_prose)
            for question in questions
        ]
        words = [_WORD.findall(text_.casefold()) for text_ in self._texts]
        self._phrases = [f" {' '.join(found)} " for found in words]
        self._counts = Counter(word for found in words for word in set(found))
        self._in_titles = {
            word
            for question in questions
            for word in _WORD.findall(question.prompt.plain.casefold())
        }

    def is_term(self, said: str) -> bool:
        """Return whether a reader would look for what an answer has in bold."""
        words = _WORD.findall(said.casefold())
        if not 0 < len(words) <= _MAX_WORDS or _SENTENCE.search(said):
            return False
        if len(said) > _MAX_CHARS or not any(map(str.isalpha, said)):
            return False
        if any(self._share(word) > _USUAL_SHARE for word in (words[0], words[-1])):
            return False
        if len(words) == 1 and not (_is_name(said) or self._is_in_titles(words[0])):
            return False
        phrase = f" {' '.join(words)} "
        return sum(phrase in text_ for text_ in self._phrases) > 1

    def _is_in_titles(self, word: str) -> bool:
        return word in self._in_titles and self._share(word) <= _KNOWN_SHARE

    def _share(self, word: str) -> float:
        return self._counts[word] / len(self._texts)

    def spelled(self, key: str, tag: str) -> str:
        """Return a tag as a question writes it, or else as it is."""
        words = r"[\s-]+".join(map(re.escape, key.split()))
        for text_, phrases in zip(self._texts, self._phrases, strict=True):
            if f" {key} " in phrases:
                found = Counter(re.findall(rf"\b{words}\b", text_, re.IGNORECASE))
                said = min(found, key=lambda said: (-found[said], said), default=tag)
                return self.small(said)
        return tag

    def small(self, said: str) -> str:
        """Return `said` with a small first letter, if it is written so somewhere."""
        small = said[:1].lower() + said[1:]
        if small == said or _is_name(said):
            return said
        word = re.compile(rf"\b{re.escape(small)}\b")
        found = any(small in text_ and word.search(text_) for text_ in self._texts)
        return small if found else said


def _is_name(said: str) -> bool:
    """Return whether `said` is written unlike a usual word, as `AUC` is."""
    return not said[1:].islower() and said.upper() != said.lower()


def _key(said: str) -> str:
    return " ".join(_WORD.findall(said.casefold()))


def _all_bold(question: Question) -> Iterator[str]:
    for prose in (question.answer, question.depth, *_bodies(question)):
        yield from _bold_in(prose.blocks)


def _bold_in(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if _is_bold(node):
            yield text(node).strip()
        elif kind(node) not in _NO_BOLD:  # code has a node for each of its colours
            yield from _bold_in(children(node))


def _bodies(question: Question) -> Iterator[Prose]:
    for part in (*question.follow_ups, *question.pitfalls):
        yield part.text


def _is_bold(node: Node) -> bool:
    """Return whether `node` is words in bold, without formulas or pictures."""
    return kind(node) == "strong" and not any(
        kind(inner) in _NO_TEXT for inner in walk(node)
    )
