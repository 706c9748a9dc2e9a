"""The manual of every rule: those over the content, and those of the outputs."""

from inspect import getdoc
from pkgutil import resolve_name

from triptych.build.outputs import OUTPUT_RULES
from triptych.validate.rules import RULES, severity_of
from triptych.values.diagnostics import Severity

NAMES = tuple(sorted((*RULES, *OUTPUT_RULES)))


def manual(name: str) -> str:
    """Return the manual of the rule `name`: its docstring."""
    found = RULES.get(name) or resolve_name(OUTPUT_RULES[name][1])
    return getdoc(found) or ""


def severity(name: str) -> Severity:
    """Return whether a finding of the rule `name` stops the build."""
    return severity_of(name) if name in RULES else Severity.WARNING
