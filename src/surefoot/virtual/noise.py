"""Random motion, drawn in a fixed order from one seed."""

from __future__ import annotations

from math import exp, pi, sin, sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

STEP = 0.002
"""Length of one integration step [s]."""

_HELD = 5
"""Steps for which noise keeps a value."""


def generator(seed: int, *purpose: str) -> np.random.Generator:
    """Return a generator of its own for one purpose of one seed."""
    words = [int.from_bytes(p.encode(), "little") % 2**32 for p in purpose]
    return np.random.default_rng([seed, *words])


def normals(rng: np.random.Generator) -> Iterator[float]:
    """Yield standard normal numbers without end."""
    while True:
        yield from rng.standard_normal(4096).tolist()


class Coloured:
    """First-order coloured noise with unit standard deviation, held for 10 ms each.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    memory : float
        Time constant [s].
    """

    def __init__(self, rng: np.random.Generator, memory: float) -> None:
        self._normals = normals(rng)
        self._keep = exp(-STEP * _HELD / memory)
        self._gain = sqrt(1 - self._keep**2)
        self._value = next(self._normals)
        self._left = _HELD

    def step(self) -> float:
        """Return the value of this step."""
        if self._left == 0:
            self._left = _HELD
            self._value = self._keep * self._value + self._gain * next(self._normals)
        self._left -= 1
        return self._value


class Kicks:
    """Now and then a push: a half sine whose integral is a normal number.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    length : float
        Of one push [s].
    """

    def __init__(self, rng: np.random.Generator, length: float = 0.25) -> None:
        self._rng = rng
        self._steps = round(length / STEP)
        self._scale = pi / (2 * length)
        self._size = 0.0
        self._at = self._steps

    def step(self, often: float) -> float:
        """Return the push of this step, given how often one begins [1/s]."""
        if self._at >= self._steps:
            self._begin(often)
            return 0.0
        self._at += 1
        return self._size * self._scale * sin(pi * self._at / self._steps)

    def _begin(self, often: float) -> None:
        if self._rng.random() < often * STEP:
            self._size = float(self._rng.standard_normal())
            self._at = 0
