"""The data of a deck for the practice: every question once, in shards by topic."""

import json
from typing import Any

import pytest
from tests.output_checks import site_faults
from tests.pages import Site, ask, catalog, print_site, prose, rich_catalog

from triptych.render.site import practice
from triptych.values.question import Cloze, Part


def data(site: Site, name: str) -> dict[str, Any]:
    text = site[f"practice/{name}.js"]
    found: dict[str, Any] = json.loads(text.removeprefix("triptychPractice(")[:-2])
    return found


def shards(site: Site) -> dict[int, dict[str, Any]]:
    names = [name for name in site.files if name.startswith("practice/cards-")]
    found = [data(site, name.removeprefix("practice/")[:-3]) for name in names]
    return {shard["shard"]: shard["cards"] for shard in found}


def test_every_question_that_is_asked_is_in_the_shard_that_is_said() -> None:
    site = print_site(rich_catalog())
    root, cards = data(site, "index"), shards(site)
    assert [question[0] for question in root["questions"]] == ["mean", "median"]
    for id_, topic, _, _, shard, _, _ in root["questions"]:
        assert id_ in cards[shard]
        assert root["topics"][topic][0] == {"mean": "basics", "median": "more"}[id_]
    assert sum(map(len, cards.values())) == 2
    mean = cards[0]["mean"]
    assert mean["follow"] == [["why", "Why?", "Because."]]
    assert mean["hints"] == ["Add first."]
    assert mean["rubric"][0][1] == "Names the sum."


def test_a_question_of_the_study_order_comes_in_its_place() -> None:
    deck = rich_catalog()
    object.__setattr__(deck, "study_order", ("median", "mean"))
    root = data(print_site(deck), "index")
    assert [question[0] for question in root["questions"]] == ["median", "mean"]


def test_shards_hold_one_topic_and_few_questions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(practice, "_QUESTIONS_PER_SHARD", 2)
    topics = ("a", "a", "a", "b", "c", "c")
    site = print_site(catalog(*(ask(f"q{n}", t) for n, t in enumerate(topics))))
    assert [list(cards) for _, cards in sorted(shards(site).items())] == [
        ["q0", "q1"],
        ["q2"],
        ["q3"],
        ["q4", "q5"],
    ]


def test_former_ids_lead_to_present_ones() -> None:
    moved = {"lost": "", "lost/why": "reason"}
    renamed = {"b": "c", "a": "b", "x": "y", "y": "x"}
    deck = catalog(ask("mean", aliases=("average",), renamed=renamed, moved=moved))
    assert data(print_site(deck), "index")["aliases"] == {
        "average": "mean",
        "mean/b": "mean/c",
        "mean/a": "mean/c",
        "mean/x": "mean/y",
        "mean/y": "mean/x",
        "lost": "mean",
        "lost/why": "mean/reason",
    }


def test_small_cards_are_the_notes_of_anki() -> None:
    parts = (
        Part("why", prose("Why?"), prose("So."), 1),
        Part("own", prose("Yours?"), prose(""), 2, has_card=False),
    )
    cloze = Cloze("{{c1::x}}", (1,), "d")
    marked = "<pre><mark>a = 1</mark></pre>"
    code = Cloze("<pre>{{c1::a = 1::hint}}</pre>", (1,), "d", site=marked)
    question = ask("mean", follow_ups=parts, summary_cloze=cloze, fill_in=code)
    site = print_site(catalog(question))
    assert data(site, "index")["questions"][0][-1] == ["cloze", "fill-in", "why"]
    assert shards(site)[0]["mean"]["fill"] == marked


def test_a_point_keeps_its_key_until_its_words_change() -> None:
    def keys(*points: str) -> dict[str, str]:
        question = ask("mean", rubric=tuple(prose(point) for point in points))
        card = shards(print_site(catalog(question)))[0]["mean"]
        return {html: key for key, html in card["rubric"]}

    first, second = keys("One.", "Two."), keys("Two.", "One!", "Three.")
    assert second["Two."] == first["Two."]
    assert len({*first.values(), *second.values()}) == 4


def test_the_gate_reads_the_questions() -> None:
    site = print_site(rich_catalog())
    name = "practice/cards-0.js"
    assert list(site_faults({name: site.files[name]})) == []
    for bad in (b"alert(1)//", b"<img src=x onerror=alert(1)>"):
        broken = site.files[name].replace(b"Because.", bad if b"<" in bad else b"x")
        broken = broken if b"<" in bad else bad + broken
        assert list(site_faults({name: broken})), bad


def test_the_worker_keeps_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(practice, "_QUESTIONS_PER_SHARD", 1)
    site = print_site(rich_catalog())
    worker = site["sw.js"]
    for name in ("practice.html", "practice.js", "practice.css", "practice/index.js"):
        assert f'"{name}"' in worker
    shown = [name for name in site.files if name.startswith("practice/")]
    assert [name for name in shown if f'"{name}"' not in worker] == []
