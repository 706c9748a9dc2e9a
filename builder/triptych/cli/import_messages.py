"""What ``triptych import`` prints about the parts of a source that it leaves out."""

from collections.abc import Iterable, Iterator, Sequence

from triptych.imports.found import LeftOut, Passage

MAX_PLACES = 3
"""Of what is left out for the same reason, no more places are listed."""
_EXAMPLE_CHARS = 160
_PASSAGE_CHARS = 60


def left_out_lines(
    left_out: Iterable[LeftOut], passages: Sequence[Passage], *, is_full: bool
) -> Iterator[str]:
    """Yield what is left out and why, and what text no note has.

    Unless `is_full`, only the first places are named.
    """
    most = None if is_full else MAX_PLACES
    for what, why, places in _grouped(left_out):
        shown = ", ".join(places[:most])
        more = ", …" if len(places) > len(places[:most]) else ""
        yield f"  {len(places)} {what}: {why} ({shown}{more})"
    if passages:
        count = f"{len(passages)} passage{'' if len(passages) == 1 else 's'} of text"
        more = "; --full lists all" if len(passages) > len(passages[:most]) else ""
        yield f"  not imported: {count}{more}"
    for passage in passages[:most]:
        yield f"    {passage.place} “{short(passage.text, _PASSAGE_CHARS)}”"


def short(text: str, most: int = _EXAMPLE_CHARS) -> str:
    """Return `text` in one line of at most `most` characters."""
    text = " ".join(text.split())
    return f"{text[:most]}…" if len(text) > most else text


def _grouped(left_out: Iterable[LeftOut]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield what is left out for the same reason, with the places."""
    groups: dict[tuple[str, str], list[str]] = {}
    for item in left_out:
        groups.setdefault((item.what, item.why), []).append(item.place)
    for (what, why), places in groups.items():
        yield what, why, places
