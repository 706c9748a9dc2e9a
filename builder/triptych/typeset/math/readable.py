r"""Write LaTeX in plain text as people type it: `\hat\beta^{2}` as β̂^2.

For descriptions and the hits of a search, where no formula can be set.
"""

import re
import unicodedata
from types import MappingProxyType

_GREEK = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota"),
    *("kappa", "lamda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon"),
    *("phi", "chi", "psi", "omega"),
)
_SIGNS = MappingProxyType(
    {
        **{
            form(name): unicodedata.lookup(f"GREEK {size} LETTER {name.upper()}")
            for name in _GREEK
            for size, form in (("SMALL", str.lower), ("CAPITAL", str.title))
        },
        "lambda": "λ",
        "Lambda": "Λ",
        "varepsilon": "ε",
        "ell": "\N{SCRIPT SMALL L}",
        "top": "\N{DOWN TACK}",
        "cdot": "·",
        "times": "\N{MULTIPLICATION SIGN}",
        "pm": "±",
        "mid": " | ",
        "vert": "|",
        "Vert": "‖",
        "lVert": "‖",
        "rVert": "‖",
        "|": "‖",
        "lceil": "⌈",
        "rceil": "⌉",
        "lfloor": "⌊",
        "rfloor": "⌋",
        "langle": "⟨",
        "rangle": "⟩",
        "le": "≤",
        "leq": "≤",
        "ge": "≥",
        "geq": "≥",
        "ne": "≠",
        "neq": "≠",
        "approx": "≈",
        "sim": "\N{TILDE OPERATOR}",
        "propto": "∝",
        "ll": "≪",
        "gg": "≫",
        "in": "∈",
        "to": "→",
        "infty": "∞",
        "partial": "∂",
        "nabla": "∇",
        "sum": "∑",
        "prod": "∏",
        "int": "∫",
        "sqrt": "√",
        "ldots": "…",
        "dots": "…",
        "cdots": "…",
        "left": "",
        "right": "",
        "big": "",
        "bigl": "",
        "bigr": "",
        "quad": " ",
        "!": "",
        **dict.fromkeys(",;: ", " "),
        **{sign: sign for sign in "{}%$&#_"},
    }
)
_FUNCTIONS = frozenset(
    {
        *("log", "ln", "exp", "min", "max", "arg", "sup", "inf", "lim"),
        *("sin", "cos", "tan", "tanh", "det", "dim", "gcd", "Pr"),
    }
)
_MARKS = MappingProxyType(
    {
        "hat": "\u0302",
        "bar": "\u0304",
        "tilde": "\u0303",
        "vec": "\u20d7",
        "dot": "\u0307",
    }
)
_STYLED = re.compile(
    r"\\(?:math(?:rm|bf|it|sf|tt|cal|bb)|operatorname\*?|text(?:bf|it|rm)?|boldsymbol)"
    r"\s*\{([^{}]*)\}"
)
_MARKED = re.compile(rf"\\({'|'.join(_MARKS)})(?![A-Za-z])\s*(?:\{{(\w)\}}|(\w))")
_FRACTION = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
_GROUP = re.compile(r"(?<=[_^√])\{([^{}]*)\}")
_END = "\0"
"""Ends a command before the text of the next one, and stands in no text."""
_COMMAND = re.compile(r"\\([A-Za-z]+|[^A-Za-z\s])(\s*)")


def readable(text: str) -> str:
    """Return plain text with the commands of LaTeX that have a sign written as it."""
    if "\\" not in text and "{" not in text:
        return text
    text = _MARKED.sub(lambda m: f"{m[2] or m[3]}{_MARKS[m[1]]}", text)
    text = _STYLED.sub(rf"{_END}\1", text)
    text = _FRACTION.sub(lambda m: f"{_grouped(m[1])}/{_grouped(m[2])}", text)
    text = _COMMAND.sub(_sign, text)
    return _GROUP.sub(lambda m: _grouped(m[1]), text.replace(_END, ""))


def _sign(command: re.Match[str]) -> str:
    name, space = command[1], command[2]
    if name in _FUNCTIONS:
        before = command.string[: command.start()]
        return f"{' ' if before[-1:].isalnum() else ''}{name}{space}"
    sign = _SIGNS.get(name)
    return command[0] if sign is None else sign


def _grouped(text: str) -> str:
    """Return a part of a formula in parentheses, unless it is one number or letter."""
    return text if re.fullmatch(r"\d+|\w[\u0300-\u036f\u20d7]?|", text) else f"({text})"
