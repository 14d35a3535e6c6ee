"""The boards that ship: what they would send, live, recorded and replayed."""

from __future__ import annotations

import queue

import numpy as np
import pytest

from surefoot.core import Block, Packet
from surefoot.devices import ProfileDecoder, shipped_profiles, steps
from surefoot.devices.ble import Wanted
from surefoot.devices.encoder import encoders_of, told_by
from surefoot.devices.transports import KINDS, Kind, Plugged, Ports, found
from surefoot.recording import Header, Recorder, open_recording

SAMPLES = 60
BOARDS = sorted(p.id for p in shipped_profiles().values() if p.transport in KINDS)


class Played:
    """A board that tells its calibration when asked, and streams once it is started."""

    def __init__(self, profile, told: list[bytes], stream: list[bytes]) -> None:
        self.bytes: queue.Queue[bytes] = queue.Queue()
        self._start = [s.data for s in steps(profile) if s.do == "write"]
        self._told = told
        self._stream = stream

    def read(self, timeout: float) -> bytes:
        if not self._start and self.bytes.empty() and self._stream:
            return self._stream.pop(0)
        try:
            return self.bytes.get(timeout=max(timeout, 0.001))
        except queue.Empty:
            return b""

    def write(self, data: bytes) -> None:
        assert data == self._start.pop(0)
        if data[:1] == b"\x17":
            for payload in self._told:
                self.bytes.put(payload)

    def close(self) -> None:
        pass


def sent(profile) -> tuple[list[bytes], np.ndarray]:
    """Return the packets of a board somebody sways on, and the forces [N]."""
    (encoder,) = encoders_of(profile)
    sway = 40 * np.sin(np.arange(SAMPLES) / 9)
    corners = {
        name: 180 + (sway if k % 2 else -sway) + 7 * k
        for k, name in enumerate(encoder.channel_names)
    }
    packets = [
        encoder.encode({n: v[k : k + 1] for n, v in corners.items()}, k * 10**7, k)
        for k in range(SAMPLES)
    ]
    return packets, np.column_stack(list(corners.values()))


def cut(packets: list[bytes]) -> list[bytes]:
    """Return the bytes as reads of a serial port would cut them: anywhere."""
    whole, sizes = b"".join(packets), [1, 3, 17, 40, 64, 95]
    pieces: list[bytes] = []
    while whole:
        size = sizes[len(pieces) % len(sizes)]
        pieces.append(whole[:size])
        whole = whole[size:]
    return pieces


def decoded(profile, packets: list[Packet]) -> Block:
    decoder = ProfileDecoder(profile, "board", packets[0].t_ns)
    blocks = [b for p in packets for b in decoder.decode(p)]
    assert decoder.counts.refused == 0
    return Block.concat(b for b in blocks if b.info == decoder.info)


@pytest.mark.parametrize("board", BOARDS)
def test_a_session_its_file_and_its_replay_are_the_same(
    board: str, ear, quick, tmp_path
) -> None:
    profile = shipped_profiles()[board]
    packets, forces = sent(profile)
    pieces = cut(packets) if profile.transport == "serial" else packets
    size = sum(map(len, pieces))
    told = [payload for _, payload in told_by(profile)]
    desk = Kind(
        lambda: [Plugged("Test", "here", profile.transport)],
        lambda *_: Played(profile, told, list(pieces)),
        "",
    )
    wanted = {"board": Wanted(profile, "here")}
    ear.begin(Ports(ear.put, wanted, {profile.transport: desk}, limits=quick))
    ear.until(lambda: len(ear.data()) >= size + len(b"".join(told)))
    live = decoded(profile, ear.packets)
    assert live.data == pytest.approx(forces, abs=0.06), "0.01 kg is 0.098 N"
    header = Header({}, {"board": profile.text}, {}, "")
    recorder = Recorder(tmp_path / "a.mcap", header, ["board/port", "link/board"])
    for packet in ear.packets:
        recorder.write(packet)
    replay = list(open_recording(recorder.close({})).packets())
    assert [p for p in replay if p.role == "board"] == [
        p for p in ear.packets if p.role == "board"
    ]
    again = decoded(profile, replay)
    assert (again.t == live.t).all()
    assert (again.data == live.data).all()


def test_every_transport_has_a_board_and_is_looked_at() -> None:
    transports = {shipped_profiles()[board].transport for board in BOARDS}
    assert transports == set(KINDS)
    assert all(p.address for p in found())
