"""The stamp of a finished build: if nothing changed since, there is nothing to do.

It has a digest of all that the build depended on (the deck folder, the options, this
program) and one of what it made (`dist/`). It is checked before the compiler is even
imported, so this module imports nothing of it.

The deck folder is looked at before the build reads it, so that a file which is saved
meanwhile differs from its state in the stamp.
"""

import functools
import json
import os
import sys
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from triptych import clock
from triptych.build.cache_folder import cache_file
from triptych.build.file_states import (
    RECENT_NS,
    Content,
    FileState,
    content_digest,
    digest_of,
    file_states,
)
from triptych.build.program import program_states
from triptych.deck.write import make_folder, replace_file
from triptych.dialect.files import MANIFEST_FILE
from triptych.dialect.folders import TEMPLATES_FOLDER
from triptych.render.names import OUTPUT_NAMES

_NO_INPUTS = frozenset({".git"})
"""A folder that changes with every commit and has nothing of the deck."""


@dataclass(frozen=True, slots=True)
class BuildMessages:
    """What a build says, which is said again when there is nothing to do."""

    diagnostics: str
    coloured_diagnostics: str
    drafts: int
    """How many files were left out because they are drafts."""
    counts: str
    """The numbers of questions and of problems."""
    remarks: str
    """Lines that come last."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A stamp, as it is stored."""

    inputs: str
    outputs: str
    since: int
    """The digests are also of the contents of files that changed since then."""
    messages: BuildMessages


class Stamp:
    """The stamp of the build of one deck into one folder, with certain options."""

    def __init__(self, content: Path, dist: Path, options: object) -> None:
        """Look at the deck folder `content`; `options` is all else that matters."""
        self._file = cache_file(content, dist, suffix=".stamp")
        self._dist = dist.resolve()
        self._since = clock.now_ns() - RECENT_NS
        self._inputs = [
            FileState(f"{options!r} {sys.version} {clock.source_date_epoch()}"),
            *program_states(),
            *file_states(content.resolve(), skip=_NO_INPUTS),
            # Only templates are also read in folders behind links.
            *file_states(content.resolve() / TEMPLATES_FOLDER, follows_links=True),
        ]
        self._inputs_digest = digest_of(self._inputs, self._since)

    def unchanged(self) -> BuildMessages | None:
        """Return what the last build said, if another one would change nothing."""
        kept = self._load()
        if kept is None or digest_of(self._inputs, kept.since) != kept.inputs:
            return None
        outputs = file_states(self._dist)
        if digest_of(outputs, kept.since) != kept.outputs:
            return None
        if any(s.may_change_unseen(kept.since) for s in (*self._inputs, *outputs)):
            # Those files are old by now, and need not be read the next time.
            self._save(outputs, kept.messages)
        return kept.messages

    def save(self, manifest: bytes, messages: BuildMessages) -> None:
        """Store that the build which started after this was made wrote `manifest`.

        Nothing is stored if `dist/` is not what the build has left there.

        Raises:
            TriptychError: The file cannot be written.

        """
        outputs = file_states(self._dist)
        # A first build has thousands of new files.
        content = functools.cache(content_digest)
        if self._is_as_built(outputs, manifest, content):
            self._save(outputs, messages, content)

    def _is_as_built(
        self, outputs: list[FileState], manifest: bytes, content: Content
    ) -> bool:
        """Return whether `dist/` has the files of `manifest`, and no others.

        The build compared all files that had not changed since it started.
        """
        built = {self._path(MANIFEST_FILE): sha256(manifest).hexdigest()}
        for name, digest in json.loads(manifest)["files"].items():
            built[self._path(name)] = digest
        found = {state.path: state for state in outputs if state.status}
        pruned = tuple(self._path(f"{name}/") for name in OUTPUT_NAMES)
        return (
            built.keys() <= found.keys()
            and not any(p.startswith(pruned) for p in found.keys() - built.keys())
            and all(
                content(found[path]) == digest
                for path, digest in built.items()
                if found[path].may_change_unseen(self._since)
            )
        )

    def _path(self, name: str) -> str:
        return f"{self._dist}{os.sep}{name.replace('/', os.sep)}"

    def _save(
        self,
        outputs: list[FileState],
        messages: BuildMessages,
        content: Content | None = None,
    ) -> None:
        outputs_digest = digest_of(outputs, self._since, content)
        kept = _Kept(self._inputs_digest, outputs_digest, self._since, messages)
        make_folder(self._file.parent)
        replace_file(self._file, json.dumps(asdict(kept)).encode())

    def _load(self) -> _Kept | None:
        try:
            data = json.loads(self._file.read_bytes())
            return _Kept(**data | {"messages": BuildMessages(**data["messages"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None  # Without a readable stamp, the deck is built, which makes one.
