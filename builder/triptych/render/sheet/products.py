"""The PDFs that are made for paper, and the names of their files."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

FILE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "sheet": "cheatsheet",
        "cards": "flashcards",
        "handbook": "handbook",
        "self-test": "self-test",
    }
)
"""What the file of a product is called, which is also the key of its title."""
_PAPERS: Mapping[str, str] = MappingProxyType({"a4": "a4", "us-letter": "letter"})


def file_path(  # noqa: PLR0913 - all parts of a name
    deck_id: str,
    product: str,
    *,
    edition_id: str = "",
    part: str = "",
    paper: str,
    first_paper: str,
) -> PurePosixPath:
    """Return where the PDF is in `dist/`; only further papers are in its name.

    `part` is the topic of a PDF that has only one.

    >>> str(file_path("d", "cards", paper="a4", first_paper="a4"))
    'sheet/d-flashcards.pdf'
    """
    parts = [
        deck_id,
        edition_id,
        FILE_NAMES[product],
        part,
        _PAPERS[paper] if paper != first_paper else "",
    ]
    return PurePosixPath("sheet", f"{'-'.join(filter(None, parts))}.pdf")


def title_keys(
    product: str, paper: str, papers: tuple[str, ...], topic: str = ""
) -> tuple[str, ...]:
    """Return what the file is called where it is offered, as `Artifact.title`."""
    about = [f"={topic}"] if topic else []
    return (FILE_NAMES[product], *about, *([paper] if len(papers) > 1 else []))
