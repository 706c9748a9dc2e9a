"""Numbers that the text states are held against the values that tests computed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeGuard

from triptych.english import counted
from triptych.ledger.verdicts import UNPRINTABLE
from triptych.parse.numbers import Number, numbers
from triptych.parse.readable import readable
from triptych.parse.rewrite import rewritten
from triptych.parse.stated import Place, author_text, places, places_with_other_numbers
from triptych.runner.accept import Correction
from triptych.runner.findings import one_line
from triptych.runner.stated import MAX_STATEMENTS
from triptych.validate.code import CodeFinding
from triptych.values.document import Document

MAX_WORDS_CHARS = 300
_MAX_VALUES = 20
_MAX_VALUE_CHARS = 400
_MAX_EXPONENT = 400
_SHOWN_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Statement:
    """A call of `stated`, as the process of a program reported it."""

    line: int
    words: str
    values: tuple[Decimal | None, ...]
    """None for a number that nothing computes."""
    digits: int = 0
    """How many significant digits count; 0 for those that are written."""

    @property
    def is_plain(self) -> bool:
        """Return whether its words can be recorded: they are short, and only text."""
        return len(self.words) <= MAX_WORDS_CHARS and not UNPRINTABLE.search(self.words)


def statements(reported: object) -> tuple[Statement, ...]:
    """Return what a process reported as stated, without what no `stated` reports.

    The author's code runs in that process and may report anything.
    """
    entries = reported if isinstance(reported, list) else []
    return tuple(found for e in entries[:MAX_STATEMENTS] for found in _statement(e))


def _statement(entry: object) -> Iterator[Statement]:
    match entry:
        case {
            "line": int(line),
            "words": str(words),
            "values": list(values),
            "digits": int(digits),
        }:
            yield Statement(
                line,
                words[: MAX_WORDS_CHARS + 1],
                tuple(_number(value) for value in values[: _MAX_VALUES + 1]),
                max(0, min(digits, _MAX_VALUES)),
            )


def _number(value: object) -> Decimal | None:
    """Return a value as a number; what is none counts as one that is not finite."""
    if value is None:
        return None
    try:
        return Decimal(value if _is_short(value) else "NaN")
    except InvalidOperation:
        return Decimal("NaN")


def _is_short(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and len(value) <= _MAX_VALUE_CHARS


def statement_findings(
    stated: Iterable[Statement], document: Document, language: str
) -> Iterator[tuple[CodeFinding, tuple[Correction, ...]]]:
    """Yield what is wrong with `stated`, with the corrections of the text."""
    text = author_text(document)
    for statement in stated:
        fault = _fault(statement, language)
        if fault:
            yield CodeFinding("bad-statement", statement.line, detail=fault), ()
            continue
        words = readable(statement.words).text
        found = list(places(text, words, language))
        wrong = [
            (place, index)
            for place in found
            for index in _computed(statement)
            if not place.numbers[index].matches(
                _value(statement, index), statement.digits
            )
        ]
        if wrong:
            finding = _wrong_number(statement, wrong, text.text)
            yield finding, _corrections(statement, wrong, text.text, language)
        elif not found:
            others = places_with_other_numbers(text, words, language)
            places_ = others if len(others) == 1 else []
            pairs = [(place, i) for place in places_ for i in _computed(statement)]
            finding = _unfound_words(statement, others, text.text)
            yield finding, _corrections(statement, pairs, text.text, language)


def _fault(statement: Statement, language: str) -> str:
    """Return what makes a statement one that cannot be judged."""
    if not statement.is_plain:
        return f"the words hold no text, or more than {MAX_WORDS_CHARS} characters"
    words = readable(statement.words).text
    count = len(numbers(words, language))
    given = len(statement.values)
    if not count:
        return f"there is no number in `{one_line(words)}`"
    if count != given:
        wanted = counted(count, "number")
        values = counted(given, "value") if given else "no values"
        return f"`{one_line(words)}` has {wanted}, and there are {values}"
    known = [value for value in statement.values if value is not None]
    if not all(v.is_finite() and abs(v.adjusted()) < _MAX_EXPONENT for v in known):
        return "a value is no finite number"
    return "" if known else "no value is given"


def _computed(statement: Statement) -> Iterator[int]:
    """Yield which numbers of the words have a value."""
    return (i for i, value in enumerate(statement.values) if value is not None)


def _value(statement: Statement, index: int) -> Decimal:
    value = statement.values[index]
    assert value is not None  # noqa: S101 - what nothing computes is never asked for
    return value


def _wrong_number(
    statement: Statement, wrong: Sequence[tuple[Place, int]], text: str
) -> CodeFinding:
    first = [(place.numbers[i], i) for place, i in wrong if place == wrong[0][0]]
    return CodeFinding(
        "wrong-number",
        statement.line,
        detail=_listed(text[number.start : number.end] for number, _ in first),
        values=_listed(_shown(number, _value(statement, i)) for number, i in first),
    )


def _unfound_words(
    statement: Statement, others: Sequence[Place], text: str
) -> CodeFinding:
    said = [one_line(text[place.start : place.end]) for place in others[:1]]
    hint = "".join(f"it says `{words}`" for words in said)
    detail = one_line(readable(statement.words).text)
    return CodeFinding("unfound-words", statement.line, detail=detail, values=hint)


def _corrections(
    statement: Statement, wrong: Iterable[tuple[Place, int]], text: str, language: str
) -> tuple[Correction, ...]:
    """Return what the text should say; nothing where that cannot be written."""
    made = []
    for place, index in wrong:
        value = _value(statement, index)
        number = place.numbers[index]
        new = rewritten(number, text, value, language, statement.digits)
        if new is None:
            return ()
        made.append(Correction(statement.words, place, index, new))
    return tuple(made)


def _shown(number: Number, value: Decimal) -> str:
    """Return a value as it would be written, in percent where the text has percent."""
    return f"{float(value / number.share):.{_SHOWN_DIGITS}g}"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
