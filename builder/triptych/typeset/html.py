"""Tokens become a skeleton of HTML with slots for what differs between the outputs."""

import re
from collections.abc import MutableMapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from triptych.dialect.links import Leads, destination, picture
from triptych.typeset.context import Context
from triptych.typeset.highlight import html_lines
from triptych.typeset.images import size
from triptych.typeset.math.latex import portable
from triptych.typeset.math.mathml import mathml
from triptych.typeset.pictures import Shown, pictures
from triptych.typeset.slots import LINK, LINK_END, LINK_TEXT, ROOT, Slots, put_links
from triptych.values.catalog import Catalog

_ALIGN = re.compile(r"text-align:(left|center|right)")

Env = MutableMapping[str, Any]
Tokens = Sequence[Token]


def skeleton(tokens: Tokens, context: Context, slots: Slots) -> str:
    """Return the HTML of `tokens`, with marks where `slots` go."""
    return _WRITER.render(tokens, _OPTIONS, {"context": context, "slots": slots})


def place(html: str, root: str, catalog: Catalog) -> str:
    """Return a prose's HTML for a page from which `root` leads to the site's root."""
    return put_links(html, root, catalog.pages.get)


class _Writer(RendererHTML):
    """markdown-it's renderer with our own tokens; a method a token type."""

    def math_inline(self, tokens: Tokens, idx: int, _o: OptionsDict, env: Env) -> str:
        return _math(tokens[idx].content, env, display=False)

    def math_inline_double(
        self, tokens: Tokens, idx: int, _o: OptionsDict, env: Env
    ) -> str:
        return _math(tokens[idx].content, env, display=True)

    math_block = math_inline_double

    def fence(self, tokens: Tokens, idx: int, _o: OptionsDict, env: Env) -> str:
        token = tokens[idx]
        role = token.meta.get("role", "")
        site, card = code_html(token.content, token.meta.get("language", ""), role)
        if role == "test":
            summary = f"<summary>{_context(env).words.tests.html}</summary>"
            site, card = f'<details class="tests">{summary}{site}</details>', ""
        printed = _context(env).printed(token.content) if role == "run" else ""
        if printed:
            output = (
                f'<div class="output"><pre tabindex="0">{escape(printed)}</pre></div>'
            )
            site, card = site + output, card + output.replace(' tabindex="0"', "")
        return _slots(env).add(site, card) + "\n"

    def code_block(self, tokens: Tokens, idx: int, _o: OptionsDict, env: Env) -> str:
        return _slots(env).add(*code_html(tokens[idx].content, "", "")) + "\n"

    def image(self, tokens: Tokens, idx: int, _o: OptionsDict, env: Env) -> str:
        (shown,) = pictures(tokens[idx])
        return _image(shown, env)

    def paragraph_open(self, tokens: Tokens, idx: int, o: OptionsDict, env: Env) -> str:
        if _is_figure(tokens, idx):
            return "<figure>"
        return self.renderToken(tokens, idx, o, env)

    def paragraph_close(
        self, tokens: Tokens, idx: int, o: OptionsDict, env: Env
    ) -> str:
        if _is_figure(tokens, idx - 2):
            return "</figure>\n"
        return self.renderToken(tokens, idx, o, env)

    def link_open(self, tokens: Tokens, idx: int, _o: OptionsDict, env: Env) -> str:
        token = tokens[idx]
        context = _context(env)
        found = destination(str(token.attrs["href"]), context.path)
        title = token.attrs.get("title")
        hover = f' title="{escape(str(title))}"' if title else ""
        match found.leads:
            case Leads.OUT:
                opening = f'<a href="{escape(found.url)}"{hover}>'
                pair = (opening, opening), ("</a>", "</a>")
            case Leads.ANCHOR:
                opening = f'<a href="#{escape(quote(found.fragment))}"{hover}>'
                pair = (opening, ""), ("</a>", "")
            case Leads.PAGE:
                target = f"{quote(str(found.path))}#{quote(found.fragment)}"
                pair = (f"{LINK}{target}{LINK_TEXT}", ""), (LINK_END, "")
            case Leads.NOWHERE:
                pair = ("", ""), ("", "")
        env.setdefault("links", []).append(pair[1])
        return _slots(env).add(*pair[0])

    def link_close(self, _tokens: Tokens, _idx: int, _o: OptionsDict, env: Env) -> str:
        return _slots(env).add(*env["links"].pop())

    def html_inline(self, tokens: Tokens, idx: int, _o: OptionsDict, env: Env) -> str:
        _slots(env).has_raw_html = True
        html, parts, position = tokens[idx].content, [], 0
        for shown in pictures(tokens[idx]):
            parts += [html[position : shown.start], _image(shown, env)]
            position = shown.stop
        return "".join([*parts, html[position:]])

    def html_block(self, tokens: Tokens, idx: int, o: OptionsDict, env: Env) -> str:
        return self.html_inline(tokens, idx, o, env)

    def list_item_open(self, tokens: Tokens, idx: int, o: OptionsDict, env: Env) -> str:
        box = tokens[idx].meta.get("box")
        if box is None:
            return self.renderToken(tokens, idx, o, env)
        checked = " checked" if box else ""
        words = _context(env).words
        state = (words.done if box else words.to_do).attribute("aria-label")
        tag = f'<input type="checkbox" disabled{checked}{state}> '
        return '<li class="task">' + _slots(env).add(tag, tag)

    def heading_open(self, tokens: Tokens, idx: int, _o: OptionsDict, _e: Env) -> str:
        token = tokens[idx]
        name = str(token.attrs.get("id") or token.meta.get("slug", ""))
        return f'<{token.tag} id="{escape(name)}">' if name else f"<{token.tag}>"

    def table_open(self, *_: object) -> str:
        return '<div class="table"><table>\n'

    def table_close(self, *_: object) -> str:
        return "</table></div>\n"

    def td_open(self, tokens: Tokens, idx: int, _o: OptionsDict, _env: Env) -> str:
        token = tokens[idx]
        align = _ALIGN.search(str(token.attrs.get("style", "")))
        return f'<{token.tag} class="align-{align[1]}">' if align else f"<{token.tag}>"

    th_open = td_open

    def cloze_open(self, tokens: Tokens, idx: int, _o: OptionsDict, env: Env) -> str:
        meta = tokens[idx].meta
        hint = f"::{escape(meta['hint'])}" if meta["hint"] else ""
        env.setdefault("hints", []).append(hint)
        card = f"{{{{c{meta['number']}::"
        return _slots(env).add('<mark class="cloze">', card, own=True)

    def cloze_close(self, _tokens: Tokens, _idx: int, _o: OptionsDict, env: Env) -> str:
        return _slots(env).add("</mark>", env["hints"].pop() + "}}", own=True)

    def footnote_ref(self, tokens: Tokens, idx: int, _o: OptionsDict, env: Env) -> str:
        number = tokens[idx].meta.get("number", 0)
        name = _note_name(env, number)
        seen = env.setdefault("notes", {})
        seen[number] = seen.get(number, 0) + 1
        # Only the first reference is what the note leads back to: ids are unique.
        back = f' id="fnref-{name}"' if seen[number] == 1 else ""
        return _slots(env).add(
            f'<sup class="footnote-ref"><a href="#fn-{name}"{back}>{number}</a></sup>',
            f'<sup class="footnote-ref">{number}</sup>',
        )

    def footnote_block_open(self, *_: object) -> str:
        return '<section class="footnotes">\n<ol>\n'

    def footnote_block_close(self, *_: object) -> str:
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: Tokens, idx: int, _o: OptionsDict, env: Env) -> str:
        name = _note_name(env, tokens[idx].meta["number"])
        return f'<li id="fn-{name}">'

    def footnote_close(
        self, tokens: Tokens, idx: int, _o: OptionsDict, env: Env
    ) -> str:
        name = _note_name(env, tokens[idx].meta["number"])
        back = f'<a href="#fnref-{name}" class="footnote-back">↩</a>'
        return _slots(env).add(back, "") + "</li>\n"


