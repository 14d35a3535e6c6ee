"""The cutting law for the runs of all tasks: cut anyhow, the same to the last bit."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from itertools import pairwise
from math import pi, radians
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from surefoot.core import Block, StreamInfo
from surefoot.session.tasks.making import RUNS, make_run
from surefoot.training import task as asked
from surefoot.training import watching
from surefoot.training.task import Stage
from surefoot.training.template import plain_template

if TYPE_CHECKING:
    from collections.abc import Sequence

RATE = 50.0
START, SECONDS = 1.0, 24
LEAN = ("ml", "ap", "acc", "turn")
INFOS = {
    "tilt": StreamInfo("board/tilt", ("ml", "ap"), ("rad",) * 2, RATE, "board"),
    "lean": StreamInfo(
        "trunk/tilt", LEAN, ("rad", "rad", "m/s^2", "rad/s"), RATE, "world"
    ),
    "cop": StreamInfo("board/place", ("ml", "ap", "load"), ("m", "m", "N"), RATE),
    "angle": StreamInfo(
        "trunk/angle", ("angle", "turn"), ("rad", "rad/s"), RATE, "world"
    ),
}
EDGES = (-0.2, 0.2)
MANY = 60 if os.environ.get("SUREFOOT_SOAK") == "1" else 4


@dataclass(frozen=True)
class Case:
    """A task on a signal."""

    name: str
    task: asked.Task
    signal: str
    axis: str = "both"


QUICK = (1.5, 0.3, 1.5)
CASES = [
    Case("hold", asked.Hold(), "tilt", "ml"),
    Case("hold, round, aside", asked.Hold((0.02, 0.01)), "tilt"),
    Case("hold, lean", asked.Hold(), "lean", "ap"),
    Case("hold, weight", asked.Hold(), "cop"),
    Case("follow, sine", asked.Follow("sine-ml", 0.08, 6.0), "tilt", "ml"),
    Case("follow, walk", asked.Follow("walk", 0.08, 6.0), "tilt"),
    Case("follow, weight", asked.Follow("circle", 0.08, 6.0), "cop"),
    Case("stand", asked.Stand(), "cop"),
    Case("stand, tilt", asked.Stand(), "tilt"),
    Case("stand, best", asked.Stand(best=True), "lean"),
    Case("stand, errors", asked.Stand(errors=True), "lean"),
    Case("reach", asked.Reach((0.0, pi / 2, pi), 2.0, 0.5), "lean"),
    Case("reach, weight", asked.Reach((0.0, pi / 2), 3.0, 0.3), "cop"),
    Case("repeat", asked.Repeat(3, radians(30), 1.0, QUICK), "angle"),
    Case("capture", asked.Repeat(3, capture=True, tempo=QUICK), "angle"),
    Case("stretch", asked.Stretch(2, 1.0), "angle"),
    Case("reposition", asked.Reposition(1, 2, radians(25), 0.4), "angle"),
    Case("land", asked.Land("time", 2.0, 6.0), "lean"),
    Case("walk", asked.Walk(6), "lean"),
]


def _signal(case: Case, seed: int, gaps: Sequence[float]) -> Block:
    """Movement and rest by turns, with gaps; from before the start on."""
    rng = np.random.default_rng(seed)
    n = round(SECONDS * RATE)
    t = np.arange(n) / RATE
    spells = np.repeat(rng.choice([0.0, 0.3, 1.0], SECONDS), int(RATE))
    wave = np.cumsum(rng.standard_normal((n, 2)), axis=0) * 0.01 * spells[:, None]
    if case.signal == "angle":
        deep = np.repeat(rng.choice([0.0, 1.0, 1.0, 1.3], SECONDS // 4), int(4 * RATE))
        there = np.minimum(1 - np.cos(2 * pi * t / 4), 1.4)
        angle = deep * 0.31 * there + 0.02 * wave[:, 0]
        data = np.column_stack([angle, np.abs(np.gradient(angle) * RATE)])
    elif case.signal == "lean":
        hits = np.where(rng.random(n) < 0.02, 9.0, 0.0)
        acc = hits + np.sin(2 * pi * t) * spells
        turn = np.abs(np.gradient(wave[:, 0]) * RATE)
        data = np.column_stack([wave, acc, turn])
    elif case.signal == "cop":
        load = np.where(t < rng.uniform(5, 40), 700.0, 5.0)
        data = np.column_stack([wave * 0.3, load])
    else:
        resting = np.repeat(rng.choice([0.0, 0.0, 0.19], SECONDS), int(RATE))
        data = wave + resting[:, None] * [1.0, 0.0]
    t = t + START - 0.5
    for gap in gaps:
        t[int(rng.integers(1, n)) :] += gap
    return Block(INFOS[case.signal], t, np.ascontiguousarray(data))


def _told(case: Case, block: Block, cuts: Sequence[int], *, zone: float) -> list[str]:
    """Feed a run, with keys and ticks where the signal says; all that it tells."""
    drill = replace(
        watching(), schema=2, signal=case.signal, axis=case.axis, cue_after=0.4
    )
    stage = Stage("", (), case.task, duration=20.0)
    edges = EDGES if case.signal == "tilt" else None
    kind = case.signal == "angle"
    template = plain_template(radians(30), QUICK) if kind else None
    run = make_run(
        drill, stage, INFOS[case.signal], START, zone, edges, seed=7, template=template
    )
    keys = [200, 430, 431, 640, 900]  # commands and ticks: cut points in every cutting
    places = sorted({0, len(block), *keys, *(c % (len(block) + 1) for c in cuts)})
    told: list[str] = []
    for first, last in pairwise(places):
        told.append(repr(run.feed(block[first:last], START + 20.0)))
        if last in keys:
            now = float(block.t[last - 1]) + 0.001
            run.tick(now)
            what = ("step", "misstep", "error", "there", "step")[keys.index(last)]
            told.append(repr(run.told(now, {"do": "count", "what": what})))
    told = [one for one in told if one != "None"]
    end = START + 20.0 if run.over is None else run.over
    result = run.result(end, run.why or "time", [])
    shown = (run.cue, run.share, run.hides, run.suggested_zone(end))
    measures = [repr(m) for m in run.measures]
    events = [repr(e) for e in run.events]
    return [*told, *events, *measures, repr(result), repr(shown), repr(run.aim(end))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@settings(max_examples=MANY, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    gaps=st.lists(st.sampled_from([0.03, 0.15, 0.3, 0.9, 1.5]), max_size=3),
    cuts=st.lists(st.integers(0, 1200), max_size=30),
    zone=st.sampled_from([0.02, 0.06]),
)
@example(seed=1, gaps=[], cuts=list(range(1201)), zone=0.05)
@example(seed=2, gaps=[0.15], cuts=list(range(0, 1201, 7)), zone=0.05)
def test_any_cutting_gives_the_same_run(
    case: Case, seed: int, gaps: list[float], cuts: list[int], zone: float
) -> None:
    block = _signal(case, seed, gaps)
    whole = _told(case, block, [], zone=zone)
    assert _told(case, block, cuts, zone=zone) == whole


def test_every_task_is_under_the_law() -> None:
    assert {type(case.task) for case in CASES} == set(RUNS)


def test_the_signals_exercise_the_tasks() -> None:
    """The law says nothing about runs in which nothing happens."""
    events: dict[str, set[str]] = {}
    for case in CASES:
        told = [_told(case, _signal(case, s, []), [], zone=0.05) for s in range(8)]
        events[case.name] = {
            one.split("name='")[1].split("'")[0]
            for lines in told
            for one in lines
            if one.startswith("Event(")
        }
        assert len({lines[-3] for lines in told}) > 1, case.name
    assert {"cue", "in-zone", "edge-contact"} <= events["hold"]
    assert {"cue", "in-zone"} <= events["follow, walk"]
    assert {"target", "middle", "reached"} <= events["reach"]
    assert "repetition" in events["repeat"]
    assert events["capture"] & {"template", "template-refused"}
    assert {"hold", "too-fast"} <= events["stretch"]
    assert {"learned", "there"} <= events["reposition"]
    assert {"target", "cue", "contact"} <= events["land"]
    assert {"step", "misstep"} <= events["walk"]
    assert "error" in events["stand, errors"]
