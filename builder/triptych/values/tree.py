"""The tree of prose: what is drawn without HTML."""

from typing import TypeAlias

Node: TypeAlias = "str | int | tuple[Node, ...]"
"""A string is text; a tuple is a kind, then what the kind wants, or just nodes."""