def code_html(code: str, language: str, role: str) -> tuple[str, str]:
    """Return a block of code for the site and for the card."""
    lines = "\n".join(html_lines(code, language))
    data = f' data-role="{role}"' if role else ""
    css = f' class="language-{escape(language)}"' if language else ""
    start = f'<div class="code"{data}><pre class="highlight"'
    rest = f"><code{css}>{lines}</code></pre></div>"
    # The attribute is for the keyboard: the block scrolls sideways.
    return f'{start} tabindex="0"{rest}', f"{start}{rest}"


def _math(tex: str, env: Env, *, display: bool) -> str:
    tex = tex.strip()
    written = escape(portable(tex), quote=False)
    card = f"\\[{written}\\]" if display else f"\\({written}\\)"
    site = mathml(tex, display=display)
    slots = _slots(env)
    slots.formulas.append(site)
    return slots.add(site, card)


def _image(shown: Shown, env: Env) -> str:
    src, alt, title = shown.src, shown.alt, shown.title
    context = _context(env)
    slots = _slots(env)
    media = context.media(src)
    if media is None:
        text = escape(alt or src)
        remote = picture(src, context.path, ()).url
        link = f'<a href="{escape(remote)}">{text}</a>' if remote else text
        return slots.add(link, link)
    slots.media.append(media.name)
    shape = size(media.data)
    sized = f' width="{shape[0]}" height="{shape[1]}"' if shape else ""
    hover = f' title="{escape(title)}"' if title else ""
    start, rest = "<img src=", f'alt="{escape(alt)}"{hover}{sized}'
    return slots.add(
        f'{start}"{ROOT}media/{media.name}" {rest} loading="lazy">',
        f'{start}"{media.name}" {rest}>',
    )


def _is_figure(tokens: Tokens, idx: int) -> bool:
    if tokens[idx].hidden:
        return False
    children = tokens[idx + 1].children or ()
    return len(children) == 1 and children[0].type == "image"


def _slots(env: Env) -> Slots:
    slots: Slots = env["slots"]
    return slots


def _context(env: Env) -> Context:
    context: Context = env["context"]
    return context


def _note_name(env: Env, number: int) -> str:
    layer = _context(env).layer
    return f"{layer}-{number}" if layer else str(number)


_WRITER = _Writer()
_OPTIONS = OptionsDict(
    {
        "maxNesting": 100,
        "html": True,
        "linkify": False,
        "typographer": False,
        "quotes": "",
        "xhtmlOut": False,
        "breaks": False,
        "langPrefix": "language-",
        "highlight": None,
    }
)
