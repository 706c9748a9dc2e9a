"""The fonts, pictures and sounds that only templates and CSS of note types name."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote

from triptych.deck.pictures import template_file
from triptych.imports.card_templates import named_files
from triptych.imports.found import LeftOut
from triptych.imports.media import SAFE_NAME
from triptych.notes.kept import KeptType
from triptych.values.source import Media


def with_files(
    kept: KeptType,
    files: Mapping[str, Callable[[], bytes]],
    left_out: list[LeftOut],
) -> KeptType:
    """Return `kept` with those of `files` that its templates and CSS name."""
    found: list[Media] = []
    for name in dict.fromkeys(_names(kept, files)):
        if not SAFE_NAME.fullmatch(name):
            why = "their names cannot be those of files"
            left_out.append(LeftOut("files of templates", why, name))
            continue
        media = template_file(PurePosixPath(name), files[name]())
        if media.problem:
            why = f"newcomers do without: each {media.problem}"
            left_out.append(LeftOut("files of templates", why, name))
        else:
            found.append(media)
    return replace(kept, files=tuple(found))


def _names(kept: KeptType, files: Mapping[str, Callable[[], bytes]]) -> Iterator[str]:
    for written in named_files(kept.type):
        # CSS may add what old browsers need to the name: `_a.woff?#iefix`.
        bare = written.partition("?")[0].partition("#")[0]
        names = (written, unquote(written), unquote(bare))
        yield from (name for name in names if name in files)
