"""Sounds made of nothing: short, silent, and whole enough for Anki and a browser."""

import struct


def wave(seconds: float = 0.05, rate: int = 8000) -> bytes:
    """Return a silent WAV file."""
    data = bytes(int(seconds * rate))
    header = struct.pack("<4sI4s", b"RIFF", 36 + len(data), b"WAVE")
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate, rate, 1, 8)
    return header + form + struct.pack("<4sI", b"data", len(data)) + data


SOUNDS = {
    "a.mp3": b"ID3\x04\x00\x00\x00\x00\x00\x00",
    "b.mp3": b"\xff\xfb\x90\x00" + bytes(413),
    "c.ogg": b"OggS\x00\x02" + bytes(20),
    "d.opus": b"OggS\x00\x02" + bytes(21),
    "e.wav": wave(),
    "f.m4a": b"\x00\x00\x00\x18ftypM4A " + bytes(12),
}
"""One of each format, by name."""
