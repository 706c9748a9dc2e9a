"""Print what builds of a generated deck cost, as ratios of processor time.

    python tests/benchmarks/table.py [--rounds 3] [1000 10000]

Each figure is the processor time of all processes of a command, divided by that of
another one in the same round; the median of the rounds is printed. Ratios of one round
hold on a busy machine, where seconds do not. The edits are of what only the page of a
question shows, and of its answer, which its notes and the search show, too.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent))

from generate import generate

_EDITED = "topic-05/question-00005.md"

Row = tuple[str, float]


def main() -> None:
    """Print the table for each size."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[1000])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    _print("start", [list(_start_rows()) for _ in range(5 * given.rounds)])
    for size in given.sizes:
        rounds = []
        for _ in range(given.rounds):
            with tempfile.TemporaryDirectory(dir=_memory()) as folder:
                generate(size, Path(folder, "content"))
                rounds.append(list(_build_rows(Path(folder))))
        _print(f"{size} questions", rounds)


def _start_rows() -> Iterator[Row]:
    bare = _cpu(["-c", "pass"])
    for option in ("--version", "--help"):
        yield f"{option} / python -c pass", _cpu(["-m", "triptych", option]) / bare


def _build_rows(folder: Path) -> Iterator[Row]:
    everything = ("--dist", str(folder / "dist"))
    site = ("site", "--no-downloads", "--dist", str(folder / "site"))
    cold = _build(folder, *everything)
    yield "nothing changed / cold, all outputs", _build(folder, *everything) / cold
    _edit_depth(folder)
    yield "one edit / cold, all outputs", _build(folder, *everything) / cold
    _edit_answer(folder)
    yield "one answer / cold, all outputs", _build(folder, *everything) / cold
    # What all outputs have kept would make it too cheap.
    cold_site = _build(folder, *site, cache="site")
    yield "the site alone / all outputs, cold", cold_site / cold
    yield (
        "nothing changed / cold, site",
        _build(folder, *site, cache="site") / cold_site,
    )
    _edit_depth(folder)
    yield "one edit / cold, site", _build(folder, *site, cache="site") / cold_site
    _edit_answer(folder)
    yield "one answer / cold, site", _build(folder, *site, cache="site") / cold_site


def _edit_depth(folder: Path) -> None:
    """Change what is below *In depth*: it stands at the end of the file."""
    with (folder / "content" / _EDITED).open("a") as file:
        file.write("One more sentence.\n")


def _edit_answer(folder: Path) -> None:
    path = folder / "content" / _EDITED
    text = path.read_text()
    path.write_text(text.replace("- one ", "- one more ", 1))


def _build(folder: Path, *options: str, cache: str = "all") -> float:
    command = ["-m", "triptych", "build", "--content", str(folder / "content")]
    return _cpu([*command, *options], XDG_CACHE_HOME=str(folder / f"cache-{cache}"))


def _cpu(arguments: list[str], **variables: str) -> float:
    """Return the seconds of processor time that Python takes with `arguments`."""
    before = _spent()
    subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | variables,
        check=True,
        capture_output=True,
    )
    return _spent() - before


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _print(title: str, rounds: list[list[Row]]) -> None:
    print(f"\n{title}, median of {len(rounds)} rounds")
    for rows in zip(*rounds, strict=True):
        print(f"  {rows[0][0]:<40} {median(ratio for _, ratio in rows):7.3f}")


def _memory() -> str | None:
    """Return a folder in memory, for a disk would be measured instead of the tool."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108


if __name__ == "__main__":
    main()
