"""A learner imports a release, studies, edits, and imports the next one."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from tests.questions import changed, made

from triptych.deck.templates import template
from triptych.ledger.lock import Ledger
from triptych.ledger.lock_file import load
from triptych.notes import shape
from triptych.notes.history import NO_REFRESH, History, Refresh
from triptych.notes.strings import CardStrings
from triptych.notes.which import Note
from triptych.releases.release import release
from triptych.render.anki.render import render
from triptych.render.settings import RenderSettings
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog
from triptych.values.prose import Prose
from triptych.values.question import Part, Question

Anki = Callable[..., list[Any]]
Edit = Callable[[Catalog], Catalog]
Fields = Callable[[Note, CardStrings], Iterator[tuple[str, str]]]
NOW = int(time.time())
NOTHING = Ledger()
ONCE_HELD = (
    *("overfitting", "overfitting/cloze", "overfitting/more-data"),
    *("overfitting/l1-or-l2", "overfitting/zero"),
)
PARENT = "Sample Deck"
QUESTION_TYPE = "Triptych Question (sample)"
LEARNT = (
    {"do": "study", "deck": PARENT, "answers": [3, 1, 4]},
    {"do": "change", "note": "overfitting", "due": "5"},
    {"do": "change", "note": "overfitting/zero", "suspend": True},
    {"do": "change", "note": "code-k-means", "flag": 3, "due": "30"},
    {"do": "change", "note": "code-k-means/fill-in", "fields": {"My notes": "mine"}},
    {
        "do": "change",
        "note": "overfitting/l1-or-l2",
        "fields": {"Answer": "my own words", "My notes": "see page 7"},
        "tags": ["mine"],
    },
    {"do": "restyle", "type": QUESTION_TYPE, "css": ".card { color: teal }"},
)


@dataclass(frozen=True)
class Shipped:
    """A release: its files, and the ledger as it is committed with it."""

    package: bytes
    updates: tuple[Artifact, ...]
    """From every older release."""
    ledger: Ledger

    def update(self, since: str = "1.0.0") -> tuple[Artifact, ...]:
        """Return the files for a learner of the release `since`, in order."""
        steps = [file for file in self.updates if file.step]
        return tuple(file for file in steps if file.step and file.step.since == since)


def ship(
    catalog: Catalog,
    ledger: Ledger = NOTHING,
    moment: int = NOW - 1000,
    templates: Path | None = None,
    refresh: Refresh = NO_REFRESH,
) -> Shipped:
    """Release a catalog, and build it as anybody would from what was committed."""
    before = RenderSettings(templates=templates, history=History(ledger))
    made = release(catalog, before, version="", time_seconds=moment, refresh=refresh)
    stamped = load(made.lock)
    after = RenderSettings(templates=templates, history=History(stamped))
    package, *updates = render(catalog, after)
    return Shipped(package.data, tuple(updates), stamped)


def upgrade(
    catalog: Catalog, edit: Edit, templates: Path | None = None
) -> tuple[Shipped, Shipped]:
    """Return two releases, the second with an edit, both sides of what is learnt."""
    first = ship(catalog)
    return first, ship(edit(catalog), first.ledger, NOW + 1000, templates)


def with_question(
    catalog: Catalog, id_: str, change: Callable[[Question], Question]
) -> Catalog:
    """Return the catalog with one question changed."""
    changed = (change(q) if q.id == id_ else q for q in catalog.questions)
    return replace(catalog, questions=tuple(changed))


def written(text: str) -> Prose:
    return Prose(card=text, plain=text, digest=f"digest of {text}")


def same(catalog: Catalog) -> Catalog:
    return catalog


def answer_fixed(catalog: Catalog) -> Catalog:
    return with_question(
        catalog,
        "overfitting",
        lambda q: changed(q, answer=written("<p>A better one.</p>")),
    )


def file_renamed(catalog: Catalog) -> Catalog:
    path = PurePosixPath("fundamentals/too-close-a-fit.md")
    return with_question(catalog, "overfitting", lambda q: changed(q, path=path))


def id_renamed(catalog: Catalog) -> Catalog:
    renamed = with_question(
        catalog,
        "overfitting",
        lambda q: changed(q, id="over-fit", aliases=("overfitting",)),
    )
    return replace(renamed, study_order=("over-fit", "code-k-means"))


def follow_ups_reordered(catalog: Catalog) -> Catalog:
    return with_question(
        catalog, "overfitting", lambda q: changed(q, follow_ups=q.follow_ups[::-1])
    )


def slug_renamed(catalog: Catalog) -> Catalog:
    def rename(question: Question) -> Question:
        parts = tuple(
            replace(part, slug="bigger-data") if part.slug == "more-data" else part
            for part in question.follow_ups
        )
        return changed(question, follow_ups=parts, renamed={"more-data": "bigger-data"})

    return with_question(catalog, "overfitting", rename)


def topics_reordered(catalog: Catalog) -> Catalog:
    topics = tuple(replace(t, title=f"{t.title}!") for t in catalog.deck.topics[::-1])
    return replace(catalog, deck=replace(catalog.deck, title="New", topics=topics))


def question_moved(catalog: Catalog) -> Catalog:
    return with_question(
        catalog, "code-k-means", lambda q: changed(q, topic="fundamentals")
    )


def question_added(catalog: Catalog) -> Catalog:
    new = made(
        "train-test",
        PurePosixPath("fundamentals/train-test.md"),
        written("Why hold data out?"),
        answer=written("<p>To see.</p>"),
        follow_ups=(
            Part("how-much", written("How much?"), written("<p>20 %.</p>"), 3),
        ),
    )
    order = ("train-test", *catalog.study_order)
    return replace(catalog, questions=(*catalog.questions, new), study_order=order)


def note_retired(catalog: Catalog) -> Catalog:
    retired = with_question(
        catalog, "overfitting", lambda q: changed(q, retired_slugs=("zero",))
    )
    return with_question(retired, "code-k-means", lambda q: changed(q, retired=True))


# What each edit changes of the notes that learners hold, and which notes it brings.
EDITS: dict[str, tuple[Edit, set[str], set[str]]] = {
    "nothing": (same, set(), set()),
    "an answer fixed": (answer_fixed, {"overfitting"}, set()),
    "the file renamed": (file_renamed, set(), set()),
    "follow-ups reordered": (follow_ups_reordered, set(), set()),
    "a slug renamed": (slug_renamed, {"overfitting/more-data"}, set()),
    "topics renamed and reordered": (topics_reordered, set(), set()),
    "a question moved": (question_moved, set(), set()),
    "a question added": (question_added, set(), {"train-test", "train-test/how-much"}),
    "notes retired": (note_retired, set(), set()),
}


def run(
    anki: Anki, first: Shipped, second: Shipped, *more: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any], list[Any]]:
    """Import, learn, import; return both looks, what Anki says, and what more gave."""
    results = anki(
        first.package,
        *LEARNT,
        {"do": "look"},
        second.package,
        {"do": "look"},
        *more,
    )
    place = len(LEARNT) + 1
    return results[place], results[place + 2], results[place + 1], results[place + 3 :]


def assert_cards_kept(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Assert that every card is as it was, and no note stands there twice."""
    cards = {card["id"]: card for card in after["cards"]}
    for card in before["cards"]:
        assert cards[card["id"]] == card
    ids = [note["id"] for note in after["notes"].values()]
    assert len(ids) == len(set(ids)) == after["note_count"]
    assert before["notes"].keys() <= after["notes"].keys()
    assert after["missing_media"] == after["faults"] == after["blank"] == []


