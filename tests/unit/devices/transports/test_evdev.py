"""What Linux makes of a balance board, through a pipe that plays the kernel."""

from __future__ import annotations

import errno
import os
import pathlib
import random
import struct
import sys
from contextlib import suppress

import numpy as np
import pytest

from surefoot.core import DecodeError, Packet
from surefoot.devices import ProfileDecoder
from surefoot.devices.ble import Wanted
from surefoot.devices.transports import GoneError, Kind, Ports, evdev

pytestmark = pytest.mark.skipif(
    not hasattr(os, "mkfifo"), reason="the pipe that plays the kernel needs mkfifo"
)
AXES = (16, 17, 18, 19)
G = 9.80665
LOST = b"".join(struct.pack("@llHHi", 1, 0, *e) for e in [(3, 16, 9), (0, 3, 0)])


class Computer:
    """A system folder and a device folder with one board and one mouse."""

    def __init__(self, folder) -> None:
        self.system, self.devices = folder / "sys", folder / "dev"
        self.devices.mkdir()
        names = {3: "A mouse", 12: "Nintendo Wii Remote Balance Board"}
        for number, name in names.items():
            told = self.system / f"event{number}" / "device"
            (told / "id").mkdir(parents=True)
            (told / "device").mkdir()
            (told / "name").write_text(name + "\n")
            (told / "id" / "vendor").write_text("057e\n")
            (told / "id" / "product").write_text("0306\n")
            (told / "uniq").write_text("00:1f:32:01:02:03\n")
        points = ":".join(f"{1000 + 100 * k:04x}" for k in range(12))
        (self.system / "event12/device/device/bboard_calib").write_text(points + "\n")
        self.path = self.devices / "event12"
        self.pipe = -1

    def plug(self) -> None:
        os.mkfifo(self.path)
        self.pipe = os.open(self.path, os.O_RDWR)

    def unplug(self) -> None:
        os.close(self.pipe)
        self.path.unlink()
        self.pipe = -1

    def tell(self, data: bytes) -> None:
        os.write(self.pipe, data)

    def kind(self) -> Kind:
        def plugged():
            there = evdev.plugged(self.system, self.devices)
            return [d for d in there if pathlib.Path(d.address).exists()]

        return Kind(plugged, evdev.open_port, "pair it")


@pytest.fixture
def computer(tmp_path):
    made = Computer(tmp_path)
    made.plug()
    yield made
    if made.pipe >= 0:
        os.close(made.pipe)


@pytest.fixture
def port(computer):
    opened = evdev.EvdevPort(str(computer.path), AXES)
    yield opened
    opened.close()


def test_input_devices_are_listed_with_their_names_and_numbers(computer) -> None:
    mouse, board = evdev.plugged(computer.system, computer.devices)
    assert mouse.name == "A mouse"
    assert board.name == "Nintendo Wii Remote Balance Board"
    assert board.address == str(computer.path)
    assert (board.usb, board.serial) == ((0x057E, 0x0306), "00:1f:32:01:02:03")
    assert evdev.plugged(computer.system / "nowhere", computer.devices) == []
    told = evdev.calibration(board.address, computer.system)
    assert [int(number, 16) for number in told.split(":")] == [*range(1000, 2200, 100)]
    assert evdev.calibration(mouse.address, computer.system) == ""


def test_a_report_is_its_events_untouched(computer, port, report) -> None:
    one, two = report(1.0, tr=1, br=2, tl=3, bl=4), report(1.01, bl=5)
    computer.tell(one + two)
    assert port.read(1.0) == one
    assert port.read(1.0) == two
    assert port.read(0.0) == b""
    assert len(one) == 5 * 24


def test_a_report_in_pieces_comes_when_it_is_whole(computer, port, report) -> None:
    one = report(1.0, tr=1, bl=4)
    for cut in (1, 24, 30, 50):
        computer.tell(one[:cut])
        assert port.read(0.01) == b""
        computer.tell(one[cut:])
        assert port.read(1.0) == one


@pytest.mark.skipif(sys.byteorder != "little", reason="the pipe speaks little endian")
def test_events_of_a_kernel_of_32_bits_are_widened(
    computer, port, report, monkeypatch
) -> None:
    monkeypatch.setattr(evdev, "_NATIVE", struct.Struct("=iiHHi"))
    computer.tell(struct.pack("=iiHHi", 7, 250_000, 3, 17, -1))
    computer.tell(struct.pack("=iiHHi", 7, 250_000, 0, 0, 0))
    assert port.read(1.0) == report(7.25, br=-1)


def test_a_board_is_asked_how_it_stands_when_opened_and_while_it_is_still(
    computer,
) -> None:
    values = dict(zip(AXES, (10, 20, 30, 40), strict=True))
    port = evdev.EvdevPort(str(computer.path), AXES, lambda _, axis: values[axis])
    for expected in (10, 11):
        told = port.read(1.0)
        events = list(struct.iter_unpack("<qqHHi", told))
        assert [e[2:] for e in events] == [
            (3, 16, expected), (3, 17, 20), (3, 18, 30), (3, 19, 40), (0, 0, 0)
        ]  # fmt: skip
        values[16] = 11
    port.close()


