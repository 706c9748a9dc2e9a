"""The object that a verb prints with `--format json`, for programs that read it."""

import json
from collections.abc import Mapping, Sequence

from triptych.cli.terminal import printable_json


def envelope(
    keys: Mapping[str, object],
    *,
    ok: bool,
    result: Mapping[str, object],
    diagnostics: Sequence[Mapping[str, object]] = (),
) -> str:
    """Return the object as JSON: `keys` are those of the verb's own, at the top.

    `ok` says whether the verb exits with 0; `result` counts what it found.
    """
    data = {"ok": ok, **keys, "diagnostics": list(diagnostics), "result": result}
    return printable_json(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
