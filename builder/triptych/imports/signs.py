"""Text and code as Markdown shows them: signs that mean something are escaped."""

import re
from collections.abc import Set as AbstractSet

_PUNCTUATION = r"!-/:-@\[-`{-~"
_BACKSLASH = re.compile(rf"\\(?=[{_PUNCTUATION}\n]|\s*$)")
"""Before a sign that it would escape; a space at the end may go, and a tag follow."""
_ALWAYS = re.compile(r"[*`$]|~(?=~)")
_UNDERSCORES = re.compile(r"(?<!\w)_+")
"""None marks words after a letter or digit; of several before one, each does."""
_ANGLE = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")
_BRACKET = re.compile(r"\[(?=\[|\^|[ xX]\])|\](?=[(\[:]|$)")
"""Of a link the one that closes: its words may have brackets of their own."""
_EQUALS = re.compile(r"==(?=\S[^=]*==)")
_IN_ADDRESS = {
    **dict.fromkeys(map(ord, "\t\n\r")),
    **{ord(sign): f"%{ord(sign):02X}" for sign in "<>|\\"},
}
"""Ends of lines, which browsers leave out, and signs that Markdown reads."""
_LINE_START = re.compile(r"(^|\n)([ \t]*)(>|[#+=|:~-](?=[\s#>+=|:~-]|\w*\||$))")
_NUMBER = re.compile(r"(^|\n)([ \t]*\d{1,9})([.)])(?=\s|$)")


def escaped(text: str, parent_tags: AbstractSet[str]) -> str:
    """Return the text of an element as Markdown that shows just it."""
    text = text.replace("\xa0", " ")
    text = _BACKSLASH.sub(r"\\\\", text)
    text = _UNDERSCORES.sub(lambda run: r"\_" * len(run[0]), text)
    for signs in (_ALWAYS, _ANGLE, _ENTITY, _BRACKET, _EQUALS):
        text = signs.sub(lambda sign: f"\\{sign[0]}", text)
    text = in_cell(text, parent_tags)
    text = _LINE_START.sub(r"\1\2\\\3", text)
    return _NUMBER.sub(r"\1\2\\\3", text)


def in_cell(text: str, parent_tags: AbstractSet[str]) -> str:
    """Return text as a table has it: a bar ends a cell, in code, too."""
    return text.replace("|", "\\|") if {"td", "th"} & parent_tags else text


def code_span(code: str) -> str:
    """Return code between as many backticks as it needs."""
    words = " ".join(code.split()) if "\n" in code else code
    marks = max((len(run) for run in re.findall(r"`+", words)), default=0)
    fence = "`" * (marks + 1)
    space = " " if words[:1] == "`" or words[-1:] == "`" else ""
    return f"{fence}{space}{words}{space}{fence}"


def address(target: str) -> str:
    """Return the address of a link or picture as Markdown reads it whole."""
    target = _ENTITY.sub(r"\\&", target.translate(_IN_ADDRESS))
    return f"<{target}>" if re.search(r"[\s()]", target) else target
