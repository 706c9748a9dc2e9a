"""What the notes of a question are made of, so that the package can be kept."""

from triptych.values.question import Part, Prose, Question


def notes(question: Question) -> object:
    """Return what notes show of a question, and what they are compared by."""
    shown = (question.prompt, question.summary, question.answer)
    more = (*question.rubric, *question.hints)
    return (
        question.meta,
        [_prose(prose) for prose in (*shown, *more)],
        (len(question.rubric), len(question.hints)),
        [(answer.level, _prose(answer.text)) for answer in question.levels],
        (question.summary_cloze, question.fill_in),
        [_part(part) for part in question.follow_ups],
        [_part(part) for part in question.pitfalls],
    )


def _part(part: Part) -> object:
    return part.slug, _prose(part.prompt), _prose(part.text), part.has_card


def _prose(prose: Prose) -> object:
    return prose.card, prose.plain, prose.digest, prose.digest_v1, prose.media
