"""Draw the pictures of the drills and of where each sensor is fixed: plain SVG.

Run ``.venv/bin/python tools/draw_drills.py`` after changing one or adding a drill.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import things
from figure import FLOOR, Page, Point, Pose, along, at, placed
from movements import MOVEMENTS
from sensors import sensors

from surefoot.session.drill_shelf import shipped_drills

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parent.parent / "src/surefoot/training/catalogue/pictures"
X = 215.0
WIDE = Pose(front=True, arms=((-24, -14), (24, 14)), legs=((-9, -9), (9, 9)))
NARROW = replace(WIDE, legs=((5, 3), (-5, -3)))
TANDEM: tuple[Point, Point] = ((-9, -9), (9, 9))


def balanced(kind: str, view: str, shown: str, tilt: float = 0.0) -> Page:
    """Return somebody on a board that tilts."""
    page = Page()
    things.floor(page)
    things.rail(page, 345 if view == "front" else 330)
    place = things.board(page, X, kind, tilt)
    pose = WIDE if view == "front" else Pose(arms=((-10, 30), (14, 60)))
    pelvis = placed(pose, X, things.BOARD_TOP).pelvis
    page.body(at(replace(pose, trunk=180 - tilt / 2), pelvis))
    page.flat(place, tilt)
    if shown != "hold":
        page.arc((X, FLOOR - 40), 104, -74, -106, both=True)
        page.arc((X, FLOOR - 40), 104, 74, 106, both=True)
    things.screen(page, shown)
    return page


def seated(shown: str) -> Page:
    """Return somebody sitting on a ball, the wall behind."""
    page = Page()
    things.floor(page)
    things.wall(page, 112)
    things.ball(page, X)
    pose = Pose(legs=((82, -4), (88, 2)), arms=((20, 60), (24, 66)))
    body = at(pose, (X, FLOOR - 2 * things.BALL - 8))
    page.body(body)
    page.sensor((body.pelvis[0] - 15, body.pelvis[1] - 8))
    if shown == "circle":
        page.loop((X, body.pelvis[1] + 4), 70, 20)
    things.screen(page, shown)
    return page


POSES = {
    "wide": WIDE,
    "narrow": NARROW,
    "hips": replace(NARROW, arms=((-52, 38), (52, -38))),
    "together": Pose(legs=((-2, -2), (2, 2))),
    "tandem": Pose(legs=TANDEM, arms=((-14, 10), (16, 40))),
    "single": Pose(legs=((14, -52), (0, 0)), arms=((-14, 10), (16, 40)), feet=(60, 90)),
}
CROSSED = ((10, 163), (14, 166))


def stood(
    stance: str, base: str = "floor", eyes: str = "open", shown: str = ""
) -> Page:
    """Return somebody who stands.

    Parameters
    ----------
    stance : str
        One of `POSES`; with ``" crossed"`` the arms are.
    base : {"floor", "foam", "plate"}
        What is stood on; "foam" stands beside.
    eyes : {"open", "closed", "both"}
        What is drawn of them.
    shown : str
        What is on the screen; empty draws the mark on the wall.
    """
    page = Page()
    things.floor(page)
    things.rail(page, 330)
    if base == "plate":
        things.plate(page, X)
    elif base == "foam":
        things.foam(page, 80, 90)
    name, _, crossed = stance.partition(" ")
    pose = replace(POSES[name], arms=CROSSED) if crossed else POSES[name]
    body = placed(pose, X, things.PLATE_TOP if base == "plate" else FLOOR)
    page.body(body)
    if base != "plate":
        back = 0.0 if pose.front else -17.0
        page.sensor((body.neck[0] + back, body.neck[1] + 42))
    if shown:
        things.screen(page, shown)
    else:
        things.mark(page)
    for i, closed in enumerate(EYES[eyes]):
        things.eyes(page, closed, y=58 + 62 * i)
    return page


EYES = {"open": (False,), "closed": (True,), "both": (False, True)}


def leaning(shown: str) -> Page:
    """Return somebody on a force board who shifts the weight sideways."""
    page = stood("wide", "plate", shown=shown)
    page.arrow([(X - 70, 34), (X - 36, 26), (X + 36, 26), (X + 70, 34)], both=True)
    return page


def ahead(shown: str) -> Page:
    """Return somebody on a force board, seen from the side, leaning forward."""
    page = Page()
    things.floor(page)
    things.rail(page, 345)
    things.plate(page, X)
    page.body(placed(Pose(), X, things.PLATE_TOP), ghost=True)
    lean = Pose(trunk=170, legs=((-10, -10), (-8, -8)), arms=((-4, 8), (10, 20)))
    feet = placed(Pose(), X, things.PLATE_TOP).legs[1][2]
    body = placed(lean, X, things.PLATE_TOP)
    shift = feet[0] - body.legs[1][2][0]
    page.body(at(lean, (body.pelvis[0] + shift, body.pelvis[1])))
    page.arrow([(X - 20, 26), (X + 24, 20), (X + 70, 32)], both=True)
    things.screen(page, shown)
    return page


def walking(shut: bool) -> Page:
    """Return somebody who walks heel to toe along a line."""
    page = Page()
    things.floor(page)
    things.tape(page)
    page.line([(40, 190), (440, 190)], "#b9c6cf", 8)
    pose = Pose(legs=((-13, -14), (13, 12)), arms=((-30, -20), (40, 60)))
    if shut:
        pose = replace(pose, arms=CROSSED)
    body = placed(pose, 180)
    page.body(body)
    page.sensor((body.neck[0] - 17, body.neck[1] + 42))
    for i in range(4):
        page.line([(238 + 46 * i, FLOOR - 6), (262 + 46 * i, FLOOR - 6)], "#d2d2d2", 10)
    page.arrow([(270, 250), (330, 250), (390, 250)])
    things.eyes(page, closed=False, y=40)
    if shut:
        things.eyes(page, closed=True, y=100)
    return page


def stepped(cue: str) -> Page:
    """Return somebody who steps down at a word.

    Parameters
    ----------
    cue : {"told", "time", "side"}
        Drawn as a clock, a clock with a question, or two arrows.
    """
    page = Page()
    things.floor(page)
    things.step(page, 60, 205)
    things.rail(page, 40, 160, 60)
    page.body(placed(Pose(), 150, things.STEP_TOP), ghost=True)
    pose = Pose(trunk=176, legs=((-20, -28), (24, 6)), arms=((-30, -10), (36, 60)))
    body = placed(pose, 242)
    page.body(body)
    page.sensor((body.neck[0] - 17, body.neck[1] + 42))
    page.arrow([(186, 34), (236, 32), (284, 62)])
    middle = (412.0, 76.0)
    if cue == "side":
        page.arrow([(middle[0] - 6, 76), (middle[0] - 24, 76), (middle[0] - 42, 76)])
        page.arrow([(middle[0] + 6, 76), (middle[0] + 24, 76), (middle[0] + 42, 76)])
        return page
    page.disc(middle, 34, "#ffffff", "#2b2b2b")
    page.line([along(middle, 180, 22), middle, along(middle, 100, 17)], "#2b2b2b", 5)
    if cue == "time":
        for turn in (30, 60, 120, 150, 210, 240, 300, 330):
            page.disc(along(middle, turn, 46), 3.5, "#b3412f")
    return page


def scenes() -> dict[str, Callable[[], Page]]:
    """Return how each drill is drawn, by its name."""
    found: dict[str, Callable[[], Page]] = {
        "rocker-hold-level": lambda: balanced("rocker", "front", "hold"),
        "rocker-hold-level-ap": lambda: balanced("rocker", "side", "hold"),
        "rocker-hold-level-counting": lambda: counting(),
        "rocker-hold-tilted": lambda: balanced("rocker", "front", "tilted", -9),
        "rocker-hold-tilted-ap": lambda: balanced("rocker", "side", "tilted-ap", 9),
        "rocker-paced-tilts": lambda: balanced("rocker", "front", "ml", 7),
        "rocker-paced-tilts-ap": lambda: balanced("rocker", "side", "ap", 7),
        "rocker-game-sine": lambda: balanced("rocker", "front", "ml", -7),
        "rocker-game-sine-ap": lambda: balanced("rocker", "side", "ap", -7),
        "wobble-hold-level": lambda: balanced("wobble", "front", "hold"),
        "wobble-game-circle": lambda: balanced("wobble", "front", "circle", 8),
        "wobble-game-wander": lambda: balanced("wobble", "front", "wander", -6),
        "dome-hold-level": lambda: balanced("dome", "front", "hold"),
        "ball-sit-still": lambda: seated("hold"),
        "ball-pelvic-circles": lambda: seated("circle"),
        "heel-to-toe-walk": lambda: walking(False),
        "tandem-walk": lambda: walking(True),
        "step-down": lambda: stepped("told"),
        "step-down-unexpected": lambda: stepped("time"),
        "step-down-side": lambda: stepped("side"),
        "weight-shift-ap": lambda: ahead("ap"),
        "lean-around": lambda: ahead("marks"),
        "limits-of-stability": lambda: ahead("test"),
        "weight-shift": lambda: leaning("ml"),
        "weight-game-sine": lambda: leaning("ml"),
        "weight-game-circle": lambda: leaning("circle"),
        "weight-game-wander": lambda: leaning("wander"),
        "weight-hold-middle": lambda: stood("wide", "plate", shown="hold"),
    }
    return found | _stances() | MOVEMENTS


def counting() -> Page:
    """Return somebody on a rocker board who counts aloud."""
    page = balanced("rocker", "front", "hold")
    page.disc((100, 70), 42, "#ffffff", "#2b2b2b")
    page.line([(136, 90), (166, 96)], "#2b2b2b", 4)
    for i in range(3):
        for n in range(i + 1):
            page.disc((76 + 24 * i, 82 - 13 * n), 5, "#2b2b2b")
    return page


def _stances() -> dict[str, Callable[[], Page]]:
    return {
        "stand-still": lambda: stood("narrow", "foam", "open", "hold"),
        "stand-two-legs": lambda: stood("narrow", "foam", "both", "hold"),
        "stand-tandem": lambda: stood("tandem", "foam", "both", "hold"),
        "stand-one-leg": lambda: stood("single", "foam", "both", "hold"),
        "mctsib": lambda: stood("together crossed", "plate", "both"),
        "mctsib-trunk": lambda: stood("together crossed", "foam", "both"),
        "quiet-stance": lambda: stood("wide", "plate"),
        "quiet-stance-trunk": lambda: stood("wide"),
        "romberg": lambda: stood("together crossed", eyes="both"),
        "sharpened-romberg": lambda: stood("tandem crossed", eyes="both"),
        "one-leg-stance": lambda: stood("single crossed", eyes="both"),
        "tandem-stance": lambda: stood("tandem crossed"),
        "bess": lambda: stood("hips", "foam", "closed"),
    }


def pictures() -> dict[str, str]:
    """Return the text of every picture by its name."""
    titles = {name: drill.title for name, drill in shipped_drills().items()}
    drawn = {
        name: draw().text(titles[name], mirrored=name.endswith("-left"))
        for name, draw in scenes().items()
    }
    return drawn | {f"sensor-{role}": page for role, page in sensors().items()}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in pictures().items():
        (FOLDER / f"{name}.svg").write_text(text, encoding="utf-8")
