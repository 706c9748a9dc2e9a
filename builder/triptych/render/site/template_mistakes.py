"""Mistakes in a deck's own templates that can be found without rendering a page.

A build reports what only some questions bring about: `render.site.templates`.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from jinja2 import Environment, TemplateError, TemplateSyntaxError, meta, nodes

from triptych.dialect.folders import TEMPLATES_FOLDER
from triptych.render.settings import RenderSettings
from triptych.render.site.template_source import (
    BUILT_IN,
    FOLDER,
    BadTemplateError,
    built_in_names,
)
from triptych.render.site.templates import site_of
from triptych.validate.rule import suggest
from triptych.values.catalog import Catalog
from triptych.values.deck import Deck
from triptych.values.diagnostics import Finding, Span

_Error: TypeAlias = BadTemplateError | TemplateError
_KNOWN_WHOLE = ("t", "label", "at", "deck")
"""The variables whose attributes are the same for every page of a deck."""
_IN_ANY_TEMPLATE = frozenset({"caller", "kwargs", "loop", "self", "super", "varargs"})
"""What Jinja itself puts into a template."""
_NO_SUGGESTION = "see the reference of templates"
_REFERENCES = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
"""What names another template."""


def template_mistakes(deck: Deck, settings: RenderSettings) -> Iterator[Finding]:
    """Yield what is wrong with the templates that the deck has for its pages."""
    if not settings.templates:
        return
    environment = site_of(Catalog(deck, ()), settings).environment
    trees, errors = _own(settings.templates / FOLDER, environment)
    known = _known(environment).union(*map(_set_by, trees.values()))
    for name, error in errors.items():
        yield _finding(name, error)
    for name, tree in trees.items():
        if name in errors:
            continue
        yield from _cycle(name, tree, environment)
        yield from _missing_templates(name, tree, environment)
        asked = list(_asked_for(tree))
        yield from _unknown_variables(name, tree, asked, known)
        yield from _unknown_attributes(name, tree, asked, environment)


def _own(
    folder: Path, environment: Environment
) -> tuple[dict[str, nodes.Template], dict[str, _Error]]:
    """Return the deck's templates that pages use, and the errors that Jinja finds.

    They are those of our names, and those that these name. One may be in both: its
    syntax is right, and it names a filter that there is not.
    """
    trees: dict[str, nodes.Template] = {}
    errors: dict[str, _Error] = {}
    waiting = list(_ours())
    for name in waiting:
        if name in trees or name in errors or not (folder / name).is_file():
            continue
        try:
            trees[name] = _parsed(name, environment)
            waiting += [other for _, other in _references(trees[name])]
            environment.get_template(name)
        except (BadTemplateError, TemplateError) as error:
            errors[name] = error
    return trees, errors


def _ours() -> Iterator[str]:
    """Yield the names of the built-in templates that Jinja renders."""
    for name in built_in_names():
        if name.endswith((".html", ".xml")) or name == "sw.js":
            yield name


def _parsed(name: str, environment: Environment) -> nodes.Template:
    # The type says that an environment may have no loader: ours has one.
    source, *_ = environment.loader.get_source(environment, name)  # type: ignore[union-attr]
    return environment.parse(source, name)


def _finding(
    name: str, error: BadTemplateError | TemplateError, line: int = 1
) -> Finding:
    """Return the finding for what `error` says of the template `name`."""
    if isinstance(error, BadTemplateError):
        if error.line:
            name, line = error.name, error.line
        return Finding(_span(name, line), error.problem, error.hint)
    if isinstance(error, TemplateSyntaxError):
        line = error.lineno
    message = f"the template `{FOLDER}{name}` is broken: {error.message}"
    return Finding(_span(name, line), message)


def _span(name: str, line: int) -> Span:
    return Span(PurePosixPath(TEMPLATES_FOLDER, FOLDER, name), line)


def _references(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Yield the templates that one cannot do without, and in which line it says so."""
    for node in tree.find_all(nodes.Stmt):
        if not (
            isinstance(node, _REFERENCES) and isinstance(node.template, nodes.Const)
        ):
            continue
        if not (isinstance(node, nodes.Include) and node.ignore_missing):
            yield node.lineno, str(node.template.value)


