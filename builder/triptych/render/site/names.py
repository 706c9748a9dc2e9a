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


def license_url(license_: str) -> str:
    """Return where a Creative Commons licence stands; nothing for any other."""
    found = _LICENSE.fullmatch(license_)
    if not found:
        return ""
    return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
