"""The physical model: does it move, rest and measure as the real thing would?"""

from __future__ import annotations

from dataclasses import replace
from math import degrees, radians

import numpy as np
import pytest

from surefoot.virtual import PEOPLE, Person, World
from surefoot.virtual.mount import G
from surefoot.virtual.noise import STEP

EDGE = radians(15)


def standing(person: Person | str, seed: int = 0, settle: float = 4.0) -> World:
    world = World(person, seed)
    world.follow("start")
    world.advance(settle)
    return world


def grid(start: float, seconds: float, every: int = 5) -> np.ndarray:
    return start + STEP * every * np.arange(int(seconds / STEP / every))


def tilts(world: World, seconds: float = 40.0) -> np.ndarray:
    steps = [grid(world.t + k, 1.0) for k in range(int(seconds))]
    return np.concatenate([world.truth(t) for t in steps])


def quiet(world: World, role: str) -> None:
    """Take noise and bias off a sensor, so that kinematics can be checked."""
    still = replace(
        world.mount(role),
        acc_bias=np.zeros(3),
        gyr_bias=np.zeros(3),
        acc_noise=0.0,
        gyr_noise=0.0,
    )
    world._mounts[role] = still


def tilt_of(up: np.ndarray) -> tuple[float, float]:
    x, y, z = up
    return np.arctan2(-x, np.hypot(y, z)), np.arctan2(-y, np.hypot(x, z))


def test_the_same_seed_gives_the_same_samples_however_time_is_cut():
    t = grid(4.0, 2.0)
    whole = standing("unsteady", seed=5).imu("board", t)
    world = standing("unsteady", seed=5, settle=3.0)
    parts = [world.imu("board", part) for part in np.array_split(t, 7)]
    for index in range(2):
        cut = np.concatenate([part[index] for part in parts])
        assert np.array_equal(whole[index], cut)


def test_another_seed_gives_other_motion_and_another_mounting():
    one, two = standing("steady", seed=1), standing("steady", seed=2)
    assert not np.allclose(one.mount("board").rotation, two.mount("board").rotation)
    assert one.tilt != two.tilt


def test_more_skill_means_less_tilt():
    rms = [
        np.sqrt(np.mean(tilts(standing(Person("x", skill)))[:, 0] ** 2))
        for skill in (0.9, 0.5, 0.15)
    ]
    assert rms[0] < 0.6 * rms[1] < 0.6 * rms[2]
    assert degrees(rms[0]) < 2.5


def test_the_poorest_touch_an_edge_and_nobody_goes_through_it():
    tilt = tilts(standing(Person("x", 0.15), seed=2), 60)[:, 0]
    assert np.abs(tilt).max() > EDGE - radians(1)
    assert np.abs(tilt).max() < EDGE + radians(1.5)


def test_a_tiring_person_gets_worse():
    tilt = tilts(standing("tiring"), 100)[:, 0]
    half = len(tilt) // 4
    assert np.std(tilt[-half:]) > 1.5 * np.std(tilt[:half])


def test_an_asymmetric_person_leans():
    assert degrees(tilts(standing("asymmetric"), 60)[:, 0].mean()) > 1.5


@pytest.mark.parametrize(("edge", "sign"), [("left", -1), ("right", 1)])
def test_an_empty_board_rests_on_the_edge_it_was_laid_on(edge: str, sign: int):
    world = World("steady", seed=3)
    world.follow("level", edge=edge)
    world.advance(2.0)
    acc, gyr = world.imu("board", grid(2.0, 3.0))
    mount = world.mount("board")
    up = mount.rotation @ (acc - mount.acc_bias).mean(axis=0) / G
    assert np.linalg.norm(acc, axis=1) == pytest.approx(G, abs=0.2)
    assert np.abs(gyr).max() < radians(3)
    assert tilt_of(up)[0] == pytest.approx(sign * EDGE, abs=radians(0.1))
    assert tilt_of(up)[1] == pytest.approx(0, abs=radians(0.1))


def test_tipping_goes_towards_the_edge_and_not_onto_it():
    world = World("steady")
    world.follow("tip", edge="left")
    world.advance(1.0)
    assert -EDGE < world.tilt[0] < -radians(5)


def test_stepping_off_lets_the_board_fall_and_lie_still():
    world = standing("steady", seed=4)
    world.follow("leave")
    world.advance(world.t + 2.5)
    _, gyr = world.imu("board", grid(world.t, 1.5))
    assert not world.standing
    assert abs(world.tilt[0]) == pytest.approx(EDGE, abs=radians(0.1))
    assert gyr.std(axis=0).max() < radians(0.3)


def test_a_support_that_is_refused_keeps_the_person_off():
    world = World("steady")
    world.follow("support", yes=False)
    world.advance(2.0)
    assert not world.standing


def test_the_person_does_what_each_phase_asks_for():
    world = World("steady")
    sides = {}
    for phase in ("level-first", "level-second", "direction", "ready"):
        world.asked(phase)
        world.advance(world.t + 2.0)
        sides[phase] = world.tilt[0]
    assert sides["level-first"] == -EDGE
    assert sides["level-second"] == EDGE
    assert sides["direction"] < -radians(5)
    assert world.standing


def test_the_turn_rate_integrates_to_the_tilt():
    world = standing("unsteady", seed=6)
    quiet(world, "board")
    t = grid(world.t, 6.0, every=1)
    _, gyr = world.imu("board", t)
    turned = np.cumsum((gyr @ world.mount("board").rotation.T)[:, 1]) * STEP
    tilt = world.truth(t)[:, 0]
    assert np.ptp(tilt) > radians(5)
    assert turned - turned[0] == pytest.approx(tilt - tilt[0], abs=radians(0.2))


def test_a_slipping_sensor_turns_on_the_board_only_while_somebody_stands():
    world = World("slipping-sensor", seed=8)
    quiet(world, "board")
    before, _ = world.imu("board", grid(1.0, 0.1))
    world.advance(31.0)
    world.follow("start")
    world.advance(91.0)
    world.follow("level", edge="left")
    world.advance(93.0)
    after, _ = world.imu("board", grid(93.0, 0.1))
    cosine = before.mean(axis=0) @ after.mean(axis=0) / G**2
    assert degrees(np.arccos(cosine)) == pytest.approx(6.0, abs=0.5)


def test_the_past_is_not_kept_for_ever():
    world = World("steady")
    world.advance(20.0)
    with pytest.raises(ValueError, match="too old"):
        world.imu("board", np.array([1.0]))


def test_a_skill_is_a_share():
    with pytest.raises(ValueError, match=r"0 to 1"):
        Person("x", 1.5)
    assert PEOPLE["tiring"].skill_after(0) > PEOPLE["tiring"].skill_after(60) >= 0.1
