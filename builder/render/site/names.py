"""What pages are called, which way their text runs, where a licence stands."""

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256

_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 64
# Windows has no files of these names, whatever their suffix.
_DEVICES = frozenset({"aux", "con", "nul", "prn"}) | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}
_RTL_LANGUAGES = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "mzn", "pnb", "ps", "sd", "syr"}
    | {"ug", "ur", "yi"}
)
_RTL_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})
_RTL_LETTERS = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_LETTERS = re.compile(r"[^\W\d_]")
_LICENSE = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-(\d\.\d)")


@lru_cache(maxsize=65536)
def slug(label: str) -> str:
    """Return a file name for a tag or a company in any script; no two share one."""
    if _PLAIN.fullmatch(label) and len(label) <= _LONGEST and label not in _DEVICES:
        return label
    folded = (
        unicodedata.normalize("NFKD", label.casefold())
        .encode("ascii", "ignore")
        .decode()
    )
    words = "-".join(re.findall(r"[a-z0-9]+", folded))[:40].rstrip("-")
    digest = sha256(label.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    # Two hyphens stand in no plain name, so this cannot be another label's.
    return f"{words or 'x'}--{digest}"


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


def license_url(license_: str) -> str:
    """Return where a Creative Commons licence stands; nothing for any other."""
    found = _LICENSE.fullmatch(license_)
    if not found:
        return ""
    return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
