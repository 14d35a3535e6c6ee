"""Half an hour of six sensors, faster than time: nothing grows, waits or drifts."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import numpy as np
import pytest

from surefoot.core.control import is_control
from surefoot.devices import ProfileDecoder, load_profile, parse_profile
from surefoot.recording import Recorder, open_recording
from surefoot.session.motion import Motion
from surefoot.session.setup import Sensor, Setup
from surefoot.virtual import Firmware, Script, VirtualSource

SOAK = os.environ.get("SUREFOOT_SOAK") == "1"
MINUTES = 30.0 if SOAK else 0.2
ROLES = ("board", "trunk", "left shin", "right shin", "left thigh", "right thigh")
CRYSTALS = (50.0, -50.0, 35.0, -20.0, 10.0, 0.0)  # ppm
SETTLED = 4  # tenths; all are connected, and the first stamps were mended
DRIFT = 0.005  # s; between any two streams
GROWTH = 8e6  # bytes
MEMORY = Path("/proc/self/statm")


def hundred_a_second():
    """Return our sketch with one sample in a packet: 104 packets a second."""
    text = load_profile("surefoot-sketch").text
    return parse_profile(text.replace("samples = 6", "samples = 1"), "short.toml")


def memory() -> int:
    """Return the memory this process uses [bytes]; 0 where nothing tells."""
    if not (SOAK and MEMORY.is_file()):
        return 0
    gc.collect()
    return int(MEMORY.read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


class Truth:
    """When each sensor took the sample it just sent."""

    def __init__(self, source: VirtualSource) -> None:
        self.taken: dict[str, dict[bytes, float]] = {}
        for role, feed in source.feeds.items():
            self._follow(role, feed.sensor)

    def _follow(self, role: str, sensor) -> None:
        make, kept = sensor.packet, self.taken.setdefault(role, {})

        def packet() -> bytes | None:
            true = sensor.ready - 0.002
            payload = make()
            if payload is not None:
                kept[payload] = true
            return payload

        sensor.packet = packet


@pytest.mark.soak
def test_nothing_grows_waits_or_drifts(tmp_path):
    profile = hundred_a_second()
    units = {
        role: Firmware(profile, drift_ppm=ppm, first_counter=2**16 - 500)
        for role, ppm in zip(ROLES, CRYSTALS, strict=True)
    }
    source = VirtualSource(Script("long", MINUTES * 60, ()), units=units)
    setup = Setup(dict.fromkeys(ROLES, Sensor(profile)), virtual=True)
    recorder = Recorder(tmp_path / "long.mcap", setup.header(), setup.sources)
    decoders, motions = {}, {}
    for role in ROLES:
        decoders[role] = ProfileDecoder(profile, role, source.start_ns)
        motions[role] = Motion(Sensor(profile), decoders[role].info)
    errors = {role: np.zeros((10, 2)) for role in ROLES}
    sizes, backlogs, oriented, told, truth = [], [], 0, 0, None
    for packet in source.packets():
        truth = truth or Truth(source)
        recorder.write(packet)
        told += 1
        now = (packet.t_ns - source.start_ns) * 1e-9
        tenth = min(int(now / (6 * MINUTES)), 9)
        while len(sizes) <= tenth:
            sizes.append(memory())
            backlogs.append(recorder.backlog)
        if is_control(packet):
            continue
        block = decoders[packet.role].decode(packet)[0]
        oriented += len(motions[packet.role].feed(block)[1])
        late = float(block.t[-1]) - truth.taken[packet.role].pop(packet.payload)
        errors[packet.role][tenth] += late, 1
    path = recorder.close()

    counts = [decoder.counts for decoder in decoders.values()]
    assert [(c.lost, c.refused, c.duplicates) for c in counts] == [(0, 0, 0)] * 6
    assert oriented == sum(c.samples for c in counts) > 600 * (60 * MINUTES - 5)
    assert sum(1 for _ in open_recording(path).packets()) == told
    assert max(backlogs) < 6 * 104, "more than a second waits for the disk"
    assert sizes[-1] - sizes[SETTLED] < GROWTH, sizes
    settled = np.array([sums[SETTLED:] for sums in errors.values()])
    drift = settled[:, :, 0] / settled[:, :, 1]
    drift -= drift[:, :1]  # each stream's own constant offset
    assert np.ptp(drift, axis=0).max() < DRIFT
