"""Numbers a device tells once: kept for the channels whose meaning hangs on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from surefoot.devices.scalars import join, layout, split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from surefoot.devices.layout import Curve, Probe


class Told:
    """What one device has told so far.

    Parameters
    ----------
    probes : sequence of Probe
        From a checked profile.
    """

    def __init__(self, probes: Sequence[Probe]) -> None:
        self._probes = probes
        self._values: dict[str, NDArray[np.float64]] = {
            probe.id: np.array(probe.default) for probe in probes if probe.default
        }
        self._points: dict[Curve, NDArray[np.float64] | None] = {}

    def hear(self, endpoint: str, payload: bytes) -> bool:
        """Keep the numbers in a packet; return whether it told any.

        Numbers that are not finite are not kept.
        """
        heard = False
        for probe in self._probes:
            values = _numbers(probe, endpoint, payload)
            if values is not None:
                self._values[probe.id] = values
                self._points.clear()
                heard = True
        return heard

    def number(self, probe: str) -> float | None:
        """Return the one number of a probe, or None before it was told."""
        values = self._values.get(probe)
        return None if values is None else float(values[0])

    def points(self, curve: Curve) -> NDArray[np.float64] | None:
        """Return the raw readings of a curve's points, or None before they were told.

        None as well where they do not grow: no lines can be drawn through them.
        """
        if curve not in self._points:
            self._points[curve] = self._found(curve)
        return self._points[curve]

    def _found(self, curve: Curve) -> NDArray[np.float64] | None:
        parts = [self._values.get(name) for name in curve.probes]
        if any(part is None for part in parts):
            return None
        whole = np.concatenate([part for part in parts if part is not None])
        points = whole[list(curve.places)]
        return points if np.all(np.diff(points) > 0) else None


def probe_packet(probe: Probe) -> bytes:
    """Return the packet by which a virtual device tells its numbers."""
    values = np.array(probe.virtual)
    if probe.field.width in _ODD:
        body = split(values, probe.field).tobytes()
    else:
        body = values.astype(layout((probe.field,))[0].base).tobytes()
    packet = bytearray(probe.at) + body
    for select in probe.select:
        packet.extend(bytes(max(0, select.at + 1 - len(packet))))
        packet[select.at] = (packet[select.at] & ~select.mask & 0xFF) | select.eq
    return bytes(packet)


def through(
    raw: NDArray[np.float64], points: NDArray[np.float64], values: Sequence[float]
) -> NDArray[np.float64]:
    """Return readings on straight lines through points, drawn on beyond the ends."""
    known = np.asarray(values)
    at = np.clip(np.searchsorted(points, raw, "right") - 1, 0, len(points) - 2)
    slope = (known[at + 1] - known[at]) / (points[at + 1] - points[at])
    return known[at] + (raw - points[at]) * slope


_ODD = frozenset({3, 5, 6, 7})


def _numbers(probe: Probe, endpoint: str, payload: bytes) -> NDArray[np.float64] | None:
    end = probe.at + probe.field.size
    if endpoint != probe.endpoint or len(payload) < end:
        return None
    for s in probe.select:
        if len(payload) <= s.at or payload[s.at] & s.mask != s.eq:
            return None
    body = payload[probe.at : end]
    if probe.field.width in _ODD:
        single = np.frombuffer(body, np.uint8).reshape(-1, probe.field.width)
        return join(single, probe.field).astype(float)
    found = np.frombuffer(body, layout((probe.field,))[0].base)
    # asked of the raw bytes: arithmetic on a signalling NaN warns
    return found.astype(float) if np.isfinite(found).all() else None
