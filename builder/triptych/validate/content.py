"""Rules for formulas, clozes, prompts, summaries and code."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from markdown_it.token import Token
from pygments.lexers import get_all_lexers

from triptych.dialect.html_policy import DROPPED_WITH_CONTENT
from triptych.ledger.verdicts import code_hash
from triptych.parse.code import ROLES
from triptych.parse.math import FORMULAS
from triptych.parse.sizing import LANGUAGE as SIZING
from triptych.parse.stated import lost
from triptych.typeset.math.check import math_findings
from triptych.typeset.plain import plain, reading_length
from triptych.validate.names import Names
from triptych.validate.rule import FileScope, suggest
from triptych.values.diagnostics import Finding, Severity, Span
from triptych.values.document import Document

_MAX_SUMMARY_CHARS = 160
_PROMPTS = ("question", "title")
_CLOZE_START = re.compile(r"\{\{(?:c\d*:{0,2}|\s*c\d+\s*:)", re.IGNORECASE)
_CLOZE = re.compile(r"\{\{c\d+::")
_DROPPED_TAG = re.compile(
    rf"<(/?)(?:{'|'.join(sorted(DROPPED_WITH_CONTENT))})\b", re.IGNORECASE
)
_INFO_WORD = re.compile(r"[\w+#-]+")
_MARKER = re.compile(r"(?:#|//|--)\s*(?:cloze\b|card:)")
_ALIASES = frozenset(
    alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases
)

_ALIAS_NAMES = Names(_ALIASES)


def bad_math(document: Document, _scope: FileScope) -> Iterator[Finding]:
    r"""Flag LaTeX that is broken, or that Anki would show in red.

    All three outputs must show the same formula. Anki's MathJax is the narrowest: use
    `\operatorname*{arg\,min}` for `\argmin`, `\mathbb{R}` for `\R`.
    """
    for token in document.find("math_inline", "math_inline_double", "math_block"):
        display = token.type != "math_inline"
        for finding in math_findings(token.content, display=display):
            span = _in_formula(document, token, finding.offset, finding.length)
            yield Finding(span, finding.message, finding.hint)


def bad_cloze(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a cloze that never closes, is empty, or has no number from 1 to 999.

    A cloze reads `{{c1::hidden text}}` or `{{c1::hidden text::hint}}`, in the summary
    and in the prompt of a plain card alone; elsewhere it is shown as it is written,
    with a warning. It may hold whole formulas, but cannot stand within one: `$E =$
    {{c1::$mc^2$}}`. In code, a line is marked at its end: `# cloze c1` or `# cloze c1:
    hint`.
    """
    for token in _with_clozes(document):
        children, kept = token.children or [], set(map(id, _visible_children(token)))
        for child, after in zip_longest(children, children[1:]):
            if child.type == "text" and _CLOZE_START.search(child.content):
                hint = "write `{{c1::hidden text}}`, numbered from 1 to 999"
                yield Finding(document.span(token), "this cloze is broken", hint)
            if child.type == "cloze_open" and id(child) not in kept:
                message = "this cloze is inside HTML that is dropped"
                yield Finding(document.span(child), message, "take the HTML away")
            if child.type.startswith("math") and _CLOZE_START.search(child.content):
                message = "a cloze within a formula is not read"
                hint = "put whole formulas into it: `$E =$ {{c1::$mc^2$}}`"
                yield Finding(document.span(child), message, hint)
            if child.type == "cloze_open" and after and after.type == "cloze_close":
                message = "this cloze hides nothing"
                yield Finding(document.span(child), message, "write what it hides")
    for token in document.find("fence"):
        yield from _bad_markers(document, token)
    yield from _clozes_elsewhere(document)


def _with_clozes(document: Document) -> Iterator[Token]:
    """Yield the lines in which clozes are read."""
    yield from document.prose.get("summary", ())
    yield from (section.heading for section in document.layers.cards)


def _clozes_elsewhere(document: Document) -> Iterator[Finding]:
    if not any("{{" in piece.content for piece in document.find("text", *FORMULAS)):
        return
    summary = set(map(id, _with_clozes(document)))
    where = "the prompt of a card" if document.meta.is_cards else "the summary"
    for token in document.find("inline", "math_block"):
        if id(token) in summary:
            continue
        parts = [token, *(token.children or [])]
        read = (p for p in parts if p.type == "text" or p.type.startswith("math"))
        if any(_CLOZE.search(part.content) for part in read):
            message = f"a cloze is read in {where} only: here it is shown"
            hint = "put it there, or write it as code, between backticks"
            yield Finding(
                document.span(token), message, hint, severity=Severity.WARNING
            )


def _bad_markers(document: Document, fence: Token) -> Iterator[Finding]:
    if not fence.meta["clozes"] and fence.meta["role"] != "solution":
        return
    first = document.span(fence).line + 1
    for number, line in enumerate(fence.content.split("\n")):
        span = Span(document.source.path, first + number)
        cloze = fence.meta["clozes"].get(number)
        if cloze and (cloze[0] == 0 or not line.strip()):
            what = "has no number from 1 to 999" if line.strip() else "hides no code"
            hint = "end a line of code with `# cloze c1`"
            yield Finding(span, f"this cloze {what}", hint)
        elif fence.meta["role"] == "solution" and _MARKER.search(line):
            hint = "end the line with `# cloze c1` or `# cloze c1: hint`"
            hint += "; `# card: hide` leaves a line out"
            yield Finding(span, "this marker is not read", hint)


