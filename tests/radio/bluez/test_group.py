"""A class of six on two adapters, over bleak's own Linux backend."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest

from surefoot.recording import open_recording
from surefoot.session.group_opening import Trainee, adapters_for, crowded, open_group
from surefoot.session.replay import replay
from surefoot.virtual import Firmware
from surefoot.virtual.radio import VirtualHall
from surefoot.virtual.radio.bluez import EmulatedBlueZ

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CODES = "ABCDEF"
ADAPTERS = adapters_for(6, ("hci0", "hci1"))
LATE = 0.8  # s between packets on a busy test machine


@pytest.fixture
def bluez(monkeypatch: pytest.MonkeyPatch) -> Iterator[EmulatedBlueZ]:
    """Return a BlueZ with two adapters, and the sensors of three people on each."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("needs the program dbus-daemon: apt-get install dbus")
    hall = VirtualHall()
    for seed, code in enumerate(CODES):
        hall.enter(code, "steady", seed, {"board": Firmware()})
    made = EmulatedBlueZ(hall.units, ("hci0", "hci1"))
    for unit, adapter in zip(hall.units, ADAPTERS, strict=True):
        made.manners[unit].adapter = str(adapter)
    made.start()
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", made.address)
    yield made
    made.stop()


def wait_for(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.01)


def test_six_on_two_adapters_and_one_adapter_fails(
    bluez: EmulatedBlueZ, tmp_path: Path
) -> None:
    told = zip(CODES, ADAPTERS, strict=True)
    trainees = [
        Trainee(code, {"board": f"surefoot-sketch:board ({code})"}, None, adapter)
        for code, adapter in told
    ]
    assert crowded(trainees) == []
    group = open_group(trainees, "", tmp_path)
    group.start()
    try:

        def samples() -> list[int]:
            seen = group.snapshot().trainees
            return [s.picture.links[0].samples if s.picture else 0 for s in seen]

        wait_for(lambda: min(samples()) > 60)
        bluez.power(False, "hci1")
        wait_for(lambda: all(seen.lost for seen in group.snapshot().trainees[3:]))
        before = samples()
        wait_for(lambda: samples()[0] > before[0] + 100)
        assert not any(seen.lost for seen in group.snapshot().trainees[:3])
        bluez.power(True, "hci1")
        wait_for(lambda: not any(seen.lost for seen in group.snapshot().trainees))
    finally:
        kept = group.finish()
    for index, own in enumerate(kept):
        assert own.path is not None
        again = replay(own.path)
        (board,) = again["quality"]["sensors"]
        assert board["device"] == f"Surefoot virtual board ({own.person})"
        assert again["same_as_live"] == "to the bit"
        names = [event["name"] for event in again["events"]]
        assert names.count("gap") == (0 if index < 3 else 1)
        if index < 3:
            assert board["packets_lost"] == 0
            packets = open_recording(own.path).packets()
            times = [p.t_ns * 1e-9 for p in packets if p.source == "board/data"]
            assert np.diff(times).max() < LATE
