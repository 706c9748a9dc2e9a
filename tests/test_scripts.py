"""The scripts of pages as they are sent: short, and the same to a browser."""

import re

import pytest

from triptych.render.site.scripts import scripts, written_scripts
from triptych.render.site.shorten import tokens_of, with_short_names

_WORD = re.compile(r"[A-Za-z_$][\w$]*")


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("const one = 1; f(one, other);", "let a=1;f(a,other);"),
        (
            "function f(one, ...rest) { g(...rest, one.one); }",
            "function f(a,...b){g(...b,a.one)}",
        ),
        ("{ const near = 1; } far(near);", "{let near=1}far(near);"),
        ("const f = (open) => open(1); open(2);", "let f=open=>open(1);open(2);"),
        ("const one = 1; x = { one };", "let one=1;x={one};"),
        ("const one = 1; x = { one: one };", "let a=1;x={one:a};"),
        ("const one = 1; x = y ? one : 2;", "let a=1;x=y?a:2;"),
        ("const one = 1; x = { y, one() {} };", "let one=1;x={y,one(){}};"),
        ("const one = 1; f(`${one}`);", "let one=1;f(`${one}`);"),
        ("const { one } = x; f(one);", "let{one}=x;f(one);"),
        (
            "for (const one of all) { f(one); } one;",
            "for(let one of all){f(one)}one;",
        ),
        ("try { f(); } catch (fault) { g(fault); }", "try{f()}catch(a){g(a)}"),
        ("f().catch((fault) => g(fault));", "f().catch(a=>g(a));"),
        ("function* all(x1) { yield x1; } all();", "function*a(b){yield b}a();"),
        ("const a1 = 1; b(a1, a);", "let c=1;b(c,a);"),
        ("while (f()); { while (g()); }", "while(f());{while(g());}"),
        ("for (;;) { if (x) {} }", "for(;;){if(x){}}"),
        ("x = () => 1; y = async (one) => one;", "x=()=>1;y=async a=>a;"),
        ("return(one) => one;", "return a=>a;"),
        ("{ const x1 = [1]; const y1 = f(x1); g(y1); }", "{let a=[1],b=f(a);g(b)}"),
        ("{ const x1 = 1\nf(); const y1 = 2; }", "{let a=1\nf();let b=2}"),
        ("{ const { x } = y; const z1 = x; }", "{let{x}=y,a=x}"),
    ],
)
def test_names_are_short_where_that_is_safe(code: str, short: str) -> None:
    assert with_short_names(code).strip() == short


@pytest.mark.parametrize("name", sorted(scripts()))
def test_a_name_has_one_short_name_and_no_two_have_the_same(name: str) -> None:
    code = written_scripts()[name]
    long = words(f'(function () {{\n"use strict";\n{code}}})();')
    short = words(scripts()[name])
    assert len(long) == len(short)
    pairs = {(one, other) for one, other in zip(long, short, strict=True)}
    renamed = {(one, other) for one, other in pairs if one != other}
    assert renamed
    assert len({one for one, _ in renamed}) == len(renamed)
    assert len({other for _, other in renamed}) == len(renamed)
    kept = {one for one, other in pairs if one == other}
    assert not {other for _, other in renamed} & kept


def words(code: str) -> list[str]:
    """Return the words of a script but for properties, strings and patterns."""
    tokens, _ = tokens_of(code)
    around = zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False)
    return [
        token
        for before, token, after in around
        if before != "." and after != ":" and _WORD.fullmatch(token)
        # One `const` may declare what several did, and has a shorter name.
        if token not in {"const", "let", "true", "false"}
    ]
