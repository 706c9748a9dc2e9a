"""Rebuild a lost ledger from the package that was released last.

The package has the ids, GUIDs, times, deck names and note types that learners have, but
not the hashes of notes. So a note whose text is the same as in the deck gets the deck's
hash, and any other note counts as changed since the release.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from triptych.dialect.files import CHANGELOG_FILE
from triptych.dialect.ids import is_id, is_note_id
from triptych.errors import TriptychError
from triptych.ledger.changelog import day_of, versions
from triptych.ledger.lock import Ledger, NoteLine, Released, TypeLine, version_number
from triptych.ledger.lock_file import dump, load
from triptych.notes.content import FORMULA
from triptych.notes.history import History
from triptych.notes.names import TASKS, guid, is_numbered
from triptych.notes.plan import PlannedNote
from triptych.notes.shape import FIELDS, shape, type_id
from triptych.releases.installed import plain_texts
from triptych.releases.package import Package, PackageNote
from triptych.render.settings import RenderSettings
from triptych.values.catalog import Catalog

_UNKNOWN = "unknown"
"""The value for an unknown hash, which no text has."""
_TOPIC_TAG_PREFIX = "topic::"
_TASK_TAGS = frozenset({"kind::coding", "kind::system-design"})


@dataclass(frozen=True, slots=True)
class Adopted:
    """A ledger made from a package, and the differences to the deck."""

    ledger: Ledger
    changed: tuple[str, ...]
    """The notes whose text is different in the deck."""
    gone: tuple[str, ...]
    """The notes that the deck no longer has, by their ids in the package."""


def adopt(
    catalog: Catalog,
    settings: RenderSettings,
    package: Package,
    *,
    version: str = "",
    changelog: str = "",
) -> Adopted:
    """Return the ledger after the release of `package`.

    If `version` is empty, it is read from the package and from `changelog`.

    Raises:
        TriptychError: The package is not one of this deck, or its release is not known.

    """
    deck = catalog.deck.id
    types = _types(package, deck)
    _refuse_other_guids(package, deck)
    released = _released(package, version, changelog)
    history = History(new_mod=released.time + 1)
    planned = replace(settings, history=history, cached_plan=None).plan(catalog)
    current = {note.id: note for note in planned.notes}
    lines = [
        _line(note, types[note.type], current.get(note.id), released.version)
        for note in package.notes
    ]
    ledger = Ledger(
        deck=deck,
        releases=(released,),
        decks=_decks(package),
        types={key: _type_line(package, id_, key) for id_, key in types.items()},
        media=dict.fromkeys(package.media, released.version),
        notes={line.note: line for line in lines},
    )
    _refuse_invalid(ledger, package)
    unknown = tuple(line.note for line in lines if line.hash == _UNKNOWN)
    return Adopted(
        ledger,
        changed=tuple(note for note in unknown if note in current),
        gone=tuple(note for note in unknown if note not in current),
    )


def _types(package: Package, deck: str) -> Mapping[int, str]:
    """Return the keys of the note types, by id; raise for another deck's package."""
    if package.was_exported:
        raise TriptychError(
            f"{package.name} was exported by Anki, with a learner's own changes: take"
            " the package that triptych built"
        )
    if not package.notes:
        raise TriptychError(f"{package.name} holds no notes")
    deck_types = {type_id(deck, key): key for key in FIELDS}
    for id_, item in package.types.items():
        if id_ not in deck_types:
            raise TriptychError(
                f"the note type `{item.type.name}` in {package.name} is not of the deck"
                f" `{deck}` as triptych makes it: take a package of this deck"
            )
        if item.shape != shape(deck, deck_types[id_]):
            raise TriptychError(
                f"the fields or templates of `{item.type.name}` in {package.name} are"
                " not those that triptych makes: take another version of triptych"
            )
    return {id_: key for id_, key in deck_types.items() if id_ in package.types}


def _refuse_other_guids(package: Package, deck: str) -> None:
    # A renamed note keeps the GUID of a former id, so one matching note is enough.
    if not any(note.guid == guid(deck, note.id) for note in package.notes):
        raise TriptychError(
            f"no note in {package.name} has the GUID that the deck `{deck}` gives it:"
            " it is not a package of this deck"
        )


