"""The standard battery: the inputs on which code for arrays usually fails.

A `Subject` is a function with sound inputs. `problems` tries it with whole numbers and
float32, with inputs times 10⁻⁶ and 10⁶, empty, with one row, with ties, with NaN and
infinity, twice with one seed, and sees that its inputs stay as they are. What an answer
does with an input that it refuses is declared, since it must be documented.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Array = np.ndarray
RAISES = "raises"
"""A `ValueError` that names the fault."""
VALUES = "values"
"""A result without NaN."""
NAN = "nan"
"""A result with NaN where one belongs, and no exception."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A function of arrays, and what it promises."""

    call: Callable[..., Any]
    inputs: tuple[Array, ...]
    varied: tuple[int, ...] = (0,)
    """Which inputs are measurements: those are scaled, converted and disturbed."""
    rows: tuple[int, ...] = (0,)
    """Which inputs have a row for each example, along their first axis."""
    degree: int | None = 0
    """The power with which the result grows with its inputs; None for no power."""
    dtype: str = "float64"
    """The type of a result of float32; `same` for float32."""
    integers: bool = True
    """Whether whole numbers are allowed."""
    outcomes: Mapping[str, str] = field(default_factory=dict)
    """What comes of `empty`, `one row`, `nan` and `infinity`, unless it raises."""
    tolerance: float = 1e-3
    """How far float32 may be from float64, as a share."""


def problems(subject: Subject) -> Iterator[str]:
    """Yield what is wrong with `subject`."""
    want = _floats(subject.call(*_copies(subject)))
    yield from _purity(subject, want)
    yield from _types(subject, want)
    yield from _scales(subject, want)
    yield from _ties(subject)
    for name, inputs in _odd_inputs(subject):
        said = _outcome(subject, inputs)
        expected = subject.outcomes.get(name, RAISES)
        if said != expected:
            yield f"{name}: {said}, not {expected}"


def _copies(subject: Subject) -> list[Array]:
    return [array.copy() for array in subject.inputs]


def _floats(result: Any) -> Array:  # noqa: ANN401 - of any answer
    """Return all numbers of a result in a row, as float64."""
    if isinstance(result, tuple | list):
        return np.concatenate([_floats(part) for part in result] or [np.zeros(0)])
    return np.ravel(np.asarray(result, dtype=np.float64))


def _purity(subject: Subject, want: Array) -> Iterator[str]:
    inputs = _copies(subject)
    for array in inputs:
        array.setflags(write=False)
    try:
        again = _floats(subject.call(*inputs))
    except ValueError as error:
        yield f"it writes to its inputs: {error}"
        return
    if not np.array_equal(again, want, equal_nan=True):
        yield "the same inputs give another result"


def _types(subject: Subject, want: Array) -> Iterator[str]:
    kinds = [np.float32, *([np.int64] if subject.integers else [])]
    for kind in kinds:
        inputs = _copies(subject)
        for index in subject.varied:
            inputs[index] = inputs[index].astype(kind)
        base = [array.astype(np.float64) for array in inputs]
        for index in set(range(len(inputs))) - {*subject.varied}:
            base[index] = inputs[index]
        try:
            result = subject.call(*inputs)
        except (TypeError, ValueError) as error:
            yield f"{kind.__name__} raises: {error}"
            continue
        reference = _floats(subject.call(*base))
        if not np.allclose(
            _floats(result), reference, subject.tolerance, 1e-6, equal_nan=True
        ):
            yield f"{kind.__name__} gives another result than float64"
        if kind is np.float32:
            wanted = np.float32 if subject.dtype == "same" else np.float64
            found = {part.dtype for part in _parts(result) if part.dtype.kind == "f"}
            if found - {np.dtype(wanted)}:
                yield f"float32 gives {sorted(map(str, found))}, not {wanted.__name__}"
    if want.size == 0:
        yield "the sound inputs give nothing"


def _parts(result: Any) -> Iterator[Array]:  # noqa: ANN401 - of any answer
    if isinstance(result, tuple | list):
        for part in result:
            yield from _parts(part)
    elif isinstance(result, np.ndarray):
        yield result


def _scales(subject: Subject, want: Array) -> Iterator[str]:
    for factor in (1e-6, 1e6):
        inputs = _copies(subject)
        for index in subject.varied:
            inputs[index] = inputs[index] * factor
        found = _floats(subject.call(*inputs))
        if subject.degree is None:
            if not np.isfinite(found).all():
                yield f"times {factor:g} it is not finite"
            continue
        grown = want * factor**subject.degree
        if not np.allclose(found, grown, 1e-6, 0, equal_nan=True):
            yield f"times {factor:g} it does not grow with power {subject.degree}"


def _ties(subject: Subject) -> Iterator[str]:
    inputs = _copies(subject)
    for index in subject.varied:
        inputs[index][...] = np.round(inputs[index])
        inputs[index][: len(inputs[index]) // 2] = inputs[index][:1]
    try:
        one, other = (
            _floats(subject.call(*[array.copy() for array in inputs])) for _ in range(2)
        )
    except ValueError as error:
        yield f"ties: {error}"
        return
    if not np.array_equal(one, other, equal_nan=True):
        yield "ties are not broken in the same way twice"


def _odd_inputs(subject: Subject) -> Iterator[tuple[str, list[Array]]]:
    for name, length in (("empty", 0), ("one row", 1)):
        inputs = _copies(subject)
        for index in subject.rows:
            inputs[index] = inputs[index][:length]
        yield name, inputs
    for name, value in (("nan", np.nan), ("infinity", np.inf)):
        inputs = _copies(subject)
        array = inputs[subject.varied[0]]
        array.reshape(-1)[array.size // 2] = value
        yield name, inputs


def _outcome(subject: Subject, inputs: list[Array]) -> str:
    with np.errstate(all="ignore"):
        try:
            result = _floats(subject.call(*inputs))
        except ValueError:
            return RAISES
    return NAN if np.isnan(result).any() else VALUES
