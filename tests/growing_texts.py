"""Questions of any size, each made of one thing many times."""

from collections.abc import Callable, Mapping

_HEAD = "---\nquestion: What?\n---\n"


def _numbered(template: str) -> Callable[[int], str]:
    """Return what writes `template` so many times, each with its number for `N`."""
    return lambda n: "".join(
        template.replace("M", str(i + 1)).replace("N", str(i)) for i in range(n)
    )


def _body(part: str, before: str = "", after: str = "") -> Callable[[int], str]:
    repeated = _numbered(part)
    return lambda n: f"{_HEAD}{before}{repeated(n)}{after}"


def _front(part: str, before: str = "", after: str = "") -> Callable[[int], str]:
    repeated = _numbered(part)
    return lambda n: f"---\n{before}{repeated(n)}{after}\n---\nx\n"


def _code(part: str, before: str = "", after: str = "") -> Callable[[int], str]:
    return _body(part, f"```python solution\n{before}", f"{after}\n```\n")


def _both(opening: str, middle: str, closing: str) -> Callable[[int], str]:
    return lambda n: f"{_HEAD}{opening * n}{middle}{closing * n}"


def _formula(opening: str, closing: str) -> Callable[[int], str]:
    return lambda n: f"{_HEAD}${opening * n}a{closing * n}$"


TEXTS: Mapping[str, Callable[[int], str]] = {
    "alerts": _body("> [!NOTE]\n> a\n\n"),
    "math fences": _body("```math\na\n```\n\n"),
    "passages with addresses": _body("https://a.org/N. **(\u4e00)**\u4e00\n\n"),
    "signs in many passages": _body("==a== \\(x^2\\) [[b]] $x^2 {c1::a}\n\n"),
    "broken tables": _body("| a | b |\n|---|\n\n"),
    "uneven rows": _body("| a | `b|c` |\n", "| a | b |\n|---|---|\n"),
    "unclosed fences": _body("> ```x\n\n"),
    "second blocks": _body("---\ntags: a\n---\n\n"),
    "headings": _body("## H N\n\nx\n\n"),
    "equal headings": _body("## A\n\nx\n\n"),
    "equal and numbered headings": _body("## A\n\n## A N\n\n"),
    "follow-ups": _body("### Q N? {#qN}\n\nx\n\n", "## Follow-ups\n\n"),
    "follow-ups without ids": _body("### Q?\n\nx\n\n", "## Follow-ups\n\n"),
    "follow-ups of one id": _body("### Q? {#q}\n\nx\n\n", "## Follow-ups\n\n"),
    "repeated lists": _body("## Pitfalls\n\n### A. {#aN}\n\nx\n\n"),
    "spaces before a marker": _code("  ", "x = 1", "# cloze c1: hint"),
    "spaces in a marker": _code("  ", "x = 1  # cloze c1: a", "b"),
    "markers in a line": _code("# cloze c1:"),
    "marked lines": _code("x = 1  # cloze c1\n"),
    "lines of code": _code("x = 1\n"),
    "fences": _body("```python\nx = 1\n```\n\n"),
    "solutions": _body("```python solution\nx = 1\n```\n\n"),
    "brackets in YAML": _front("[", "question: "),
    "closed brackets in YAML": lambda n: f"---\nquestion: {'[' * n}{']' * n}\n---\n",
    "braces in YAML": _front("{a: ", "question: "),
    "items in items": _front("- ", "question: a\ntags:\n "),
    "unknown keys": _front("kN: 1\n", "question: a\n"),
    "equal keys": _front("k: 1\n", "question: a\n"),
    "tags": _front("- tN\n", "question: a\ntags:\n"),
    "hints": _front("- hN\n", "question: a\nhints:\n"),
    "references": _front("- {title: a, url: x}\n", "question: a\nreferences:\n"),
    "clozes with braces": _front("{{c1::{a}}} ", 'question: a\nsummary: "', '"'),
    "clozes with open braces": _front("{{c1::{{a}} ", 'question: a\nsummary: "', '"'),
    "clozes": _front("{{c1::a}} ", 'question: a\nsummary: "', '"'),
    "clozes in front matter that never close": _front(
        "{{c1::a ", 'question: a\nsummary: "', '"'
    ),
    "footnotes": lambda n: _body("x[^N]\n\n")(n) + _numbered("[^N]: y\n\n")(n),
    "footnotes of footnotes": _body("[^N]: y[^M]\n\n", "x[^0]\n\n"),
    "references to a footnote": _body("x[^1]\n\n", "", "[^1]: y\n"),
    "unused footnotes": _body("[^N]: y\n\n"),
    "link definitions": lambda n: (
        _body("[aN]: /uN\n")(n) + "\n" + _numbered("[aN]\n\n")(n)
    ),
    "rows of a table": _body("|1|2|\n", "|a|b|\n|-|-|\n"),
    "a long row": _body("|1", "|a|b|\n|-|-|\n"),
    "a wide table": lambda n: f"{_HEAD}{'|a' * n}|\n{'|-' * n}|\n{'|1' * n}|\n",
    "items": _body("- a\n"),
    "loose items": _body("- a\n\n"),
    "boxes": _body("- [ ] a\n"),
    "definitions": _body("a\n: b\n\n"),
    "quoted lines": _body("> a\n"),
    "quotes in quotes": _body(">"),
    "lines of a paragraph": _body("a\n"),
    "paragraphs": _body("a\n\n"),
    "empty lines": _body("\n"),
    "rules": _body("---\n\n"),
    "formulas": _body("$x$ and\n\n"),
    "blocks of math": _body("$$\na\n$$\n\n"),
    "blocks of math that never close": _body("$$\na\n\n"),
    "links": _body("[a](https://e.org/)\n\n"),
    "links to nowhere": _body("[a](nowhere)\n\n"),
    "dead anchors": _body("[a](#b)\n\n"),
    "missing pictures": _body("![a](x.svg)\n\n"),
    "missing pictures in HTML": _body("<img src=x.svg alt=a>\n\n"),
    "comments": _body("<!-- a -->\n\n"),
    "comments that stay open": _body("<!-- a\n\n"),
    "tags on their own": _body("a <T> <li> <div> <a b> </i> <? b ?> "),
    "lines that begin with a tag": _body("<div> a <T>\n\n"),
    "lines that begin with an end": _body("</div> a\n\n"),
    "tags in an element": _body("<li> <i>a</i> ", "<ul>", "</ul>"),
    "tags in a description": _body("<T> <a b> ", "![", "](https://a.example/b)"),
    "blocks of HTML": _body("<div>\n\na\n\n</div>\n\n"),
    "dropped elements": _body("<blink>\n\n"),
}
"""What a file may hold much of; each grows by about as much with each part."""

