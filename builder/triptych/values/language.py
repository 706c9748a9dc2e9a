"""Which way languages and texts run, for every output alike."""

import re

_RTL_LANGUAGES = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "mzn", "nqo", "pnb", "ps", "sd"}
    | {"syr", "ug", "ur", "yi"}
)
_RTL_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})
_RTL_LETTERS = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_LETTERS = re.compile(r"[^\W\d_]")


def language_direction(language: str) -> str:
    """Return `rtl` for a language written from right to left, else `ltr`."""
    first, *rest = language.lower().replace("_", "-").split("-")
    scripts = [part for part in rest if len(part) == 4]  # noqa: PLR2004 - ISO 15924
    if scripts:
        return "rtl" if scripts[0] in _RTL_SCRIPTS else "ltr"
    return "rtl" if first in _RTL_LANGUAGES else "ltr"


def text_direction(text: str, default: str) -> str:
    """Return the way that `text` runs; `default` when it holds no letter."""
    rtl = 0 if text.isascii() else len(_RTL_LETTERS.findall(text))
    if not rtl:
        return "ltr" if default == "ltr" or _LETTERS.search(text) else default
    # A text on technology is full of Latin names, whichever way it runs.
    return "rtl" if 3 * rtl >= len(_LETTERS.findall(text)) else "ltr"
