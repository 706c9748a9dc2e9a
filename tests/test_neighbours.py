"""The questions that the page of a question links to."""

from tests.pages import ask

from triptych.render.site.neighbours import neighbours_by_id


def test_relations_count_in_both_directions() -> None:
    asked = [ask("a", related=("b",)), ask("b"), ask("c", requires=("a",))]
    found = neighbours_by_id(asked)
    assert [q.id for q in found["a"].related] == ["b"]
    assert [q.id for q in found["b"].related] == ["a"]
    assert [q.id for q in found["c"].requires] == ["a"]
    assert [q.id for q in found["a"].leads_to] == ["c"]


def test_what_is_required_is_not_named_as_related_too() -> None:
    asked = [ask("a", related=("b",)), ask("b", requires=("a",))]
    found = neighbours_by_id(asked)
    assert (found["a"].related, found["b"].related) == ((), ())
    assert [q.id for q in found["b"].requires] == ["a"]


def test_a_question_is_not_related_to_itself() -> None:
    asked = [ask("a", related=("a", "b")), ask("b")]
    assert [q.id for q in neighbours_by_id(asked)["a"].related] == ["b"]


def test_a_retired_question_is_nobodys_neighbour() -> None:
    asked = [ask("a", related=("b",)), ask("b", retired=True), ask("c")]
    found = neighbours_by_id(asked)["a"]
    assert found.related == ()
    assert found.next is not None
    assert found.next.id == "c"


def test_a_page_links_to_the_first_of_very_many() -> None:
    names = [f"q{n:02}" for n in range(14)]
    asked = [ask("a", related=names), *(ask(name, requires=("a",)) for name in names)]
    found = neighbours_by_id(asked)["a"]
    assert [q.id for q in found.leads_to] == names[:12]
    assert found.related == ()


def test_a_note_that_moved_is_led_to_from_its_former_question_alone() -> None:
    moved = {"a/was": "is", "a/too": "is", "a": "now", "b/old": "is"}
    found = neighbours_by_id([ask("a"), ask("b", moved=moved)])
    assert found["b"].moved == ()
    assert [
        (note.anchors, note.question.id, note.slug) for note in found["a"].moved
    ] == [
        (("was", "too"), "b", "is"),
        ((), "b", "now"),
    ]
