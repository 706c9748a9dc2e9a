"""Rules, the site, cards and the sheet agree on which pictures a text shows."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import write_deck

from triptych.build.build import build, check
from triptych.deck.project import open_project
from triptych.parse.document import parse
from triptych.typeset.card_media import put_media
from triptych.typeset.context import Context
from triptych.typeset.prose import typeset
from triptych.validate.media import unsafe_media
from triptych.validate.rule import FileScope
from triptych.values.deck import FileSettings
from triptych.values.prose import Prose
from triptych.values.source import Media, Source

FILES = frozenset(map(PurePosixPath, ("a.svg", "b.svg", "c.svg")))
EVIL = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PIECES = [
    *(
        '<img src="a.svg">',
        "<img src=b.svg/>",
        "<IMG\nSRC='c.svg' alt='x>y'>",
        "![](a.svg)",
    ),
    *('<img alt="a>b" src="b.svg">', "<img src=a.svg src=b.svg>", "<img/src=c.svg>"),
    *("<div>", "</div>", "<!--", "-->", "<script>", "</script>", "<style>", "</style>"),
    *("\n\n", "\n", " ", "<p title='", "'", '"', ">", "<", "words", "<![CDATA[", "]]>"),
    *("<img src=&#97;.svg>", "<img src", "=a.svg>", "<picture>", "<image src=a.svg>"),
    *(
        "`",
        "<?",
        "?>",
        "<b",
        "<textarea>",
        "<title>",
        "<noscript>",
        "&lt;img src=a>",
    ),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=10).map("".join)


def shipped(prose: Prose) -> set[str]:
    """Return the pictures in a prose: those listed, and those that outputs show."""

    def images(node: object) -> Iterator[str]:
        if isinstance(node, tuple):
            if node[:1] in (("img",), ("figure",)):
                yield node[1]
            for item in node:
                yield from images(item)

    trees = {name for b in prose.blocks for name in images(b)}
    html = re.findall(
        '<img [^>]*?src="(?:[^"]*/)?([^"]*)"', put_media(prose.card) + prose.site
    )
    return {*trees, *html, *prose.media}


@given(TEXTS)
def test_what_is_shipped_is_what_was_judged(text: str) -> None:
    path = PurePosixPath("t/x.md")
    document = parse(Source(path, f"---\nquestion: What?\n---\n{text}"))
    faulty = lambda p: Media(p, "", b"", problem="is evil")  # noqa: E731
    scope = FileScope(FileSettings("en", (), ()), Path("/nowhere"), FILES, faulty)
    judged = {
        finding.message.split("`")[1].removesuffix("/")
        for finding in unsafe_media(document, scope)
    }
    sound = Context(path, FILES, lambda p: Media(p, p.name, b""))
    assert shipped(typeset(document.tokens, sound)) <= judged


@given(TEXTS)
def test_what_was_refused_is_in_no_output(text: str) -> None:
    path = PurePosixPath("t/x.md")
    document = parse(Source(path, f"---\nquestion: What?\n---\n{text}"))
    refused = Context(path, FILES, lambda p: Media(p, p.name, b"", problem="is evil"))
    prose = typeset(document.tokens, refused)
    assert prose.media == ()
    assert "<img" not in prose.card + prose.site


@pytest.mark.parametrize(
    "tag",
    [
        '<div><img alt="a>b" src="media/evil.svg"></div>',
        "<div><img alt='a>b' src='media/evil.svg'></div>",
        "A <img title='>' src=media/evil.svg> picture",
        "<div><img src=media/evil.svg src=media/good.svg></div>",
        "<div><IMG\nSRC='media/evil.svg'></div>",
        "<div><img src=&#109;edia/evil.svg></div>",
        "<div><img/src='media/evil.svg'></div>",
        "![x](media/%65vil.svg)",
        "![x][e]\n\n[e]: media/evil.svg",
    ],
)
def test_a_picture_with_a_script_is_refused_however_it_is_named(
    tag: str, tmp_path: Path
) -> None:
    text = f"---\nquestion: What?\n---\n{tag}"
    good = EVIL.replace("<script>alert(1)</script>", "")
    parts = (text, f"media/evil.svg\n{EVIL}", f"media/good.svg\n{good}")
    deck = write_deck(tmp_path / "deck", "=== t/q.md\n" + "\n=== ".join(parts))
    project = open_project(deck)
    assert "unsafe-media" in {d.rule for d in check(project).diagnostics}
    report, emitted = build(project, tmp_path / "dist")
    assert emitted is None, report.diagnostics


@pytest.mark.parametrize(
    "tag",
    [
        "![a](a.svg)",
        "<img src=a.svg alt=a>",
        "x <img src=a.svg>",
        "<div><img src=a.svg></div>",
    ],
)
def test_another_picture_under_the_same_name_moves_the_hash(tag: str) -> None:
    path = PurePosixPath("t/x.md")
    tokens = parse(Source(path, f"---\nquestion: What?\n---\n{tag}")).tokens

    def digest(name: str) -> str:
        context = Context(path, FILES, lambda p: Media(p, name, b""))
        return typeset(tokens, context).digest

    assert digest("a-1.svg") != digest("a-2.svg")


def test_a_picture_in_a_comment_is_not_shipped(tmp_path: Path) -> None:
    text = "=== t/q.md\n---\nquestion: What?\n---\n<!-- <img src=media/a.svg> -->\n"
    deck = write_deck(tmp_path / "deck", f"{text}=== media/a.svg\n<svg/>")
    report, _ = build(open_project(deck), tmp_path / "dist", ("site",))
    assert report.catalog
    assert report.catalog.media == {}
