"""What some files of the site show of a question, so that these can be kept."""

from triptych.render.site.anki_search import unsearchable_notes
from triptych.values.question import Question


def line(question: Question) -> object:
    """Return what lists show of a question, and what they sort and count by."""
    prompt, summary = question.prompt, question.summary
    return (
        question.meta,
        (prompt.site, prompt.label, prompt.readable),
        (summary.site, summary.readable),
        question.opening,
        question.checked,
        any(code.role == "solution" for code in question.code),
        (bool(question.summary_cloze), bool(question.fill_in)),
        [(card.prompt.readable, card.prompt.label) for card in question.cards],
        [(part.slug, part.has_card) for part in question.parts],
        list(unsearchable_notes(question)),
    )


def sheet(question: Question) -> object:
    """Return what the page of the sheet shows of a question, besides its line."""
    shown = [part.site for part in question.on_sheet.parts]
    words = [(card.prompt.site, card.text.site) for card in question.cards]
    return shown, words


def search(question: Question) -> tuple[str, tuple[str, ...], str, str]:
    """Return the texts that the search looks in, by their weight."""
    rest = (
        question.answer,
        *question.rubric,
        *(part.prompt for part in question.parts),
        *(card.text for card in question.cards),
    )
    return (
        question.prompt.readable,
        (*question.meta.tags, *question.meta.asked_at),
        question.summary.readable,
        " ".join(prose.plain for prose in rest),
    )
