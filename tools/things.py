"""What bodies in pictures of drills stand, sit or lie on, and what they look at."""

from __future__ import annotations

import math

from figure import BLUE, EDGE, FLOOR, INK, PALE, RED, THING, Page, Point, along

BOARD_TOP = FLOOR - 40.0
FOAM_TOP = FLOOR - 30.0
PLATE_TOP = FLOOR - 14.0
STEP_TOP = FLOOR - 34.0
BALL = 56.0
_SCREEN = (366.0, 26.0, 92.0)


def floor(page: Page) -> None:
    """Draw the floor."""
    page.line([(20, FLOOR), (460, FLOOR)], EDGE, 3)


def rail(page: Page, x: float, top: float = 178.0, towards: float = -34.0) -> None:
    """Draw a fixed rail within reach."""
    page.line([(x, FLOOR), (x, top), (x + towards, top)], EDGE, 9)
    page.line([(x - 16, FLOOR - 2), (x + 16, FLOOR - 2)], EDGE, 6)


def turned(points: list[Point], about: Point, degrees: float) -> list[Point]:
    """Return points turned about another, to the right positive."""
    angle = math.radians(degrees)
    found: list[Point] = []
    for x, y in points:
        across, down = x - about[0], y - about[1]
        found.append(
            (
                about[0] + across * math.cos(angle) - down * math.sin(angle),
                about[1] + across * math.sin(angle) + down * math.cos(angle),
            )
        )
    return found


def board(page: Page, x: float, kind: str, tilt: float = 0.0) -> Point:
    """Draw a board that tilts, and return the middle of its edge for a sensor.

    Parameters
    ----------
    page : Page
        Where.
    x : float
        Its middle.
    kind : {"rocker", "wobble", "dome"}
        What is below it.
    tilt : float
        Right side down positive [deg].
    """
    half, deep = {"rocker": (62, 28), "wobble": (30, 28), "dome": (70, 28)}[kind]
    about = (x, FLOOR)
    top = FLOOR - deep
    bow = [
        (x + half * math.cos(math.pi * i / 20), top + deep * math.sin(math.pi * i / 20))
        for i in range(21)
    ]
    page.shape(turned(bow, about, tilt), PALE if kind == "dome" else THING)
    plank = [(x - 80, top - 12), (x + 80, top - 12), (x + 80, top), (x - 80, top)]
    page.shape(turned(plank, about, tilt))
    return turned([(x + 62, top - 18)], about, tilt)[0]


