"""Tests of code stand on a page of their own, and a question's page links to it.

They are the longest part of many pages, and few readers open them.
"""

import re
from collections.abc import Iterator

from markupsafe import Markup

from triptych.render.site.prose import prose_html
from triptych.values import addresses
from triptych.values.catalog import Catalog
from triptych.values.question import Question

_TESTS = re.compile(
    r'<details class="tests"><summary>(?P<label>(?:(?!</?(?:details|summary)\b).)*)'
    r"</summary>"
    r'(?P<code><div class="code" data-role="test">(?:(?!</?(?:details|div)\b).)*</div>)'
    r"</details>",
    re.DOTALL,
)
"""Within it no such element begins or ends, so what is cut out is whole."""
_ROOT = "../"
"""From the folders of both pages."""


def without_tests(html: Markup, question: Question) -> Markup:
    """Return prose of the page of `question` with links in place of its tests."""
    link = f'<p class="tests"><a href="{_ROOT}{addresses.tests(question.id)}">'
    return Markup(_TESTS.sub(rf"{link}\g<label></a></p>", str(html)))  # noqa: S704 - of Markup


def tests_of(question: Question, catalog: Catalog) -> Iterator[tuple[Markup, Markup]]:
    """Yield the label and the code of each of the tests of `question`."""
    texts = (question.answer, question.depth, *(part.text for part in question.parts))
    for prose in texts:
        if 'class="tests"' in prose.site:
            for found in _TESTS.finditer(prose_html(prose, _ROOT, catalog)):
                yield Markup(found["label"]), Markup(found["code"])  # noqa: S704 - of Markup
