"""The dot in a zone, on a moving target, and standing with nothing shown."""

from __future__ import annotations

from math import pi, radians, sqrt

import numpy as np
import pytest

from surefoot.training import Grade
from surefoot.training.task import Follow, Hold, Stand

START = 2.0


def test_a_board_that_is_level_half_of_the_time(made, seconds) -> None:
    t = seconds(30)
    case = made(Hold(), edges=(-0.4, 0.4), axis="ml")
    case.feed(case.block(np.where(t % 2 < 1, 0.0, radians(8)), 0.0 * t))
    values = case.values()
    assert values["time_in_zone"] == pytest.approx(0.5, abs=0.01)
    assert values["tilt_rms"] == pytest.approx(radians(8) / sqrt(2), rel=0.01)
    assert values["edge_contacts"] == 0
    cues = case.named("cue")
    assert len(cues) == 15  # one a second outside, 0.4 s after it began
    assert cues[0].t == pytest.approx(START + 1.4, abs=0.011)
    assert cues[0].detail == {"side": "right", "deg": 8.0}
    score = case.result().score
    assert (score.kept, score.measure) == (values["time_in_zone"], "time_in_zone")
    assert score.zone == radians(5)


def test_a_zone_aside_is_about_its_own_middle(made, seconds) -> None:
    t = seconds(30)
    case = made(Hold(at=(radians(6), 0.0)), edges=(-0.4, 0.4), axis="ml")
    case.feed(case.block(radians(6) + radians(2) * np.sin(t), 0 * t))
    assert case.values()["time_in_zone"] == 1.0
    assert case.named("cue") == []
    assert case.run.aim(START).at == (radians(6), 0.0)
    assert case.run.suggested_zone(START + 30) == pytest.approx(radians(2), rel=0.1)
    assert case.run.suggested_zone(START) is None
    still = made(Hold(), edges=(-0.4, 0.4))
    still.feed(still.block(0 * t, 0 * t))
    assert still.run.suggested_zone(START + 30) == radians(1)  # the floor


@pytest.mark.parametrize(("signal", "size"), [("lean", radians(8)), ("cop", 0.03)])
def test_a_zone_for_a_body_and_for_a_weight(made, seconds, signal, size) -> None:
    t = seconds(30)
    ml = np.where(t % 2 < 1, 0.0, size)
    rest = (9.0, 0.1) if signal == "lean" else (700.0,)
    case = made(Hold(), signal, zone=size / 2)
    case.feed(case.block(ml, 0 * t, *rest))
    values = case.values()
    assert values["time_in_zone"] == pytest.approx(0.5, abs=0.01)
    assert case.run.share == pytest.approx(0.5, abs=0.01)
    assert len(case.named("cue")) == 15
    if signal == "lean":
        assert values["trunk_angle_rms"] == pytest.approx(size / 2, rel=0.01)
        assert case.named("cue")[0].detail["deg"] == 8.0
    else:
        assert values["sway_range_ml"] == pytest.approx(0.03)
        assert case.named("cue")[0].detail["mm"] == 30.0
    live = {m.name for m in case.run.measures}
    assert live == {"time_in_zone"}


def test_stepping_off_a_force_board_ends_the_set_where_the_load_went(
    made, seconds
) -> None:
    t = seconds(30)
    case = made(Hold(), "cop", zone=0.02)
    over = case.feed(case.block(0 * t, 0 * t, np.where(t < 20, 700.0, 10.0)))
    assert over == pytest.approx(START + 20.7, abs=0.011)
    found = case.result()
    assert (found.ended, found.end) == ("stepped-off", pytest.approx(START + 20))
    assert found.verdict.grade is Grade.FAIR
    hop = made(Hold(), "cop", zone=0.02)
    assert hop.feed(hop.block(0 * t, 0 * t, np.where(t % 5 < 4.5, 700.0, 0.0))) is None


def test_who_follows_exactly_has_no_error_and_who_is_late_a_known_one(
    made, seconds
) -> None:
    t = seconds(32)
    task = Follow("sine-ml", radians(5), 8.0)
    exact = made(task, duration=32, zone=radians(1), axis="ml", edges=(-0.4, 0.4))
    exact.feed(exact.block(radians(5) * np.sin(2 * pi * t / 8), 0 * t))
    values = exact.values()
    assert values["tracking_error"] < 1e-9
    assert values["time_on_target"] == 1.0
    # the dot was filtered, the target is filtered alike for the lag: here only one is
    assert values["tracking_lag"] == pytest.approx(-0.04, abs=0.02)
    late = made(task, duration=32, zone=radians(1), axis="ml", edges=(-0.4, 0.4))
    late.feed(late.block(radians(5) * np.sin(2 * pi * (t - 0.5) / 8), 0 * t))
    values = late.values()
    expected = radians(5) * sqrt(1 - np.cos(2 * pi * 0.5 / 8))
    assert values["tracking_error"] == pytest.approx(expected, rel=0.01)
    assert values["tracking_lag"] == pytest.approx(0.46, abs=0.02)
    assert late.run.share == pytest.approx(values["time_on_target"], abs=0.01)
    assert late.result().score.kept == values["time_on_target"]
    assert len(late.named("cue")) > 0


