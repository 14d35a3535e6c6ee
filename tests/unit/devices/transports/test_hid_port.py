"""Boards by their HID reports; hidapi is played."""

from __future__ import annotations

import queue
import sys
import threading

import pytest

from surefoot.core import RadioError
from surefoot.devices import ProfileDecoder
from surefoot.devices.ble import Wanted
from surefoot.devices.transports import GoneError, Ports, hid_port

PATH = "DevSrvsID:4294\udcff"
READ = bytes.fromhex("1704a400240018")
MODE = bytes.fromhex("120434")
WEIGHTS = bytes.fromhex("34000007d0 0bb8 0fa0 1388 1900 84") + bytes(9)


class Hidapi:
    """The part of hidapi that is used, and a board behind it."""

    def __init__(self) -> None:
        self.reports: queue.Queue[bytes | None] = queue.Queue()
        self.written: queue.Queue[bytes] = queue.Queue()
        self.answer = bytes.fromhex("210000f0") + bytes(18)
        self.takes = True
        self.there = threading.Event()
        self.there.set()

    def enumerate(self) -> list[dict[str, object]]:
        board = {
            "path": PATH.encode(errors="surrogateescape"), "vendor_id": 0x057E,
            "product_id": 0x0306, "serial_number": None,
            "product_string": "Nintendo RVL-WBC-01",
        }  # fmt: skip
        mouse = {**board, "vendor_id": 1, "product_string": "A mouse", "path": b"m"}
        return [mouse, board] if self.there.is_set() else [mouse]

    def device(self) -> Hidapi:
        return self

    def open_path(self, path: bytes) -> None:
        assert path == PATH.encode(errors="surrogateescape")
        if not self.there.is_set():
            msg = "open failed"
            raise OSError(msg)

    def read(self, max_length: int, timeout_ms: int) -> list[int]:
        assert max_length >= 22
        assert timeout_ms >= 1, "none would mean for ever"
        try:
            report = self.reports.get(timeout=timeout_ms / 1000)
        except queue.Empty:
            return []
        if report is None:
            msg = "read error"
            raise OSError(msg)
        return list(report)

    def write(self, buff: bytes) -> int:
        if not self.takes:
            return -1
        self.written.put(buff)
        if buff == READ and self.answer:
            self.reports.put(WEIGHTS)  # samples may come before the answer
            self.reports.put(self.answer)
        return len(buff)

    def close(self) -> None:
        pass


@pytest.fixture
def hid(monkeypatch) -> Hidapi:
    played = Hidapi()
    monkeypatch.setitem(sys.modules, "hid", played)
    return played


@pytest.fixture
def ports(ear, quick, profiles):
    return lambda: ear.begin(
        Ports(ear.put, {"board": Wanted(profiles["hid"])}, limits=quick)
    )


@pytest.mark.usefixtures("hid")
def test_devices_are_listed() -> None:
    mouse, board = hid_port.plugged()
    assert (mouse.name, mouse.usb) == ("A mouse", (1, 0x0306))
    assert (board.name, board.usb) == ("Nintendo RVL-WBC-01", (0x057E, 0x0306))
    assert (board.address, board.serial) == (PATH, "")


def test_a_board_is_asked_started_and_read(hid, ports, ear, profiles) -> None:
    ports()
    ear.until_state("streaming")
    assert [hid.written.get(timeout=1), hid.written.get(timeout=1)] == [READ, MODE]
    hid.reports.put(WEIGHTS)
    ear.until(lambda: ear.data().count(WEIGHTS) == 2)
    wrote = [t["wrote"] for t in ear.told("board") if "wrote" in t]
    assert wrote == [READ.hex(), MODE.hex()]
    payloads = [p.payload for p in ear.packets if p.source == "board/port"]
    assert payloads == [WEIGHTS, hid.answer, WEIGHTS], "reports, untouched"
    decoder = ProfileDecoder(profiles["hid"], "board", 0)
    (block,) = decoder.decode(next(p for p in ear.packets if p.payload == WEIGHTS))
    assert block.data.tolist() == [[2000, 3000, 4000, 5000]]
    assert ear.reason("streaming") == ""


def test_a_board_that_goes_is_lost_and_comes_back(hid, ports, ear) -> None:
    ports()
    ear.until_state("streaming")
    hid.there.clear()
    hid.reports.put(None)
    ear.until_state("lost")
    assert "the board is gone (read error)" in ear.reason("lost")
    ear.until(lambda: "press the board's red button" in ear.reason("scanning"))
    hid.there.set()
    ear.until_state("streaming", 2)
    assert ear.states().count("lost") == 1


def test_an_answer_that_refuses_or_does_not_come_is_told(hid, ports, ear) -> None:
    hid.answer = b"\x22\x00"
    ports()
    ear.until_state("lost")
    why = "the board refused 17 04 a4 00 24 00 18: it is tired: look at it"
    assert ear.reason("lost") == why
    hid.answer = b""
    ear.until(lambda: "did not answer 17 04 a4 00 24 00 18" in ear.reason("lost"))
    hid.answer = b"\x21"
    ear.until_state("streaming")
    hid.takes = False
    hid.reports.put(None)
    ear.until(lambda: "17 04 a4 00 was not taken" in ear.reason("lost"))


def test_what_cannot_be_opened_is_told(hid) -> None:
    hid.there.clear()
    with pytest.raises(GoneError, match="got open failed: pair it again"):
        hid_port.HidPort(PATH)


def test_who_has_no_hidapi_is_told_how_to_get_it(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "hid", None)
    for ask in (hid_port.plugged, lambda: hid_port.HidPort(PATH)):
        with pytest.raises(RadioError, match=r"pip install 'surefoot\[hid\]'$"):
            ask()


@pytest.mark.usefixtures("hid")
def test_a_driver_that_fails_in_its_own_way_does_not_end_the_link(
    ports, ear, monkeypatch
) -> None:
    def broken(*_: object) -> list[int]:
        msg = "a\nbug"
        raise RuntimeError(msg)

    with monkeypatch.context() as patched:
        patched.setattr(Hidapi, "read", broken)
        ports()
        ear.until_state("lost", 2)
        told = "the board's driver failed (a bug): unplug it, plug it in again"
        assert ear.reason("lost") == told
    ear.until_state("streaming")
