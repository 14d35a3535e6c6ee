"""What several sets say together, and what else the signals give."""

from __future__ import annotations

from dataclasses import replace
from math import pi, radians

import numpy as np
import pytest

from surefoot.core import Measure
from surefoot.session.snapshot import Result
from surefoot.session.tasks.together import together
from surefoot.training import judge
from surefoot.training.task import Follow, Hold, Stage, Stand

GOOD = judge(0.0, 0.01)


def area(value: float) -> tuple[Measure, ...]:
    name = "prediction_ellipse_area"
    return (Measure(name, value, "m^2", 0.0, 30.0, "board/place"),)


def stood(surface: str, vision: str, value: float, n: int = 0):
    stage = Stage("", (("surface", surface), ("vision", vision)), Stand())
    return stage, Result(GOOD, area(value), "time", start=40.0 * n, end=40.0 * n + 30)


FOUR = [
    stood("firm", "open", 1e-4, 0),
    stood("firm", "closed", 2e-4, 1),
    stood("foam", "open", 3e-4, 2),
    stood("foam", "closed", 9e-4, 3),
]


def test_four_ways_of_standing_have_composites() -> None:
    told = {m.name: m.value for m in together(FOUR)}
    assert told["mctsib_mean"] == pytest.approx(15e-4 / 4)
    assert told["mctsib_visual"] == pytest.approx(1.0)
    assert told["mctsib_proprioceptive"] == pytest.approx(2.0)
    assert told["mctsib_vestibular"] == pytest.approx(8.0)
    first = together(FOUR)[0]
    assert (first.t0, first.t1, first.unit) == (0.0, 150.0, "m^2")


def test_a_condition_that_is_missing_or_not_valid_gives_none() -> None:
    assert together(FOUR[:3]) == ()
    stage, result = FOUR[3]
    assert together([*FOUR[:3], (stage, replace(result, invalid="stepped"))]) == ()
    assert together([]) == ()
    again = stood("firm", "open", 3e-4, 4)
    mean = {m.name: m.value for m in together([*FOUR, again])}["mctsib_mean"]
    assert mean == pytest.approx(16e-4 / 4)


def test_both_sides_are_compared_by_their_ranges() -> None:
    def repeated(side: str, ranges: list[float]):
        details = tuple((f"repetition {i}, range", x) for i, x in enumerate(ranges))
        result = Result(GOOD, area(1.0), "done", details=details)
        return Stage("", (), Stand(), side=side), result

    left, right = repeated("left", [1.2] * 4), repeated("right", [0.8] * 3)
    (index,) = together([left, right])
    assert (index.name, index.value) == ("repetition_symmetry", pytest.approx(0.4))
    assert together([left, repeated("right", [0.8] * 2)]) == ()
    assert together([left]) == ()


def test_a_pelvis_that_goes_round_has_circles_where_the_drill_asks(
    made, seconds
) -> None:
    t = seconds(30)
    round_ = radians(5) * np.sin(2 * pi * t / 5), radians(5) * np.cos(2 * pi * t / 5)
    asked = ("pelvis_circles", "pelvis_roundness", "pelvis_range_ml")
    case = made(Follow("circle", radians(5), 5.0), "lean", measures=asked)
    case.feed(case.block(*round_, 0.0, 0.0))
    values = case.values()
    assert values["pelvis_circles"] == pytest.approx(6.0, abs=0.05)
    assert values["pelvis_roundness"] == pytest.approx(1.0, abs=0.01)
    assert "trunk_angle_rms" not in values
    still = made(Hold(), "lean", measures=("pelvis_range_ml",))
    still.feed(still.block(*round_, 0.0, 0.0))
    assert still.values()["pelvis_range_ml"] == pytest.approx(radians(10), rel=0.01)


def test_a_weight_to_and_fro_has_speed_and_straightness(made, seconds) -> None:
    t = seconds(32)
    task = Follow("steps-ml", 0.05, 8.0)
    case = made(task, "cop", duration=32, zone=0.02, axis="ml")
    case.feed(case.block(0.05 * np.sin(2 * pi * t / 8), 0 * t, 700.0))
    found = {m.name: m for m in case.result().measures}
    assert found["shift_directional_control"].value == pytest.approx(1.0)
    speed = 4 * 0.05 / (0.55 * 1.7) / 8
    assert found["shift_velocity"].value == pytest.approx(speed, rel=0.01)
    assert "HEIGHT_ASSUMED" in found["shift_velocity"].flags
    told = made(task, "cop", duration=32, zone=0.02, axis="ml", height=1.7)
    told.feed(told.block(0.05 * np.sin(2 * pi * t / 8), 0 * t, 700.0))
    assert not any("HEIGHT_ASSUMED" in m.flags for m in told.result().measures)


def test_a_dot_that_carries_accelerations_gives_the_sway_of_the_trunk(
    made, seconds
) -> None:
    t = seconds(30)
    case = made(Stand(), "lean-acc", primary="trunk_jerk")
    sway = 0.2 * np.sin(2 * pi * t)
    # worn turned: gravity along y, sway along z
    case.feed(case.block(0 * t, 0 * t, 0.0, 0.0, 0 * t, 9.80665, sway))
    values = case.values()
    assert values["trunk_jerk_rate"] == pytest.approx((pi * 0.2) ** 2, rel=0.03)
    assert values["trunk_rms"] == pytest.approx(0.2 / np.sqrt(2), rel=0.03)
    assert case.result().score.measure == "trunk_jerk"


def held(
    seconds: float, errors: float, task: Stand, title: str = "", invalid: str = ""
):
    told = (
        Measure("stance_time", seconds, "s", 0.0, seconds, "trunk/tilt"),
        Measure("stance_errors", errors, "1", 0.0, seconds, "trunk/tilt"),
    )
    result = Result(GOOD, told, "time", start=0.0, end=seconds, invalid=invalid)
    return Stage(title, (), task), result


def test_the_best_try_counts_for_each_part_also_one_that_was_ended() -> None:
    best = Stand(best=True)
    done = [
        held(12.0, 0, best, "left", invalid="stepped"),
        held(20.0, 0, best, "left", invalid="stepped"),
        held(45.0, 0, best, "right"),
    ]
    assert [m.value for m in together(done)] == [20.0, 45.0]
    assert together([held(12.0, 0, Stand())]) == ()


def test_the_errors_of_all_parts_are_added_up_but_not_of_what_does_not_count() -> None:
    task = Stand(errors=True)
    done = [held(20.0, 3, task), held(20.0, 4, task), held(20.0, 9, task, "", "moved")]
    (total,) = together(done)
    assert (total.name, total.value) == ("stance_errors_total", 7.0)
