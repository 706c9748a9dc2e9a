"""The Jinja environment that loads the templates of the site and of a deck."""

from jinja2 import Environment, FunctionLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from triptych.render.settings import RenderSettings
from triptych.render.site.template_code import BUILT_IN_CODE, OWN_CODE
from triptych.render.site.template_source import template_loader


def environment_for(settings: RenderSettings) -> Environment:
    """Return the environment; each template is compiled on its first use."""
    # A deck's own templates are content, which must not run code. Ours need no sandbox,
    # which would slow down each page.
    environment_type = SandboxedEnvironment if settings.templates else Environment
    environment = environment_type(
        loader=FunctionLoader(template_loader(settings.templates)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=OWN_CODE if settings.templates else BUILT_IN_CODE,
    )
    # They give something else each time, and the same deck must give the same bytes.
    del environment.globals["lipsum"], environment.filters["random"]
    return environment
