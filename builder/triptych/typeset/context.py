"""The context in which tokens are typeset."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import PurePosixPath

from triptych.dialect.links import ImageKind, picture
from triptych.ledger.verdicts import Verdict, block_hash
from triptych.values.form import Form
from triptych.values.source import Media
from triptych.values.ui_strings import Strings, UiString


@dataclass(frozen=True, slots=True)
class ProseStrings:
    """The words that typesetting adds to prose, in the deck's language if known."""

    tests: UiString = UiString("Tests")
    """The label of the tests of a code answer."""
    tests_pass: UiString = UiString("Tests: {n} pass with {versions}")
    """The same where they have passed."""
    done: UiString = UiString("done")
    """The label of a checked box in a task list."""
    to_do: UiString = UiString("to do")
    whole_program: UiString = UiString("The whole program")
    """The title of what a fill-in card folds."""
    note: UiString = UiString("Note")
    """The title of an alert, as of the four below."""
    tip: UiString = UiString("Tip")
    important: UiString = UiString("Important")
    warning: UiString = UiString("Warning")
    caution: UiString = UiString("Caution")

    def alert(self, kind: str) -> UiString:
        """Return the title of an alert of this kind."""
        title: UiString = getattr(self, kind)
        return title


@lru_cache(maxsize=4)
def prose_strings(strings: Strings, language: str) -> ProseStrings:
    """Return the words that typesetting adds to prose in `language`."""
    words = strings.section("prose", language)
    return ProseStrings(
        **{field.name: words[field.name] for field in fields(ProseStrings)}
    )


@dataclass(frozen=True, slots=True)
class Context:
    """The file of a piece of prose, and the data that it may refer to."""

    path: PurePosixPath
    files: Container[PurePosixPath]
    load: Callable[[PurePosixPath], Media]
    """Read one of `files`."""
    verdict: Verdict | None = None
    """The result of the last run of the file's code."""
    passed_with: Mapping[str, str] = field(default_factory=dict)
    """The versions of Python and packages that the file's code passes with."""
    layer: str = ""
    """The layer of the answer, which makes ids of footnotes unique on a page."""
    strings: ProseStrings = ProseStrings()
    tests_page: str = ""
    """The URL of the page with the tests of code, relative to the root of the site; if
    empty, they are folded where they stand."""
    forms: frozenset[Form] = frozenset(Form)
    """The forms that prose is made in: `values.form.made_for` says which."""
    has_rtl: bool = False
    """Whether text may be right-to-left, so that code in it needs isolation."""

    def media(self, src: str) -> Media | None:
        """Return the picture `src`; None if it is not a file that can be used."""
        found = picture(src, self.path, self.files)
        media = self.load(found.path) if found.kind is ImageKind.FILE else None
        return None if media is None or media.problem else media

    def printed(self, code: str) -> str:
        """Return the output of the last run of the `run` block `code`."""
        return self.verdict.outputs.get(block_hash(code), "") if self.verdict else ""
