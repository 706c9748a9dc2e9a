"""Rules over names in `deck.toml` and its templates that nothing else has."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from triptych.dialect.folders import TEMPLATES_FOLDER
from triptych.parse.settings import Address, setting_spans, table
from triptych.validate.rule import DeckScope, quoted_list, suggest
from triptych.values.diagnostics import Finding, Span
from triptych.values.entry import Entry
from triptych.values.language import is_language_tag, normalized_tag

_LANGUAGES = {
    "arabic": "ar",
    "chinese": "zh-Hans",
    "cn": "zh-Hans",
    "english": "en",
    "deutsch": "de",
    "german": "de",
    "french": "fr",
    "hindi": "hi",
    "italian": "it",
    "japanese": "ja",
    "jp": "ja",
    "portuguese": "pt",
    "russian": "ru",
    "spanish": "es",
}
"""What decks call the languages that triptych has words in, and their tags."""


def bad_language(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a `language` in `deck.toml` that is no language tag (BCP 47).

    Browsers, screen readers and Anki's voices go by it.

    Bad:

        === deck.toml
        id = "test"
        title = "Test"
        language = "english"

    Good:

        === deck.toml
        id = "test"
        title = "Test"
        language = "en-GB"
    """
    language = scope.deck.language
    if not is_language_tag(language):
        normal = normalized_tag(language)
        tag = _LANGUAGES.get(normal, "")
        if not tag and is_language_tag(language.replace("_", "-")):
            tag = language.replace("_", "-")
        message = f"`{language}` is no language tag"
        hint = f'write `language = "{tag}"`' if tag else "such a tag is `en` or `pt-BR`"
        yield Finding(_place(scope, ("language",)), message, hint)


def unknown_rule(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a name under `[check] ignore` that no rule has: nothing is ignored.

    `triptych explain` lists the rules.

    Bad:

        === deck.toml
        id = "test"
        title = "Test"
        [check]
        ignore = ["missing-alts"]

    Good:

        === deck.toml
        id = "test"
        title = "Test"
        [check]
        ignore = ["missing-alt"]
    """
    for name in scope.deck.check.ignore:
        if scope.rule_names and name not in scope.rule_names:
            hint = suggest(name, scope.rule_names, "`triptych explain` lists the rules")
            span = _place(scope, ("check", "ignore"))
            yield Finding(span, f"there is no rule `{name}`", hint)


def missing_baseline(
    _entries: tuple[Entry, ...], scope: DeckScope
) -> Iterator[Finding]:
    """Flag a file under `[check] baseline` that is not there.

    `triptych check --update-baseline` writes it.

    Bad:

        === deck.toml
        id = "test"
        title = "Test"
        [check]
        baseline = "known.txt"

    Good:

        === deck.toml
        id = "test"
        title = "Test"
        [check]
        baseline = "known.txt"
        === known.txt
        topic/question.md missing-alt
    """
    name = scope.deck.check.baseline
    if name and not (scope.folder.root / name).is_file():
        span = _place(scope, ("check", "baseline"))
        hint = "write it with `triptych check --update-baseline`, or delete the setting"
        yield Finding(span, f"there is no file `{name}`", hint)


def empty_topic(entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a topic of `deck.toml` that no question is in: its page would be empty.

    Bad:

        === deck.toml
        id = "test"
        title = "Test"
        topics = [{ id = "learning" }, { id = "models" }]
        === learning/overfitting.md
        ---
        question: What is overfitting?
        ---
        An answer.

    Good:

        === deck.toml
        id = "test"
        title = "Test"
        topics = [{ id = "learning" }]
        === learning/overfitting.md
        ---
        question: What is overfitting?
        ---
        An answer.
    """
    listed = (table(scope.folder.deck) or {}).get("topics")
    used = {entry.meta.topic for entry in entries if not entry.meta.is_guide}
    for number, topic in enumerate(listed if isinstance(listed, list) else ()):
        name = topic.get("id") if isinstance(topic, dict) else None
        if isinstance(name, str) and name not in used:
            span = _place(scope, ("topics", number, "id"))
            message = f"no question is in the topic `{name}`"
            yield Finding(span, message, f"put one into `{name}/`, or delete the topic")


def unread_template(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a file below `templates/` that replaces no template, and none names.

    `templates/site/base.html` replaces the built-in template of that name.

    Bad:

        === templates/base.html
        <p>Mine</p>

    Good:

        === templates/site/base.html
        <p>Mine</p>
    """
    by_name = {PurePosixPath(name).name: name for name in sorted(scope.template_names)}
    for path in scope.unread_templates:
        same = by_name.get(path.name, "")
        hint = suggest(
            str(path.relative_to(TEMPLATES_FOLDER)),
            scope.template_names,
            "give it the name of the template that it is to replace",
        )
        if same:
            hint = f"move it to `{TEMPLATES_FOLDER}/{same}`"
        yield Finding(Span(path), f"nothing reads `{path}`", hint)


def unread_word(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a word in `strings.toml` that nothing reads, most often a misspelt one.

    What a template of the deck names is read: `t.word` in one of the site, `%word%` in
    one of Anki's.

    Bad:

        === strings.toml
        [en.site]
        anser = "Reply"

    Good:

        === strings.toml
        [en.site]
        answer = "Reply"
    """
    for word in scope.unread_words():
        below = f" below `{word.heading}`" if word.heading else ""
        if word.right_heading:
            hint = f"move it below `{word.right_heading}`"
        elif word.is_string:
            remedy = "delete it, or name it in a template of the deck"
            hint = suggest(word.name, word.known, remedy)
        elif word.heading:
            known = f"known here: {quoted_list(word.known)}"
            hint = suggest(word.name, word.known, known)
        else:
            hint = "name a language by its tag, such as `en` or `pt-BR`"
        yield Finding(word.span, f"nothing reads `{word.name}`{below}", hint)


def _place(scope: DeckScope, address: Address) -> Span:
    source = scope.folder.deck
    return setting_spans(source).get(address, Span(source.path))
