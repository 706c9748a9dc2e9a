"""The size limits of files that are parsed."""

from triptych.dialect.sizes import MAX_FILE_BYTES, MAX_FILE_LINES
from triptych.values.source import Source


def size_excess(source: Source) -> str:
    """Return which limit `source` exceeds, such as "more than 2 MB"; else nothing."""
    if source.is_cut or len(source.text.encode()) > MAX_FILE_BYTES:
        return f"more than {MAX_FILE_BYTES // 1_000_000} MB"
    if source.text.count("\n") > MAX_FILE_LINES:
        return f"more than {MAX_FILE_LINES:,} lines"
    return ""
