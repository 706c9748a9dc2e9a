"""``triptych build``: bring ``dist/`` up to date.

If nothing changed since the last build, the compiler is not even imported.
"""

import re
from pathlib import Path

import click

from triptych.build.stamp import Stamp
from triptych.cli.build_messages import change_summary, print_messages
from triptych.cli.build_request import BuildRequest
from triptych.cli.envelope import json_option
from triptych.cli.options import (
    content_folder,
    content_option,
    display_path,
    dist_folder,
    dist_option,
    jobs_option,
)
from triptych.dialect.settings import PRODUCT_NAMES
from triptych.errors import TriptychError
from triptych.render.names import OUTPUT_NAMES

_SHIFT = re.compile(r"([+-]?\d{1,2}(?:\.\d{1,3})?),([+-]?\d{1,2}(?:\.\d{1,3})?)")
_MAX_SHIFT_MM = 20


@click.command("build", short_help="bring dist/ up to date")
@click.argument("outputs", nargs=-1, type=click.Choice(OUTPUT_NAMES))
@content_option
@dist_option
@jobs_option
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--drafts", is_flag=True, help="Include drafts.")
@click.option("--no-cache", is_flag=True, help="Make everything again.")
@click.option(
    "--no-downloads", is_flag=True, help="Only OUTPUTS; a site then offers no files."
)
@click.option("--timings", is_flag=True, help="Print times and cache hits.")
@click.option(
    "--since", metavar="X.Y.Z", default="", help="An older release to update, too."
)
@click.option("--base-url", metavar="URL", help="The URL of the site.")
@click.option(
    "--where",
    metavar="EXPRESSION",
    help="Build an edition, such as 'topic=evaluation and difficulty<=medium'.",
)
@click.option("--name", metavar="NAME", help="What the edition is called.")
@click.option(
    "--product",
    "products",
    multiple=True,
    type=click.Choice(PRODUCT_NAMES),
    help="Make only this PDF of the sheet's; may be given several times.",
)
@click.option(
    "--shift",
    metavar="X,Y",
    default="0,0",
    help="Move the backs of the cards right and down, in millimetres.",
)
@json_option
def command(  # noqa: PLR0913 - a click command takes its options as parameters
    *,
    outputs: tuple[str, ...],
    content: Path | None,
    dist: Path | None,
    jobs: int,
    strict: bool,
    drafts: bool,
    no_cache: bool,
    no_downloads: bool,
    timings: bool,
    since: str,
    base_url: str | None,
    where: str | None,
    name: str | None,
    products: tuple[str, ...],
    shift: str,
    format_: str,
) -> int:
    """Check the content and bring dist/ up to date.

    Without OUTPUTS all outputs are built; with an output those that it offers as
    downloads are built, too. Content is never executed.
    """
    if where and dist is None:
        raise TriptychError("an edition needs its own folder: add --dist DIR")
    if name and not where:
        raise TriptychError("--name says how an edition is called: add --where")
    root = content_folder(content)
    request = BuildRequest(
        content=root,
        dist=dist_folder(dist, root),
        outputs=outputs,
        downloads=not no_downloads,
        strict=strict,
        drafts=drafts,
        since=since,
        base_url=base_url,
        where=where,
        name=name,
        products=products,
        shift=_shift(shift),
    )
    stamp = (
        None if no_cache else Stamp(root, request.dist, (request, display_path(root)))
    )
    # Someone who asks for times gets those of all stages, and a program needs
    # diagnostics, of which a stamp has only the text.
    is_for_people = format_ == "text" and not timings
    if stamp and is_for_people and (messages := stamp.unchanged()):
        print_messages(messages, change_summary(0, 0, request.dist))
        return 0
    # Not at the top: this is the whole compiler.
    from triptych.cli.run_build import run_build  # noqa: PLC0415

    return run_build(request, stamp, jobs=jobs, timings=timings, format_=format_)


def _shift(text: str) -> tuple[float, float]:
    """Return the two numbers of `--shift`, at most a few centimetres."""
    found = _SHIFT.fullmatch(text)
    shift = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    if not found or max(map(abs, shift)) > _MAX_SHIFT_MM:
        raise TriptychError(
            f"--shift: `{text}` is not two numbers of millimetres, such as 1.5,-2"
        )
    return shift
