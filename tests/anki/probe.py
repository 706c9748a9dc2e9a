"""Real Anki, as a program of its own: reads steps as JSON, prints what each one gave.

`anki` is AGPL-licensed, so nothing of triptych imports it; the tests run this file with
the same Python and exchange lines with it through standard input and output.
"""

import json
import re
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from anki.collection import (
    Collection,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
    ImportCsvRequest,
)
from anki.dbproxy import DBProxy
from anki.decks import DeckId
from anki.import_export_pb2 import CsvMetadataRequest
from anki.models import NotetypeDict
from anki.notes import Note, NoteId
from anki.scheduler.v3 import Scheduler
from anki.sound import AVTag, SoundOrVideoTag

if TYPE_CHECKING:  # else it would be imported before what it is a part of
    from anki.cards import Card

Json = dict[str, Any]
REVIEW = 2
"""Anki's number for cards that were learned."""
_TAG = re.compile(r"<(?!img|audio|video)[^>]*>")
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_FAULT = re.compile(r"template has a problem|there is no field called|unknown field")


def step(collection: Collection, order: Json) -> object:
    """Return what doing one step gives, as plain data."""
    order = dict(order)
    return _STEPS[order.pop("do")](collection, **order)


def import_package(
    collection: Collection, path: str, *, merge: bool = False, progress: bool = False
) -> Json:
    """Import a package with the options that Anki's dialog starts with.

    With `progress`, the learner ticks to import any learning progress.
    """
    options = collection._backend.get_import_anki_package_presets()  # noqa: SLF001
    # Anki remembers the tick.
    remembered = ImportAnkiPackageOptions(
        merge_notetypes=options.merge_notetypes, with_scheduling=options.with_scheduling
    )
    assert options == remembered
    options.merge_notetypes = merge or options.merge_notetypes
    options.with_scheduling = progress or options.with_scheduling
    request = ImportAnkiPackageRequest(package_path=path, options=options)
    log = collection.import_anki_package(request).log
    collection._clear_caches()  # noqa: SLF001 - the desktop program does so, too
    return {
        "found": log.found_notes,
        **{
            name: len(getattr(log, name))
            for name in (
                "new",
                "updated",
                "duplicate",
                "conflicting",
                "first_field_match",
            )
        },
    }


def import_text(
    collection: Collection,
    path: str,
    *,
    notetype: str = "",
    before: str = "",
) -> Json:
    """Import a text file with the options that its own header asks for.

    `notetype` is what the learner chooses in the dialog; `before` is what they said of
    notes that are there already when they last imported a text file.
    """
    if before:
        collection.set_config("csvDuplicateResolution", before)
    request = CsvMetadataRequest(path=path)
    if notetype:
        request.notetype_id = _type(collection, notetype)["id"]
    metadata = collection._backend.get_csv_metadata(request)  # noqa: SLF001
    log = collection.import_csv(ImportCsvRequest(path=path, metadata=metadata)).log
    collection._clear_caches()  # noqa: SLF001
    names = ("new", "updated", "duplicate", "conflicting", "first_field_match")
    skipped = len(log.empty_first_field)
    return {"skipped": skipped, **{name: len(getattr(log, name)) for name in names}}


def look(collection: Collection) -> Json:
    """Return what the collection holds, by GUID, and what is wrong with it."""
    notes = {id_: collection.get_note(id_) for id_ in collection.find_notes("")}
    cards = [collection.get_card(id_) for id_ in collection.find_cards("")]
    sides = {card.id: _sides(card) for card in cards}
    return {
        "notes": {note.guid: _note(note) for note in notes.values()},
        "note_count": len(notes),
        "cards": [_card(collection, notes[card.nid].guid, card) for card in cards],
        "types": {
            item["name"]: {
                "id": item["id"],
                "css": item["css"],
                "fields": [field["name"] for field in item["flds"]],
                "templates": [template["name"] for template in item["tmpls"]],
            }
            for item in collection.models.all()
            if collection.models.use_count(item) or "Triptych" in item["name"]
        },
        "decks": {
            deck["name"]: deck.get("desc", "") for deck in collection.decks.all()
        },
        "schema": _db(collection).scalar("select scm from col"),
        "missing_media": list(collection.media.check().missing),
        "faults": sorted(
            key for key, value in sides.items() if _FAULT.search("".join(value))
        ),
        "blank": [
            notes[card.nid].fields[0] for card in cards if _is_blank(sides[card.id][0])
        ],
        "refused": [note.fields[0] for note in notes.values() if note.fields_check()],
        "empty_cards": len(collection.get_empty_cards().notes),
    }


