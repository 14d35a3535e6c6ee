"""Several devices in one session, what is found, and recordings of them."""

from __future__ import annotations

import queue
import threading

import numpy as np
import pytest

from surefoot.core import RadioError
from surefoot.devices import ProfileDecoder
from surefoot.devices.ble import Known, Wanted
from surefoot.devices.transports import (
    GoneError,
    Kind,
    Plugged,
    Ports,
    PortSource,
    Together,
    found,
    kinds,
    open_source,
)

USB = 0x1234, 0xABCD


class Fake:
    """A port whose bytes come out of a queue."""

    def __init__(self) -> None:
        self.bytes: queue.Queue[bytes] = queue.Queue()
        self.closed = threading.Event()

    def read(self, timeout: float) -> bytes:
        try:
            return self.bytes.get(timeout=max(timeout, 0.001))
        except queue.Empty:
            return b""

    def write(self, data: bytes) -> None:
        pass

    def close(self) -> None:
        self.closed.set()


class Desk:
    """Serial boards on a desk."""

    def __init__(self, *names: str) -> None:
        self.ports = {f"/dev/{name}": Fake() for name in names}
        self.opened: list[str] = []
        self.kind = Kind(self.plugged, self.open, "plug it in")

    def plugged(self) -> list[Plugged]:
        return [
            Plugged("A board", place, "serial", USB, place[-2:].upper())
            for place in self.ports
        ]

    def open(self, address: str, profile) -> Fake:
        assert profile.link.baud == 115200
        if address not in self.ports:
            msg = f"{address}: not there: plug it in"
            raise GoneError(msg)
        self.opened.append(address)
        return self.ports[address]


def test_two_roles_never_get_the_same_board(ear, quick, profiles) -> None:
    desk = Desk("a1", "b2")
    wanted = {
        "left": Wanted(profiles["serial"]),
        "right": Wanted(profiles["serial"]),
        "trunk": Wanted(profiles["serial"]),
    }
    ear.begin(Ports(ear.put, wanted, {"serial": desk.kind}, limits=quick))
    ear.until(lambda: len(desk.opened) == 2)
    ear.until(lambda: "not found yet: plug it in" in str(ear.told()))
    assert sorted(desk.opened) == ["/dev/a1", "/dev/b2"]


@pytest.mark.parametrize("part", ["b2", "B2", "/dev/b2"])
def test_a_board_is_chosen_by_number_or_place(ear, quick, profiles, part) -> None:
    desk = Desk("a1", "b2", "c3")
    wanted = {"board": Wanted(profiles["serial"], part)}
    ports = Ports(ear.put, wanted, {"serial": desk.kind}, limits=quick)
    together = Together(ports)
    assert together.sensors == {}
    ear.begin(together)
    ear.until_state("streaming")
    assert desk.opened == ["/dev/b2"]
    assert together.sensors == {"board": Known("test-board", "A board", "/dev/b2")}


def test_of_boards_alike_the_one_in_its_last_place_is_taken(
    ear, quick, profiles
) -> None:
    desk = Desk("a1", "b2", "c3")
    wanted = {"board": Wanted(profiles["serial"], "A board", {}, "/dev/c3")}
    ear.begin(Ports(ear.put, wanted, {"serial": desk.kind}, limits=quick))
    ear.until_state("streaming")
    assert desk.opened == ["/dev/c3"]


def test_a_place_that_was_named_is_believed_though_it_is_not_listed(
    ear, quick, profiles
) -> None:
    desk = Desk()
    wanted = {"board": Wanted(profiles["serial"], "/dev/serial/by-id/x")}
    ear.begin(Ports(ear.put, wanted, {"serial": desk.kind}, limits=quick))
    ear.until_state("lost")
    assert ear.reason("lost") == "/dev/serial/by-id/x: not there: plug it in"


def test_other_models_are_left_alone(ear, quick, profiles) -> None:
    desk = Desk("a1")
    other = Kind(
        lambda: [Plugged("Another", "/dev/a1", "serial", (1, 2))], desk.open, "plug"
    )
    wanted = {"board": Wanted(profiles["serial"])}
    ear.begin(Ports(ear.put, wanted, {"serial": other}, limits=quick))
    ear.until(lambda: ear.states().count("scanning") > 2)
    assert desk.opened == []


def test_stop_closes_everything(ear, quick, profiles) -> None:
    desk = Desk("a1", "b2")
    wanted = {role: Wanted(profiles["serial"]) for role in ("left", "right")}
    ports = Ports(ear.put, wanted, {"serial": desk.kind}, limits=quick)
    ear.begin(ports)
    ear.until_state("streaming", 1, "left")
    ear.until_state("streaming", 1, "right")
    assert ports.stop(5.0)
    assert all(port.closed.is_set() for port in desk.ports.values())
    ear.rest()
    assert ear.states("left")[-1] == ear.states("right")[-1] == "closed"
    assert not [t for t in threading.enumerate() if t.name.startswith("port ")]
    assert Ports(ear.put, wanted, {"serial": desk.kind}).stop(), "it never began"


def test_several_sources_are_one() -> None:
    told: list[str] = []

    class Part:
        def __init__(self, name: str, ended: object = None) -> None:
            self.name, self.ended = name, ended

        def start(self) -> None:
            told.append(f"start {self.name}")

        def stop(self) -> object:
            told.append(f"stop {self.name}")
            if isinstance(self.ended, Exception):
                raise self.ended
            return self.ended

    together = Together(Part("radio", ended=True), Part("ports"))
    together.start()
    assert together.stop()
    assert told == ["start radio", "start ports", "stop ports", "stop radio"]
    assert not Together(Part("radio", ended=False), Part("ports")).stop()
    told.clear()
    with pytest.raises(RuntimeError):
        Together(Part("radio"), Part("ports", RuntimeError())).stop()
    assert told == ["stop ports", "stop radio"]


def test_found_lists_known_models_and_serial_ports(monkeypatch, profiles) -> None:
    models = {"wii-test": profiles["evdev"]}
    monkeypatch.setattr(kinds, "shipped_profiles", lambda: models)

    def missing() -> list[Plugged]:
        msg = "hid: not installed"
        raise RadioError(msg)

    there = {
        "evdev": [
            Plugged("A mouse", "e1", "evdev", (1, 2)),
            Plugged("Nintendo Wii Remote Balance Board", "e2", "evdev", (3, 4)),
        ],
        "serial": [Plugged("Nintendo Balance Board", "s1", "serial", USB)],
    }
    made = {
        name: Kind(lambda told=told: told, lambda *_: Fake(), "")
        for name, told in there.items()
    }
    made["hid"] = Kind(missing, lambda *_: Fake(), "")
    told = [(p.address, p.profile_id) for p in found(made)]
    assert told == [("e2", "test-board"), ("s1", None)]
    assert isinstance(found(), list)


def test_a_source_of_one_board_is_a_packet_source(profiles, frame) -> None:
    desk = Desk("a1")
    source = PortSource(profiles["serial"], "a1", "board", {"serial": desk.kind})
    for k in range(50):
        desk.ports["/dev/a1"].bytes.put(frame(k))
    decoder = ProfileDecoder(profiles["serial"], "board", 0)
    rows: list[np.ndarray] = []
    for packet in source.packets():
        rows += [block.data for block in decoder.decode(packet)]
        if decoder.counts.samples == 50:
            source.close()
    assert np.concatenate(rows)[:, 0].tolist() == list(range(50))
    assert desk.ports["/dev/a1"].closed.is_set()
    assert isinstance(open_source(profiles["serial"], ""), PortSource)
