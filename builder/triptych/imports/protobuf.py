"""The few fields that packages of Anki store as protocol buffers.

The encoding is described at https://protobuf.dev/programming-guides/encoding/.
"""

_VARINT, _FIXED_64, _BYTES, _FIXED_32 = 0, 1, 2, 5

Message = dict[int, list[int | bytes]]
"""The values of each field, by its number."""


def message(data: bytes) -> Message:
    """Return the fields of a message.

    Raises:
        ValueError: It is damaged.

    """
    found: Message = {}
    place = 0
    while place < len(data):
        tag, place = _varint(data, place)
        kind = tag & 7
        value: int | bytes
        if kind == _VARINT:
            value, place = _varint(data, place)
        else:
            length = {_FIXED_64: 8, _FIXED_32: 4}.get(kind, 0)
            if kind == _BYTES:
                length, place = _varint(data, place)
            elif not length:
                raise ValueError(f"a field of the unknown kind {kind}")
            value = data[place : place + length]
            place += length
            if place > len(data):
                raise ValueError("a field that ends after the message")
        found.setdefault(tag >> 3, []).append(value)
    return found


def number(found: Message, field: int) -> int:
    """Return the last number of a field, which is signed; 0 if it has none."""
    value = found.get(field, [0])[-1]
    if not isinstance(value, int):
        return 0
    return value - (1 << 64) if value >= 1 << 63 else value


def text(found: Message, field: int) -> str:
    """Return the last text of a field; empty if it has none."""
    value = found.get(field, [b""])[-1]
    return value.decode("utf-8") if isinstance(value, bytes) else ""


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if place >= len(data) or shift > 63:  # noqa: PLR2004 - of 64 bits
            raise ValueError("a number without an end")
        byte = data[place]
        value |= (byte & 0x7F) << shift
        place += 1
        if byte < 0x80:  # noqa: PLR2004 - the bit that says that more follows
            return value, place
        shift += 7