def _released(package: Package, version: str, changelog: str) -> Released:
    """Return the version and the time of the package's release."""
    known = versions(changelog)
    newest = known[0] if known else ""
    described = "\n".join(package.descriptions.values())
    # The description has the changelog's section on the newest release.
    own = next((item for item in known if f"{item} - " in described), "")
    if not (version or newest):
        raise TriptychError(
            f"there is no {CHANGELOG_FILE} that says which release {package.name} is:"
            " say it with --version X.Y.Z"
        )
    version = version or own or newest
    if newest and version_number(version) < version_number(newest):
        raise TriptychError(
            f"{package.name} is release {version}, but {CHANGELOG_FILE} lists"
            f" {newest}: adopt the package of that release; if nobody got it, take its"
            f" section out of {CHANGELOG_FILE} first"
        )
    mods = [note.mod for note in package.notes]
    mods += [item.mod for item in package.types.values()]
    return Released(version, max(*mods, day_of(changelog, version)))


def _line(
    note: PackageNote, type_: str, current: PlannedNote | None, version: str
) -> NoteLine:
    texts = plain_texts(note.fields)
    same = (
        current is not None
        and current.type == type_
        and plain_texts(current.fields) == texts
    )
    same_labels = current is not None and (
        current.tags == note.tags
        and current.fields.get("Label", "") == note.fields.get("Label", "")
    )
    return NoteLine(
        note=note.id,
        guid=note.guid,
        type=type_,
        topic=_deck_key(note),
        cards=note.cards,
        hash=current.hash if current and same else _UNKNOWN,
        mod=note.mod,
        first=version,
        last=version,
        prompt=current.prompt if current and same else texts.get("Question", ""),
        formula=FORMULA,
        labels=current.labels if current and same_labels else _UNKNOWN,
    )


def _deck_key(note: PackageNote) -> str:
    """Return the key of the subdeck of `note`: its topic, or that of long tasks."""
    if not is_numbered(note.deck) and _TASK_TAGS.intersection(note.tags):
        return TASKS
    named = (tag for tag in note.tags if tag.startswith(_TOPIC_TAG_PREFIX))
    return next(named, "").removeprefix(_TOPIC_TAG_PREFIX)


def _type_line(package: Package, id_: int, key: str) -> TypeLine:
    item = package.types[id_]
    return TypeLine(
        type=key,
        id=id_,
        name=item.type.name,
        fields={field.name: field.id for field in item.type.fields},
        templates={template.name: template.id for template in item.type.templates},
        hash=item.type.content_hash,
        mod=item.mod,
    )


def _decks(package: Package) -> Mapping[str, str]:
    decks = {_deck_key(note): note.deck for note in package.notes}
    parent = package.notes[0].deck.partition("::")[0]
    return {"": parent, **decks}


def _refuse_invalid(ledger: Ledger, package: Package) -> None:
    """Raise if the ledger is not valid."""
    problems = list(_problems(ledger, package))
    try:
        is_valid = load(dump(ledger)) == ledger
    except (TriptychError, UnicodeError):
        is_valid = False
    if problems or not is_valid:
        why = "; ".join(problems) or "its ids, names or times are none of triptych's"
        raise TriptychError(f"{package.name} is not as triptych made it: {why}")


def _problems(ledger: Ledger, package: Package) -> Iterator[str]:
    if len(ledger.notes) != len(package.notes):
        yield "two of its notes have the same id"
    parent = ledger.decks[""]
    for note in package.notes:
        if not (is_id(note.id) or is_note_id(note.id)):
            yield f"`{note.id}` is no id, in the field `Id` of a note"
        topic = _deck_key(note)
        if not topic:
            yield f"`{note.id}` has no topic"
        elif ledger.decks[topic] != note.deck or not note.deck.startswith(
            f"{parent}::"
        ):
            yield f"`{note.id}` is in the deck `{note.deck}`"
