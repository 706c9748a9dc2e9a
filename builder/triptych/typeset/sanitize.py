"""Raw HTML passes an allow-list, a whole layer of the answer at once."""

import re

import nh3

from triptych.dialect.html_policy import (
    ATTRIBUTES,
    CLASSES,
    DROPPED_WITH_CONTENT,
    GLOBAL_ATTRIBUTES,
    SCHEMES,
    TAGS,
)
from triptych.typeset.slots import OPEN, OWN_VALUE

# What the pages' own templates call their places begins with a capital letter.
_ID = re.compile(r"(?![A-Z])[\w-]+")
# Without the entry for all tags, nh3 would let a `title` stay on each of them.
_ATTRIBUTES = {
    "*": set(GLOBAL_ATTRIBUTES),
    "div": {"tabindex"},
    **{tag: set(names) for tag, names in ATTRIBUTES.items() if tag in TAGS},
}
_WITHIN_LINK = {tag: names - {"id"} for tag, names in _ATTRIBUTES.items() if tag != "a"}


def sanitize(skeleton: str, *, links: bool = True) -> str:
    """Return `skeleton` without whatever an author may not write.

    Without `links` there is nothing that could not stand within one: no ids either.
    """
    attributes = _ATTRIBUTES if links else _WITHIN_LINK
    clean = nh3.clean(
        skeleton,
        tags=set(TAGS if links else TAGS - {"a"}),
        clean_content_tags=set(DROPPED_WITH_CONTENT),
        attributes=attributes,
        attribute_filter=_attribute,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    # Not only in attributes: after an author's `<plaintext>` all tags are text.
    return clean.replace(OWN_VALUE, "0")


def _attribute(_tag: str, name: str, value: str) -> str | None:
    # An unclosed attribute would swallow slots, whose HTML would then break out of it.
    if OPEN in value:
        return None
    if name == "tabindex":
        # The order in which the keyboard reaches things is for us to say.
        return value if value == OWN_VALUE else None
    if name == "class":
        return " ".join(word for word in value.split() if word in CLASSES) or None
    if name == "id":
        return value if _ID.fullmatch(value) else None
    if name == "href":
        leads_out = value.lower().startswith(("http:", "https:", "mailto:", "#"))
        return value if leads_out else None
    return value
