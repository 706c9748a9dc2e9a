"""LaTeX in plain text, as people read it in descriptions and in hits of the search."""

import pytest

from triptych.typeset.math.readable import readable


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("no formula, C:\\new and 50 %", "no formula, C:\\new and 50 %"),
        (r"X^\top(p-y)/n", "X^\N{DOWN TACK}(p-y)/n"),
        (r"\operatorname{logaddexp}(0,z)", "logaddexp(0,z)"),
        (r"\hat m/(\sqrt{\hat v}+\epsilon)", "m̂/(√v̂+ε)"),
        (r"O(n\log k), \log_2(i+1)", "O(n log k), log_2(i+1)"),
        (r"\beta\,\mathrm{KL}", "β KL"),
        (r"2\cdot\text{layers}\cdot\text{head size}", "2·layers·head size"),
        (r"e^{-m}, x_{12}, b^{2}, \sqrt{x+y}", "e^(-m), x_12, b^2, √(x+y)"),
        (r"\frac{1}{n}\sum_i x_i \leq \tfrac{a+b}{2}", "1/n∑_i x_i ≤(a+b)/2"),
        (r"\lceil(n+1)(1-\beta)\rceil", "⌈(n+1)(1-β)⌉"),
        (r"P(y\mid x), H(p\Vert q), \{a\}", "P(y | x), H(p‖q), {a}"),
        (r"\Lambda \lambda \Omega \unknown{x}", r"ΛλΩ\unknown{x}"),
        ("a dict {1: 2} and f'{x}'", "a dict {1: 2} and f'{x}'"),
    ],
)
def test_commands_become_signs(latex: str, expected: str) -> None:
    assert readable(latex) == expected
