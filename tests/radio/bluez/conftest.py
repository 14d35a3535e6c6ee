"""A whole session over bleak's own Linux backend, on an emulated BlueZ.

Nothing of ours or of bleak is replaced. What the virtual sensors really sent, and when,
is kept, so that the recording can be compared with it to the last sample.
"""

from __future__ import annotations

import shutil
import sys
import threading
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest

from surefoot.core.control import fields, is_control
from surefoot.devices import ProfileDecoder, steps
from surefoot.devices.ble import Limits, Radio, Wanted
from surefoot.recording import Recorder, open_recording
from surefoot.session.engine import Engine
from surefoot.session.live import LiveSession
from surefoot.session.loop import run
from surefoot.session.setup import Sensor, Setup, from_header
from surefoot.virtual import Firmware
from surefoot.virtual.radio import VirtualAir

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from surefoot.core import Event, Packet
    from surefoot.virtual.airtime import Air
    from surefoot.virtual.radio.bluez import EmulatedBlueZ

# dbus-fast, and what it speaks to, are there on Linux only
collect_ignore_glob = [] if sys.platform == "linux" else ["test_*.py"]

QUICK = Limits(
    scan=1.0,
    connect=1.0,
    answer=0.6,
    silence=0.8,
    disconnect=0.3,
    first_wait=0.02,
    longest_wait=0.1,
    longest_pause=0.05,
)
"""The usual patience, shortened."""

LATE = 0.3  # s; a busy test machine delivers so late at most


