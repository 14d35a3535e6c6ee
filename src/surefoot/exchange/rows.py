"""What a table holds once it was read and found sound."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from surefoot.core import TableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from surefoot.devices import Profile

SECOND_NS = 1_000_000_000
LEAST = 2
"""Fewer rows have no rate."""

_GRAVITY = (4.0, 16.0)  # m/s^2; a wrong unit is off by ten or more
_EPOCHS = (946_684_800, 4_102_444_800)  # s; the years 2000 to 2100


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a file, as text, with what they mean and when they were.

    Iterating gives ``(t_ns, row)`` for one sample after the other: the declared time
    [ns], strictly increasing, and the text as bytes. It reads the file again each time
    and holds no more than a row.

    Attributes
    ----------
    format : str
        One of `FORMATS`.
    profile : Profile
        A table profile: columns, units, clock.
    samples : callable
        Makes the iterator.
    count : int
        How many there are.
    label : str
        What the file calls the movement; a label, never a finding.
    recorded : str
        When, in the words of the file; empty if it does not say.
    started_ns : int or None
        The same as wall time [ns since 1970]; None if it does not say.
    dropped : mapping of str to int
        Rows of the file that are no samples, by reason.
    notes : tuple of str
        What else a person should know about them, each a sentence without its dot.
    facts : mapping of str to JSON value
        What was chosen: columns, units, axes, clock.
    """

    format: str
    profile: Profile
    samples: Callable[[], Iterator[tuple[int, bytes]]]
    count: int
    label: str = ""
    recorded: str = ""
    started_ns: int | None = None
    dropped: Mapping[str, int] = field(default_factory=dict[str, int])
    notes: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        return self.samples()

    def __len__(self) -> int:
        return self.count


def nominal_time(i: int, rate: float) -> int:
    """Return the time of sample ``i`` at a rate [ns], rounded by itself."""
    return round(i * SECOND_NS / rate)


def wall_time(t_ns: int) -> int | None:
    """Return the time if it can only be one of a calendar, else None."""
    low, high = _EPOCHS
    return t_ns if low * SECOND_NS <= t_ns < high * SECOND_NS else None


def expect_gravity(where: str, mean: float) -> None:
    """Refuse accelerations that cannot be in the unit they were said to be in.

    Parameters
    ----------
    where : str
        File name, for the error.
    mean : float
        Mean length of the accelerations [m/s^2], gravity included.

    Raises
    ------
    TableError
        If it is far from that of gravity.
    """
    low, high = _GRAVITY
    if not low <= mean <= high:
        msg = (
            f"{where}: expected accelerations with gravity in them, about 9.8 m/s^2 "
            f"long, got {mean:.3g}: look at the unit, for example --units acc=g, and "
            "take the columns with gravity"
        )
        raise TableError(msg)
