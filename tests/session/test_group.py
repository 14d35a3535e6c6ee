"""A class: four on one adapter, six on two, and nobody disturbs anybody."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from surefoot.core import DrillError, Packet, RadioError, RecordingError
from surefoot.devices import load_profile
from surefoot.devices.ble import Radio, Shared, Wanted
from surefoot.recording import Recorder, open_recording
from surefoot.session.group import MARKS, Group, Place
from surefoot.session.group_opening import (
    Trainee,
    adapters_for,
    crowded,
    open_group,
)
from surefoot.session.live import LiveSession
from surefoot.session.replay import replay
from surefoot.session.setup import Setup, load_drill, sensor
from surefoot.virtual import Firmware
from surefoot.virtual.radio import VirtualAir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CODES = "ABCDEF"
PEOPLE = ["steady", "unsteady", "tiring", "asymmetric", "in-pain", "steady"]
LONGEST_BREAK = 0.8  # s between packets; a lost sensor is silent for 1


class Silent:
    """Sensors that only take note of where to put packets."""

    def __init__(self, put: Callable[[Packet], None]) -> None:
        self.put = put

    def start(self) -> None:
        """Nothing starts."""

    def stop(self) -> None:
        """Nothing stops."""


def wait_for(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    """Return as soon as something holds; fail if it never does."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.01)


def virtual(count: int, adapters: tuple[str, ...] = ()) -> list[Trainee]:
    on = adapters_for(count, adapters)
    told = zip(CODES, PEOPLE, on, strict=False)
    return [Trainee(code, virtual=who, adapter=a) for code, who, a in told]


def streaming(group: Group) -> bool:
    links = [seen.picture.links for seen in group.snapshot().trainees if seen.picture]
    return all(told and told[0].samples > 150 for told in links)


def commands(path: Path) -> list[dict[str, Any]]:
    packets = open_recording(path).packets()
    return [json.loads(p.payload) for p in packets if p.source == "person/command"]


def arrivals(path: Path) -> np.ndarray:
    packets = open_recording(path).packets()
    return np.array([p.t_ns * 1e-9 for p in packets if p.source == "board/data"])


def undisturbed(path: Path) -> None:
    """Fail if anything of what happened to the others can be seen in a recording."""
    again = replay(path)
    (board,) = again["quality"]["sensors"]
    assert again["same_as_live"] == "to the bit"
    assert (board["packets_lost"], board["refused"]) == (0, 0)
    names = {event["name"] for event in again["events"]}
    assert not names & {"sensor-lost", "gap", "fault", "warning"}
    t = arrivals(path)
    assert np.diff(t).max() < LONGEST_BREAK
    # six samples a packet, 104 a second
    assert 6 * (len(t) - 1) / (t[-1] - t[0]) == pytest.approx(104, rel=0.1)


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[Group]:
    """Return a class of three whose sensors say nothing."""
    places = []
    for code in "ABC":
        sensors = {"board": sensor("surefoot-sketch")}
        setup = Setup(
            sensors, load_drill("rocker-hold-level"), person=code, virtual=True
        )
        recorder = Recorder(tmp_path / f"{code}.mcap", setup.header(), setup.sources)
        places.append(Place(code, LiveSession(setup, Silent, recorder)))
    group = Group(places)
    group.start()
    yield group
    group.close()


class TestFour:
    def test_one_sensor_that_fails_is_noticed_by_nobody_else(
        self, tmp_path: Path
    ) -> None:
        group = open_group(virtual(4), "", tmp_path)
        group.start()
        try:
            wait_for(lambda: streaming(group))
            hall = group.places["C"].air
            assert hall is not None
            hall.units["board (C)"].in_range = False
            hall.drop("board (C)")
            wait_for(lambda: group.snapshot().trainees[2].lost == ("board",))
            lost_at = group.snapshot().t
            wait_for(lambda: group.snapshot().t > lost_at + 2.0)
            seen = group.snapshot().trainees
            assert [len(told.lost) for told in seen] == [0, 0, 1, 0]
            assert [bool(t.picture and t.picture.stale) for t in seen][3] is False
        finally:
            kept = {told.person: told for told in group.finish()}
        assert all(told.path and not told.error for told in kept.values())
        for code in (*"AB", "D"):
            undisturbed(kept[code].path)
        names = [event["name"] for event in replay(kept["C"].path)["events"]]
        assert "sensor-lost" in names

    def test_all_recordings_count_from_one_instant(self, tmp_path: Path) -> None:
        group = open_group(virtual(2), "", tmp_path)
        group.start()
        kept = group.finish()
        first = [next(iter(open_recording(told.path).packets())) for told in kept]
        assert first[0] == first[1]
        assert first[0].t_ns == group.began[0]
        assert json.loads(first[0].payload)["wall_ns"] == group.began[1]

    def test_everybody_has_the_person_and_the_zone_that_were_told(
        self, tmp_path: Path
    ) -> None:
        told = virtual(2)
        told[1] = Trainee("B", virtual="unsteady", zone_deg=7.5)
        group = open_group(told, "rocker-hold-level", tmp_path)
        group.finish()
        header = open_recording(tmp_path / "B.mcap").header.session
        assert (header["person"], header["zone_deg"]) == ("B", 7.5)
        header = open_recording(tmp_path / "A.mcap").header.session
        assert (header["person"], header["zone_deg"]) == ("A", None)


