"""What goes wrong in the field, through bleak's own backend: each is got over.

Every fault comes with its protection. `make soak` takes each protection away and sees
its test fail.
"""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from bleak import BleakScanner
from bleak.exc import BleakBluetoothNotAvailableError, BleakDBusError

import surefoot.devices.ble.connection
import surefoot.devices.ble.radio
from surefoot.devices import ProfileDecoder
from surefoot.devices.ble.connection import BleConnection
from surefoot.devices.ble.supervisor import LostError, Supervisor
from surefoot.devices.clock import ClockFit
from surefoot.devices.counter import Reading, Unwrapper
from surefoot.virtual import Firmware
from surefoot.virtual.airtime import Air

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Patch = pytest.MonkeyPatch
    Unprotect = Callable[[Patch, Any], None]

SOAK = os.environ.get("SUREFOOT_SOAK") == "1"
FAULTS: dict[str, Fault] = {}
SIX = ("board", "trunk", "left shin", "right shin", "left thigh", "right thigh")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong, and how to take the protection against it away."""

    happen: Callable[[Any], None]
    unprotect: Unprotect


def fault(unprotect: Unprotect):
    """Enter a fault under its name."""

    def enter(happen: Callable[[Any], None]) -> Callable[[Any], None]:
        FAULTS[happen.__name__.replace("_", " ")] = Fault(happen, unprotect)
        return happen

    return enter


class GaveUp(BaseException):
    """Ends a supervisor, which outlives every `Exception`."""


def gives_up_on(*kinds: type[Exception]) -> Unprotect:
    """Take away that a link outlives an error."""
    connection = Supervisor._connection

    def unprotect(patch: Patch, _: Any) -> None:
        async def once(self: Supervisor, lock: asyncio.Lock) -> bool:
            try:
                return await connection(self, lock)
            except kinds as error:
                raise GaveUp from error

        patch.setattr(Supervisor, "_connection", once)

    return unprotect


def never_tries_again(patch: Patch, _: Any) -> None:
    async def once(self: Supervisor, lock: asyncio.Lock) -> None:
        await self._connection(lock)

    patch.setattr(Supervisor, "_attempt", once)


def never_cuts(patch: Patch, _: Any) -> None:
    patch.setattr(ProfileDecoder, "cut", lambda _: None)


def never_scans_again(patch: Patch, _: Any) -> None:
    find = surefoot.devices.ble.radio._find
    devices: dict[str, Any] = {}

    async def once(seat: Any) -> BleConnection | None:
        if seat.role in devices:
            return BleConnection(devices[seat.role], seat)
        heard = await BleakScanner.find_device_by_filter(seat.fits, 5.0)
        devices[seat.role] = heard
        return await find(seat)

    patch.setattr(surefoot.devices.ble.radio, "_find", once)


def never_minds_silence(patch: Patch, _: Any) -> None:
    patch.setattr(Supervisor, "_check", lambda *_: None)


def takes_everything_for_new(patch: Patch, _: Any) -> None:
    read = Unwrapper.read

    def new(self: Unwrapper, raw: int, host_ns: int, unit_ns: float) -> Reading:
        found = read(self, raw, host_ns, unit_ns)
        return found._replace(change="next") if found.change == "stale" else found

    patch.setattr(Unwrapper, "read", new)


def never_unwraps(patch: Patch, _: Any) -> None:
    def step(self: Unwrapper, step: int, expected: float) -> int:
        del expected
        return step if step < self._modulus // 2 else step - self._modulus

    def read(self: Unwrapper, raw: int, host_ns: int, unit_ns: float) -> Reading:
        del unit_ns
        last = raw if self._last is None else self._last
        self._value += raw - last
        return self._accept(raw, host_ns, "next", 0)

    patch.setattr(Unwrapper, "_step", step)
    patch.setattr(Unwrapper, "read", read)


def stamps_on_arrival(patch: Patch, _: Any) -> None:
    def place(self: ClockFit, first: int, newest: int, arrival: int, floor: int) -> int:
        del self
        return max(arrival - (newest - first), floor)

    patch.setattr(ClockFit, "place", place)


def takes_any_packet_size(patch: Patch, _: Any) -> None:
    patch.setattr(surefoot.devices.ble.connection, "room", lambda _: None)


def waits_for_ever(_: Patch, stage: Any) -> None:
    stage.limits = replace(stage.limits, connect=60.0)


def connects_all_at_once(patch: Patch, _: Any) -> None:
    run = Supervisor.run

    async def unlocked(self: Supervisor, lock: asyncio.Lock) -> None:
        del lock
        await run(self, asyncio.Lock())

    patch.setattr(Supervisor, "run", unlocked)


@fault(never_tries_again)
def the_link_drops(stage):
    stage.open()
    for _ in range(2):
        stage.until_data()
        stage.bluez.drop("board")
        stage.until(lambda: stage.states()[-1] == "lost")
    stage.until_data()
    assert "link lost" in stage.reasons()[0]
    stage.check(gaps=2)


@fault(never_cuts)
def the_link_of_a_sensor_without_number_and_clock_drops(stage):
    stage.open({"board": Firmware("witmotion-ble5")})
    stage.until_data(more=20)
    stage.air.units["board"].in_range = False
    stage.bluez.drop("board")
    # shorter than what a radio may stall for
    stage.until_later(stage.data("board")[-1].t_ns * 1e-9 + 0.5)
    stage.air.units["board"].in_range = True
    stage.until_data(more=20)
    stage.check()


@fault(never_scans_again)
def bluez_forgets_the_sensor(stage):
    stage.open()
    stage.until_data()
    stage.air.units["board"].in_range = False
    stage.bluez.forget("board")
    stage.until_lost("switch the sensor on")
    stage.air.units["board"].in_range = True
    stage.until_data()
    stage.check()


@fault(gives_up_on(BleakDBusError))
def the_adapter_is_busy(stage):
    fails_to_connect(stage, "InProgress:Operation already in progress", "close other")


@fault(gives_up_on(BleakDBusError))
def the_sensor_is_taken_for_a_classic_one(stage):
    fault = "Failed:br-connection-profile-unavailable"
    fails_to_connect(stage, fault, "remove the sensor")


@fault(gives_up_on(BleakDBusError))
def the_adapter_is_not_ready(stage):
    stage.open()
    stage.until_data()
    stage.bluez.errors["StartDiscovery"] = ["NotReady:Resource Not Ready"] * 2
    stage.bluez.drop("board")
    stage.until_lost("switch Bluetooth on")
    stage.until_data()
    stage.check()


@fault(never_minds_silence)
def the_link_falls_silent(stage):
    stage.open()
    stage.until_data()
    stage.air.units["board"].silent = True
    stage.until_lost("no data for")
    stage.air.units["board"].silent = False
    stage.until_data()
    stage.check()


@fault(takes_everything_for_new)
def packets_are_delivered_twice(stage):
    stage.open()
    stage.until_data()
    stage.bluez.drop("board")
    stage.until(lambda: stage.states()[-1] == "lost")
    # as BlueZ does after a reconnect: bleak issue 2002
    stage.bluez.manners["board"].twice = True
    stage.until_data(more=20)
    assert stage.check().counts.duplicates >= 9


@fault(gives_up_on(OSError, EOFError, BleakDBusError))
def the_bus_dies(stage):
    stage.open()
    stage.until_data()
    stage.bluez.kill_bus()
    stage.until_lost("Linux: systemctl")
    stage.bluez.restart_bus()
    stage.until_data()
    stage.check()


@fault(never_minds_silence)
def bluez_ends_without_a_word(stage):
    stage.open()
    stage.until_data()
    stage.bluez.crash()
    stage.until_lost("no data for")
    stage.bluez.revive()
    stage.until_data()
    stage.check()


@fault(gives_up_on(BleakBluetoothNotAvailableError))
def bluetooth_is_switched_off_and_on(stage):
    stage.open()
    stage.until_data()
    stage.bluez.power(False)
    stage.until_lost("switch it on")
    stage.bluez.power(True)
    stage.until_data()
    stage.check()


@fault(stamps_on_arrival)
def packets_come_in_bursts(stage):
    stage.open(air=Air(interval=0.2, stall=0.02))
    stage.until_data(more=50)
    arrivals = np.array([p.t_ns * 1e-9 for p in stage.data("board")])
    assert (np.diff(arrivals) < 0.03).any(), "no burst"
    assert (np.diff(arrivals) > 0.12).any(), "no pause"
    decoder = stage.check(gaps=0)
    times = stage.times("board")
    # slowed or hurried by 5 % at most, whatever the radio does
    each = times[:: len(times) // len(stage.data("board"))]
    assert np.diff(each) == pytest.approx(6 / decoder.info.rate, rel=0.06)


@fault(takes_any_packet_size)
def packets_are_cut_short(stage):
    stage.open()
    stage.until_data()
    stage.bluez.manners["board"].mtu = 40
    stage.bluez.drop("board")
    stage.until_lost("packets of 40 bytes were agreed on, this sensor needs 83")
    stage.bluez.manners["board"].mtu = 247
    stage.until_data()
    stage.check()


@fault(waits_for_ever)
def services_are_found_too_late(stage):
    stage.open()
    stage.until_data()
    stage.bluez.manners["board"].resolve = 30.0
    stage.bluez.drop("board")
    stage.until_lost("did not answer in time")
    stage.bluez.manners["board"].resolve = 0.5  # late, and waited for
    stage.until_data()
    stage.check()


@fault(gives_up_on(LostError))
def services_are_missing_at_first(stage):
    stage.open()
    stage.until_data()
    stage.bluez.manners["board"].hidden.add("data")
    stage.bluez.drop("board")
    stage.until_lost("offers no data")
    stage.bluez.manners["board"].hidden.clear()
    stage.until_data()
    stage.check()


@fault(never_unwraps)
def counters_wrap_while_the_sensor_is_away(stage):
    wrap_s = 1.6
    tick = 2**32 * 1000 - round(wrap_s * 1e9)
    stage.open({"board": Firmware(first_counter=2**16 - 20, first_tick_ns=tick)})
    stage.until_data(more=10)
    begun = stage.data("board")[0].t_ns * 1e-9
    unit = stage.air.units["board"]
    unit.in_range = False
    stage.bluez.drop("board")
    stage.until_later(begun + wrap_s + 0.3)
    unit.in_range = True
    stage.until_data(more=20)
    ticks = [int.from_bytes(p.payload[4:8], "little") for p in stage.data("board")]
    counts = [int.from_bytes(p.payload[2:4], "little") for p in stage.data("board")]
    assert ticks[0] > ticks[-1], "the clock did not wrap"
    assert counts[0] > counts[-1], "the counter did not wrap"
    assert stage.check().counts.lost == 0


@fault(connects_all_at_once)
def six_sensors_connect_at_once(stage):
    stage.limits = replace(stage.limits, scan=4.0)
    stage.open({role: Firmware() for role in SIX})
    for role in SIX:
        stage.until_data(role)
    stage.bluez.drop("right shin")
    stage.until(lambda: stage.states("right shin").count("streaming") == 2)
    for role in SIX:
        stage.until_data(role)
    assert not [why for why in stage.reasons("") if "InProgress" in why]
    warned = [str(told["warning"]) for told in stage.told() if "warning" in told]
    assert warned == [
        "6 sensors on one adapter: links may break above 4: "
        "use fewer, or a second adapter (--adapter)"
    ]
    for role in SIX:
        stage.check(role, gaps=int(role == "right shin"))


def fails_to_connect(stage, error: str, advice: str) -> None:
    stage.open()
    stage.until_data()
    stage.bluez.manners["board"].errors.extend([error, error])
    stage.bluez.drop("board")
    stage.until_lost(advice)
    stage.until_data()
    assert error.partition(":")[2] in str(stage.reasons()) or "InProgress" in error
    assert stage.bluez.connects == 4
    stage.check()


@pytest.mark.parametrize("name", FAULTS)
def test_it_is_got_over(stage, name):
    FAULTS[name].happen(stage)


@pytest.mark.soak
@pytest.mark.skipif(not SOAK, reason="takes minutes: make soak")
@pytest.mark.parametrize("name", FAULTS)
def test_without_its_protection_it_is_not(stage, monkeypatch, name):
    stage.patience = 4.0
    FAULTS[name].unprotect(monkeypatch, stage)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        FAULTS[name].happen(stage)
