"""Blocks of code and of what code printed, as HTML for cards and pages."""

from collections.abc import Sequence
from html import escape


def listing(lines: Sequence[str], language: str, role: str) -> str:
    """Return a block of code on a card, given its lines as HTML."""
    data = f' data-role="{role}"' if role else ""
    css = f' class="language-{escape(language)}"' if language else ""
    code = "\n".join(lines)
    return (
        f'<div class="code"{data}><pre class="highlight">'
        f"<code{css}>{code}</code></pre></div>"
    )


def output(printed: str, *, tabindex: str = "") -> str:
    """Return a block with the output of a code answer."""
    return f'<div class="output"><pre{tabindex}>{escape(printed)}</pre></div>'
