"""The code of templates that this process compiled, for its next build.

It is found by the text of a template, so that an edit is never missed. It is not stored
in any file: whatever is in the user's cache, nothing of it is run.
"""

from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class TemplateCode(BytecodeCache):
    """Has the code of each template in memory."""

    def __init__(self) -> None:
        """Start without any."""
        self._code: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill `bucket` if its template was compiled from the same text."""
        checksum, code = self._code.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code in `bucket`."""
        if bucket.code is not None:
            self._code[bucket.key] = bucket.checksum, bucket.code


BUILT_IN_CODE, OWN_CODE = TemplateCode(), TemplateCode()
"""Of the environment without a sandbox, and of that with one: their code differs."""
