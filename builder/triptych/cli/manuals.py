"""The manuals of all rules: those for the content, and those of the outputs."""

from inspect import getdoc
from pkgutil import resolve_name

from triptych.render.outputs import OUTPUTS
from triptych.validate.rules import RULES
from triptych.values.diagnostics import Severity

_OUTPUT_RULES = {
    name: (output.name, function)
    for output in OUTPUTS.values()
    for name, function in {**output.rules, **output.rendering_rules}.items()
}
NAMES = tuple(sorted((*RULES, *_OUTPUT_RULES)))


def manual(name: str) -> str:
    """Return the manual of the rule `name`: its docstring."""
    if name in RULES:
        return RULES[name].manual
    return getdoc(resolve_name(_OUTPUT_RULES[name][1])) or ""


def output_of(name: str) -> str:
    """Return the output whose build applies the rule `name`; empty for `check`."""
    return _OUTPUT_RULES[name][0] if name in _OUTPUT_RULES else ""


def severity(name: str) -> Severity:
    """Return the severity of the findings of the rule `name`."""
    return RULES[name].severity if name in RULES else Severity.WARNING


def group(name: str) -> str:
    """Return the subject of the rule `name`."""
    return RULES[name].group if name in RULES else "outputs"
