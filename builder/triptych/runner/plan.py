"""Code answers become programs, without any change to the author's code."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from triptych.values.document import Document
from triptych.values.question import Code

_PYTHON = frozenset({"python", "python3", "py"})


@dataclass(frozen=True, slots=True)
class Skip:
    """A block that does not run, and the reason."""

    line: int
    reason: str
    package: str = ""
    """The missing package; empty where the reason is another."""


@dataclass(frozen=True, slots=True)
class Program:
    """Blocks that run one after the other as one file in a process of their own."""

    blocks: tuple[Code, ...]

    @property
    def output_of(self) -> Code | None:
        """Return the `run` block whose output is shown, if this program has one."""
        return self.blocks[-1] if self.blocks[-1].role == "run" else None


@dataclass(frozen=True, slots=True)
class CodePlan:
    """How the code of one question is run."""

    programs: tuple[Program, ...]
    skips: tuple[Skip, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeTask:
    """The code of one question, ready to run."""

    name: str
    document: Document
    plan: CodePlan


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
    code: Iterable[Code], has: Callable[[str], bool] = is_installed
) -> CodePlan:
    """Return what to run: all solutions then all tests; and each `run` by itself."""
    code = tuple(code)
    skips = tuple(_skips(code, has))
    lines = {skip.line for skip in skips}
    solutions = tuple(block for block in code if block.role == "solution")
    if any(block.line in lines for block in solutions):
        # Without its solution no other block can be expected to run.
        return CodePlan((), skips)
    here = [block for block in code if block.line not in lines]
    tests = tuple(block for block in here if block.role == "test")
    runs = [Program((*solutions, block)) for block in here if block.role == "run"]
    # A `run` shows that its solutions run, too.
    checked = tests or (solutions and not runs)
    checks = [Program((*solutions, *tests))] if checked else []
    return CodePlan((*checks, *runs), skips)


def _skips(code: Iterable[Code], has: Callable[[str], bool]) -> Iterator[Skip]:
    for block in code:
        if block.language.lower() not in _PYTHON:
            yield Skip(block.line, f"no runner for `{block.language}`")
            continue
        missing = [package for package in block.needs if not has(package)]
        if missing:
            yield Skip(block.line, f"`{missing[0]}` is not installed", missing[0])
