"""The movement that is repeated: its shape, its way and its tempo."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.repetition_measures import POINTS, consistency
from surefoot.core import DrillError
from surefoot.training.path import eased

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

FEWEST, MOST = 3, 5
"""A template is the mean of so many repetitions."""
UNEVEN = 0.15
"""Ranges further than this share from their mean are not one movement. Our default."""
ALIKE = 0.9
"""Shapes that agree less than this are not one movement. Our default."""
HASTY = 1.5
"""A way shorter than this is not slow [s]. Our default."""
Tempo = tuple[float, float, float]
"""Seconds out, held and back."""


@dataclass(frozen=True, slots=True)
class Template:
    """One movement there and back.

    Attributes
    ----------
    points : tuple of float
        Angle at 0 to 100 % of its time, 101 of them, as a share of the way.
    way : float
        Range of the whole movement [rad].
    tempo : (float, float, float)
        Seconds out, held and back, as captured.
    origin : {"own", "therapist"}
        Whose movement it is.
    scale : float
        What the way was multiplied by when it was taken over from the therapist.
    """

    points: tuple[float, ...]
    way: float
    tempo: Tempo
    origin: str = "own"
    scale: float = 1.0

    def __post_init__(self) -> None:
        fits = len(self.points) == POINTS and self.way > 0 and min(self.tempo) >= 0
        finite = all(map(math.isfinite, (*self.points, self.way, *self.tempo)))
        if not fits or not finite or self.origin not in {"own", "therapist"}:
            msg = (
                f"template: expected {POINTS} points, a way and a tempo, got "
                f"{len(self.points)}, {self.way}, {self.tempo}: capture it again"
            )
            raise DrillError(msg)

    def scaled(self, by: float) -> Template:
        """Return the therapist's template with another way; shape and tempo stay."""
        return replace(
            self, way=self.way * by, origin="therapist", scale=self.scale * by
        )

    def at(self, share: float) -> float:
        """Return the angle after a share of the time, as a share of the way."""
        place = min(max(share, 0.0), 1.0) * (POINTS - 1)
        first = min(int(place), POINTS - 2)
        a, b = self.points[first], self.points[first + 1]
        return a + (b - a) * (place - first)

    def curve(
        self, portion: float, tempo: Tempo, count: int = 61
    ) -> tuple[tuple[float, float], ...]:
        """Return one repetition at a portion of the way and in another tempo.

        Parameters
        ----------
        portion : float
            Of the whole way.
        tempo : (float, float, float)
            Seconds out, held and back. Each part of the shape is stretched to it.
        count : int
            How many points.

        Returns
        -------
        tuple of (float, float)
            Time in it [s] and angle [rad], from 0 on.
        """
        own, asked = _ends(self.tempo), _ends(tempo)
        times = [asked[-1] * i / (count - 1) for i in range(count)]
        share = np.interp(times, asked, own) / own[-1]
        return tuple(
            (t, portion * self.way * self.at(s))
            for t, s in zip(times, share.tolist(), strict=True)
        )

    def as_text(self) -> str:
        """Return the points as one line of text, to 1e-4; `points_of` reads it."""
        return " ".join(f"{p:.4f}" for p in self.points)


def points_of(text: str) -> tuple[float, ...]:
    """Return the points of a template from one line of text.

    Raises
    ------
    DrillError
        If it is not numbers; `Template` says if they are not enough.
    """
    try:
        return tuple(map(float, text.split()))
    except ValueError as error:
        msg = f"template: expected {POINTS} numbers, got {error}: capture it again"
        raise DrillError(msg) from None


def plain_template(way: float, tempo: Tempo) -> Template:
    """Return a movement without any bend of its own: smooth out, held, smooth back."""
    out, held, back = tempo
    whole = out + held + back
    times = [whole * i / (POINTS - 1) for i in range(POINTS)]
    points = tuple(
        eased(t / out) if t < out else 1.0 - eased((t - out - held) / back)
        for t in times
    )
    return Template(points, way, tempo)


def captured(
    curves: NDArray[np.float64], ranges: Sequence[float], tempos: Sequence[Tempo]
) -> Template | str:
    """Return the template that slow repetitions make, or why they make none.

    Parameters
    ----------
    curves : ndarray, shape (n, 101)
        Angle of each repetition at 0 to 100 % of its time, out positive [rad].
    ranges : sequence of float
        Range of each [rad].
    tempos : sequence of (float, float, float)
        Seconds out, held and back of each.

    Returns
    -------
    Template or str
        The mean of the repetitions; points are rounded as its text is, so that what is
        stored and what is used are one. Text: fewer than three, not alike in range or
        shape, or too fast; a sentence for the trainee.
    """
    if len(curves) < FEWEST:
        return f"Do it at least {FEWEST} times."
    mean = sum(ranges) / len(ranges)
    if max(abs(r - mean) for r in ranges) > UNEVEN * mean:
        return "The repetitions went to different places. Go to the same place."
    if not consistency(curves) >= ALIKE:
        return "The repetitions were not alike. Move in the same way each time."
    tempo = tuple(float(np.median([t[i] for t in tempos])) for i in range(3))
    out, held, back = tempo
    if min(out, back) < HASTY:
        return "That was too fast for a template. Take about four seconds each way."
    shape = curves.mean(axis=0)
    shape = shape - shape[0]
    points = tuple(round(float(p), 4) for p in shape / shape.max())
    rounded = (round(out, 2), round(held, 2), round(back, 2))
    return Template(points, round(mean, 4), rounded)


def _ends(tempo: Tempo) -> list[float]:
    out, held, back = tempo
    return [0.0, out, out + held, out + held + back]


def told(template: Template) -> dict[str, str | int | float | bool | None]:
    """Return a template as an event tells it; `template_of` reads it back."""
    out, held, back = template.tempo
    return {
        "way": template.way,
        "out": out,
        "held": held,
        "back": back,
        "origin": template.origin,
        "scale": template.scale,
        "points": template.as_text(),
    }


def template_of(detail: Mapping[str, object]) -> Template:
    """Return the template that an event tells.

    Raises
    ------
    DrillError
        If something is missing or is no number.
    """
    try:
        way, out, held, back, scale = (
            float(str(detail[key])) for key in ("way", "out", "held", "back", "scale")
        )
        points = points_of(str(detail["points"]))
        origin = str(detail["origin"])
    except (KeyError, ValueError) as error:
        msg = f"template: expected way, tempo and points, got {error}: capture it again"
        raise DrillError(msg) from None
    return Template(points, way, (out, held, back), origin, scale)
