"""Adapters and sockets of bleak's own backend; sensors whose address changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from surefoot.core import RadioError
from surefoot.devices import load_profile, parse_profile
from surefoot.devices.ble import scan
from surefoot.virtual import Firmware
from surefoot.virtual.radio import VirtualAir
from surefoot.virtual.radio.bluez import EmulatedBlueZ, PrivateBus

SKETCH = load_profile("surefoot-sketch")


@pytest.fixture
def two_adapters(monkeypatch):
    """Return an emulated BlueZ with a sensor in reach of the second adapter only."""
    if not PrivateBus.available():
        pytest.skip("needs the program dbus-daemon: apt-get install dbus")
    air = VirtualAir(units={"board": Firmware()})
    bluez = EmulatedBlueZ(air.units, ("hci0", "hci1"))
    bluez.manners["board"].adapter = "hci1"
    bluez.start()
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bluez.address)
    yield bluez
    bluez.stop()


@pytest.mark.usefixtures("two_adapters")
def test_the_adapter_that_was_asked_for_is_used():
    assert scan(0.2, adapter="hci0") == []
    found = scan(0.2, adapter="hci1")
    assert [sensor.name for sensor in found] == ["Surefoot virtual board"]
    assert found[0].profile_id == "surefoot-sketch"


@pytest.mark.usefixtures("two_adapters")
def test_an_adapter_that_is_not_there_is_named():
    with pytest.raises(RadioError, match="'hci7' not found: plug it in"):
        scan(0.2, adapter="hci7")


def test_an_adapter_that_is_off_is_told_to_be_switched_on(two_adapters):
    two_adapters.power(False, "hci0")
    two_adapters.power(False, "hci1")
    with pytest.raises(RadioError, match="it is off: switch it on"):
        scan(0.2)


def test_only_its_own_bus_is_ended():
    if not PrivateBus.available():
        pytest.skip("needs the program dbus-daemon: apt-get install dbus")
    mine, other = PrivateBus(), PrivateBus()
    mine.start()
    other.start()
    mine.close()
    assert other._process is not None
    assert other._process.poll() is None
    other.close()


def test_notifications_come_by_a_socket_where_the_profile_asks_for_it(stage):
    told = SKETCH.text.replace("[link]", "[link]\nacquire = true")
    stage.open({"board": Firmware(parse_profile(told, "acquiring.toml"))})
    stage.until_data()
    device = stage.bluez._devices["board"]
    assert device._sockets
    assert not device._notifying
    stage.bluez.drop("board")
    stage.until(lambda: stage.states()[-1] == "lost")
    stage.until_data()
    stage.check()


def test_without_being_asked_bluez_is_not_asked_for_a_socket(stage):
    stage.open()
    stage.until_data()
    assert not stage.bluez._devices["board"]._sockets
    stage.check(gaps=0)


def test_a_sensor_with_a_serial_number_is_known_at_another_address(stage):
    told = SKETCH.text.replace("^Surefoot", "^Surefoot.*?(?P<serial>[0-9]{4})?$")
    profile = parse_profile(told, "numbered.toml")
    stage.open({"board": Firmware(profile), "trunk": Firmware(profile)}, seated=False)
    stage.air.units["board"].name = "Surefoot board 2031"
    stage.air.units["trunk"].name = "Surefoot trunk 2032"
    stage.start()
    stage.until_data("board")
    stage.until_data("trunk")
    stage.bluez.forget("board")
    stage.bluez.manners["board"].address = "C0:FE:12:34:56:78"
    stage.until(lambda: stage.states("board")[-1] == "lost")
    stage.until_data("board")
    assert {t["device"] for t in stage.told("board") if "device" in t} == {
        "Surefoot board 2031"
    }
    stage.check("board")


def test_at_another_address_the_same_name_is_somebody_else(stage):
    stage.limits = replace(stage.limits, scan=0.3)
    stage.open(seated=False)
    stage.air.units["board"].name = "Surefoot board 901"
    stage.start()
    stage.until_data()
    stage.bluez.forget("board")
    stage.bluez.manners["board"].address = "C0:FE:12:34:56:78"
    stage.until_lost("switch the sensor on")
    assert stage.states().count("connecting") == 1
    stage.check(gaps=0)


@pytest.mark.parametrize("profile", ["movesense", "xsens-dot", "polar-h10"])
def test_other_models_get_over_a_drop_as_well(stage, profile):
    stage.open({"board": Firmware(profile)})
    stage.until_data()
    stage.bluez.drop("board")
    stage.until(lambda: stage.states()[-1] == "lost")
    stage.until_data()
    stage.check()
