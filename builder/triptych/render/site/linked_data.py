"""Data about a page for search engines (JSON-LD), in a script element."""

import json
from collections.abc import Mapping

from markupsafe import Markup

from triptych.render.site.licenses import license_url
from triptych.values import addresses
from triptych.values.catalog import Catalog
from triptych.values.deck import Topic
from triptych.values.question import Question

_LEVELS = {"easy": "beginner", "medium": "intermediate", "hard": "advanced"}


def question_data(
    question: Question, topic: Topic, catalog: Catalog, base_url: str
) -> Markup:
    """Return a question in the terms of schema.org: a quiz with one flashcard."""
    deck = catalog.deck
    answer = question.summary.plain or question.answer.plain
    card: dict[str, object] = {
        "@type": "Question",
        "eduQuestionType": "Flashcard",
        "text": question.prompt.plain,
    }
    if answer:
        card["acceptedAnswer"] = {"@type": "Answer", "text": answer}
    quiz: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": ["Quiz", "LearningResource"],
        "name": question.prompt.plain,
        "about": {"@type": "Thing", "name": topic.title},
        "inLanguage": deck.language,
        "learningResourceType": question.meta.kind,
        "timeRequired": f"PT{question.meta.minutes}M",
        "hasPart": [card],
    }
    if question.meta.difficulty:
        quiz["educationalLevel"] = _LEVELS[question.meta.difficulty]
    if question.meta.reviewed:
        quiz["dateModified"] = question.meta.reviewed
    if deck.license:
        quiz["license"] = license_url(deck.license) or deck.license
    if base_url:
        quiz["url"] = f"{base_url}{addresses.question(question.id)}"
    return script(quiz)


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
