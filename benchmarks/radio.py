"""Six sensors of 400 packets a second over bleak's own backend, and clocks compared.

`python -m benchmarks.radio` runs some seconds, with ``--long`` a minute. The sensors
and the emulated BlueZ are in a process of their own: the share of a core is ours alone.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.clock_fit import huber_line, lower_envelope
from surefoot.devices import ProfileDecoder, load_profile, parse_profile
from surefoot.devices.ble import Radio, Wanted
from surefoot.recording import Recorder
from surefoot.session.inbox import Inbox
from surefoot.session.motion import Motion
from surefoot.session.setup import Sensor, Setup
from surefoot.virtual.radio.timing import START_NS, Timing, timed_packets

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.core import Packet
    from surefoot.devices import Profile

ROLES = tuple(f"sensor {letter}" for letter in "ABCDEF")
RATE = 400  # packets a second, one sample each
BURST = 0.01  # s


def fast() -> Profile:
    """Return our sketch at a rate no sensor of ours has."""
    text = load_profile("surefoot-sketch").text
    text = text.replace("default = 104", f"default = {RATE}")
    return parse_profile(text.replace("52, 104, 208", f"52, {RATE}"), "fast.toml")


class Canned:
    """A sensor that costs next to nothing: numbered packets, in bursts."""

    def __init__(self, role: str) -> None:
        self.role = role
        self.name = f"Surefoot {role}"
        self.in_range = True
        self.profile = fast()
        self.sent = 0
        self._on = False
        self._send: Callable[[str, bytes], None] | None = None

    def link(self, send: Callable[[str, bytes], None] | None) -> None:
        self._send, self._on = send, False

    def subscribe(self, endpoint: str, wanted: bool = True) -> None:
        pass

    def read(self, endpoint: str) -> bytes:
        del endpoint
        return b"\x57"

    def write(self, endpoint: str, data: bytes) -> None:
        del endpoint
        self._on = data[1] == 1

    async def pump(self) -> None:
        begun, made = time.monotonic(), 0
        while self._send is not None:
            await asyncio.sleep(BURST)
            due = int((time.monotonic() - begun) * RATE)
            for n in range(made, due):
                if self._on:
                    self._send("data", self._packet(n))
                    self.sent += 1
            made = due

    def _packet(self, n: int) -> bytes:
        wave = int(300 * np.sin(n / 70))
        head = struct.pack("<BBHI", 1, 1, n & 0xFFFF, (n * 10**6 // RATE) & 0xFFFFFFFF)
        return head + struct.pack("<6h", wave, 5, 8190, 20, wave, -3)


def serve() -> None:
    """Be the sensors until standard input ends; then say how many packets were sent."""
    from surefoot.virtual.radio.bluez import EmulatedBlueZ

    units = {role: Canned(role) for role in ROLES}
    bluez = EmulatedBlueZ(units)
    bluez.start()
    print(bluez.address, flush=True)
    for line in sys.stdin:
        if line.strip() == "stop":
            break
    print(json.dumps({role: unit.sent for role, unit in units.items()}), flush=True)
    bluez.stop()


class Count:
    """Takes packets and counts them: receiving, and nothing else."""

    def __init__(self) -> None:
        self.got = dict.fromkeys(ROLES, 0)

    def put(self, packet: Packet) -> None:
        if packet.role in self.got:
            self.got[packet.role] += 1

    def close(self) -> None:
        pass


class Everything:
    """Takes packets, records, decodes and orients them, as a session does."""

    def __init__(self, folder: Path) -> None:
        sensor = Sensor(fast())
        setup = Setup(dict.fromkeys(ROLES, sensor), virtual=True)
        self.got = dict.fromkeys(ROLES, 0)
        self.oriented = 0
        self.behind = 0
        self.lost = self.refused = 0
        self.recorder = Recorder(folder / "radio.mcap", setup.header(), setup.sources)
        self._inbox = Inbox()
        self.put = self._inbox.put
        self._sensor = sensor
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def close(self) -> None:
        self._inbox.close("done")
        self._thread.join()
        self.recorder.close()

    def _run(self) -> None:
        decoders: dict[str, ProfileDecoder] = {}
        motions: dict[str, Motion] = {}
        for packet in self._inbox.packets():
            self.recorder.write(packet)
            if packet.endpoint == "start":
                for role in ROLES:
                    decoder = ProfileDecoder(self._sensor.profile, role, packet.t_ns)
                    decoders[role] = decoder
                    motions[role] = Motion(self._sensor, decoder.info)
            self.behind = max(self.behind, self._inbox.waiting)
            if packet.role in decoders:
                self.got[packet.role] += 1
                for block in decoders[packet.role].decode(packet):
                    self.oriented += len(motions[packet.role].feed(block)[1])
        self.lost = sum(decoder.counts.lost for decoder in decoders.values())
        self.refused = sum(decoder.counts.refused for decoder in decoders.values())


def measured(taker: Count | Everything, seconds: float) -> tuple[int, float]:
    """Receive for so long; return the packets sent and our share of a core."""
    command = [sys.executable, "-m", "benchmarks.radio", "serve"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = server.stdout.readline().strip()
        wanted = {role: Wanted(fast(), role) for role in ROLES}
        radio = Radio(taker.put, wanted)
        radio.start()
        end = time.monotonic() + 30.0
        while min(taker.got.values()) < RATE and time.monotonic() < end:
            time.sleep(0.05)
        cpu, begun = time.process_time(), time.monotonic()
        time.sleep(seconds)
        share = (time.process_time() - cpu) / (time.monotonic() - begun)
        radio.stop()
        taker.close()
        server.stdin.write("stop\n")
        server.stdin.flush()
        sent = json.loads(server.stdout.readline())
    return sum(sent.values()), share


def radio_report(folder: Path, seconds: float) -> None:
    """Print what six fast sensors cost."""
    from surefoot.virtual.radio.bluez import PrivateBus

    what = f"{len(ROLES)} sensors x {RATE} packets/s, {seconds:g} s"
    print(f"radio: {what}, bleak's own backend on an emulated BlueZ")
    if not PrivateBus.available():
        print("  skipped: needs the program dbus-daemon (apt-get install dbus)")
        return
    count = Count()
    sent, share = measured(count, seconds)
    got = sum(count.got.values())
    print(f"  received only          {got} of {sent}, {100 * share:.1f} % of one core")
    whole = Everything(folder)
    sent, share = measured(whole, seconds)
    got = sum(whole.got.values())
    print(f"  received and recorded  {got} of {sent}, {100 * share:.1f} % of one core")
    print(
        f"  decoded, oriented      {whole.oriented} samples; {whole.lost} lost, "
        f"{whole.refused} refused, at most {whole.behind} waiting"
    )


def clock_report(seconds: float = 300.0) -> None:
    """Print how far stamps are from the truth on simulated links."""
    print(f"clocks: 30 ms interval, 8 % retransmitted, stalls, loss; {seconds:g} s, ms")
    print(
        "  profile           crystal  on arrival   live sd   bias   offline sd   bias"
    )
    for name in ("surefoot-sketch", "movesense", "witmotion-ble5"):
        for ppm in (60.0, -60.0):
            timing = Timing(ppm=ppm)
            raw, live, bias, line = clock_errors(name, timing, seconds)
            told = f"{line[0]:10.3f} {line[1]:7.1f}" if line else "   needs a counter"
            print(
                f"  {name:18}{ppm:+5.0f} ppm {raw:8.1f} {live:10.2f} {bias:7.1f} {told}"
            )


def clock_errors(
    name: str, timing: Timing, seconds: float
) -> tuple[float, float, float, tuple[float, float] | None]:
    """Return errors of stamps: on arrival, live, live bias, offline [ms]."""
    profile = load_profile(name)
    decoder = ProfileDecoder(profile, "board", START_NS)
    live: list[float] = []
    raw: list[float] = []
    pairs: list[tuple[float, float, float]] = []
    for packet, n, true in timed_packets(profile, seconds, timing):
        at = (packet.t_ns - START_NS) * 1e-9
        block = decoder.decode(packet)[0]
        pairs.append((n, at, true[-1]))
        if true[0] > 10:
            live.extend((block.t - true).tolist())
            raw.append(at - true[-1])
    numbered = profile.primary.timing.counter or profile.primary.timing.field
    offline = _offline(np.array(pairs)) if numbered else None
    late = np.array(live) * 1e3
    return float(np.std(raw) * 1e3), float(late.std()), float(late.mean()), offline


def _offline(pairs: np.ndarray) -> tuple[float, float]:
    n, at, true = pairs.T
    jitter = (huber_line(n, at).at(n) - true).std()
    bias = (lower_envelope(n, at).at(n) - true).mean()
    return float(jitter * 1e3), float(bias * 1e3)


def report(folder: Path, seconds: float = 4.0) -> None:
    """Print every figure of the radio."""
    radio_report(folder, seconds)
    clock_report()


def main() -> None:
    """Run alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("serve", nargs="?", help="be the sensors (used by itself)")
    parser.add_argument("--long", action="store_true", help="a minute, not seconds")
    told = parser.parse_args()
    if told.serve:
        serve()
        return
    with tempfile.TemporaryDirectory() as folder:
        report(Path(folder), 60.0 if told.long else 4.0)


if __name__ == "__main__":
    main()
