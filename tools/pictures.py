"""Draw the pictures of the measure cards: our own made-up signals, plain SVG.

Run ``.venv/bin/python tools/pictures.py`` after changing one; they are kept in the
repository, since they change less often than the cards.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis import flexibility, smooth, stabilisation
from surefoot.analysis.repetitions import find_repetitions
from surefoot.analysis.smoothness import spectral_arc_length
from surefoot.analysis.sway import prediction_ellipse
from surefoot.analysis.sway.trace import Trace
from surefoot.analysis.sway_dynamics import (
    mean_square_displacement,
    stabilogram_diffusion,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

FOLDER = Path(__file__).parent.parent / "docs" / "pictures" / "cards"
WIDTH, HEIGHT, EDGE = 560, 260, 40
INK, BLUE, RED, GREEN, PALE = "#333333", "#1f5f99", "#b3412f", "#2f7d4f", "#e8f1e8"
RATE = 100.0
POINTS = 300


class Plot:
    """One pair of axes, in the units of the data, written as SVG."""

    def __init__(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        box: tuple[float, float, float, float] = (EDGE, 20, WIDTH - 20, HEIGHT - EDGE),
    ) -> None:
        self._x, self._y, self._box = x, y, box
        self.parts: list[str] = []

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return the place of a point on the page."""
        left, top, right, bottom = self._box
        across = (x - self._x[0]) / (self._x[1] - self._x[0])
        up = (y - self._y[0]) / (self._y[1] - self._y[0])
        return left + across * (right - left), bottom - up * (bottom - top)

    def curve(
        self,
        x: NDArray[np.float64],
        y: NDArray[np.float64],
        colour: str = BLUE,
        dash: str = "",
        points: int = POINTS,
    ) -> None:
        """Draw a line through points, no more than so many of them."""
        every = max(len(x) // points, 1)
        places = (self.at(*point) for point in zip(x[::every], y[::every], strict=True))
        line = " ".join(f"{across:.1f},{down:.1f}" for across, down in places)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}" '
            f'stroke-width="1.5" stroke-linejoin="round"{dashed}/>'
        )

    def area(self, x: tuple[float, float], y: tuple[float, float], colour: str) -> None:
        """Fill a rectangle."""
        left, bottom = self.at(x[0], y[0])
        right, top = self.at(x[1], y[1])
        self.parts.append(
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" '
            f'height="{bottom - top:.1f}" fill="{colour}"/>'
        )

    def dot(self, x: float, y: float, colour: str = RED) -> None:
        """Mark a point."""
        across, down = self.at(x, y)
        self.parts.append(
            f'<circle cx="{across:.1f}" cy="{down:.1f}" r="4" fill="{colour}"/>'
        )

    def words(
        self, x: float, y: float, text: str, colour: str = INK, anchor: str = "start"
    ) -> None:
        """Write at a point."""
        across, down = self.at(x, y)
        self.parts.append(
            f'<text x="{across:.1f}" y="{down:.1f}" fill="{colour}" '
            f'text-anchor="{anchor}">{text}</text>'
        )

    def axes(self, x: str, y: str) -> None:
        """Draw the frame and say what is along it."""
        left, top, right, bottom = self._box
        self.parts.append(
            f'<path d="M{left:.1f},{top:.1f} V{bottom:.1f} H{right:.1f}" fill="none" '
            f'stroke="{INK}"/>'
            f'<text x="{(left + right) / 2:.1f}" y="{bottom + 22:.1f}" fill="{INK}" '
            f'text-anchor="middle">{x}</text>'
            f'<text transform="translate({left - 14:.1f},{(top + bottom) / 2:.1f}) '
            f'rotate(-90)" fill="{INK}" text-anchor="middle">{y}</text>'
        )