def foam(page: Page, x: float, width: float = 150.0) -> None:
    """Draw a block of foam."""
    page.box((x - width / 2, FOAM_TOP), width, 30, PALE)
    for i in range(int(width // 15) * 2 - 2):
        page.disc((x - width / 2 + 12 + 7.5 * i, FLOOR - 21 + 12 * (i % 2)), 2, EDGE)


def plate(page: Page, x: float, width: float = 150.0) -> None:
    """Draw a board with load cells; it is the sensor, so it has its colour."""
    page.box((x - width / 2, PLATE_TOP), width, 9, BLUE)
    for side in (-1, 1):
        page.box((x + side * (width / 2 - 18) - 7, PLATE_TOP + 9), 14, 5, EDGE)


def ball(page: Page, x: float) -> None:
    """Draw an exercise ball."""
    page.disc((x, FLOOR - BALL), BALL, THING, EDGE)
    page.line([along((x, FLOOR - BALL), 200 + 5 * i, 44) for i in range(9)], PALE, 4)


def step(page: Page, left: float, right: float) -> None:
    """Draw a low step."""
    page.box((left, STEP_TOP), right - left, FLOOR - STEP_TOP)


def mat(page: Page, left: float, right: float) -> None:
    """Draw a mat on the floor."""
    page.box((left, FLOOR - 8), right - left, 8, PALE)


def bench(page: Page, left: float, right: float, height: float = 66.0) -> None:
    """Draw a firm bed from the side."""
    page.box((left, FLOOR - height), right - left, 14)
    for x in (left + 16, right - 16):
        page.line([(x, FLOOR - height + 14), (x, FLOOR)], EDGE, 8)


def chair(page: Page, x: float) -> None:
    """Draw a firm chair from the side, its back to the left."""
    page.line([(x - 42, FLOOR - 150), (x - 42, FLOOR)], EDGE, 9)
    page.line([(x - 42, FLOOR - 66), (x + 34, FLOOR - 66)], EDGE, 10)
    page.line([(x + 32, FLOOR - 66), (x + 32, FLOOR)], EDGE, 9)


def wall(page: Page, x: float) -> None:
    """Draw a wall at the side."""
    page.box((x - 16, 60), 16, FLOOR - 60, PALE)
    for i in range(8):
        page.line([(x - 15, 92 + 28 * i), (x - 1, 78 + 28 * i)], EDGE, 1.5)


def tape(page: Page) -> None:
    """Draw a line of tape on the floor."""
    page.line([(50, FLOOR + 12), (430, FLOOR + 12)], RED, 6)


def mark(page: Page, x: float = 420.0, y: float = 96.0) -> None:
    """Draw the mark on the wall that is looked at."""
    page.disc((x, y), 17, "#ffffff", INK)
    page.line([(x - 9, y), (x + 9, y)], INK, 4)
    page.line([(x, y - 9), (x, y + 9)], INK, 4)


def eyes(page: Page, closed: bool, x: float = 60.0, y: float = 58.0) -> None:
    """Draw an eye, open or closed."""
    lid = [along((x, y - 20), -58 + 11.6 * i, 38) for i in range(11)]
    page.line(lid, INK, 5)
    if closed:
        for turn in (-40, -14, 14, 40):
            page.line(
                [along((x, y - 20), turn, 41), along((x, y - 20), turn, 53)], INK, 4
            )
        return
    page.line([along((x, y + 20), 122 + 11.6 * i, 38) for i in range(11)], INK, 5)
    page.disc((x, y), 9, INK)


def screen(page: Page, kind: str) -> None:
    """Draw the picture that is followed: a ring, a dot and how the ring moves.

    Parameters
    ----------
    page : Page
        Where.
    kind : str
        What is to be done with the dot: "hold", "ml", "ap", "circle", "wander",
        "marks", "tilted", "tilted-ap", "line" of a movement, or "test": marks alone.
    """
    x, y, size = _SCREEN
    page.box((x, y), size, size, "#ffffff")
    middle = (x + size / 2, y + size / 2)
    if kind == "line":
        way = [(x + 10 + 9 * i, middle[1] + 26 * math.cos(i * 0.8)) for i in range(9)]
        page.line(way, THING, 14)
        page.disc(way[3], 7, BLUE)
        return
    away = {"tilted": (-24, 0), "tilted-ap": (0, -24)}.get(kind, (0, 0))
    ring = (middle[0] + away[0], middle[1] + away[1])
    page.disc(ring, 19, PALE, INK)
    _move(page, kind, middle)
    if kind != "test":
        page.disc((ring[0] + 5, ring[1] - 4), 7, BLUE)


def _move(page: Page, kind: str, middle: Point) -> None:
    x, y = middle
    if kind == "ml":
        page.arrow([(x - 38, y + 30), (x, y + 30), (x + 38, y + 30)], both=True)
    elif kind == "ap":
        page.arrow([(x + 33, y - 38), (x + 33, y), (x + 33, y + 38)], both=True)
    elif kind == "circle":
        page.arc(middle, 33, 150, -150)
    elif kind == "wander":
        way = [(x - 36 + 8 * i, y + 28 + 9 * math.sin(1.4 * i)) for i in range(10)]
        page.arrow(way)
    elif kind in {"marks", "test"}:
        for i in range(8):
            page.disc(along(middle, 45 * i, 36), 5, RED)
