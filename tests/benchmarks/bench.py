"""Measure builds of generated decks; every figure that matters is a ratio in one run.

    python tests/benchmarks/bench.py [1000 10000]

Prints seconds by stage, peak memory, bytes, files written by a second build, the ratio
of a build to parsing and highlighting alone on all cores, and that of `--help` to
`python -c pass`. The machine's mood cancels out of ratios only.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.generate import generate

_FLOOR = """
import gc, sys
from pathlib import Path
from triptych.typeset.highlight import highlight
from triptych.parallel import cores, fork_map
from triptych.parse.document import parse
from triptych.deck.read import read
gc.disable()
def work(source):
    for token in parse(source).tokens:
        if token.type == "fence":
            highlight(token.content, token.meta["language"])
with fork_map(work, read(Path(sys.argv[1])).sources, cores()) as results:
    for _ in results:
        pass
"""


_BUILD = """
import sys
from pathlib import Path
from triptych.build.build import build
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project
from triptych.build.timing import Timings
spent = Timings()
with spent.stage("read"):
    project = open_project(Path(sys.argv[1]))
outputs = tuple(sys.argv[3:])
options = BuildOptions(downloads=False)
_, emitted = build(project, Path(sys.argv[2]), outputs, options, spent)
for name, seconds in spent.seconds.items():
    print(f"  {name:<18} {seconds:8.3f} s")
print(f"  {len(emitted.written)} files written")
"""


def main() -> None:
    """Print the figures for each size asked for."""
    sizes = [int(argument) for argument in sys.argv[1:]] or [1000, 10_000]
    bare = min(_seconds([sys.executable, "-c", "pass"])[0] for _ in range(5))
    help_ = min(
        _seconds([sys.executable, "-m", "triptych", "--help"])[0] for _ in range(5)
    )
    print(f"--help / python -c pass: {help_ / bare:.1f}")
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=_memory()) as folder:
            _measure(size, Path(folder))


def _measure(size: int, folder: Path) -> None:
    deck, dist = folder / "content", folder / "dist"
    generate(size, deck)
    floor, _, _ = _seconds([sys.executable, "-c", _FLOOR, str(deck)])
    # The sheet of ten thousand questions is a book: measured apart, by `--timings`.
    outputs = ["anki", "site"]
    build = [sys.executable, "-c", _BUILD, str(deck), str(dist), *outputs]
    cold, peak, said = _seconds(build)
    warm, _, again = _seconds(build)
    size_on_disk = sum(
        path.stat().st_size for path in dist.rglob("*") if path.is_file()
    )
    print(f"\n{size} questions, deck and site\n{said}", end="")
    ratio = f"{cold:.1f} / {floor:.1f} = {cold / floor:.2f}"
    print(f"cold / parse and highlight alone on all cores: {ratio}")
    print(f"second build / cold: {warm / cold:.2f}; {again.splitlines()[-1].strip()}")
    print(f"peak memory {peak / 1024:.0f} MiB, {size_on_disk / 1e6:.1f} MB in dist/")


def _seconds(command: list[str]) -> tuple[float, int, str]:
    before = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    spent = time.perf_counter() - before
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return spent, peak, done.stderr + done.stdout


def _memory() -> str | None:
    """Return a folder in memory, for a disk would be measured instead of the tool."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108


if __name__ == "__main__":
    main()
