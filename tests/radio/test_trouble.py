"""Links that break, sensors that fall silent, adapters that refuse."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress

import pytest
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakDBusError,
    BleakError,
)

from surefoot.core import RadioError
from surefoot.devices.ble import Limits, explain, scan
from surefoot.virtual import Firmware
from surefoot.virtual.radio import VirtualAir
from surefoot.virtual.radio.client import VirtualClient
from surefoot.virtual.radio.scanner import VirtualScanner

REASONS = BleakBluetoothNotAvailableReason


def test_a_broken_link_is_told_and_made_again(listen):
    air = VirtualAir()
    ear = listen(air)
    ear.until_data("board")
    air.drop("board")
    ear.until_state("board", "streaming", times=2)
    ear.until_data("board")
    assert ear.states("board") == [
        "scanning",
        "connecting",
        "streaming",
        "lost",
        "scanning",
        "connecting",
        "streaming",
    ]
    assert "link lost" in ear.reason("board", "lost")


def test_a_broken_link_does_not_disturb_the_other_sensor(listen):
    air = VirtualAir()
    ear = listen(air, {"board": "board", "trunk": "trunk"})
    ear.until_state("trunk", "streaming")
    ear.until_state("board", "streaming")
    air.drop("board")
    ear.until_state("board", "streaming", times=2)
    assert "lost" not in ear.states("trunk")


def test_an_open_link_that_falls_silent_is_made_again(listen):
    air = VirtualAir()
    ear = listen(air)
    ear.until_data("board")
    air.units["board"].silent = True
    ear.until_state("board", "lost")
    air.units["board"].silent = False
    ear.until_data("board")
    assert "no data" in ear.reason("board", "lost")
    assert "connecting again" in ear.reason("board", "lost")


def test_errors_while_connecting_are_told_and_tried_again(listen):
    air = VirtualAir()
    busy = BleakDBusError("org.bluez.Error.InProgress", ["Operation in progress"])
    air.units["board"].connect_errors = [busy, TimeoutError(), EOFError()]
    ear = listen(air)
    ear.until_data("board")
    reasons = [t["reason"] for t in ear.told("board") if t.get("state") == "lost"]
    assert len(reasons) == 3
    assert "InProgress" in str(reasons[0])
    assert "in time" in str(reasons[1])


def test_a_sensor_that_does_not_answer_the_start_is_not_taken_for_streaming(listen):
    air = VirtualAir(units={"board": Firmware("movesense")})
    air.units["board"].answers = False
    ear = listen(air, limits=Limits(answer=0.2, first_wait=0.02))
    ear.until_state("board", "lost")
    assert "streaming" not in ear.states("board")
    assert "did not answer" in ear.reason("board", "lost")


def test_a_sensor_that_is_switched_off_is_waited_for(listen):
    air = VirtualAir()
    air.units["board"].in_range = False
    ear = listen(air, limits=Limits(scan=0.2, first_wait=0.02))
    ear.until(lambda: "switch the sensor on" in ear.reason("board", "scanning"))
    air.units["board"].in_range = True
    ear.until_data("board")
    assert "lost" not in ear.states("board")


def test_a_reconnect_takes_no_other_sensor_of_the_same_model(listen):
    air = VirtualAir()
    ear = listen(air, {"board": None}, limits=Limits(scan=0.2, first_wait=0.02))
    ear.until_data("board")
    air.units["board"].in_range = False
    air.drop("board")
    ear.until(lambda: "not heard" in ear.reason("board", "scanning"))
    assert not air.units["trunk"].linked


def test_a_dropped_sensor_is_kept_for_its_role(listen):
    air = VirtualAir()
    air.units["trunk"].in_range = False
    limits = Limits(scan=0.3, first_wait=0.02)
    ear = listen(air, {"board": None, "trunk": None}, limits)
    # either role may have got the one sensor there is
    ear.until(lambda: bool(ear.data("board") or ear.data("trunk")))
    mine, other = ("board", "trunk") if ear.data("board") else ("trunk", "board")
    ear.until(lambda: "not heard" in ear.reason(other, "scanning"))
    air.drop("board")
    ear.until_state(mine, "streaming", times=2)
    assert "connecting" not in ear.states(other)


def test_scans_and_connects_never_overlap(listen, monkeypatch):
    busy: list[int] = [0, 0]

    @asynccontextmanager
    async def counted():
        busy[0] += 1
        busy[1] = max(busy)
        yield
        busy[0] -= 1

    connect, start, stop = (
        VirtualClient.connect,
        VirtualScanner.start,
        VirtualScanner.stop,
    )

    async def counted_connect(self, pair, **keywords):
        async with counted():
            await connect(self, pair, **keywords)

    async def counted_start(self):
        busy[0] += 1
        busy[1] = max(busy)
        await start(self)

    async def counted_stop(self):
        busy[0] -= 1
        await stop(self)

    monkeypatch.setattr(VirtualClient, "connect", counted_connect)
    monkeypatch.setattr(VirtualScanner, "start", counted_start)
    monkeypatch.setattr(VirtualScanner, "stop", counted_stop)
    air = VirtualAir()
    ear = listen(air, {"board": "board", "trunk": "trunk"})
    ear.until_data("board")
    ear.until_data("trunk")
    assert busy == [0, 1]


def test_a_disconnect_that_hangs_does_not_hold_up_the_end(listen, monkeypatch):
    hung = asyncio.Event()

    async def hang(self) -> None:
        self.break_link()
        hung.set()
        await asyncio.Event().wait()

    ear = listen(VirtualAir())
    ear.until_data("board")
    monkeypatch.setattr(VirtualClient, "disconnect", hang)
    assert ear.radio.stop(3.0)
    assert hung.is_set()


def test_a_backend_that_loses_a_cancellation_does_not_hold_up_the_end(
    listen, monkeypatch
):
    asked = asyncio.Event()

    async def lose(self, characteristic, **keywords) -> bytearray:
        del self, characteristic, keywords
        asked.set()
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        return bytearray(b"\x57")

    monkeypatch.setattr(VirtualClient, "read_gatt_char", lose)
    ear = listen(VirtualAir())
    ear.until_data("board")
    assert asked.is_set()
    assert ear.radio.stop(5.0)
    ear.rest()
    assert ear.states("board")[-1] == "closed"


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (BleakBluetoothNotAvailableError("x", REASONS.NO_BLUETOOTH), "plug one in"),
        (BleakBluetoothNotAvailableError("x", REASONS.POWERED_OFF), "switch it on"),
        (BleakBluetoothNotAvailableError("x", REASONS.DENIED_BY_USER), "allow it"),
        (FileNotFoundError(2, "No such file or directory"), "start it"),
        (BleakDBusError("org.freedesktop.DBus.Error.ServiceUnknown", []), "start it"),
        (PermissionError(13, "denied"), "allow it"),
        (BleakError("something\nelse"), "something else"),
    ],
)
def test_a_scan_without_a_radio_says_in_one_line_what_to_do(error, advice):
    air = VirtualAir()
    air.unavailable = error
    with pytest.raises(RadioError) as raised:
        scan(0.1, air.transport)
    text = str(raised.value)
    assert advice in text
    assert text.startswith("Bluetooth: ")
    assert "\n" not in text
    assert text == explain(error)


def test_a_radio_without_an_adapter_says_so_and_tries_again(listen):
    air = VirtualAir()
    air.unavailable = BleakBluetoothNotAvailableError("x", REASONS.POWERED_OFF)
    ear = listen(air)
    ear.until_state("board", "lost")
    assert "switch it on" in ear.reason("board", "lost")
    air.unavailable = None
    ear.until_data("board")
