"""A radio link in numbers: when the packets of a device reach the host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest

from surefoot.core import Packet
from surefoot.devices import ProfileEncoder, load_profile, parse_profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surefoot.devices import Profile

SECOND = 1_000_000_000


@dataclass
class Air:
    """Delivery at connection events, with retries, losses and the host's delays."""

    interval: float = 0.030
    retry: float = 0.08
    loss: float = 0.005
    ppm: float = 0.0
    seed: int = 1
    first_counter: int = 65_500
    boot: float = 17.3
    """Device time of the first sample [s]."""
    start: float = 5.0
    """Host time at which it is taken [s]."""

    def deliver(
        self, profile: Profile, seconds: float
    ) -> Iterator[tuple[Packet, float]]:
        """Yield packets and the true host time of their first sample [s]."""
        rng = np.random.default_rng(self.seed)
        encoder = ProfileEncoder(profile)
        n, period = encoder.samples_per_packet, 1 / encoder.rate
        still = {"acc": np.tile([0.0, 0.0, 9.81], (n, 1)), "gyr": np.zeros((n, 3))}
        source = f"board/{encoder.source_endpoint}"
        free = arrival = 0.0
        for k in range(int(seconds / (n * period))):
            first = self.start + k * n * period / (1 + self.ppm * 1e-6)
            free = self._event(max(first + (n - 1) * period + 0.001, free), rng)
            arrival = max(arrival, free + 0.001 + rng.exponential(0.0015))
            tick = int((self.boot + k * n * period) * SECOND)
            payload = encoder.encode(still, tick, self.first_counter + k)
            if rng.random() >= self.loss:
                yield Packet(source, int(arrival * SECOND), payload), first

    def _event(self, ready: float, rng: np.random.Generator) -> float:
        event = np.ceil(ready / self.interval) * self.interval
        while rng.random() < self.retry:
            event += self.interval
        return float(event)


@pytest.fixture
def air() -> type[Air]:
    return Air


_CLOCK = 'field = "t", tick_hz = 1_000_000, bits = 32, stamp = "last", '


@pytest.fixture(scope="session")
def variants() -> dict[str, Profile]:
    """Return profiles that differ in what they tell about time."""
    sketch = load_profile("surefoot-sketch").text
    texts = {
        "clock and counter": sketch,
        "clock": sketch.replace(', counter = "seq"', ""),
        "counter": sketch.replace(_CLOCK, ""),
        "counter of 8 bits": sketch.replace(_CLOCK, "").replace('"<u2"', '"u1"'),
        "neither": sketch.replace(_CLOCK + 'counter = "seq"', ""),
        "clock of 16 bits": sketch.replace(
            "1_000_000, bits = 32", "1_000, bits = 16"
        ),
        "each": sketch.replace('["acc"', '["u", "<u4"], ["acc"').replace(
            'field = "t"', 'field = "u"'
        ).replace('stamp = "last"', 'stamp = "each"'),
        "newest first": sketch.replace(
            'repeat = "n"', 'repeat = "n"\norder = "newest_first"'
        ),
    }  # fmt: skip
    return {name: parse_profile(text, name) for name, text in texts.items()}
