r"""Sanitize SVG: write it again with only the allowed elements and attributes.

Two libraries were tried. `svg-hush` keeps `image-set("https://…")` in a style, and
reads `\75rl(` for a new attribute value; `svg-sanitize` drops titles and roles, which
are needed for accessibility. Both change every byte of a valid file.
"""

import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from triptych.deck.svg_style import Style, declarations, reaches_outside, sheet
from triptych.dialect.characters import BYTE_ORDER_MARK
from triptych.dialect.pictures import SIGNATURES
from triptych.dialect.svg_policy import (
    ACTIVE,
    ELEMENTS,
    EMBEDDED,
    IGNORED_ATTRIBUTES,
    IGNORED_ELEMENTS,
    LOCAL,
    MAX_BYTES,
    MAX_COPIES,
    MAX_DEPTH,
    MAX_EMBEDDED_BYTES,
    PROPERTIES,
    SVG,
    TEXTS,
    TRANSPARENT,
    VALUE,
    VALUES,
    XLINK,
    XML,
)
from triptych.values.xhtml import XHTML_NAMESPACE

_OUTSIDE = "refers to something outside itself"
_SPACES = {("space", "preserve"), ("space", "default")}
_IN_TEXT = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
_IN_ATTRIBUTE = _IN_TEXT | {ord(c): f"&#{ord(c)};" for c in '"\t\n'}


class Unsafe(Exception):  # noqa: N818 - the message describes the picture
    """Why a picture cannot be used; the message follows its name in a sentence."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A sanitized SVG."""

    data: bytes
    removed: tuple[str, ...] = ()
    """The visible parts that were removed."""


def drawing(data: bytes) -> Drawing:
    """Return the SVG `data`, unchanged if everything in it is allowed.

    Raises:
        Unsafe: It has scripts or refers to other files, or is not an SVG.

    """
    if len(data) > MAX_BYTES:
        raise Unsafe(f"is larger than {MAX_BYTES // 1_000_000} MB")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unsafe("is not UTF-8") from error
    writer = _Writer()
    try:
        writer.parser.Parse(text.removeprefix(BYTE_ORDER_MARK).encode(), True)
    except expat.ExpatError as error:
        raise Unsafe("is not well-formed") from error
    writer.copies.refuse_too_many()
    # Comments and declarations are removed, since programs interpret them differently.
    plain = (
        "<!" not in text and "<?" not in text and not text.startswith(BYTE_ORDER_MARK)
    )
    if plain and not writer.changed:
        return Drawing(data)
    return Drawing(writer.written().encode(), tuple(dict.fromkeys(writer.removed)))


class _Copies:
    """Counts the elements that `use` copies, which may contain `use` in turn."""

    def __init__(self) -> None:
        self._sizes: dict[str, int] = {}
        """The number of elements within each element with an id."""
        self._inside: dict[str, list[str]] = {}
        """The ids that are used within each element with an id."""
        self._used: list[str] = []
        self._ids: list[str] = []

    def open(self, id_: str, target: str) -> None:
        """Enter an element; `target` is the id that it uses."""
        self._ids.append(id_)
        for outer in filter(None, self._ids):
            self._sizes[outer] = self._sizes.get(outer, 0) + 1
        if target:
            self._used.append(target)
            for outer in filter(None, self._ids):
                self._inside.setdefault(outer, []).append(target)

    def close(self) -> None:
        """Leave the element opened last."""
        self._ids.pop()

    def refuse_too_many(self) -> None:
        """Raise if drawing the picture would take too long or not end."""
        total, queue = 0, list(self._used)
        while queue:
            if total + len(queue) > MAX_COPIES:
                raise Unsafe("copies its parts too often with `<use>`")
            target = queue.pop()
            total += self._sizes.get(target, 0)
            queue += self._inside.get(target, ())


