"""Find the text of a template, and say which one is broken, and where."""

import re
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from traceback import walk_tb

from jinja2 import Environment, TemplateError, nodes

from triptych.deck.templates import names, template
from triptych.errors import TriptychError

BUILT_IN = "builtin/"
"""So begins the name of a built-in template, for those that extend it."""
FOLDER = "site/"
"""The folder of these templates, among those of all outputs."""
_EXTENDED = re.compile(r"""\{%-?\s*extends\s+["']([^"']+)["']""")
_BLOCK = re.compile(r"\{%-?\s*block\s+(\w+)")
_Loaded = tuple[str, str, Callable[[], bool]]


class BadTemplateError(TriptychError):
    """A template of the deck that no page can use."""

    def __init__(self, name: str, problem: str, hint: str = "", line: int = 0) -> None:
        """Describe the problem with the template `name`, and the remedy."""
        super().__init__(f"{problem}: {hint}" if hint else problem)
        self.name, self.problem, self.hint, self.line = name, problem, hint, line

    @classmethod
    def of_cycle(cls, name: str, line: int = 0) -> "BadTemplateError":
        """Return the problem of templates that extend each other."""
        return cls(
            name,
            f"the template `{FOLDER}{name}` extends itself by way of others",
            f'begin one of them with `{{% extends "{BUILT_IN}…" %}}`',
            line,
        )


def template_loader(templates: Path | None) -> Callable[[str], _Loaded]:
    """Return a function that finds a template by its name.

    It returns the text, and the place that errors name. It raises a `BadTemplateError`
    for one that extends itself, or fills blocks that no other template draws.
    """

    def load(name: str) -> _Loaded:
        text = _text(name, templates)
        parent = _parent(text)
        if parent == name:
            raise BadTemplateError(
                name,
                f"the template `{FOLDER}{name}` extends itself",
                f'write `{{% extends "{BUILT_IN}{name}" %}}`',
                text[: text.index("extends")].count("\n") + 1,
            )
        if parent.startswith(BUILT_IN):
            _check_blocks(name, text, _built_in_blocks(parent))
        return text, f"{FOLDER}{name}", lambda: True

    return load


def built_in_names() -> list[str]:
    """Return the names of the built-in templates of the site, in order."""
    return sorted(name.removeprefix(FOLDER) for name in names((FOLDER,)))


def place_of(error: TemplateError, name: str) -> str:
    """Return the template of the error, with its line, or that of the name."""
    place, line = f"{FOLDER}{name}", getattr(error, "lineno", None)
    if line:
        return f"{getattr(error, 'filename', None) or place}:{line}"
    for frame, number in walk_tb(error.__traceback__):
        if frame.f_code.co_filename.startswith(FOLDER):
            place = f"{frame.f_code.co_filename}:{number}"
    return place


def _text(name: str, templates: Path | None) -> str:
    try:
        if name.startswith(BUILT_IN):
            return template(f"{FOLDER}{name.removeprefix(BUILT_IN)}")
        return template(f"{FOLDER}{name}", templates)
    except FileNotFoundError:
        near = get_close_matches(name.removeprefix(BUILT_IN), built_in_names(), 1)
        is_ours = name.startswith(BUILT_IN) and near
        hint = f"did you mean `{BUILT_IN}{near[0]}`?" if is_ours else ""
        raise BadTemplateError(name, f"there is no template `{name}`", hint) from None


def _parent(text: str) -> str:
    found = _EXTENDED.search(text)
    return found[1] if found else ""


def _built_in_blocks(parent: str) -> set[str]:
    """Return the blocks of a built-in template and of those that it extends."""
    blocks: set[str] = set()
    while parent:
        text = _text(BUILT_IN + parent.removeprefix(BUILT_IN), None)
        blocks.update(_BLOCK.findall(text))
        parent = _parent(text)
    return blocks


def _check_blocks(name: str, text: str, known: set[str]) -> None:
    """Raise an error for a block that is in none of those that the parent has."""
    place = f"{FOLDER}{name}"
    for node in Environment(autoescape=True).parse(text, name, place).body:
        if isinstance(node, nodes.Block) and node.name not in known:
            near = get_close_matches(node.name, sorted(known), 1)
            hint = f"did you mean `{near[0]}`?" if near else _listed(known)
            raise BadTemplateError(
                name,
                f"the template `{place}:{node.lineno}` fills the block"
                f" `{node.name}`, which nothing draws",
                hint,
                node.lineno,
            )


def _listed(known: set[str]) -> str:
    return f"there are {', '.join(f'`{name}`' for name in sorted(known))}"