def render(collection: Collection, note: str, ord: int = 0) -> Json:  # noqa: A002
    """Return both sides of a card of the note whose first field is `note`."""
    (id_,) = collection.find_notes(f'"Id:{note}"')
    card = next(c for c in collection.get_note(id_).cards() if c.ord == ord)
    front, back = _sides(card)
    return {"front": front, "back": back}


def check(collection: Collection) -> str:
    """Run Anki's Check Database and return what it says."""
    return collection.fix_integrity()[0]


def remake(collection: Collection) -> Json:
    """Return the cards that Anki makes of each note when somebody types it in."""
    made = {}
    for id_ in collection.find_notes(""):
        note = collection.get_note(id_)
        copy = collection.new_note(_type_of(note))
        copy.fields = list(note.fields)
        collection.add_note(copy, deck_id=DeckId(1))
        made[note.guid] = sorted(card.ord for card in copy.cards())
        collection.remove_notes([copy.id])
    return made


def compare(collection: Collection, note: str, typed: str) -> str:
    """Return what Anki shows of what was `typed` for a note."""
    (id_,) = collection.find_notes(f'"Id:{note}"')
    return collection.compare_answer(collection.get_note(id_)["Spare 2"], typed)


def sounds(collection: Collection, note: str) -> Json:
    """Return the files that each side of a note's first card plays."""
    (id_,) = collection.find_notes(f'"Id:{note}"')
    output = collection.get_note(id_).cards()[0].render_output(reload=True)
    sides = {"front": output.question_av_tags, "back": output.answer_av_tags}
    return {side: [_file(tag) for tag in tags] for side, tags in sides.items()}


def search(collection: Collection, text: str) -> list[str]:
    """Return the first fields of the notes that a search finds."""
    found = collection.find_notes(text)
    return sorted(collection.get_note(id_).fields[0] for id_ in found)


def study(
    collection: Collection, deck: str, answers: list[Literal[1, 2, 3, 4]]
) -> list[str]:
    """Answer cards of a deck as they come; return the first fields of their notes."""
    collection.decks.select(_deck(collection, deck))
    seen = []
    for answer in answers:
        card = collection.sched.getCard()
        if card is None:
            break
        card.start_timer()
        seen.append(card.note().fields[0])
        collection.sched.answerCard(card, answer)
    return seen


def export(collection: Collection, path: str, *, legacy: bool = True) -> int:
    """Export all decks with scheduling; return the number of notes."""
    options = ExportAnkiPackageOptions(
        with_scheduling=True, with_deck_configs=True, legacy=legacy
    )
    return collection.export_anki_package(out_path=path, options=options, limit=None)


def reviews(collection: Collection) -> list[list[Any]]:
    """Return each review: its moment, the first field of its note, and the answer."""
    found = _db(collection).all("select id, cid, ease from revlog order by id")
    return [
        [moment, collection.get_card(card).note().fields[0], grade]
        for moment, card, grade in found
    ]


def schedule(collection: Collection) -> Json:
    """Return the state of each card by the first field of its note and its number.

    What is due on a day has its date instead of Anki's number for it.
    """
    # Anki's day begins at four o'clock.
    today = (datetime.now() - timedelta(hours=4)).date()  # noqa: DTZ005 - as Anki does
    found = {}
    for id_ in collection.find_cards(""):
        card = collection.get_card(id_)
        data = _db(collection).scalar("select data from cards where id = ?", id_)
        names = ("type", "queue", "due", "ivl", "factor", "reps", "lapses", "left")
        state = {name: getattr(card, name) for name in names}
        if card.type == REVIEW:
            days = card.due - collection.sched.today
            state["due"] = (today + timedelta(days=days)).isoformat()
        note = card.note()
        state |= {"data": json.loads(data or "{}"), "tags": note.tags}
        found[f"{note.fields[0]} {card.ord}"] = state
    return found


