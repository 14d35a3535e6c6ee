"""Repetitions beside a template, each as soon as it is over, and the set of them."""

from __future__ import annotations

from math import degrees, radians

import numpy as np
import pytest

from surefoot.training.task import Repeat
from surefoot.training.template import (
    Template,
    captured,
    plain_template,
    template_of,
)

RATE = 100.0
START = 2.0
TASK = Repeat(repetitions=8, range=radians(40), portion=0.5, tempo=(3.0, 1.0, 3.0))
WAY = radians(20)


def eased(u):
    u = np.clip(u, 0, 1)
    return u**3 * (10 + u * (6 * u - 15))


def swings(ways, tempos, rest=1.0, noise=0.0, jerks=0.0):
    """Return angle and speed of smooth swings, one after the other, at 100 Hz."""
    pieces = [np.zeros(round(rest * RATE))]
    for way, (out, held, back) in zip(ways, tempos, strict=True):
        up = eased(np.arange(round(out * RATE)) / (out * RATE))
        if jerks:
            u = np.arange(len(up)) / len(up)
            up = up + jerks * np.sin(2 * np.pi * 5 * u) * u * (1 - u)
        down = 1 - eased(np.arange(round(back * RATE)) / (back * RATE))
        whole = [up, np.ones(round(held * RATE)), down, np.zeros(round(rest * RATE))]
        pieces += [way * part for part in whole]
    angle = np.concatenate(pieces)
    angle = angle + noise * np.random.default_rng(1).standard_normal(len(angle))
    return angle, np.abs(np.gradient(angle) * RATE)


def done(made, ways, tempos, task=TASK, **told):
    angle, speed = swings(ways, tempos, **told)
    case = made(task, "angle", duration=len(angle) / RATE)
    case.feed(case.block(angle, speed))
    return case


def test_eight_as_asked_are_all_clean_and_end_the_set(made) -> None:
    case = done(made, [WAY] * 8, [TASK.tempo] * 8, noise=1e-4)
    told = case.named("repetition")
    assert [e.detail["count"] for e in told] == list(range(1, 9))
    assert all(e.detail["clean"] for e in told)
    assert case.run.why == "done"
    # each is known within half a second of its end: 8 s from one to the next
    for i, event in enumerate(told):
        assert event.t == pytest.approx(START + 8 * (i + 1), abs=0.3)
        assert event.detail["deg"] == pytest.approx(20, abs=0.5)
        assert event.detail["out"] == pytest.approx(3.0, abs=0.2)
        assert event.detail["held"] == pytest.approx(1.0, abs=0.3)
        assert event.detail["back"] == pytest.approx(3.0, abs=0.2)
    values = case.values()
    assert values["repetition_count"] == 8
    assert values["repetition_clean_share"] == 1.0
    assert values["repetition_range"] == pytest.approx(WAY, rel=0.02)
    assert values["repetition_range_share"] == pytest.approx(1.0, abs=0.02)
    assert values["repetition_tempo_error"] < 0.06
    assert values["repetition_consistency"] > 0.999
    # by the 5 % rule, as the final values are told
    assert values["repetition_time_out"] == pytest.approx(0.88 * 3, abs=0.2)
    score = case.result().score
    assert (score.kept, score.measure) == (1.0, "repetition_clean_share")


def test_one_too_short_and_one_too_fast_are_told_and_not_clean(made) -> None:
    ways = [WAY, 0.7 * WAY, WAY, WAY, WAY, WAY, WAY, 1.2 * WAY]
    tempos = [TASK.tempo] * 8
    tempos[3] = (1.5, 1.0, 1.5)
    tempos[5] = (3.0, 0.0, 3.0)
    case = done(made, ways, tempos)
    clean = [e.detail["clean"] for e in case.named("repetition")]
    assert clean == [True, False, True, False, True, False, True, False]
    told = case.named("repetition")
    assert told[1].detail["share"] == pytest.approx(0.7, abs=0.02)
    assert told[3].detail["tempo_error"] == pytest.approx(0.5, abs=0.05)
    assert case.values()["repetition_clean_share"] == 0.5
    assert case.run.share == 0.5
    details = dict(case.result().details)
    assert details["repetition 2, range"] == pytest.approx(0.7 * WAY, rel=0.03)
    assert details["repetition 2, clean"] == 0.0


def test_jerky_repetitions_are_less_smooth_and_still_counted(made) -> None:
    smooth = done(made, [WAY] * 8, [TASK.tempo] * 8)
    jerky = done(made, [WAY] * 8, [TASK.tempo] * 8, jerks=0.15)
    assert len(jerky.named("repetition")) == 8
    assert jerky.values()["sparc"] < smooth.values()["sparc"] - 0.1


def test_what_was_not_done_is_not_clean(made) -> None:
    case = done(made, [WAY] * 5, [TASK.tempo] * 5)
    assert case.over is None
    assert case.values()["repetition_clean_share"] == 5 / 8
    nothing = done(made, [0.1 * WAY] * 3, [TASK.tempo] * 3)
    assert nothing.values() == {"repetition_count": 0, "repetition_clean_share": 0}
    assert nothing.result().score.kept == 0.0