class TestSix:
    def test_six_on_two_adapters_run_at_full_rate(self, tmp_path: Path) -> None:
        trainees = virtual(6, ("hci0", "hci1"))
        assert [told.adapter for told in trainees] == ["hci0"] * 3 + ["hci1"] * 3
        assert crowded(trainees) == []
        group = open_group(trainees, "", tmp_path)
        halls = {id(place.air) for place in group.places.values()}
        assert len(halls) == 2
        group.start()
        try:
            wait_for(lambda: streaming(group))
        finally:
            kept = group.finish()
        for told in kept:
            undisturbed(told.path)

    def test_six_on_one_adapter_are_warned_of_with_the_number(
        self, tmp_path: Path
    ) -> None:
        trainees = virtual(6)
        (warning,) = crowded(trainees)
        assert "6 sensors on one adapter" in warning
        assert "above 4" in warning
        group = open_group(trainees, "", tmp_path)
        group.start()
        wait_for(lambda: group.places["F"].session.engine.t > 0)
        for told in group.finish():
            (event,) = [
                event
                for event in replay(told.path)["events"]
                if event["name"] == "warning"
            ]
            assert event["detail"]["text"] == warning


class TestApart:
    def test_a_trainees_stop_ends_that_run_and_the_therapists_all(
        self, quiet: Group
    ) -> None:
        quiet.stop("B", "clicker")
        quiet.send("marker", "C", label="shoes off")
        quiet.stop()
        told = {kept.person: commands(kept.path) for kept in quiet.finish()}
        stop = {"do": "stop", "why": "key"}
        assert told["A"] == [stop]
        assert told["B"] == [{"do": "stop", "why": "clicker"}, stop]
        assert told["C"] == [{"do": "marker", "label": "shoes off"}, stop]

    def test_a_code_that_is_not_in_the_class_is_refused(self, quiet: Group) -> None:
        with pytest.raises(RadioError, match="expected one of A, B, C"):
            quiet.send("stop", "Z", why="key")

    def test_an_engine_that_fails_stops_no_other(self, quiet: Group) -> None:
        def broken(_packet: Packet) -> None:
            msg = "no more thinking"
            raise RuntimeError(msg)

        quiet.places["B"].session.engine.feed = broken
        wait_for(lambda: bool(quiet.snapshot().trainees[1].picture.faults))
        before = quiet.snapshot().trainees[0].picture.t
        quiet.send("marker", label="after")
        wait_for(lambda: quiet.snapshot().trainees[0].picture.t > before)
        seen = quiet.snapshot().trainees
        assert [bool(told.picture.faults) for told in seen] == [False, True, False]
        for kept in quiet.finish():
            assert commands(kept.path) == [{"do": "marker", "label": "after"}]

    def test_a_picture_that_fails_is_an_old_one_and_says_so(self, quiet: Group) -> None:
        quiet.snapshot()

        def broken() -> None:
            msg = "no picture"
            raise RuntimeError(msg)

        quiet.places["B"].session.snapshot = broken
        seen = quiet.snapshot().trainees
        assert seen[1].picture.stale
        assert "no picture" in seen[1].fault
        assert [told.fault for told in (seen[0], seen[2])] == ["", ""]

    def test_a_full_disk_of_one_keeps_the_others(self, quiet: Group) -> None:
        recorder = quiet.places["A"].session.recorder
        recorder._error = "A.mcap.part: the disk is full"
        wait_for(lambda: quiet.snapshot().trainees[0].picture.tape.error != "")
        assert not quiet.snapshot().trainees[1].picture.tape.error
        kept = {told.person: told for told in quiet.finish()}
        assert (kept["A"].path, kept["A"].error) == (
            None,
            "A.mcap.part: the disk is full",
        )
        assert all(kept[code].path.is_file() for code in "BC")

    def test_a_radio_that_hangs_on_at_the_end_costs_no_recording(
        self, quiet: Group
    ) -> None:
        def stuck() -> None:
            msg = "the radio is gone"
            raise OSError(msg)

        quiet.places["B"].session.sensors.stop = stuck
        kept = quiet.finish()
        assert all(told.path.is_file() for told in kept)
        assert "radio is gone" in kept[1].error

    def test_who_cannot_begin_is_told_and_the_others_begin(
        self, tmp_path: Path
    ) -> None:
        group = open_group(virtual(2), "", tmp_path)

        def stuck() -> None:
            msg = "no thread left"
            raise RuntimeError(msg)

        group.places["A"].session.sensors.start = stuck
        group.start()
        wait_for(lambda: group.snapshot().trainees[1].picture.links[0].samples > 0)
        assert "no thread left" in group.snapshot().trainees[0].fault
        assert group.snapshot().trainees[1].fault == ""
        group.finish()


