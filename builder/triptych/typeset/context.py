"""What the writers of markup must know besides the tokens."""

from collections.abc import Callable, Container
from dataclasses import dataclass, fields
from pathlib import PurePosixPath

from triptych.dialect.links import ImageKind, picture
from triptych.ledger.verdicts import Verdict, block_hash
from triptych.values.source import Media
from triptych.values.words import Strings, Word


@dataclass(frozen=True, slots=True)
class Words:
    """What the compiler itself says within prose, in the deck's language if known."""

    tests: Word = Word("Tests")
    """What opens the tests of a code answer."""
    done: Word = Word("done")
    """What a ticked box of a task list is called."""
    to_do: Word = Word("to do")


def words_in_prose(strings: Strings, language: str) -> Words:
    """Return what the compiler says within the prose of a deck in `language`."""
    said = strings.words("prose", language)
    return Words(**{field.name: said[field.name] for field in fields(Words)})


@dataclass(frozen=True, slots=True)
class Context:
    """Where a piece of prose stands, and what it may refer to."""

    path: PurePosixPath
    files: Container[PurePosixPath]
    load: Callable[[PurePosixPath], Media]
    """Read one of `files`."""
    verdict: Verdict | None = None
    """What was seen when the file's code last ran."""
    layer: str = ""
    """Keeps the footnotes of a page apart."""
    words: Words = Words()
    has_rtl: bool = False
    """Whether text may run from right to left: code in it is kept apart."""

    def media(self, src: str) -> Media | None:
        """Return the file that the image `src` shows, if it is one that is shipped."""
        found = picture(src, self.path, self.files)
        media = self.load(found.path) if found.kind is ImageKind.FILE else None
        return None if media is None or media.problem else media

    def printed(self, code: str) -> str:
        """Return what the `run` block `code` printed when it last ran."""
        return self.verdict.outputs.get(block_hash(code), "") if self.verdict else ""
