"""Texts that every database takes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

T = TypeVar("T")


def clean(value: T) -> T:
    """Return a JSON value without what a database refuses.

    Parameters
    ----------
    value : JSON value
        A text, number, list or mapping.

    Returns
    -------
    JSON value
        Of the same kind: without zero characters, half characters replaced, numbers
        that are not finite as None.
    """
    return cast("T", _clean(value))


def _clean(value: object) -> object:
    if isinstance(value, str):
        text = value.replace("\0", "")
        return text.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, Mapping):
        told = cast("Mapping[str, Any]", value)
        return {_clean(key): _clean(part) for key, part in told.items()}
    if isinstance(value, Sequence):
        return [_clean(part) for part in cast("Sequence[Any]", value)]
    return value
