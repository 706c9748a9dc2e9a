"""What the sheet shows of a question, so that the sheet can be kept."""

from triptych.values.question import Question


def card(question: Question) -> object:
    """Return all that the card of a question is made of."""
    return (
        question.meta.path,
        question.id,
        question.meta.difficulty,
        (question.prompt.readable, question.prompt.blocks, question.summary.blocks),
        [part.blocks for part in question.on_sheet.parts],
    )
