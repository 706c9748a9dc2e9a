"""What a page tells search engines: data in a script element, never a script."""

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
    """Return a question as schema.org knows it: a quiz of one flashcard."""
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
    """Return the way from the home page to a topic; search engines want it absolute."""
    if not base_url:
        return Markup()
    places = [
        (deck_title, base_url),
        (topic.title, f"{base_url}{addresses.topic(topic.id)}"),
    ]
    return script(
        {
            "@context": "https://schema.org",
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": place, "name": name, "item": url}
                for place, (name, url) in enumerate(places, start=1)
            ],
        }
    )


def script(data: Mapping[str, object]) -> Markup:
    """Return `data` in an element that no content can close."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704
