"""Prose, as a page shows it: in its fill_links, or as the text of a link."""

from markupsafe import Markup

from triptych.typeset.site import fill_links
from triptych.values.catalog import Catalog
from triptych.values.question import Prose


def typeset(prose: Prose, root: str, catalog: Catalog) -> Markup:
    """Return `prose` for the page from which `root` leads to the site's root."""
    html = fill_links(prose.site, root, catalog)
    return Markup(html)  # noqa: S704 - sanitized when it was typeset


def label(prose: Prose, root: str, catalog: Catalog) -> Markup:
    """Return a line of prose without links and ids, so that a link may hold it."""
    html = fill_links(prose.label, root, catalog)
    return Markup(html)  # noqa: S704 - sanitized when it was typeset
