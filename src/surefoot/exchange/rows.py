"""What a table holds once it was read and found sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import TableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from surefoot.devices import Profile

SECOND_NS = 1_000_000_000
LEAST = 2
"""Fewer rows have no rate."""

_GRAVITY = (4.0, 16.0)  # m/s^2; a wrong unit is off by ten or more
_EPOCHS = (946_684_800, 4_102_444_800)  # s; the years 2000 to 2100


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a file, as text, with what they mean and when they were.

    Attributes
    ----------
    format : str
        One of `FORMATS`.
    profile : Profile
        A table profile: columns, units, clock.
    rows : sequence of bytes
        One sample each, as it stands in the file.
    t_ns : sequence of int
        The declared time of each row [ns], strictly increasing.
    label : str
        What the file calls the movement; a label, never a finding.
    recorded : str
        When, in the words of the file; empty if it does not say.
    started_ns : int or None
        The same as wall time [ns since 1970]; None if it does not say.
    """

    format: str
    profile: Profile
    rows: Sequence[bytes]
    t_ns: Sequence[int]
    label: str = ""
    recorded: str = ""
    started_ns: int | None = None


def nominal_times(n: int, rate: float) -> list[int]:
    """Return the times of ``n`` samples at a rate [ns], each rounded by itself."""
    return [round(i * SECOND_NS / rate) for i in range(n)]


def wall_time(t_ns: int) -> int | None:
    """Return the time if it can only be one of a calendar, else None."""
    low, high = _EPOCHS
    return t_ns if low * SECOND_NS <= t_ns < high * SECOND_NS else None


def expect_gravity(where: str, acc: NDArray[np.float64]) -> None:
    """Refuse accelerations that cannot be in the unit they were said to be in.

    Parameters
    ----------
    where : str
        File name, for the error.
    acc : ndarray, shape (n, 3)
        Accelerations [m/s^2], gravity included.

    Raises
    ------
    TableError
        If their mean length is far from that of gravity.
    """
    mean = float(np.sqrt(np.square(acc).sum(axis=1)).mean())
    low, high = _GRAVITY
    if not low <= mean <= high:
        msg = (
            f"{where}: expected accelerations with gravity in them, about 9.8 m/s^2 "
            f"long, got {mean:.3g}: look at the unit, for example --units acc=g"
        )
        raise TableError(msg)
