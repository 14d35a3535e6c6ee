"""Sensors that no drill looks at, decoded in the same pass or by a second process."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from surefoot.core import Packet
from surefoot.core.control import control
from surefoot.devices import ProfileDecoder
from surefoot.recording import Recorder, open_recording
from surefoot.session.analyse import analyse
from surefoot.session.analysing import Options, _beside, _material
from surefoot.session.analysing._material import aside
from surefoot.session.engine import Engine
from surefoot.session.loop import run
from surefoot.session.setup import Setup, from_header, load_drill, sensor
from surefoot.training import lasting
from surefoot.virtual import UNITS, Firmware, VirtualSource, hold_level

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest


def recorded(path: Path, **more: str) -> Path:
    """Return a recording with a third sensor that nothing is decided by, or more."""
    units = {**UNITS, "head": Firmware("movesense", drift_ppm=12.0)}
    units |= {role: Firmware(profile) for role, profile in more.items()}
    source = VirtualSource(hold_level(trial_s=6), units=units)
    sensors = {role: sensor(profile) for role, profile in source.profiles.items()}
    drill = lasting(load_drill("rocker-hold-level"), 6.0)
    setup = Setup(sensors, drill, virtual=True)
    recorder = Recorder(path, setup.header(), setup.sources)
    run(source, Engine(setup), recorder.write)
    recorder.close({})
    return path


def test_a_second_process_gives_the_same_to_the_bit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = recorded(tmp_path / "three.mcap")
    alone = analyse(path)
    monkeypatch.setattr(_material, "_LARGE", 0)
    assert analyse(path, workers=2) == alone
    roles = [told["role"] for told in alone["quality"]["sensors"]]
    assert sorted(roles) == ["board", "head", "trunk"]
    head = next(t for t in alone["quality"]["sensors"] if t["role"] == "head")
    assert head["samples"] > 500


def test_small_files_and_one_worker_take_one_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        msg = "no process was asked for"
        raise AssertionError(msg)

    path = recorded(tmp_path / "three.mcap")
    monkeypatch.setattr(_material, "ProcessPoolExecutor", refused)
    analyse(path, workers=2)
    monkeypatch.setattr(_material, "_LARGE", 0)
    analyse(path, workers=1)


def in_trouble(n: int, packet: Packet) -> Iterator[Packet]:
    """Yield the same packet of two other sensors, and what is wrong with them."""
    yield replace(packet, source=f"hip/{packet.endpoint}")
    yield replace(packet, source=f"knee/{packet.endpoint}")
    if n % 50 == 0:
        yield replace(packet, source="hip/battery", payload=b"d")
    if n % 70 == 0:
        yield replace(packet, source=f"hip/{packet.endpoint}")  # again
    if n % 90 == 0:
        cut = packet.payload[:9]
        yield Packet(f"knee/{packet.endpoint}", packet.t_ns, cut)
    if n % 110 == 0:
        yield control("link/knee", packet.t_ns, gap=0.5, device=f"number {n}")


def troubled(path: Path, to: Path) -> Path:
    """Return a recording with more sensors that nothing is decided by, in trouble."""
    recording = open_recording(path)
    told = from_header(recording.header)
    worn = told.sensors["trunk"]
    sensors = {**told.sensors, "hip": worn, "knee": worn}
    recorder = Recorder(to, replace(told, sensors=sensors).header(), (), flush_s=0.05)
    middle, whole = recording.t0_ns + round(recording.duration * 5e8), True
    for n, packet in enumerate(recording.packets()):
        if packet.role != "neck":
            recorder.write(packet)
        elif (
            packet.t_ns < middle
        ):  # it has neither clock nor counter; then its link broke
            recorder.write(packet)
        else:
            if whole:
                recorder.write(control("link/neck", packet.t_ns, gap=0.4))
            whole = False
            recorder.write(replace(packet, t_ns=packet.t_ns + 400_000_000))
        for more in in_trouble(n, packet) if packet.role == "trunk" else ():
            recorder.write(more)
    recorder.close({})
    return to


def test_sensors_decoded_many_at_once_give_the_same_to_the_bit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = recorded(tmp_path / "four.mcap", neck="witmotion-ble5")
    path = troubled(plain, tmp_path / "six.mcap")
    many: list[int] = []
    decode_all = ProfileDecoder.decode_all

    def counted(self: ProfileDecoder, *what: Any) -> Any:
        found = decode_all(self, *what)
        many.append(0 if found is None else len(found.t_ns))
        return found

    monkeypatch.setattr(ProfileDecoder, "decode_all", counted)
    found = aside(path, Options())
    assert sum(many) > 300
    monkeypatch.setattr(_beside, "_MANY", 10**9)
    expected = aside(path, Options())
    assert found.sensors == expected.sensors
    assert found.jitter == expected.jitter
    assert list(found.streams) == list(expected.streams)
    assert {"head/imu", "hip/imu", "knee/imu", "neck/imu"} <= found.streams.keys()
    for name, block in expected.streams.items():
        assert block.t.tobytes() == found.streams[name].t.tobytes()
        assert block.data.tobytes() == found.streams[name].data.tobytes()
        assert block.data.strides == found.streams[name].data.strides
    by_role = {told["role"]: told for told in found.sensors}
    assert by_role["hip"]["duplicates"] > 0
    assert by_role["knee"]["refused"] > 0
    assert by_role["knee"]["device"].startswith("number ")
    gaps = np.diff(found.streams["neck/imu"].t)
    assert np.count_nonzero(gaps > 0.3) == 1
