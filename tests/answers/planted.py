"""Bugs to plant in a code answer: small edits of its syntax tree."""

import ast
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
}
_NAMES = {
    "min": "max",
    "max": "min",
    "argmin": "argmax",
    "argmax": "argmin",
    "any": "all",
    "all": "any",
    "floor": "ceil",
    "ceil": "floor",
    "minimum": "maximum",
    "maximum": "minimum",
    "cumsum": "cumprod",
    "zeros": "ones",
    "append": "remove",
}


_NO_BEHAVIOR = frozenset(
    {
        *("annotation", "returns", "decorator_list", "type_params", "bases"),
        *("defaults", "kw_defaults"),  # another default is another choice, no bug
    }
)


@dataclass(frozen=True, slots=True)
class Bug:
    """An edit of one place of the code."""

    line: int
    """Of the block, counted from 1."""
    where: str
    """The line, or the start of the statement, before the edit."""
    what: str
    """What becomes what."""
    plant: Callable[[], None]
    """Makes the edit in the tree that the bug was found in."""

    @property
    def name(self) -> str:
        """Return what names the bug in the list of equivalent ones."""
        return f"{self.where} | {self.what}"


def mutants(text: str, count: int, seed: str) -> Iterator[tuple[Bug, str]]:
    """Yield `count` bugs of a block, spread over its lines, with the code they make."""
    total = len(list(bugs(ast.parse(text), text)))
    for index in _chosen(list(bugs(ast.parse(text), text)), min(count, total), seed):
        tree = ast.parse(text)
        bug = list(bugs(tree, text))[index]
        bug.plant()
        yield bug, ast.unparse(ast.fix_missing_locations(tree))


def _chosen(found: Sequence[Bug], count: int, seed: str) -> list[int]:
    """Return indexes of bugs: one of each line before a second one of any."""
    order = list(range(len(found)))
    random.Random(seed).shuffle(order)  # noqa: S311 - the same bugs in each run
    seen: dict[int, int] = {}
    rounds: list[tuple[int, int, int]] = []
    for index in order:
        line = found[index].line
        rounds.append((seen.get(line, 0), len(rounds), index))
        seen[line] = seen.get(line, 0) + 1
    return sorted(index for _, _, index in sorted(rounds)[:count])


def bugs(tree: ast.Module, text: str) -> Iterator[Bug]:
    """Yield every bug that can be planted in `tree`, which is that of `text`."""
    lines = text.split("\n")
    for parent, field, index, node in _places(tree):
        line = getattr(node, "lineno", 0) or getattr(parent, "lineno", 1)
        where = lines[line - 1].strip()
        for what, plant in _edits(parent, field, index, node):
            yield Bug(line, where, what, plant)


Place = tuple[ast.AST, str, int | None, ast.AST]
Edit = tuple[str, Callable[[], None]]


def _places(node: ast.AST) -> Iterator[Place]:
    """Yield the nodes whose value a test could notice, with where each hangs."""
    for field, value in ast.iter_fields(node):
        if field in _NO_BEHAVIOR or (field == "value" and _is_default(node)):
            continue
        items = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        for index, child in items:
            if not isinstance(child, ast.AST) or _is_no_behavior(child):
                continue
            yield node, field, index, child
            yield from _places(child)


def _is_default(node: ast.AST) -> bool:
    """Return whether `node` is a field of a dataclass, whose value is a default."""
    return isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Constant)


def _is_no_behavior(node: ast.AST) -> bool:
    """Return whether a node is a message, a docstring, an import or a type."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    kinds = (ast.Raise, ast.Import, ast.ImportFrom, ast.JoinedStr, ast.expr_context)
    return isinstance(node, kinds)


def _edits(
    parent: ast.AST, field: str, index: int | None, node: ast.AST
) -> Iterator[Edit]:
    for new in _variants(node):

        def plant(new: ast.AST = new) -> None:
            if index is None:
                setattr(parent, field, new)
            else:
                getattr(parent, field)[index] = new

        shown = "" if isinstance(new, ast.Pass) else f" -> `{_short(new)}`"
        yield f"{'' if shown else 'delete '}`{_short(node)}`{shown}", plant


def _variants(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what may stand in the place of `node`."""
    yield from _statements(node)
    yield from _operations(node)
    match node:
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(value=float(value)):
            yield ast.Constant(value * 2 + (value == 0))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield ast.IfExp(test, orelse, body)
        case ast.Call():
            yield from _calls(node)


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.AugAssign(target=target, op=op, value=value):
            if type(op) in _OPERATORS:
                yield ast.AugAssign(target, _OPERATORS[type(op)](), value)
            yield ast.Pass()
        case ast.If(body=body, orelse=orelse):
            yield ast.If(ast.Constant(value=False), body, orelse)
        case ast.Break() | ast.Continue() | ast.Expr(value=ast.Call()):
            yield ast.Pass()


def _operations(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(ops=[op], left=left, comparators=rest):
            yield ast.Compare(left, [_COMPARISONS[type(op)]()], rest)
        case ast.BinOp(op=ast.MatMult()):
            yield ast.UnaryOp(ast.USub(), node)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            yield ast.BinOp(left, _OPERATORS[type(op)](), right)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    match node.func:
        case ast.Name(id=name) if name in _NAMES:
            func: ast.expr = ast.Name(_NAMES[name], ast.Load())
            yield ast.Call(func, node.args, node.keywords)
        case ast.Attribute(value=value, attr=name) if name in _NAMES:
            func = ast.Attribute(value, _NAMES[name], ast.Load())
            yield ast.Call(func, node.args, node.keywords)
    for number in range(len(node.keywords)):
        rest = node.keywords[:number] + node.keywords[number + 1 :]
        yield ast.Call(node.func, node.args, rest)


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(ast.fix_missing_locations(node)).split())
    return text if len(text) <= 60 else f"{text[:59]}…"
