"""Rebuild a lost ledger from the package that was released last.

The package holds what learners have: ids, GUIDs, times, names of decks, note types. How
a note's hash was made it does not hold, so a note whose words are today's gets today's
hash, and any other counts as changed since.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from triptych.errors import TriptychError
from triptych.ledger.changelog import CHANGELOG_FILE, day_of, versions
from triptych.ledger.lock import Ledger, NoteLine, Released, TypeLine, version_number
from triptych.ledger.lock_file import dump, load
from triptych.notes.content import FORMULA
from triptych.notes.history import History
from triptych.notes.names import guid
from triptych.notes.plan import PlannedNote, plan
from triptych.notes.shape import FIELDS, shape, type_id
from triptych.releases.installed import plain_texts
from triptych.releases.package import Package, PackageNote
from triptych.render.settings import RenderSettings
from triptych.values.catalog import Catalog

_UNKNOWN = "unknown"
"""Instead of a hash that the package does not tell: that of no text."""
_TOPIC = "topic::"


@dataclass(frozen=True, slots=True)
class Adopted:
    """A ledger made of a package, and how the deck compares with it."""

    ledger: Ledger
    changed: tuple[str, ...]
    """The notes that say something else today."""
    gone: tuple[str, ...]
    """The notes that the deck has no more, under the ids of the package."""


def adopt(
    catalog: Catalog,
    settings: RenderSettings,
    package: Package,
    *,
    version: str = "",
    changelog: str = "",
) -> Adopted:
    """Return the ledger after the release that `package` is.

    Its version is the newest that `changelog` tells of, unless said.

    Raises:
        TriptychError: The package is not one of this deck, or its release is not known.

    """
    deck = catalog.deck.id
    types = _types(package, deck)
    _refuse_other_guids(package, deck)
    released = _released(package, version, changelog)
    history = History(new_mod=released.time + 1)
    planned = plan(catalog, history, settings.templates, settings.strings)
    today = {note.id: note for note in planned.notes}
    lines = [
        _line(note, types[note.type], today.get(note.id), released.version)
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
    _refuse_unsound(ledger, package)
    unknown = tuple(line.note for line in lines if line.hash == _UNKNOWN)
    return Adopted(
        ledger,
        changed=tuple(note for note in unknown if note in today),
        gone=tuple(note for note in unknown if note not in today),
    )


def _types(package: Package, deck: str) -> Mapping[int, str]:
    """Return the keys of the note types, by id; refuse another deck's."""
    if package.was_exported:
        raise TriptychError(
            f"{package.name} was exported by Anki, with a learner's own changes: take"
            " the package that triptych built"
        )
    if not package.notes:
        raise TriptychError(f"{package.name} holds no notes")
    ours = {type_id(deck, key): key for key in FIELDS}
    for id_, item in package.types.items():
        if id_ not in ours:
            raise TriptychError(
                f"the note type `{item.type.name}` in {package.name} is not of the deck"
                f" `{deck}` as triptych makes it: take a package of this deck"
            )
        if item.shape != shape(deck, ours[id_]):
            raise TriptychError(
                f"the fields or templates of `{item.type.name}` in {package.name} are"
                " not those that triptych makes: take another version of triptych"
            )
    return {id_: key for id_, key in ours.items() if id_ in package.types}


def _refuse_other_guids(package: Package, deck: str) -> None:
    # A note that was renamed keeps the GUID of an id that nobody may know any more.
    if not any(note.guid == guid(deck, note.id) for note in package.notes):
        raise TriptychError(
            f"no note in {package.name} has the GUID that the deck `{deck}` gives it:"
            " it is not a package of this deck"
        )


def _released(package: Package, version: str, changelog: str) -> Released:
    """Return which release the package is, and when it was made."""
    told = versions(changelog)
    newest = told[0] if told else ""
    described = "\n".join(package.descriptions.values())
    # The description tells of the newest release, as the changelog does.
    own = next((known for known in told if f"{known} - " in described), "")
    if not (version or newest):
        raise TriptychError(
            f"there is no {CHANGELOG_FILE} that tells which release {package.name} is:"
            " say it with --version X.Y.Z"
        )
    version = version or own or newest
    if newest and version_number(version) < version_number(newest):
        raise TriptychError(
            f"{package.name} is release {version}, but {CHANGELOG_FILE} tells of"
            f" {newest}: adopt the package of that release; if nobody got it, take its"
            f" section out of {CHANGELOG_FILE} first"
        )
    mods = [note.mod for note in package.notes]
    mods += [item.mod for item in package.types.values()]
    return Released(version, max(*mods, day_of(changelog, version)))


def _line(
    note: PackageNote, type_: str, today: PlannedNote | None, version: str
) -> NoteLine:
    texts = plain_texts(note.fields)
    same = (
        today is not None and today.type == type_ and plain_texts(today.fields) == texts
    )
    same_labels = today is not None and (
        today.tags == note.tags
        and today.fields.get("Label", "") == note.fields.get("Label", "")
    )
    return NoteLine(
        note=note.id,
        guid=note.guid,
        type=type_,
        topic=_topic(note),
        cards=note.cards,
        hash=today.hash if today and same else _UNKNOWN,
        mod=note.mod,
        first=version,
        last=version,
        prompt=today.prompt if today and same else texts.get("Question", ""),
        formula=FORMULA,
        labels=today.labels if today and same_labels else _UNKNOWN,
    )


def _topic(note: PackageNote) -> str:
    named = (tag for tag in note.tags if tag.startswith(_TOPIC))
    return next(named, "").removeprefix(_TOPIC)


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
    decks = {_topic(note): note.deck for note in package.notes}
    parent = package.notes[0].deck.partition("::")[0]
    return {"": parent, **decks}


def _refuse_unsound(ledger: Ledger, package: Package) -> None:
    """Refuse what cannot be a ledger, whatever the package is."""
    faults = list(_faults(ledger, package))
    try:
        sound = load(dump(ledger)) == ledger
    except (TriptychError, UnicodeError):
        sound = False
    if faults or not sound:
        why = "; ".join(faults) or "its ids, names or times are none of triptych's"
        raise TriptychError(f"{package.name} is not as triptych made it: {why}")


def _faults(ledger: Ledger, package: Package) -> Iterator[str]:
    if len(ledger.notes) != len(package.notes):
        yield "two of its notes have the same id"
    parent = ledger.decks[""]
    for note in package.notes:
        topic = _topic(note)
        if not topic:
            yield f"`{note.id}` has no topic"
        elif ledger.decks[topic] != note.deck or not note.deck.startswith(
            f"{parent}::"
        ):
            yield f"`{note.id}` is in the deck `{note.deck}`"