def assert_progress_kept(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Assert that no card lost anything, no note doubled and no full sync is due."""
    assert_cards_kept(before, after)
    assert after["types"].keys() == before["types"].keys()
    assert after["schema"] == before["schema"]


def assert_edits_kept(
    before: dict[str, Any], after: dict[str, Any], changed: set[str]
) -> None:
    """Assert that notes which no release changed are as the learner left them."""
    for guid, note in before["notes"].items():
        if note["id"] not in changed:
            # A spare field may have another name by now.
            now = after["notes"][guid]
            assert list(now["fields"].values()) == list(note["fields"].values())
            assert {**now, "fields": None} == {**note, "fields": None}


@pytest.mark.parametrize("name", EDITS)
def test_an_import_with_default_options_keeps_progress_and_edits(
    anki: Anki, catalog: Catalog, name: str
) -> None:
    edit, changed, added = EDITS[name]
    first, second = upgrade(catalog, edit)
    before, after, imported, _ = run(anki, first, second)
    assert imported["updated"] == len(changed)
    assert imported["new"] == len(added)
    assert imported["conflicting"] == 0
    assert_progress_kept(before, after)
    assert_edits_kept(before, after, changed)
    assert after["types"] == before["types"]
    assert after["types"][QUESTION_TYPE]["css"] == ".card { color: teal }"
    new = {note["id"] for note in after["notes"].values()}
    assert added <= new


def test_everything_at_once_keeps_progress_and_edits(
    anki: Anki, catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bystander = made(
        "bystander",
        PurePosixPath("fundamentals/bystander.md"),
        written("Who stays?"),
        answer=written("<p>I do.</p>"),
    )
    catalog = replace(
        catalog,
        questions=(*catalog.questions, bystander),
        study_order=(*catalog.study_order, "bystander"),
    )

    def all_edits(catalog: Catalog) -> Catalog:
        for edit, _, _ in EDITS.values():
            catalog = edit(catalog)
        return id_renamed(catalog)

    learnt = (
        *LEARNT,
        {"do": "change", "note": "bystander", "fields": {"Answer": "mine"}, "due": "9"},
    )
    first = ship(catalog)
    css = restyled(tmp_path)
    use_a_spare(monkeypatch)
    second = ship(all_edits(catalog), first.ledger, NOW + 1000, tmp_path)
    results = anki(
        first.package, *learnt, {"do": "look"}, second.package, {"do": "look"}
    )
    before, imported, after = results[-3:]
    assert imported["conflicting"] == 0
    assert after["schema"] == before["schema"]
    assert_cards_kept(before, after)
    assert_edits_kept(before, after, set(ONCE_HELD))
    notes = {note["id"]: note for note in after["notes"].values()}
    assert notes["bystander"]["fields"]["Answer"] == "mine"
    assert notes["over-fit"]["fields"]["Answer"] == "<p>A better one.</p>"
    assert after["types"].keys() == before["types"].keys()
    assert after["types"][QUESTION_TYPE]["css"] == css
    assert "Mnemonic" in after["types"][QUESTION_TYPE]["fields"]
    assert after["decks"].keys() == before["decks"].keys()


def test_changed_text_arrives(anki: Anki, catalog: Catalog) -> None:
    first, second = upgrade(catalog, answer_fixed)
    _, after, _, _ = run(anki, first, second)
    answers = {
        note["id"]: note["fields"].get("Answer") for note in after["notes"].values()
    }
    assert answers["overfitting"] == "<p>A better one.</p>"
    assert answers["overfitting/l1-or-l2"] == "my own words"


def test_a_renamed_id_keeps_its_notes(anki: Anki, catalog: Catalog) -> None:
    first, second = upgrade(catalog, id_renamed)
    before, after, imported, _ = run(anki, first, second)
    assert imported["new"] == imported["conflicting"] == 0
    assert_progress_kept(before, after)
    ids = {guid: note["id"] for guid, note in before["notes"].items()}
    for guid, note in after["notes"].items():
        assert note["id"] == ids[guid].replace("overfitting", "over-fit")


def test_a_renamed_slug_keeps_its_note(anki: Anki, catalog: Catalog) -> None:
    first, second = upgrade(catalog, slug_renamed)
    before, after, _, _ = run(anki, first, second)
    (guid,) = (
        g for g, n in before["notes"].items() if n["id"] == "overfitting/more-data"
    )
    assert after["notes"][guid]["id"] == "overfitting/bigger-data"
    assert after["notes"][guid]["fields"]["Page"] == "overfitting.html#bigger-data"


def test_an_id_that_was_renamed_stays_known_when_the_alias_goes(
    catalog: Catalog,
) -> None:
    first, second = upgrade(catalog, id_renamed)
    forgotten = with_question(
        id_renamed(catalog), "over-fit", lambda q: changed(q, aliases=())
    )
    third = ship(forgotten, second.ledger, NOW + 2000)
    assert third.ledger.notes["over-fit"].guid == first.ledger.notes["overfitting"].guid
    assert third.package == ship(id_renamed(catalog), second.ledger, NOW + 2000).package


def test_subdecks_keep_the_names_of_their_first_release(
    anki: Anki, catalog: Catalog
) -> None:
    first, second = upgrade(catalog, topics_reordered)
    before, after, _, _ = run(anki, first, second)
    assert after["decks"].keys() == before["decks"].keys()


def test_a_moved_question_stays_where_the_learner_has_it(
    anki: Anki, catalog: Catalog
) -> None:
    first, second = upgrade(catalog, question_moved)
    _, after, _, _ = run(anki, first, second)
    (guid,) = (
        g for g, n in after["notes"].items() if n["id"] == "code-k-means/fill-in"
    )
    # The new tag comes with the next change of words.
    assert "topic::classical" in after["notes"][guid]["tags"]
    decks = {card["deck"] for card in after["cards"] if card["guid"] == guid}
    assert decks == {"Sample Deck::01 Classical models"}


def test_new_cards_come_in_study_order_from_the_parent_deck_too(
    anki: Anki, catalog: Catalog
) -> None:
    first, second = upgrade(catalog, question_added)
    results = anki(
        first.package,
        second.package,
        {"do": "queue", "deck": "Sample Deck::02 Basics", "limit": 20},
        {"do": "queue", "deck": PARENT, "limit": 20},
    )
    for queue in results[2:]:
        firsts = list(dict.fromkeys(queue))
        assert firsts.index("train-test") < firsts.index("train-test/how-much")
        assert firsts.index("overfitting") < firsts.index("overfitting/more-data")


def restyled(folder: Path) -> str:
    """Give the deck in `folder` cards that look otherwise; return their CSS."""
    css = template("anki/style.css") + "\n.card { border: 0 }\n"
    (folder / "anki").mkdir()
    (folder / "anki" / "style.css").write_text(css, encoding="utf-8")
    return css


def test_css_of_the_deck_arrives_and_moves_no_note(
    anki: Anki, catalog: Catalog, tmp_path: Path
) -> None:
    css = restyled(tmp_path)
    first, second = upgrade(catalog, same, tmp_path)
    before, after, imported, _ = run(anki, first, second)
    assert imported["updated"] == imported["conflicting"] == 0
    assert_progress_kept(before, after)
    assert_edits_kept(before, after, set())
    assert after["types"][QUESTION_TYPE]["css"] == css


def test_a_spare_field_put_to_use_makes_cards_and_no_second_type(
    anki: Anki, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ship(catalog)
    use_a_spare(monkeypatch)
    second = ship(answer_fixed(catalog), first.ledger, NOW + 1000)
    before, after, imported, (remade,) = run(anki, first, second, {"do": "remake"})
    assert imported["conflicting"] == 0
    assert "Mnemonic" in after["types"][QUESTION_TYPE]["fields"]
    assert after["types"].keys() == before["types"].keys()
    assert after["schema"] == before["schema"]
    assert_cards_kept(before, after)
    (guid,) = (g for g, n in after["notes"].items() if n["id"] == "overfitting")
    cards = sorted(card["ord"] for card in after["cards"] if card["guid"] == guid)
    assert cards == remade[guid] == [0, 1]


def use_a_spare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the first spare field and the spare template to use, as a release would."""
    used = tuple(
        "Mnemonic" if name == "Spare 1" else name for name in shape.FIELDS["question"]
    )
    monkeypatch.setattr(shape, "FIELDS", {**shape.FIELDS, "question": used})
    monkeypatch.setattr(shape, "REVERSED", "Mnemonic")
    # By its name in `sys.modules`: the package has a function of the module's name.
    module = import_module("triptych.notes.fields")
    monkeypatch.setattr(module, "_fields", _with_mnemonic(module._fields))


def _with_mnemonic(fields: Fields) -> Fields:
    def more(note: Note, words: CardStrings) -> Iterator[tuple[str, str]]:
        yield from fields(note, words)
        if note.id in {"overfitting", "over-fit"}:
            yield "Mnemonic", "a coat cut for one statue"

    return more


def test_a_second_deck_in_the_collection_is_left_alone(
    anki: Anki, catalog: Catalog
) -> None:
    other = replace(catalog, deck=replace(catalog.deck, id="other", title="Other Deck"))
    neighbour = ship(other)
    first, second = upgrade(catalog, answer_fixed)
    results = anki(
        neighbour.package,
        first.package,
        *LEARNT[-1:],
        {"do": "look"},
        second.package,
        {"do": "look"},
    )
    before, after = results[-3], results[-1]
    ours = {line.guid for line in first.ledger.notes.values()}
    assert len(before["notes"]) == 2 * len(ours)
    for guid, note in before["notes"].items():
        if guid not in ours:
            assert after["notes"][guid] == note
    for name, type_ in before["types"].items():
        if "(other)" in name:
            assert after["types"][name] == type_
    assert [c for c in before["cards"] if c["guid"] not in ours] == [
        c for c in after["cards"] if c["guid"] not in ours
    ]


def test_the_older_release_after_the_newer_changes_nothing(
    anki: Anki, catalog: Catalog
) -> None:
    first, second = upgrade(catalog, answer_fixed)
    _, _, before, again, after = anki(
        first.package, second.package, {"do": "look"}, first.package, {"do": "look"}
    )
    assert again["updated"] == again["new"] == 0
    for kind in ("notes", "cards", "types", "schema"):
        assert after[kind] == before[kind]


def test_an_edition_grows_into_the_whole_deck(anki: Anki, catalog: Catalog) -> None:
    whole = ship(catalog)
    part = replace(
        catalog,
        questions=tuple(q for q in catalog.questions if q.meta.topic == "fundamentals"),
        study_order=("overfitting",),
    )
    edition, *_ = render(part, RenderSettings(history=History(whole.ledger)))
    small, before, grown, after = anki(
        edition.data, {"do": "look"}, whole.package, {"do": "look"}
    )
    assert small["new"] == 5
    assert grown["new"] == 2
    assert grown["duplicate"] == 5
    assert before["notes"].items() <= after["notes"].items()
    assert before["decks"].keys() <= after["decks"].keys()


def test_a_package_takes_a_learners_words_from_a_note_that_it_changes(
    anki: Anki, catalog: Catalog
) -> None:
    """The README says so to learners: only the schedule is safe there."""
    first, second = upgrade(catalog, answer_fixed)
    *_, after = anki(
        first.package,
        {
            "do": "change",
            "note": "overfitting",
            "fields": {"My notes": "mine", "Answer": "mine"},
            "tags": ["mine"],
            "due": "5",
        },
        second.package,
        {"do": "look"},
    )
    (note,) = (n for n in after["notes"].values() if n["id"] == "overfitting")
    assert note["fields"]["My notes"] == ""
    assert note["fields"]["Answer"] == "<p>A better one.</p>"
    assert "mine" not in note["tags"]


def test_an_edit_made_after_the_release_wins_over_it(
    anki: Anki, catalog: Catalog
) -> None:
    first = ship(catalog)
    second = ship(answer_fixed(catalog), first.ledger, NOW - 500)
    mine = {"do": "change", "note": "overfitting", "fields": {"Answer": "mine"}}
    *_, imported, after = anki(first.package, mine, second.package, {"do": "look"})
    assert imported["updated"] == 0
    (note,) = (n for n in after["notes"].values() if n["id"] == "overfitting")
    assert note["fields"]["Answer"] == "mine"
