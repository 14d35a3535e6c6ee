"""Pictures of where each sensor is fixed, and which way up."""

from __future__ import annotations

import things
from figure import EDGE, INK, PALE, RED, THING, Page, Pose, along, placed


def on_board() -> Page:
    """Return a board from above: the mark of the sensor points to the screen."""
    page = Page()
    page.box((155, 12), 70, 40, "#ffffff")
    page.disc((190, 32), 11, PALE, INK)
    page.disc((190, 214), 126, PALE, EDGE)
    for side in (-1, 1):
        page.line([(190 + side * 34, 176), (190 + side * 40, 250)], THING, 44)
        page.line([(190 + side * 34, 176), (190 + side * 40, 250)], "#ffffff", 34)
    page.sensor((286, 214), 180, 20)
    page.arrow([(400, 264), (400, 204), (400, 144)])
    return page


def on_thigh() -> Page:
    """Return somebody from the side and the sensor large beside."""
    page = Page()
    things.floor(page)
    pose = Pose(arms=((18, 26), (24, 34)))
    body = placed(pose, 150)
    page.body(body)
    hip, knee = body.legs[1][:2]
    place = (hip[0] + knee[0]) / 2, (hip[1] + knee[1]) / 2
    page.line([(place[0] - 8, place[1]), (place[0] + 8, place[1])], RED, 9)
    page.sensor(place, 180, 10)
    page.line([along(place, 60, 24), (300, 190)], EDGE, 2, "5 6")
    page.disc((360, 190), 66, "#ffffff", EDGE)
    page.line([(300, 190), (420, 190)], RED, 18)
    page.sensor((360, 190), 180, 26)
    page.arrow([(452, 230), (452, 190), (452, 140)])
    return page


def seen_from_behind(role: str) -> Page:
    """Return somebody from behind, a strap round the chest or the hips."""
    page = Page()
    things.floor(page)
    pose = Pose(front=True, arms=((-24, -14), (24, 14)), legs=((-9, -9), (9, 9)))
    body = placed(pose, 150)
    page.body(body)
    height = body.neck[1] + 44 if role == "trunk" else body.pelvis[1] - 4
    page.line([(122, height), (178, height)], RED, 9)
    page.sensor((150, height), 180, 12)
    page.line([(174, height), (300, 190)], EDGE, 2, "5 6")
    page.disc((360, 190), 66, "#ffffff", EDGE)
    page.line([(300, 190), (420, 190)], RED, 18)
    page.sensor((360, 190), 180, 26)
    page.arrow([(452, 230), (452, 190), (452, 140)])
    return page


def sensors() -> dict[str, str]:
    """Return the text of each picture by the role it is of."""
    left = on_thigh().text("Sensor on the left thigh", mirrored=True)
    return {
        "board": on_board().text("Sensor on the board, its mark to the front"),
        "trunk": seen_from_behind("trunk").text("Sensor on the back, its mark up"),
        "pelvis": seen_from_behind("pelvis").text("Sensor on the belt, its mark up"),
        "right-thigh": on_thigh().text("Sensor on the right thigh"),
        "left-thigh": left,
    }
