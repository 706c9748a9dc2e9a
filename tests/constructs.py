"""Short texts that between them use every construct of CommonMark, well and badly."""

import string

LEAVES = (
    "***\n---\n___\n",
    " - - -\n  ** * **\n    ***\n+++\n--\n",
    "# One\n## Two ##\n###### Six\n####### Seven\n",
    "#None\n\\## None\n   # Three #  \n#\n## ##\n# a # b\n",
    "Title\n=====\n\nOther *one*\n---\n",
    "Two\nlines\n  ===\n\n= =\n\n> a\n---\n- b\n---\n",
    "    code\n\n      more\n    \tend\n\nno\n    code\n",
    "\tcode\n  \tcode\n- \ta\n",
    "```\na\n\n``\n```\n\n~~~ py x\n```\n~~~~\n",
    "````\nopen\n```\n",
    "   ```\n   three\n  two\n ```\n``` a`b\n~~~ a`b\n~~~\n",
    "<div>\n*no*\n\n*yes*\n</div>\n",
    "<!-- one\n\ntwo -->\n<?a\nb?>\n<!DOCTYPE x>\n<![CDATA[\n>&<\n]]>\n",
    "<script>\n\n*no*\n</script>\n<style\n\n</style>\n<pre>\n\n</pre>text\n",
    "<a href='x'>\n*yes*\n</a>\n\nText\n<del>\n<x-y z=1 />\n",
    "[a]: /b 'c'\n[d]: <e f> (g\nh)\n[i]:\n/j\n\n[a] [D] [i]\n",
    "[a]: /b c\n[]: /x\n[e]:\n\n[a] [e]\n",
    "[a]: /one\n[A]: /two\n\\[b]: /c\n\n[a][] ![A] [b]\n",
    "One\ntwo  \nthree\\\nfour   \n\n  five\n\n\nsix\n",
)
"""Blocks that hold no others."""
CONTAINERS = (
    "> a\n> > b\nlazy\n> - c\n>   d\n",
    ">a\n>\n>b\n\n>\n> \n",
    ">     code\n> ```\nout\n> ```\n",
    "- a\n- b\n\n- c\n+ d\n* e\n",
    "1. a\n2) b\n3) c\n\n0. d\n123456789. e\n1234567890. f\n-1. g\n",
    "-\n  a\n-\n\n  b\n-   \n- c\n1.\n2. d\n",
    "- a\n  - b\n    - c\n      - d\n\n        e\n",
    "- a\n\n      code\n\n  text\n    more\n",
    "10) a\n    - b\n   c\n",
    "text\n- list\n\ntext\n2. none\n\ntext\n1. list\n",
    "- - - a\n- 1. b\n> 1. > c\nlazy\n",
    "- a\n > b\n ```\n c\n ```\n- # d\n- ***\n",
    "- [a]: /b\n- c\n\n\n  d\n\n<!-- -->\n\n    e\n",
)
"""Blocks that hold others."""
INLINES = (
    "".join(f"\\{mark}" for mark in string.punctuation),
    "\\a \\\t \\\u00e9 a\\\nb `\\`` [\\]](\\))",
    "&amp; &copy; &#35; &#x22; &#0; &#9999999; &nosuch; &amp &;",
    "`a` ``b ` c`` ` d ` `e\nf` `` g ` h `i",
    "*a* _b_ **c** __d__ ***e*** ___f___ *g **h** i* **j *k* l**",
    "a*b*c a_b_c **a**b __a__b * a* *a * ** b** _ c_",
    "*a **b* c** **a *b** c* ***a** b* ***a* b** ****a****",
    "*(a)* _(b)_ a_(c)_ *\u00a0d* **\u201ce\u201d**f \u00a3**g** *\u65e5**\u672c*",
    "\\*a* *b\\* *`c*` *<a href='*'> *[d*](e) **[f**](g) _a\n_ *\n*b*",
    "[a](b) [a](<b c>) [a](b 'c') [a](b \"c\" ) [a]( b\n'c' )",
    "[a](b (c)) [a]() [a](<>) [a](b c) [a](b(c)d) [a](b(c d) [a] (b)",
    "[a [b](c) d](e) [a ![b](c)](d) [a](\\(b) [`a](b)` [<a href='](b)'>",
    "![a *b*](c 'd') ![](e) ![a][b] ![b] ![\\[c]](d) \\![b] !\\[b]\n\n[b]: /x",
    "[a][b] [a][] [b] [a] [b] [A\nB] [a][c][b] [b](not a link)\n\n[b]: x\n[a b]: y",
    "<https://a.b/c?d=e&f> <a+b:c> <m:a b> <x@y.z> <x@y..z> < https://a.b> <a>",
    "<a b=c d='e' f=\"g\" h /> </a > <a h*='i'> <a b='c\nd'> <!-- x --> <?x?> <!X y>",
    "a<b>c</b>d <b\n c> <![CDATA[x]]> <!--> <!---> <a/b> </a b=c>",
    "a  \nb\\\nc\nd  ",
    "*a\u2019s* \u00e9_\u00e9_ \ud55c**\uae00** \u0000 \ufffd \u2028 \u000b \u000c",
    "[[a]] [[[b](c)]] ]a[ ![ [](a) [\u00a0](b) [ẞ]\n\n[SS]: /s",
)
"""Text within a block."""
CONSTRUCTS = (
    *LEAVES,
    *CONTAINERS,
    *INLINES,
    *(f"> {text}" for text in LEAVES),
    *("- " + text.replace("\n", "\n  ") for text in (*LEAVES, *CONTAINERS)),
    *(f"# {text}\n\n1. {text}\n\n> {text}\n" for text in INLINES),
)
