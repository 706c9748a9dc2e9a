"""The pictures of a collection, under names that are safe in a deck."""

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from triptych.dialect.folders import MEDIA_FOLDER
from triptych.dialect.ids import FreeNames, id_from
from triptych.dialect.pictures import SUFFIXES
from triptych.imports.found import LeftOut

SAFE_NAME = re.compile(r"(?!\.)[^\x00-\x1f\x7f/\\<>\"|?*:]{1,120}")
"""Names of media in Anki that files of a deck can have."""


class MediaNames:
    """Names for the pictures that notes show; the same picture has one name."""

    def __init__(self) -> None:
        """Start without pictures."""
        self.media: dict[str, Callable[[], bytes]] = {}
        self._names: dict[str, str] = {}
        self._free = FreeNames(())

    def path_for(self, key: str, read: Callable[[], bytes]) -> str:
        """Return the path in the deck for the picture `key`, which `read` reads."""
        if key not in self._names:
            path = PurePosixPath(key)
            stem = self._free.take(id_from(path.stem) or "picture")
            self._names[key] = f"{stem}{path.suffix.lower()}"
            self.media[self._names[key]] = read
        return f"{MEDIA_FOLDER}/{self._names[key]}"


class LinkedFiles:
    """The files that the text of a source refers to."""

    def __init__(self, root: Path, names: MediaNames) -> None:
        """Look for files below `root` only."""
        self._root, self.names = root.resolve(), names
        self._repository = _repository(self._root)
        self._by_name: dict[str, Path] | None = None

    def picture(self, target: str, folder: Path) -> str:
        """Return the path in the deck of the picture `target`; empty if there is none.

        `folder` is the folder of the file that shows it.
        """
        found = self.find(target, folder)
        if found is None or found.suffix.lower() not in SUFFIXES:
            return ""
        key = found.relative_to(self._root).as_posix()
        return self.names.path_for(key, found.read_bytes)

    def find(self, target: str, folder: Path) -> Path | None:
        """Return the file that `target` names, from `folder`; None if none is."""
        target = self._local(target.strip())
        if not target or "://" in target or target.startswith(("#", "mailto:")):
            return None
        name = unquote(target.partition("#")[0].partition("?")[0])
        places = (folder / name, self._root / name.lstrip("/"))
        for place in places:
            try:
                real = place.resolve()
                if real.is_relative_to(self._root) and real.is_file():
                    return real
            except (OSError, ValueError):
                # A name that no file can have, such as one of 300 characters.
                return None
        return None

    def named(self, name: str) -> Path | None:
        """Return the file of this name in any folder, as Obsidian finds it."""
        if self._by_name is None:
            self._by_name = {}
            for path in sorted(self._root.rglob("*")):
                if path.suffix.lower() in SUFFIXES and path.is_file():
                    self._by_name.setdefault(path.name, path)
        return self._by_name.get(PurePosixPath(name).name)

    def web_address(self, target: str, folder: Path) -> str:
        """Return the address on the web of a file of the repository; or nothing."""
        found = self.find(target, folder)
        if found is None or not self._repository:
            return ""
        fragment = target.partition("#")[2]
        path = found.relative_to(self._root).as_posix()
        address = f"https://github.com/{self._repository}/blob/HEAD/{path}"
        return f"{address}#{fragment}" if fragment else address

    def _local(self, target: str) -> str:
        """Return an absolute address into the same repository as a path in it."""
        for start in (
            f"https://github.com/{self._repository}/",
            f"https://raw.githubusercontent.com/{self._repository}/",
        ):
            if self._repository and target.lower().startswith(start.lower()):
                rest = target[len(start) :].split("/")
                rest = rest[1:] if rest[0] in {"blob", "raw", "tree"} else rest
                return "/" + "/".join(rest[1:])
        return target


class FieldFiles:
    """The files that a field of HTML refers to."""

    def __init__(
        self, files: LinkedFiles, folder: Path, place: str, left_out: list[LeftOut]
    ) -> None:
        """Look for files in `folder`; record at `place` what is missing."""
        self._files, self._folder = files, folder
        self._place, self._left_out = place, left_out

    def picture(self, target: str) -> str:
        """Return the path in the deck of a picture; empty if there is none."""
        found = self._files.picture(target, self._folder)
        if found or "/" in target:
            return found
        # Anki keeps pictures in a folder of its own, which may stand there.
        return self._files.picture(f"media/{target}", self._folder)

    def data(self, name: str, data: bytes) -> str:
        """Return the path in the deck of a picture that the HTML itself holds."""
        return self._files.names.path_for(name, lambda: data)

    def sound(self, name: str) -> str:
        """Return the Markdown for a sound."""
        self.lost("sounds", "their names stay in the text")
        return f" `[sound:{name}]` "

    def lost(self, what: str, why: str) -> None:
        """Note that something cannot be kept."""
        self._left_out.append(LeftOut(what, why, self._place))


def _repository(root: Path) -> str:
    """Return `owner/name` of the repository on GitHub that `root` is a clone of."""
    config = root / ".git" / "config"
    try:
        text = config.read_text(encoding="utf-8") if config.is_file() else ""
    except (OSError, UnicodeDecodeError):
        # Without it, addresses into the same repository stay as they are.
        return ""
    for line in text.split("\n"):
        name, _, value = line.strip().partition("=")
        if name.strip() == "url" and "github.com" in value:
            path = value.strip().partition("github.com")[2].lstrip(":/")
            return path.removesuffix(".git").strip("/")
    return ""
