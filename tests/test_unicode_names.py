"""Names in NFC and NFD are one name: of pictures, of files, of tags and of places."""

import unicodedata
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Literal

import pytest

from triptych.build.build import build, check
from triptych.build.compile import compile_source
from triptych.deck.project import open_project
from triptych.notes.content import content_hash, tags
from triptych.notes.names import tag
from triptych.notes.which import notes_of
from triptych.values.form import Form
from triptych.values.question import Question

NAME = "Übersicht-é"
FIRST_HASH = "e0df209b43ac5c5da4f8"
"""What the compiler of release 1.0.0 made of a note with the tag `a/b`."""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_that_is_no_id_is_reported_and_still_found(
    form: Literal["NFC", "NFD"], tmp_path: Path
) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    for name, more in ((unicodedata.normalize(form, NAME), ""), ("b", NAME)):
        related = f"related: [{more}]\n" if more else ""
        (tmp_path / f"t/{name}.md").write_text(
            f"---\nquestion: What is {name}?\n{related}---\nThis.\n"
        )
    assert [d.rule for d in check(open_project(tmp_path)).diagnostics] == ["bad-id"]


@pytest.mark.parametrize("disk", ["NFC", "NFD"])
@pytest.mark.parametrize("written", ["NFC", "NFD"])
def test_a_name_is_found_in_either_form(
    disk: Literal["NFC", "NFD"], written: Literal["NFC", "NFD"], tmp_path: Path
) -> None:
    there = unicodedata.normalize(disk, NAME)
    here = unicodedata.normalize(written, NAME)
    deck = tmp_path / "deck"
    for folder in (there, "media"):
        (deck / folder).mkdir(parents=True)
    (deck / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    (deck / f"media/{there}.svg").write_text(SVG)
    (deck / there / f"{there}.md").write_text(
        f"---\nid: a\nquestion: What?\ntags: [{there}]\nasked_at: [{there}]\n---\n"
        f"This.\n\n## {there}\n\nMore.\n\n## Too {{#{there}}}\n\nMore.\n"
    )
    (deck / there / "b.md").write_text(
        f"---\nquestion: Where?\ntags: [{here}]\nasked_at: [{here}]\n---\n"
        f"![p](media/{here}.svg) <img src='media/{here}.svg' alt=q>"
        f" [a]({here}.md) [b]({here}.md#{here.lower()})"
        f" [c](../{here}/{here}.md#{here})\n"
    )
    project = open_project(deck)
    assert check(project).diagnostics == ()
    build(project, tmp_path / "dist")
    page = (tmp_path / "dist/site/q/b.html").read_text()
    assert 'href="a.html"' in page or 'href="../q/a.html"' in page
    assert page.count("<img") == 2
    for group in ("tags", "companies", "topics"):
        assert len(list((tmp_path / "dist/site" / group).iterdir())) == 1


def test_two_files_whose_names_differ_in_form_alone_are_an_error(
    tmp_path: Path,
) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    (tmp_path / "t/a.md").write_text("---\nquestion: What?\n---\nThis.\n")
    project = open_project(tmp_path)
    nfc, nfd = f"m/{NAME}.svg", unicodedata.normalize("NFD", f"m/{NAME}.svg")
    (question,) = project.folder.sources
    # A file system that takes both for one name holds only one of them.
    sources = [replace(question, path=PurePosixPath(f"t/{n}.md")) for n in (nfd, nfc)]
    folder = replace(
        project.folder,
        files=frozenset(map(PurePosixPath, (nfc, nfd, "m/a.svg"))),
        sources=tuple(sources),
    )
    diagnostics = check(replace(project, folder=folder)).diagnostics
    found = [d for d in diagnostics if d.rule == "ambiguous-name"]
    assert [str(d.span.path) for d in found] == [nfc, f"t/{nfc}.md"]
    assert "another file has this name" in found[0].message


def test_a_slash_parts_the_levels_of_a_tag() -> None:
    assert tag("a/b") == tag("a::b") == "a::b"


def test_a_slash_moves_no_hash_of_the_first_release(tmp_path: Path) -> None:
    def hashes(name: str) -> tuple[list[str], tuple[str, ...]]:
        deck = tmp_path / name.replace("/", "-")
        (deck / "t").mkdir(parents=True)
        (deck / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
        (deck / "t/a.md").write_text(
            f"---\nquestion: What?\ntags: [{name}]\nasked_at: [C/D]\n---\nThis.\n"
        )
        project = open_project(deck)
        (source,) = project.folder.sources
        question = compile_source(source, project, frozenset(Form)).result
        assert isinstance(question, Question)
        (note,) = notes_of(question)
        return [content_hash(note, formula) for formula in (1, 2)], tags(note)

    (first, second), parted = hashes("a/b")
    assert first == FIRST_HASH
    assert parted[:2] == ("a::b", "company::C/D")
    assert second == hashes("a::b")[0][1]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_reason_is_that_of_its_file_in_either_form(form: str, tmp_path: Path) -> None:
    place = tmp_path / "t" / unicodedata.normalize(form, f"{NAME}.md")  # type: ignore[arg-type]
    place.parent.mkdir()
    (tmp_path / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    matter = "id: a\nquestion: What?\ntags: [two words]"
    rules = []
    for more in ("", "\nallow: {changed-tag: so it is called}"):
        place.write_text(f"---\n{matter}{more}\n---\nThis.\n")
        rules.append([d.rule for d in check(open_project(tmp_path)).diagnostics])
    assert rules == [["changed-tag"], []]


def test_questions_that_differ_in_form_alone_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    for form in ("NFC", "NFD"):
        asked = unicodedata.normalize(form, NAME)
        (tmp_path / f"t/{form.lower()}.md").write_text(
            f"---\nquestion: What is {asked}?\n---\nThis.\n"
        )
    (found,) = check(open_project(tmp_path)).diagnostics
    assert found.rule == "repeated-question"
