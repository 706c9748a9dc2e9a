r"""Rules over links and notes that lead nowhere: a reader would see their brackets."""

import re
from collections.abc import Iterator

from triptych.parse.typed import LINK_END
from triptych.patterns import lazy_pattern
from triptych.validate.rule import FileScope, suggest
from triptych.validate.typed import matches
from triptych.values.diagnostics import Finding
from triptych.values.document import Document

_FILE = r"\.(?:md|html?|png|svg|jpe?g|gif|webp|avif|pdf)"
_SPACED = lazy_pattern(
    r"(?<!\\)\[(?P<text>(?=[^\]\n]{0,200}[^\W\d_])[^\[\]\n]{1,200})\][ \t]+"
    r"(?P<address>\((?:https?://|mailto:|\.{0,2}/|#)[^()\s]{1,1000}\)"
    rf"|\([^()\s]{{1,1000}}{_FILE}(?:#[^()\s]{{0,200}})?\))"
)
_WIKI = lazy_pattern(
    r"(?<![\w\[\])\\])!?\[\["
    rf"(?P<target>(?=[^\[\]\n]{{0,200}}[^\W\d_])[^\[\]\n{LINK_END}]{{1,200}})\]\](?![\w(\[])"
)
_REFERENCE = lazy_pattern(
    r"(?<![\w\])\\])\[(?P<text>(?!\^)(?=[^\[\]\n]{0,200}[^\W\d_])[^\[\]\n]{1,200})\]"
    r"\[(?P<label>[^\[\]\n]{0,200})\]"
)
_BROKEN = lazy_pattern(
    r"(?<!\\)(?P<start>!?\[[^\[\]\n]{0,200}\]\()"
    r"(?P<address>(?:https?://|\.{0,2}/"
    rf"|[\w./-]{{1,200}}(?=[ /][^()\n]{{0,500}}{_FILE}))[^()<>\n]{{0,500}})"
    r"(?P<end>\)|$)",
    re.MULTILINE,
)
_REVERSED = lazy_pattern(
    r"(?<!\\)\((?P<text>[^()\[\]\n]{1,200})\)\[(?P<address>https?://[^\s\[\]]{1,1000})\]"
)
_FOOTNOTE = lazy_pattern(r"(?<!\\)\[\^(?P<label>[\w.-]{1,100})\](?![+*?{])")
_CHARACTER_RANGE = lazy_pattern(r"a-z|A-Z|0-9")


def spaced_link(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag `[text] (address)`: with a space between its brackets it is no link.

    `triptych check --fix` takes the space out.

    Bad:

        [the paper] (https://arxiv.org/abs/1706.03762)

    Good:

        [the paper](https://arxiv.org/abs/1706.03762)
    """
    for match in matches(document, _SPACED):
        written = f"[{match.found['text']}]{match.found['address']}"
        message = f"`[{match.found['text']}]` is no link: a space parts its brackets"
        hint = f"write `{written}`"
        yield Finding(match.span, message, hint, match.edit(written))


def broken_link(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a link or a picture whose address has spaces, or no bracket at its end.

    `triptych check --fix` puts an address with spaces between `<` and `>`.

    Bad:

        [the notes](https://example.org/my notes.html)

    Good:

        [the notes](<https://example.org/my notes.html>)
    """
    for match in matches(document, _BROKEN):
        start, address = match.found["start"], match.found["address"].strip()
        what = "picture" if start.startswith("!") else "link"
        if not match.found["end"]:
            message = f"this {what} has no `)` at its end, and is shown"
            yield Finding(match.span, message, "close its address with `)`")
        elif " " in address and '"' not in address and "'" not in address:
            written = f"{start}<{address}>)"
            message = f"this {what} is shown: its address has a space"
            yield Finding(
                match.span, message, f"write `{written}`", match.edit(written)
            )


def reversed_link(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag `(text)[address]`: the brackets are the wrong way round.

    Bad:

        (the paper)[https://arxiv.org/abs/1706.03762]

    Good:

        [the paper](https://arxiv.org/abs/1706.03762)
    """
    for match in matches(document, _REVERSED):
        written = f"[{match.found['text']}]({match.found['address']})"
        message = "this is no link: its brackets are the wrong way round"
        yield Finding(match.span, message, f"write `{written}`", match.edit(written))


def wiki_link(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag `[[page]]`: the links of wikis are shown as they are typed.

    Bad:

        See [[overfitting]].

    Good:

        See [overfitting](question.md).
    """
    for match in matches(document, _WIKI):
        target = match.found["target"].partition("|")[0]
        message = f"`{match.found[0]}` is no link, and is shown"
        hint = f"write `[{target}](…)` with the way to its file, or code"
        yield Finding(match.span, message, hint)


def undefined_reference(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag `[text][label]` whose label no line `[label]: https://…` defines.

    Bad:

        [the paper][vaswani]

    Good:

        [the paper][vaswani]

        [vaswani]: https://arxiv.org/abs/1706.03762
    """
    for match in matches(document, _REFERENCE):
        label = match.found["label"] or match.found["text"]
        message = f"nothing defines `[{label}]`: the link is shown as typed"
        yield Finding(match.span, message, f"add a line `[{label}]: https://…`")


def undefined_footnote(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a footnote's sign whose note nothing defines: it is shown as typed.

    Bad:

        It converges.[^1]

    Good:

        It converges.[^1]

        [^1]: If the step is small enough.
    """
    known = {token.meta["label"] for token in document.find("footnote_reference_open")}
    for match in matches(document, _FOOTNOTE):
        label = match.found["label"]
        if not _CHARACTER_RANGE.search(label):
            message = f"nothing defines the footnote `[^{label}]`: it is shown as typed"
            hint = suggest(label, known, f"add a line `[^{label}]: …`")
            yield Finding(match.span, message, hint)


def unused_footnote(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a footnote that no sign in the text refers to: no reader would see it.

    Bad:

        It converges.

        [^1]: If the step is small enough.

    Good:

        It converges.[^1]

        [^1]: If the step is small enough.
    """
    used = {token.meta.get("label") for token in document.find("footnote_ref")}
    for token in document.find("footnote_reference_open"):
        label = token.meta["label"]
        if label not in used:
            message = f"nothing refers to the footnote `[^{label}]`: it is left out"
            yield Finding(
                document.span(token), message, f"put `[^{label}]` where it belongs"
            )
