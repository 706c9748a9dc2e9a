"""The printable sheet, typeset by Typst: PDF/UA-1, the same bytes everywhere."""

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from builder.config import Settings
from builder.errors import TriptychError
from builder.model import Artifact, Catalog
from builder.render.sheet.cards import topics
from builder.render.sheet.glyphs import Glyphs, encoded, marked, plan
from builder.render.sheet.language import declared
from builder.render.sheet.nodes import Node
from builder.render.sheet.options import Options, options
from builder.templates import template_bytes
