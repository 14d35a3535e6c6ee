"""TOML written anew: what it says to a program, without what it says to people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast


def toml_of(told: Mapping[str, Any]) -> str:
    """Return TOML that reads back equal, one line a key, without a comment.

    Parameters
    ----------
    told : mapping
        As ``tomllib`` returned it; dates become texts.
    """
    return "".join(f"{_key(key)} = {_value(one)}\n" for key, one in told.items())


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, Mapping):
        inside = cast("Mapping[str, object]", value).items()
        return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in inside) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, cast("list[object]", value))) + "]"
    return json.dumps(str(value)).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return json.dumps(key)
