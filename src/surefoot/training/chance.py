"""Chance that can be repeated: everything random of a set comes from one number."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

_Item = TypeVar("_Item")
_ALL = (1 << 64) - 1


class Chance:
    """Numbers by splitmix64: the same seed gives the same ones on every computer.

    Parameters
    ----------
    seed : int
        Any whole number; its last 64 bits count.

    Notes
    -----
    Steele, Lea & Flood (2014), doi:10.1145/2660193.2660195. Whole numbers only, so no
    library and no processor can change what comes out. Not for secrets.
    """

    def __init__(self, seed: int) -> None:
        self._state = seed & _ALL

    def bits(self) -> int:
        """Return 64 random bits, 0 to 2^64 - 1."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _ALL
        z = self._state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _ALL
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _ALL
        return z ^ (z >> 31)

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """Return a number from ``low`` to below ``high``; ``low`` where they are one.

        In steps of 2^-53 of their difference.
        """
        return low + (high - low) * ((self.bits() >> 11) * 2.0**-53)

    def one_of(self, items: Sequence[_Item]) -> _Item:
        """Return one of the items, each as likely; IndexError when there is none."""
        return items[self.bits() % len(items) if items else 0]
