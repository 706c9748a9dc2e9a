"""Leave out of pages the line breaks that they have most of and nobody sees."""

_LINE_BREAKS = tuple(
    (f"{end}\n{start}", f"{end}{start}")
    for end, start in (
        ("</li>", "<li>"),
        ("<ul>", "<li>"),
        ("</li>", "</ul>"),
        ("</p>", "<p>"),
        ("</tr>", "<tr>"),
        ("<tr>", "<td>"),
        ("</td>", "</tr>"),
        ("</section>", "<section"),
        ("</section>", "</div>"),
        ("</details>", "<details"),
        ("</h3>", "<div"),
        ("</summary>", "<div"),
        ("</a></h2>", "<"),
    )
)
"""Between these a browser shows no space; code on a page has none of them as tags."""


def without_unseen_breaks(html: str) -> str:
    """Return a page without line breaks between blocks."""
    for broken, joined in _LINE_BREAKS:
        html = html.replace(broken, joined)
    return html
