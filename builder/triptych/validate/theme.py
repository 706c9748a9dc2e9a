"""Rules for how a deck changes the look of its site: colours, logo and own files."""

import re
from collections.abc import Iterator

from triptych.dialect.colours import (
    MIN_CONTRAST,
    Pair,
    colours_in,
    on_dark,
    unread_colours,
    weak_pairs,
)
from triptych.dialect.css_fetches import escaped_names
from triptych.parse.settings import Address, setting_spans
from triptych.validate.rule import DeckScope, suggest
from triptych.values.addresses import GUIDES_FOLDER, PAGES_FOLDER
from triptych.values.diagnostics import Finding, Span
from triptych.values.entry import Entry
from triptych.values.source import Source

_FETCHING = re.compile(
    r"@import|expression\(|-moz-binding|(?<![\w-])behavior\s*:"
    r"|url\(\s*(?![\"']?static/[\w-])[^)]*|image-set\(|<",
    re.IGNORECASE,
)
"""What fetches a file from elsewhere, or runs something."""
_OFFERED = re.compile(r"url\(\s*[\"']?(static/[\w./-]+)", re.IGNORECASE)
_BRACE = re.compile(r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[{}]""", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def bad_theme(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag what a theme may not do: fetch from elsewhere, or name what is not there.

    The site works from a folder and asks no other host. Fonts and pictures of a theme
    are files in `static/`, named as `url("static/own.woff2")`.
    """
    theme = scope.folder.theme
    if theme:
        css = _without_comments(theme.text)
        for found in (*_FETCHING.finditer(css), *escaped_names(css)):
            yield Finding(
                _span(theme, found.start(), len(found[0])),
                f"a theme may not hold `{found[0][:60]}`",
                'put the file into `static/`, and write `url("static/…")`',
            )
        yield from _missing_files(theme, css, scope)
        yield from _lone_brace(theme, css)
    problem = _logo_problem(scope)
    if problem:
        spans = setting_spans(scope.folder.deck)
        yield Finding(
            spans.get(("site", "logo"), Span(scope.folder.deck.path)),
            f"the logo `{scope.deck.site.logo}` {problem}",
            "name a picture in the deck folder, such as `media/logo.svg`",
        )


def bad_static_file(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a file in `static/` that the site cannot offer.

    Files there are copied as they are, so only kinds that run nothing are allowed.
    """
    for media in scope.folder.static:
        if media.problem:
            yield Finding(
                Span(media.path), f"`{media.path}` {media.problem}", media.remedy
            )


def bad_template(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a mistake in a template of the deck, which no page could be made with.

    `templates/site/question.html` may fill blocks of the built-in template of that
    name, and use the variables of that one.

    Bad:

        === templates/site/question.html
        {% extends "builtin/question.html" %}
        {% block after_anwser %}<p>{{ question.id }}</p>{% endblock %}

    Good:

        === templates/site/question.html
        {% extends "builtin/question.html" %}
        {% block after_answer %}<p>{{ question.id }}</p>{% endblock %}
    """
    yield from scope.bad_templates


def weak_contrast(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag colours of a theme that make text hard to read in one of the schemes.

    Text needs a contrast of 4.5 to 1 against what is behind it. The accent of
    `deck.toml` becomes lighter in the dark scheme by itself; `theme.css` says both
    with `light-dark(#…, #…)`.
    """
    changed: dict[str, Pair] = {}
    places: dict[str, Span] = {}
    accent, theme = scope.deck.site.accent, scope.folder.theme
    if accent:
        changed["accent"] = accent, on_dark(accent)
        spans = setting_spans(scope.folder.deck)
        place = Span(scope.folder.deck.path)
        places["accent"] = spans.get(("site", "accent"), place)
    if theme:
        for name, (pair, at) in colours_in(_without_comments(theme.text)).items():
            changed[name], places[name] = pair, _span(theme, at, len(name) + 2)
        for name, value, at in unread_colours(_without_comments(theme.text)):
            yield Finding(
                _span(theme, at, len(name) + 2),
                f"the contrast of `{name}` is not known, since it is `{value}`",
                f"write `--{name}: light-dark(#…, #…)`, with six digits each",
            )
    for text, background, scheme, ratio in weak_pairs(changed):
        yield Finding(
            places.get(text) or places[background],
            f"`{text}` on `{background}` has a contrast of {ratio:.1f} in the {scheme}"
            f" scheme; text needs {MIN_CONTRAST}",
            "make one of them darker" if scheme == "light" else "make one lighter",
        )


def unknown_page(entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a page of `[[site.menu]]` or a guide of `[site] guides` that is not there.

    A page is a file in `pages/`, a guide one in `guides/`; both are named by their id.
    """
    site = scope.deck.site
    named: list[tuple[str, str, Address]] = [
        *(
            (PAGES_FOLDER, item["page"], ("site", "menu", number, "page"))
            for number, item in enumerate(site.menu)
            if "page" in item
        ),
        *((GUIDES_FOLDER, name, ("site", "guides")) for name in site.guides),
    ]
    known = {(e.meta.path.parts[0], e.id) for e in entries}
    for folder, name, address in named:
        if (folder, name) not in known:
            spans = setting_spans(scope.folder.deck)
            others = [id_ for place, id_ in known if place == folder]
            yield Finding(
                spans.get(address, Span(scope.folder.deck.path)),
                f"there is no page `{folder}/{name}.md`",
                suggest(name, sorted(others), f"write it, or leave `{name}` out"),
            )


def _missing_files(theme: Source, css: str, scope: DeckScope) -> Iterator[Finding]:
    names = sorted(str(media.path) for media in scope.folder.static)
    for found in _OFFERED.finditer(css):
        name = found[1]
        if name not in names:
            yield Finding(
                _span(theme, found.start(1), len(name)),
                f"there is no file `{name}`",
                suggest(name, names, "put it into `static/`"),
            )


def _lone_brace(theme: Source, css: str) -> Iterator[Finding]:
    """Yield the first brace without its other half, after which rules are lost."""
    opened: list[int] = []
    for found in _BRACE.finditer(css):
        if found[0] == "{":
            opened.append(found.start())
        elif found[0] == "}" and not opened:
            message, hint = "this `}` closes nothing", "delete it, or write its `{`"
            yield Finding(_span(theme, found.start(), 1), message, hint)
            return
        elif found[0] == "}":
            opened.pop()
    if opened:
        message = "this `{` is never closed, so that what follows it is lost"
        yield Finding(_span(theme, opened[0], 1), message, "write its `}`")


def _logo_problem(scope: DeckScope) -> str:
    if not scope.deck.site.logo:
        return ""
    return scope.logo.problem if scope.logo else "is no file of the deck"


def _without_comments(css: str) -> str:
    """Return `css` with blanks for comments, so that offsets stay."""
    return _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), css)


def _span(source: Source, offset: int, length: int) -> Span:
    before = source.text[:offset]
    line = before.count("\n") + 1
    return Span(source.path, line, offset - before.rfind("\n"), length)
