"""Write the artifacts to ``dist/`` and delete all other files of the same outputs.

``manifest.json`` is deleted before the first change and written last: a ``dist/``
without it is incomplete. Files that are equal to their artifact are not touched,
changed files are replaced atomically, and files of no artifact are deleted last.
"""

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from triptych.deck.locks import folder_lock
from triptych.deck.write import replace_file
from triptych.errors import TriptychError, file_error
from triptych.values.artifact import Artifact, Summary, summary_of

MANIFEST = "manifest.json"
_IGNORE = "*\n!.gitignore\n"
"""Keeps outputs out of version control, and marks the folder as made by triptych."""


@dataclass(frozen=True, slots=True)
class EmittedFiles:
    """The files that a build changed on disk."""

    written: tuple[PurePosixPath, ...]
    removed: tuple[PurePosixPath, ...]
    manifest: bytes = b""
    """The manifest, also if it was not changed."""


def emit(
    artifacts: Sequence[Artifact],
    dist: Path,
    *,
    outputs: Iterable[str],
    about: Mapping[str, object],
    partial: Iterable[str] = (),
) -> EmittedFiles:
    """Write `artifacts` to the folders of `outputs` in `dist`, and the manifest.

    `about` holds the manifest's entries besides the list of files. Of the outputs
    `partial` only some files were made: the others stay if the manifest says that they
    were made of the same.

    Raises:
        TriptychError: Another build is writing there, a file cannot be written, or a
            folder has files that triptych did not make.

    """
    try:
        outputs = tuple(outputs)
        dist.mkdir(parents=True, exist_ok=True)
        with folder_lock(dist, f"another build is writing to {dist}"):
            _prepare(dist, outputs)
            kept = _kept(dist, tuple(partial), about)
            return _emit(artifacts, dist, outputs, about, kept)
    except OSError as error:
        raise file_error(error) from error


def _kept(
    dist: Path, partial: tuple[str, ...], about: Mapping[str, object]
) -> dict[str, str]:
    """Return the digests of the files of `partial` that were made of the same."""
    with suppress(OSError, ValueError, AttributeError, TypeError, KeyError):
        manifest = json.loads((dist / MANIFEST).read_bytes())
        files: dict[str, str] = manifest.pop("files")
        if partial and manifest == json.loads(json.dumps(about)):
            return {
                path: digest
                for path, digest in files.items()
                if path.partition("/")[0] in partial and (dist / path).is_file()
            }
    return {}


def _emit(
    artifacts: Sequence[Artifact],
    dist: Path,
    outputs: tuple[str, ...],
    about: Mapping[str, object],
    kept: Mapping[str, str],
) -> EmittedFiles:
    compared = [_compare(dist, artifact) for artifact in artifacts]
    changed = [a for a, (_, same) in zip(artifacts, compared, strict=True) if not same]
    current = {artifact.path for artifact in artifacts}
    current |= {PurePosixPath(path) for path in kept}
    stale = [path for path in _existing(dist, outputs) if path not in current]
    digests = {**kept} | {
        str(artifact.path): digest
        for artifact, (digest, _) in zip(artifacts, compared, strict=True)
    }
    manifest = _manifest(dist, outputs, digests, about)
    manifest_file = dist / MANIFEST
    if (
        not changed
        and not stale
        and _has_summary(str(manifest_file), summary_of(manifest))
    ):
        return EmittedFiles((), (), manifest)
    manifest_file.unlink(missing_ok=True)
    _make_folders(dist, changed)
    written = tuple(_write(dist, artifact) for artifact in changed)
    for path in stale:
        # Writing may have removed it already, for instance in favour of a folder.
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            (dist / path).unlink()
    _remove_empty_folders(dist, outputs)
    replace_file(manifest_file, manifest)
    return EmittedFiles(written, tuple(stale), manifest)


def _prepare(dist: Path, outputs: tuple[str, ...]) -> None:
    """Mark `dist` as made by triptych, unless it has files that would be deleted."""
    ignore = dist / ".gitignore"
    if ignore.is_file() and ignore.read_text(encoding="utf-8") == _IGNORE:
        return
    for output in outputs:
        if (dist / output).is_dir() and any((dist / output).iterdir()):
            raise TriptychError(
                f"{dist / output} was not made by triptych, and a build would prune it:"
                " name another --dist, or remove it first"
            )
    if not ignore.exists():
        replace_file(ignore, _IGNORE.encode())


def _compare(dist: Path, artifact: Artifact) -> tuple[str, bool]:
    """Return an artifact's digest, and whether the file on disk is equal to it."""
    summary = artifact.summary
    return summary.sha256, _has_summary(f"{dist}/{artifact.path}", summary)


def _has_summary(path: str, summary: Summary) -> bool:
    """Return whether a file has the bytes of `summary`, which need not be at hand."""
    # Not with `Path`, which is slow for thousands of files.
    try:
        status = os.lstat(path)
        if not stat.S_ISREG(status.st_mode) or status.st_size != summary.size:
            return False
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
            data = file.read()
        return hashlib.sha256(data).hexdigest() == summary.sha256
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def _existing(dist: Path, outputs: tuple[str, ...]) -> Iterator[PurePosixPath]:
    for output in outputs:
        if (dist / output).is_symlink():
            raise TriptychError(f"{dist / output} is a link: builds prune that folder")
        for folder, _, names in os.walk(dist / output):
            place = PurePosixPath(Path(folder).relative_to(dist).as_posix())
            for name in sorted(names):
                yield place / name


def _make_folders(dist: Path, artifacts: Iterable[Artifact]) -> None:
    for folder in sorted({artifact.path.parent for artifact in artifacts}):
        for part in (*reversed(folder.parents), folder):
            # A file or a link in the place of a folder is left from another build.
            path = dist / part
            if path != dist and (path.is_symlink() or path.is_file()):
                path.unlink()
        (dist / folder).mkdir(parents=True, exist_ok=True)


def _write(dist: Path, artifact: Artifact) -> PurePosixPath:
    path = dist / artifact.path
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    replace_file(path, artifact.data)
    return artifact.path


def _remove_empty_folders(dist: Path, outputs: tuple[str, ...]) -> None:
    for output in outputs:
        for folder, _, _ in os.walk(dist / output, topdown=False):
            with suppress(OSError):
                Path(folder).rmdir()


def _manifest(
    dist: Path,
    outputs: tuple[str, ...],
    digests: Mapping[str, str],
    about: Mapping[str, object],
) -> bytes:
    """Return the manifest; the files of other, finished outputs stay in its list."""
    files = dict(digests)
    with suppress(OSError, ValueError, AttributeError, TypeError):
        previous = json.loads((dist / MANIFEST).read_bytes())["files"]
        files |= {
            path: digest
            for path, digest in previous.items()
            if path.partition("/")[0] not in outputs and (dist / path).is_file()
        }
    content = {**about, "files": dict(sorted(files.items()))}
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()
