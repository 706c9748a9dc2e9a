"""Find templates: those of the deck, or else the built-in ones."""

from functools import lru_cache
from pathlib import Path

from triptych.errors import TriptychError

_PACKAGE = Path(__file__).resolve().parents[1]


@lru_cache(maxsize=1)
def folder() -> Path:
    """Return the folder of the built-in templates."""
    for candidate in (_PACKAGE / "_templates", _PACKAGE.parents[1] / "templates"):
        if (candidate / "site").is_dir():
            return candidate
    message = "the templates are missing from this installation: install triptych again"
    raise TriptychError(message)


def template_bytes(name: str, overrides: Path | None = None) -> bytes:
    """Return the template `name`, such as ``site/base.html``."""
    if overrides is not None:
        path = (overrides / name).resolve()
        if path.is_relative_to(overrides.resolve()) and path.is_file():
            return path.read_bytes()
    return (folder() / name).read_bytes()


def template(name: str, overrides: Path | None = None) -> str:
    """Return the template `name` as text."""
    return template_bytes(name, overrides).decode("utf-8")
