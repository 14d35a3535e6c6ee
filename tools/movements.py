"""Pictures of drills that move: where it begins, pale, and where it goes, dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import things
from figure import (
    EDGE,
    FLOOR,
    INK,
    PALE,
    RED,
    THING,
    Body,
    Page,
    Point,
    Pose,
    along,
    at,
    placed,
)

if TYPE_CHECKING:
    from collections.abc import Callable

X = 190.0
STANDING = Pose(arms=((0, 8), (4, 12)))
FRONT = Pose(front=True, arms=((-20, -10), (20, 10)), legs=((-9, -9), (9, 9)))
LYING = FLOOR - 24.0


def back_of(body: Body, down: float = 40.0) -> Point:
    """Return where a sensor on the back of the trunk is, from the side."""
    turn = body.pose.trunk
    return along(along(body.neck, turn + 180, down), turn + 90, -17)


def moved(start: Pose, end: Pose, x: float = X) -> tuple[Page, Body]:
    """Return a page with a movement of somebody who stands, and the body at its end."""
    page = Page()
    things.floor(page)
    first = placed(start, x)
    last = placed(end, x)
    feet = first.legs[1][2][0] - last.legs[1][2][0]
    page.body(first, ghost=True)
    body = at(end, (last.pelvis[0] + feet, last.pelvis[1]))
    page.body(body)
    things.screen(page, "line")
    return page, body


def bent(kind: str) -> Page:
    """Return somebody who bends down: to lift, to a pencil, or with a load."""
    low = Pose(trunk=128, legs=((44, -26), (48, -24)), arms=((14, 4), (16, 6)))
    if kind == "lift":
        low = Pose(trunk=138, legs=((62, -34), (66, -32)), arms=((22, 30), (26, 34)))
    page, body = moved(STANDING, low)
    hand = body.arms[1][2]
    if kind == "pencil":
        page.box((hand[0] - 26, hand[1] + 14), 62, FLOOR - hand[1] - 14, PALE)
        page.line([(hand[0] - 12, hand[1] + 9), (hand[0] + 24, hand[1] + 9)], RED, 5)
    elif kind == "lift":
        page.box((hand[0] - 14, hand[1] - 22), 50, 44)
        page.line([(hand[0] - 2, hand[1] - 22), (hand[0] + 24, hand[1] - 22)], EDGE, 5)
    else:
        page.line([(hand[0] - 26, hand[1] + 12), (hand[0] + 40, hand[1] + 12)], RED, 5)
    page.sensor(back_of(body), body.pose.trunk)
    page.arc((X + 4, 200), 138, 168, 132, both=True)
    return page


def chopped() -> Page:
    """Return a wood chop, from high on one side to low on the other."""
    high = Pose(front=True, arms=((140, 118), (148, 140)), legs=((-9, -9), (9, 9)))
    low = Pose(
        front=True, trunk=174, arms=((-40, -20), (-62, -40)), legs=((-16, -6), (12, 4))
    )
    page, body = moved(high, low)
    page.sensor((body.neck[0] + 3, body.neck[1] + 38), 174)
    page.arrow([(300, 70), (286, 140), (216, 226), (120, 244)], both=True)
    return page


def turning() -> Page:
    """Return a turn of the trunk with a stick across the chest."""
    pose = Pose(front=True, arms=((-50, 118), (50, -118)), legs=((-9, -9), (9, 9)))
    page, body = moved(pose, pose)
    chest = (body.neck[0], body.neck[1] + 22)
    page.line([(chest[0] - 84, chest[1] + 14), (chest[0] + 84, chest[1] - 14)], RED, 6)
    page.sensor((body.neck[0], body.neck[1] + 52))
    page.arc((chest[0], chest[1] + 6), 104, 62, 118, both=True)
    page.arc((chest[0], chest[1] + 6), 104, -62, -118, both=True)
    return page


def reached() -> Page:
    """Return a reach to a mark at the side."""
    end = Pose(
        front=True, trunk=172, arms=((-16, -8), (96, 92)), legs=((-9, -9), (9, 9))
    )
    page, body = moved(FRONT, end)
    hand = body.arms[1][2]
    page.disc((hand[0] + 24, hand[1]), 14, "#ffffff", INK)
    page.disc((hand[0] + 24, hand[1]), 5, RED)
    page.sensor((body.neck[0] + 4, body.neck[1] + 42), 172)
    page.arc((body.neck[0] + 16, body.neck[1] + 20), 108, 20, 72, both=True)
    return page


def risen(*, load: bool) -> Page:
    """Return somebody who gets up from a chair, with a box or at a rail."""
    page = Page()
    things.floor(page)
    things.chair(page, 150)
    arms = ((40, 96), (44, 100)) if load else ((50, 84), (54, 88))
    sitting = Pose(trunk=176, legs=((88, -2), (92, 0)), arms=arms)
    page.body(at(sitting, (150, FLOOR - 66 - 17)), ghost=True)
    body = placed(Pose(arms=arms), 226)
    page.body(body)
    hand = body.arms[1][2]
    if load:
        page.box((hand[0] - 8, hand[1] - 24), 46, 40)
        page.sensor(back_of(body))
        things.screen(page, "line")
    else:
        things.rail(page, 350, 196)
        knee, hip = body.legs[1][1], body.legs[1][0]
        page.sensor(((knee[0] + hip[0]) / 2, (knee[1] + hip[1]) / 2))
    page.arrow([(96, 130), (104, 92), (140, 62), (178, 52)], both=True)
    return page


def captured() -> Page:
    """Return somebody whose own movement is taken up, some times over."""
    end = Pose(trunk=162, legs=((14, -8), (18, -6)), arms=((70, 80), (76, 84)))
    page, body = moved(STANDING, end)
    page.sensor(back_of(body), 162)
    for i in range(4):
        page.arc((X + 6, 214), 104 + 12 * i, 128, 96)
    page.disc((58, 60), 20, "#ffffff", INK)
    page.disc((58, 60), 12, RED)
    return page


def found_again() -> Page:
    """Return a small bend that is learnt and found again with closed eyes."""
    end = Pose(trunk=156, legs=((2, -2), (4, 0)), arms=((8, 12), (12, 16)))
    page, body = moved(STANDING, end)
    page.sensor(back_of(body), 156)
    things.rail(page, 340)
    line = [along(body.pelvis, 156, 60 + 12 * i) for i in range(9)]
    page.line([line[3], line[8]], RED, 4, "2 9")
    page.arc(body.pelvis, 150, 180, 158, both=True)
    things.eyes(page, closed=True)
    return page


def lain(
    end: Pose, start: Pose | None, *, lift: float = 0.0, bed: bool = False
) -> tuple[Page, Body]:
    """Return a page with somebody lying on the back, the head to the left.

    Parameters
    ----------
    end, start : Pose
        Where the movement goes and, pale, where it begins.
    lift : float
        How far the pelvis rises.
    bed : bool
        Whether it is on a bed, with the pelvis at its edge.
    """
    page = Page()
    things.floor(page)
    low = LYING - 66 if bed else LYING - 6
    if bed:
        things.bench(page, 60, 236)
    else:
        things.mat(page, 60, 440)
    if start is not None:
        page.body(at(start, (214, low)), ghost=True)
    body = at(end, (214, low - lift))
    page.body(body)
    return page, body


FLAT = (92.0, 92.0)
BENT = Pose(
    trunk=270, arms=((84, 92), (88, 96)), legs=((132, 26), (136, 22)), feet=FLAT
)


def low_back() -> Page:
    """Return both knees drawn to the chest."""
    up = Pose(
        trunk=270,
        arms=((118, 96), (122, 100)),
        legs=((208, 62), (214, 66)),
        feet=(150, 150),
    )
    page, body = lain(up, BENT)
    page.sensor((body.pelvis[0] + 6, body.pelvis[1] - 22), 270)
    page.arc((214, 286), 104, 104, 146, both=True)
    return page


def hip_flexor() -> Page:
    """Return one leg that sinks over the edge of a bed, the other knee held."""
    start = Pose(
        trunk=270,
        arms=((118, 96), (84, 92)),
        legs=((210, 66), (110, 30)),
        feet=(150, 92),
    )
    down = Pose(
        trunk=270,
        arms=((118, 96), (122, 100)),
        legs=((210, 66), (80, 6)),
        feet=(150, 80),
    )
    page, body = lain(down, start, bed=True)
    page.sensor(_middle(body, 1), 260)
    page.arc(body.pelvis, 92, 112, 84, both=True)
    return page


def hamstring() -> Page:
    """Return one leg that is raised, the other knee bent."""
    start = Pose(
        trunk=270,
        arms=((84, 92), (88, 96)),
        legs=((132, 26), (112, 104)),
        feet=(92, 160),
    )
    up = Pose(
        trunk=270,
        arms=((126, 112), (130, 116)),
        legs=((132, 26), (152, 146)),
        feet=(92, 230),
    )
    page, body = lain(up, start)
    page.sensor(_middle(body, 1), 330)
    page.arc(body.pelvis, 150, 114, 140, both=True)
    return page


def heel_slid() -> Page:
    """Return one heel that slides out and back."""
    out = Pose(
        trunk=270,
        arms=((84, 92), (88, 96)),
        legs=((132, 26), (104, 72)),
        feet=(92, 150),
    )
    page, body = lain(out, BENT)
    page.sensor(_middle(body, 1), 284)
    page.arrow([(300, 318), (340, 318), (384, 318)], both=True)
    return page


def dead_bug() -> Page:
    """Return an arm and the other leg lowered, the back quiet."""
    start = Pose(
        trunk=270,
        arms=((182, 180), (178, 180)),
        legs=((180, 94), (176, 90)),
        feet=(170, 170),
    )
    end = Pose(
        trunk=270,
        arms=((244, 248), (178, 180)),
        legs=((180, 94), (116, 104)),
        feet=(170, 170),
    )
    page, body = lain(end, start)
    page.arc((214, 262), 128, 150, 122, both=True)
    page.arc(body.arms[0][0], 100, 196, 232, both=True)
    return page


def bridged(*, sensor: bool) -> Page:
    """Return the hips lifted from the floor."""
    up = Pose(
        trunk=293, arms=((66, 80), (70, 84)), legs=((100, 4), (104, 0)), feet=FLAT
    )
    page = Page()
    things.floor(page)
    things.mat(page, 60, 440)
    page.body(at(BENT, (196, LYING - 6)), ghost=True)
    feet = at(BENT, (196, LYING - 6)).legs[1][2]
    body = at(up, (0, 0))
    shift = (feet[0] - body.legs[1][2][0], feet[1] - body.legs[1][2][1])
    body = at(up, shift)
    page.body(body)
    if sensor:
        page.sensor((body.pelvis[0] + 4, body.pelvis[1] - 20), 293)
    place = body.pelvis[0] - 4
    page.arrow([(place, 150), (place, 176), (place, 202)], both=True)
    return page


def strolled() -> Page:
    """Return somebody who walks at ease."""
    page = Page()
    things.floor(page)
    for x in (70, 400):
        page.line([(x, FLOOR), (x, FLOOR - 80)], EDGE, 10)
        page.disc((x, FLOOR - 110), 42, PALE, THING)
    pose = Pose(trunk=178, legs=((-26, -34), (24, 4)), arms=((24, 40), (-26, -14)))
    page.body(placed(pose, 220))
    page.arrow([(288, 230), (320, 230), (350, 230)])
    return page


def _middle(body: Body, side: int) -> Point:
    hip, knee = body.legs[side][:2]
    return (hip[0] + knee[0]) / 2, (hip[1] + knee[1]) / 2


MOVEMENTS: dict[str, Callable[[], Page]] = {
    "lift-and-bend": lambda: bent("bend"),
    "pick-up-pencil": lambda: bent("pencil"),
    "lift-child-size-load": lambda: bent("lift"),
    "wood-chop": chopped,
    "trunk-rotation": turning,
    "reach-and-turn": reached,
    "sit-stand-carry": lambda: risen(load=True),
    "sit-to-stand": lambda: risen(load=False),
    "capture-your-own": captured,
    "own-movement": captured,
    "reposition-low-back": found_again,
    "low-back-stretch": low_back,
    "hip-flexor-stretch-right": hip_flexor,
    "hip-flexor-stretch-left": hip_flexor,
    "hamstring-stretch-right": hamstring,
    "hamstring-stretch-left": hamstring,
    "heel-slide-right": heel_slid,
    "heel-slide-left": heel_slid,
    "dead-bug": dead_bug,
    "bridge": lambda: bridged(sensor=True),
    "bridge-no-sensor": lambda: bridged(sensor=False),
    "walk-at-ease": strolled,
}
