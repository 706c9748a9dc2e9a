"""The versions of Python and of the packages that programs import."""

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.metadata import packages_distributions, version

from triptych.runner.plan import Program


def versions(programs: Iterable[Program]) -> Mapping[str, str]:
    """Return the versions of Python and of the packages that `programs` import."""
    programs = tuple(programs)
    if not programs:
        return {}
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    modules = {
        module
        for program in programs
        for block in program.blocks
        for module in _imports(block.text)
    }
    packages = {
        package
        for module in modules - sys.stdlib_module_names
        for package in _packages().get(module, ())
    }
    return {"python": python} | {name: _version(name) for name in sorted(packages)}


def _imports(text: str) -> Iterator[str]:
    """Yield the top-level modules that a block imports; none if it is not Python."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name.partition(".")[0] for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.partition(".")[0]


def _version(package: str) -> str:
    # A local version such as `+cpu` is about the build of the package, not its code.
    return version(package).partition("+")[0]


@lru_cache(maxsize=1)
def _packages() -> Mapping[str, list[str]]:
    return packages_distributions()