def bad_sizing(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a row of a `sizing` block that cannot be computed.

    A block is a table of estimates, a line a row: `requests = users * 12 / 86400  # a
    second`. A formula has numbers, names of other rows, `+ - * / ^ ( )`, `min`, `max`,
    `ceil` and `log2`, and nothing else.
    """
    yield from document.sizing_findings


def empty_prompt(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a question, a title or a small note's heading that a reader cannot see.

    Its card would be blank on the front.
    """
    prompts = [t for key in _PROMPTS for t in document.prose.get(key, ())]
    for token in (*prompts, *(section.heading for section in document.sections)):
        if not _is_visible(token):
            message = "a reader sees nothing here"
            yield Finding(document.span(token), message, "write what is asked")


def _is_visible(token: Token) -> bool:
    children = _visible_children(token)
    if any(child.type == "image" for child in children):
        return True
    return any(c.isprintable() and not c.isspace() for c in plain(children))


def _visible_children(token: Token) -> list[Token]:
    """Return the children that are not within a dropped element."""
    kept, dropped = [], False
    for child in token.children or ():
        if child.type == "html_inline" and (tag := _DROPPED_TAG.match(child.content)):
            dropped = not tag[1]
        if not dropped:
            kept.append(child)
    return kept


def long_summary(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a summary of more than 160 characters as read: the sheet has one line."""
    length = reading_length(document.prose.get("summary", ()))
    value = document.front_matter.get("summary")
    if length > _MAX_SUMMARY_CHARS and value:
        message = (
            f"the summary reads as {length} characters, more than {_MAX_SUMMARY_CHARS}"
        )
        yield Finding(value.span, message, "keep the one thing to remember")


def unknown_language(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a fence in a language that nothing can highlight: it is shown plain."""
    for token in document.find("fence"):
        language = token.meta["language"]
        meant = _info_meant(token)
        if meant:
            message = f"the language is not the first word of `{token.info.strip()}`"
            yield Finding(document.span(token), message, f"write `{meant}`")
        elif language not in {"", SIZING} and language.lower() not in _ALIASES:
            message = f"nothing can highlight the language `{language}`"
            hint = suggest(language, _ALIAS_NAMES, "write `text` for plain text")
            yield Finding(document.span(token), message, hint)


def unknown_info_word(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a word after a fence's language that nothing reads.

    The words are `solution`, `test`, `run` and `needs=package`.
    """
    for token in document.find("fence"):
        for word in () if _info_meant(token) else token.meta["unknown"]:
            message = f"nothing reads `{word}` on a fence"
            hint = suggest(
                word,
                ("solution", "test", "run", "needs"),
                "the roles are `solution`, `test` and `run`",
            )
            yield Finding(document.span(token), message, hint)


def _info_meant(token: Token) -> str:
    """Return the info string that was meant for one without a language in front."""
    first = token.meta["language"].lower()
    if not first or (first in _ALIASES and first not in ROLES):
        return ""
    needs = [word for word in token.info.split() if word.startswith("needs=")]
    words = [w.lower() for w in _INFO_WORD.findall(token.info) if w not in needs]
    languages = [w for w in words if w in _ALIASES and w not in ROLES]
    roles = [w for w in words if w in ROLES]
    others = set(words) - set(languages) - set(roles)
    if first in ROLES and not languages and not others:
        languages = ["python"]
    if len(languages) != 1 or others - {"needs"}:
        return ""
    return " ".join([*languages, *roles, *needs])


def stale_code(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag code answers that were never run, or have changed since they were.

    `triptych test` runs them and records the verdicts in `code.lock`.
    """
    if not document.code:
        return
    verdict = scope.verdicts.get(document.meta.id)
    span = Span(document.source.path, document.code[0].line)
    if verdict is None or verdict.code != code_hash(document.code):
        state = "was never run" if verdict is None else "has changed since it was run"
        yield Finding(span, f"the code of this answer {state}", "run `triptych test`")


def stale_number(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag words that a test computes the number of, and the text says no longer.

    `triptych test` recorded in `code.lock` the words that were given to `stated`; they
    must stand in prose, a formula, a table or the front matter.
    """
    verdict = scope.verdicts.get(document.meta.id) if document.code else None
    # Changed tests may state something else: `stale-code` says so.
    if verdict is None or verdict.code != code_hash(document.code):
        return
    for words in lost(document, verdict.stated, scope.settings.language):
        message = f"the text says no longer `{words}`, which a test computes"
        hint = "run `triptych test`: it says which of the two is wrong"
        yield Finding(_where_stated(document, words), message, hint)


def _where_stated(document: Document, words: str) -> Span:
    """Return the line of a test that quotes `words`, or the fence of the first test."""
    tests = [block for block in document.code if block.role == "test"]
    for block in tests:
        for number, line in enumerate(block.text.split("\n"), 1):
            if words in line:
                return Span(document.source.path, block.line + number)
    return Span(document.source.path, (tests or document.code)[0].line)


def failed_code(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag code answers that failed when `triptych test` ran them."""
    verdict = scope.verdicts.get(document.meta.id) if document.code else None
    if (
        verdict
        and verdict.verdict == "failed"
        and verdict.code == code_hash(document.code)
    ):
        span = Span(document.source.path, document.code[0].line)
        message = "the code of this answer fails"
        yield Finding(span, message, verdict.message, severity=Severity.ERROR)


def _in_formula(document: Document, token: Token, offset: int, length: int) -> Span:
    """Return the place in the file of `offset` in the LaTeX of `token`."""
    start = document.span(token)
    before = token.content[:offset]
    line_offset = before.count("\n")
    if not line_offset:
        width = len(token.markup or "$$")
        return Span(start.path, start.line, start.column + width + offset, length)
    written = token.content.split("\n")[line_offset]
    at = document.source.line(start.line + line_offset).find(written.strip())
    column = (
        len(before) - before.rfind("\n") - 1 - (len(written) - len(written.lstrip()))
    )
    return Span(start.path, start.line + line_offset, max(at, 0) + column + 1, length)
