"""Fits a device's clock to the host's from reception times, going forward only."""

from __future__ import annotations

COARSE_NS = 250_000_000
"""Further ahead of the fit than this, times are slowed more than a little."""


class ClockFit:
    """Host time of a device time: the least delay seen so far, slowly forgotten.

    Delivery only ever adds delay, so the smallest reception minus device time is the
    best estimate of the offset (biased by the smallest delay, some milliseconds,
    unknown to anybody). It leaks upward so that a slow device clock is followed. Stamps
    follow the estimate at a limited pace, so that they never step back. All state is in
    integer nanoseconds and changes once a packet.

    Parameters
    ----------
    leak_ppm : int
        How fast a small delay is forgotten, in millionths of the elapsed time.
    """

    def __init__(self, leak_ppm: int = 200) -> None:
        self._leak_ppm = leak_ppm
        self._last: int | None = None
        self._offset = 0
        self._applied = 0

    def lateness(self, newest: int, arrival: int) -> int:
        """Return how late a packet is against the least delay known [ns]."""
        return 0 if self._last is None else arrival - newest - self._offset

    def restart(self) -> None:
        """Begin a new fit: the device's clock began anew."""
        self._last = None

    def place(self, first: int, newest: int, arrival: int, floor: int) -> int:
        """Return the host time of a packet's first sample [ns].

        Parameters
        ----------
        first, newest : int
            Device times of the first and the newest sample [ns].
        arrival : int
            Host time of reception [ns].
        floor : int
            The returned time is never smaller [ns].
        """
        delay = arrival - newest
        if self._last is None:
            self._offset = self._applied = delay
        else:
            elapsed = max(first - self._last, 0)
            leaked = self._offset + elapsed * self._leak_ppm // 1_000_000
            self._offset = min(delay, leaked)
            self._applied -= self._correction(elapsed)
        self._last = first
        start = max(first + self._applied, floor)
        self._applied = start - first
        return start

    def _correction(self, elapsed: int) -> int:
        ahead = self._applied - self._offset
        percent = 90 if ahead > COARSE_NS else 5
        limit = elapsed * percent // 100
        return max(min(ahead, limit), -limit)
