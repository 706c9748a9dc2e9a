"""The update files in each Anki that the README names: what comes, and what stays."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from tests.anki.test_upgrade import (
    LEARNT,
    NOW,
    PARENT,
    QUESTION_TYPE,
    Shipped,
    answer_fixed,
    assert_edits_kept,
    assert_progress_kept,
    note_retired,
    question_added,
    restyled,
    same,
    ship,
    slug_renamed,
    upgrade,
    with_question,
    written,
)
from tests.questions import changed

from triptych.notes.history import Refresh
from triptych.typeset.card_media import media_placeholder
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog
from triptych.values.deck import SiteSettings
from triptych.values.note import Role
from triptych.values.question import Question
from triptych.values.source import Media

Anki = Callable[..., list[Any]]
LOOK: dict[str, Any] = {"do": "look"}
CLOZE_TYPE = "Triptych Cloze (sample)"
MINE: dict[str, Any] = {
    "do": "change",
    "note": "overfitting",
    "fields": {"My notes": "kept"},
    "tags": ["leech", "marked", "mine"],
}
MOVED: dict[str, Any] = {"do": "move", "note": "overfitting", "deck": "Own::Place"}
BETTER = "<p>A better one.</p>"


def with_picture(catalog: Catalog) -> Catalog:
    """Return the deck with a picture in a note that learners have."""
    media = Media(PurePosixPath("media/b.svg"), "b-1.svg", b"<svg/>")
    html = f'<img src="{media_placeholder("b-1.svg")}" alt="b">'
    answer = replace(written(html), media=("b-1.svg",))

    def shown(catalog: Catalog) -> Catalog:
        return with_question(
            catalog, "code-k-means", lambda q: changed(q, answer=answer)
        )

    return replace(shown(catalog), media={**catalog.media, "b-1.svg": media})


def gap_changed(catalog: Catalog) -> Catalog:
    """Return the deck with another text around the gaps of a summary."""

    def with_more(q: Question) -> Question:
        assert q.summary_cloze
        card = f"{q.summary_cloze.card} So!"
        return changed(
            q, summary_cloze=replace(q.summary_cloze, card=card, digest="so")
        )

    return with_question(catalog, "overfitting", with_more)


def everything(catalog: Catalog) -> Catalog:
    for edit in (slug_renamed, answer_fixed, with_picture, gap_changed, question_added):
        catalog = edit(catalog)
    return catalog


def notes(look: dict[str, Any]) -> dict[str, Any]:
    """Return the notes by id."""
    return {note["id"]: note for note in look["notes"].values()}


def fields(look: dict[str, Any], note: str) -> dict[str, str]:
    found: dict[str, str] = notes(look)[note]["fields"]
    return found


def texts(files: tuple[Artifact, ...]) -> list[Artifact]:
    return [file for file in files if file.path.suffix == ".txt"]


def packages(files: tuple[Artifact, ...]) -> list[Artifact]:
    return [file for file in files if file.path.suffix == ".apkg"]


def shipped(
    catalog: Catalog, *edits: Callable[[Catalog], Catalog]
) -> tuple[Shipped, ...]:
    """Return a release, and one after each edit; a learner does all things later."""
    made = [ship(catalog, moment=NOW - 90_000)]
    for edit in edits:
        catalog = edit(catalog)
        made.append(ship(catalog, made[-1].ledger, made[-1].ledger.latest.time + 1000))
    return tuple(made)


def test_all_that_is_new_arrives_and_all_that_is_the_learners_stays(
    each_anki: Anki, catalog: Catalog
) -> None:
    first, second = upgrade(catalog, everything)
    files = second.update()
    assert [file.path.name for file in files] == [
        "sample-from-1.0.0-1-new.apkg",
        "sample-from-1.0.0-2-question.txt",
        "sample-from-1.0.0-3-cloze.txt",
    ]
    results = each_anki(first.package, *LEARNT, MINE, MOVED, LOOK, *files, LOOK)
    before, new, questions, clozes, after = results[-5:]
    assert (new["found"], new["new"], new["conflicting"]) == (2, 2, 0)
    assert (questions["new"], questions["updated"]) == (0, 3)
    assert (clozes["new"], clozes["updated"]) == (0, 1)
    assert_progress_kept(before, after)
    touched = {"overfitting", "overfitting/more-data", "code-k-means"}
    assert_edits_kept(before, after, touched | {"overfitting/cloze"})
    assert after["types"] == before["types"]
    for id_, note in notes(before).items():
        now = after["notes"][next(g for g, n in before["notes"].items() if n is note)]
        assert now["tags"] == note["tags"], id_
        assert now["fields"]["My notes"] == note["fields"]["My notes"], id_
    mine = notes(after)["overfitting"]
    assert mine["fields"]["Answer"] == BETTER
    assert mine["fields"]["My notes"] == "kept"
    assert {"leech", "marked", "mine"} <= set(mine["tags"])
    assert fields(after, "code-k-means")["Answer"] == '<img src="_b-1.svg" alt="b">'
    assert fields(after, "overfitting/cloze")["Text"].endswith(" So!")
    assert "topic::fundamentals" in notes(after)["train-test"]["tags"]
    new_cards = [
        card["deck"]
        for card in after["cards"]
        if after["notes"][card["guid"]]["id"] == "train-test"
    ]
    assert new_cards == ["Sample Deck::02 Basics"]
    assert "1.1.0" in after["decks"][PARENT]


def test_what_the_update_brings_reads_as_what_the_package_brings(
    each_anki: Anki, catalog: Catalog
) -> None:
    first, second = upgrade(catalog, everything)
    *_, after = each_anki(first.package, *second.update(), LOOK)
    _, whole = each_anki(second.package, LOOK)
    assert after["notes"].keys() == whole["notes"].keys()
    for guid, note in after["notes"].items():
        came = {k: v.replace('src="_', 'src="') for k, v in note["fields"].items()}
        assert came == whole["notes"][guid]["fields"]


@pytest.mark.parametrize("since", ["1.0.0", "1.1.0"])
def test_a_skipped_release_is_not_lost(
    each_anki: Anki, catalog: Catalog, since: str
) -> None:
    first, second, third = shipped(catalog, question_added, answer_fixed)
    start = {"1.0.0": first, "1.1.0": second}[since]
    *_, after = each_anki(start.package, MINE, *third.update(since), LOOK)
    assert "train-test" in notes(after)
    assert fields(after, "overfitting")["Answer"] == BETTER
    assert fields(after, "overfitting")["My notes"] == "kept"


def test_files_for_an_older_release_than_the_learners_take_nothing(
    each_anki: Anki, catalog: Catalog
) -> None:
    def corrected(catalog: Catalog) -> Catalog:
        return with_question(
            catalog, "train-test", lambda q: changed(q, answer=written("To see more."))
        )

    _, second = shipped(catalog, question_added)
    third = ship(corrected(question_added(catalog)), second.ledger, NOW + 1000)
    mine = {**MINE, "note": "train-test"}
    *_, after = each_anki(second.package, mine, *third.update("1.0.0"), LOOK)
    assert fields(after, "train-test")["Answer"] == "To see more."
    assert fields(after, "train-test")["My notes"] == "kept"
    assert "leech" in notes(after)["train-test"]["tags"]


def test_the_package_of_the_same_release_brings_nothing_after_the_update(
    each_anki: Anki, catalog: Catalog
) -> None:
    first, second = shipped(catalog, everything)
    mine = {**MINE, "note": "train-test"}
    *_, before, imported, after = each_anki(
        first.package, MINE, *second.update(), mine, LOOK, second.package, LOOK
    )
    assert (imported["new"], imported["conflicting"]) == (0, 0)
    for id_ in ("overfitting", "train-test"):
        assert fields(after, id_)["My notes"] == "kept"
        assert notes(after)[id_] == notes(before)[id_]


def test_a_deleted_note_stays_deleted_unless_it_changed(
    each_anki: Anki, catalog: Catalog
) -> None:
    first, second = upgrade(catalog, answer_fixed)
    gone = [
        {"do": "delete", "note": "overfitting/zero"},
        {"do": "delete", "note": "overfitting"},
    ]
    *_, after = each_anki(first.package, *gone, *second.update(), LOOK)
    assert "overfitting/zero" not in notes(after)
    # What the README says: suspend, do not delete.
    assert "overfitting" in notes(after)
    (card,) = (
        c for c in after["cards"] if after["notes"][c["guid"]]["id"] == "overfitting"
    )
    assert card["deck"] == "Sample Deck::02 Basics"


OWN_FIELD: dict[str, Any] = {"do": "retype", "type": QUESTION_TYPE, "add": "Mine"}
OWN_WORDS: dict[str, Any] = {
    "do": "change",
    "note": "overfitting",
    "fields": {"Mine": "own words"},
}


def test_a_field_of_the_learners_own_is_left_alone(
    each_anki: Anki, catalog: Catalog
) -> None:
    first, second = upgrade(catalog, everything)
    new, *rest = second.update()
    merged = {"file": new, "merge": True}
    results = each_anki(first.package, OWN_FIELD, OWN_WORDS, MINE, merged, *rest, LOOK)
    imported, after = results[4], results[-1]
    assert (imported["new"], imported["updated"], imported["conflicting"]) == (2, 0, 0)
    assert set(after["types"]) == {QUESTION_TYPE, CLOZE_TYPE}
    assert fields(after, "overfitting")["Answer"] == BETTER
    assert fields(after, "overfitting")["Mine"] == "own words"
    assert fields(after, "overfitting")["My notes"] == "kept"
    assert fields(after, "train-test")["Mine"] == ""


def test_a_field_that_was_added_after_the_release_stops_no_text(
    each_anki: Anki, catalog: Catalog
) -> None:
    """The package does not update these notes: Anki dated them with the new field."""
    first, second = shipped(catalog, answer_fixed)
    own = {**OWN_FIELD, "dated": True}
    package = {"file": second.package, "merge": True}
    *_, whole, without, _, _, after = each_anki(
        first.package, own, package, LOOK, *second.update(), LOOK
    )
    assert whole["updated"] == 0
    assert fields(without, "overfitting")["Answer"] != BETTER
    assert fields(after, "overfitting")["Answer"] == BETTER


def test_a_report_names_the_note_and_the_release_that_its_text_is_from(
    each_anki: Anki, catalog: Catalog
) -> None:
    site = SiteSettings(repository="https://github.com/a/b")
    catalog = replace(catalog, deck=replace(catalog.deck, site=site))
    first, second = shipped(catalog, answer_fixed)
    cards = [
        {"do": "render", "note": name}
        for name in ("overfitting", "overfitting/zero", "overfitting/cloze")
    ]
    form = "https://github.com/a/b/issues/new?title="
    for update in (second.update(), (second.package,)):
        *_, changed_card, small, cloze = each_anki(first.package, *update, *cards)
        assert f'"{form}overfitting%201.0.1"' in changed_card["back"]
        assert f'"{form}overfitting/zero%201.0.0"' in small["back"]
        assert f'"{form}overfitting/cloze%201.0.0"' in cloze["back"]


@pytest.mark.parametrize("spare", ["Spare 2", "Spare 3"])
def test_a_deleted_spare_field_stops_no_text(
    each_anki: Anki, catalog: Catalog, spare: str
) -> None:
    first, second = shipped(catalog, answer_fixed)
    deleted = {"do": "retype", "type": QUESTION_TYPE, "delete": spare}
    package = {"file": second.package, "merge": True}
    *_, whole, _, after = each_anki(
        first.package, deleted, MINE, package, *texts(second.update()), LOOK
    )
    assert whole["updated"] == 0
    assert fields(after, "overfitting")["Answer"] == BETTER
    assert fields(after, "overfitting")["My notes"] == "kept"


def test_a_field_of_the_learners_own_in_front_is_not_written_over(
    each_anki: Anki, catalog: Catalog
) -> None:
    first, second = upgrade(catalog, answer_fixed)
    (text,) = texts(second.update())
    *_, before, imported, after, _, again, last = each_anki(
        *(first.package, {**OWN_FIELD, "first": "Mine"}, OWN_WORDS, LOOK, text, LOOK),
        # What the site's page of files advises.
        *({"do": "retype", "type": QUESTION_TYPE, "first": "Id"}, text, LOOK),
    )
    assert (imported["updated"], imported["skipped"]) == (0, 1)
    assert after["notes"] == before["notes"]
    assert (again["updated"], again["skipped"]) == (1, 0)
    assert fields(last, "overfitting")["Answer"] == BETTER
    assert fields(last, "overfitting")["Mine"] == "own words"


@pytest.mark.parametrize("front", ["Question", "Answer"])
def test_reordered_fields_get_their_own_words(
    each_anki: Anki, catalog: Catalog, front: str
) -> None:
    first, second = upgrade(catalog, answer_fixed)
    (text,) = texts(second.update())
    *_, before, _, after = each_anki(
        first.package,
        {"do": "retype", "type": QUESTION_TYPE, "first": front},
        *(LOOK, text, LOOK),
    )
    for guid, note in before["notes"].items():
        changed_here = note["fields"].get("Id") == "overfitting"
        better = {"Answer": BETTER} if changed_here else {}
        assert after["notes"][guid]["fields"] == {**note["fields"], **better}


def test_a_note_type_that_the_learner_renamed_is_chosen_in_the_dialog(
    each_anki: Anki, catalog: Catalog
) -> None:
    first, second = upgrade(catalog, answer_fixed)
    (text,) = texts(second.update())
    renamed = {"do": "retype", "type": QUESTION_TYPE, "rename": "Mine"}
    for last_used in ("Basic", CLOZE_TYPE):
        *_, before, imported, after, chosen, last = each_anki(
            *(first.package, {**renamed, "current": last_used}, LOOK, text, LOOK),
            *({"file": text, "notetype": "Mine"}, LOOK),
        )
        assert (imported["new"], imported["updated"]) == (0, 0)
        assert after["notes"] == before["notes"]
        assert chosen["updated"] == 1
        assert fields(last, "overfitting")["Answer"] == BETTER


@pytest.mark.parametrize("before", [1, 2], ids=["preserve", "duplicate"])
def test_what_the_learner_chose_for_another_text_file_does_not_count(
    each_anki: Anki, catalog: Catalog, before: int
) -> None:
    first, second = upgrade(catalog, answer_fixed)
    (text,) = texts(second.update())
    *_, imported, _ = each_anki(first.package, {"file": text, "before": before}, LOOK)
    assert (imported["new"], imported["updated"]) == (0, 1)


def test_another_look_is_a_file_of_its_own(
    each_anki: Anki, catalog: Catalog, tmp_path: Path
) -> None:
    css = restyled(tmp_path)
    first, second = upgrade(catalog, everything, tmp_path)
    new, look, *rest = second.update()
    assert look.path.name == "sample-from-1.0.0-2-look.apkg"
    *_, before, _, _, _, without, looked, after = each_anki(
        first.package, *LEARNT, MINE, LOOK, new, *rest, LOOK, look, LOOK
    )
    assert_progress_kept(before, without)
    assert without["types"][QUESTION_TYPE]["css"] == ".card { color: teal }"
    assert (looked["new"], looked["updated"], looked["conflicting"]) == (0, 0, 0)
    assert after["notes"] == without["notes"]
    assert after["types"][QUESTION_TYPE]["css"] == css
    assert after["types"][CLOZE_TYPE]["css"] == css
    assert_progress_kept(before, after)


def test_the_description_names_the_release_when_no_note_is_new(
    each_anki: Anki, catalog: Catalog
) -> None:
    first, second = upgrade(catalog, answer_fixed)
    *_, before, new, _, after = each_anki(first.package, LOOK, *second.update(), LOOK)
    assert (new["new"], new["updated"]) == (0, 0)
    assert "1.0.0" in before["decks"][PARENT]
    assert "1.0.1" in after["decks"][PARENT]


def test_a_renamed_deck_keeps_its_cards(each_anki: Anki, catalog: Catalog) -> None:
    first, second = upgrade(catalog, everything)
    renamed = {"do": "rename_deck", "deck": PARENT, "to": "School::Memory"}
    *_, before, _, _, _, after = each_anki(
        first.package, *LEARNT, renamed, LOOK, *second.update(), LOOK
    )
    assert_progress_kept(before, after)
    assert fields(after, "overfitting")["Answer"] == BETTER


def test_retired_notes_stay(each_anki: Anki, catalog: Catalog) -> None:
    first, second = upgrade(catalog, note_retired)
    *_, before, _, after = each_anki(first.package, LOOK, *second.update(), LOOK)
    assert after["notes"] == before["notes"]


@pytest.mark.parametrize("late", [-1000, 1000], ids=["late", "at once"])
def test_the_package_keeps_progress_and_brings_what_changed(
    each_anki: Anki, catalog: Catalog, late: int
) -> None:
    first = ship(catalog, moment=NOW - 9000)
    second = ship(everything(catalog), first.ledger, NOW + late)
    *_, before, imported, after = each_anki(
        first.package, *LEARNT, LOOK, second.package, LOOK
    )
    assert imported["conflicting"] == 0
    assert_progress_kept(before, after)
    assert fields(after, "overfitting")["Answer"] == BETTER
    assert "train-test" in notes(after)


def test_two_packages_imported_late_need_anki_25_2(
    each_anki: Anki, catalog: Catalog, request: pytest.FixtureRequest
) -> None:
    """Before it, Anki dated an updated note by the import, not by the release."""

    def answer_fixed_again(catalog: Catalog) -> Catalog:
        return with_question(
            catalog, "overfitting", lambda q: changed(q, answer=written("Newest."))
        )

    first, second, third = shipped(catalog, answer_fixed, answer_fixed_again)
    *_, after = each_anki(first.package, second.package, third.package, LOOK)
    old = request.node.callspec.params["each_anki"] in {"23.12.1", "24.11"}
    assert fields(after, "overfitting")["Answer"] == (BETTER if old else "Newest.")
    *_, updated = each_anki(
        first.package, *second.update(), *third.update("1.0.1"), LOOK
    )
    assert fields(updated, "overfitting")["Answer"] == "Newest."


def test_the_first_release_has_no_update_and_the_last_five_have_files(
    catalog: Catalog,
) -> None:
    edits = [answer_fixed, slug_renamed, gap_changed, question_added]
    releases = shipped(catalog, *edits, *[same] * 3)
    assert releases[0].updates == ()
    versions = [f.step.since for f in releases[-1].updates if f.step]
    numbers = ["1.1.2", "1.1.1", "1.1.0", "1.0.3", "1.0.2"]
    assert list(dict.fromkeys(versions)) == numbers


def test_a_refreshed_layout_reaches_those_who_have_the_deck(
    each_anki: Anki, catalog: Catalog
) -> None:
    """A new layout alone reaches nobody; a refresh brings it, and changes no GUID."""

    def laid_out(question: Question) -> Question:
        fill_in = question.fill_in
        assert fill_in
        return replace(
            question,
            fill_in=replace(fill_in, card=f"<details>{fill_in.card}</details>"),
        )

    now = with_question(catalog, "code-k-means", laid_out)
    first = ship(catalog)
    unasked = ship(now, first.ledger, NOW + 1000)
    refresh = Refresh(frozenset({Role.CODE}))
    asked = ship(now, unasked.ledger, NOW + 2000, refresh=refresh)
    mine = {**MINE, "note": "code-k-means/fill-in"}
    learner = (first.package, *LEARNT, mine, LOOK, unasked.package)
    *_, before, _, _, without, _, _, after = each_anki(
        *(*learner, *unasked.update(), LOOK, *asked.update(), LOOK)
    )
    *_, package = each_anki(*learner, asked.package, LOOK)
    assert without["notes"] == before["notes"]
    assert after["notes"].keys() == package["notes"].keys() == before["notes"].keys()
    assert_progress_kept(before, after)
    for look in (after, package):
        came = notes(look)["code-k-means/fill-in"]
        assert came["fields"]["Text"].startswith("<details>")
        for id_ in notes(before).keys() - {came["id"]}:
            assert fields(look, id_) == fields(before, id_)
            assert notes(look)[id_]["tags"] == notes(before)[id_]["tags"]
    kept = notes(after)["code-k-means/fill-in"]
    assert kept["fields"]["My notes"] == "kept"
    assert {"leech", "marked", "mine"} <= set(kept["tags"])
    # The price that `diff` names.
    assert fields(package, "code-k-means/fill-in")["My notes"] == ""
