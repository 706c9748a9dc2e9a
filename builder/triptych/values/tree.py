"""The tree of prose, for outputs without HTML."""

from typing import TypeAlias

Node: TypeAlias = "str | int | tuple[Node, ...]"
"""A string is text; a tuple is a kind with its arguments, or a list of nodes."""