PASSAGES: Mapping[str, Callable[[int], str]] = {
    "opening brackets": _body("["),
    "brackets": _both("[", "a", "]"),
    "pictures that never close": _body("!["),
    "links that never close": _body("[a]("),
    "links to <": _body("[a](<b"),
    "stars": _body("*a **a "),
    "stars alone": _body("*", "", "a"),
    "underscores": _body("_a __b "),
    "strikes": _body("~~a ~~b "),
    "backticks": _body("`", "a "),
    "backslashes": _body("\\"),
    "dollars": _body("$a "),
    "dollars with spaces": _body("$ a "),
    "dollars that open": _body("$a^ "),
    "brackets of TeX": _body("\\(x "),
    "addresses": _body("https://a.org "),
    "an address": _body("a", "https://a.org/"),
    "an address in brackets": _body(")", "https://a.org/"),
    "formulas in backticks that never close": _body("$`a "),
    "a formula in backticks": _body("a ", "$`"),
    "stars beside Chinese": _body("\u4e00**\uff08"),
    "spaces in stars": _body("** a "),
    "bullets": _body("\u2022 a\n"),
    "links with spaces": _body("[a](/b c "),
    "an address with spaces": _body("b ", "[a](/"),
    "reversed links": _body("(a)[https://b "),
    "carets": _body("a^b "),
    "indented lines": _body("    **a\n"),
    "rows of no table": _body("|a|b|\n"),
    "a row of bars": _body("|a", "| a |\n|---|\n"),
    "wiki links": _body("[[a "),
    "equal signs": _body("==a "),
    "equal signs around words": _body("==a== "),
    "braces of clozes": _body("{c1::a "),
    "attributes in braces": _body("{: a "),
    "dollars alone": _body("$"),
    "escaped dollars": _body("\\$", "$x"),
    "tags that never close": _body("x <a "),
    "comments that never close": _body("x <!--"),
    "a block of comments that never close": _body("<!--"),
    "a block of tags that never close": _body("<b", "<div>\n"),
    "attributes": _body("a ", "<p ", ">x</p>"),
    "an attribute that never closes": _body('a="', "<p "),
    "pictures in HTML": _body("<img src=x.svg>", "<p>"),
    "instructions": _body("x <?"),
    "sections": _body("x <![CDATA["),
    "ampersands": _body("&"),
    "footnotes that never close": _body("[^"),
    "spaces": _body(" ", "a", "b"),
    "ids of a heading": _body(" {#b", "# a"),
    "braces of a formula": _formula("{", "}"),
    "fractions": _formula("\\frac{", "}{b}"),
    "roots": _formula("\\sqrt ", ""),
    "accents": _formula("\\hat ", ""),
    "scripts": _formula("a_{", "}"),
    "fences of a formula": _formula("\\left(", "\\right)"),
    "environments": _formula("\\begin{matrix}", ""),
    "lines of a formula": _body(
        "a&b\\\\", "$$\n\\begin{aligned}", "\\end{aligned}\n$$\n"
    ),
    "a long formula": _body("a+", "$$\n", "a\n$$\n"),
    "clozes in each other": lambda n: (
        f'---\nquestion: a\nsummary: "{"{{c1::a" * n}{"}}" * n}"\n---\nx\n'
    ),
    "links in a cloze": _front("[a](b::c", 'question: a\nsummary: "{{c1::', '}}"'),
    "spaces in links in a cloze": lambda n: (
        f'---\nquestion: a\nsummary: "{{{{c1::[a]({" " * n}b}}}}"\n---\nx\n'
    ),
    "tags in a cloze": _front("<a b::c ", 'question: a\nsummary: "{{c1::', '}}"'),
    "clozes around dollars": lambda n: (
        f'---\nquestion: a\nsummary: "{"{{c1::$a" * n}"\n---\nx\n'
    ),
    "a long question": lambda n: f'---\nquestion: "{"a " * n}"\n---\nx\n',
}
"""What a paragraph, a block of HTML or a formula may hold much of."""
