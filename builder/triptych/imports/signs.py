"""Text and code as Markdown shows them: signs that mean something are escaped."""

import re
from collections.abc import Set as AbstractSet

_PUNCTUATION = r"!-/:-@\[-`{-~"
_BACKSLASH = re.compile(rf"\\(?=[{_PUNCTUATION}\n]|\s*$)")
"""Before a sign that it would escape; a space at the end may go, and a tag follow."""
_ALWAYS = re.compile(r"[*`$]|~(?=~)|(?<!\w)_|_(?!\w)")
_ANGLE = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")
_BRACKET = re.compile(r"\[(?=\[|[^\]]*\](?:[(\[:]|$)|\^|[ xX]\])")
_EQUALS = re.compile(r"==(?=\S[^=]*==)")
_LINE_START = re.compile(r"(^|\n)([ \t]*)(>|[#+=|:~-](?=[\s#>+=|:~-]|\w*\||$))")
_NUMBER = re.compile(r"(^|\n)([ \t]*\d{1,9})([.)])(?=\s|$)")


def escaped(text: str, parent_tags: AbstractSet[str]) -> str:
    """Return the text of an element as Markdown that shows just it."""
    text = text.replace("\xa0", " ")
    text = _BACKSLASH.sub(r"\\\\", text)
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
    if re.search(r"[\s()<>]", target):
        return f"<{target.replace('<', '%3C').replace('>', '%3E')}>"
    return target
