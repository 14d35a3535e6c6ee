"""The cutting law: the same samples cut otherwise give the same output, to the bit."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from surefoot import stream
from surefoot.analysis import Calibration, Target, rotation_from_up
from surefoot.core import Block, StreamInfo
from surefoot.stream import (
    Calibrate,
    Chain,
    Lowpass,
    Orientation,
    PhaseMeter,
    Pressure,
    QualityMeter,
    RepetitionMeter,
    RestWindow,
    RockAxis,
    StepMeter,
    SteppedOff,
    Stillness,
    SwayMeter,
    TiltMeter,
    ToBoard,
    TrunkMeter,
    Unloaded,
    WindowMeter,
    ZigZag,
    ZoneCue,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RATE = 100.0
TARGET = Target(math.radians(4), "ml", (-0.25, 0.25))
ROUND = Target(math.radians(4), "both", (-0.25, 0.25))
ASIDE = Target(math.radians(4), "ml", (-0.25, 0.25), at=(0.1, 0.0))
ROTATION = rotation_from_up([0.3, -0.2, 0.9])
CALIBRATION = Calibration(
    gyr_bias=(0.01, -0.02, 0.005),
    acc_bias=(0.1, 0.02, -0.07),
    acc_matrix=((1.01, 0.002, 0.0), (0.0, 0.99, -0.003), (0.001, 0.0, 1.02)),
)

_AXES = tuple(f"{quantity}_{axis}" for quantity in ("acc", "gyr") for axis in "xyz")
IMU = StreamInfo("board/imu", _AXES, ("m/s^2",) * 3 + ("rad/s",) * 3, RATE)
ACC = StreamInfo("board/imu", _AXES[:3], ("m/s^2",) * 3, RATE)
UP = StreamInfo("board/up", ("u_x", "u_y", "u_z"), ("1",) * 3, RATE)
FORCES = StreamInfo(
    "board/force",
    tuple(f"force_{c}" for c in ("tr", "br", "tl", "bl")),
    ("N",) * 4,
    RATE,
)
# so that random cells are loaded in most samples and empty in some
BOARD_CELLS = Calibration(
    cell_zero=(-1.5, -1.0, -1.2, -0.8),
    cell_scale=(30.0, 31.0, 29.5, 30.3),
    cop_gain=(1.02, 0.97),
    cop_offset=(0.003, -0.002),
)
COP = StreamInfo("board/cop", ("cop_ml", "cop_ap", "force_v"), ("m", "m", "N"), RATE)
SWUNG = StreamInfo("trunk/angle", ("ml", *_AXES[3:]), ("rad", *("rad/s",) * 3), RATE)
BENT = StreamInfo("trunk/angle", ("angle", "turn"), ("rad", "rad/s"), RATE, "world")
PLACE = StreamInfo("board/place", ("ml", "ap", "load"), ("m", "m", "N"), RATE)
TILT = StreamInfo("board/tilt", ("ml", "ap"), ("rad", "rad"), RATE, "board")


def _blocks(operator: Any, pieces: Sequence[Block]) -> list[bytes]:
    """Feed an operator; its output, joined."""
    told = [operator.feed(piece) for piece in pieces]
    return [
        b"".join(block.t.tobytes() for block in told),
        b"".join(np.ascontiguousarray(block.data).tobytes() for block in told),
    ]


def _measures(meter: Any, pieces: Sequence[Block]) -> list[str]:
    told = [repr(item) for piece in pieces for item in meter.feed(piece)]
    end = next((p.t[-1] for p in reversed(pieces) if len(p)), 0.0) + 0.01
    told += [repr(item) for item in meter.final(end)]
    return [*told, repr((meter.share, meter.inside, meter.contacts))]


def _events(cue: Any, pieces: Sequence[Block]) -> list[str]:
    return [repr(event) for piece in pieces for event in cue.feed(piece)]


def _turns(zigzag: Any, pieces: Sequence[Block]) -> list[str]:
    told = _events(zigzag, pieces)
    return [*told, repr((zigzag.count, zigzag.angle))]


def _moments(found: Any, pieces: Sequence[Block]) -> list[str]:
    told = [found.feed(piece) for piece in pieces]
    return [repr([t for t in told if t is not None]), repr(found.since)]


def _rest(window: Any, pieces: Sequence[Block]) -> list[str]:
    told = [window.feed(piece) for piece in pieces]
    found = [rest for rest in told if rest is not None]
    assert len(found) <= 1
    return [repr(found), repr((window.rest, window.refusal, window.still))]


def _moment(rock: Any, pieces: Sequence[Block]) -> list[str]:
    for piece in pieces:
        rock.feed(piece)
    moment = rock.moment([0.01, 0.0, -0.01])
    return [repr(None if moment is None else moment.tolist())]


def _live(meter: Any, pieces: Sequence[Block]) -> list[str]:
    return [repr(measure) for piece in pieces for measure in meter.feed(piece)]


def _steps(meter: Any, pieces: Sequence[Block]) -> list[str]:
    return [repr(t) for piece in pieces for t in meter.feed(piece)]


def _means() -> WindowMeter:
    return WindowMeter(
        lambda w: {"mean": float(w.data.mean())}, {"mean": "m"}, 1.0, 0.3
    )


def _quality(meter: Any, pieces: Sequence[Block]) -> list[str]:
    for piece in pieces:
        meter.feed(piece)
    return [repr(meter.summary(9.0))]


def _whole_path() -> Chain:
    return Chain(
        [Calibrate(CALIBRATION), Orientation(RATE), ToBoard(ROTATION), Lowpass()]
    )


@dataclass(frozen=True)
class Case:
    """Something under the law, the stream it takes and how its output is read."""

    name: str
    make: Callable[[], Any]
    info: StreamInfo
    read: Callable[[Any, Sequence[Block]], list[Any]]


CASES = [
    Case("calibrate", lambda: Calibrate(CALIBRATION), IMU, _blocks),
    Case("orientation", lambda: Orientation(RATE), IMU, _blocks),
    Case("orientation, plain", lambda: Orientation(RATE, compiled=False), IMU, _blocks),
    Case("orientation, acc only", lambda: Orientation(RATE), ACC, _blocks),
    Case("pressure", lambda: Pressure(BOARD_CELLS), FORCES, _blocks),
    Case("to board", lambda: ToBoard(ROTATION), UP, _blocks),
    Case("lowpass", Lowpass, TILT, _blocks),
    Case("lowpass, order 3", lambda: Lowpass(2.0, 3), IMU, _blocks),
    Case("chain", _whole_path, IMU, _blocks),
    Case("chain, acc only", _whole_path, ACC, _blocks),
    Case("tilt meter", lambda: TiltMeter(0.5, TARGET), TILT, _measures),
    Case("tilt meter, round", lambda: TiltMeter(0.5, ROUND, 6.0), TILT, _measures),
    Case("zone cue", lambda: ZoneCue(0.2, TARGET), TILT, _events),
    Case("zone cue, round", lambda: ZoneCue(0.2, ROUND, 0.1, 7.0), TILT, _events),
    Case("tilt meter, aside", lambda: TiltMeter(0.5, ASIDE), TILT, _measures),
    Case("zone cue, aside", lambda: ZoneCue(0.2, ASIDE, unit="m"), TILT, _events),
    Case("stepped off", lambda: SteppedOff(0.3, TARGET), TILT, _moments),
    Case("zig-zag", lambda: ZigZag(0.2), TILT, _turns),
    Case("zig-zag, back", lambda: ZigZag(0.1, "ml", -1, 0.2, 7.0), TILT, _turns),
    Case("rest", lambda: RestWindow(0.2), IMU, _rest),
    Case("rest, short", lambda: RestWindow(0.2, 0.75, 3.0), IMU, _rest),
    Case("rest, acc only", lambda: RestWindow(0.2), ACC, _rest),
    Case("rock axis", lambda: RockAxis(0.3, 6.0), IMU, _moment),
    Case("window", _means, TILT, _live),
    Case("sway meter", lambda: SwayMeter(window=2.0), COP, _live),
    Case("sway meter, as it is", lambda: SwayMeter(None, 1.0, 0.4), COP, _live),
    Case("trunk meter", lambda: TrunkMeter(2.0), ACC, _live),
    Case("trunk meter, of a run", lambda: TrunkMeter(1.0, 0.7), IMU, _live),
    Case("phases", lambda: PhaseMeter(0.1), SWUNG, _live),
    Case("unloaded", lambda: Unloaded(0.3, 0.2), PLACE, _moments),
    Case("steps", lambda: StepMeter(0.3, "turn"), BENT, _steps),
    Case("stillness", Stillness, BENT, _blocks),
    Case("stillness, in place", lambda: Stillness(0.05), BENT, _blocks),
    Case("repetitions", lambda: RepetitionMeter(0.1), BENT, _live),
    Case(
        "repetitions, of a run",
        lambda: RepetitionMeter(0.2, start=0.5, end=7.0),
        BENT,
        _live,
    ),
    Case("quality", lambda: QualityMeter(0.3, RATE, 8.0), IMU, _quality),
]


def _signal(info: StreamInfo, seed: int, seconds: int, gaps: Sequence[float]) -> Block:
    """Spells of stillness and of movement, on an edge or not, with gaps in time."""
    rng = np.random.default_rng(seed)
    n = int(seconds * RATE)
    lively = np.repeat(rng.choice([0.0, 0.05, 1.0], seconds, p=[0.6, 0.1, 0.3]), 100)
    wave = np.cumsum(rng.standard_normal((n, 6)), axis=0) * 0.02 * lively[:, None]
    noise = rng.standard_normal((n, 6)) * 1e-3
    moved = wave + noise
    if info is TILT:
        resting = np.repeat(rng.choice([0.0, 0.1, 0.24, -0.25], seconds), 100)
        data = moved[:, :2] + resting[:, None] * [1.0, 0.05]
    elif info is SWUNG:
        angle = 0.2 * np.sin(np.arange(n) / RATE * 2 * np.pi * 0.8)
        rates = np.gradient(angle, 1 / RATE)[:, None] * [0.6, 0.8, 0.0]
        data = np.column_stack([angle + moved[:, 0], rates + moved[:, 1:4]])
    elif info is BENT:
        angle = 0.2 * (1 - np.cos(np.arange(n) / RATE * 2 * np.pi * 0.4))
        speed = np.abs(np.gradient(angle, 1 / RATE))
        data = np.column_stack([angle, speed]) + moved[:, :2] * 0.3
    elif info is PLACE:
        load = np.repeat(rng.choice([700.0, 20.0], seconds, p=[0.7, 0.3]), 100)
        data = np.column_stack([moved[:, :2] * 0.1, load + moved[:, 2]])
    elif info is UP:
        data = moved[:, :3] + [0.3, -0.2, 0.9]
    else:
        steady = np.array([2.9, -1.96, 8.8, 0.01, 0.0, -0.02])
        data = (moved + steady)[:, : len(info.channels)]
    t = np.arange(n) / RATE
    for gap in gaps:
        t[int(rng.integers(1, n)) :] += gap
    return Block(info, t, np.ascontiguousarray(data))


def _cut(block: Block, cuts: Sequence[int]) -> list[Block]:
    places = [0, *sorted(c % (len(block) + 1) for c in cuts), len(block)]
    return [block[a:b] for a, b in pairwise(places)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    seconds=st.integers(1, 8),
    gaps=st.lists(st.sampled_from([0.03, 0.15, 0.3, 0.9, 1.5, 3.0]), max_size=4),
    cuts=st.lists(st.integers(0, 800), max_size=40),
)
@example(seed=1, seconds=5, gaps=[0.15, 1.5], cuts=list(range(501)))
@example(seed=4, seconds=8, gaps=[], cuts=[0, 0, 1, 2, 2, 3, 800, 799])
def test_any_cutting_gives_the_same_bits(
    case: Case, seed: int, seconds: int, gaps: list[float], cuts: list[int]
) -> None:
    block = _signal(case.info, seed, seconds, gaps)
    subject = case.make()
    whole = case.read(subject, [block])
    assert case.read(case.make(), _cut(block, cuts)) == whole
    subject.reset()
    assert case.read(subject, _cut(block, cuts)) == whole, "reset() is not as new"


def test_every_operator_and_meter_is_under_the_law() -> None:
    made = {type(case.make()).__name__ for case in CASES}
    assert made == set(stream.__all__) - {"Repeated", "Rest"}  # values, not meters


def test_the_signals_exercise_the_rules() -> None:
    """The law says nothing about meters that never find anything."""
    found: dict[str, bool] = {}
    for case in CASES:
        if case.read is _blocks or case.read is _quality:
            continue
        told = [
            case.read(case.make(), [_signal(case.info, seed, 8, [])])
            for seed in range(12)
        ]
        found[case.name] = len({repr(t) for t in told}) > 1
    assert all(found.values()), found
