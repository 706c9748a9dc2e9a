"""The HTML parser of the standard library, without input on which it raises."""

import re
from html.parser import HTMLParser

_LONG_NUMBER = re.compile(r"&#(?=[0-9]{100})")


class HtmlReader(HTMLParser):
    """A parser that accepts any HTML; subclasses handle the tags."""

    def read(self, html: str) -> None:
        """Parse all of `html`."""
        # Python refuses to parse a number with thousands of digits.
        self.feed(_LONG_NUMBER.sub("&\ufffd", html))
        self.close()

    def parse_marked_section(self, i: int, report: object = None) -> int:
        """Treat `<![x[` as a comment, as browsers do."""
        del report
        return self.parse_bogus_comment(i)
