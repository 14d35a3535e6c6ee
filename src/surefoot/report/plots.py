"""What one run looked like: tilt, sway, spectrum, repetitions, and what happened."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from surefoot.analysis import deviation
from surefoot.analysis.sway import prediction_ellipse
from surefoot.report.figure import INK, PALE, SOFT, drawing, thinned
from surefoot.report.page import Html, csv_of, plot, tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surefoot.analysis import Target
    from surefoot.core import Block
    from surefoot.report.figure import Floats
    from surefoot.report.speech import Speech
    from surefoot.session.analysing import Interval, Moved

WIDE, SQUARE = (6.4, 2.7), (4.0, 3.8)
SPECTRUM_MAX = 5.0
"""Frequencies above this are noise and steps [Hz]. Our default."""
CSV_RATE = 25.0
"""The numbers beside a curve come at about this rate [Hz]."""
_EDGE = dict[str, Any](color=INK, linewidth=1.0, linestyle=(0, (5, 3)))


def tilt_plot(run: Interval, number: int, say: Speech, *, csv: bool = True) -> Html:
    """Return tilt over time, with the zone and where the board was outside it."""
    tilt, target = run.tilt, run.target
    if tilt is None or not len(tilt):
        return Html()
    t, degrees = tilt.t - run.start, np.degrees(tilt.data)
    label = say("Tilt of the board over time")
    with drawing(f"tilt{number}", WIDE, label) as figure:
        axes = figure.axes
        _zone_band(axes, target, say)
        axes.plot(*thinned(t, degrees[:, 0]), color=INK, label=say("right edge down +"))
        if target is None or target.axis == "both" or target.axis == "ap":
            front = say("front edge down +")
            axes.plot(*thinned(t, degrees[:, 1]), color=SOFT, ls=":", label=front)
        _outside(axes, t, tilt, target, say)
        _time_axes(axes, run, say("Tilt [°]"), say)
    step = _every(tilt.info.rate)
    head = ("t_s", "tilt_ml_deg", "tilt_ap_deg")
    table = csv_of(head, _numbers(t[::step], degrees[::step])) if csv else ""
    shown = say("Tilt over time. Grey: the zone. Bars below: outside the zone.")
    caption = shown if _has_zone(target) else say("Tilt over time.")
    return plot(figure.svg, caption, table, f"tilt-{number}", say)


def plane_plot(run: Interval, number: int, say: Speech) -> Html:
    """Return the path in the plane with its 95 % ellipse, and the zone of a board."""
    block = run.cop if run.cop is not None else run.tilt
    if block is None or len(block) < 3 or not np.isfinite(block.data).all():
        return Html()
    told, unit, factor = say("Tilt in both directions"), "°", 180 / math.pi
    if run.cop is not None:
        told, unit, factor = say("Path of the centre of pressure"), "mm", 1e3
    data = block.data * factor
    middle = data.mean(axis=0) if run.cop is not None else np.zeros(2)
    data = data - middle
    with drawing(f"plane{number}", SQUARE, told) as figure:
        axes = figure.axes
        step = max(1, len(data) // 3000)
        axes.plot(*data[::step].T, color=SOFT, linewidth=0.7)
        _ellipse(axes, data, block.info.rate, say("95 % ellipse"))
        if run.cop is None:
            _ring(axes, run.target, say("zone"))
        axes.set_aspect("equal", adjustable="datalim")
        axes.set_xlabel(say("left to right [{unit}]", unit=unit))
        axes.set_ylabel(say("back to front [{unit}]", unit=unit))
        axes.legend(loc="upper right", fontsize=8)
    keep = max(1, len(data) // 2000)
    csv = csv_of(("ml", "ap"), _numbers(data[::keep, 0], data[::keep, 1:]))
    note = say("{what}. Solid: 95 % prediction ellipse.", what=told)
    return plot(figure.svg, note, csv, f"plane-{number}", say)


def spectrum_plot(run: Interval, number: int, say: Speech) -> Html:
    """Return the power spectrum (Welch), up to 5 Hz; nothing for less than 10 s."""
    block = run.cop if run.cop is not None else run.tilt
    if block is None or len(block) < 10 * block.info.rate:
        return Html()
    factor, unit = (1e3, "mm²/Hz") if run.cop is not None else (180 / math.pi, "°²/Hz")
    rate = block.info.rate
    data = (block.data - block.data.mean(axis=0)) * factor
    length = min(len(data), round(10 * rate))
    frequency, power = _welch(data, rate, length)
    shown = (frequency > 0) & (frequency <= SPECTRUM_MAX)
    frequency, power = frequency[shown], power[shown]
    label = say("Power at each frequency")
    with drawing(f"spectrum{number}", SQUARE, label) as figure:
        axes = figure.axes
        axes.plot(frequency, power[:, 0], color=INK, label=say("left to right"))
        front = say("back to front")
        axes.plot(frequency, power[:, 1], color=SOFT, ls=":", label=front)
        axes.set_xlabel(say("Frequency [Hz]"))
        axes.set_ylabel(say("Power [{unit}]", unit=unit))
        axes.set_xlim(0, SPECTRUM_MAX)
        axes.set_ylim(0, None)
        axes.legend(fontsize=8)
    csv = csv_of(("frequency_hz", "ml", "ap"), _numbers(frequency, power))
    note = say("{what} (Welch, windows of 10 s).", what=label)
    return plot(figure.svg, note, csv, f"spectrum-{number}", say)


def angle_plot(moved: Moved, number: int, say: Speech) -> Html:
    """Return the angle of the movement that was asked for, over time."""
    if len(moved.t) < 2:
        return Html()
    t, degrees = moved.t - moved.t[0], np.degrees(moved.angle)
    label = say("Angle of the movement over time")
    with drawing(f"angle{number}", WIDE, label) as figure:
        axes = figure.axes
        axes.plot(*thinned(t, degrees), color=INK)
        axes.set_xlim(0, float(t[-1]))
        axes.set_xlabel(say("Time in the run [s]"))
        axes.set_ylabel(say("Angle [°]"))
    step = _every(moved.rate)
    csv = csv_of(("t_s", "angle_deg"), _numbers(t[::step], degrees[::step]))
    note = say("{what}, about the usual posture.", what=label)
    return plot(figure.svg, note, csv, f"angle-{number}", say)


def repetition_plot(moved: Moved, number: int, say: Speech) -> Html:
    """Return all repetitions one over the other, and their mean as a template."""
    grid = np.linspace(0.0, 1.0, 201)
    curves = np.array(
        [
            np.degrees(np.interp(grid, np.linspace(0, 1, len(part)), part))
            for rep in moved.repetitions
            if len(part := moved.angle[rep.out.start : rep.back.stop]) > 1
        ]
    )
    if not len(curves):
        return Html()
    template = np.median(curves, axis=0)
    label = say("Repetitions one over the other")
    with drawing(f"repetitions{number}", WIDE, label) as figure:
        axes = figure.axes
        axes.plot(100 * grid, curves.T, color=SOFT, linewidth=0.7)
        usual = say("their middle")
        axes.plot(100 * grid, template, color=INK, linewidth=2.4, label=usual)
        axes.set_xlabel(say("From beginning to end [%]"))
        axes.set_ylabel(say("Angle [°]"))
        axes.legend(fontsize=8)
    head = ("share", "middle", *(f"repetition_{i + 1}" for i in range(len(curves))))
    csv = csv_of(head, _numbers(grid, np.vstack([template, curves]).T))
    note = say("{count} repetitions. Thick: their middle.", count=len(curves))
    return plot(figure.svg, note, csv, f"repetitions-{number}", say)


def phase_plot(measures: Sequence[Mapping[str, Any]], number: int, say: Speech) -> Html:
    """Return SPARC of each phase, out and back in turn."""
    values = [one for one in measures if one["name"] == "sparc"]
    if len(values) < 2:
        return Html()
    sparc = np.array([one["value"] for one in values], dtype=np.float64)
    places = np.arange(1, len(sparc) + 1)
    label = say("Smoothness (SPARC) of each phase")
    with drawing(f"sparc{number}", WIDE, label) as figure:
        axes = figure.axes
        kinds = ((0, "o", INK, say("way out")), (1, "s", "white", say("way back")))
        for first, mark, fill, told in kinds:
            where, what = places[first::2], sparc[first::2]
            axes.plot(where, what, mark, mec=INK, mfc=fill, label=told)
        axes.set_xlabel(say("Phase"))
        axes.set_ylabel("SPARC [1]")
        axes.legend(fontsize=8)
    lines = zip(places, (one["t0"] for one in values), sparc, strict=True)
    csv = csv_of(("phase", "t0_s", "sparc"), list(lines))
    note = say("{what}; nearer zero is smoother.", what=label)
    return plot(figure.svg, note, csv, f"sparc-{number}", say)


def time_plot(
    events: Sequence[Mapping[str, Any]],
    runs: Sequence[Interval],
    duration: float,
    say: Speech,
) -> Html:
    """Return what happened when: runs, cues, pain, markers and lost sensors."""
    kinds = list(dict.fromkeys(str(one["kind"]) for one in events))
    if not kinds:
        return Html()
    label = say("What happened when")
    size = (WIDE[0], 1.1 + 0.3 * len(kinds))
    with drawing("times", size, label) as figure:
        axes = figure.axes
        for run in runs:
            axes.axvspan(run.start, run.end, color=PALE, lw=0)
        for place, kind in enumerate(kinds):
            at = [one["t"] for one in events if one["kind"] == kind]
            axes.plot(at, [place] * len(at), "|", color=INK, ms=11, mew=1.6)
        axes.set_yticks(range(len(kinds)), kinds)
        axes.set_ylim(len(kinds) - 0.4, -0.6)
        axes.set_xlim(0, max(duration, 1.0))
        axes.set_xlabel(say("Time in the recording [s]"))
    told = ((one["t"], one["kind"], one.get("detail", "")) for one in events)
    csv = csv_of(("t_s", "what", "detail"), list(told))
    return plot(figure.svg, say("Grey: measured runs."), csv, "times", say)


def _welch(data: Floats, rate: float, length: int) -> tuple[Floats, Floats]:
    from scipy import signal  # heavy; the pages of months need none

    return cast(
        "tuple[Floats, Floats]", signal.welch(data, rate, nperseg=length, axis=0)
    )


def pair(*figures: Html) -> Html:
    """Return figures side by side where there is room."""
    shown = [figure for figure in figures if figure]
    return tag("div", *shown, class_="pair") if shown else Html()


def _zone_band(axes: Any, target: Target | None, say: Speech) -> None:
    if not _has_zone(target):
        return
    zone = math.degrees(target.zone) if target else 0.0
    axes.axhspan(-zone, zone, color=PALE, lw=0, label=say("zone"))
    for side in (-zone, zone):
        axes.axhline(side, **_EDGE)


def _outside(
    axes: Any, t: Floats, tilt: Block, target: Target | None, say: Speech
) -> None:
    """Mark below the curve where the board was outside the zone."""
    if target is None or not _has_zone(target):
        return
    out = deviation(tilt.data, target.axis) > target.zone
    edges = np.flatnonzero(np.diff(np.concatenate([[0], out.astype(np.int8), [0]])))
    low = axes.get_ylim()[0]
    spans = [
        (float(t[a]), float(t[min(b, len(t) - 1)] - t[a]))
        for a, b in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    ]
    if spans:
        high = axes.get_ylim()[1]
        thick = 0.04 * (high - low)
        label = say("outside")
        axes.broken_barh(spans, (low, thick), facecolor=INK, label=label)


def _time_axes(axes: Any, run: Interval, ylabel: str, say: Speech) -> None:
    axes.set_xlim(0, run.end - run.start)
    axes.set_xlabel(say("Time in the run [s]"))
    axes.set_ylabel(ylabel)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, 1.2), ncols=4, fontsize=8)


def _has_zone(target: Target | None) -> bool:
    return target is not None and math.isfinite(target.zone)


def _ring(axes: Any, target: Target | None, label: str) -> None:
    if target is None or not _has_zone(target):
        return
    zone, turn = math.degrees(target.zone), np.linspace(0, 2 * np.pi, 120)
    if target.axis == "both":
        axes.plot(zone * np.cos(turn), zone * np.sin(turn), **_EDGE, label=label)
        return
    line = axes.axvline if target.axis == "ml" else axes.axhline
    line(-zone, **_EDGE, label=label)
    line(zone, **_EDGE)


def _ellipse(axes: Any, data: Floats, rate: float, label: str) -> None:
    found = prediction_ellipse(np.ascontiguousarray(data), rate)
    turn = np.linspace(0, 2 * np.pi, 120)
    x, y = found.major * np.cos(turn), found.minor * np.sin(turn)
    angle = 0.0 if math.isnan(found.angle) else found.angle  # a circle
    c, s = math.cos(angle), math.sin(angle)
    middle = data.mean(axis=0)
    path = (middle[0] + c * x - s * y, middle[1] + s * x + c * y)
    axes.plot(*path, color=INK, lw=1.8, label=label)


def _every(rate: float) -> int:
    return max(1, round(rate / CSV_RATE))


def _numbers(first: Floats, rest: Floats) -> list[list[str]]:
    table = np.column_stack([first, rest])
    return [[f"{value:.6g}" for value in line] for line in table.tolist()]
