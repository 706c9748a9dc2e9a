"""Write the artifacts to ``dist/`` and delete all other files of the same outputs.

``manifest.json`` is deleted before the first change and written last: a ``dist/``
without it is incomplete. Files that are equal to their artifact are not touched,
changed files are replaced atomically, and files of no artifact are deleted last.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from triptych.deck.locks import folder_lock
from triptych.deck.write import replace_file
from triptych.dialect.files import MANIFEST_FILE
from triptych.emit.known import Known, State, state_of
from triptych.errors import TriptychError, file_error
from triptych.values.artifact import Artifact, Summary

_IGNORE = "*\n!.gitignore\n"
"""Keeps outputs out of version control, and marks the folder as made by triptych."""


@dataclass(frozen=True, slots=True)
class EmittedFiles:
    """The files that a build changed on disk."""

    written: tuple[PurePosixPath, ...]
    removed: tuple[PurePosixPath, ...]
    manifest: bytes = b""
    """The manifest, also if it was not changed."""
    known: Known = field(default_factory=dict)
    """What the files hold that the build made, or left as they were."""


def emit(  # noqa: PLR0913 - what a build hands over
    artifacts: Sequence[Artifact],
    dist: Path,
    *,
    outputs: Iterable[str],
    about: Mapping[str, object],
    incomplete: Iterable[str] = (),
    known: Known | None = None,
) -> EmittedFiles:
    """Write `artifacts` to the folders of `outputs` in `dist`, and the manifest.

    `about` holds the manifest's entries besides the list of files. Of the outputs
    `incomplete` only some files were made: the others stay if the manifest says that
    they were made of the same. Files are not read if it is `known` what they hold.

    Raises:
        TriptychError: Another build is writing there, a file cannot be written, or a
            folder has files that triptych did not make.

    """
    try:
        outputs = tuple(outputs)
        dist.mkdir(parents=True, exist_ok=True)
        with folder_lock(dist, f"another build is writing to {dist}"):
            _prepare(dist, outputs)
            kept = _kept(dist, tuple(incomplete), about)
            return _emit(artifacts, dist, outputs, about, kept, known=known or {})
    except OSError as error:
        raise file_error(error) from error


def _kept(
    dist: Path, incomplete: tuple[str, ...], about: Mapping[str, object]
) -> dict[str, str]:
    """Return the digests of the files of `incomplete` that were made of the same."""
    if not incomplete:
        return {}
    was_about, files = _read_manifest(dist)
    if was_about != json.loads(json.dumps(about)):
        return {}
    return {
        path: digest
        for path, digest in files.items()
        if path.partition("/")[0] in incomplete and (dist / path).is_file()
    }


def _read_manifest(dist: Path) -> tuple[dict[str, object], dict[str, str]]:
    """Return what the manifest in `dist` is about, and its digests of files by path.

    Both are empty if there is none, as in a `dist` that is incomplete. A damaged one
    counts as none, too: the next one lists what this build makes.
    """
    try:
        about = json.loads((dist / MANIFEST_FILE).read_bytes())
        files = about.pop("files")
        return about, {str(path): str(digest) for path, digest in files.items()}
    except (OSError, ValueError, AttributeError, TypeError, KeyError):
        return {}, {}


def _emit(  # noqa: PLR0913 - all of `emit`
    artifacts: Sequence[Artifact],
    dist: Path,
    outputs: tuple[str, ...],
    about: Mapping[str, object],
    kept: Mapping[str, str],
    *,
    known: Known,
) -> EmittedFiles:
    summaries = {str(artifact.path): artifact.summary for artifact in artifacts}
    digests = {path: summary.sha256 for path, summary in summaries.items()}
    states = _unchanged(dist, summaries, known)
    changed = [artifact for artifact in artifacts if str(artifact.path) not in states]
    current = {*digests, *kept}
    stale = [path for path in _existing(dist, outputs) if path not in current]
    manifest = _manifest(dist, outputs, {**kept, **digests}, about)
    manifest_file = dist / MANIFEST_FILE
    if changed or stale or not _has_bytes(dist, MANIFEST_FILE, manifest):
        manifest_file.unlink(missing_ok=True)
        _make_folders(dist, changed)
        for artifact in changed:
            state = _write(dist, artifact)
            if state:
                states[str(artifact.path)] = state
        _remove(dist, stale)
        _remove_empty_folders(dist, outputs)
        replace_file(manifest_file, manifest)
    return EmittedFiles(
        tuple(artifact.path for artifact in changed),
        tuple(map(PurePosixPath, stale)),
        manifest,
        {path: (state, digests[path]) for path, state in states.items()},
    )


def _unchanged(
    dist: Path, summaries: Mapping[str, Summary], known: Known
) -> dict[str, State]:
    """Return the states of the files that have the bytes of these summaries already."""
    states: dict[str, State] = {}
    for path, summary in summaries.items():
        state = state_of(f"{dist}/{path}")
        if state and state.size == summary.size:
            is_known = known.get(path) == (state, summary.sha256)
            if is_known or _digest(dist, path) == summary.sha256:
                states[path] = state
    return states


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


def _digest(dist: Path, path: str) -> str:
    """Return the digest of the bytes of the file `path`; empty if it is gone."""
    # Not with `Path`, which is slow for thousands of files.
    try:
        with open(f"{dist}/{path}", "rb", buffering=0) as file:  # noqa: PTH123 - as above
            return hashlib.sha256(file.read()).hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return ""


def _has_bytes(dist: Path, path: str, data: bytes) -> bool:
    state = state_of(f"{dist}/{path}")
    return state is not None and _digest(dist, path) == hashlib.sha256(data).hexdigest()


def _existing(dist: Path, outputs: tuple[str, ...]) -> Iterator[str]:
    for output in outputs:
        if (dist / output).is_symlink():
            raise TriptychError(f"{dist / output} is a link: builds prune that folder")
        for folder, _, names in os.walk(dist / output):
            place = Path(folder).relative_to(dist).as_posix()
            for name in sorted(names):
                yield f"{place}/{name}"


def _make_folders(dist: Path, artifacts: Iterable[Artifact]) -> None:
    for folder in sorted({artifact.path.parent for artifact in artifacts}):
        for part in (*reversed(folder.parents), folder):
            # A file or a link in the place of a folder is left from another build.
            path = dist / part
            if path != dist and (path.is_symlink() or path.is_file()):
                path.unlink()
        (dist / folder).mkdir(parents=True, exist_ok=True)


def _write(dist: Path, artifact: Artifact) -> State | None:
    """Write a file; return its state."""
    path = dist / artifact.path
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    replace_file(path, artifact.data)
    return state_of(str(path))


def _remove(dist: Path, paths: Iterable[str]) -> None:
    for path in paths:
        # Writing may have removed it already, for instance in favour of a folder.
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            (dist / path).unlink()


def _remove_empty_folders(dist: Path, outputs: tuple[str, ...]) -> None:
    for output in outputs:
        for folder, _, _ in os.walk(dist / output, topdown=False):
            with suppress(OSError):  # as it is where a folder has files
                Path(folder).rmdir()


def _manifest(
    dist: Path,
    outputs: tuple[str, ...],
    digests: Mapping[str, str],
    about: Mapping[str, object],
) -> bytes:
    """Return the manifest; the files of other, finished outputs stay in its list."""
    files = dict(digests)
    _, previous = _read_manifest(dist)
    files |= {
        path: digest
        for path, digest in previous.items()
        if path.partition("/")[0] not in outputs and (dist / path).is_file()
    }
    # With `indent`, Python writes the whole in its own code: too slow for thousands.
    head = json.dumps({**about, "files": {}}, indent=1, ensure_ascii=False)
    separators = (",\n  ", ": ")
    lines = json.dumps(
        dict(sorted(files.items())), ensure_ascii=False, separators=separators
    )
    listed = f"{{\n  {lines[1:-1]}\n }}" if files else "{}"
    start = head.removesuffix("{}\n}")
    return f"{start}{listed}\n}}\n".encode()
