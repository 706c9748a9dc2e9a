"""`.no-card` takes one note out of Anki: no other note, page or id notices."""

import json
from itertools import chain, combinations
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cases import write_deck
from tests.test_note_hash import hashes

from triptych.cli.main import cli
from triptych.errors import TriptychError

TEXT = """\
---
question: What is it?
summary: It is {{c1::this}}.
rubric: [names it, says it]
---
An answer, see [why](#why).

```python solution
x = 1  # cloze c1
```

## Follow-ups
### Why? {#why}
Because $x$.

### And *then*? {#then}
More of it.

## Pitfalls
### "It is not." {#not}
It is.
"""
SLUGS = ("why", "then", "not")
SUBSETS = tuple(chain.from_iterable(combinations(SLUGS, n) for n in range(4)))


def without_cards(slugs: tuple[str, ...]) -> str:
    text = TEXT
    for slug in slugs:
        text = text.replace(f"{{#{slug}}}", f"{{#{slug} .no-card}}")
    return text


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.return_value, result.stdout


@pytest.mark.parametrize("formula", [1, 2])
@pytest.mark.parametrize("slugs", SUBSETS)
def test_it_moves_no_other_note(slugs: tuple[str, ...], formula: int) -> None:
    before = hashes(TEXT, formula)
    gone = {f"a/{slug}" for slug in slugs}
    kept = {name: digest for name, digest in before.items() if name not in gone}
    assert hashes(without_cards(slugs), formula) == kept
    assert len(before) - len(kept) == len(slugs)


def test_the_page_is_the_same(tmp_path: Path) -> None:
    pages = set()
    for number, slugs in enumerate(SUBSETS):
        deck = write_deck(tmp_path / f"{number}", f"=== t/a.md\n{without_cards(slugs)}")
        dist = tmp_path / f"dist-{number}"
        run("build", "site", "--content", str(deck), "--dist", str(dist), "--no-cache")
        pages.add((dist / "site/q/a.html").read_text("utf-8"))
    assert len(pages) == 1


@pytest.mark.parametrize("slug", SLUGS)
def test_a_released_note_is_retired_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slug: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("triptych.clock.now", lambda: 20_000 * 86_400)
    deck = write_deck(tmp_path / "content", f"=== t/a.md\n{TEXT}")
    assert run("test")[0] == run("release")[0] == 0
    before = (deck / "deck.lock").read_text("utf-8")
    (deck / "t/a.md").write_text(without_cards((slug,)), "utf-8")
    assert run("check", "--strict")[0] == 0
    changes = json.loads(run("diff", "--format", "json")[1])
    assert [change["note"] for change in changes["retired"]] == [f"a/{slug}"]
    assert not any(changes[kind] for kind in ("new", "changed", "moved", "fewer"))
    assert f'"Id:a/{slug}"' in run("diff")[1]
    monkeypatch.setattr("triptych.clock.now", lambda: 20_001 * 86_400)
    assert run("release")[0] == 0
    lines = {json.loads(line).get("note"): line for line in before.splitlines()}
    after = (deck / "deck.lock").read_text("utf-8").splitlines()
    notes = {json.loads(line).get("note"): json.loads(line) for line in after}
    assert notes[f"a/{slug}"]["last"] == "1.0.0"
    for note in set(lines) - {None, f"a/{slug}"}:
        assert notes[note]["mod"] == json.loads(lines[note])["mod"]
        assert notes[note]["last"] != "1.0.0"
    # And back: it is the note that learners know.
    (deck / "t/a.md").write_text(TEXT, "utf-8")
    assert run("check", "--strict")[0] == 0


@pytest.mark.parametrize("slug", SLUGS)
def test_a_rename_keeps_it_and_a_move_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slug: str
) -> None:
    monkeypatch.chdir(tmp_path)
    other = "---\nquestion: What else?\n---\nAn answer."
    text = f"=== t/a.md\n{without_cards((slug,))}=== t/b.md\n{other}"
    deck = write_deck(tmp_path / "content", text)
    run("rename", f"a/{slug}", "a/new")
    assert "{#new .no-card}" in (deck / "t/a.md").read_text("utf-8")
    for target in ("b/new", "c"):
        with pytest.raises(TriptychError, match="`a/new` makes no card"):
            run("rename", "a/new", target)
