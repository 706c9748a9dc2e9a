"""The code of answers, and arrays to try it with."""

import sys
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any

import numpy as np

from triptych.parse.document import parse
from triptych.values.source import Source

CONTENT = Path(__file__).parents[2] / "content"
RNG = np.random.default_rng(0)
X = np.round(RNG.normal(size=(17, 3)) * 8) + 0.25
CODES = np.arange(17) % 3
FLAGS = np.arange(17) % 3 == 0


def solution(name: str) -> Any:  # noqa: ANN401 - names of the answer's own
    """Return the names that the solutions of an answer define."""
    (path,) = CONTENT.glob(f"*/{name}.md")
    text = path.read_text(encoding="utf-8")
    document = parse(Source(PurePosixPath(path.parent.name, path.name), text))
    module = ModuleType(name.replace("-", "_"))
    # Dataclasses look their own module up.
    sys.modules[module.__name__] = module
    for block in document.code:
        if block.role == "solution":
            exec(compile(block.text, path.name, "exec"), module.__dict__)  # noqa: S102
    return module
