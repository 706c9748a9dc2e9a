"""The manual of every rule: those over the content, and those of the outputs."""

from inspect import getdoc
from pkgutil import resolve_name

from triptych.render.outputs import OUTPUTS
from triptych.validate.rules import RULES, severity_of
from triptych.values.diagnostics import Severity

_OUTPUT_RULES = {
    name: function
    for output in OUTPUTS.values()
    for name, function in output.rules.items()
}
NAMES = tuple(sorted((*RULES, *_OUTPUT_RULES)))


def manual(name: str) -> str:
    """Return the manual of the rule `name`: its docstring."""
    found = RULES.get(name) or resolve_name(_OUTPUT_RULES[name])
    return getdoc(found) or ""


def severity(name: str) -> Severity:
    """Return whether a finding of the rule `name` stops the build."""
    return severity_of(name) if name in RULES else Severity.WARNING
