"""Real boards scored by the drills of the catalogue: each fits what it was made for."""

from __future__ import annotations

import json
from math import radians

import numpy as np
import pytest

from surefoot.analysis import rotation_from_up
from surefoot.analysis.repetitions import find_repetitions
from surefoot.core import Block, StreamInfo
from surefoot.session.motion import BoardTilt
from surefoot.session.setup import load_drill
from surefoot.session.tasks import make_run
from surefoot.stream import Orientation
from surefoot.training.task import Repeat, Stage

RATE = 100.0
KINDS = ("B", "S", "FB", "R", "G")  # balance, side to side, front to back, round, other
SECONDS = 30.0
START = 10.0  # the first seconds are getting on
ACC = StreamInfo("board/imu", ("acc_x", "acc_y", "acc_z"), ("m/s^2",) * 3, RATE)


def tilts(folder) -> dict[str, list[Block]]:
    """Return the tilt of each recording as the live picture would have it."""
    found: dict[str, list[Block]] = {}
    for kind in KINDS:
        for path in sorted((folder / "wobbleboard" / kind).glob("*.json")):
            told = json.loads(path.read_text())["data"]
            acc = np.stack([told[k] for k in "xyz"], axis=1) * 9.80665e-3
            t = np.arange(len(acc)) / RATE
            up = Orientation(RATE).feed(Block(ACC, t, np.ascontiguousarray(acc)))
            level = rotation_from_up(np.median(up.data, axis=0))
            found.setdefault(kind, []).append(BoardTilt(level).feed(up))
    return found


@pytest.fixture(scope="module")
def moved(data) -> dict[str, list[Block]]:
    return tilts(data)


def result_of(name: str, tilt: Block):
    drill = load_drill(name)
    run = make_run(drill, drill.stages[0], tilt.info, START, drill.zone, None)
    over = run.feed(tilt, START + SECONDS)
    return run.result(over or START + SECONDS, run.why or "time", [])


def values_of(result) -> dict[str, float]:
    return {m.name: m.value for m in result.measures}


def kept(name: str, tilts: list[Block]) -> list[float]:
    return [result_of(name, tilt).score.kept for tilt in tilts]


def test_balancing_scores_best_in_the_hold_drill(moved) -> None:
    scores = {kind: kept("wobble-hold-level", tilts) for kind, tilts in moved.items()}
    best = min(scores.pop("B"))
    assert best > 0.65
    assert max(x for others in scores.values() for x in others) < best - 0.2
    assert max(scores["R"]) == 0.0  # who goes round is never level


@pytest.mark.parametrize(
    ("kind", "across", "along"),
    [
        ("S", "rocker-hold-level", "rocker-hold-level-ap"),
        ("FB", "rocker-hold-level-ap", "rocker-hold-level"),
    ],
)
def test_tilting_one_way_misses_the_drill_of_that_way_only(
    moved, kind, across, along
) -> None:
    for tilt in moved[kind]:
        moving, still = (result_of(name, tilt).score.kept for name in (across, along))
        assert moving < 0.3
        assert still > moving + 0.4


def test_slow_tilts_are_found_live_as_afterwards(moved) -> None:
    """Great ones in the drill of great ones; whoever balances makes small ones."""
    angle = StreamInfo("board/angle", ("angle", "turn"), ("rad", "rad/s"), RATE)
    task = Repeat(repetitions=30, range=radians(40), tempo=(4.0, 0.0, 4.0))
    stage = Stage("", (), task, duration=SECONDS)
    drill = load_drill("lift-and-bend")
    shares: dict[str, list[float]] = {}
    for kind, column in (("S", 0), ("FB", 1), ("B", 0), ("B", 1)):
        for tilt in moved[kind]:
            way = tilt.data[:, column].copy()
            data = np.column_stack([way, np.zeros(len(way))])
            run = make_run(drill, stage, angle, START, drill.zone, None)
            run.feed(Block(angle, tilt.t, data), START + SECONDS)
            values = values_of(run.result(START + SECONDS, "time", []))
            afterwards = find_repetitions(way[1000:4000], RATE, task.range)
            assert abs(values["repetition_count"] - len(afterwards)) <= 1
            for live, final in zip(run.done, afterwards, strict=False):
                assert live.extent == pytest.approx(final.extent, abs=radians(1.5))
            shares.setdefault(kind, []).append(
                values.get("repetition_range_share", 0.0)
            )
    assert max(shares["B"]) < 0.5 < min(shares["S"] + shares["FB"])


def test_nothing_here_followed_a_target_it_never_saw(moved) -> None:
    for kind in ("S", "R"):
        for name in ("rocker-game-sine", "wobble-game-circle"):
            assert max(kept(name, moved[kind])) < 0.7
    # near the middle much of a small target is met without following it
    assert min(kept("wobble-hold-level", moved["B"])) > max(
        kept("wobble-game-circle", moved["B"])
    )