def test_who_stands_still_misses_a_moving_target(made, seconds) -> None:
    t = seconds(32)
    case = made(Follow("circle", radians(5), 8.0), duration=32, zone=radians(2))
    case.feed(case.block(0 * t, 0 * t))
    values = case.values()
    assert values["tracking_error"] == pytest.approx(radians(5), rel=0.05)
    assert values["time_on_target"] < 0.05
    assert np.isnan(values["tracking_lag"])


def test_a_walk_is_the_same_for_one_seed_only(made, seconds) -> None:
    t = seconds(30)
    places = []
    for seed in (1, 1, 2):
        case = made(Follow("walk", radians(5), 8.0), seed=seed)
        places.append([case.run.aim(START + x).at for x in t[::50]])
    assert places[0] == places[1] != places[2]
    assert np.hypot(*np.array(places).reshape(-1, 2).T).max() <= radians(5) + 1e-12


def test_edge_contacts_count_while_a_target_is_followed(made, seconds) -> None:
    t = seconds(30)
    case = made(Follow("sine-ml", radians(5), 8.0), axis="ml", edges=(-0.2, 0.2))
    case.feed(case.block(np.where(t % 10 < 1, 0.21, 0.0), 0 * t))
    assert len(case.named("edge-contact")) == 3
    assert case.values()["edge_contacts"] == 3
    assert case.run.target.zone == np.inf  # what is analysed has no zone about level


def test_a_stance_held_as_long_as_possible_counts_however_short(made, seconds) -> None:
    t = seconds(45)
    case = made(Stand(best=True), "lean", duration=45)
    case.feed(case.block(0.01 * np.sin(t), 0 * t, 0.0, 0.0)[:430])
    assert case.key(START + 4.3, "error", "foot down") == START + 4.3
    assert case.run.why == "error"
    found = case.result()
    assert found.verdict.grade is Grade.GOOD
    values = {m.name: m.value for m in found.measures}
    assert values["stance_time"] == pytest.approx(4.3)
    assert found.score.kept == pytest.approx(4.3 / 45)
    assert found.invalid == ""  # it counts: that is how long it was held
    stopped = case.result(end=START + 4.3, ended="key")
    assert stopped.verdict.grade is Grade.GOOD
    assert case.result(end=START + 4.3, ended="pain").measures == ()
    assert case.run.hides
    assert case.run.aim(START + 1) is None
    assert case.feed(case.block(0 * t, 0 * t, 0.0, 0.0)[430:]) == START + 4.3


def test_a_stance_that_only_a_person_watches(made) -> None:
    case = made(Stand(best=True), "none", duration=45)
    case.key(START + 17.5, "error")
    found = case.result()
    assert found.verdict.grade is Grade.GOOD
    assert {m.name: m.value for m in found.measures} == {"stance_time": 17.5}
    assert found.measures[0].flags == ("PROVISIONAL",)


def test_errors_are_counted_to_the_most_and_the_stance_goes_on(made, seconds) -> None:
    t = seconds(20)
    case = made(Stand(errors=True, most_errors=10), "lean", duration=20)
    block = case.block(0.01 * np.sin(t), 0 * t, 0.0, 0.0)
    case.feed(block[:1000])
    for i in range(13):
        assert case.key(START + i, "error", "hands off hips") is None
    case.feed(block[1000:])
    assert case.values()["stance_errors"] == 10
    assert [e.detail["count"] for e in case.named("error")] == list(range(1, 11))
    assert case.result().score.kept == 0.0


def test_a_quiet_stance_that_is_not_valid_has_no_score(made, seconds) -> None:
    t = seconds(60)
    case = made(Stand(), "cop", duration=60, primary="mean_velocity")
    case.feed(case.block(0.005 * np.sin(2 * pi * t), 0 * t, 700.0))
    values = case.values()
    assert values["mean_velocity"] == pytest.approx(4 * 0.005, rel=0.01)
    score = case.result().score
    assert (score.kept, score.measure) == (None, "mean_velocity")
    assert (score.value, score.reason) == (values["mean_velocity"], "")
    gone = case.result(end=START + 40, ended="invalid")
    assert (gone.verdict.grade, gone.measures) == (Grade.NOT_SCORED, ())
    assert "not a valid trial" in gone.score.reason


def test_lost_samples_are_said_before_any_number(made, seconds) -> None:
    t = seconds(30)
    case = made(Hold(), edges=(-0.4, 0.4))
    block = case.block(0 * t, 0 * t)
    for first in range(0, len(t), 100):
        case.feed(block[first : first + 93])
    score = case.result().score
    assert score.kept is None
    assert np.isnan(score.value)
    assert score.reason.startswith("not scored: 7 % of samples lost")


def test_without_anybody_looking_only_the_end_and_the_quality_are_found(
    made,
    seconds,
) -> None:
    t = seconds(30)
    case = made(Hold(), edges=(-0.2, 0.2), axis="ml", live=False)
    looked = made(Hold(), edges=(-0.2, 0.2), axis="ml")
    block = case.block(np.where(t < 20, 0.1, 0.2), 0 * t)
    assert case.feed(block) == looked.feed(block) == pytest.approx(START + 21.5)
    assert case.told == []
    assert case.result().measures == ()
    assert case.result().verdict == looked.result().verdict
    assert looked.named("cue")
