"""A note keeps the GUID of the newest of its names that learners know."""

from itertools import pairwise
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triptych.ledger.lock import Ledger, NoteLine
from triptych.notes.history import History, former_ids, present_ids
from triptych.notes.names import guid, note_id
from triptych.practice.studied import present_id
from triptych.values.meta import Meta
from triptych.values.prose import Prose
from triptych.values.question import Question

NAMES = st.lists(st.sampled_from("abcdef"), unique=True, min_size=1, max_size=4)
SLUGS = st.lists(st.sampled_from("uvwxyz"), unique=True, max_size=4)


def meta_of(names: list[str], slugs: list[str]) -> Meta:
    """Return the meta of a question with these names and slugs, the newest first."""
    return Meta(
        names[0],
        PurePosixPath("t/file.md"),
        aliases=tuple(names[1:]),
        renamed={old: new for new, old in pairwise(slugs)},
    )


def line(note: str) -> NoteLine:
    return NoteLine(note, f"guid of {note}", "question", "t", 1, "h", 1, "1", "1")


@given(NAMES, SLUGS, st.data())
def test_the_newest_known_name_gives_the_guid(
    names: list[str], slugs: list[str], data: st.DataObject
) -> None:
    every = [note_id(name, slug) for name in names for slug in slugs or [""]]
    known = data.draw(st.sets(st.sampled_from(every)))
    history = History(Ledger(notes={note: line(note) for note in known}))
    meta, slug = meta_of(names, slugs), slugs[0] if slugs else ""
    expected = next((f"guid of {note}" for note in every if note in known), "")
    born = guid("deck", every[0])
    assert history.guid(meta, slug, "deck") == (expected or born)


@given(NAMES, SLUGS)
def test_every_name_comes_once_and_the_own_one_first(
    names: list[str], slugs: list[str]
) -> None:
    meta, slug = meta_of(names, slugs), slugs[0] if slugs else ""
    found = list(former_ids(meta, slug))
    assert found[0] == note_id(meta.id, slug)
    assert len(set(found)) == len(found) == len(names) * max(1, len(slugs))


@given(NAMES, SLUGS)
def test_every_name_of_a_note_leads_to_its_present_one(
    names: list[str], slugs: list[str]
) -> None:
    meta, slug = meta_of(names, slugs), slugs[0] if slugs else ""
    known = present_ids([Question(meta, Prose())])
    assert {present_id(name, known) for name in former_ids(meta, slug)} == {
        note_id(meta.id, slug)
    }


@pytest.mark.parametrize("renamed", [{"a": "a"}, {"a": "b", "b": "a"}])
def test_a_circle_of_slugs_ends(renamed: dict[str, str]) -> None:
    meta = Meta("q", PurePosixPath("t/q.md"), renamed=renamed)
    assert set(former_ids(meta, "a")) == {f"q/{slug}" for slug in renamed}
    assert present_ids([Question(meta, Prose())]).keys() == {
        f"q/{slug}" for slug in renamed
    }
