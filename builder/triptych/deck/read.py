"""Stage 1: read the files of a deck. No other module opens them."""

import codecs
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from triptych.deck.pictures import load
from triptych.deck.static import static_file
from triptych.dialect.characters import BYTE_ORDER_MARK, without_reserved
from triptych.dialect.files import CHANGELOG_FILE, DECK_FILE
from triptych.dialect.folders import STATIC_FOLDER, WITHOUT_SOURCES
from triptych.dialect.sizes import MAX_FILE_BYTES
from triptych.errors import TriptychError
from triptych.values.addresses import GUIDES_FOLDER, PAGES_FOLDER
from triptych.values.source import TABLES, Folder, Media, Source

_MARKDOWN = (".md", ".markdown")
THEME = PurePosixPath("theme.css")
CHANGELOG = PurePosixPath(CHANGELOG_FILE)
_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
"""What a text begins with that says its encoding; the longer marks come first."""
_MAX_BYTES_LOOKED_AT = 200
_MIN_CHARACTERS_LOOKED_AT = 8
_README = frozenset({"README.md", CHANGELOG_FILE, "CONTRIBUTING.md", "LICENSE.md"})


def read(root: Path) -> Folder:
    """Return the files of the deck folder `root`."""
    if not (root / DECK_FILE).is_file():
        raise TriptychError(
            f"there is no {DECK_FILE} in {root}: name the deck folder with --content,"
            " or make one with `triptych init DIR`"
        )
    files: list[PurePosixPath] = []
    sources: list[Source] = []
    misplaced: list[PurePosixPath] = []
    outside: list[PurePosixPath] = []
    unread: list[tuple[PurePosixPath, str]] = []
    for name, is_link in _walk(root, unread):
        # By their names: to ask thousands of paths takes longer.
        if not name.lower().endswith(_MARKDOWN) and not _may_be_table(name):
            if _is_utf8(name):
                files.append(PurePosixPath(name))
        elif _is_question_or_guide(name):
            path = PurePosixPath(name)
            # Folders that are symbolic links are not read, so only files may lead out.
            if not is_link or _stays_inside(root, path):
                sources.append(_source(root, path, is_link=is_link))
            else:
                outside.append(path)
        elif not _is_for_readers(name):
            misplaced.append(PurePosixPath(name))
    return Folder(
        root=root,
        deck=source(root, PurePosixPath(DECK_FILE)),
        sources=tuple(sources),
        files=frozenset(files),
        misplaced=tuple(misplaced),
        outside=tuple(outside),
        unread=tuple(unread),
        theme=source(root, THEME) if (root / THEME).is_file() else None,
        static=tuple(
            static_file(path, path_inside(root, path))
            for path in files
            if path.parts[0] == STATIC_FOLDER and len(path.parts) > 1
        ),
        changelog=source(root, CHANGELOG) if (root / CHANGELOG).is_file() else None,
    )


def _stays_inside(root: Path, path: PurePosixPath) -> bool:
    return (root / path).resolve().is_relative_to(root.resolve())


def _is_question_or_guide(name: str) -> bool:
    folder, _, file = name.partition("/")
    has_valid_place = bool(file) and "/" not in file and folder not in WITHOUT_SOURCES
    is_read = file.endswith(".md") or (
        file in TABLES and folder not in {GUIDES_FOLDER, PAGES_FOLDER}
    )
    return has_valid_place and is_read and _is_utf8(name)


def _is_for_readers(name: str) -> bool:
    """Return whether a file explains a folder, or stands where no topic can be."""
    folder, _, file = name.rpartition("/")
    return file in _README or folder.partition("/")[0] in WITHOUT_SOURCES


def _may_be_table(name: str) -> bool:
    """Return whether a file is a table of cards, if it stands in a topic."""
    folder, _, file = name.rpartition("/")
    return file in TABLES and folder.partition("/")[0] not in WITHOUT_SOURCES


