"""What is known of how a deck was checked: code that ran, numbers, sources, dates."""

from collections.abc import Iterator
from dataclasses import dataclass

from triptych.values.catalog import Catalog
from triptych.values.question import Question


@dataclass(frozen=True, slots=True)
class Totals:
    """What was checked in the whole deck."""

    code_answers: int
    numbers: int
    references: int
    versions: tuple[str, ...]
    """What the code ran with, such as `Python 3.11`."""


def was_checked(catalog: Catalog) -> bool:
    """Return whether the code of a question ran, so that there is something to show."""
    return any(question.checked.versions for question in catalog.current)


def totals(catalog: Catalog) -> Totals:
    """Return what was checked in the whole deck."""
    questions = catalog.current
    return Totals(
        code_answers=sum(map(_answers_with_code, questions)),
        numbers=sum(len(question.checked.stated) for question in questions),
        references=sum(len(question.meta.references) for question in questions),
        versions=tuple(_versions(questions)),
    )


def _answers_with_code(question: Question) -> bool:
    """Return whether a solution ran, not just a test of what the text says."""
    solved = any(code.role == "solution" for code in question.code)
    return solved and bool(question.checked.versions)


def _versions(questions: tuple[Question, ...]) -> Iterator[str]:
    found = {pair for q in questions for pair in q.checked.versions.items()}
    for name, version in sorted(found, key=lambda pair: (pair[0] != "python", pair)):
        yield f"{'Python' if name == 'python' else name} {version}"
