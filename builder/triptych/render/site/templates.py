"""The template environment of the site, and the function that renders a page."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from types import SimpleNamespace

from jinja2 import Environment, TemplateError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from triptych.errors import TriptychError
from triptych.render.settings import RenderSettings
from triptych.render.site import filters
from triptych.render.site.checks import was_checked
from triptych.render.site.environment import environment_for
from triptych.render.site.licenses import license_url
from triptych.render.site.prose import label_html, prose_html
from triptych.render.site.template_source import BadTemplateError, place_of
from triptych.values.addresses import (
    ADDRESSES,
    DOWNLOADS,
    HOME,
    PRACTICE,
    SEARCH,
    Address,
    page,
)
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog
from triptych.values.deck import Topic
from triptych.values.language import language_direction
from triptych.values.prose import Prose
from triptych.values.question import Question
from triptych.values.ui_strings import UiString

# `connect` is for tools that fetch `robots.txt`, and for previews; our scripts fetch
# nothing.
_FETCHED = ("script", "style", "img", "font", "media", "connect", "manifest")
POLICY = ";".join(
    [
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in _FETCHED),
        "base-uri 'none'",
        "form-action 'none'",
    ]
)

_MENU_ITEMS = {
    HOME: "learn",
    PRACTICE: "practise",
    SEARCH: "search",
    DOWNLOADS: "files",
}
"""The pages that the menu leads to, by the name of their item."""


@dataclass(frozen=True, slots=True)
class Site:
    """What is needed to render the pages of a deck.

    The last three fields are caches, filled while pages are rendered.
    """

    catalog: Catalog
    settings: RenderSettings
    environment: Environment
    strings: Mapping[str, UiString]
    """The strings of the table `[site]`, in the deck's language."""
    topics: Mapping[str, Topic]
    frames: dict[tuple[str, str], dict[str, Markup]] = field(default_factory=dict)
    """The parts that pages share, by the relative URL of the root and the menu item."""
    prompts: dict[tuple[str, str], Markup] = field(default_factory=dict)
    """Prompts as the text of a link, by id and relative URL of the root."""
    rows: dict[str, Markup] = field(default_factory=dict)
    """The rows of questions in lists, by id."""

    @property
    def feed(self) -> bool:
        """Whether there is a feed: it needs the URL of the site and a release."""
        return bool(self.settings.base_url and self.catalog.release.time)


def site_of(catalog: Catalog, settings: RenderSettings) -> Site:
    """Return the site of `catalog`, with what its templates use."""
    deck = catalog.deck
    strings = settings.strings.section("site", deck.language)
    topics = {topic.id: topic for topic in deck.topics}
    site = Site(catalog, settings, environment_for(settings), strings, topics)
    site.environment.globals.update(_variables(site))
    site.environment.filters.update(_filters(catalog))
    return site


def _variables(site: Site) -> Mapping[str, object]:
    """Return the variables that every template has."""
    catalog, strings = site.catalog, site.strings
    deck = catalog.deck
    is_rtl = language_direction(deck.language) == "rtl"
    released = catalog.release.version if catalog.release.time else ""
    return {
        "deck": deck,
        "at": ADDRESSES,
        # Not mappings: a string may have the name of a method of a mapping, such as
        # `copy`.
        "t": SimpleNamespace(**strings),
        "label": SimpleNamespace(**{key: word.text for key, word in strings.items()}),
        # Its quotes are single, those of the attribute double.
        "policy": Markup(POLICY),  # noqa: S704
        "base_url": site.settings.base_url,
        "description": deck.description,
        "page_direction": Markup(' dir="rtl"') if is_rtl else "",
        "shared_tags": shared_tags(catalog),
        "feed": site.feed,
        "logo": catalog.logo,
        "menu": list(_menu(catalog)),
        "has_news": bool(catalog.news),
        "has_questions": bool(catalog.current),
        "was_checked": was_checked(catalog),
        "license_url": license_url(deck.license),
        "release": strings["released"].filled(n=released) if released else "",
        "shows_kind": len({one.meta.kind for one in catalog.questions}) > 1,
    }


