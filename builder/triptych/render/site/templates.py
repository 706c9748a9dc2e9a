"""The press: what all pages share, set up once, and the one way to print a page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from types import SimpleNamespace

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    pass_context,
)
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from triptych.deck.templates import template
from triptych.dialect.html_policy import SCHEMES
from triptych.errors import TriptychError
from triptych.render.settings import Settings
from triptych.render.site.addresses import BOOK, Address
from triptych.render.site.checks import was_checked
from triptych.render.site.names import license_url
from triptych.render.site.prose import label, typeset
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog
from triptych.values.deck import Topic
from triptych.values.language import language_direction
from triptych.values.question import Prose, Question
from triptych.values.words import Word

# `connect` is for whatever reads `robots.txt`, and for previews; our scripts do not.
_KINDS = ("script", "style", "img", "font", "media", "connect", "manifest")
POLICY = "; ".join(
    [
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in _KINDS),
        "base-uri 'none'",
        "form-action 'none'",
    ]
)


@dataclass(frozen=True, slots=True)
class Press:
    """The deck and the templates, ready to print."""

    catalog: Catalog
    settings: Settings
    environment: Environment
    words: Mapping[str, Word]
    """The site's own words."""
    topics: Mapping[str, Topic]
    frames: dict[str, dict[str, Markup]] = field(default_factory=dict)
    """The parts that all pages of a folder share, by the way to the root."""
    prompts: dict[tuple[str, str], Markup] = field(default_factory=dict)
    """Prompts ready to stand in a link, by id and way to the root."""
    lines: dict[str, Markup] = field(default_factory=dict)
    """Questions as the lists show them, by id."""

    @property
    def feed(self) -> bool:
        """Return whether there is a feed: it needs an address and a date."""
        return bool(self.settings.base_url and self.catalog.release.time)


def press(catalog: Catalog, settings: Settings) -> Press:
    """Return a press for `catalog`; it compiles each template on its first use."""
    deck = catalog.deck
    words = settings.strings.words("site", deck.language)

    def load(name: str) -> str:
        return template(f"site/{name}", settings.templates)

    # A deck's own templates are content, and content runs nothing; ours need no guard,
    # which would look twice at each of some sixty values a page.
    kind = SandboxedEnvironment if settings.templates else Environment
    environment = kind(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    topics = {topic.id: topic for topic in deck.topics}
    made = Press(catalog, settings, environment, words, topics)

    @pass_context
    def prose(context: Context, piece: Prose) -> Markup:
        return typeset(piece, str(context["root"]), catalog)

    @pass_context
    def label_(context: Context, piece: Prose) -> Markup:
        return label(piece, str(context["root"]), catalog)

    rtl = language_direction(deck.language) == "rtl"
    released = catalog.release.version if catalog.release.time else ""
    environment.globals.update(
        deck=deck,
        at=BOOK,
        # No mappings: a word may be called `copy`, and so is a method of theirs.
        t=SimpleNamespace(**words),
        label=SimpleNamespace(**{key: word.text for key, word in words.items()}),
        policy=POLICY,
        base_url=settings.base_url,
        description=deck.description,
        page_direction=Markup(' dir="rtl"') if rtl else "",
        feed=made.feed,
        has_news=bool(catalog.news),
        was_checked=was_checked(catalog),
        license_url=license_url(deck.license),
        release=words["released"].filled(n=released) if released else "",
        shows_kind=len({question.meta.kind for question in catalog.questions}) > 1,
    )
    environment.filters.update(
        prose=prose,
        as_label=label_,
        count=_count,
        named=_named,
        beside=_beside,
        web=_web,
    )
    return made


def page(
    press: Press, name: str, address: Address, *, heading: str | Word, **context: object
) -> Artifact:
    """Print the page at `address` with the template `name`."""
    root = address.root
    if root not in press.frames:
        press.frames[root] = {
            part: Markup(run(press, f"{part}.html", root=root))  # noqa: S704 - ours
            for part in ("head", "header", "footer")
        }
    frame = press.frames[root]
    html = run(
        press,
        name,
        root=root,
        address=address.url,
        heading=str(heading),
        heading_lang=_lang(heading),
        **frame,
        **context,
    )
    return Artifact(PurePosixPath("site", address.path), html.encode())


def run(press: Press, name: str, **context: object) -> str:
    """Return what the template `name` says about `context`."""
    try:
        return press.environment.get_template(name).render(context)
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        where = f"site/{name}:{line}" if line else f"site/{name}"
        raise TriptychError(f"the template `{where}` is broken: {error}") from error


def macro(press: Press, name: str) -> Callable[..., Markup]:
    """Return the macro `name` of the template `parts.html`."""
    try:
        found: Callable[..., Markup] = getattr(_module(press.environment), name)
    except (AttributeError, TemplateError) as error:
        raise TriptychError(
            f"the template `site/parts.html` is broken: {error}"
        ) from error
    return found


@lru_cache(maxsize=2)
def _module(environment: Environment) -> object:
    return environment.get_template("parts.html").module


def prompt(press: Press, question: Question, root: str) -> Markup:
    """Return a question's prompt as it may stand inside a link, once or more a page."""
    key = question.id, root
    if key not in press.prompts:
        press.prompts[key] = label(question.prompt, root, press.catalog)
    return press.prompts[key]


def _count(number: int, word: Word) -> Word:
    """Return the word for so many things."""
    return word.counted(number)


def _named(word: Word | str) -> Markup:
    """Return the attribute that names an element for those who do not see it."""
    name = word if isinstance(word, Word) else Word(word)
    return Markup(name.attribute("aria-label"))  # noqa: S704 - escaped there


def _beside(word: Word | str) -> Markup:
    """Return the attribute for what stands inside an element that `word` names."""
    if isinstance(word, Word) and word.is_foreign:
        return Markup(' lang="{}"').format(word.page_language)
    return Markup()


def _lang(heading: str | Word) -> Markup:
    return Markup(heading.lang if isinstance(heading, Word) else "")  # noqa: S704 - ours


def _web(url: str) -> str:
    """Return `url` if a link may lead there, else nothing."""
    scheme, colon, _ = url.partition(":")
    return url if colon and scheme.lower() in SCHEMES else ""
