"""Other Markdowns, as the Markdown of a deck."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from triptych.dialect.headings import RESERVED
from triptych.dialect.html_policy import ELEMENTS
from triptych.imports.clozes import HIGHLIGHT
from triptych.imports.found import LeftOut
from triptych.imports.media import LinkedFiles
from triptych.imports.pieces import changed, lines

_EMBED = re.compile(r"!\[\[([^\]|#\n]+)(?:#[^\]|\n]*)?(?:\|[^\]\n]*)?\]\]")
_WIKI = re.compile(r"(?<!!)\[\[([^\]|\n]+)(?:\|([^\]\n]*))?\]\]")
_PICTURE = re.compile(
    r"!\[(?P<alt>(?:[^\[\]]|\[[^\[\]]*\])*)\]"
    r"\(\s*(?P<target><[^>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)"
    r"(?P<title>\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_LINK = re.compile(
    r"(?<![!\\])\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\](?:\([^()]*\))?)*)\]"
    r"\(\s*(?P<target><[^>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)"
    r"(?P<title>\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_IMG = re.compile(
    r"(<img\b[^>]*?\ssrc\s*=\s*)(\"[^\"]*\"|'[^']*')([^>]*>)", re.IGNORECASE
)
_REFERENCE = re.compile(r"(!?)\[([^\[\]\n]+)\](?:\[([^\[\]\n]*)\])?(?![(\[:])")
_DEFINITION = re.compile(
    r"^ {0,3}\[(?!\^)([^\]\n]+)\]:[ \t]*(\S+)(?:[ \t]+(?:\".*\"|'.*'))?[ \t]*$",
    re.MULTILINE,
)
_FOOTNOTE = re.compile(
    r"^\[\^([^\]\s]+)\]:.*(?:\n(?:[ \t]+\S.*|(?=\n[ \t]{2,}\S)))*", re.MULTILINE
)
_FOOTNOTE_SIGN = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_TAG = re.compile(r"(?<!\\)<(/?)([A-Za-z][^\s/<>]*)([^<>\n]*)>")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[^@\s]+@")
_RESERVED = re.compile(
    rf"^##[ \t]+({'|'.join(RESERVED)})[ \t]*#*[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_COMMENT_MARK = re.compile(r"%%.*?%%", re.DOTALL)
_CALLOUT = re.compile(
    r"^(?P<quote>[ \t]*>[ \t]*)\[!(?P<kind>[\w-]+)\][-+]?[ \t]*(?P<title>.*)$",
    re.MULTILINE,
)
_ALERTS = {
    **dict.fromkeys(("tip", "hint", "success", "check", "done", "example"), "TIP"),
    **dict.fromkeys(("important", "todo"), "IMPORTANT"),
    **dict.fromkeys(("warning", "attention", "bug", "failure"), "WARNING"),
    **dict.fromkeys(("caution", "danger", "error", "fail"), "CAUTION"),
}
"""The alert of GitHub that is nearest to a callout of Obsidian; else it is a note."""
_BLOCK_ID = re.compile(r"[ \t]\^[A-Za-z0-9-]+[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Context:
    """The file that a text stands in."""

    files: LinkedFiles
    folder: Path
    place: str
    left_out: list[LeftOut]
    definitions: Mapping[str, str] = field(default_factory=dict)
    """The addresses of `[label]: address` lines, by label."""
    footnotes: Mapping[str, str] = field(default_factory=dict)


def definitions(text: str) -> Mapping[str, str]:
    """Return the addresses that a file defines, by label."""
    prose = "".join(line for is_code, line in lines(text) if not is_code)
    return {m[1].casefold(): m[2] for m in _DEFINITION.finditer(prose)}


def footnotes(text: str) -> Mapping[str, str]:
    """Return the footnotes that a file defines, by label."""
    prose = "".join(line for is_code, line in lines(text) if not is_code)
    return {m[1]: m[0] for m in _FOOTNOTE.finditer(prose)}


def used_blocks(text: str, used_by: Iterable[str]) -> list[str]:
    """Return the definitions of addresses and footnotes that `used_by` refer to."""
    refers = "\n".join(used_by)
    labels = labels_in(refers)
    signs = set(_FOOTNOTE_SIGN.findall(refers))
    prose = "".join(line for is_code, line in lines(text) if not is_code)
    found = [m[0] for m in _DEFINITION.finditer(prose) if m[1].casefold() in labels]
    return found + [m[0] for m in _FOOTNOTE.finditer(prose) if m[1] in signs]


def labels_in(text: str) -> set[str]:
    """Return the labels of addresses that a text refers to."""
    return {(m[3] or m[2]).casefold() for m in _REFERENCE.finditer(text)}


def label_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines, from 1, that define an address, with its label."""
    for n, (is_code, line) in enumerate(lines(text), 1):
        found = None if is_code else _DEFINITION.match(line.rstrip("\n"))
        if found:
            yield n, found[1].casefold()


def line(text: str, context: Context) -> str:
    """Return a prompt or a summary as a line of a deck's Markdown."""
    return " ".join(_prose(text, context).split())


def blocks(text: str, context: Context) -> str:
    """Return an answer as the blocks of a deck's Markdown."""
    text = _prose(text, context)
    text = changed(text, lambda prose: _RESERVED.sub(r"**\1**", prose))
    return "\n".join(_with_footnotes(text, context)).strip("\n")


