"""A cache gives back what was made, notices every change, and is no program."""

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from triptych.build.cache import Cache
from triptych.build.one import compile_all
from triptych.deck.project import open_project
from triptych.values.form import Form
from triptych.values.question import Question
from triptych.values.words import Strings

QUESTION = "---\nquestion: What?\n---\nAn answer. ![A line](media/a.svg)\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}"/>'


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    folder = tmp_path / "deck"
    (folder / "t").mkdir(parents=True)
    (folder / "media").mkdir()
    (folder / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    (folder / "t/a.md").write_text(QUESTION)
    (folder / "t/b.md").write_text(QUESTION)
    (folder / "media/a.svg").write_text(SVG.format(1))
    return folder


def prose(deck: Path, cache: Cache | None) -> list[str]:
    results = [
        c.result
        for c in compile_all(open_project(deck), frozenset({Form.SITE}), 1, cache)
    ]
    return [result.answer.site for result in results if isinstance(result, Question)]


def test_what_was_made_comes_back(deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(deck.parent / "cache")
    first = prose(deck, cache)
    monkeypatch.setattr(
        "triptych.build.one.parse", lambda _: pytest.fail("parsed again")
    )
    assert prose(deck, cache) == first


def test_another_string_table_is_noticed(deck: Path) -> None:
    (deck / "t/a.md").write_text(f"{QUESTION}\n- [x] task\n")
    cache = Cache(deck.parent / "cache")
    project = open_project(deck)
    for word in ("done", "finished"):
        own = {"done": {"other": word}, "to_do": {"other": ""}, "tests": {"other": ""}}
        said = replace(project, strings=Strings({"en": {"prose": own}}))
        made, _ = compile_all(said, frozenset({Form.SITE}), 1, cache)
        assert isinstance(made.result, Question)
        assert f'aria-label="{word}"' in made.result.answer.site


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("t/a.md", QUESTION.replace("An", "Another")),
        ("media/a.svg", SVG.format(2)),
        ("deck.toml", 'id = "d"\ntitle = "D"\n[check]\nrequire = ["tags"]\n'),
    ],
)
def test_a_change_is_noticed(deck: Path, path: str, text: str) -> None:
    cache = Cache(deck.parent / "cache")
    before = prose(deck, cache)
    (deck / path).write_text(text)
    after = prose(deck, cache)
    assert after == prose(deck, None)
    assert after != before


def test_a_damaged_cache_is_no_cache(deck: Path) -> None:
    path = deck.parent / "cache"
    first = prose(deck, Cache(path))
    path.write_bytes(path.read_bytes()[:3000] + b"damaged")
    assert prose(deck, Cache(path)) == first
    path.write_bytes(b"damaged")
    assert prose(deck, Cache(path)) == first


def test_a_cache_cannot_name_a_program(deck: Path, tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (Path.touch, (str(tmp_path / "touched"),))

    cache = Cache(tmp_path / "cache")
    cache.store({"evil": Evil(), "good": deck.name}, keep=["evil", "good"])
    assert pickle.loads(pickle.dumps(deck.name))  # noqa: S301 - our own
    assert cache.load(["evil", "good"]) == {"good": deck.name}
    assert not (tmp_path / "touched").exists()
