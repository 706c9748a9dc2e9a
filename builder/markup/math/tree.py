"""LaTeX as a small tree that the sheet draws: lists of a kind and its arguments.

Walks math-core's MathML. A plain string is one letter; every list begins with a key of
`kinds` in `templates/sheet/math.typ`. What the walker does not know, be it an element or
an attribute, stops it: nothing of a formula is lost without a word.
"""

import re
from collections.abc import Callable
from types import MappingProxyType
from typing import TypeAlias
from xml.etree import ElementTree as ET

from builder.markup.math.latex import convert
from builder.markup.math.portable import COLOURS
from builder.markup.math.table import table

Node: TypeAlias = "str | float | None | list[Node] | dict[str, Node]"


class MathTreeError(Exception):
    """A formula has something that the sheet has no way to draw."""
