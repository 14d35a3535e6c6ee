"""What an hour of six sensors costs: recorded, read beside the stock reader, analysed.

The session is virtual and made faster than time. Two sensors are the board's and the
trunk's; four more send the trunk's bytes under names of their own, so that six are
decoded. Twenty minutes are made and told for one hour, unless MINUTES are given:
``python -m benchmarks.recording [MINUTES]`` runs this page alone.
"""

from __future__ import annotations

import random
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mcap.reader import make_reader

from surefoot.core import Packet
from surefoot.devices import ProfileDecoder
from surefoot.recording import Header, Recorder, open_recording
from surefoot.session.analyse import analyse
from surefoot.session.engine import Engine
from surefoot.session.player import COALESCE
from surefoot.session.setup import Setup, from_header, load_drill, sensor
from surefoot.training import lasting
from surefoot.virtual import VirtualSource, hold_level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MINUTES = 20.0
REPEATS = 3
RUN_S = 30.0
CYCLE_S = 39.5  # of a run with what is asked before and after it
MORE = ("hip", "foot-left", "foot-right", "head")
SINGLE_S = 360.0
SIZES = (20, 20, 40, 40, 60, 24)


def report(folder: Path, minutes: float = MINUTES) -> None:
    """Print the figures of recording, reading and analysing."""
    print("recording: six sensors, 100 samples a second each")
    one_sample_a_packet(folder / "single.mcap")
    path = folder / "hour.mcap"
    whole_sessions(path, minutes)


def one_sample_a_packet(path: Path) -> None:
    """Print what recording and reading costs where every sample is a notification."""
    chance = random.Random(1)
    count = int(SINGLE_S * 600)
    packets = [
        Packet(f"s{n % 6}/data", n * 1_666_667, chance.randbytes(SIZES[n % 6]))
        for n in range(count)
    ]
    sources = [f"s{k}/data" for k in range(6)]
    header = Header({}, {}, {}, "")
    cost = _cpu(lambda: _recorded(path, header, sources, packets))
    live = _live_share(path.with_name("live.mcap"), header, sources, packets)
    size = path.stat().st_size / SINGLE_S * 3.6e-3
    ours = _least(lambda: sum(1 for _ in open_recording(path).packets()))
    bulk = _least(lambda: sum(len(b) for b in open_recording(path).batches()))
    stock = _least(lambda: _stock(path))
    hour = 3600 / SINGLE_S
    print(f"  600 packets a second, one sample each ({SINGLE_S:.0f} s, told for 1 h)")
    print(f"    recorded, faster than time {1e6 * cost / count:7.1f} us a packet")
    print(f"    share of a core            {100 * cost / SINGLE_S:7.2f} %")
    print(f"    the same in real time      {100 * live:7.2f} %  (5 s, limit 3 %)")
    print(f"    size                       {size:7.0f} MB an hour")
    print(f"    read by the stock reader   {hour * stock:7.2f} s")
    print(f"    read, packet by packet     {hour * ours:7.2f} s, {stock / ours:.0f} x")
    print(f"    read in batches            {hour * bulk:7.2f} s, {stock / bulk:.0f} x")


