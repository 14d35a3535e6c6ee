"""The virtual air under plain bleak: what its façade promises holds there too."""

from __future__ import annotations

import asyncio

import pytest
from bleak import BleakClient, BleakScanner
from bleak.exc import BleakDeviceNotFoundError, BleakError, BleakGATTProtocolError

from surefoot.devices import shipped_profiles
from surefoot.devices.ble import scan
from surefoot.virtual import Firmware
from surefoot.virtual.radio import VirtualAir

SKETCH = shipped_profiles()["surefoot-sketch"]
DATA, COMMAND = SKETCH.gatt["data"].char, SKETCH.gatt["cmd"].char
START, STOP = bytes.fromhex("a5016800cc"), bytes.fromhex("a500a5")


async def connected(air: VirtualAir, **keywords: object) -> BleakClient:
    device = await BleakScanner.find_device_by_name(
        "Surefoot virtual board", 2.0, backend=air.transport.scanner
    )
    assert device is not None
    client = BleakClient(device, backend=air.transport.client, **keywords)
    await client.connect()
    return client


def test_a_scan_hears_every_sensor_and_knows_its_profile():
    air = VirtualAir(units={"board": Firmware("movesense"), "trunk": Firmware()})
    found = {sensor.name: sensor.profile_id for sensor in scan(0.2, air.transport)}
    assert found == {
        "Movesense virtual board": "movesense",
        "Surefoot virtual trunk": "surefoot-sketch",
    }


def test_it_streams_only_when_subscribed_and_started():
    async def session() -> None:
        air = VirtualAir()
        unit = air.units["board"]
        client = await connected(air)
        came = asyncio.Event()
        assert not unit.streaming
        await client.write_gatt_char(COMMAND, START, response=True)
        assert not unit.streaming
        await client.start_notify(DATA, lambda *_: came.set())
        await asyncio.wait_for(came.wait(), 2.0)
        await client.write_gatt_char(COMMAND, STOP, response=True)
        assert not unit.streaming
        await client.disconnect()
        assert not unit.linked

    asyncio.run(session())


def test_a_command_may_choose_another_rate():
    async def session() -> float:
        air = VirtualAir()
        client = await connected(air)
        faster = bytes.fromhex("a501d000") + bytes([0xA5 ^ 0x01 ^ 0xD0])
        await client.write_gatt_char(COMMAND, faster, response=True)
        rate = air.units["board"].sensor.rate
        await client.disconnect()
        return rate

    assert asyncio.run(session()) == 208


def test_a_drop_calls_back_and_ends_the_connection():
    async def session() -> None:
        air = VirtualAir()
        lost = asyncio.Event()
        client = await connected(air, disconnected_callback=lambda _: lost.set())
        air.drop("board")
        await asyncio.wait_for(lost.wait(), 2.0)
        assert not client.is_connected
        with pytest.raises(BleakError, match="Not connected"):
            await client.start_notify(DATA, lambda *_: None)

    asyncio.run(session())


def test_what_a_characteristic_cannot_do_is_refused():
    async def session() -> None:
        client = await connected(VirtualAir())
        with pytest.raises(BleakGATTProtocolError):
            await client.read_gatt_char(DATA)
        with pytest.raises(BleakGATTProtocolError):
            await client.write_gatt_char(DATA, b"\x00", response=True)
        await client.disconnect()

    asyncio.run(session())


def test_an_address_nobody_has_is_not_found():
    async def session() -> None:
        client = BleakClient("00:00", backend=VirtualAir().transport.client)
        with pytest.raises(BleakDeviceNotFoundError):
            await client.connect()

    asyncio.run(session())


def test_the_person_follows_commands_while_the_radio_runs():
    async def session() -> None:
        air = VirtualAir()
        air.follow({"do": "level", "edge": "right"})
        client = await connected(air)
        came = asyncio.Event()

        def look(*_: object) -> None:
            if air.world.tilt[0] > 0.2:
                came.set()

        await client.start_notify(DATA, look)
        await client.write_gatt_char(COMMAND, START, response=True)
        await asyncio.wait_for(came.wait(), 4.0)
        await client.disconnect()

    asyncio.run(session())
