r"""Other generators of sites, which make a site of the same questions.

They are used where they are installed: `hugo` as it is on the path, Eleventy from a
folder in which this was run:

    npm install @11ty/eleventy @11ty/eleventy-plugin-syntaxhighlight \
      katex markdown-it-texmath

Their themes are in `sites/`. The smallest ones have a page for each question with
highlighted code, MathML and the questions before and after it, lists by topic, tag and
difficulty, and all texts as JSON for a search; their markup is as small as it can be.
The equal theme of Hugo has the pages and files of a site of Triptych, with its markup;
what it lacks is said in `docs/guides/performance.md`.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from triptych.deck.templates import template
from triptych.render.site.assets import CORE_FILES

_THEMES = Path(__file__).with_name("sites")
_EQUAL_THEME = "hugo-equal"
_DECK_FILE = shutil.ignore_patterns("deck.toml")


@dataclass(frozen=True)
class Generator:
    """A generator of sites, and how to run it in a folder that `prepare` made."""

    name: str
    theme: str
    """The folder of its theme, below `sites`."""
    command: tuple[str, ...]
    modules: Path | None = None
    """The `node_modules` that it needs beside the site."""

    def prepare(self, deck: Path, ours: Path, folder: Path) -> None:
        """Make the folder of a site of the questions of `deck`.

        Styles, scripts, icons and the font of an equal theme are those of our own site,
        which has been built into the folder `ours`.
        """
        shutil.copytree(_THEMES / self.theme, folder)
        shutil.copytree(deck, folder / "content", ignore=_DECK_FILE, dirs_exist_ok=True)
        if self.theme == _EQUAL_THEME:
            _copy_static_files(ours, folder / "static")
            worker = folder / "layouts" / "index.worker.js"
            worker.write_text(_service_worker(), encoding="utf-8")
        if self.modules:
            (folder / self.modules.name).symlink_to(self.modules)


def generators(
    hugo: str | None, eleventy: Path | None, folder: Path
) -> Iterator[Generator]:
    """Yield those that are installed, in the order in which they are to be run.

    `eleventy` is the folder that npm was run in; caches are kept in `folder`.
    """
    if hugo:
        # Hugo keeps KaTeX as it has compiled it, which only the first build has to do,
        # and the formulas of a site, which a first build of that site has not.
        cache = ("--cacheDir", str(folder / "hugo-cache"))
        command = (hugo, "--quiet", "--destination", "public", *cache)
        yield Generator("Hugo, equal theme, empty cache", _EQUAL_THEME, command)
        yield Generator("Hugo, equal theme", _EQUAL_THEME, command)
        yield Generator("Hugo, smallest theme", "hugo", command)
    node = shutil.which("node")
    if node and eleventy:
        modules = (eleventy / "node_modules").resolve()
        program = str(modules / "@11ty" / "eleventy" / "cmd.cjs")
        yield Generator("Eleventy", "eleventy", (node, program, "--quiet"), modules)


def _copy_static_files(ours: Path, folder: Path) -> None:
    shutil.copytree(ours / "fonts", folder / "fonts")
    for pattern in ("*.css", "*.js", "icon*", "*.webmanifest"):
        for path in ours.glob(pattern):
            # The theme writes its own service worker.
            if path.name != "sw.js":
                shutil.copy(path, folder)


def _service_worker() -> str:
    """Return our service worker as a template of Hugo, which fills in the version."""
    worker = Environment(autoescape=True).from_string(template("site/sw.js"))
    return worker.render(
        deck={"id": "bench"}, version="{{ now.Unix }}", core=CORE_FILES, pages=()
    )