def review_log(collection: Collection) -> list[list[Any]]:
    """Return all that Anki has of each review, with note and number of its card."""
    query = "select id, cid, ease, ivl, lastIvl, factor, type from revlog order by id"
    found = []
    for moment, id_, *rest in _db(collection).all(query):
        card = collection.get_card(id_)
        found.append([moment, card.note().fields[0], card.ord, *rest])
    return found


def queue(collection: Collection, deck: str, limit: int) -> list[str]:
    """Return the first fields of the next new cards of a deck, in order."""
    collection.decks.select(_deck(collection, deck))
    scheduler = collection.sched
    assert isinstance(scheduler, Scheduler)
    waiting = scheduler.get_queued_cards(fetch_limit=limit).cards
    return [collection.get_card(item.card.id).note().fields[0] for item in waiting]


def change(  # noqa: PLR0913 - a learner does a lot
    collection: Collection,
    note: str,
    *,
    fields: dict[str, str] | None = None,
    tags: list[str] | None = None,
    flag: int = 0,
    due: str = "",
    suspend: bool = False,
) -> None:
    """Do to a note what a learner does."""
    (id_,) = _ids(collection, note)
    found = collection.get_note(id_)
    for name, value in (fields or {}).items():
        found[name] = value
    found.tags += tags or []
    if fields or tags:
        collection.update_note(found)
    cards = [card.id for card in found.cards()]
    if flag:
        collection.set_user_flag_for_cards(flag, cards)
    if due:
        collection.sched.set_due_date(cards, due)
    if suspend:
        collection.sched.suspend_cards(cards)


def export_all(collection: Collection, path: str, *, legacy: bool) -> int:
    """Export all decks without the learner's progress; return how many notes."""
    options = ExportAnkiPackageOptions(
        with_scheduling=False, with_deck_configs=False, with_media=True, legacy=legacy
    )
    return collection.export_anki_package(out_path=path, options=options, limit=None)


def restyle(collection: Collection, type: str, css: str) -> None:  # noqa: A002
    """Change the CSS of a note type as a learner does."""
    found = _type(collection, type)
    found["css"] = css
    collection.models.update_dict(found)


def delete(collection: Collection, note: str) -> None:
    """Delete a note as a learner does."""
    collection.remove_notes(_ids(collection, note))


def move(collection: Collection, note: str, deck: str) -> None:
    """Move the cards of a note to another deck."""
    (id_,) = _ids(collection, note)
    cards = _db(collection).list("select id from cards where nid = ?", id_)
    made = collection.decks.id(deck)
    assert made is not None
    collection.set_deck(cards, made)


def backdate(collection: Collection, time: int) -> None:
    """Let all that the learner changed have been changed at `time`, in seconds."""
    _db(collection).execute("update notes set mod = min(mod, ?)", time)
    _db(collection).execute(
        "update notetypes set mtime_secs = min(mtime_secs, ?)", time
    )
    collection._clear_caches()  # noqa: SLF001


def filtered(collection: Collection, deck: str) -> None:
    """Gather the cards of a deck in a filtered deck."""
    made = collection.sched.get_or_create_filtered_deck(DeckId(0))
    made.name = "Cram"
    made.config.search_terms[0].search = f'deck:"{deck}"'
    made.config.search_terms[0].limit = 5
    collection.sched.add_or_update_filtered_deck(made)


def _ids(collection: Collection, note: str) -> list[NoteId]:
    """Return the ids of the notes with this GUID, or with this text in `Id`."""
    by_guid: list[NoteId] = _db(collection).list(
        "select id from notes where guid = ?", note
    )
    return by_guid or list(collection.find_notes(f'"Id:{note}"'))


def rename_deck(collection: Collection, deck: str, to: str) -> None:
    """Give a deck another name."""
    collection.decks.rename(_deck(collection, deck), to)


