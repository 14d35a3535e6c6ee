"""The tasks of drills, measured again from all samples of a recorded sitting."""

from __future__ import annotations

import re
from importlib import resources
from math import degrees, pi, radians

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from surefoot.core import Packet
from surefoot.core.control import control
from surefoot.devices import parse_profile
from surefoot.recording import Recorder
from surefoot.session.analyse import analyse
from surefoot.session.setup import Sensor, Setup
from surefoot.training import parse_drill
from surefoot.training.path import path_of

RATE, G = 100.0, 9.80665
START_NS = 1_000_000_000
COLUMNS = ("acc_x", "acc_y", "acc_z", "gyr_x", "gyr_y", "gyr_z")
BEGUN = 12.0  # the run begins here, whatever had to be found before
COUNTDOWN = 5.0


def profile():
    rows = "\n".join(
        f'  {{ name = "{n}", unit = "{"m/s^2" if n < "b" else "rad/s"}" }},'
        for n in COLUMNS
    )
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
id = "imu"
rate = {RATE:g}
columns = [
  {{ name = "time", unit = "s" }},
{rows}
]
time = {{ clock = "given", column = "time" }}
"""
    return parse_profile(text, "made.toml")


def drill_of(name: str, **numbers):
    """Return a drill of the catalogue, eyes open, with other numbers."""
    shelf = resources.files("surefoot.training") / "catalogue"
    text = (shelf / f"{name}.toml").read_text("utf-8")
    text = text.replace('vision = "closed"', 'vision = "open"')
    for key, value in {"countdown": COUNTDOWN, **numbers}.items():
        text = re.sub(rf"(?m)^{key} = .*$", f"{key} = {value}", text)
    return parse_drill(text, name)


def worn(lean, extra=None):
    """Return the rows of a sensor that leans forward by an angle over time."""
    turn = -np.gradient(lean) * RATE
    force = G if extra is None else G + extra
    still = 0 * lean
    rows = (still, -force * np.sin(lean), force * np.cos(lean), turn, still, still)
    return np.stack(rows, axis=1)


@pytest.fixture
def sit(tmp_path):
    """Record a sitting: stillness is asked for at 1 s, the run begins at 12 s."""

    def record(drill, rows, keys=()):
        role = drill.roles[0]
        setup = Setup({role: Sensor(profile())}, drill)
        recorder = Recorder(tmp_path / "made.mcap", setup.header(), setup.sources)
        said = [(1.0, {"do": "level", "edge": "still"})]
        said += [(6.6 + 0.1 * k, {"do": "support", "yes": True}) for k in range(2)]
        said += [(BEGUN - COUNTDOWN, {"do": "start", "seed": 3}), *keys]
        seconds = len(rows) / RATE
        packets = [_at(t, "person/command", **told) for t, told in said]
        packets += [_at(t, "clock/tick") for t in np.arange(0.1, seconds, 0.2)]
        for t, row in zip(np.arange(len(rows)) / RATE, rows.tolist(), strict=True):
            text = ",".join([f"{t:.9f}", *map(repr, row)])
            t_ns = START_NS + round(t * 1e9)
            packets.append(Packet(f"{role}/rows", t_ns, text.encode()))
        packets.sort(key=lambda packet: packet.t_ns)
        recorder.write(control("clock/start", START_NS, wall_ns=0))
        for packet in packets:
            recorder.write(packet)
        recorder.write(_at(seconds, "clock/end", why="end of file"))
        return Told(analyse(recorder.close()))

    return record


def _at(t, source, **told):
    return control(source, START_NS + round(float(t) * 1e9), **told)


class Told:
    """What was found, by name."""

    def __init__(self, found):
        self.found = found
        self.runs = found["quality"]["runs"]

    def __getitem__(self, name):
        return [m["value"] for m in self.found["measures"] if m["name"] == name]

    def why(self, name):
        return [r["reason"] for r in self.found["refused"] if r["name"] == name]


def eased(u):
    u = np.clip(u, 0, 1)
    return u**3 * (10 + u * (6 * u - 15))


def path(seconds, moves):
    """Return an angle that goes to places: (from when, for how long, how far)."""
    t = np.arange(round(seconds * RATE)) / RATE
    angle = 0.0 * t
    for begin, takes, far in moves:
        angle += far * eased((t - begin) / takes)
    return angle


def visits(begin, places, way=1.5, stay=3.5, rest=1.5):
    """Return the moves of going to places, staying, and coming back."""
    moves = []
    for place in places:
        moves += [(begin, way, place), (begin + way + stay, way, -place)]
        begin += 2 * way + stay + rest
    return moves


@pytest.mark.parametrize("way", [1, -1])
def test_attempts_at_an_angle_forward_or_back(sit, way) -> None:
    off = [22.0, 18.0, 23.0, 21.0, 20.0, 22.0]
    places = np.radians([20, 20, 20, *off])
    found = sit(
        drill_of("reposition-low-back", duration=100),
        worn(way * path(90, visits(13.0, places))),
    )
    assert found.runs[0]["ended"] == "done"
    assert degrees(*found["reposition_constant_error"]) == pytest.approx(1.0, abs=0.2)
    assert degrees(*found["reposition_absolute_error"]) == pytest.approx(
        np.mean(np.abs(np.array(off) - 20)), abs=0.2
    )


def test_repetitions_of_a_drill_need_no_option(sit) -> None:
    way = radians(60) * 0.25
    moves = visits(13.0, [way] * 4, way=4.0, stay=1.0, rest=1.0)
    found = sit(drill_of("lift-and-bend", duration=75), worn(path(90, moves)))
    assert found["repetition_count"] == [4.0]
    assert found["repetition_range"] == pytest.approx([way] * 4, rel=0.05)
    assert len(found["sparc"]) == 8
    # four of the eight that were asked for, in the set and in the final values alike
    assert found["repetition_clean_share"] == pytest.approx([0.5])


def test_a_stretch_has_its_range_and_no_repetitions(sit) -> None:
    moves = visits(13.0, [radians(40)], way=8.0, stay=22.0)
    found = sit(drill_of("low-back-stretch", duration=45), worn(path(60, moves)))
    assert found["range_of_motion"] == pytest.approx([radians(40)], rel=0.02)
    assert found["stretch_hold_time"][0] > 20
    assert found["repetition_count"] == []


BOW = [(3.5, 0.7, radians(20)), (4.6, 0.7, -radians(20))]  # tells where the front is


def test_a_walk_with_keyed_steps(sit) -> None:
    t = np.arange(3000) / RATE
    lean = path(30, BOW) + np.where(t > 11, radians(2) * np.sin(2 * pi * t), 0)
    keys = [(13.0 + k, {"do": "count", "what": "step"}) for k in range(10)]
    keys += [(16.5, {"do": "count", "what": "misstep"})]
    found = sit(drill_of("heel-to-toe-walk", duration=30), worn(lean), keys)
    assert found.runs[0]["ended"] == "done"
    assert found["walk_steps"] == [10.0]
    assert found["walk_correct_steps"] == [9.0]
    assert found["walk_step_time"] == pytest.approx([1.0])
    assert found["walk_step_sway"] == pytest.approx([radians(2) / np.sqrt(2)], rel=0.1)


def test_a_step_down_is_an_impact_without_a_marker(sit) -> None:
    t = np.arange(3000) / RATE
    down = BEGUN + 5.0
    after = np.maximum(t - down, 0.0)
    lean = path(30, BOW) + radians(6) * np.exp(-after) * np.sin(2 * pi * after)
    hit = np.where((t >= down) & (t < down + 0.05), 8.0, 0.0)
    found = sit(drill_of("step-down", duration=17), worn(lean, hit))
    assert found.runs[0]["ended"] == "done"
    (settled,) = found["stabilisation_settling_time"]
    assert settled == pytest.approx(2.4, abs=0.6)


def leaning(ml, ap):
    """Return the rows of a sensor that leans to the right and forward."""
    turned = Rotation.from_euler("yx", np.stack([ml, -ap], axis=1))
    up = turned.inv().apply([0.0, 0.0, G])
    steps = (turned[:-1].inv() * turned[1:]).as_rotvec() * RATE
    return np.hstack([up, np.vstack([steps, steps[-1:]])])


def test_a_pelvis_that_goes_round_with_the_target(sit) -> None:
    drill = drill_of("ball-pelvic-circles")
    task = drill.stages[0].task
    way = path_of(task, 30.0, 3)
    t = np.arange(4500) / RATE
    round_ = np.array([way.at(x - BEGUN) for x in t.tolist()])
    on = np.where((t > BEGUN) & (t < BEGUN + 31), eased(t - BEGUN), 0.0)[:, None]
    lean = round_ * on
    lean[:, 1] += path(45, BOW)
    found = sit(drill, leaning(*lean.T))
    assert found.runs[0]["ended"] == "time"
    assert degrees(found["tracking_error"][0]) < 1.0
    assert found["time_on_target"][0] > 0.95
    assert found["tracking_lag"] == pytest.approx([0.0], abs=0.05)
    assert found["pelvis_circles"] == pytest.approx([30.0 / task.period], abs=0.3)
