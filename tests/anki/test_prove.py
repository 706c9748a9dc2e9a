"""`tests/benchmarks/prove.py`: by the update files no learner loses anything."""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from tests.anki.test_updates import everything, shipped
from tests.benchmarks.makers import Maker, with_triptych
from tests.benchmarks.series import MAINTAINERS, Series
from tests.benchmarks.updates import maintained, trial

from triptych.values.catalog import Catalog

SCRIPT = Path(__file__).parents[1] / "benchmarks/prove.py"

pytestmark = pytest.mark.slow


def test_the_update_files_lose_nothing_and_the_package_does(
    requires: Callable[[str, str], None], catalog: Catalog, tmp_path: Path
) -> None:
    requires("anki", "pip install '.[test]'")
    first, second = shipped(catalog, everything)
    old, new = tmp_path / "old.apkg", tmp_path / "new.apkg"
    old.write_bytes(first.package)
    new.write_bytes(second.package)
    options = []
    for file in second.update():
        path = tmp_path / file.path.name
        path.write_bytes(file.data)
        options += ["--update", str(path)]
    by_files = proved(old, new, *options)
    assert by_files.returncode == 0, by_files.stdout + by_files.stderr
    assert "| studies | kept | kept | kept |" in by_files.stdout
    # The same learners, updated by the package alone.
    by_package = proved(old, new)
    assert by_package.returncode == 1, by_package.stderr
    assert "| tags a changed note | lost: words | lost: words |" in by_package.stdout


@pytest.mark.parametrize("series", MAINTAINERS, ids=lambda series: series.name)
def test_nothing_that_maintainers_do_takes_anything_from_learners(
    requires: Callable[[str, str], None], tmp_path: Path, series: Series
) -> None:
    requires("anki", "pip install '.[test]'")
    files = Maker("files", partial(with_triptych, by_files=True))
    assert maintained(sys.executable, trial(files, series, tmp_path)) == "kept"


def test_a_learner_of_a_package_pays_for_what_it_changes(
    requires: Callable[[str, str], None], tmp_path: Path
) -> None:
    requires("anki", "pip install '.[test]'")
    package = Maker("package", partial(with_triptych, by_files=False))
    made = [trial(package, series, tmp_path) for series in MAINTAINERS[:2]]
    cells = [maintained(sys.executable, item) for item in made]
    assert cells == ["kept", "lost: words"]


def proved(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
