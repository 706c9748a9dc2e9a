"""The standard library's parser of HTML, without what it gives up on."""

import re
from html.parser import HTMLParser

_ENDLESS_NUMBER = re.compile(r"&#(?=[0-9]{100})")


class HtmlReader(HTMLParser):
    """Reads any HTML; what is made of it is up to those who inherit."""

    def read(self, html: str) -> None:
        """Read all of `html`; places in it are those of the parser's position."""
        # Python refuses to read a number of thousands of digits; no character has one.
        self.feed(_ENDLESS_NUMBER.sub("&\ufffd", html))
        self.close()

    def parse_marked_section(self, i: int, report: object = None) -> int:
        """Take `<![x[` for a comment, as a browser does."""
        del report
        return self.parse_bogus_comment(i)
