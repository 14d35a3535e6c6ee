"""Simple figures for pictures of drills: a body of rounded limbs and what it stands on.

Directions of limbs are in degrees: 0 hangs down, 90 points to the right of the page,
180 up. There is no word in a picture, so that it serves in every language.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

Point = tuple[float, float]
WIDTH, HEIGHT, FLOOR = 480.0, 360.0, 310.0
INK, FAR, GHOST = "#2b2b2b", "#8d8d8d", "#d2d2d2"
THING, EDGE, PALE = "#b9c6cf", "#56646e", "#e6ecef"
BLUE, RED = "#1f5f99", "#b3412f"
TRUNK, NECK, HEAD = 84.0, 30.0, 20.0
UPPER, LOWER, THIGH, SHIN, SOLE = 44.0, 42.0, 62.0, 60.0, 24.0


def along(start: Point, degrees: float, length: float) -> Point:
    """Return the point so far from another, in a direction."""
    angle = math.radians(degrees)
    return start[0] + length * math.sin(angle), start[1] + length * math.cos(angle)


@dataclass(frozen=True, slots=True)
class Pose:
    """How a body holds its limbs.

    Attributes
    ----------
    trunk : float
        180 is upright.
    arms, legs : two of (float, float)
        Upper and lower part, the far or left one of the page first.
    front : bool
        Seen from behind, facing what is looked at; else from the side, facing right.
    feet : (float, float)
        Direction of the soles, 90 is flat, facing right.
    """

    trunk: float = 180.0
    arms: tuple[Point, Point] = ((-8, 4), (8, 12))
    legs: tuple[Point, Point] = ((-3, -3), (3, 3))
    front: bool = False
    feet: Point = (90.0, 90.0)


@dataclass(slots=True)
class Body:
    """Where the joints of a pose are on the page."""

    pose: Pose
    pelvis: Point
    neck: Point = (0.0, 0.0)
    head: Point = (0.0, 0.0)
    arms: list[list[Point]] = field(default_factory=list)
    legs: list[list[Point]] = field(default_factory=list)


def placed(pose: Pose, x: float, ground: float = FLOOR) -> Body:
    """Return a body whose lowest foot stands on the ground."""
    body = at(pose, (x, 0.0))
    lowest = max(leg[-1][1] for leg in body.legs)
    return at(pose, (x, ground - lowest - 7.0))


def at(pose: Pose, pelvis: Point) -> Body:
    """Return a body with its pelvis at a point."""
    across = (pose.trunk - 90.0) % 360.0
    body = Body(pose, pelvis, along(pelvis, pose.trunk, TRUNK))
    body.head = along(body.neck, pose.trunk, NECK)
    wide, narrow = (24.0, 13.0) if pose.front else (0.0, 0.0)
    for sign, arm, leg, foot in zip(
        (-1, 1), pose.arms, pose.legs, pose.feet, strict=True
    ):
        shoulder = along(along(pelvis, pose.trunk, TRUNK - 6), across, sign * wide)
        elbow = along(shoulder, arm[0], UPPER)
        body.arms.append([shoulder, elbow, along(elbow, arm[1], LOWER)])
        hip = along(pelvis, across, sign * narrow)
        knee = along(hip, leg[0], THIGH)
        ankle = along(knee, leg[1], SHIN)
        sole = along(ankle, sign * 60 if pose.front else foot, SOLE * _short(pose))
        body.legs.append([hip, knee, ankle, sole])
    return body


def _short(pose: Pose) -> float:
    return 0.45 if pose.front else 1.0


class Page:
    """One picture, drawn from back to front."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def line(
        self, points: list[Point], colour: str, width: float, dash: str = ""
    ) -> None:
        """Draw a line with round ends and corners."""
        told = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<polyline points="{told}" fill="none" stroke="{colour}" '
            f'stroke-width="{width:g}" stroke-linecap="round" '
            f'stroke-linejoin="round"{dashed}/>'
        )

    def shape(self, points: list[Point], fill: str = THING, edge: str = EDGE) -> None:
        """Draw a filled shape."""
        told = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self._parts.append(
            f'<polygon points="{told}" fill="{fill}" stroke="{edge}" '
            'stroke-width="2" stroke-linejoin="round"/>'
        )

    def disc(self, centre: Point, radius: float, fill: str, edge: str = "none") -> None:
        """Draw a disc."""
        x, y = centre
        self._parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}" '
            f'stroke="{edge}" stroke-width="2"/>'
        )

    def box(
        self, corner: Point, width: float, height: float, fill: str = THING
    ) -> None:
        """Draw an upright rectangle from its upper left corner."""
        x, y = corner
        right, low = x + width, y + height
        self.shape([(x, y), (right, y), (right, low), (x, low)], fill)

    def arrow(self, points: list[Point], both: bool = False, colour: str = RED) -> None:
        """Draw an arrow along points."""
        self.line(points, colour, 5)
        ends = [(points[-2], points[-1])] + ([(points[1], points[0])] if both else [])
        for before, end in ends:
            away = math.degrees(math.atan2(before[0] - end[0], before[1] - end[1]))
            wings = [along(end, away + turn, 15) for turn in (-32, 32)]
            self.line([wings[0], end, wings[1]], colour, 5)

    def arc(
        self, centre: Point, radius: float, start: float, end: float, both: bool = False
    ) -> None:
        """Draw an arrow along a part of a circle, directions as of limbs."""
        turns = [start + (end - start) * i / 16 for i in range(17)]
        self.arrow([along(centre, turn, radius) for turn in turns], both)

    def loop(self, centre: Point, across: float, down: float) -> None:
        """Draw an arrow round in an ellipse, open behind."""
        turns = [math.radians(-150 + 300 * i / 24) for i in range(25)]
        x, y = centre
        self.arrow([(x + across * math.sin(t), y + down * math.cos(t)) for t in turns])

    def flat(self, centre: Point, tilt: float) -> None:
        """Draw a sensor that lies on something, seen from its edge."""
        ends = [along(centre, 90 - tilt, way) for way in (-11, 11)]
        self.line(ends, "#ffffff", 13)
        self.line(ends, BLUE, 10)

    def sensor(self, centre: Point, up: float = 180.0, size: float = 11.0) -> None:
        """Draw a sensor; the white mark points to its upper side."""
        corners = [
            along(centre, up + turn, size * 1.35) for turn in (45, 135, 225, 315)
        ]
        self.shape(corners, BLUE, "#ffffff")
        tip, foot = along(centre, up, size * 0.6), along(centre, up, -size * 0.5)
        wings = [along(tip, up + turn, size * 0.7) for turn in (140, -140)]
        self.line([foot, tip], "#ffffff", 2.5)
        self.line([wings[0], tip, wings[1]], "#ffffff", 2.5)

    def body(self, body: Body, ghost: bool = False) -> None:
        """Draw a body; a ghost shows where a movement begins."""
        near, far = (GHOST, GHOST) if ghost else (INK, FAR)
        self.line([body.neck, body.head], near, 10)
        self.disc(body.head, HEAD, near)
        if body.pose.front:
            for side in (0, 1):
                self._arm(body, side, near)
            self._chest(body, near)
            for side in (0, 1):
                self._leg(body, side, near)
            return
        self._leg(body, 0, far)
        self._arm(body, 0, far)
        self.line([body.pelvis, body.neck], near, 26)
        self._leg(body, 1, near)
        self._arm(body, 1, near)

    def text(self, title: str, mirrored: bool = False) -> str:
        """Return the picture as SVG, the other way round for the other side."""
        inside = "\n".join(self._parts)
        if mirrored:
            inside = f'<g transform="matrix(-1 0 0 1 {WIDTH:g} 0)">\n{inside}\n</g>'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} '
            f'{HEIGHT:g}" role="img">\n<title>{escape(title)}</title>\n'
            f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="#ffffff"/>\n'
            f"{inside}\n</svg>\n"
        )

    def _leg(self, body: Body, side: int, colour: str) -> None:
        leg = body.legs[side]
        self.line(leg[:3], "#ffffff", 19)
        self.line(leg[:3], colour, 15)
        self.line(leg[2:], colour, 11)

    def _arm(self, body: Body, side: int, colour: str) -> None:
        self.line(body.arms[side], "#ffffff", 14)
        self.line(body.arms[side], colour, 10)

    def _chest(self, body: Body, colour: str) -> None:
        shoulders = [arm[0] for arm in body.arms]
        hips = [leg[0] for leg in body.legs]
        ring = [shoulders[0], shoulders[1], hips[1], hips[0], shoulders[0]]
        told = " ".join(f"{x:.1f},{y:.1f}" for x, y in ring)
        self._parts.append(
            f'<polygon points="{told}" fill="{colour}" stroke="{colour}" '
            'stroke-width="14" stroke-linejoin="round"/>'
        )
