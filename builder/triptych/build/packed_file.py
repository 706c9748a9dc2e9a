"""A file that was just compiled, in the parts that are kept apart from each other."""

import hashlib
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pkgutil import resolve_name

from triptych.build.compile import Compiled, Forms
from triptych.build.looked_at import LookedAt
from triptych.build.pickles import Pickled
from triptych.render.made_of import made_of
from triptych.render.outputs import OUTPUTS
from triptych.values.diagnostics import Diagnostic
from triptych.values.form import Form
from triptych.values.kept_question import QuestionOutline, outline_of
from triptych.values.meta import Meta
from triptych.values.question import Guide, Question


@dataclass(frozen=True)
class KeptFile:
    """What each build reads of a compiled file, if what it looked at is the same.

    Thousands of them are read: values without slots are unpickled much faster.
    """

    meta: Meta
    diagnostics: tuple[Diagnostic, ...]
    result: QuestionOutline | Guide | None
    entry_digest: str
    views: Mapping[str, str]
    looked_at: LookedAt


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file that was just compiled, as one process sends it to another."""

    file: KeptFile
    entry: Pickled
    whole: Pickled | None


def packed_file(made: Compiled, forms: Forms, looked_at: LookedAt) -> PackedFile:
    """Return a file that was just compiled in `forms`, with what it looked at."""
    entry, result = Pickled(pickle.dumps(made.entry, 5)), made.result
    shown: Mapping[str, str] = {}
    whole = None
    outline: QuestionOutline | Guide | None = None
    if isinstance(result, Question):
        shown = {name: made_of(view(result)) for name, view in _views(forms).items()}
        whole, outline = Pickled(pickle.dumps(result, 5)), outline_of(result)
    else:
        outline = result
    digest = hashlib.blake2b(entry.data, digest_size=16).hexdigest()
    file = KeptFile(
        made.entry.meta, made.diagnostics, outline, digest, shown, looked_at
    )
    return PackedFile(file, entry, whole)


@lru_cache(maxsize=4)
def _views(forms: Forms) -> dict[str, Callable[[Question], object]]:
    """Return the views of the outputs that can be made of `forms`, by name."""
    made = forms and {Form.SITE, Form.CARD} | forms
    return {
        name: resolve_name(function)
        for output in OUTPUTS.values()
        if made and output.needs <= made
        for name, function in output.views.items()
    }
