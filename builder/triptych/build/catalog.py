"""Make a catalog of compiled files: select them, order them, add their pictures."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from triptych.build.cache import keep_in
from triptych.build.options import BuildOptions
from triptych.build.order import numbers_of, prerequisites_first, reading_order
from triptych.deck.project import Project
from triptych.deck.read import media
from triptych.dialect.folders import MEDIA_FOLDER
from triptych.dialect.pictures import SUFFIXES, is_sound
from triptych.ledger.changelog import without_unreleased
from triptych.notes.kept_fields import media_names
from triptych.parse.document import parse
from triptych.render.made_of import made_of
from triptych.values import addresses
from triptych.values.catalog import Catalog
from triptych.values.deck import Release
from triptych.values.entry import Entry
from triptych.values.form import Form
from triptych.values.kept import Keep
from triptych.values.language import may_have_rtl
from triptych.values.meta import Origin
from triptych.values.prose import NO_PROSE, Prose
from triptych.values.question import Guide, Question
from triptych.values.source import Media, Source

_TITLE_TOKENS = 3
"""The number of tokens of a heading."""


def catalog_of(
    results: Sequence[Question | Guide | None], project: Project, options: BuildOptions
) -> Catalog | None:
    """Return the catalog of the questions and guides that `options` select.

    Drafts are left out unless `options` include them. It is None if nothing is left.

    Raises:
        TriptychError: No question is one that `options.where` selects.

    """
    selected = [
        result
        for result in results
        if result is not None and (options.drafts or not result.meta.draft)
    ]
    topics = project.deck.topics
    every = [result for result in selected if isinstance(result, Question)]
    questions = reading_order(topics, every)
    numbers = numbers_of(questions)
    if options.where and every:
        matching = [question for question in every if options.where(question)]
        if not matching:
            raise options.where.no_match(every)
        questions = reading_order(topics, matching)
    guides = [guide for guide in selected if isinstance(guide, Guide)]
    if not questions and not guides:
        return None
    changelog, keep = _changelog(project), keep_in(options.cache)
    latest = project.ledger.latest
    return assemble(
        Catalog(
            deck=project.deck,
            questions=questions,
            guides=tuple(guides),
            release=Release(latest.version, latest.time),
            news=_news(changelog, project, keep) if changelog else NO_PROSE,
            newest=_newest(changelog.text) if changelog else "",
            theme=project.folder.theme.text if project.folder.theme else "",
            logo=_logo(project),
            static=tuple(m for m in project.folder.static if not m.problem),
            numbers=numbers,
            field_media=_field_media(questions, project),
        ),
        _pictures(project, keep),
    )


def assemble(catalog: Catalog, media: Mapping[str, Media]) -> Catalog:
    """Return `catalog`, in reading order, with those `media` that its prose shows."""
    questions = catalog.questions
    first = {id_: at for at, id_ in enumerate(catalog.deck.site.guides)}
    guides = tuple(
        sorted(
            catalog.guides,
            key=lambda guide: (first.get(guide.id, len(first)), guide.meta.path),
        )
    )
    media_names = {name for uses in catalog.uses for name in uses.pictures}
    return replace(
        catalog,
        guides=guides,
        numbers=catalog.numbers or numbers_of(questions),
        media={name: media[name] for name in sorted(media_names)},
        study_order=tuple(q.id for q in prerequisites_first(questions)),
        pages={
            **{str(q.meta.path): addresses.question(q.id).url for q in questions},
            **{str(g.meta.path): g.address.url for g in guides},
        },
    )


def _logo(project: Project) -> Media | None:
    path = PurePosixPath(project.deck.site.logo)
    if path not in project.folder.files or is_sound(path.name):
        return None
    found = media(project.folder.root, path)
    return None if found.problem else found


def github_names(entries: Sequence[Entry]) -> list[tuple[str, str, str]]:
    """Return the places that links name by GitHub's id of a heading.

    Each is a path, the id in the link, and the id that the heading has.
    """
    names = {str(entry.meta.path): entry.github_names for entry in entries}
    return [
        (link.name, link.fragment, known[link.fragment])
        for entry in entries
        for link in entry.links
        if link.fragment in (known := names.get(link.name, {}))
    ]


def with_github_names(
    catalog: Catalog, names: Iterable[tuple[str, str, str]]
) -> Catalog:
    """Return `catalog` with the places that links name by GitHub's id of a heading."""
    places = {
        f"{path}#{fragment}": f"{page}#{quote(id_)}"
        for path, fragment, id_ in names
        if (page := catalog.pages.get(path))
    }
    return replace(catalog, pages={**catalog.pages, **places}) if places else catalog