def test_after_lost_events_the_board_is_asked_and_not_believed(
    computer, report
) -> None:
    asked: list[int] = []

    def look(_: int, axis: int) -> int:
        asked.append(axis)
        return 100 + axis

    port = evdev.EvdevPort(str(computer.path), AXES, look)
    assert port.read(0.0)
    asked.clear()
    computer.tell(LOST + report(1.0, tr=5) + report(1.01, tr=6))
    events = list(struct.iter_unpack("<qqHHi", port.read(1.0)))
    assert asked == list(AXES)
    assert [e[4] for e in events] == [116, 117, 118, 119, 0]
    assert port.read(1.0) == report(1.01, tr=6)
    port.close()


def test_the_end_of_a_board_is_told(computer, port, monkeypatch) -> None:
    def gone(*_):
        raise OSError(errno.ENODEV, "No such device")

    computer.tell(b"x")
    with monkeypatch.context() as patched:
        patched.setattr(evdev.os, "read", gone)
        with pytest.raises(GoneError, match=r"gone \(No such device\): press"):
            port.read(1.0)
    computer.unplug()
    with pytest.raises(GoneError, match="event12: the board is gone"):
        list(iter(lambda: port.read(1.0), None))
    with pytest.raises(GoneError, match="event12: expected a board, got No such file"):
        evdev.EvdevPort(str(computer.path), AXES)
    with pytest.raises(GoneError, match="takes no commands"):
        port.write(b"0")


def test_who_may_not_read_is_told_how(computer, monkeypatch) -> None:
    def denied(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(evdev.os, "open", denied)
    with pytest.raises(GoneError, match="the group input and log in again"):
        evdev.EvdevPort(str(computer.path), AXES)


def test_the_questions_have_the_numbers_of_the_kernel() -> None:
    assert evdev._request(2, 24, 0x40 + 16) == 0x80184550  # EVIOCGABS(ABS_HAT0X)
    assert evdev._request(1, 4, 0xA0) == 0x400445A0  # EVIOCSCLOCKID


def test_a_board_in_a_session_goes_and_comes_back(
    computer, ear, quick, profiles, report, monkeypatch
) -> None:
    monkeypatch.setattr(evdev.calibration, "__defaults__", (computer.system,))
    profile = profiles["evdev"]
    wanted = {"board": Wanted(profile)}
    ear.begin(Ports(ear.put, wanted, {"evdev": computer.kind()}, limits=quick))
    ear.until_state("streaming")
    computer.tell(report(5.0, tr=1700, br=800, tl=-1, bl=0) + report(5.01, br=900))
    ear.until(lambda: len(ear.data()) == 7 * 24)
    computer.unplug()
    ear.until_state("lost")
    assert "event12: the board is gone" in ear.reason("lost")
    ear.until(lambda: "not found yet: pair it" in ear.reason("scanning"))
    computer.plug()
    ear.until_state("streaming", 2)
    computer.tell(report(6.0, bl=100))
    ear.until(lambda: len(ear.data()) == 9 * 24)
    gaps = [told for told in ear.told("board") if "gap" in told]
    assert len(gaps) == 1
    assert "gone" in str(gaps[0]["reason"])
    device = {t.get("device") for t in ear.told() if t.get("state") == "streaming"}
    assert device == {"Nintendo Wii Remote Balance Board"}
    assert ear.data("board/calibration").startswith(b"03e8:044c:")
    decoder = ProfileDecoder(profile, "board", 0)
    rows = [b.data for p in ear.packets for b in decoder.decode(p)]
    np.testing.assert_allclose(
        np.concatenate(rows) / G,
        [[17, 8, -0.01, 0], [17, 9, -0.01, 0], [17, 9, -0.01, 1]],
    )
    assert decoder.counts.refused == 0


@pytest.mark.soak
def test_whatever_comes_is_cut_into_whole_events(computer, port) -> None:
    trials = 20_000 if os.environ.get("SUREFOOT_SOAK") == "1" else 300
    chance = random.Random(11)
    events = [(3, 16, 5), (0, 0, 0), (0, 3, 0), (1, 304, 1), (77, 9, -1)]
    told = b""
    for _ in range(trials):
        event = struct.pack("@llHHi", chance.randrange(9), 0, *chance.choice(events))
        noise = chance.randbytes(chance.randrange(30)) if chance.random() < 0.1 else b""
        computer.tell(event + noise)
        told += event + noise
        report = port.read(0.0)
        assert len(report) % 24 == 0
        assert not report or report in told[-10_000:]
    whole = len(told) // 24 * 24
    if whole < len(told):
        computer.tell(bytes(24 - (len(told) - whole)))
    computer.tell(struct.pack("@llHHi", 9, 9, 0, 0, 0) * 2)
    reports = list(iter(lambda: port.read(0.01), b""))
    assert reports[-1] == struct.pack("@llHHi", 9, 9, 0, 0, 0), (
        "it finds its feet again"
    )


def test_garbage_is_refused_by_the_decoder_and_nothing_breaks(
    computer, port, profiles, report
) -> None:
    decoder = ProfileDecoder(profiles["evdev"], "board", 0)
    computer.tell(report(1.0, tr=1, br=2, tl=3, bl=4))
    key = struct.pack("@llHHi", 1, 5000, 1, 304, 1) + report(1.005)
    noise = struct.pack("@llHHi", -1, -1, 77, 99, 1) + report(1.01, tr=7)
    computer.tell(key + noise + report(1.02, tr=9))
    blocks = []
    while data := port.read(0.02):
        with suppress(DecodeError):
            blocks += decoder.decode(Packet("board/port", 10**9, data))
    assert blocks[-1].data[-1] / G == pytest.approx([0.09, 0.02, 0.03, 0.04])
