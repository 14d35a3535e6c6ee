"""Unwraps counters and clocks of any width, and tells a jump from a restart."""

from __future__ import annotations

from typing import Literal, NamedTuple

Change = Literal["first", "next", "stale", "restart"]

SLACK_NS = 2_000_000_000
"""A reading cannot be further ahead of the host's clock than delivery may stall."""

REBOOT_NS = 1_000_000_000
"""No device is back this soon: a smaller step back is an old packet come again."""


class Reading(NamedTuple):
    """What one reading means."""

    change: Change
    """Whether the count went on, came again or began anew."""
    value: int
    """The count, unwrapped: it begins at the first reading and goes on for good."""
    step: int
    """By how much it grew."""


class Unwrapper:
    """Turns readings modulo ``2**bits`` into a count that goes on.

    Within a quarter of the period a step is taken as it reads. A larger one, and any
    after a silence of half a period, is resolved with the host's clock; one that does
    not fit that clock is a restart of the device.

    Parameters
    ----------
    bits : int
        Width of the counter.
    """

    def __init__(self, bits: int) -> None:
        self._modulus = 1 << bits
        self._last: int | None = None
        self._host = 0
        self._value = 0

    def read(self, raw: int, host_ns: int, unit_ns: float) -> Reading:
        """Take the next reading.

        Parameters
        ----------
        raw : int
            The counter as it stands in the packet.
        host_ns : int
            Host clock at reception [ns].
        unit_ns : float
            How long one count lasts, nominally [ns].
        """
        if self._last is None:
            self._value = raw
            return self._accept(raw, host_ns, "first", 0)
        waited = max(host_ns - self._host, 0)
        step = self._step((raw - self._last) % self._modulus, waited / unit_ns)
        if step * unit_ns > waited + SLACK_NS:
            return self._accept(raw, host_ns, "restart", 0)
        if step > 0:
            return self._accept(raw, host_ns, "next", step)
        if step == 0 or waited < REBOOT_NS:
            return Reading("stale", self._value, step)
        return self._accept(raw, host_ns, "restart", 0)

    def _step(self, step: int, expected: float) -> int:
        if step < self._modulus // 4 and expected < self._modulus / 2:
            return step
        return step + round((expected - step) / self._modulus) * self._modulus

    def _accept(self, raw: int, host_ns: int, change: Change, step: int) -> Reading:
        self._last = raw
        self._host = host_ns
        self._value += step
        return Reading(change, self._value, step)