def retype(  # noqa: PLR0913 - a learner does a lot
    collection: Collection,
    type: str,  # noqa: A002
    *,
    add: str = "",
    first: str = "",
    delete: str = "",
    rename: str = "",
    current: str = "",
    dated: bool = False,
) -> None:
    """Change a note type as a learner does.

    `add` a field, put one `first`, `delete` one, `rename` the type; and let the type
    `current` be the one that was last used. A change of fields dates all notes "now":
    unless `dated`, they keep their times, as if it had been made before the release.
    """
    models = collection.models
    times = _db(collection).all("select mod, id from notes")
    found = _type(collection, type)
    if add:
        models.add_field(found, models.new_field(add))
    named = {field["name"]: field for field in found["flds"]}
    if first:
        models.reposition_field(found, named[first], 0)
    if delete:
        models.remove_field(found, named[delete])
    found["name"] = rename or type
    models.update_dict(found)
    if not dated:
        _db(collection).executemany("update notes set mod = ? where id = ?", times)
    if current:
        models.set_current(_type(collection, current))
    collection._clear_caches()  # noqa: SLF001


def _db(collection: Collection) -> DBProxy:
    assert collection.db is not None
    return collection.db


def _deck(collection: Collection, name: str) -> DeckId:
    found = collection.decks.id_for_name(name)
    assert found is not None, name
    return found


def _type(collection: Collection, name: str) -> NotetypeDict:
    found = collection.models.by_name(name)
    assert found is not None, name
    return found


def _type_of(note: Note) -> NotetypeDict:
    found = note.note_type()
    assert found is not None
    return found


def _file(tag: AVTag) -> str:
    assert isinstance(tag, SoundOrVideoTag)
    return tag.filename


def _note(note: Note) -> Json:
    return {
        "nid": note.id,
        "id": note.fields[0],
        "type": _type_of(note)["name"],
        "mod": note.mod,
        "tags": note.tags,
        "fields": dict(note.items()),
    }


def _card(collection: Collection, guid: str, card: "Card") -> Json:
    names = (
        "id",
        "ord",
        "type",
        "queue",
        "due",
        "ivl",
        "factor",
        "reps",
        "lapses",
        "flags",
    )
    return {
        "guid": guid,
        "deck": collection.decks.name(card.did),
        **{name: getattr(card, name) for name in names},
    }


def _sides(card: "Card") -> tuple[str, str]:
    output = card.render_output(reload=True)
    return output.question_text, output.answer_text


def _is_blank(html: str) -> bool:
    text = unescape(_TAG.sub("", _STYLE.sub("", html)))
    return not any(char.isprintable() and not char.isspace() for char in text)


def media(collection: Collection) -> list[str]:
    """Return the names of the files of all cards and templates."""
    return sorted(path.name for path in Path(collection.media.dir()).iterdir())


_STEPS: dict[str, Callable[..., object]] = {
    "import": import_package,
    "import_text": import_text,
    "look": look,
    "render": render,
    "check": check,
    "remake": remake,
    "compare": compare,
    "search": search,
    "sounds": sounds,
    "media": media,
    "study": study,
    "export": export,
    "reviews": reviews,
    "schedule": schedule,
    "review_log": review_log,
    "queue": queue,
    "change": change,
    "restyle": restyle,
    "delete": delete,
    "move": move,
    "filtered": filtered,
    "backdate": backdate,
    "rename_deck": rename_deck,
    "retype": retype,
    "export_all": export_all,
}


def session(steps: list[Json]) -> list[object]:
    """Return what the steps give in a collection that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder) / "collection.anki2"))
        results = [step(collection, order) for order in steps]
        collection.close()
    return results


def attempt(steps: list[Json]) -> list[object]:
    """Return what the steps give, or the error that ended them."""
    try:
        return session(steps)
    except Exception as error:  # noqa: BLE001 - other sessions go on
        return [{"error": f"{type(error).__name__}: {error}"[:200]}]


def main() -> None:
    """Run steps, or lists of steps: each list in a collection of its own."""
    steps = json.load(sys.stdin)
    # On a busy machine Anki prints that a call took long.
    answer, sys.stdout = sys.stdout, sys.stderr
    several = steps and isinstance(steps[0], list)
    results = [attempt(item) for item in steps] if several else session(steps)
    json.dump(results, answer)


if __name__ == "__main__":
    main()
