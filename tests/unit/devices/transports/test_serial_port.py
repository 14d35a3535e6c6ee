"""Boards on a serial port, through a pair of terminals: real pyserial, no board."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from surefoot.core import Block, RadioError
from surefoot.devices import ProfileDecoder
from surefoot.devices.ble import Wanted
from surefoot.devices.transports import KINDS, GoneError, Kind, Ports, serial_port

needs_serial = pytest.mark.skipif(
    not hasattr(os, "openpty"), reason="a pair of terminals needs openpty: not here"
)


class Board:
    """The far end of a serial port, at a place that stays the same."""

    def __init__(self, place) -> None:
        self.place = place
        self.end = -1

    def plug(self) -> None:
        import tty

        self.end, near = os.openpty()
        tty.setraw(near)
        self.place.unlink(missing_ok=True)
        self.place.symlink_to(os.ttyname(near))
        self._near = near

    def unplug(self) -> None:
        os.close(self.end)
        os.close(self._near)
        self.place.unlink()
        self.end = -1

    def tell(self, data: bytes) -> None:
        os.write(self.end, data)

    def told(self) -> bytes:
        return os.read(self.end, 100)


@pytest.fixture
def board(tmp_path):
    pytest.importorskip("serial", reason="needs pyserial: pip install pyserial")
    made = Board(tmp_path / "ttyBoard")
    made.plug()
    yield made
    if made.end >= 0:
        made.unplug()


@needs_serial
def test_bytes_come_as_they_are_cut_anywhere(board) -> None:
    port = serial_port.SerialPort(str(board.place), 115200)
    sent = bytes(range(256)) * 3
    for cut in (0, 1, 7, 300):
        board.tell(sent[cut : cut + 300])
    want = b"".join(sent[cut : cut + 300] for cut in (0, 1, 7, 300))
    got = b""
    while len(got) < len(want):
        got += port.read(1.0)
    assert got == want
    assert port.read(0.01) == b""
    port.write(b"A5")
    assert board.told() == b"A5"
    port.close()
    port.close()


@needs_serial
def test_a_port_that_is_taken_or_not_there_is_told(board, tmp_path) -> None:
    first = serial_port.SerialPort(str(board.place), 115200)
    with pytest.raises(GoneError, match="expected a serial port that is free, got "):
        serial_port.SerialPort(str(board.place), 115200)
    first.close()
    with pytest.raises(GoneError, match=r"nowhere: expected .*: plug it in") as told:
        serial_port.SerialPort(str(tmp_path / "nowhere"), 115200)
    assert "\n" not in str(told.value)


@needs_serial
def test_a_board_that_is_unplugged_is_gone(board) -> None:
    port = serial_port.SerialPort(str(board.place), 115200)
    board.unplug()
    with pytest.raises(GoneError, match=r"the board is gone .*: plug it in again"):
        list(iter(lambda: port.read(0.2), None))
    port.close()
    with pytest.raises(GoneError):
        port.write(b"0")


@needs_serial
def test_a_board_in_a_session_starts_stops_goes_and_comes_back(
    board, ear, quick, profiles, frame
) -> None:
    wanted = {"board": Wanted(profiles["serial"], str(board.place))}
    ports = Ports(ear.put, wanted, limits=quick)
    ear.begin(ports)
    ear.until_state("streaming")
    assert board.told() == b"0"
    garbage = b"\x00\xff\x12" + frame(99)[:9]
    stream = b"".join(frame(k) for k in range(20))
    board.tell(garbage + stream[:33])
    ear.until(lambda: len(ear.data()) == len(garbage) + 33)
    board.tell(stream[33:] + frame(20)[:5])
    ear.until(lambda: len(ear.data()) == len(garbage + stream) + 5)
    board.unplug()
    ear.until_state("lost")
    assert "the board is gone" in ear.reason("lost")
    board.plug()
    ear.until_state("streaming", 2)
    assert board.told() == b"0"
    # it was without power: its counter and its clock begin anew
    board.tell(b"".join(frame(k, t=k) for k in range(10)))
    ear.until(lambda: len(ear.data()) == len(garbage + stream) + 5 + 150)
    assert ports.stop(5.0)
    assert board.told() == b"1"
    ear.until_state("closed")
    assert [t for t in ear.told("board") if t.get("wrote") == b"0".hex()]
    gaps = [float(str(t["gap"])) for t in ear.told("board") if "gap" in t]
    assert len(gaps) == 1
    assert gaps[0] > 0
    _decodes(ear, profiles["serial"], [*range(20), *range(10)])


def _decodes(ear, profile, expected: list[int]) -> None:
    decoder = ProfileDecoder(profile, "board", ear.packets[0].t_ns)
    blocks: list[Block] = []
    away = 0
    for packet in ear.packets:
        if b'"gap"' in packet.payload:
            away = 3 * 10**9  # nobody is plugged in again within milliseconds
        later = replace(packet, t_ns=packet.t_ns + away)
        blocks += decoder.decode(later)
    values = np.concatenate([b.data for b in blocks])
    assert values[:, 0].astype(int).tolist() == expected
    assert (values[:, 1:] == [-1, 300]).all()
    t = np.concatenate([b.t for b in blocks])
    assert (np.diff(t) > 0).all(), "times never step back, though the counter did"


@needs_serial
def test_a_silent_board_is_opened_again(board, ear, quick, profiles) -> None:
    wanted = {"board": Wanted(profiles["serial"], str(board.place))}
    ear.begin(Ports(ear.put, wanted, limits=quick))
    ear.until_state("streaming", 2)
    assert "no data for 0." in ear.reason("lost")


def test_ports_with_a_usb_device_are_listed(monkeypatch) -> None:
    def port(device, vid, product=None):
        return SimpleNamespace(
            device=device, description="a port", product=product, vid=vid,
            pid=None if vid is None else 0xABCD, serial_number="A1" if vid else None,
        )  # fmt: skip

    listed = [port("/dev/ttyUSB1", 0x1234, "A board"), port("/dev/ttyS0", None)]
    listed.append(port("/dev/ttyUSB0", 0x1234))
    tools = SimpleNamespace(comports=lambda: iter(listed))
    monkeypatch.setitem(sys.modules, "serial.tools.list_ports", tools)
    monkeypatch.setattr(serial_port, "import_module", sys.modules.__getitem__)
    told = [(p.name, p.address, p.usb, p.serial) for p in serial_port.plugged()]
    usb = 0x1234, 0xABCD
    assert told == [
        ("a port", "/dev/ttyUSB0", usb, "A1"),
        ("A board", "/dev/ttyUSB1", usb, "A1"),
    ]


def test_who_has_no_pyserial_is_told_how_to_get_it(
    monkeypatch, ear, quick, profiles
) -> None:
    def missing(_: str) -> None:
        raise ImportError

    monkeypatch.setattr(serial_port, "import_module", missing)
    for ask in (serial_port.plugged, lambda: serial_port.SerialPort("COM3", 9600)):
        with pytest.raises(RadioError, match=r"pip install 'surefoot\[serial\]'$"):
            ask()
    wanted = {"board": Wanted(profiles["serial"])}
    ear.begin(Ports(ear.put, wanted, limits=quick))
    ear.until_state("lost")
    assert "pip install 'surefoot[serial]'" in ear.reason("lost")
    assert isinstance(KINDS["serial"], Kind)
