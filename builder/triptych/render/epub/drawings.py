"""SVG pictures with ids that XML allows: browsers take any, the schema of books not."""

import re
from hashlib import sha256

_TAG = re.compile(rb"<[a-zA-Z][^<>]*>")
_ID = re.compile(rb"""\sid\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_NAME = re.compile(rb"[A-Za-z_\x80-\xff][\w.\x80-\xff-]*")
_REFERENCE = re.compile(rb"""(["'(]\s*#)([^"')]*)""")


def with_valid_ids(svg: bytes) -> bytes:
    """Return the SVG with ids that are names and unique; references follow."""
    ids = [_id(found) for tag in _TAG.findall(svg) for found in _ID.finditer(tag)]
    if len(set(ids)) == len(ids) and all(map(_NAME.fullmatch, ids)):
        return svg
    seen: set[bytes] = set()

    def first(found: re.Match[bytes]) -> bytes:
        id_ = _id(found)
        if id_ in seen:
            return b""
        seen.add(id_)
        return b' id="' + _valid(id_) + b'"'

    def reference(found: re.Match[bytes]) -> bytes:
        return found[1] + (_valid(found[2]) if found[2] in ids else found[2])

    unique = _TAG.sub(lambda tag: _ID.sub(first, tag[0]), svg)
    return _TAG.sub(lambda tag: _REFERENCE.sub(reference, tag[0]), unique)


def _id(found: re.Match[bytes]) -> bytes:
    return found[1] if found[1] is not None else found[2]


def _valid(id_: bytes) -> bytes:
    if _NAME.fullmatch(id_):
        return id_
    return b"id-" + sha256(id_).hexdigest()[:16].encode()
