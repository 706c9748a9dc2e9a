"""Prose, as a page shows it: in its place, or as the text of a link."""

from markupsafe import Markup

from triptych.typeset.site import place
from triptych.values.catalog import Catalog
from triptych.values.question import Prose


def prose_html(prose: Prose, root: str, catalog: Catalog) -> Markup:
    """Return `prose` for the page from which `root` leads to the site's root."""
    html = place(prose.site, root, catalog)
    return Markup(html)  # noqa: S704 - sanitized when it was typeset


def label_html(prose: Prose, root: str, catalog: Catalog) -> Markup:
    """Return a line of prose without links and ids, so that a link may hold it."""
    html = place(prose.label, root, catalog)
    return Markup(html)  # noqa: S704 - sanitized when it was typeset