class Stage:
    """One session: sensors, an emulated BlueZ, a radio, a recording."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.patience = 10.0
        self.limits = QUICK
        self.folder = folder
        self.air: VirtualAir
        self.bluez: EmulatedBlueZ
        self.packets: list[Packet] = []
        self.events: list[Event] = []
        self.path: Path | None = None
        self._monkeypatch = monkeypatch
        self._heard = threading.Condition()
        self._sent: dict[str, dict[bytes, float]] = {}
        self._times: dict[str, NDArray[np.float64]] = {}
        self._newest: Callable[[str], float] = lambda _: -1.0
        self._session: LiveSession | None = None

    def open(
        self,
        units: Mapping[str, Firmware] | None = None,
        *,
        air: Air | None = None,
        seated: bool = True,
    ) -> None:
        """Set up a session with these sensors, and begin it."""
        units = units or {"board": Firmware()}
        self.air = VirtualAir(units=units, air=air)
        self.bluez = emulated(self.air)
        self.bluez.start()
        self._monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", self.bluez.address)
        for role in units:
            self._follow(role)
        profiles = {role: unit.profile for role, unit in self.air.units.items()}
        wanted = {role: Wanted(told, role) for role, told in profiles.items()}
        setup = Setup({r: Sensor(p) for r, p in profiles.items()}, virtual=True)
        recorder = Recorder(self.folder / "session.mcap", setup.header(), setup.sources)
        self._session = LiveSession(
            setup,
            lambda put: Radio(self._both(put), wanted, limits=self.limits),
            recorder,
        )
        if seated:
            self.start()

    def start(self) -> None:
        """Begin the session."""
        assert self._session is not None
        self._session.start()

    def close(self) -> None:
        """End the session and keep its recording."""
        session, self._session = self._session, None
        if session is not None:
            try:
                self.path = session.finish()
                self.events = session.engine.events
                self._newest = session.engine._links.newest
            finally:
                self.bluez.stop()

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; if it never does, fail with what links said."""
        end = time.monotonic() + self.patience
        with self._heard:
            while not holds():
                self._heard.wait(0.05)
                if time.monotonic() > end:
                    pytest.fail(f"not heard in {self.patience} s: {self.told()}")

    def until_data(self, role: str = "board", more: int = 5) -> None:
        """Wait until more packets of a sensor have come."""
        wanted = len(self.data(role)) + more
        self.until(lambda: len(self.data(role)) >= wanted)

    def until_lost(self, words: str, role: str = "board") -> None:
        """Wait until a link says that it is lost, and why."""
        self.until(lambda: any(words in why for why in self.reasons(role)))

    def until_later(self, t: float) -> None:
        """Wait until the host's monotonic clock is past a time [s]."""
        self.until(lambda: time.monotonic() > t)

    def times(self, role: str) -> NDArray[np.float64]:
        """Return the sample times of the recording that was checked [s]."""
        return self._times[role]

    def data(self, role: str) -> list[Packet]:
        """Return the packets of a sensor so far."""
        return [p for p in tuple(self.packets) if p.role == role]

    def told(self, role: str = "") -> list[dict[str, object]]:
        """Return what links said so far."""
        heard = [p for p in tuple(self.packets) if is_control(p)]
        return [fields(p) for p in heard if p.source.endswith(role)]

    def reasons(self, role: str = "board") -> list[str]:
        """Return why a link was lost, or nobody was heard."""
        return [str(t["reason"]) for t in self.told(role) if "reason" in t]

    def states(self, role: str = "board") -> list[str]:
        """Return the states of a link, in order."""
        return [str(t["state"]) for t in self.told(role) if "state" in t]

    def check(self, role: str = "board", *, gaps: int = 1) -> ProfileDecoder:
        """Compare the recording of a sensor with what it really sent, and when."""
        self.close()
        assert self.path is not None
        packets = list(open_recording(self.path).packets())
        t0 = packets[0].t_ns
        sent = self._sent[role]
        profile = self.air.units[role].profile
        answers = {step.expect for step in steps(profile) if step.expect}
        decoder = ProfileDecoder(profile, role, t0)
        times: list[NDArray[np.float64]] = []
        order: list[int] = []
        places = {payload: i for i, payload in enumerate(sent)}
        for packet in packets:
            if packet.source == f"link/{role}" and _gap(packet):
                decoder.cut()
            if packet.role != role or packet.payload in answers:
                continue
            assert packet.payload in sent, "what was recorded was never sent"
            order.append(places[packet.payload])
            for block in decoder.decode(packet)[:1]:
                times.append(block.t)
                true = sent[packet.payload] - t0 * 1e-9
                assert -0.02 < block.t[-1] - true < LATE, "a sample at a wrong time"
        assert order == sorted(order), "out of order"
        assert len(times) == len(set(order)), "packets lost or doubled in decoding"
        self._times[role] = np.concatenate(times)
        assert (np.diff(self._times[role]) > 0).all()
        assert self._newest(role) == self._times[role][-1], "the session's own times"
        assert decoder.counts.refused == 0
        self._check_gaps(packets, role, gaps)
        if len(self._times) == 1:
            self._check_replay()
        return decoder

    def _check_replay(self) -> None:
        """Compare what the session decided with what a replay decides."""
        assert self.path is not None
        recording = open_recording(self.path)
        engine = Engine(from_header(recording.header))
        run(recording, engine)
        assert [e.as_json() for e in engine.events] == recording.results["events"]

    def _check_gaps(self, packets: list[Packet], role: str, count: int) -> None:
        sent = self._sent[role]
        marks = [p for p in packets if p.source == f"link/{role}" and _gap(p)]
        assert len(marks) == count, "gap markers"
        told = [e for e in self.events if e.name == "gap" and e.detail["role"] == role]
        assert len(told) == count, "the session does not know of the gap"
        for mark in marks:
            since = int(str(fields(mark)["since_ns"]))
            assert _gap(mark) == pytest.approx((mark.t_ns - since) * 1e-9, abs=1e-6)
            assert fields(mark)["reason"], "a gap must say why"
            inside = [p for p in packets if p.payload in sent and since < p.t_ns]
            assert inside[0].t_ns >= mark.t_ns, "samples within a gap"
            after = [p for p in packets[packets.index(mark) :] if p.role == role]
            assert after[0].payload in sent, "samples begin later than the gap ends"

    def _both(self, put: Callable[[Packet], None]) -> Callable[[Packet], None]:
        def both(packet: Packet) -> None:
            put(packet)
            with self._heard:
                self.packets.append(packet)
                self._heard.notify_all()

        return both

    def _follow(self, role: str) -> None:
        """Keep every packet a sensor makes, with the true time of its last sample."""
        sensor, zero = self.air.units[role].sensor, self.air._zero
        sent = self._sent[role] = {}
        make = sensor.packet

        def packet() -> bytes | None:
            true = zero + sensor.ready - 0.002
            payload = make()
            if payload is not None:
                sent[payload] = true
            return payload

        self._monkeypatch.setattr(sensor, "packet", packet)


def _gap(packet: Packet) -> float:
    return float(str(fields(packet).get("gap", 0.0)))


def emulated(air: VirtualAir) -> EmulatedBlueZ:
    from surefoot.virtual.radio.bluez import EmulatedBlueZ

    return EmulatedBlueZ(air.units)


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a stage; whatever happens on it is cleared away."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("needs the program dbus-daemon: apt-get install dbus")
    found = Stage(tmp_path, monkeypatch)
    yield found
    found.close()