class TestOpening:
    @pytest.mark.parametrize("count", [0, 1])
    def test_one_is_no_class(self, count: int) -> None:
        with pytest.raises(RadioError, match="expected 2 to 6 trainees"):
            open_group(virtual(6)[:count], "", None)

    def test_seven_are_too_many(self) -> None:
        seven = [*virtual(6), Trainee("G", virtual="steady")]
        with pytest.raises(RadioError, match="got 7"):
            open_group(seven, "", None)

    def test_a_code_stands_once_and_is_never_a_name(self) -> None:
        twice = [virtual(1)[0], virtual(1)[0]]
        with pytest.raises(RadioError, match="'A' twice"):
            open_group(twice, "", None)
        named = [virtual(1)[0], Trainee("Ada Lovelace", virtual="steady")]
        with pytest.raises(DrillError, match="never a name"):
            open_group(named, "", None)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("movesense", "movesense"),
            ("movesense:2031", "movesense"),
            ("movesense:20", "movesense:2031"),
            ("movesense:X", "movesense:x"),
        ],
    )
    def test_chance_does_not_decide_whose_sensor_is_whose(
        self, one: str, other: str
    ) -> None:
        two = [Trainee("A", {"board": one}), Trainee("B", {"board": other})]
        with pytest.raises(RadioError, match="whose movesense is whose"):
            open_group(two, "", None)

    def test_different_sensors_need_no_more_words(self) -> None:
        two = [
            Trainee("A", {"board": "movesense:2031"}),
            Trainee("B", {"board": "movesense:2032"}),
        ]
        assert list(open_group(two, "", None).places) == ["A", "B"]
        two[1] = Trainee("B", {"board": "surefoot-sketch"})
        assert list(open_group(two, "", None).places) == ["A", "B"]

    def test_all_are_virtual_or_none_is(self) -> None:
        two = [Trainee("A", virtual="steady"), Trainee("B", {"board": "movesense"})]
        with pytest.raises(RadioError, match="all virtual or none"):
            open_group(two, "", None)

    def test_a_file_that_is_there_leaves_no_half_recordings(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "B.mcap").write_text("mine")
        with pytest.raises(RecordingError, match=r"B\.mcap"):
            open_group(virtual(3), "", tmp_path)
        assert sorted(p.name for p in tmp_path.iterdir()) == ["B.mcap"]

    def test_marks_share_neither_colour_nor_shape(self) -> None:
        assert [mark.number for mark in MARKS] == [1, 2, 3, 4, 5, 6]
        assert len({mark.colour for mark in MARKS}) == 6
        assert len({mark.shape for mark in MARKS}) == 6

    def test_trainees_go_to_the_adapters_in_equal_parts(self) -> None:
        assert adapters_for(3, []) == [None] * 3
        assert adapters_for(4, ["a", "b"]) == ["a", "a", "b", "b"]
        assert adapters_for(5, ["a", "b"]) == ["a", "a", "a", "b", "b"]
        assert adapters_for(2, ["a"]) == ["a", "a"]


class TestShared:
    def test_two_radios_take_no_sensor_from_each_other(self) -> None:
        units = {"board": Firmware(), "trunk": Firmware()}
        air, shared = VirtualAir(units=units), Shared()
        heard: dict[str, list[Packet]] = {"one": [], "other": []}
        radios = {
            name: Radio(
                packets.append,
                {"board": Wanted(load_profile("surefoot-sketch"))},
                air.transport,
                name,
                shared=shared,
            )
            for name, packets in heard.items()
        }
        for radio in radios.values():
            radio.start()
        try:
            wait_for(lambda: all(radio.sensors for radio in radios.values()))
        finally:
            assert all(radio.stop() for radio in radios.values())
        names = {radio.sensors["board"].name for radio in radios.values()}
        assert len(names) == 2

    def test_a_radio_that_ends_leaves_the_others_at_work(self) -> None:
        group = open_group(virtual(2), "", None)
        group.start()
        wait_for(lambda: streaming(group))
        group.places["A"].session.close()
        before = group.places["B"].session.snapshot().links[0].samples
        wait_for(
            lambda: group.places["B"].session.snapshot().links[0].samples > before + 30
        )
        group.close()
        times = [place.session.engine.t for place in group.places.values()]
        assert all(t > 0 for t in times)

    def test_a_radio_that_never_began_can_be_stopped(self) -> None:
        air, shared = VirtualAir(), Shared()
        wanted = {"board": Wanted(load_profile("surefoot-sketch"))}
        assert Radio(print, wanted, air.transport, shared=shared).stop()


def test_packets_are_in_order_of_time_in_every_recording(tmp_path: Path) -> None:
    group = open_group(virtual(2), "", tmp_path)
    group.start()
    wait_for(lambda: streaming(group))
    for kept in group.finish():
        times = [p.t_ns for p in open_recording(kept.path).packets()]
        assert all(a <= b + 250_000_000 for a, b in pairwise(times))
