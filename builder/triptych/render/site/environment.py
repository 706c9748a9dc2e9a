"""The Jinja environment that loads the templates of the site and of a deck."""

import re

from jinja2 import Environment, FunctionLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from triptych.deck.templates import template
from triptych.errors import TriptychError
from triptych.render.settings import RenderSettings
from triptych.render.site.template_code import BUILT_IN_CODE, OWN_CODE

BUILT_IN = "builtin/"
"""So begins the name of a built-in template, for those that extend it."""
_EXTENDED = re.compile(r"""\{%-?\s*extends\s+["']([^"']+)["']""")


def environment_for(settings: RenderSettings) -> Environment:
    """Return the environment; each template is compiled on its first use."""

    def load(name: str) -> str:
        if name.startswith(BUILT_IN):
            return template(f"site/{name.removeprefix(BUILT_IN)}")
        text = template(f"site/{name}", settings.templates)
        parent = _EXTENDED.search(text)
        if parent and parent[1] == name:
            raise TriptychError(
                f"the template `site/{name}` extends itself: write"
                f' `{{% extends "{BUILT_IN}{name}" %}}`'
            )
        return text

    # A deck's own templates are content, which must not run code. Ours need no sandbox,
    # which would slow down each page.
    environment_type = SandboxedEnvironment if settings.templates else Environment
    return environment_type(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=OWN_CODE if settings.templates else BUILT_IN_CODE,
    )
