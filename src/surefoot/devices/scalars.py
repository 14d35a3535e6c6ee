"""Numbers in bytes: numpy's types, and integers of 3, 5, 6 and 7 bytes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.devices.layout import Field


def is_odd(field: Field) -> bool:
    """Return whether numpy has no type of this width."""
    return field.width in {3, 5, 6, 7}


def base_type(fields: tuple[Field, ...]) -> np.dtype[Any] | None:
    """Return the type of all numbers in these fields, or None if they differ."""
    kinds = {(field.order, field.kind, field.width) for field in fields}
    return _type(fields[0]) if len(kinds) == 1 and not is_odd(fields[0]) else None


@lru_cache(maxsize=256)
def layout(fields: tuple[Field, ...], *, planar: int = 0) -> np.dtype[Any]:
    """Return the layout of one sample, or of `planar` samples field by field."""
    spec: list[tuple[str, np.dtype[Any], tuple[int, ...]]] = []
    for field in fields:
        shape = (planar, field.count) if planar else (field.count,)
        if is_odd(field):
            spec.append((field.name, np.dtype(np.uint8), (*shape, field.width)))
        else:
            spec.append((field.name, _type(field), shape))
    return np.dtype(spec)


def join(parts: NDArray[Any], field: Field) -> NDArray[np.int64]:
    """Join single bytes, last axis, to integers."""
    low_first = parts if field.order == "little" else parts[..., ::-1]
    shifts = np.arange(field.width, dtype=np.int64) * 8
    joined = np.sum(low_first.astype(np.int64) << shifts, axis=-1)
    if field.kind == "i":
        half = 1 << (8 * field.width - 1)
        joined = (joined ^ half) - half
    return joined


def split(values: NDArray[Any], field: Field) -> NDArray[np.uint8]:
    """Split integers to single bytes on a new last axis."""
    shifts = np.arange(field.width, dtype=np.int64) * 8
    parts = ((values.astype(np.int64)[..., None] >> shifts) & 0xFF).astype(np.uint8)
    return parts if field.order == "little" else parts[..., ::-1]


def held(values: NDArray[np.float64], field: Field) -> NDArray[np.float64]:
    """Round to the type of a field and hold within its range."""
    if field.kind == "f":
        limit = float(np.finfo(np.float32).max)
        return np.clip(values, -limit, limit)
    bits = 8 * field.width
    low = 0 if field.kind == "u" else -(1 << (bits - 1))
    high = low + (1 << bits) - 1
    top = float(high) if bits <= 53 else np.nextafter(float(high), 0.0)
    return np.clip(np.rint(values), float(low), top)


def _type(field: Field) -> np.dtype[Any]:
    order = "<" if field.order == "little" else ">"
    return np.dtype(f"{order}{field.kind}{field.width}")
