r"""Other generators of sites, which make a site of the same questions.

They are used where they are installed: `hugo` as it is on the path, Eleventy from a
folder in which this was run:

    npm install @11ty/eleventy @11ty/eleventy-plugin-syntaxhighlight \
      katex markdown-it-texmath

Their themes are in `sites/`: a page for each question with highlighted code, MathML and
the questions before and after it, lists by topic, tag and difficulty, and all texts as
JSON for a search. The markup is as small as it can be.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_THEMES = Path(__file__).with_name("sites")


@dataclass(frozen=True)
class Generator:
    """A generator of sites, and how to run it in a folder that `prepare` made."""

    name: str
    command: tuple[str, ...]
    content: str
    """The folder of the questions, below that of the site."""
    modules: Path | None = None
    """The `node_modules` that it needs beside the site."""

    def prepare(self, deck: Path, folder: Path) -> None:
        """Make the folder of a site of the questions of `deck`."""
        shutil.copytree(_THEMES / self.name.lower(), folder)
        ignored = shutil.ignore_patterns("deck.toml")
        shutil.copytree(deck, folder / self.content, ignore=ignored)
        if self.modules:
            (folder / self.modules.name).symlink_to(self.modules)


def generators(hugo: str | None, eleventy: Path | None) -> Iterator[Generator]:
    """Yield those that are installed: `eleventy` is the folder that npm was run in."""
    if hugo:
        yield Generator("Hugo", (hugo, "--quiet", "--destination", "public"), "content")
    node = shutil.which("node")
    if node and eleventy:
        modules = (eleventy / "node_modules").resolve()
        program = str(modules / "@11ty" / "eleventy" / "cmd.cjs")
        yield Generator("Eleventy", (node, program, "--quiet"), "content", modules)
