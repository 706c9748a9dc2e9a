"""What is hidden or lies outside a deck is neither read nor shipped."""

from pathlib import Path, PurePosixPath

import pytest
from tests.cases import write_deck

from triptych.build.build import build, check
from triptych.cli.report import FORMATS
from triptych.deck.pictures import picture
from triptych.deck.project import open_project
from triptych.deck.read import media, source_of
from triptych.dialect.sizes import MAX_FILE_BYTES
from triptych.errors import TriptychError
from triptych.values.diagnostics import Diagnostic, Severity, Span
from triptych.values.source import Folder

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title>{}</title></svg>'
HIDDEN = {
    "topic/.hidden.md": "---\nquestion: SECRET?\n---\nx\n",
    ".hidden/question.md": "---\nquestion: SECRET?\n---\nx\n",
    "guides/.guide.md": "---\ntitle: SECRET\n---\nx\n",
    "media/.hidden.svg": SVG.format("SECRET"),
    "media/.cache/x.svg": SVG.format("SECRET"),
    ".git/x.svg": SVG.format("SECRET"),
    ".env": "SECRET=1\n",
}


def read(deck: Path) -> Folder:
    return open_project(deck).folder


def shipped(dist: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(dist.rglob("*")) if p.is_file())


@pytest.mark.parametrize("name", HIDDEN)
def test_a_hidden_file_is_not_read(name: str, tmp_path: Path) -> None:
    question = "=== topic/question.md\n---\nquestion: What?\n---\nAn answer."
    deck = write_deck(tmp_path / "deck", f"{question}\n=== {name}\n{HIDDEN[name]}")
    folder = read(deck)
    texts = [str(source.path) for source in folder.sources]
    assert texts == ["topic/question.md"]
    assert folder.files == {folder.deck.path}
    assert folder.misplaced == ()
    report, emitted = build(open_project(deck), tmp_path / "dist", ("anki", "site"))
    assert emitted, report.diagnostics
    assert b"SECRET" not in shipped(tmp_path / "dist")


@pytest.mark.parametrize(
    "name", [name for name in HIDDEN if name.endswith((".svg", ".env"))]
)
def test_a_hidden_file_is_no_picture(name: str, tmp_path: Path) -> None:
    question = f"---\nquestion: What?\n---\n![a]({name}) and <img src={name} alt=a>"
    text = f"=== topic/question.md\n{question}\n=== {name}\n{HIDDEN[name]}"
    deck = write_deck(tmp_path / "deck", text)
    rules = [finding.rule for finding in check(open_project(deck)).diagnostics]
    assert rules == ["missing-media", "missing-media"]
    assert build(open_project(deck), tmp_path / "dist")[1] is None


