"""Values as bytes, which are read back without running any code."""

import io
import pickle
from dataclasses import dataclass
from enum import Enum, EnumType
from functools import lru_cache

_TRUSTED_MODULES = ("triptych.build.kept_files", "triptych.values.")
"""Modules whose classes a cached value may have; with a dot, those in the package."""
_OTHER_CLASSES = frozenset(
    {
        ("builtins", "frozenset"),
        ("pathlib", "PurePosixPath"),
        ("pathlib._local", "PurePosixPath"),  # its name in Python 3.13
    }
)


def read_trusted(data: bytes) -> object:
    """Return the value that is stored as `data`, if it is one of our own."""
    return _Reader(io.BytesIO(data)).load()


@dataclass(frozen=True, slots=True)
class Pickled:
    """A value that another process has pickled already."""

    data: bytes

    def load(self) -> object:
        """Return the value."""
        return pickle.loads(self.data)  # noqa: S301 - from our own processes


def bytes_of(value: object) -> bytes:
    """Return `value` as it is stored."""
    return value.data if isinstance(value, Pickled) else pickle.dumps(value, 5)


class _Reader(pickle.Unpickler):
    """An unpickler that creates our own values only, so that a cache runs no code."""

    def find_class(self, module: str, name: str) -> object:
        return _trusted(module, name)


@lru_cache(maxsize=1024)
def _trusted(module: str, name: str) -> object:
    """Return what a cached value may name, which is looked up once."""
    if (module, name) == ("builtins", "getattr"):
        return _member
    if (module, name) in _OTHER_CLASSES:
        return _class_of(module, name)
    if module.startswith(_TRUSTED_MODULES):
        value = _class_of(module, name)
        # Not what the module imported from another one, such as a function.
        if getattr(value, "__module__", None) == module:
            return value
    raise pickle.UnpicklingError(f"{module}.{name} does not belong in a cache")


def _class_of(module: str, name: str) -> object:
    return pickle.Unpickler(io.BytesIO()).find_class(module, name)  # noqa: S301 - it finds


def _member(kind: object, name: str) -> Enum:
    # Before Python 3.11.4 a member of an enumeration is written as an attribute of it.
    if isinstance(kind, EnumType):
        return kind[name]
    raise pickle.UnpicklingError(f"{name} of {kind} does not belong in a cache")
