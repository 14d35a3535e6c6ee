"""Recordings of known movements, made of rows as an import makes them."""

import numpy as np
import pytest

from surefoot.core import Packet
from surefoot.core.control import control
from surefoot.devices import parse_profile
from surefoot.recording import Recorder
from surefoot.session.analyse import analyse
from surefoot.session.setup import Sensor, Setup

COP = (("cop_ml", "m"), ("cop_ap", "m"))
FORCE = ("force_v", "N")
ACC = tuple((f"acc_{axis}", "m/s^2") for axis in "xyz")
GYR = tuple((f"gyr_{axis}", "rad/s") for axis in "xyz")
START_NS = 1_000_000_000


class Made:
    """Samples of one role: what a table of them would hold."""

    def __init__(self, stream, columns, t, data, rate=100.0):
        self.stream = stream
        self.columns = columns
        self.t = np.asarray(t, dtype=np.float64)
        self.data = np.asarray(data, dtype=np.float64)
        self.rate = rate

    @property
    def profile(self):
        columns = (("time", "s"), *self.columns)
        rows = "\n".join(f'  {{ name = "{n}", unit = "{u}" }},' for n, u in columns)
        text = f"""schema = 1
id = "made-table"
name = "A table made for a test"
kind = ["table"]
transport = "table"
evidence = "ours"
sources = ["made here"]
[table]
separator = ","
[[streams]]
id = "{self.stream}"
rate = {self.rate:g}
columns = [
{rows}
]
time = {{ clock = "given", column = "time" }}
"""
        return parse_profile(text, "made.toml")

    def packets(self, role):
        for t, row in zip(self.t.tolist(), self.data.tolist(), strict=True):
            text = ",".join([f"{t:.9f}", *map(repr, row)])
            t_ns = START_NS + round((t - self.t[0]) * 1e9)
            yield Packet(f"{role}/rows", t_ns, text.encode())


@pytest.fixture
def record(tmp_path):
    """Write a recording of one sensor for each role, with markers at times."""

    def write(roles, markers=(), name="made.mcap", drill=None):
        sensors = {role: Sensor(made.profile) for role, made in roles.items()}
        setup = Setup(sensors, drill)
        recorder = Recorder(tmp_path / name, setup.header(), setup.sources)
        packets = [p for role, made in roles.items() for p in made.packets(role)]
        packets += [
            control(
                "person/command",
                START_NS + round(t * 1e9),
                do="marker",
                label=label,
                detail="",
            )
            for t, label in markers
        ]
        packets.sort(key=lambda packet: packet.t_ns)
        recorder.write(control("clock/start", START_NS, wall_ns=0))
        for packet in packets:
            recorder.write(packet)
        recorder.write(control("clock/end", packets[-1].t_ns, why="end of file"))
        return recorder.close()

    return write


@pytest.fixture
def measure(record):
    """Record, analyse, and hold what must hold of every analysis."""

    def analysed(roles, options=None, **more):
        return checked(analyse(record(roles, **more), options))

    return analysed


class Found:
    """What was found, by name."""

    def __init__(self, told):
        self.told = told
        self.refused = {r["name"]: r["reason"] for r in told["refused"]}
        self.names = {m["name"] for m in told["measures"]}

    def all(self, name):
        return [m for m in self.told["measures"] if m["name"] == name]

    def __getitem__(self, name):
        (one,) = self.all(name)
        return one["value"]

    def flags(self, name):
        return set(self.all(name)[-1]["flags"])


def checked(told):
    from surefoot.analysis.registry import CARDS

    found = Found(told)
    for one in told["measures"]:
        assert set(one) == {"name", "value", "unit", "t0", "t1", "stream", "flags"}
        assert one["value"] is not None
        assert one["unit"] == CARDS[one["name"]].unit
        assert one["t0"] < one["t1"]
    # every measure of the registry is given, or refused with a reason
    assert found.names | found.refused.keys() == CARDS.keys()
    assert all(found.refused.values())
    by_pipeline = [name for p in told["pipelines"] for name in p["measures"]]
    assert set(by_pipeline) == found.names
    return found


@pytest.fixture
def made():
    """Return what makes a table: ``made(stream, columns, t, data, rate)``."""
    return Made


@pytest.fixture
def wander():
    """Return what makes a wandering centre of pressure of some seconds."""
    return wandering


@pytest.fixture
def swaying():
    """A centre of pressure that wanders and comes back, 40 s at 100 Hz."""
    return wandering(40.0)


def wandering(seconds, rate=100.0, seed=3):
    from scipy.signal import lfilter

    rng = np.random.default_rng(seed)
    n, away = round(seconds * rate), np.array([0.01, -0.03])
    steps = rng.normal(size=(n, 2)) * [3e-4, 5e-4]
    slow = np.asarray(lfilter([1.0], [1.0, -0.99], steps, axis=0))
    smooth = np.asarray(lfilter(np.ones(10) / 10, [1.0], slow, axis=0))
    return Made("cop", COP, np.arange(n) / rate, smooth + away, rate)
