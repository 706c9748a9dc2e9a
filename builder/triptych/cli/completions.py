"""What a shell offers where an argument is a rule or an id; nothing is printed."""

import click

from triptych.errors import TriptychError


def rules(
    _context: click.Context, _parameter: click.Parameter, prefix: str
) -> list[str]:
    """Return the names of rules that start with `prefix`."""
    from triptych.cli.manuals import NAMES  # noqa: PLC0415 - only a shell asks

    return [name for name in NAMES if name.startswith(prefix)]


def ids(context: click.Context, _parameter: click.Parameter, prefix: str) -> list[str]:
    """Return the ids of questions that start with `prefix`; none outside of a deck."""
    from triptych.cli.options import content_folder  # noqa: PLC0415 - as above
    from triptych.deck.read import read  # noqa: PLC0415
    from triptych.parse.document import parse  # noqa: PLC0415

    try:
        sources = read(content_folder(context.params.get("content"))).sources
    except (TriptychError, OSError):
        return []
    metas = (parse(source).meta for source in sources)
    return [m.id for m in metas if not m.is_guide and m.id.startswith(prefix)]
