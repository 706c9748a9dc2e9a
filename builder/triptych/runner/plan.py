"""Make programs of the code blocks of an answer, without changing the code."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from triptych.values.document import Document
from triptych.values.question import Code

_PYTHON = frozenset({"python", "python3", "py"})


@dataclass(frozen=True, slots=True)
class Skip:
    """A block that is not run, and the reason."""

    line: int
    reason: str
    package: str = ""
    """The missing package; empty if there is another reason."""


@dataclass(frozen=True, slots=True)
class Program:
    """Blocks that run in order, as one file, in their own process."""

    blocks: tuple[Code, ...]

    @property
    def output_of(self) -> Code | None:
        """Return the `run` block whose output is shown, if this program has one."""
        return self.blocks[-1] if self.blocks[-1].role == "run" else None


@dataclass(frozen=True, slots=True)
class CodePlan:
    """The programs of one question, and the blocks that are not run."""

    programs: tuple[Program, ...]
    skips: tuple[Skip, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeTask:
    """The code of one question, ready to run."""

    name: str
    document: Document
    plan: CodePlan
    language: str = "en"
    """The deck's, which says how numbers are written."""


def is_installed(package: str) -> bool:
    """Return whether `package` is installed, by its import name or its project name."""
    try:
        if package.isidentifier() and find_spec(package):
            return True
        version(package)
    except (PackageNotFoundError, ValueError):
        return False
    return True


def plan_programs(
    code: Iterable[Code], is_available: Callable[[str], bool] = is_installed
) -> CodePlan:
    """Return the programs: all solutions with all tests, and with each `run` block."""
    code = tuple(code)
    skips = tuple(_skips(code, is_available))
    skipped = {skip.line for skip in skips}
    solutions = tuple(block for block in code if block.role == "solution")
    if any(block.line in skipped for block in solutions):
        # Without its solution no other block can be expected to run.
        return CodePlan((), skips)
    runnable = [block for block in code if block.line not in skipped]
    tests = tuple(block for block in runnable if block.role == "test")
    runs = [Program((*solutions, block)) for block in runnable if block.role == "run"]
    # A `run` block also runs the solutions.
    needs_check = tests or (solutions and not runs)
    checks = [Program((*solutions, *tests))] if needs_check else []
    return CodePlan((*checks, *runs), skips)


def _skips(code: Iterable[Code], is_available: Callable[[str], bool]) -> Iterator[Skip]:
    for block in code:
        if block.language.lower() not in _PYTHON:
            yield Skip(block.line, f"no runner for `{block.language}`")
            continue
        missing = [package for package in block.needs if not is_available(package)]
        if missing:
            yield Skip(block.line, f"`{missing[0]}` is not installed", missing[0])
