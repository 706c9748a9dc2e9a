"""Sanitize raw HTML with an allow-list, one layer of the answer at a time."""

import re
from collections.abc import Callable

import nh3

from triptych.dialect.html_policy import (
    ATTRIBUTES,
    CLASSES,
    DROPPED_WITH_CONTENT,
    GLOBAL_ATTRIBUTES,
    RARE_CLASSES,
    RARE_ELEMENTS,
    SCHEMES,
    TAGS,
)
from triptych.typeset.slots import GENERATED_VALUE, SLOT_START

# Ids in the templates of the site begin with a capital letter.
_ID = re.compile(r"(?![A-Z])[\w-]+")
# Without the entry for all tags, nh3 would let a `title` stay on each of them.
_ATTRIBUTES = {
    "*": set(GLOBAL_ATTRIBUTES),
    "div": {"tabindex"},
    **{tag: set(names) for tag, names in ATTRIBUTES.items() if tag in TAGS},
}
_WITHIN_LINK = {tag: names - {"id"} for tag, names in _ATTRIBUTES.items() if tag != "a"}
_MARK = "data-rare"
# The sanitizer shows its filter no elements, only attributes. So it gives one to these.
_MARKS = {element: {_MARK: ""} for element in RARE_ELEMENTS & TAGS}


def sanitize(
    skeleton: str,
    *,
    links: bool = True,
    tags: frozenset[str] = TAGS,
    rare: set[str] | None = None,
) -> str:
    """Return `skeleton` without attributes that are not allowed, and with these `tags`.

    Without `links` the result can be used inside a link: it has no links and no ids.
    Its rare elements and classes are added to `rare`, with those of dropped content.
    """
    attributes = _ATTRIBUTES if links else _WITHIN_LINK
    clean = nh3.clean(
        skeleton,
        tags=set(tags if links else tags - {"a"}),
        clean_content_tags=set(DROPPED_WITH_CONTENT),
        attributes=attributes,
        attribute_filter=_attribute if rare is None else _noting(rare),
        set_tag_attribute_values=None if rare is None else _MARKS,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    # Also outside of attributes, since all tags after `<plaintext>` are text.
    return clean.replace(GENERATED_VALUE, "0")


def _noting(rare: set[str]) -> Callable[[str, str, str], str | None]:
    """Return the filter of attributes that adds what is rare to `rare`."""

    def filtered(tag: str, name: str, value: str) -> str | None:
        if name == _MARK:
            rare.add(tag)
            return None
        kept = _attribute(tag, name, value)
        if name == "lang":
            rare.add(name)
        # The filter is asked about elements that are then dropped, too.
        if kept and name == "class" and tag in TAGS:
            rare.update(RARE_CLASSES.intersection(kept.split()))
        return kept

    return filtered


def _attribute(_tag: str, name: str, value: str) -> str | None:
    # An unclosed attribute would contain placeholders, whose HTML would end it.
    if SLOT_START in value:
        return None
    if name == "tabindex":
        # Content must not change the keyboard focus order.
        return value if value == GENERATED_VALUE else None
    if name == "class":
        return " ".join(word for word in value.split() if word in CLASSES) or None
    if name == "id":
        return value if _ID.fullmatch(value) else None
    if name == "href":
        is_allowed = value.lower().startswith(("http:", "https:", "mailto:", "#"))
        return value if is_allowed else None
    return value