@pytest.mark.parametrize("tag", ["![a](media/x.svg)", "<img src=media/x.svg alt=a>"])
@pytest.mark.parametrize("way", ["absolute", "relative", "twice"])
def test_a_picture_through_a_link_out_of_the_deck_is_refused(
    tag: str, way: str, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text(SVG.format("SECRET"), encoding="utf-8")
    deck = write_deck(tmp_path / "deck", f"---\nquestion: What?\n---\n{tag}")
    (deck / "media").mkdir()
    target = {"absolute": secret, "relative": Path("../../secret.svg")}
    if way == "twice":
        (deck / "media/y.svg").symlink_to(secret)
    link = target.get(way, Path("y.svg"))
    (deck / "media/x.svg").symlink_to(link)
    [finding] = check(open_project(deck)).diagnostics
    assert (finding.rule, finding.severity) == ("media-outside", Severity.ERROR)
    assert build(open_project(deck), tmp_path / "dist")[1] is None
    assert b"SECRET" not in shipped(tmp_path / "dist")


def test_a_picture_behind_a_folder_that_leads_out_is_not_there(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.svg").write_text(SVG.format("SECRET"), encoding="utf-8")
    deck = write_deck(tmp_path / "deck", "---\nquestion: What?\n---\n![a](media/x.svg)")
    (deck / "media").symlink_to(outside)
    [finding] = check(open_project(deck)).diagnostics
    assert finding.rule == "missing-media"


def test_no_stage_reads_a_picture_outside_of_the_deck(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text(SVG, encoding="utf-8")
    (tmp_path / "deck").mkdir()
    (tmp_path / "deck/x.svg").symlink_to("../secret.svg")
    with pytest.raises(TriptychError, match="leads out of the deck"):
        media(tmp_path / "deck", PurePosixPath("x.svg"))


def test_a_link_within_the_deck_is_a_picture(tmp_path: Path) -> None:
    text = f"---\nquestion: What?\n---\n![a](media/x.svg)\n=== media/y.svg\n{SVG}"
    deck = write_deck(tmp_path / "deck", f"=== topic/question.md\n{text}")
    (deck / "media/x.svg").symlink_to("y.svg")
    report, emitted = build(open_project(deck), tmp_path / "dist", ("site",))
    assert emitted, report.diagnostics
    assert report.catalog
    assert [media.path.name for media in report.catalog.media.values()] == ["x.svg"]


def _decoded(text: str) -> str:
    """Return what GitHub reads, which undoes the escapes in this order."""
    for written, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")):
        text = text.replace(written, sign)
    return text.replace("%25", "%")


@pytest.mark.parametrize(
    "text",
    [
        "a\n::error file=x::forged",
        "a\r\nb",
        "100%0A::warning::x",
        "a::b,c:d",
        "%25",
        "%0A",
        "a, b: c%2Cd",
    ],
)
def test_a_finding_cannot_forge_another_on_github(text: str) -> None:
    place = Span(PurePosixPath(f"t/{text}"), 3, 4, 5)
    finding = Diagnostic("some-rule", place, text, text)
    written = FORMATS["github"]([finding], "", colour=False)
    assert written.count("\n") == 1
    head, data = written.removesuffix("\n").removeprefix("::error ").split("::", 1)
    properties = dict(item.split("=", 1) for item in head.split(","))
    assert _decoded(properties["file"]) == f"t/{text}"
    assert _decoded(data) == f"{text} ({text})"
    assert properties["line"] == "3"


@pytest.mark.parametrize(
    "link", ["templates", "templates/site", "templates/site/base.html"]
)
def test_a_template_through_a_link_that_leads_out_is_refused(
    link: str, tmp_path: Path
) -> None:
    deck = write_deck(
        tmp_path / "deck", "=== topic/question.md\n---\nquestion: What?\n---\nA.\n"
    )
    outside = tmp_path / "outside" / "templates/site/base.html"
    outside.parent.mkdir(parents=True)
    outside.write_text("SECRET")
    (deck / link).parent.mkdir(parents=True, exist_ok=True)
    (deck / link).symlink_to(tmp_path / "outside" / link)
    with pytest.raises(TriptychError, match=r"base\.html leads out of the deck folder"):
        build(open_project(deck), tmp_path / "dist", ("site",))


@pytest.mark.parametrize("link", ["fonts", "fonts/a.ttf", "fonts/more"])
def test_a_font_through_a_link_that_leads_out_is_refused(
    link: str, tmp_path: Path
) -> None:
    deck = write_deck(
        tmp_path / "deck",
        '=== deck.toml\nid = "d"\ntitle = "D"\n[sheet]\nfonts = "fonts"\n'
        "=== topic/question.md\n---\nquestion: What?\n---\nA.\n",
    )
    outside = tmp_path / "outside"
    (outside / "fonts/more").mkdir(parents=True)
    (outside / "fonts/a.ttf").write_text("SECRET")
    (deck / link).parent.mkdir(parents=True, exist_ok=True)
    (deck / link).symlink_to(outside / link)
    with pytest.raises(TriptychError, match=rf"{link} leads out of the deck folder"):
        build(open_project(deck), tmp_path / "dist", ("sheet",))


@pytest.mark.parametrize("end", [b"\n", "\u00e9".encode()])
def test_a_file_that_is_cut_ends_with_a_whole_line(end: bytes) -> None:
    line = b"0123456789\n"
    lines = line * (MAX_FILE_BYTES // len(line))
    source = source_of(PurePosixPath("t/a.md"), lines + b"\xc3\xa9" * 20 + end)
    assert (source.is_cut, source.undecodable) == (True, 0)
    assert source.text == lines.decode()


def test_a_picture_has_a_name_in_any_script_and_whatever_its_capitals() -> None:
    data = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    paths = map(PurePosixPath, ("\u56fe.svg", "A.SVG", "a.svg"))
    names = [picture(path, data).name for path in paths]
    assert names[0].startswith("media-")
    assert names[1] == names[2]
    assert names[1].startswith("a-")


def test_markdown_that_is_copied_to_the_site_is_no_misplaced_question(
    tmp_path: Path,
) -> None:
    deck = write_deck(tmp_path, "=== static/a.md\nText.\n=== a.md\nText.\n")
    assert open_project(deck).folder.misplaced == (PurePosixPath("a.md"),)


def test_a_single_odd_character_is_no_sign_of_another_encoding() -> None:
    assert source_of(PurePosixPath("t/a.md"), b"a\x00").encoding == ""
    text = "An answer."
    for encoding in ("UTF-16-LE", "UTF-16-BE"):
        data = text.encode(encoding)
        assert source_of(PurePosixPath("t/a.md"), data).encoding == encoding


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_line_that_is_no_utf_8_is_named_behind_a_byte_order_mark(mark: bytes) -> None:
    source = source_of(PurePosixPath("t/a.md"), mark + b"a\n\xff")
    assert (source.undecodable, source.text) == (2, "a\n\ufffd")