def _is_utf8(name: str) -> bool:
    """Return whether the name of a file is valid UTF-8, as outputs need it."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def source(root: Path, path: PurePosixPath) -> Source:
    """Return one text file of the deck at `root`."""
    return _source(root, path, is_link=(root / path).is_symlink())


def _source(root: Path, path: PurePosixPath, *, is_link: bool) -> Source:
    # Not with `Path`, which is slow for thousands of files.
    place = path_inside(root, path) if is_link else f"{root}/{path}"
    with open(place, "rb", buffering=0) as file:  # noqa: PTH123 - as above
        is_long = os.fstat(file.fileno()).st_size > MAX_FILE_BYTES
        data = file.read(MAX_FILE_BYTES + 1) if is_long else file.read()
    return source_of(path, data)


def source_of(path: PurePosixPath, data: bytes) -> Source:
    """Return the source file with the bytes `data`."""
    is_cut = len(data) > MAX_FILE_BYTES
    if is_cut:
        # Cut at the end of a line, so that no character is split.
        data = data[: data.rfind(b"\n", 0, MAX_FILE_BYTES + 1) + 1]
    undecodable, encoding = 0, utf_16_or_32(data)
    if encoding:
        # It is not used, but read, so that findings show what its author sees.
        text = data.decode(encoding, errors="replace").removeprefix(BYTE_ORDER_MARK)
        return Source(path, normalized(text), 1, is_cut, encoding)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        undecodable = data.count(b"\n", 0, error.start) + 1
        text = data.decode(errors="replace")
    return Source(path, normalized(text), undecodable, is_cut)


def utf_16_or_32(data: bytes) -> str:
    """Return which of UTF-16 and UTF-32 `data` begin in; empty for any other."""
    start = data[:_MAX_BYTES_LOOKED_AT]
    if start.startswith(tuple(_MARKS)):
        return next(name for mark, name in _MARKS.items() if start.startswith(mark))
    if 0 not in start:
        return ""
    half = len(start) // 2
    if half < _MIN_CHARACTERS_LOOKED_AT:
        return ""  # a single odd character is no sign of another encoding
    if start[1::2].count(0) > half // 2:
        return "UTF-16-LE"
    return "UTF-16-BE" if start[::2].count(0) > half // 2 else ""


def data_of(root: Path, path: PurePosixPath) -> bytes | None:
    """Return the bytes of the file `path` of a deck; None if there is none."""
    place = path_inside(root, path)
    return place.read_bytes() if place.is_file() else None


def raw_text(root: Path, name: str) -> str:
    """Return the text of a file with its line ends unchanged; empty if missing."""
    place = path_inside(root, PurePosixPath(name))
    try:
        return place.read_bytes().decode("utf-8") if place.is_file() else ""
    except UnicodeDecodeError as error:
        raise TriptychError(
            f"{name} is not UTF-8: save it as UTF-8, or restore it from version control"
        ) from error


def text_of(root: Path, name: str) -> str:
    """Return the text of a file with line feeds as line ends; empty if missing."""
    return raw_text(root, name).replace("\r\n", "\n").replace("\r", "\n")


def normalized(text: str) -> str:
    """Return `text` with line feeds as line ends and no reserved characters."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return without_reserved(text)


def path_inside(root: Path, path: PurePosixPath) -> Path:
    """Return the real path of `path`; raise if it is outside the deck."""
    real = (root / path).resolve()
    if not real.is_relative_to(root.resolve()):
        raise TriptychError(
            f"{path} leads out of the deck folder: copy the file into it"
        )
    return real


def media(root: Path, path: PurePosixPath) -> Media:
    """Return the picture `path` as outputs contain it."""
    real = path_inside(root, path)
    now = real.stat()
    state = (now.st_mtime_ns, now.st_ctime_ns, now.st_size, now.st_ino)
    return load(path, real, state)


def _walk(
    folder: Path | str, unread: list[tuple[PurePosixPath, str]], prefix: str = ""
) -> Iterator[tuple[str, bool]]:
    """Yield the paths of the files below `folder`, and whether each is a link.

    Their order is that of the parts of paths. To `unread` is added what is neither a
    file nor a folder, and what it is.
    """
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith("."):
            continue
        name = f"{prefix}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, unread, f"{name}/")
        elif _is_file(entry):
            yield name, entry.is_symlink()
        elif _is_utf8(name) and (kind := _kind(entry, name)):
            unread.append((PurePosixPath(name), kind))


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link that leads to itself
        return False


def _kind(entry: os.DirEntry[str], name: str) -> str:
    """Return what an entry is that is neither a file nor a folder.

    It is empty for a link to a folder that may be used: those of templates and fonts
    are, and what links to pictures behind others is reported by its own rule.
    """
    if not entry.is_symlink():
        return "no file: a program put a pipe or a device there"
    if not Path(entry.path).is_dir():
        return "a link that leads nowhere"
    is_static = name.partition("/")[0] == STATIC_FOLDER
    return "a link to a folder" if is_static or _has_texts(entry.path) else ""


def _has_texts(folder: str) -> bool:
    """Return whether questions, guides or tables of cards may be in `folder`."""
    try:
        names = [path.name for path in Path(folder).iterdir()]
    except OSError:
        return True  # nobody can know
    return any(name.lower().endswith(_MARKDOWN) or name in TABLES for name in names)
