"""Data about a page for search engines (JSON-LD), in a script element."""

import json
from collections.abc import Iterator, Mapping

from markupsafe import Markup

from triptych.values import addresses
from triptych.values.deck import Topic
from triptych.values.question import Question

_MAX_FLASHCARDS = 100
"""Search engines need no more of a long list, which stands on the page."""
_LEVELS = {"easy": "beginner", "medium": "intermediate", "hard": "advanced"}


def question_data(question: Question, topic: Topic) -> Markup:
    """Return a question in the terms of schema.org: a quiz of flashcards.

    Its URL, its language and its licence stand in the page's own elements.
    """
    quiz: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Quiz",  # which is a learning resource
        "about": {"name": topic.title},
        "learningResourceType": question.meta.kind,
        "hasPart": list(_flashcards(question)),
    }
    if question.meta.is_cards:
        quiz["name"] = question.prompt.readable  # else it is the text of the question
    if question.meta.minutes:
        quiz["timeRequired"] = f"PT{question.meta.minutes}M"
    if question.meta.difficulty:
        quiz["educationalLevel"] = _LEVELS[question.meta.difficulty]
    if question.meta.reviewed:
        quiz["dateModified"] = question.meta.reviewed
    return script(quiz)


def _flashcards(question: Question) -> Iterator[Mapping[str, object]]:
    """Yield the question, or the first of its plain cards, with the answer."""
    pairs = [(question.prompt, question.summary.readable or question.answer.readable)]
    if question.meta.is_cards:
        pairs = [(c.prompt, c.text.readable) for c in question.cards[:_MAX_FLASHCARDS]]
    for prompt, answer in pairs:
        card: dict[str, object] = {
            "@type": "Question",
            "eduQuestionType": "Flashcard",
            "text": prompt.readable,
        }
        if answer:
            card["acceptedAnswer"] = {"@type": "Answer", "text": answer}
        yield card


def breadcrumbs(deck_title: str, topic: Topic, base_url: str) -> Markup:
    """Return the breadcrumbs of a topic; empty without the URL that they need."""
    if not base_url:
        return Markup()
    links = [
        (deck_title, base_url),
        (topic.title, f"{base_url}{addresses.topic(topic.id)}"),
    ]
    return script(
        {
            "@context": "https://schema.org",
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": position, "name": name, "item": url}
                for position, (name, url) in enumerate(links, start=1)
            ],
        }
    )


def script(data: Mapping[str, object]) -> Markup:
    """Return `data` in a script element, escaped so that no content can close it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704