class _Writer:
    """Writes the allowed parts of what the parser reads."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.ordered_attributes = True
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartNamespaceDeclHandler = self._namespace
        self.parser.StartDoctypeDeclHandler = _refuse_declarations
        self.parser.SkippedEntityHandler = _refuse_entity
        self.parser.ProcessingInstructionHandler = _refuse_style_sheet
        self.changed = False
        self.removed: list[str] = []
        self.copies = _Copies()
        self._parts: list[str] = []
        self._open: list[str] = []
        """The names of the open elements; empty if only the content is kept."""
        self._hidden = 0
        """The number of open elements, counted from the outermost removed one."""
        self._style: list[str] | None = None
        self._has_xlink = False

    def written(self) -> str:
        """Return the complete SVG."""
        xlink = f' xmlns:xlink="{XLINK}"' if self._has_xlink else ""
        return f'<svg xmlns="{SVG}"{xlink}{"".join(self._parts)}\n'

    def _start(self, qualified: str, listed: list[str]) -> None:
        uri, _, name = qualified.rpartition(" ")
        pairs = list(zip(listed[::2], listed[1::2], strict=True))
        _refuse_dangerous(uri, name, pairs)
        if not self._open and (name, uri) not in {("svg", ""), ("svg", SVG)}:
            raise Unsafe("is no SVG: its outermost element is another")
        if len(self._open) + self._hidden >= MAX_DEPTH:
            raise Unsafe(f"nests more than {MAX_DEPTH} elements")
        self.changed |= uri != SVG
        if self._hidden or self._style is not None or not _is_drawn(uri, name):
            self._hidden += 1
            self.changed = True
            if self._hidden == 1 and uri in {"", SVG} and name not in IGNORED_ELEMENTS:
                self.removed.append(f"<{name}>")
        elif name in TRANSPARENT:
            self._open.append("")
            self.changed = True
        else:
            self._write_start(name, dict(self._attributes(pairs)))

    def _write_start(self, name: str, attributes: dict[str, str]) -> None:
        target = attributes.get("href", attributes.get("xlink:href", ""))
        used = target.strip().removeprefix("#") if name == "use" else ""
        self.copies.open(attributes.get("id", ""), used)
        written = "".join(
            f' {key}="{value.translate(_IN_ATTRIBUTE)}"'
            for key, value in attributes.items()
        )
        # The namespaces of the outermost element are known at the end.
        self._parts.append(f"<{name}{written}>" if self._open else f"{written}>")
        self._open.append(name)
        if name == "style":
            self._style = []

    def _end(self, _name: str) -> None:
        if self._hidden:
            self._hidden -= 1
            return
        name = self._open.pop()
        if not name:
            return
        self.copies.close()
        if self._style is not None:
            written = "".join(self._style)
            if reaches_outside(written):
                raise Unsafe(_OUTSIDE)
            style = sheet(written)
            self._style = None
            self._note(style)
            self._parts.append(style.text.translate(_IN_TEXT))
        self._parts.append(f"</{name}>")

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)
        elif not self._hidden:
            self._parts.append(text.translate(_IN_TEXT))

    def _attributes(self, pairs: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        for qualified, value in pairs:
            uri, _, name = qualified.rpartition(" ")
            if name == "href" and uri in {"", XLINK}:
                self._has_xlink |= uri == XLINK
                yield ("xlink:href" if uri else name), value
            elif uri == XML and (name, value) in _SPACES:
                yield f"xml:{name}", value
            elif uri or IGNORED_ATTRIBUTES.fullmatch(name):
                self.changed = True
            elif name == "style":
                style = declarations(value)
                self._note(style)
                yield name, style.text
            elif _is_allowed(name, value):
                yield name, value
            else:
                self.changed = True
                self.removed.append(name)

    def _note(self, style: Style) -> None:
        self.changed |= style.changed
        self.removed += style.removed

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        self.changed |= (prefix, uri) not in {(None, SVG), ("xlink", XLINK)}


def _is_drawn(uri: str, name: str) -> bool:
    return uri in {"", SVG} and (name in ELEMENTS or name in TRANSPARENT)


def _is_allowed(name: str, value: str) -> bool:
    if name in TEXTS:
        return TEXTS[name].fullmatch(value) is not None
    known = name in PROPERTIES or name in VALUES
    return known and VALUE.fullmatch(value) is not None


def _refuse_dangerous(uri: str, name: str, pairs: list[tuple[str, str]]) -> None:
    if name.lower() in ACTIVE or uri == XHTML_NAMESPACE:
        raise Unsafe(f"holds the element `<{name}>`")
    for qualified, value in pairs:
        space, _, local = qualified.rpartition(" ")
        if local.lower().startswith("on"):
            raise Unsafe(f"holds the handler `{local.lower()}`")
        if uri not in {"", SVG} or space not in {"", XLINK}:
            continue
        if local in {"src", "srcset"} or (
            local == "href" and not (LOCAL.fullmatch(value) or _is_embedded(value))
        ):
            raise Unsafe(_OUTSIDE)
        if local not in TEXTS and reaches_outside(value):
            raise Unsafe(_OUTSIDE)


def _is_embedded(value: str) -> bool:
    """Return whether `value` is a data URL with a small PNG or JPEG."""
    found = EMBEDDED.fullmatch(value)
    try:
        data = binascii.a2b_base64(found[2], strict_mode=False) if found else b""
    except binascii.Error:
        return False
    kind = SIGNATURES[f".{found[1].lower()}"] if found else None
    return bool(kind and kind.match(data)) and len(data) <= MAX_EMBEDDED_BYTES


def _refuse_declarations(
    _name: str, _system: str | None, _public: str | None, internal: int
) -> None:
    if internal:
        raise Unsafe("holds an entity or a stylesheet of its own")


def _refuse_entity(name: str, _is_parameter: object) -> None:
    raise Unsafe(f"holds the entity `&{name};`, which nothing defines")


def _refuse_style_sheet(target: str, _data: str) -> None:
    if target == "xml-stylesheet":
        raise Unsafe("holds an entity or a stylesheet of its own")
