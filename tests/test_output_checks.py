"""The checks of outputs find what they must, and an untrusted deck passes them."""

import json
from pathlib import Path, PurePosixPath

import pytest
from tests.cases import write_deck
from tests.output_checks import (
    TEMPLATES,
    card_faults,
    look_at,
    page_faults,
    site_faults,
)

from triptych.build.build import build
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project
from triptych.render.site.scripts import scripts
from triptych.render.site.templates import POLICY
from triptych.values.artifact import Artifact

PAGE = f"""<!doctype html><html><head>
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<link rel="stylesheet" href="style.css"><script src="theme.js"></script>
</head><body>{{}}</body></html>"""
FILES = {
    "index.html": b"",
    "style.css": b"",
    "theme.js": b"",
    "script.js": b"",
    "media/a.svg": b"",
}
BODIES = [
    "<p onclick='x'>a</p>",
    "<p OnClick=x>a</p>",
    "<svg onload=x></svg>",
    "<img src='media/a.svg' onerror=x>",
    "<p style='color:red'>a</p>",
    "<style>p{}</style>",
    "<script>alert(1)</script>",
    "<script src='https://far.example/x.js'></script>",
    "<script src='//far.example/theme.js'></script>",
    "<script src='media/theme.js'></script>",
    "<script src='theme.js'>alert(1)</script>",
    "<script type='application/ld+json'>alert(1)</script>",
    "<script type='module'>import 'x'</script>",
    "<img src='https://far.example/x.png'>",
    "<img src='//far.example/x.png'>",
    "<img src='/\\far.example/x.png'>",
    "<img src='gone.svg'>",
    "<img src='media/a.svg' srcset='https://far.example/x 2x'>",
    "<picture><source srcset='x'></picture>",
    "<audio src='media/a.svg'></audio>",
    "<audio src='media/a.svg' controls autoplay></audio>",
    "<audio src='https://far.example/a.mp3' controls></audio>",
    "<audio src='gone.mp3' controls></audio>",
    "<iframe src='x'></iframe>",
    "<object data='x'></object>",
    "<embed src='x'>",
    "<base href='https://far.example/'>",
    "<form action='x'></form>",
    "<button formaction='x'>a</button>",
    "<a href='javascript:alert(1)'>a</a>",
    "<a href=' java&#115;cript:alert(1)'>a</a>",
    "<a href='data:text/html,x'>a</a>",
    "<a href='vbscript:x'>a</a>",
    "<a href='x' ping='https://far.example/'>a</a>",
    "<link rel='stylesheet' href='https://far.example/x.css'>",
    "<link rel='preload' href='gone.css'>",
    "<meta http-equiv='refresh' content='0; url=https://far.example/'>",
    "<svg><use href='#x'></use></svg>",
    "<svg><a xlink:href='javascript:x'></a></svg>",
    "<svg><rect fill='url(https://far.example/x)'/></svg>",
    "<math><maction actiontype='x'></maction></math>",
    "<math href='javascript:x'></math>",
    "<video poster='x'></video>",
    "<table background='https://far.example/x'></table>",
    "<template><p>a</p></template>",
    "<meta http-equiv='Content-Security-Policy' content='x'>",
]
SOUND = [
    "<a href='https://e.org/'>a</a>",
    "<a href='mailto:a@e.org'>a</a>",
    "<a href='index.html#a'>a</a>",
    "<img src='media/a.svg' alt='url(x)'>",
    "<link rel='canonical' href='https://e.org/'>",
    "<script src='script.js' defer></script>",
    "<script type='application/ld+json'>{\"a\": 1}</script>",
    "<meta http-equiv='refresh' content='0; url=index.html'>",
    "<p>onclick=x style=x &lt;script&gt; javascript:x</p>",
]


@pytest.mark.parametrize("body", BODIES)
def test_the_safety_check_finds_what_is_wrong_on_a_page(body: str) -> None:
    assert list(page_faults(PAGE.format(body), "index.html", FILES))


@pytest.mark.parametrize("body", SOUND)
def test_the_safety_check_allows_what_a_page_may_contain(body: str) -> None:
    assert list(page_faults(PAGE.format(body), "index.html", FILES)) == []


@pytest.mark.parametrize("body", [b for b in BODIES if "gone." not in b])
def test_the_safety_check_finds_what_is_wrong_on_a_card(body: str) -> None:
    assert list(card_faults(body, ()))


def test_a_page_without_its_policy_does_not_pass() -> None:
    assert list(page_faults("<p>a</p>", "index.html", FILES))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("script.js", b"alert(1)"),
        ("theme.js", scripts()["theme.js"].encode() + b"\nalert(1)"),
        ("other.js", scripts()["theme.js"].encode()),
        ("sw.js", b"fetch('https://far.example/')"),
        ("sw.js", (TEMPLATES / "sw.js").read_bytes() + b"alert(1)"),
        ("style.css", b"@import 'x'"),
        ("style.css", b"p{background:url(https://far.example/x)}"),
        ("style.css", b"p{background:url(media/a.svg)}"),
        ("media/a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>"),
        ("media/a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/><!-- a -->"),
        ("icon.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("feed.xml", b"<?xml-stylesheet href='x'?><feed/>"),
        ("feed.xml", b"<!DOCTYPE feed><feed/>"),
        ("feed.xml", b"<feed><link href='javascript:x'/></feed>"),
        ("site.webmanifest", b'{"icons": [{"src": "https://far.example/x"}]}'),
        ("odd.swf", b""),
        ("odd.htm", b"<script>alert(1)</script>"),
        ("odd", b""),
    ],
)
def test_the_safety_check_finds_what_is_wrong_in_a_file(name: str, data: bytes) -> None:
    assert list(site_faults({name: data}))
    with pytest.raises(AssertionError):
        look_at([Artifact(PurePosixPath("site", name), data)])


