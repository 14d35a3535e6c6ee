"""Recordings to export: a shipped one, and one with all that is hard."""

from __future__ import annotations

import pytest

from surefoot.core import Packet
from surefoot.core.control import control
from surefoot.devices import parse_profile
from surefoot.recording import Recorder
from surefoot.resources import folder
from surefoot.session.setup import Sensor, Setup

# every way a session can be uneven: jitter, a gap, values with all their digits
CELLS = """
schema = 1
id = "test-cells"
name = "Test"
kind = ["force-board"]
transport = "table"
evidence = "ours"
sources = ["This test"]
[[streams]]
id = "force"
rate = 50
columns = [
  { name = "force_tr", unit = "kgf" },
  { name = "force_br", unit = "kgf" },
  { name = "force_tl", unit = "kgf" },
  { name = "force_bl", unit = "kgf" },
]
time = { clock = "nominal" }
"""
PLAIN = """
schema = 1
id = "test-plain"
name = "Test"
kind = ["imu"]
transport = "ble"
evidence = "ours"
sources = ["This test"]
[[match]]
name = "^Test$"
[gatt]
data = { service = "fff0", char = "fff1", notify = true }
[[start]]
notify = "data"
[[streams]]
id = "imu"
char = "data"
rate = 100
sample = [["acc", "<i2", 3]]
channels = [{ name = "acc", field = "acc", unit = "mg" }]
"""
BOARD = """
schema = 1
id = "test-table"
name = "Test"
kind = ["force-board"]
transport = "table"
evidence = "ours"
sources = ["This test"]
[[streams]]
id = "cells"
rate = 50
columns = [
  { name = "time", unit = "s" },
  { name = "acc_x", unit = "g" },
  { name = "force_tl", unit = "N" },
  { name = "quat_w", unit = "1" },
]
time = { clock = "given", column = "time" }
"""


@pytest.fixture
def sample():
    """A virtual session with two sensors and a drill."""
    return folder("recordings") / "rocker-steady.mcap"


@pytest.fixture
def uneven(tmp_path):
    """A minute of uneven samples with a gap of a second, nothing decided."""
    setup = Setup({"board": Sensor(parse_profile(BOARD, "test"))}, person="P-07")
    path = tmp_path / "uneven.mcap"
    recorder = Recorder(path, setup.header(), setup.sources)
    recorder.write(control("clock/start", 0, wall_ns=1))
    for i in range(600):
        t = i / 50 + 0.003 * ((i * 7919) % 5) / 5 + (1.0 if i > 300 else 0.0)
        row = f"{t!r},{1 / (i + 3)!r},{i / 7!r},{-i * 1e-300!r}"
        recorder.write(Packet("board/rows", round(t * 1e9), row.encode()))
    recorder.write(control("clock/end", 14_000_000_000, why="test"))
    return recorder.close()


@pytest.fixture
def cells(tmp_path):
    """Two seconds on a board of four cells, stepped off for one sample."""
    setup = Setup({"board": Sensor(parse_profile(CELLS, "test"))})
    path = tmp_path / "cells.mcap"
    recorder = Recorder(path, setup.header(), setup.sources)
    recorder.write(control("clock/start", 0, wall_ns=1))
    for i in range(100):
        row = b"1,1,1,1" if i == 50 else b"27.5,27.5,12.5,12.5"
        recorder.write(Packet("board/rows", i * 20_000_000, row))
    return recorder.close()


@pytest.fixture
def broken_link(tmp_path):
    """A sensor without a clock, whose link broke for 0.4 s."""
    setup = Setup({"trunk": Sensor(parse_profile(PLAIN, "test"))})
    path = tmp_path / "broken.mcap"
    recorder = Recorder(path, setup.header(), setup.sources)
    recorder.write(control("clock/start", 0, wall_ns=1))
    for i in range(600):
        t_ns = i * 10_000_000 + (400_000_000 if i >= 300 else 0)
        if i == 300:
            recorder.write(control("link/trunk", t_ns, gap=0.4, reason="test"))
        recorder.write(Packet("trunk/data", t_ns, bytes([i % 90, 0, 3, 0, 232, 3])))
    return recorder.close()
