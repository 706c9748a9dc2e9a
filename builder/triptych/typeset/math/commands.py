"""Rules for single commands."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from triptych.patterns import lazy_pattern
from triptych.typeset.math.finding import MathFinding, Rule, finding_at
from triptych.typeset.math.hints import ENVIRONMENT_HINTS
from triptych.typeset.math.latex import INNER
from triptych.typeset.math.portable import COLOURS, ENVIRONMENTS

_ARGUMENT = lazy_pattern(r"\s*\{([^{}]*)\}|\s*(-)")
_BRACKET = lazy_pattern(r"\s*\[")
_NO_DISTANCE = lazy_pattern(
    r"\*?\[(?!\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|mu|pc|px)\s*\])"
)
_LEFT_OR_RIGHT = lazy_pattern(r"\\(left|right)(?![A-Za-z])")


def line_break(tex: str, token: re.Match[str]) -> Iterator[MathFinding]:
    r"""Flag a `\\` that no output shows, or that takes a bracket for a distance."""
    here = token.start()
    inside = tex.count(r"\begin{", 0, here) > tex.count(r"\end{", 0, here)
    if not inside and r"\substack" not in tex:
        hint = r"write `\begin{aligned} … \end{aligned}` around the lines"
        yield finding_at(token, "a line break outside an environment", hint)
    elif _NO_DISTANCE.match(tex, token.end()):
        what = r"Anki reads `[` after `\\` as a distance"
        yield finding_at(token, what, r"write `\\ {}[`")


def _environment(tex: str, token: re.Match[str]) -> Iterator[MathFinding]:
    name = _ARGUMENT.match(tex, token.end())
    if not name or not name[1]:
        return
    inner = INNER.get(name[1], name[1])
    if inner not in ENVIRONMENTS:
        length = name.end() - token.start()
        hint = ENVIRONMENT_HINTS.get(name[1], "such as `aligned`, `cases`, `matrix`")
        yield MathFinding(token.start(), length, f"no environment `{name[1]}`", hint)
    bracket = _BRACKET.match(tex, name.end())
    if bracket and inner in ("aligned", "gathered"):
        what = f"Anki drops `[…]` at the beginning of `{name[1]}`"
        yield MathFinding(bracket.end() - 1, 1, what, "write `{}[`")


def _colour(tex: str, token: re.Match[str]) -> Iterator[MathFinding]:
    name = _ARGUMENT.match(tex, token.end())
    if name and name[1] is not None and name[1] not in COLOURS.values():
        hint = f"one of {', '.join(f'`{colour}`' for colour in COLOURS.values())}"
        yield MathFinding(name.start(1), len(name[1]), f"no colour `{name[1]}`", hint)


def _space(tex: str, token: re.Match[str]) -> Iterator[MathFinding]:
    width = _ARGUMENT.match(tex, token.end())
    if width and (width[2] or (width[1] or "").strip().startswith("-")):
        hint = r"write `\!`, several times if need be"
        yield finding_at(token, "a negative space", hint)


def _middle(tex: str, token: re.Match[str]) -> Iterator[MathFinding]:
    before = _LEFT_OR_RIGHT.findall(tex, 0, token.start())
    if before.count("left") <= before.count("right"):
        what = r"`\middle` outside `\left … \right`"
        yield finding_at(token, what, r"write `\mid`, or `\big|`")


def _text(tex: str, token: re.Match[str]) -> Iterator[MathFinding]:
    # A text that `TEXT` cannot match; if it is never closed, math-core says so.
    opens = tex[token.end() :].lstrip().startswith("{")
    if opens and tex.count("{") <= tex.count("}"):
        what = f"braces in braces in `{token[0]}`"
        yield finding_at(token, what, "leave the inner ones out")


COMMAND_RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "begin": _environment,
        "color": _colour,
        "textcolor": _colour,
        "hspace": _space,
        "kern": _space,
        "mkern": _space,
        "middle": _middle,
        **dict.fromkeys(("text", "textbf", "textit", "textrm", "textsf"), _text),
        **dict.fromkeys(("texttt", "mbox", "fbox"), _text),
    }
)