def _filters(catalog: Catalog) -> Mapping[str, Callable[..., object]]:
    """Return the filters that every template has."""

    @pass_context
    def as_prose(context: Context, prose: Prose) -> Markup:
        return prose_html(prose, str(context["root"]), catalog)

    @pass_context
    def as_label(context: Context, prose: Prose) -> Markup:
        return label_html(prose, str(context["root"]), catalog)

    return {
        "prose": as_prose,
        "as_label": as_label,
        "count": filters.count,
        "aria_label": filters.aria_label,
        "page_lang": filters.page_lang,
        # Templates of decks for version 1.0 may have it under this name.
        "web": filters.allowed_url,
    }


def render_page(
    site: Site,
    name: str,
    address: Address,
    *,
    heading: str | UiString,
    root: str | None = None,
    **context: object,
) -> Artifact:
    """Return the page at `address`, rendered with the template `name`.

    Its links begin with `root`, which is relative to the page unless given.
    """
    root = address.root if root is None else root
    place = _MENU_ITEMS.get(address, "")
    if (root, place) not in site.frames:
        shared = {"root": root, "place": place}
        site.frames[root, place] = {
            part: Markup(render_template(site, f"{part}.html", **shared))  # noqa: S704 - ours
            for part in ("head", "header", "footer")
        }
    frame = site.frames[root, place]
    html = render_template(
        site,
        name,
        root=root,
        address=address.url,
        heading=str(heading),
        heading_lang=_lang(heading),
        **frame,
        **context,
    )
    return Artifact(PurePosixPath("site", address.path), html.encode())


def render_template(site: Site, name: str, **context: object) -> str:
    """Return the template `name`, rendered with the variables of `context`.

    Raises:
        TriptychError: The template is invalid.

    """
    try:
        return site.environment.get_template(name).render(context)
    except RecursionError as error:
        raise BadTemplateError.of_cycle(name) from error
    except TemplateError as error:
        message = f"the template `{place_of(error, name)}` is broken: {error}"
        raise TriptychError(message) from error


def shared_tags(catalog: Catalog) -> frozenset[str]:
    """Return the tags of several questions: others have no page worth a link."""
    counts = Counter(tag for q in catalog.current for tag in set(q.meta.tags))
    return frozenset(tag for tag, count in counts.items() if count > 1)


def _menu(catalog: Catalog) -> Iterator[tuple[str, str, bool]]:
    """Yield the links at the end of a page: title, URL, and whether that is ours."""
    items = catalog.deck.site.menu
    pages = {guide.id for guide in catalog.guides if guide.is_page}
    for item in items:
        if "url" in item:
            yield item["title"], item["url"], False
        elif item["page"] in pages:  # a draft is left out
            yield item["title"], page(item["page"]).url, True
    if not items:
        for guide in catalog.guides:
            if guide.is_page:
                yield guide.title.readable, guide.address.url, True


def macro(site: Site, name: str) -> Callable[..., Markup]:
    """Return the macro `name` of the template `parts.html`."""
    try:
        function: Callable[..., Markup] = getattr(_module(site.environment), name)
    except (AttributeError, TemplateError) as error:
        raise TriptychError(
            f"the template `site/parts.html` is broken: {error}"
        ) from error
    return function


@lru_cache(maxsize=2)
def _module(environment: Environment) -> object:
    return environment.get_template("parts.html").module


def prompt_label(site: Site, question: Question, root: str) -> Markup:
    """Return a question's prompt as the text of a link."""
    key = question.id, root
    if key not in site.prompts:
        site.prompts[key] = label_html(question.prompt, root, site.catalog)
    return site.prompts[key]


def _lang(heading: str | UiString) -> Markup:
    return Markup(heading.lang if isinstance(heading, UiString) else "")  # noqa: S704 - ours