def _extended(tree: nodes.Template) -> str:
    """Return the template that one extends, if that is always the same."""
    for node in tree.find_all(nodes.Extends):
        if isinstance(node.template, nodes.Const):
            return str(node.template.value)
    return ""


def _cycle(
    name: str, tree: nodes.Template, environment: Environment
) -> Iterator[Finding]:
    """Yield a finding if templates extend each other, so that none begins a page."""
    seen: set[str] = set()
    other = _extended(tree)
    while other and other != name and other not in seen:
        seen.add(other)
        try:
            other = _extended(_parsed(other, environment))
        except (BadTemplateError, TemplateError):
            return  # reported for that template
    if other == name:
        yield _finding(name, BadTemplateError.of_cycle(name))


def _missing_templates(
    name: str, tree: nodes.Template, environment: Environment
) -> Iterator[Finding]:
    for line, other in _references(tree):
        try:
            environment.get_template(other)
        except BadTemplateError as error:
            # Other mistakes of that template are reported for itself.
            if error.name == other and not error.line:
                yield _finding(name, error, line)
        except TemplateError:
            continue  # reported for that template


def _known(environment: Environment) -> frozenset[str]:
    """Return the variables that there are on some page."""
    known = _IN_ANY_TEMPLATE.union(environment.globals)
    for name in _ours():
        tree = _parsed(BUILT_IN + name, environment)
        known |= meta.find_undeclared_variables(tree)
    return known


def _set_by(tree: nodes.Template) -> Iterator[str]:
    """Yield what a template sets: those that it includes have it, too."""
    yield from (node.name for node in tree.find_all(nodes.Macro))
    yield from (node.name for node in tree.find_all(nodes.Name) if node.ctx != "load")
    yield from (node.target for node in tree.find_all(nodes.Import))
    for node in tree.find_all(nodes.FromImport):
        for name in node.names:
            yield name[1] if isinstance(name, tuple) else name


def _asked_for(tree: nodes.Template) -> Iterator[nodes.Name | nodes.Getattr]:
    """Yield what a template uses only where there is such a thing."""
    for node in tree.find_all((nodes.Test, nodes.Filter)):
        if node.name in {"defined", "undefined", "default", "d"}:
            yield from node.find_all(nodes.Name)
            yield from node.find_all(nodes.Getattr)


def _unknown_variables(
    name: str,
    tree: nodes.Template,
    asked: list[nodes.Name | nodes.Getattr],
    known: AbstractSet[str],
) -> Iterator[Finding]:
    unknown = meta.find_undeclared_variables(tree) - known
    unknown -= {node.name for node in asked if isinstance(node, nodes.Name)}
    for node in tree.find_all(nodes.Name):
        if node.name in unknown:
            unknown.discard(node.name)
            hint = suggest(node.name, sorted(known), _NO_SUGGESTION)
            message = f"there is no variable `{node.name}`"
            yield Finding(_span(name, node.lineno), message, hint)


def _unknown_attributes(
    name: str,
    tree: nodes.Template,
    asked: list[nodes.Name | nodes.Getattr],
    environment: Environment,
) -> Iterator[Finding]:
    """Yield a finding for each word, address or setting that there is not."""
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    allowed = {node.attr for node in asked if isinstance(node, nodes.Getattr)}
    for node in tree.find_all(nodes.Getattr):
        base = node.node
        if (
            not isinstance(base, nodes.Name)
            or base.name not in _KNOWN_WHOLE
            or base.name in own
            or node.attr in allowed
        ):
            continue
        value = environment.globals[base.name]
        if not hasattr(value, node.attr):
            known = [attribute for attribute in dir(value) if attribute[0] != "_"]
            hint = suggest(node.attr, known, _NO_SUGGESTION)
            message = f"`{base.name}` has no `{node.attr}`"
            yield Finding(_span(name, node.lineno), message, hint)