def test_a_gap_makes_a_repetition_not_clean(made) -> None:
    angle, speed = swings([WAY] * 3, [TASK.tempo] * 3)
    case = made(TASK, "angle", duration=25.0)
    block = case.block(angle, speed)
    case.feed(block[:250])
    case.feed(block[285:])
    told = case.named("repetition")
    assert [e.detail["clean"] for e in told] == [False, True, True]
    assert told[0].detail["sparc"] is None


def test_the_picture_follows_the_trainee(made) -> None:
    angle, speed = swings([WAY] * 2, [TASK.tempo] * 2)
    case = made(TASK, "angle", duration=20.0)
    block = case.block(angle, speed)
    aim = case.run.aim(START)
    assert (aim.done, aim.of, aim.movement.part) == (0, 8, "rest")
    assert aim.movement.template[0] == (0.0, 0.0)
    assert max(a for _, a in aim.movement.template) == pytest.approx(WAY, rel=0.01)
    assert aim.movement.template[-1][0] == pytest.approx(7.0)
    case.feed(block[:250])
    aim = case.run.aim(START + 2.5)
    assert aim.movement.part == "out"
    assert 0 < aim.movement.turn_in < 2.5
    assert aim.movement.trace[-1][1] == pytest.approx(angle[249], abs=0.03)
    assert aim.at[1] > 0
    case.feed(block[250:450])
    assert case.run.aim(START + 5.0).movement.part == "hold"
    case.feed(block[450:850])
    aim = case.run.aim(START + 8.5)
    assert (aim.done, aim.movement.part) == (1, "rest")
    assert aim.say == "Begin when you are ready"


CAPTURE = Repeat(repetitions=4, capture=True, tempo=(4.0, 1.0, 4.0))


def test_a_template_is_captured_told_and_read_back(made) -> None:
    tempos = [(4.0, 1.0, 3.0)] * 4
    case = done(made, [radians(33)] * 4, tempos, CAPTURE, noise=2e-4)
    (event,) = case.named("template")
    found = case.run.captured
    assert template_of(event.detail) == found
    assert degrees(found.way) == pytest.approx(33, abs=0.5)
    assert found.tempo == pytest.approx((4.0, 1.0, 3.0), abs=0.3)
    assert found.at(0.5) == pytest.approx(1.0, abs=0.02)
    assert case.run.why == "done"
    assert case.result().score.kept is None
    assert "repetition_clean_share" not in case.values()
    # repeated along its own template everything is clean
    task = Repeat(repetitions=4, portion=1.0, tempo=(4.0, 1.0, 4.0))
    again = made(task, "angle", duration=60, template=found)
    again.feed(again.block(*swings([found.way] * 4, [task.tempo] * 4)))
    assert [e.detail["clean"] for e in again.named("repetition")] == [True] * 4


@pytest.mark.parametrize(
    ("ways", "tempo", "why"),
    [
        ([33, 33, 50, 33], (4.0, 1.0, 4.0), "different places"),
        ([33] * 4, (1.0, 0.5, 1.0), "too fast"),
    ],
)
def test_an_irregular_capture_is_refused_in_words(made, ways, tempo, why) -> None:
    case = done(made, np.radians(ways), [tempo] * 4, CAPTURE)
    (event,) = case.named("template-refused")
    assert why in event.detail["why"]
    assert case.run.captured is None
    assert case.named("template") == []


def test_movements_that_are_not_alike_make_no_template() -> None:
    once = np.sin(np.linspace(0, np.pi, 101))
    other = np.sin(np.linspace(0, 2 * np.pi, 101)) ** 2
    curves = np.array([once, other, once])
    assert "not alike" in captured(curves, [1.0] * 3, [(4.0, 1.0, 4.0)] * 3)
    assert "at least 3" in captured(curves[:2], [1.0] * 2, [(4.0, 1.0, 4.0)] * 2)


def test_a_template_from_another_body_is_scaled_and_keeps_its_shape() -> None:
    own = plain_template(radians(60), (4.0, 1.0, 4.0))
    taken = own.scaled(0.75)
    assert (taken.origin, taken.scale) == ("therapist", 0.75)
    assert taken.way == pytest.approx(radians(45))
    assert taken.points == own.points
    curve = taken.curve(0.5, (2.0, 1.0, 3.0))
    assert curve[-1] == (6.0, 0.0)
    assert max(a for _, a in curve) == pytest.approx(radians(22.5))
    assert curve[20][1] == pytest.approx(radians(22.5), rel=1e-3)  # out after 2 s
    with pytest.raises(Exception, match="expected 101 points"):
        Template((0.0, 1.0), 1.0, (1.0, 1.0, 1.0))
    with pytest.raises(Exception, match="capture it again"):
        template_of({"way": 1.0})