def _pictures(project: Project, keep: Keep) -> dict[str, Media]:
    """Return the valid media of the deck folder, by their names in outputs."""
    root = project.folder.root
    files = [
        file
        for file in project.folder.files
        if file.suffix.lower() in SUFFIXES or is_sound(file.name)
    ]
    loaded = (
        # To make a drawing safe takes longer than to read its file.
        keep(
            made_of("picture", str(path), sha256((root / path).read_bytes()).digest()),
            partial(media, root, path),
        )
        for path in sorted(_files_below(root, files))
    )
    return {picture.name: picture for picture in loaded if not picture.problem}


def _field_media(questions: Iterable[Question], project: Project) -> dict[str, Media]:
    """Return what the fields of imported notes show, by the names that they use."""
    root, files = project.folder.root, project.folder.files
    origins = (origin for question in questions for origin in _origins(question))
    names = {name for origin in origins for name in media_names(origin.fields)}
    paths = (PurePosixPath(MEDIA_FOLDER, name) for name in sorted(names))
    loaded = (media(root, path) for path in paths if path in files)
    return {item.path.name: item for item in loaded if not item.problem}


def _origins(question: Question) -> Iterator[Origin]:
    yield question.meta.origin
    for card in question.cards if question.meta.is_cards else ():
        if card.plain:
            yield card.plain.origin


def _news(changelog: Source, project: Project, keep: Keep) -> Prose:
    """Return the deck's changelog without its title, typeset for the site."""
    language = project.deck.language
    words = sorted(project.strings.section("prose", language).items())
    key = made_of("news", changelog, language, words)
    return keep(key, partial(_typeset_news, changelog, project))


def _typeset_news(changelog: Source, project: Project) -> Prose:
    # Not at the top: `check` needs no Pygments.
    from triptych.typeset.context import Context, prose_strings  # noqa: PLC0415
    from triptych.typeset.prose import typeset  # noqa: PLC0415

    tokens = parse(changelog).tokens
    body = tokens[_TITLE_TOKENS:] if tokens and tokens[0].tag == "h1" else tokens
    for token in body:
        # Not every checker and selector takes an id that begins with a digit.
        if token.meta.get("slug", "")[:1].isdigit():
            token.meta["slug"] = f"v{token.meta['slug']}"
    context = Context(
        changelog.path,
        frozenset(),
        partial(media, project.folder.root),
        strings=prose_strings(project.strings, project.deck.language),
        forms=frozenset({Form.SITE}),
        has_rtl=may_have_rtl(project.deck.language, changelog.text),
    )
    return typeset(body, context)


def _changelog(project: Project) -> Source | None:
    """Return the changelog of the deck, without the entry of an interrupted release."""
    changelog = project.folder.changelog
    if changelog is None:
        return None
    released = without_unreleased(changelog.text, project.ledger)
    return replace(changelog, text=released)


def _newest(changelog: str) -> str:
    """Return the section of the newest release, as Markdown without its heading."""
    _, _, sections = changelog.partition("\n## ")
    return sections.partition("\n## ")[0].strip()


def _files_below(root: Path, files: Iterable[PurePosixPath]) -> Iterator[PurePosixPath]:
    resolved = root.resolve()
    return (f for f in files if (root / f).resolve().is_relative_to(resolved))
