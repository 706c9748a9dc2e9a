"""The HTML of prose on a page, as a block or as the text of a link."""

from markupsafe import Markup

from triptych.typeset.site import fill_links
from triptych.values.catalog import Catalog
from triptych.values.prose import Prose


def prose_html(prose: Prose, root: str, catalog: Catalog) -> Markup:
    """Return the HTML of `prose` on a page; `root` is the relative URL of the root."""
    html = fill_links(prose.site, root, catalog)
    return Markup(html)  # noqa: S704 - sanitized when it was typeset


def label_html(prose: Prose, root: str, catalog: Catalog) -> Markup:
    """Return one line of prose without links and ids, to use as the text of a link."""
    html = fill_links(prose.label, root, catalog)
    return Markup(html)  # noqa: S704 - sanitized when it was typeset
