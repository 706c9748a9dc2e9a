"""Print what builds of a generated deck cost, as ratios of processor time.

    python tests/benchmarks/table.py [--rounds 3] [1000 10000]
    python tests/benchmarks/table.py --hugo PROGRAM --eleventy FOLDER 1000
    python tests/benchmarks/table.py --ankdown PROGRAM 10000

Each figure is the processor time of all processes of a command, divided by that of
another one in the same round; the median of the rounds is printed. Ratios of one round
hold on a busy machine, where seconds do not. The edits are of what only the page of a
question shows, and of its answer, which its notes and the search show, too. "Nothing
kept" is a build with `--no-cache`, which workflows publish with. Memory is the peak of
the largest process. Of `sites.py` and `ankdown.py`, what is installed stands beside it.
"""

import argparse
import compileall
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks import ankdown
from tests.benchmarks.generate import generate
from tests.benchmarks.sites import Generator, generators

_PACKAGE = Path(__file__).parents[2] / "builder"
_EDITED = "topic-05/question-00005.md"
_KIB_PER_MB = 1000

Row = tuple[str, float]


@dataclass(frozen=True)
class Spent:
    """What a command took, with all processes that it started and waited for."""

    cpu: float
    """Seconds of processor time."""
    peak: float
    """The memory of its largest process, in MB."""


def main() -> None:
    """Print the table for each size."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[1000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--hugo", default=shutil.which("hugo"), metavar="PROGRAM")
    parser.add_argument("--eleventy", type=Path, metavar="FOLDER")
    parser.add_argument("--ankdown", default=shutil.which("ankdown"), metavar="PROGRAM")
    given = parser.parse_args()
    compileall.compile_dir(_PACKAGE, quiet=1)
    # From here on all modules are compiled, also where nothing has installed them.
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        generate(1, Path(folder, "content"))
        _build(Path(folder), "--dist", str(Path(folder, "dist")))
    _print("start", [list(_start_rows()) for _ in range(5 * given.rounds)])
    for size in given.sizes:
        rounds = []
        for _ in range(given.rounds):
            with tempfile.TemporaryDirectory(dir=_memory()) as folder:
                generate(size, Path(folder, "content"))
                others = generators(given.hugo, given.eleventy, Path(folder))
                rows = list(_build_rows(Path(folder), tuple(others)))
                rows += _deck_rows(Path(folder), given.ankdown)
                rounds.append(rows)
        _print(f"{size} questions", rounds)


def _start_rows() -> Iterator[Row]:
    bare = _python("-c", "pass").cpu
    for option in ("--version", "--help"):
        yield f"{option} / python -c pass", _python("-m", "triptych", option).cpu / bare


def _build_rows(folder: Path, others: Sequence[Generator]) -> Iterator[Row]:
    everything = ("--dist", str(folder / "dist"))
    site = ("site", "--no-downloads", "--dist", str(folder / "site"))
    cold = _build(folder, *everything)
    made = [(one.name, _generated(one, folder)) for one in others]
    yield from _beside("all outputs", cold, made)
    published = _build(folder, *everything[:1], str(folder / "dist-2"), "--no-cache")
    yield from _beside("all outputs, nothing kept", published, made)
    yield from _edit_rows(folder, "all outputs", cold, everything, "all")
    # What all outputs have kept would make it too cheap.
    cold_site = _build(folder, *site, cache="site")
    yield from _beside("the site alone", cold_site, made)
    published = _build(folder, *site[:-1], str(folder / "site-2"), "--no-cache")
    yield from _beside("the site alone, nothing kept", published, made)
    yield "the site alone / all outputs, cold", cold_site.cpu / cold.cpu
    yield from _edit_rows(folder, "site", cold_site, site, "site")


def _deck_rows(folder: Path, program: str | None) -> Iterator[Row]:
    deck = ("anki", "--dist", str(folder / "deck"))
    cold = _build(folder, *deck, cache="deck")
    published = _build(folder, *deck[:-1], str(folder / "deck-2"), "--no-cache")
    yield "the deck alone, memory, MB", cold.peak
    if program:
        cards = folder / "ankdown"
        ankdown.write_cards(folder / "content", cards)
        other = _run(ankdown.command(program, cards), folder)
        yield "the deck alone, cold / ankdown", cold.cpu / other.cpu
        yield "the deck alone, nothing kept / ankdown", published.cpu / other.cpu


def _edit_rows(
    folder: Path, what: str, cold: Spent, options: Sequence[str], cache: str
) -> Iterator[Row]:
    for work, edit in (
        ("nothing changed", _edit_nothing),
        ("one edit", _edit_depth),
        ("one answer", _edit_answer),
    ):
        edit(folder)
        again = _build(folder, *options, cache=cache)
        yield f"{work} / cold, {what}", again.cpu / cold.cpu


def _beside(
    what: str, cold: Spent, others: Sequence[tuple[str, Spent]]
) -> Iterator[Row]:
    yield f"{what}, memory, MB", cold.peak
    for name, other in others:
        yield f"{what}, cold / {name}", cold.cpu / other.cpu
        yield f"{what}, memory / {name}", cold.peak / other.peak


def _generated(generator: Generator, folder: Path) -> Spent:
    # A name of its own: by this name Hugo finds the formulas that it has kept.
    site = folder / generator.name
    generator.prepare(folder / "content", folder / "dist" / "site", site)
    try:
        return _run(generator.command, site)
    finally:
        shutil.rmtree(site)


def _edit_nothing(_: Path) -> None:
    pass


def _edit_depth(folder: Path) -> None:
    """Change what is below *In depth*: it stands at the end of the file."""
    with (folder / "content" / _EDITED).open("a") as file:
        file.write("One more sentence.\n")


def _edit_answer(folder: Path) -> None:
    path = folder / "content" / _EDITED
    text = path.read_text()
    path.write_text(text.replace("- one ", "- one more ", 1))


def _build(folder: Path, *options: str, cache: str = "all") -> Spent:
    # With an address there is a site map, as the others write one.
    command = ["-m", "triptych", "build", "--base-url", "https://example.org/"]
    command += ["--content", str(folder / "content")]
    return _python(*command, *options, XDG_CACHE_HOME=str(folder / f"cache-{cache}"))


def _python(*arguments: str, **variables: str) -> Spent:
    # What Python compiles is kept, as it is where the program is installed.
    kept = {"PYTHONDONTWRITEBYTECODE": ""}
    return _run((sys.executable, *arguments), Path.cwd(), **kept, **variables)


def _run(command: Sequence[str], folder: Path, **variables: str) -> Spent:
    """Run a command in `folder`; if it fails, print what it said."""
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            command, cwd=folder, env=os.environ | variables, stdout=said, stderr=said
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{said.read()}")
    return Spent(used.ru_utime + used.ru_stime, used.ru_maxrss / _KIB_PER_MB)


def _print(title: str, rounds: list[list[Row]]) -> None:
    print(f"\n{title}, median of {len(rounds)} rounds")
    for rows in zip(*rounds, strict=True):
        print(f"  {rows[0][0]:<56} {median(figure for _, figure in rows):8.3f}")


def _memory() -> str | None:
    """Return a folder in memory, for a disk would be measured instead of the tool."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108


if __name__ == "__main__":
    main()