def _prose(text: str, context: Context) -> str:
    steps: tuple[Callable[[str], str], ...] = (
        lambda prose: _COMMENT_MARK.sub(lambda m: _comment(m, context), prose),
        lambda prose: _WIKI.sub(lambda m: _wiki(m, context), prose),
        lambda prose: _DEFINITION.sub(lambda m: _definition(m, context), prose),
        lambda prose: _REFERENCE.sub(lambda m: _reference(m, context), prose),
        lambda prose: _PICTURE.sub(lambda m: _picture(m, context), prose),
        lambda prose: _LINK.sub(lambda m: _link(m, context), prose),
        lambda prose: _IMG.sub(lambda m: _img(m, context), prose),
        # Last, since the other steps would look for a path in the deck.
        lambda prose: _EMBED.sub(lambda m: _embed(m, context), prose),
        lambda prose: HIGHLIGHT.sub(r"<mark>\1</mark>", prose),
        lambda prose: _TAG.sub(_literal, prose),
        lambda prose: _CALLOUT.sub(_alert, prose),
        lambda prose: _BLOCK_ID.sub("", prose),
    )

    def every(prose: str) -> str:
        for step in steps:
            prose = step(prose)
        return prose

    return changed(text, every)


def _embed(found: re.Match[str], context: Context) -> str:
    name = found[1].strip()
    path = context.files.named(name)
    if path is None:
        context.left_out.append(
            LeftOut("embedded notes", "only pictures can be embedded", context.place)
        )
        return name
    target = context.files.picture(path.as_posix(), path.parent)
    return f"![{path.stem}]({target})"


def _comment(found: re.Match[str], context: Context) -> str:
    """Return nothing for what Obsidian shows nobody."""
    bare = " ".join(found[0].strip("% \n").split())
    what = LeftOut("comments", "Obsidian shows them to nobody", context.place)
    context.left_out.extend([what] if bare else [])
    return ""


def _wiki(found: re.Match[str], context: Context) -> str:
    if found[2]:
        what = LeftOut("links to other notes", "their text stays", context.place)
        context.left_out.append(what)
    return found[2] or found[1].partition("#")[0] or found[1].lstrip("#^")


def _definition(found: re.Match[str], context: Context) -> str:
    """Return nothing for an address that stands where it is referred to."""
    return "" if found[1].casefold() in context.definitions else found[0]


def _reference(found: re.Match[str], context: Context) -> str:
    label = (found[3] or found[2]).casefold()
    target = context.definitions.get(label)
    return f"{found[1]}[{found[2]}]({target})" if target else found[0]


def _picture(found: re.Match[str], context: Context) -> str:
    target = found["target"].strip("<>")
    kept = context.files.picture(target, context.folder)
    if kept:
        return f"![{found['alt']}]({kept}{found['title'] or ''})"
    if "://" in target:
        what = LeftOut("pictures on the web", "they become links", context.place)
        context.left_out.append(what)
        return f"[{found['alt'] or target}]({target})"
    context.left_out.append(
        LeftOut("pictures", "their files are not there, or no pictures", context.place)
    )
    return found["alt"] or f"`{target}`"


def _img(found: re.Match[str], context: Context) -> str:
    target = found[2].strip("\"'")
    kept = context.files.picture(target, context.folder)
    if kept:
        return f'{found[1]}"{kept}"{found[3]}'
    alt = re.search(r"\balt\s*=\s*[\"']([^\"']*)[\"']", found[0])
    name = alt[1] if alt and alt[1] else target
    if "://" in target:
        what = LeftOut("pictures on the web", "they become links", context.place)
        context.left_out.append(what)
        return f"[{name}]({target})"
    context.left_out.append(
        LeftOut("pictures", "their files are not there, or no pictures", context.place)
    )
    return f"`{name}`"


def _link(found: re.Match[str], context: Context) -> str:
    text, target = found["text"], found["target"].strip("<>")
    text = _PICTURE.sub(lambda picture: _picture(picture, context), text)
    if "://" in target or target.startswith("mailto:"):
        return f"[{text}]({found['target']}{found['title'] or ''})"
    address = context.files.web_address(target, context.folder)
    if address:
        return f"[{text}]({address})"
    if target and not target.startswith("#"):
        context.left_out.append(
            LeftOut("links to other files", "their text stays", context.place)
        )
    return text


def _alert(found: re.Match[str]) -> str:
    kind = _ALERTS.get(found["kind"].lower(), "NOTE")
    title = f"\n{found['quote']}**{found['title']}**" if found["title"] else ""
    if title:
        title += f"\n{found['quote'].rstrip()}"
    return f"{found['quote']}[!{kind}]{title}"


def _literal(found: re.Match[str]) -> str:
    """Return what looks like a tag as text, unless HTML has an element of its name."""
    name = found[2].lower()
    if name in ELEMENTS or _ADDRESS.match(found[2]):
        return found[0]
    return f"\\{found[0]}"


def _with_footnotes(text: str, context: Context) -> Iterator[str]:
    yield text
    wanted = dict.fromkeys(_FOOTNOTE_SIGN.findall(text))
    for name in wanted:
        known = context.footnotes.get(name)
        if known and f"[^{name}]:" not in text:
            yield f"\n{known}"
