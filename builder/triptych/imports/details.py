"""Blocks `<details>` in Markdown, and what their summaries say they hide."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from html import unescape

from triptych.imports.pieces import lines

_TAG = re.compile(r"<(/?)details\b[^>]*>", re.IGNORECASE)
_SUMMARY = re.compile(
    r"\s*<summary\b[^>]*>(?P<text>.*?)(?:</summary>|(?=\n[ \t]*\n|<details|\Z))",
    re.IGNORECASE | re.DOTALL,
)
_SPAN = re.compile(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)|<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]", re.MULTILINE)
_INLINE_TAG = re.compile(
    r"</?(?:b|strong|i|em|h[1-6]|p|u|span|font|big|small|center)\b[^>]*>", re.IGNORECASE
)
_CODE = re.compile(r"<code>([^`<>\n]+)</code>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>\n]*>")
_QUESTION_MARK = re.compile(r"[?\uff1f\u061f]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ANSWERS = _words(
    "answer answers ans solution solutions explanation explanations spoiler spoilers"
    " antwort antworten lösung lösungen réponse réponses solución soluciones respuesta"
    " respuestas risposta risposte soluzione resposta respostas solução antwoord svar"
    " odpowiedź rozwiązanie cevap ответ ответы решение відповідь"
)
_HINTS = _words(
    "hint hints tip tips hinweis tipp indice indices indizio pista pistas dica"
    " подсказка"
)
_OPENS = _words("show see view click tap press reveal toggle open expand")
_AROUND = _words(
    "a an and the to for me my your here this it of in full correct right possible"
    " sample model suggested short long question number no"
    " zeigen anzeigen voir la le ver el ver mostrar mostra vedi показать"
)
"""Words that may stand beside: they say nothing of their own."""
_ASIDE = _words(
    "example examples code output result results note notes more details detail"
    " source sources reference references python javascript js typescript java c cpp go"
    " rust sql ruby php swift kotlin bash"
)
_CONTENTS = _words(
    "table of contents content toc index inhalt inhaltsverzeichnis sommaire índice"
    " indice оглавление содержание 目录 目次 목차"
)
_CHARACTERS_OF_ANSWERS = re.compile(
    "答案|解答|回答|答え|解説|解析|정답|해답|답변|풀이"  # Chinese, Japanese, Korean
)
_MAX_CHARACTERS = 12
"""Longer summaries without spaces say more than that they hide an answer."""


class Role(Enum):
    """What a block hides."""

    QUESTION = auto()
    """The answer to its own summary."""
    ANSWER = auto()
    """The answer to what stands above."""
    HINT = auto()
    ASIDE = auto()
    """More of what stands above, or a table of contents."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block, by the offsets of its parts in a text."""

    start: int
    first: int
    """Where its inside begins, after the summary."""
    last: int
    """Where its inside ends."""
    end: int
    summary: str
    is_closed: bool = True

    def folded_text(self, text: str) -> str:
        """Return what the block folds away."""
        return text[self.first : self.last]

    @property
    def asks(self) -> bool:
        """Whether the summary has a question mark."""
        return _QUESTION_MARK.search(self.summary) is not None

    @property
    def words(self) -> list[str]:
        """Return the words of the summary."""
        bare = _ANY_TAG.sub(" ", self.summary).casefold()
        return [word for word in re.findall(r"\w+", bare) if not word.isdigit()]

    @property
    def role(self) -> Role:
        """Return what the block hides, by its summary."""
        words = set(self.words)
        if not words:
            return Role.QUESTION if self.asks else Role.ANSWER
        if words <= _CONTENTS:
            return Role.ASIDE
        if words & _HINTS and words <= _HINTS | _OPENS | _AROUND:
            return Role.HINT
        known = _ANSWERS | _OPENS | _AROUND | _ASIDE
        if words <= known and words & (_ANSWERS | _OPENS):
            return Role.ANSWER
        if self._has_characters_of_answers and not self.asks:
            return Role.ANSWER
        return Role.ASIDE if words <= _ASIDE | _AROUND else Role.QUESTION

    @property
    def says_nothing(self) -> bool:
        """Whether nothing is lost without the summary."""
        known = _ANSWERS | _OPENS | _AROUND
        is_generic = set(self.words) <= known or self._has_characters_of_answers
        return self.role is Role.ANSWER and is_generic

    @property
    def _has_characters_of_answers(self) -> bool:
        is_short = len(self.summary.strip()) <= _MAX_CHARACTERS
        return is_short and _CHARACTERS_OF_ANSWERS.search(self.summary) is not None


def every_block(text: str) -> list[Block]:
    """Return the blocks of `text`, also those within others, by their starts."""
    masked = masked_code(text)
    return sorted(_blocks(text, masked), key=lambda block: block.start)


def top_blocks(text: str) -> list[Block]:
    """Return the blocks of `text` that are in no other."""
    found: list[Block] = []
    for block in every_block(text):
        if not found or block.start >= found[-1].end:
            found.append(block)
    return found


def blocks_within(blocks: list[Block], outer: Block) -> list[Block]:
    """Return those of `blocks` that are in `outer`."""
    return [b for b in blocks if outer.start < b.start and b.end <= outer.end]


def masked_code(text: str) -> str:
    """Return `text` with code and comments replaced, each offset as before."""
    prose = "".join(
        "\n".rjust(len(line)) if is_code else line for is_code, line in lines(text)
    )
    return _SPAN.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), prose)


def without_inline_tags(html: str) -> str:
    """Return a summary without the tags that only make it bold or large.

    Code becomes that of Markdown, which ids leave out the signs of.
    """
    text = _CODE.sub(lambda found: f"`{unescape(found[1])}`", html)
    return " ".join(_INLINE_TAG.sub("", text).replace("&nbsp;", " ").split())


def _blocks(text: str, masked: str) -> Iterator[Block]:
    open_tags: list[re.Match[str]] = []
    every = list(_TAG.finditer(masked))
    for tag in every:
        if not tag[1]:
            open_tags.append(tag)
        elif open_tags:
            yield _block(text, masked, open_tags.pop(), (tag.start(), tag.end()))
    for tag in open_tags:
        # Without its end, a block would fold the rest of the file away.
        summary = _SUMMARY.match(masked, tag.end())
        after = summary.end() if summary else tag.end()
        heading = _HEADING.search(masked, after)
        ends = [other.start() for other in every if other.start() >= after]
        ends += [heading.start()] if heading else []
        end = min(ends, default=len(text))
        yield _block(text, masked, tag, (end, end))


def _block(
    text: str, masked: str, tag: re.Match[str], closing: tuple[int, int]
) -> Block:
    found = _SUMMARY.match(masked, tag.end(), closing[0])
    return Block(
        start=tag.start(),
        first=found.end() if found else tag.end(),
        last=closing[0],
        end=closing[1],
        summary=text[slice(*found.span("text"))] if found else "",
        is_closed=closing[0] < closing[1],
    )
