"""Raw HTML passes an allow-list, a whole layer of the answer at once."""

import re

import nh3

from triptych.dialect.html_policy import (
    ATTRIBUTES,
    CLASSES,
    EMPTIED,
    EVERYWHERE,
    SCHEMES,
    TAGS,
)
from triptych.typeset.slots import OPEN

# What the pages' own templates call their places begins with a capital letter.
_ID = re.compile(r"(?![A-Z])[\w-]+")
# Without the entry for all tags, nh3 would let a `title` stay on each of them.
_ATTRIBUTES = {"*": set(EVERYWHERE)} | {
    tag: set(names) for tag, names in ATTRIBUTES.items() if tag in TAGS
}


def sanitize(skeleton: str) -> str:
    """Return `skeleton` without whatever an author may not write."""
    return nh3.clean(
        skeleton,
        tags=set(TAGS),
        clean_content_tags=set(EMPTIED),
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def _attribute(_tag: str, name: str, value: str) -> str | None:
    # An unclosed attribute would swallow slots, whose HTML would then break out of it.
    if OPEN in value:
        return None
    if name == "class":
        return " ".join(word for word in value.split() if word in CLASSES) or None
    if name == "id":
        return value if _ID.fullmatch(value) else None
    if name == "href":
        leads_out = value.lower().startswith(("http:", "https:", "mailto:", "#"))
        return value if leads_out else None
    return value
