"""Virtual sensors speak every profile; recorded and replayed it is the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest

from surefoot.core import Block, Packet
from surefoot.devices import (
    Profile,
    ProfileDecoder,
    load_profile,
    parse_profile,
    shipped_profiles,
    steps,
)
from surefoot.devices.layout import Rule
from surefoot.recording import Header, Recorder, open_recording
from surefoot.virtual import Firmware, Script, VirtualSensor, VirtualSource, World
from surefoot.virtual.airtime import Air
from surefoot.virtual.names import advertised
from surefoot.virtual.quantities import quantities
from surefoot.virtual.unit import VirtualUnit

if TYPE_CHECKING:
    from pathlib import Path

DEVICES = [p.id for p in shipped_profiles().values() if p.transport != "table"]
STEPS = {"m/s^2": 0.02, "rad/s": 0.005, "rad": 0.001, "N": 0.2, "raw": 1.0}
"""The coarsest resolution of any shipped device, SI."""


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        (r"^Puck\.js", "Puck.js virtual trunk"),
        ("^(Dot|Dash)-", "Surefoot virtual trunk"),  # nothing that could be known
        ("Thing [0-9]*", "Thing virtual trunk"),
    ],
)
def test_a_virtual_name_begins_as_its_pattern_does(pattern, name) -> None:
    profile = replace(load_profile("movesense"), rules=(Rule(name=pattern),))
    assert " ".join(advertised(profile, "trunk").split()) == name


def cases() -> list[tuple[str, dict[str, float]]]:
    """Return every device under every setting that changes its streams or scales."""
    found: list[tuple[str, dict[str, float]]] = []
    for profile in shipped_profiles().values():
        names = {name for s in profile.streams for name, _ in s.when}
        names |= {c.scale_by for s in profile.streams for c in s.channels if c.scales}
        values = product(*(profile.params[name].codes for name in sorted(names)))
        found += [
            (profile.id, dict(zip(sorted(names), chosen, strict=True)))
            for chosen in values
        ]
    return found


def played(
    profile: Profile, params: dict[str, float], rounds: int
) -> tuple[Block, np.ndarray]:
    """Return the samples as decoded, and as they were in a world like it."""
    worlds = World("steady", 5), World("steady", 5)
    for world in worlds:
        world.follow("mount")
    twin, lived = worlds
    sensor = VirtualSensor(Firmware(profile, params), "board", lived)
    decoder = ProfileDecoder(profile, "board", 0, params)
    sensor.begin(0.5)
    blocks: list[Block] = []
    true: list[np.ndarray] = []
    wanted = {name: n for e in sensor._encoders for name, n in e.channels.items()}
    for _ in range(rounds):
        held = quantities(twin, "board", sensor._times(), wanted)
        true.append(np.concatenate([held[name] for name in wanted], axis=1))
        while True:
            ready = int(sensor.ready * 1e9) + 5_000_000
            payload = sensor.packet()
            assert payload is not None
            blocks += decoder.decode(Packet(f"board/{sensor.endpoint}", ready, payload))
            if not sensor._made:
                break
    assert decoder.counts.refused == decoder.counts.lost == 0
    whole = Block.concat([b for b in blocks if b.info is decoder.info])
    return whole, np.concatenate(true)


@pytest.mark.parametrize(("profile_id", "params"), cases())
def test_what_is_decoded_is_what_the_world_held(
    profile_id: str, params: dict[str, float]
) -> None:
    profile = load_profile(profile_id)
    block, true = played(profile, params, 12)
    combined = profile.active(params)[0].combine
    # joined streams wait for each other: the newest samples may not have come yet
    assert len(true) - (2 if combined else 0) <= len(block) <= len(true)
    step = np.array([STEPS.get(unit, 1e-6) for unit in block.info.units])
    assert np.all(np.abs(block.data - true[: len(block)]) <= step)
    if "acc_x" in block.info.channels:
        assert np.ptp(block.data[:, block.info.columns("acc_x")]) > 0  # it did move


@pytest.mark.parametrize("profile_id", DEVICES)
def test_a_recording_knows_what_the_device_told(
    profile_id: str, tmp_path: Path
) -> None:
    profile = load_profile(profile_id)
    source = VirtualSource(Script("idle", 3.0, ()), units={"board": Firmware(profile)})
    packets = [p for p in source.packets() if p.role == "board"]
    header = Header({}, {"board": profile.text}, {}, "")
    recorder = Recorder(tmp_path / "a.mcap", header, [])
    for packet in packets:
        recorder.write(packet)
    stored = open_recording(recorder.close({}))
    read = parse_profile(stored.header.profiles["board"], "profile of board")
    live, replay = (
        [b for p in told for b in decoder.decode(p)]
        for told, decoder in (
            (packets, ProfileDecoder(profile, "board", packets[0].t_ns)),
            (stored.packets(), ProfileDecoder(read, "board", packets[0].t_ns)),
        )
    )
    assert len(live) == len(replay) > 0
    for mine, its in zip(live, replay, strict=True):
        assert mine.info == its.info
        assert mine.t.tobytes() == its.t.tobytes()
        assert mine.data.tobytes() == its.data.tobytes()


def test_a_virtual_unit_takes_every_setting_it_is_told() -> None:
    profile = load_profile("metamotion-s")
    told = {"rate": 50, "acc_range": 2, "gyr_range": 250}
    world = World("steady", 1)
    unit = VirtualUnit(Firmware(profile), "board", world, lambda: 0.0, Air())
    sent: list[tuple[str, bytes]] = []
    unit.link(lambda endpoint, payload: sent.append((endpoint, payload)))
    for step in steps(profile, "start", told):
        assert not unit.streaming
        if step.do == "notify":
            unit.subscribe(step.endpoint)
        else:
            unit.write(step.endpoint, step.data)
    assert sent == [("data", b"\x03\x80\x04")]  # the answer that is expected
    assert unit.streaming
    assert unit.sensor.rate == 50
    unit.sensor.begin(0.5)
    decoder = ProfileDecoder(profile, "board", 0, told)
    blocks: list[Block] = []
    for k in range(20):
        payload = unit.sensor.packet()
        assert payload is not None
        blocks += decoder.decode(Packet("board/data", k * 30_000_000, payload))
    whole = Block.concat([b for b in blocks if b.info is decoder.info])
    assert np.linalg.norm(whole.data[:, :3], axis=1) == pytest.approx(9.8, abs=0.3)
    for step in steps(profile, "stop", told):
        unit.write(step.endpoint, step.data)
    assert not unit.streaming


def test_a_virtual_unit_streams_on_the_characteristic_of_its_setting() -> None:
    profile = load_profile("xsens-dot")
    world = World("steady", 1)
    unit = VirtualUnit(Firmware(profile), "board", world, lambda: 0.0, Air())
    unit.link(lambda *_: None)
    for step in steps(profile, "start", {"payload": 26}):
        if step.do == "notify":
            unit.subscribe(step.endpoint)
        else:
            unit.write(step.endpoint, step.data)
    assert unit.streaming
    assert unit.sensor.endpoints == {"long"}


@pytest.mark.parametrize("profile_id", ["polar-sense", "muse-classic", "movesense"])
def test_a_start_that_begins_with_a_stop_starts_and_a_stop_stops(
    profile_id: str,
) -> None:
    profile = load_profile(profile_id)
    world = World("steady", 1)
    unit = VirtualUnit(Firmware(profile), "board", world, lambda: 0.0, Air())
    unit.link(lambda *_: None)
    for order in ("start", "start", "stop"):
        for step in steps(profile, order):
            if step.do == "notify":
                unit.subscribe(step.endpoint)
            else:
                unit.write(step.endpoint, step.data)
        assert unit.streaming == (order == "start")
