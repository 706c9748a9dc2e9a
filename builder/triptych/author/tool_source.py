"""Where the installed triptych came from, for those who install it again."""

import json
import re
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from urllib.parse import urlsplit
from urllib.request import url2pathname

from triptych import __version__
from triptych.dialect.links import is_web_address
from triptych.errors import TriptychError

_NAME = "triptych"
_TIMEOUT_SECONDS = 10
_REVISION = re.compile(r"/[^/]+@[^/@]+")
_COMMIT = re.compile(r"[0-9a-f]{40,64}")


def requirement(source: str, version: str = __version__) -> str:
    """Return the line that installs this version from the repository at `source`.

    It names the tag of the version, or what `source` names: a tag or commit after `@`.
    A version under development has no tag: the commit of the clone stands for it.

    Raises:
        TriptychError: It is not the address of a repository, or no commit is known.

    """
    if not is_web_address(source):
        raise TriptychError(f"--source: `{source}` is not the address of a repository")
    if _REVISION.search(urlsplit(source).path):
        return f"{_NAME} @ git+{source}"
    revision = f"v{version}" if ".dev" not in version else _installed_commit()
    if not revision:
        raise TriptychError(
            f"--source: no tag is of version {version}, which is under development:"
            f" name a tag or a commit, as {source}@TAG"
        )
    return f"{_NAME} @ git+{source}@{revision}"


def installed_requirement() -> str:
    """Return the line that installs what is installed here; empty if it is unknown.

    It is known if triptych was installed from a repository: pip notes the commit.
    """
    return requirement_of(_direct_url())


def requirement_of(direct_url: str) -> str:
    """Return the line for what pip notes of an installation from a repository."""
    data = json.loads(direct_url)
    url, commit = data.get("url", ""), data.get("vcs_info", {}).get("commit_id", "")
    is_public = commit and is_web_address(url)
    return f"{_NAME} @ git+{url}@{commit}" if is_public else ""


def _direct_url() -> str:
    """Return what pip notes of where this package is from."""
    try:
        return distribution(_NAME).read_text("direct_url.json") or "{}"
    except PackageNotFoundError:
        return "{}"


def _installed_commit() -> str:
    """Return the commit of what is installed, or of the clone that it is from."""
    data = json.loads(_direct_url())
    commit = data.get("vcs_info", {}).get("commit_id", "")
    parts = urlsplit(data.get("url", ""))
    if commit or parts.scheme != "file":
        return str(commit)
    return commit_of(url2pathname(parts.path))


def commit_of(folder: str) -> str:
    """Return the commit of the clone in `folder`; empty if it is none."""
    try:
        done = subprocess.run(  # noqa: S603 - no word of it is from content
            ["git", "-C", folder, "rev-parse", "HEAD"],  # noqa: S607 - git of the path
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""  # without git there is no commit to name
    said = done.stdout.strip()
    return said if _COMMIT.fullmatch(said) else ""
