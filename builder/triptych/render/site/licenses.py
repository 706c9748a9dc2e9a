"""Where the text of a Creative Commons licence stands."""

import re

_CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-(\d\.\d)")


def license_url(license_: str) -> str:
    """Return the URL of a Creative Commons licence; empty for any other licence."""
    match = _CREATIVE_COMMONS.fullmatch(license_)
    if not match:
        return ""
    return f"https://creativecommons.org/licenses/{match[1].lower()}/{match[2]}/"
