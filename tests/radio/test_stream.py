"""Sensors that work: found, told apart, started, heard, and let go."""

from __future__ import annotations

import pytest

from surefoot.devices import ProfileDecoder, shipped_profiles, steps
from surefoot.virtual import Firmware
from surefoot.virtual.radio import VirtualAir

RADIO = [p.id for p in shipped_profiles().values() if p.transport == "ble"]
BOTH = {"board": "board", "trunk": "trunk"}


def test_two_sensors_connect_and_stream(listen):
    ear = listen(VirtualAir(), BOTH)
    for role in BOTH:
        ear.until_data(role, 12)
        assert ear.states(role) == ["scanning", "connecting", "streaming"]
    first = ear.packets[0].t_ns
    for role in BOTH:
        profile = shipped_profiles()["surefoot-sketch"]
        decoder = ProfileDecoder(profile, role, first)
        blocks = [b for p in ear.data(role) for b in decoder.decode(p)]
        assert sum(len(block) for block in blocks) >= 12 * 6
        assert (decoder.counts.lost, decoder.counts.refused) == (0, 0)


def test_packets_come_as_fast_as_the_sensor_samples(listen):
    ear = listen(VirtualAir())
    ear.until_data("board", 20)
    times = [p.t_ns for p in ear.data("board")]
    assert (times[-1] - times[0]) / 1e9 == pytest.approx(19 * 6 / 104, abs=0.15)


@pytest.mark.parametrize("profile", RADIO)
def test_every_radio_profile_starts_streams_and_stops(listen, profile):
    air = VirtualAir(units={"board": Firmware(profile)})
    ear = listen(air)
    ear.until_data("board", 3)
    assert ear.radio.stop(5.0)
    ear.rest()
    told = shipped_profiles()[profile]
    orders = [*steps(told, "start"), *steps(told, "stop")]
    written = [(s.endpoint, s.data.hex()) for s in orders if s.do == "write"]
    heard = [(t["endpoint"], t["wrote"]) for t in ear.told("board") if "wrote" in t]
    assert heard == written
    assert [(e, d.hex()) for e, d in air.units["board"].commands] == written
    assert ear.states("board")[-1] == "closed"


def test_what_a_link_says_names_the_sensor_and_its_battery(listen):
    ear = listen(VirtualAir())
    ear.until(lambda: any("battery" in told for told in ear.told("board")))
    assert {"battery": 87} in ear.told("board")
    streaming = [t for t in ear.told("board") if t.get("state") == "streaming"]
    assert streaming[0]["device"] == "Surefoot virtual board"


def test_sensors_without_a_name_are_not_given_to_two_roles(listen):
    ear = listen(VirtualAir(), {"board": None, "trunk": None})
    for role in BOTH:
        ear.until_state(role, "streaming")
    devices = {t["device"] for role in BOTH for t in ear.told(role) if "device" in t}
    assert len(devices) == 2


def test_a_radio_that_never_started_and_one_just_started_can_be_stopped(listen):
    ear = listen(VirtualAir())
    assert ear.radio.stop(5.0)
    ear.rest()
    assert ear.states("board")[-1:] in ([], ["closed"])
