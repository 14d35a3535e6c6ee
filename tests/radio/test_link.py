"""Answers, keepalives, batteries, crowds, and sensors known from the last time."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest

from surefoot.core import LinkState, Packet, RadioError
from surefoot.core.control import fields
from surefoot.devices import ProfileDecoder, load_profile, parse_profile
from surefoot.devices.ble import (
    Known,
    Limits,
    Wanted,
    crowding,
    keep_sensors,
    known_sensors,
)
from surefoot.devices.ble.answer import Awaited
from surefoot.devices.ble.connection import streaming
from surefoot.devices.ble.link import LinkLog
from surefoot.devices.ble.room import room
from surefoot.devices.ble.supervisor import LostError
from surefoot.devices.commands import Step
from surefoot.session.links import Links
from surefoot.session.setup import Sensor
from surefoot.virtual import Firmware
from surefoot.virtual.radio import VirtualAir
from surefoot.virtual.radio.client import VirtualClient
from surefoot.virtual.radio.services import address as address_of

SKETCH = load_profile("surefoot-sketch")
ASKED = Step(
    "write",
    "cmd",
    b"\x01\x02",
    expect=b"\x01\x00",
    expect_from="data",
    timeout_s=0.05,
    refusals=((b"\x01\x07", "no such rate"),),
)


def answered(*packets: tuple[str, bytes]) -> None:
    async def ask() -> None:
        awaited = Awaited(ASKED)
        for endpoint, data in packets:
            awaited.take(endpoint, data)
        await awaited.come(usual=9.0)

    asyncio.run(ask())


def test_an_answer_is_awaited_among_other_packets():
    answered(("data", b"\x02samples"), ("other", b"\x01\x07"), ("data", b"\x01\x00ok"))


def test_a_refusal_is_told_in_the_words_of_the_profile():
    with pytest.raises(LostError, match="refused 01 02: no such rate"):
        answered(("data", b"\x01\x07"))


def test_no_answer_is_told_with_the_time_it_was_given():
    with pytest.raises(LostError, match=r"did not answer 01 02 in 0.05 s"):
        answered(("data", b"\x02"))


def test_a_sensor_is_told_to_go_on(listen):
    told = SKETCH.text.replace("[link]", "[link]\nkeepalive_s = 0.2") + (
        '[[keepalive]]\nwrite = { char = "cmd", hex = "A5 02", checksum = "xor8" }\n'
    )
    profile = parse_profile(told, "sleepy.toml")
    air = VirtualAir(units={"board": Firmware(profile)})
    alive = ("cmd", bytes.fromhex("a502a7"))
    ear = listen(air, limits=Limits(silence=0.6))
    ear.until(lambda: air.units["board"].commands.count(alive) >= 3)
    first = air.units["board"].commands.index(alive)
    assert ear.radio.stop(5.0)
    assert first == 1, "before the start was written"
    times = [p.t_ns for p in ear.packets if fields_of(p).get("wrote") == "a502a7"]
    assert times[1] - times[0] >= 0.19e9


def test_what_a_profile_reads_is_kept_as_a_packet(listen):
    told = SKETCH.text.replace("[[start]]", '[[start]]\nread = "battery"\n[[start]]', 1)
    profile = parse_profile(told, "telling.toml")
    ear = listen(VirtualAir(units={"board": Firmware(profile)}))
    ear.until_data("board", 3)
    first, *samples = ear.data("board")
    assert (first.source, first.payload) == ("board/battery", b"\x57")
    assert {p.source for p in samples} == {"board/data"}


def fields_of(packet) -> dict[str, object]:
    return dict(fields(packet)) if packet.role == "link" else {}


def test_the_battery_is_no_sign_of_life():
    told = SKETCH.text + (
        '[[streams]]\nid = "slow"\nchar = "battery"\nrate = 1.0\n'
        'sample = [["level", "u1"]]\n'
        'channels = [{ name = "level", field = "level", unit = "raw" }]\n'
    )
    told = told.replace('char = "2a19" }', 'char = "2a19", notify = true }')
    assert streaming(parse_profile(told, "slow.toml"), {}) == ["data"]
    assert streaming(SKETCH, {}) == ["data"]


def test_a_packet_size_nobody_tells_is_not_taken_for_the_least():
    class Char:
        obj = ("/path", {"UUID": "x"})
        max_write_without_response_size = 20

    assert room(Char()) is None
    Char.obj = ("/path", {"MTU": 247})
    Char.max_write_without_response_size = 244
    assert room(Char()) == 247
    Char.obj = object()
    assert room(Char()) == 247


def test_more_than_four_sensors_on_an_adapter_are_warned_of():
    assert crowding([SKETCH] * 4) == ""
    assert "5 sensors on one adapter" in crowding([SKETCH] * 5)


def test_more_sensors_than_their_maker_allows_are_warned_of():
    few = replace(SKETCH, link=replace(SKETCH.link, max_devices=2))
    assert crowding([few, few, load_profile("movesense")]) == ""
    assert "its maker says 2 at most" in crowding([few, few, few])


def test_sensors_are_known_the_next_time(tmp_path):
    file = tmp_path / "kept" / "sensors.json"
    assert known_sensors(file) == {}
    board = Known("movesense", 'Møvesense "2031" 😀\x7f', "C0:01")
    trunk = Known("surefoot-sketch", "", "C0:02")
    keep_sensors({"board": board}, file)
    keep_sensors({"left shin": trunk}, file)
    assert known_sensors(file) == {"board": board, "left shin": trunk}


@pytest.mark.parametrize("text", ["{", "[]", '{"board": {"profile": "x"}}', '{"a": 1}'])
def test_a_damaged_list_of_sensors_is_told(tmp_path, text):
    file = tmp_path / "sensors.json"
    file.write_text(text)
    with pytest.raises(RadioError, match="remove the file"):
        known_sensors(file)


def test_a_radio_tells_which_sensors_it_has(listen):
    air = VirtualAir()
    ear = listen(air, {"board": "board"})
    ear.until_data("board")
    known = ear.radio.sensors["board"]
    assert (known.profile, known.name) == ("surefoot-sketch", "Surefoot virtual board")


def test_a_known_sensor_without_a_serial_number_is_recognised_in_its_place(listen):
    air = VirtualAir(units={"board": Firmware(), "trunk": Firmware()})
    for unit in air.units.values():
        unit.name = "Surefoot"
    for address in map(address_of, air.units):
        ear = listen(air, {"board": Wanted(SKETCH, "Surefoot", address=address)})
        ear.until_data("board")
        assert ear.radio.sensors["board"].address == address
        assert ear.radio.stop(5.0)


def test_the_same_name_in_another_place_is_told_and_not_taken(listen):
    air = VirtualAir(units={"board": Firmware()})
    air.units["board"].name = "Surefoot"
    ear = listen(air, {"board": Wanted(SKETCH, "Surefoot", address="AA:BB")})
    ear.until_state("board", "lost")
    why = ear.reason("board", "lost")
    assert f"expected at AA:BB as the last time, heard at {address_of('board')}" in why
    assert "say --sensor board=surefoot-sketch" in why
    assert not ear.data("board")


def test_a_place_alone_makes_no_sensor(listen):
    air = VirtualAir(units={"board": Firmware("movesense")})
    air.units["board"].name = "Toothbrush"
    there = Wanted(SKETCH, "", address=address_of("board"))
    ear = listen(air, {"board": there})
    ear.until(lambda: "not heard yet" in ear.reason("board", "scanning"))
    assert ear.states("board").count("connecting") == 0


def test_what_a_closed_link_still_delivers_is_dropped(listen, monkeypatch):
    takers = []
    notify = VirtualClient.start_notify

    async def start_notify(self, characteristic, callback, **keywords):
        takers.append(callback)
        await notify(self, characteristic, callback, **keywords)

    monkeypatch.setattr(VirtualClient, "start_notify", start_notify)
    air = VirtualAir(units={"board": Firmware("witmotion-ble5")})
    ear = listen(air)
    ear.until_data("board")
    air.drop("board")
    ear.until_state("board", "streaming", times=2)
    takers[0](bytearray(b"again"))
    takers[1](bytearray(b"once"))
    ear.until_data("board")
    heard = [p.payload for p in ear.data("board")]
    assert (heard.count(b"again"), heard.count(b"once")) == (0, 1)


def test_after_a_gap_samples_stand_where_they_come():
    decoder = ProfileDecoder(load_profile("witmotion-ble5"), "board", 0)
    frame = bytes.fromhex("5561") + bytes(18)

    def came(t_ms: int, payload: bytes = frame) -> list[float]:
        blocks = decoder.decode(Packet("board/data", t_ms * 10**6, payload))
        return [float(t) for block in blocks[:1] for t in block.t]

    for t_ms in range(1000, 2000, 10):
        assert came(t_ms) == [pytest.approx(t_ms / 1e3)]
    assert came(2000, frame[:7]) == []
    # 0.4 s without a packet may be a radio that stands still ...
    assert came(2400, frame[7:]) == [pytest.approx(2.0, abs=0.001)]
    decoder.cut()
    # ... unless the link was broken: half a packet is given up, nothing is late
    assert came(2800, frame) == [pytest.approx(2.8, abs=0.0101)]
    came(2810, frame[:7])
    decoder.cut()
    assert came(3200, frame[7:]) == []
    assert came(3210, frame) == [pytest.approx(3.21, abs=0.0101)]


def test_a_gap_says_since_when_and_why():
    put = []
    log = LinkLog("board", put.append)
    log.state(LinkState.LOST, "link lost")
    log.gap(1_000_000_000, 3_500_000_000)
    assert put[-1].t_ns == 3_500_000_000
    assert fields(put[-1]) == {
        "gap": 2.5,
        "since_ns": 1_000_000_000,
        "reason": "link lost",
    }


def test_pauses_between_scans_stay_shorter_than_between_failures():
    limits = Limits()
    assert [limits.pause(n) for n in (0, 1, 9)] == [0.25, 0.5, 2.0]
    assert [limits.wait(n) for n in (0, 1, 9)] == [0.25, 0.5, 8.0]


@pytest.mark.parametrize("gap", ["NaN", "1e999", "true", '"x"', "null", "[]", "9" * 99])
def test_a_gap_that_is_no_number_of_seconds_is_no_event(gap):
    links = Links({"board": Sensor(SKETCH)}, 0)
    told = json.loads(f'{{"gap": {gap}}}')
    assert links.told("board", told, 1.0) == []
    (event,) = links.told("board", {"gap": 2.5, "reason": "link lost"}, 1.0)
    assert event.name == "gap"
    assert event.detail == {"role": "board", "seconds": 2.5, "reason": "link lost"}


def test_a_warning_of_the_radio_is_an_event():
    links = Links({"board": Sensor(SKETCH)}, 0)
    (event,) = links.told("board", {"warning": "many"}, 1.0)
    assert (event.name, event.detail["text"]) == ("warning", "many")
    assert links.told("nobody", {"warning": "many"}, 1.0) == []
