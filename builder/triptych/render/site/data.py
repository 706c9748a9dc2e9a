"""Data for scripts: a call of one function, so that pages from disk can load it."""

import json
from collections.abc import Mapping
from pathlib import PurePosixPath

from triptych.values.artifact import Artifact
from triptych.values.ui_strings import UiString


def data_script(path: str, function: str, data: Mapping[str, object]) -> Artifact:
    """Return the script at `path` that hands `data` to `function`."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Artifact(PurePosixPath("site", path), f"{function}({text})\n".encode())


def forms_of(word: UiString) -> Mapping[str, str]:
    """Return a word in all its forms, and its language where that is another one."""
    forms = dict(word.forms) or {"other": word.text}
    return forms | ({"lang": word.language} if word.is_foreign else {})
