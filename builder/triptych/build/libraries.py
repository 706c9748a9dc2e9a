"""The libraries that outputs are made with: what builds keep depends on them."""

from triptych.render.outputs import OUTPUTS

_OF_ALL_OUTPUTS = (
    *("anyascii", "imagesize", "markdown-it-py", "math-core", "mdit-py-plugins"),
    *("nh3", "pygments", "pyyaml"),
)


def libraries() -> tuple[str, ...]:
    """Return the distributions that the bytes of any output depend on, in order."""
    of_outputs = (name for output in OUTPUTS.values() for name in output.packages)
    return tuple(sorted({*_OF_ALL_OUTPUTS, *of_outputs}))