def whole_sessions(path: Path, minutes: float) -> None:
    """Print what becomes of a virtual session, from its packets to its measures."""
    begun = time.process_time()
    setup, packets = session(minutes)
    made = time.process_time() - begun
    seconds = (packets[-1].t_ns - packets[0].t_ns) * 1e-9
    scale = 3600 / seconds
    cost = _cpu(lambda: _recorded(path, setup.header(), setup.sources, packets))
    recording = open_recording(path)
    look = _cpu(lambda: recording.counts)
    read = _cpu(lambda: sum(1 for _ in recording.packets()))
    decode = _cpu(lambda: _decoded(path))
    live = _cpu(lambda: _decided(path))
    whole = _cpu(lambda: analyse(path))
    one, two = (_wall(lambda n=n: analyse(path, workers=n)) for n in (1, 2))
    count = sum(recording.counts.values())
    print(f"  a session as such sensors send it: {seconds:.0f} s, {count} packets;")
    print(f"  made in {made:.0f} s; what follows is told for one hour, one process")
    share = f"{100 * cost / seconds:.2f} % of a core"
    print(f"    recorded                   {scale * cost:7.2f} s, {share}")
    print(f"    looked through (index)     {scale * look:7.2f} s")
    print(f"    read                       {scale * read:7.2f} s")
    print(f"    read, decoded              {scale * decode:7.2f} s")
    print(f"    read, decoded, decided     {scale * live:7.2f} s  (replay)")
    print(f"    analysed, processor time   {scale * whole:7.2f} s")
    print(f"    analysed, one process      {scale * one:7.2f} s on the wall")
    print(f"    analysed, two processes    {scale * two:7.2f} s, aim 12 s, least of 3")


def session(minutes: float) -> tuple[Setup, list[Packet]]:
    """Return a session of six sensors: runs of half a minute, one after the other."""
    trials = max(1, round(minutes * 60 / CYCLE_S))
    source = VirtualSource(hold_level(RUN_S, trials), person="unsteady", seed=3)
    profiles = dict(source.profiles)
    profiles |= dict.fromkeys(MORE, profiles["trunk"])
    drill = lasting(load_drill("rocker-hold-level"), RUN_S)
    sensors = {role: sensor(told) for role, told in profiles.items()}
    return Setup(sensors, drill, virtual=True), list(_sixfold(source))


def _sixfold(source: VirtualSource) -> Iterator[Packet]:
    for packet in source.packets():
        yield packet
        if packet.role == "trunk":
            for role in MORE:
                yield replace(packet, source=f"{role}/{packet.endpoint}")


def _recorded(
    path: Path, header: Header, sources: list[str], packets: list[Packet]
) -> None:
    path.unlink(missing_ok=True)
    recorder = Recorder(path, header, sources)
    for packet in packets:
        recorder.write(packet)
    recorder.close()


def _live_share(
    path: Path, header: Header, sources: list[str], packets: list[Packet]
) -> float:
    """Return the share of a core in real time, less that of the clock that sends."""

    def send(write: Callable[[Packet], None]) -> float:
        pause, begun, used = threading.Event(), time.monotonic(), time.process_time()
        for n, packet in enumerate(packets[:3000]):
            if n % 6 == 0:
                pause.wait(max(0.0, begun + n / 600 - time.monotonic()))
            write(packet)
        return (time.process_time() - used) / (time.monotonic() - begun)

    idle = send(lambda _packet: None)
    recorder = Recorder(path, header, sources)
    share = send(recorder.write)
    recorder.close()
    return share - idle


def _stock(path: Path) -> int:
    with path.open("rb") as stream:
        reader = make_reader(stream, validate_crcs=True)
        return sum(1 for _ in reader.iter_messages(log_time_order=False))


def _decoded(path: Path) -> int:
    recording = open_recording(path)
    sensors = from_header(recording.header).sensors
    decoders = {
        role: ProfileDecoder(told.profile, role, recording.t0_ns, told.params)
        for role, told in sensors.items()
    }
    n = 0
    for packet in recording.packets():
        decoder = decoders.get(packet.role)
        if decoder is not None:
            n += sum(map(len, decoder.decode(packet)))
    return n


def _decided(path: Path) -> None:
    recording = open_recording(path)
    engine = Engine(from_header(recording.header), coalesce=COALESCE)
    for packet in recording.packets():
        engine.feed(packet)
    engine.close()


def _least(work: Callable[[], object]) -> float:
    """Return the least disturbed of several."""
    return min(_cpu(work) for _ in range(REPEATS))


def _wall(work: Callable[[], object]) -> float:
    """Return the seconds on the wall of the least disturbed of several."""
    found: list[float] = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return min(found)


def _cpu(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        report(Path(place), float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES)
