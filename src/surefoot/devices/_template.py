"""Bytes to write, told as hexadecimal and text with holes for parameters."""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from surefoot.devices.layout import Param

CHECKSUMS: dict[str, Callable[[bytes], int]] = {
    "sum8": lambda data: sum(data) & 0xFF,
    "neg-sum8": lambda data: -sum(data) & 0xFF,
    "xor8": lambda data: reduce(lambda x, y: x ^ y, data, 0),
}
"""One byte over all bytes before it, appended last."""

_HOLE = re.compile(r"\{(\w+)(?:\|([0-9A-Fa-f]{2}))?:([<>])u([1-4])\}")
_WORD = re.compile(r"\{(\w+)\}")
_WIDEST = 4  # a text has room for any code


def literal(template: str) -> bool:
    """Return whether the template is hexadecimal once its holes are filled."""
    try:
        bytes.fromhex(_HOLE.sub("00", template))
    except ValueError:
        return False
    return True


def holes(template: str, text: str) -> list[tuple[str, int]]:
    """Return the parameters to fill in and the bytes there are for each."""
    found = [(hole[1], int(hole[4])) for hole in _HOLE.finditer(template)]
    return found + [(word[1], _WIDEST) for word in _WORD.finditer(text)]


def fill(
    template: str,
    text: str,
    values: Mapping[str, float],
    params: Mapping[str, Param],
) -> bytes:
    """Return the bytes: the template with codes, then the text with values."""

    def code(found: re.Match[str]) -> str:
        number = params[found[1]].codes[values[found[1]]] | int(found[2] or "0", 16)
        order = "little" if found[3] == "<" else "big"
        return number.to_bytes(int(found[4]), order).hex()

    head = bytes.fromhex(_HOLE.sub(code, template))
    return head + _WORD.sub(lambda m: f"{values[m[1]]:g}", text).encode("ascii")