def page(title: str, *plots: Plot) -> str:
    """Return plots as one SVG document."""
    body = "\n".join(part for plot in plots for part in plot.parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="13" '
        f'role="img">\n<title>{title}</title>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def ellipse() -> str:
    """Return a path of the centre of pressure in its prediction ellipse and hull."""
    cop = _sway()[:3000]
    found = prediction_ellipse(cop, RATE)
    turn = np.linspace(0, 2 * np.pi, 120)
    ml = found.major * np.cos(turn), found.minor * np.sin(turn)
    c, s = math.cos(found.angle), math.sin(found.angle)
    rim = 1000 * np.column_stack([c * ml[0] - s * ml[1], s * ml[0] + c * ml[1]])
    trace = Trace(cop, RATE)
    hull = 1000 * np.vstack([trace.hull, trace.hull[:1]])
    plot = Plot((-32.5, 32.5), (-13, 13))
    plot.curve(1000 * trace.ml, 1000 * trace.ap, points=1000)
    plot.curve(*hull.T, colour=GREEN, dash="5 4")
    plot.curve(*rim.T, colour=RED)
    plot.dot(0, 0)
    plot.words(14, 9.5, "95 % prediction ellipse", RED)
    plot.words(14, 7.5, "convex hull", GREEN)
    plot.words(14, 5.5, "path, 30 s", BLUE)
    plot.axes("right, mm", "forward, mm")
    return page("Prediction ellipse and convex hull of a path", plot)


def diffusion() -> str:
    """Return the mean square displacement with its two lines."""
    cop = 1000 * _sway()
    msd = mean_square_displacement(cop, RATE)
    lag = np.arange(1, len(msd) + 1) / RATE
    found = stabilogram_diffusion(cop, RATE)
    top = float(msd.max()) * 1.15
    plot = Plot((0, 10), (0, top))
    plot.area((0, 1), (0, top), "#eef3f8")
    plot.area((2, 10), (0, top), "#f6efed")
    plot.curve(lag, msd)
    t, level = found.critical_time, found.critical_displacement
    for slope, a, b, colour in ((found.short, 0, t, GREEN), (found.long, 0, 10, RED)):
        ends = np.array([a, b], dtype=np.float64)
        plot.curve(ends, level + 2 * slope * (ends - t), colour, "5 4")
    plot.dot(t, level)
    plot.words(t + 0.2, level - 0.1 * top, "critical point", RED)
    plot.words(2.6, 0.12 * top, "slope / 2: D long (lags of 2 to 10 s)", RED)
    plot.words(1.1, 0.4 * top, "slope / 2: D short (up to 1 s)", GREEN)
    plot.axes("time lag, s", "mean square displacement, mm²")
    return page("Stabilogram diffusion: two lines and where they meet", plot)


def tilt() -> str:
    """Return a tilt over time with its zone and an edge contact."""
    t = np.arange(0, 20, 1 / RATE)
    slow = 3.4 * np.sin(2 * np.pi * 0.23 * t) + 1.8 * np.sin(2 * np.pi * 0.61 * t + 1)
    angle = slow + 6.2 * np.exp(-(((t - 13.2) / 0.8) ** 2))
    plot = Plot((0, 20), (-12, 12))
    plot.area((0, 20), (-3, 3), PALE)
    for edge in (-10.0, 10.0):
        plot.curve(np.array([0.0, 20.0]), np.array([edge, edge]), RED, "5 4")
    plot.curve(t, angle)
    rms = math.sqrt(float((angle * angle).mean()))
    plot.curve(np.array([0.0, 20.0]), np.array([rms, rms]), GREEN, "2 3")
    begin = int(np.argmax(angle >= 9.0))
    if angle[begin] >= 9.0:
        plot.dot(float(t[begin]), float(angle[begin]))
        plot.words(float(t[begin]) - 0.2, 7.2, "edge contact", RED, "end")
    plot.words(0.2, -2.7, "zone", GREEN)
    plot.words(19.8, rms + 0.4, "RMS", GREEN, "end")
    plot.words(19.8, 10.4, "edge", RED, "end")
    plot.axes("time, s", "tilt from level, degrees")
    return page("Tilt with its zone, edges, RMS and an edge contact", plot)


def smoothness() -> str:
    """Return two speeds and their amplitude spectra, with the arc length of each."""
    t = np.arange(0, 2, 1 / RATE)
    smooth_one = _swing(t, 0.2, 1.6)
    halting = 0.62 * sum(_swing(t, start, 0.72) for start in (0.2, 0.64, 1.08))
    speeds = Plot((0, 2), (0, 1.15), (EDGE, 20, 280, HEIGHT - EDGE))
    arcs = Plot((0, 6), (0, 1.15), (330, 20, WIDTH - 20, HEIGHT - EDGE))
    for speed, colour, height, what in (
        (smooth_one / smooth_one.max(), BLUE, 1.02, "one swing"),
        (halting / halting.max(), RED, 0.9, "three pushes"),
    ):
        length = spectral_arc_length(speed, RATE)
        f = np.fft.rfftfreq(4096, 1 / RATE)
        amplitude = np.abs(np.fft.rfft(speed, 4096))
        near = f <= 6
        speeds.curve(t, speed, colour)
        arcs.curve(f[near], (amplitude / amplitude.max())[near], colour)
        arcs.words(1.6, height, f"{what}: {length:.2f}", colour)
    arcs.curve(np.array([0.0, 6.0]), np.array([0.05, 0.05]), INK, "2 3")
    speeds.axes("time, s", "speed")
    arcs.axes("frequency, Hz", "amplitude")
    return page("SPARC: the length of the spectrum of the speed", speeds, arcs)


def repetition() -> str:
    """Return an angle with its turning points and phases."""
    t = np.arange(0, 16, 1 / RATE)
    angle = sum(_reach(t, start) - _reach(t, start + 2.4) for start in (0.8, 5.8, 10.8))
    angle = 50 * angle + 1.2 * np.sin(2 * np.pi * 0.31 * t)
    reps = find_repetitions(np.radians(angle), RATE, math.radians(50))
    plot = Plot((0, 16), (-6, 62))
    for rep in reps:
        for phase, colour in ((rep.out, "#e6eff7"), (rep.back, "#f7ebe8")):
            plot.area((phase.start / RATE, phase.stop / RATE), (-6, 62), colour)
    plot.curve(t, angle)
    for rep in reps:
        place = rep.out.turns[1]
        plot.dot(place / RATE, float(angle[place]))
    first = reps[0]
    for begin, end, word in (
        (first.out.start, first.out.stop, "out"),
        (first.out.stop, first.back.start, "hold"),
        (first.back.start, first.back.stop, "back"),
        (first.back.stop, reps[1].out.start, "rest"),
    ):
        plot.words((begin + end) / 2 / RATE, 56.5, word, INK, "middle")
    plot.axes("time, s", "angle, degrees")
    return page("Repetitions: turns, and the phases out, hold, back and rest", plot)


def settling() -> str:
    """Return a damped swing with its first peak and when it settled."""
    t = np.arange(0, 6, 1 / RATE)
    swing = 6 * np.exp(-0.9 * t) * np.sin(2 * np.pi * 0.75 * t)
    angle = smooth(swing[:, np.newaxis], RATE, 10.0)[:, 0]
    peak = stabilisation.first_peak(angle, RATE)
    settled = stabilisation.settling_time(angle, RATE)
    band = 0.1 * float(np.abs(angle).max())
    over = flexibility.range_of_motion(angle).low
    plot = Plot((0, 6), (-4.5, 6))
    plot.area((0, 6), (-band, band), PALE)
    plot.curve(t, angle)
    plot.curve(np.array([settled, settled]), np.array([-4.5, 6.0]), GREEN, "5 4")
    plot.dot(peak.time, peak.value)
    plot.dot(float(t[int(np.argmin(angle))]), over)
    plot.words(peak.time + 0.12, peak.value, "first swing", RED)
    plot.words(float(t[int(np.argmin(angle))]) + 0.12, over - 0.3, "overshoot", RED)
    plot.words(settled + 0.08, 5.3, "settled: within 10 % of the peak", GREEN)
    plot.axes("time since contact, s", "lean from the end, degrees")
    return page("Coming to rest: first swing, overshoot, settling time", plot)


PICTURES: dict[str, Callable[[], str]] = {
    "ellipse": ellipse,
    "diffusion": diffusion,
    "tilt": tilt,
    "smoothness": smoothness,
    "repetition": repetition,
    "settling": settling,
}
"""What draws each picture, by the name of its file."""


def _sway() -> NDArray[np.float64]:
    """Return a minute of sway made of rhythms that do not repeat [m]."""
    t = np.arange(0, 60, 1 / RATE)
    golden = (1 + math.sqrt(5)) / 2
    ml, ap = np.zeros_like(t), np.zeros_like(t)
    for k in range(60):
        f = 0.02 * 1.09**k
        size = 0.0006 * math.sqrt(f / (f * f + 0.06))
        ml += size * np.sin(2 * np.pi * (f * t + golden * k))
        ap += size * np.sin(2 * np.pi * (f * t * 1.03 + golden * k * k))
    return np.column_stack([0.7 * ml + 0.35 * ap, ap])


def _swing(t: NDArray[np.float64], start: float, length: float) -> NDArray[np.float64]:
    """Return the speed of a minimum-jerk movement, 1 at its peak."""
    s = np.clip((t - start) / length, 0, 1)
    return 16 * s * s * (1 - s) ** 2


def _reach(t: NDArray[np.float64], start: float) -> NDArray[np.float64]:
    """Return a minimum-jerk movement from 0 to 1 in 1.5 s."""
    s = np.clip((t - start) / 1.5, 0, 1)
    return s * s * s * (10 - 15 * s + 6 * s * s)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, draw in PICTURES.items():
        (FOLDER / f"{name}.svg").write_text(draw(), encoding="utf-8")
