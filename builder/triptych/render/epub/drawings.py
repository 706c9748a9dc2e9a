"""SVG pictures with ids that XML allows: browsers take any, the schema of books not."""

import re
from collections import Counter
from collections.abc import Container, Iterator
from hashlib import sha256
from html import escape
from xml.parsers import expat

_NAME = re.compile(r"[A-Za-z_\x80-\U0010ffff][\w.\x80-\U0010ffff-]*")
_REFERENCE = re.compile(r"""(url\(\s*["']?#)([^"')]*)""")
"""A reference in a value of CSS, which an author wrote."""
_LINKS = frozenset({"href", "xlink:href"})
_LISTS = frozenset({"aria-describedby", "aria-labelledby"})
"""The attributes that name ids, with spaces between them."""


def with_valid_ids(svg: bytes) -> bytes:
    """Return the SVG with ids that are names and unique; references follow."""
    ids = _ids(svg)
    if all(_NAME.fullmatch(id_) and count == 1 for id_, count in ids.items()):
        return svg
    return _Writer(ids).written(svg).encode()


def _ids(svg: bytes) -> Counter[str]:
    found: Counter[str] = Counter()

    def start(_name: str, attributes: dict[str, str]) -> None:
        if "id" in attributes:
            found[attributes["id"]] += 1

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(svg, True)
    return found


class _Writer:
    """Writes what the parser reads, with other ids."""

    def __init__(self, ids: Container[str]) -> None:
        self._ids = ids
        self._seen: set[str] = set()
        self._parts: list[str] = []

    def written(self, svg: bytes) -> str:
        """Return all of `svg`, which has neither comments nor declarations."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(svg, True)
        return "".join(self._parts)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        written = "".join(
            f' {key}="{escape(value)}"' for key, value in self._renamed(attributes)
        )
        self._parts.append(f"<{name}{written}>")

    def _end(self, name: str) -> None:
        self._parts.append(f"</{name}>")

    def _text(self, text: str) -> None:
        self._parts.append(escape(self._with_references(text), quote=False))

    def _renamed(self, attributes: dict[str, str]) -> Iterator[tuple[str, str]]:
        for key, value in attributes.items():
            if key == "id":
                if value not in self._seen:
                    self._seen.add(value)
                    yield key, _valid(value)
            elif key in _LINKS and value.startswith("#"):
                yield key, f"#{self._new(value[1:])}"
            elif key in _LISTS:
                yield key, " ".join(map(self._new, value.split()))
            else:
                yield key, self._with_references(value)

    def _with_references(self, value: str) -> str:
        return _REFERENCE.sub(lambda found: found[1] + self._new(found[2]), value)

    def _new(self, id_: str) -> str:
        return _valid(id_) if id_ in self._ids else id_


def _valid(id_: str) -> str:
    if _NAME.fullmatch(id_):
        return id_
    return f"id-{sha256(id_.encode()).hexdigest()[:16]}"
