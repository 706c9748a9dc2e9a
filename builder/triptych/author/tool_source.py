"""Where the installed triptych came from, for those who install it again."""

import json
from importlib.metadata import PackageNotFoundError, distribution

from triptych import __version__
from triptych.dialect.links import is_web_address
from triptych.errors import TriptychError

_NAME = "triptych"


def requirement(source: str) -> str:
    """Return the line that installs this version from the repository at `source`.

    Raises:
        TriptychError: It is not the address of a repository.

    """
    if not is_web_address(source) or any(c.isspace() for c in source):
        raise TriptychError(f"--source: `{source}` is not the address of a repository")
    return f"{_NAME} @ git+{source}@v{__version__}"


def installed_requirement() -> str:
    """Return the line that installs what is installed here; empty if it is unknown.

    It is known if triptych was installed from a repository: pip notes the commit.
    """
    try:
        noted = distribution(_NAME).read_text("direct_url.json")
    except PackageNotFoundError:
        return ""
    return requirement_of(noted or "{}")


def requirement_of(direct_url: str) -> str:
    """Return the line for what pip notes of an installation from a repository."""
    data = json.loads(direct_url)
    url, commit = data.get("url", ""), data.get("vcs_info", {}).get("commit_id", "")
    is_public = commit and is_web_address(url)
    return f"{_NAME} @ git+{url}@{commit}" if is_public else ""
