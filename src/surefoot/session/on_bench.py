"""Getting sensors onto the bench: real ones, or virtual ones in virtual hands."""

from __future__ import annotations

import itertools
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from surefoot.session.asked import asked
from surefoot.session.bench import Bench
from surefoot.session.inbox import Inbox
from surefoot.session.opening import feeding
from surefoot.session.setup import sensor

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping
    from pathlib import Path

    from surefoot.session.setup import Sensor

    Follow = Callable[[str], None]

VIRTUAL_DRIFT = {"board": 35.0, "trunk": -20.0}  # ppm
VIRTUAL_LATE = {"trunk": 0.012}  # s; so that a tap test has something to find


@contextmanager
def on_bench(
    wanted: Mapping[str, str],
    *,
    virtual: bool = False,
    adapter: str | None = None,
    calibrations: Mapping[str, Path] | None = None,
) -> Generator[tuple[Bench, Follow]]:
    """Listen to sensors until the end of the block.

    Parameters
    ----------
    wanted : mapping of str to str
        By role, ``"profile"`` or ``"profile:part of the sensor's name"``.
    virtual : bool
        Virtual sensors in virtual hands, faster than time.
    adapter : str, optional
        Bluetooth adapter, for example ``"hci1"``.
    calibrations : mapping of str to Path, optional
        Files by role.

    Yields
    ------
    bench : Bench
        Samples have come from every sensor.
    follow : callable
        Tells virtual hands what to do; nothing happens to real ones.

    Raises
    ------
    SurefootError
        If a profile cannot be used, or a sensor sent nothing.
    """
    known = calibrations or {}
    sensors = {
        role: sensor(asked(told)[0], known.get(role)) for role, told in wanted.items()
    }
    if virtual:
        yield _virtual(sensors)
        return
    with _real(sensors, wanted, adapter) as bench:
        yield bench, lambda _do: None


def _virtual(sensors: Mapping[str, Sensor]) -> tuple[Bench, Follow]:
    from surefoot.virtual import Firmware
    from surefoot.virtual.handled import HandledSource, Handling

    handling = Handling()
    units = {
        role: Firmware(told.profile, drift_ppm=VIRTUAL_DRIFT.get(role, 10.0))
        for role, told in sensors.items()
    }
    source = HandledSource(handling, units, VIRTUAL_LATE)
    bench = Bench(sensors, source.packets())
    bench.ready()
    return bench, handling.follow


@contextmanager
def _real(
    sensors: Mapping[str, Sensor], wanted: Mapping[str, str], adapter: str | None
) -> Generator[Bench]:
    inbox = Inbox()
    feed = feeding(sensors, wanted, adapter=adapter)(inbox.put)
    packets = inbox.packets()
    first = next(packets)  # time zero is before the first sample
    feed.start()
    try:
        packets = itertools.chain([first], packets)
        bench = Bench(sensors, packets, time.monotonic_ns)
        bench.ready()
        yield bench
    finally:
        feed.stop()
