"""Style sheets that the CSS of a note type imports from the media of its package."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import unquote

from triptych.imports.found import LeftOut
from triptych.notes.types import NoteType

_IMPORT = re.compile(
    r"@import\s*(?:url\(\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>[^)\"']*?))\s*\)"
    r"|\"(?P<d>[^\"]*)\"|'(?P<e>[^']*)')(?P<when>[^;{}]*)(?:;|\Z)",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STYLE = re.compile(
    r"(?P<start><style\b[^>]*>)(?P<css>.*?)(?P<end></style\s*>)",
    re.IGNORECASE | re.DOTALL,
)
_REMOTE = "nothing in a deck may fetch something"
Files = Mapping[str, Callable[[], bytes]]


def with_style_sheets(
    type_: NoteType, files: Files, left_out: list[LeftOut]
) -> NoteType:
    """Return a note type that has the style sheets of `files` where it imports them.

    Those on the web and those that are not there are left out, and listed.
    """
    place, seen = f"the note type {type_.name}", set[str]()

    def in_place(css: str) -> str:
        def sheet(found: re.Match[str]) -> str:
            written = next((found[n] for n in "abcde" if found[n]), "").strip()
            if written in seen:
                return ""  # it may import itself
            text = _text(written, files)
            if text is None:
                is_remote = "//" in written or ":" in written
                why = _REMOTE if is_remote else "the source does not have them"
                left_out.append(LeftOut("imported style sheets", why, place))
                return ""
            seen.add(written)
            inside, when = in_place(text), found["when"].strip()
            return f"@media {when} {{\n{inside}\n}}\n" if when else f"{inside}\n"

        if "@import" not in css.lower():
            return css
        return _IMPORT.sub(sheet, _COMMENT.sub("", css))

    def in_html(html: str) -> str:
        return _STYLE.sub(
            lambda found: f"{found['start']}{in_place(found['css'])}{found['end']}",
            html,
        )

    return replace(
        type_,
        css=in_place(type_.css),
        templates=tuple(
            replace(item, front=in_html(item.front), back=in_html(item.back))
            for item in type_.templates
        ),
    )


def _text(written: str, files: Files) -> str | None:
    """Return the text of the style sheet of this name; None if there is none."""
    bare = written.partition("?")[0].partition("#")[0]
    name = next((name for name in (written, unquote(bare)) if name in files), None)
    if name is None:
        return None
    try:
        return files[name]().decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