PAYLOADS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://far.example/x.js></SCRIPT>",
    "<img src=media/a.svg onerror=alert(1)>",
    "<img src=media/a.svg onerror=alert(1)>",
    "<img src='media/a.svg' alt='\"><script>alert(1)</script>'>",
    "<img src=media/a.svg srcset='https://far.example/x 2x'>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><maction actiontype=x xlink:href=javascript:alert(1)>a</maction></math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=data:text/html,x></object>",
    "<embed src=https://far.example/x>",
    "<base href=https://far.example/>",
    "<meta http-equiv=refresh content='0;url=https://far.example/'>",
    "<link rel=stylesheet href=https://far.example/x.css>",
    "<style>@import 'https://far.example/x'</style>",
    "<form action=https://far.example/><input autofocus onfocus=alert(1)></form>",
    "<a href=javascript:alert(1)>a</a>",
    "<a href=' &#14; javascript:alert(1)'>a</a>",
    "<a href='java\tscript:alert(1)'>a</a>",
    "<a href=data:text/html,x>a</a>",
    "[a](javascript:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a](vbscript:x)",
    "[a](data:text/html,x)",
    "![a](javascript:alert(1))",
    '!["><script>alert(1)</script>](media/a.svg)',
    "![a](media/a.svg '\" onerror=\"alert(1)')",
    "<p style='background:url(https://far.example/x)'>a</p>",
    "<p onmouseover='alert(1)'>a</p>",
    "<div class='masthead' id='Main'>a</div>",
    "<details open ontoggle=alert(1)>a</details>",
    "<video poster=https://far.example/x onerror=alert(1)></video>",
    "<noscript><p title='</noscript><img src=media/a.svg onerror=x>'></noscript>",
    "<!--><img src=media/a.svg onerror=alert(1)>-->",
    "<![CDATA[><img src=media/a.svg onerror=alert(1)>]]>",
    "<textarea></textarea><img src=media/a.svg onerror=alert(1)>",
    "<p title='<script>alert(1)</script>'>a</p>",
    "<template><script>alert(1)</script></template>",
    "<x-y onclick=alert(1)>a</x-y>",
    "<table background=https://far.example/x><td background=x>a</table>",
    "<b <script>alert(1)</script>0",
    "`<script>alert(1)</script>`",
    "</script><script>alert(1)</script>",
    "$\\text{<script>alert(1)</script>}$",
    "$\\href{javascript:alert(1)}{a}$",
    "{{constructor.constructor('alert(1)')()}}",
    "{% raw %}{{ 7*7 }}{% endraw %}",
    "{{c1::<script>alert(1)</script>}}",
    "[sound:x.mp3] [$]x[/$] [latex]\\input{x}[/latex]",
    "\"'><!-- --><svg/onload=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<a href='&#x6A;avascript:alert(1)'>a</a>",
    "<ruby onclick=x><rt>a</rt></ruby>",
    "<kbd><mark><script>alert(1)</script></mark></kbd>",
    "<ol start='1 onclick=x' type='a' reversed><li value=javascript:x>a</ol>",
]


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def question(payload: str) -> str:
    return f"""---
question: {quoted(f"What {payload} is?")}
summary: {quoted(f"It {payload}.")}
rubric: [{quoted(f"a {payload}")}, b, c]
hints: [{quoted(payload + " a")}]
tags: [{quoted(payload)}]
asked_at: [{quoted(payload)}]
references: [{{title: {quoted(payload)}, authors: {quoted(payload)}}}]
---

Before {payload} after.

{payload}

- {payload}

| {payload.replace("|", "")} | a |
|---|---|
| {payload.replace("|", "")} | b |

```html
{payload}
```

A note[^1].

[^1]: {payload}

## In depth

### {payload} deep

## Follow-ups

### Why {payload}? {{#why}}

> {payload}

## Pitfalls

### Not {payload}. {{#not}}

<div>{payload}</div>
"""


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'


BATCH = 10


@pytest.mark.parametrize("first", range(0, len(PAYLOADS), BATCH))
def test_an_untrusted_deck_makes_safe_outputs(first: int, tmp_path: Path) -> None:
    payloads = PAYLOADS[first : first + BATCH]
    files = {
        path: text
        for n, payload in enumerate(payloads)
        for path, text in (
            (f"t/q{n}.md", question(payload)),
            (f"guides/g{n}.md", guide(payload)),
        )
    }
    text = "".join(f"=== {path}\n{text}\n" for path, text in files.items())
    deck = write_deck(tmp_path / "deck", f"{text}=== media/a.svg\n{SVG}\n")
    title = quoted(f"T {' '.join(payloads)}").replace("/", "\\u002f")
    (deck / "deck.toml").write_text(
        f'id = "test"\ntitle = {title}\ndescription = {title}\n'
        f'[[topics]]\nid = "t"\ntitle = {title}\n',
        encoding="utf-8",
    )
    # All that a test builds is looked at before it is written.
    report, emitted = build(
        open_project(deck), tmp_path / "dist", options=BuildOptions(jobs=1)
    )
    if not emitted:
        # What is refused is no danger; the rest must be safe.
        errors = [d for d in report.diagnostics if d.severity == "error"]
        for refused in {str(d.span.path) for d in errors}:
            assert refused in files
            (deck / refused).unlink()
        _, emitted = build(
            open_project(deck), tmp_path / "dist", options=BuildOptions(jobs=1)
        )
    assert emitted


def guide(payload: str) -> str:
    line = quoted(payload + " a")
    return f"---\ntitle: {line}\nsummary: {line}\n---\n{payload}\n"
