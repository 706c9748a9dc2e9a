"""Show the values that a failed assertion compared, by evaluating its parts again."""

import ast
from collections.abc import Callable, Iterator, Mapping
from reprlib import Repr
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

from triptych.runner.findings import one_line

_UNINFORMATIVE_TYPES = (ModuleType, FunctionType, BuiltinFunctionType, type)
_MAX_NAME_CHARS, _MAX_VALUE_CHARS, _MAX_VALUES = 60, 160, 4
_repr = Repr()
_repr.maxstring = _repr.maxother = _repr.maxlong = _MAX_VALUE_CHARS
_repr.maxlist = _repr.maxtuple = _repr.maxdict = _repr.maxset = 12

Evaluate = Callable[[ast.expr], Any]


def compared_values(assertion: ast.Assert, names: Mapping[str, Any]) -> str:
    """Return the values in a failed `assertion`, such as "`total` is 3, `want` is 4".

    It is empty when two evaluations differ, since the values may then not be those that
    the assertion compared.
    """
    scope = dict(names)

    def evaluate(node: ast.expr) -> Any:  # noqa: ANN401 - a value of any program
        expression = ast.fix_missing_locations(ast.Expression(node))
        return eval(compile(expression, "<assertion>", "eval"), scope)  # noqa: S307

    try:
        first = dict(_values(assertion.test, evaluate))
        second = dict(_values(assertion.test, evaluate))
        if first != second or evaluate(assertion.test):
            return ""
    except Exception:  # noqa: BLE001 - the author's code may raise anything
        return ""
    values = list(first.items())[:_MAX_VALUES]
    return ", ".join(f"`{name}` is {value}" for name, value in values)


def _values(test: ast.expr, evaluate: Evaluate) -> Iterator[tuple[str, str]]:
    for part in _parts(test, evaluate):
        if not _is_literal(part):
            value = evaluate(part)
            if not isinstance(value, _UNINFORMATIVE_TYPES):
                name = one_line(ast.unparse(part), _MAX_NAME_CHARS)
                yield name, one_line(_repr.repr(value), _MAX_VALUE_CHARS)


def _parts(test: ast.expr, evaluate: Evaluate) -> Iterator[ast.expr]:
    """Yield the expressions whose values explain why `test` is false."""
    match test:
        case ast.Compare(left=left, comparators=rest):
            yield from (left, *rest)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield from _parts(operand, evaluate)
        case ast.BoolOp(op=ast.And(), values=values):
            yield from _parts(next(v for v in values if not evaluate(v)), evaluate)
        case ast.BoolOp(values=values):
            for value in values:
                yield from _parts(value, evaluate)
        case ast.Call(args=[ast.GeneratorExp(elt=each, generators=loops)]):
            yield ast.ListComp(each, loops)
        case ast.Call(func=function, args=arguments, keywords=keywords):
            if isinstance(function, ast.Attribute):
                yield function.value
            yield from (a.value if isinstance(a, ast.Starred) else a for a in arguments)
            yield from (keyword.value for keyword in keywords)
        case _:
            yield test


def _is_literal(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError):
        return False
    return True
