"""The table of outputs: each is a name in `names.py` and a folder beside this file."""

from collections.abc import Iterable, Iterator, Mapping
from graphlib import TopologicalSorter
from pkgutil import resolve_name
from types import MappingProxyType

from triptych.render.names import OUTPUT_NAMES
from triptych.render.output import ALL_OTHERS, Output

OUTPUTS: Mapping[str, Output] = MappingProxyType(
    {name: resolve_name(f"triptych.render.{name}:OUTPUT") for name in OUTPUT_NAMES}
)

USUAL_OUTPUTS = tuple(name for name, one in OUTPUTS.items() if not one.on_request)
"""The outputs that a build makes unless some are named."""


def download_sources(output: Output) -> tuple[str, ...]:
    """Return the names of the outputs whose files `output` offers as downloads."""
    if output.after != ALL_OTHERS:
        return output.after
    return tuple(
        other.name
        for other in OUTPUTS.values()
        if other is not output and any(product.title for product in other.products)
    )


def in_build_order(names: Iterable[str]) -> tuple[Output, ...]:
    """Return the outputs `names` in an order in which they can be made."""
    chosen = [output for name, output in OUTPUTS.items() if name in set(names)]
    earlier = {output.name: download_sources(output) for output in chosen}
    order = TopologicalSorter(earlier).static_order()
    return tuple(OUTPUTS[name] for name in order if name in earlier)


def with_downloads(names: Iterable[str]) -> frozenset[str]:
    """Return `names` with the outputs whose files these offer as downloads.

    One that is made only on request is offered where it is named, too.
    """
    return frozenset(_closure(names))


def _closure(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield name
        sources = download_sources(OUTPUTS[name])
        yield from _closure(source for source in sources if source in USUAL_OUTPUTS)
