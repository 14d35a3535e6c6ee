"""Sway of a centre of pressure, and how it goes on from moment to moment."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.mctsib import sway_angle_deviation, sway_angle_velocity
from surefoot.analysis.registry import CARDS, Need, Supply
from surefoot.analysis.smoothing import smooth
from surefoot.analysis.sway import core_set, path_length
from surefoot.analysis.sway_dynamics import (
    centre_of_mass,
    dfa,
    sample_entropy,
    stabilogram_diffusion,
    sway_density,
    time_to_boundary,
)
from surefoot.session.analysing._even import SLACK, Series, pieces, resampled, series
from surefoot.session.analysing._filters import lowpass_told
from surefoot.session.analysing._findings import Part
from surefoot.session.analysing._material import COP

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.analysis.pipeline import Pipeline
    from surefoot.analysis.sway_dynamics.boundary import Motion
    from surefoot.analysis.target import Axis
    from surefoot.core import Block
    from surefoot.session.analysing._findings import Findings
    from surefoot.session.analysing._material import Options

CUTOFF = 10.0
"""Zero-phase low-pass of our own boards [Hz]."""
ORDER = 4
NOISE = 0.8
"""With less of the path left below 10 Hz the values are flagged. Our default."""
ENTROPY_RATE = 25.0
"""Sample entropy is taken at this rate or a little less [Hz]."""
ENTROPY_MAX = 100_000
"""More samples would take a minute: its cost grows with their square."""
GAP = 0.2
"""A longer step is a gap: no path and no time [s]."""

FROZEN = "the centre of pressure is the same in all {} samples: nobody stands so still"

_AXES: tuple[Axis, Axis, Axis] = ("both", "ml", "ap")
_EVEN_ONLY = frozenset(name for name, card in CARDS.items() if card.uniform)


@dataclass(frozen=True, slots=True)
class Stance:
    """One stretch of standing.

    Attributes
    ----------
    block : Block
        The stream with the centre of pressure, cut to the stretch.
    start, end : float
        The stretch [s].
    pipeline : Pipeline
        What is known of it before anything was done.
    declared : bool
        Whether the times stand in a file, and were not fitted to arrivals.
    flags : tuple of str
        Said beside every value.
    run : str
        As in `Part`.
    """

    block: Block
    start: float
    end: float
    pipeline: Pipeline
    declared: bool = True
    flags: tuple[str, ...] = ()
    run: str = ""


def sway(findings: Findings, stance: Stance, options: Options) -> None:
    """Give every measure of a centre of pressure that its samples support."""
    info = stance.block.info
    raw = np.ascontiguousarray(stance.block.data[:, info.columns(*COP)])
    if len(raw) > 1 and bool((raw == raw[0]).all()):
        why = stance.run + FROZEN.format(len(raw))
        findings.refuse_group(("cop", "cop-dynamics"), why)
        return
    slack = SLACK if stance.declared else np.inf
    found = series(stance.block.t, raw, info.rate, slack)
    if found.even:
        _of_even(findings, stance, options, found)
    else:
        _of_uneven(findings, stance, options, found)


def _of_even(
    findings: Findings, stance: Stance, options: Options, found: Series
) -> None:
    cutoff = _cutoff(stance, options)
    clean = replace(found, data=_lowpassed(found, cutoff))
    flags = (*stance.flags, *(("FILLED",) if found.filled else ()), *_noisy(clean))
    part = _part(stance, clean, flags, options, cutoff)
    findings.give(core_set(clean.data, clean.rate), part)
    _dynamics(findings, clean, part)
    _angles(findings, clean, part, options.height)
    _boundary(findings, clean, part, options.outline)


def _of_uneven(
    findings: Findings, stance: Stance, options: Options, found: Series
) -> None:
    """Take what can be taken with the samples' own times; the rest from a grid."""
    gap = ("GAP",) if found.longest > GAP else ()
    cutoff = _cutoff(stance, options)
    known = cutoff if found.regular else None
    clean = replace(found, data=_lowpassed(found, known))
    flags = (*stance.flags, "OWN_TIMES", *gap)
    own = _part(stance, clean, flags, options, known)
    values = core_set(clean.data, clean.rate, clean.t)
    findings.give({n: v for n, v in values.items() if n not in _EVEN_ONLY}, own)
    grid = resampled(found)
    if grid is None:
        _refuse_even(findings, own.run + f"needs evenly spaced samples: {found.gap}")
        return
    clean = replace(grid, data=_lowpassed(grid, cutoff))
    flags = (*stance.flags, "RESAMPLED", *gap)
    part = _part(stance, clean, flags, options, cutoff)
    told = f"uneven, resampled to {clean.rate:g} Hz by SWARII (0.1 s)"
    part = replace(part, pipeline=replace(part.pipeline, sampling=told))
    values = core_set(clean.data, clean.rate)
    findings.give({n: v for n, v in values.items() if n in _EVEN_ONLY}, part)
    _dynamics(findings, clean, part)
    _angles(findings, clean, part, options.height)
    _boundary(findings, clean, part, options.outline)


def _part(
    stance: Stance,
    found: Series,
    flags: tuple[str, ...],
    options: Options,
    cutoff: float | None,
) -> Part:
    pipeline = replace(
        stance.pipeline,
        rate=found.rate,
        duration=found.duration,
        filter=_filter(found, cutoff),
        sampling="even" if found.even else "uneven: each sample with its own time",
    )
    needs = {Need.COP, *((Need.HEIGHT,) if options.height else ())}
    needs |= {Need.BOUNDARY} if options.outline else set()
    supply = Supply(frozenset(needs), found.duration, found.rate, found.even)
    return Part(stance.start, stance.end, pipeline, supply, flags, stance.run)


def _dynamics(findings: Findings, clean: Series, part: Part) -> None:
    cop, rate = clean.data, clean.rate
    values: dict[str, float] = {}
    for axis in _AXES:
        found = stabilogram_diffusion(cop, rate, axis)
        end = "" if axis == "both" else f"_{axis}"
        values |= {
            f"diffusion_coefficient_short{end}": found.short,
            f"diffusion_coefficient_long{end}": found.long,
            f"diffusion_critical_time{end}": found.critical_time,
            f"diffusion_critical_displacement{end}": found.critical_displacement,
            f"diffusion_exponent_short{end}": found.short_exponent,
            f"diffusion_exponent_long{end}": found.long_exponent,
        }
    for axis, column in zip(("ml", "ap"), cop.T, strict=True):
        values[f"dfa_alpha_{axis}"] = dfa(column, rate)
    density = sway_density(cop, rate)
    values |= {
        "sway_density_peak": density.mean_peak,
        "sway_density_distance": density.mean_distance,
        "sway_density_time": density.mean_time,
    }
    findings.give(values, part)
    _entropy(findings, clean, part)


def _entropy(findings: Findings, clean: Series, part: Part) -> None:
    every = _every(clean.rate)
    whole = clean.data
    told = f"{part.pipeline.sampling}, sample entropy at {clean.rate / every:.4g} Hz"
    if every > 1 and part.pipeline.filter == "none":  # what is left out must not fold
        whole = smooth(whole, clean.rate, CUTOFF, ORDER)
        told += f" of the signal low-passed at {CUTOFF:g} Hz"
    thin = whole[::every]
    names = ("sample_entropy_ml", "sample_entropy_ap")
    if len(thin) > ENTROPY_MAX:
        minutes = ENTROPY_MAX / clean.rate * every / 60
        findings.refuse(names, f"{part.run}longer than {minutes:.0f} min: cut it first")
        return
    supply = replace(part.supply, rate=clean.rate / every)
    pipeline = replace(part.pipeline, sampling=told)
    values = {
        name: sample_entropy(np.ascontiguousarray(column))
        for name, column in zip(names, thin.T, strict=True)
    }
    findings.give(values, replace(part, supply=supply, pipeline=pipeline))


def _angles(
    findings: Findings, clean: Series, part: Part, height: float | None
) -> None:
    if height is None:
        return
    centre = centre_of_mass(clean.data, clean.rate, height)
    values = {
        "sway_angle_deviation": sway_angle_deviation(clean.data, height),
        "sway_angle_velocity": sway_angle_velocity(centre, clean.rate, height),
    }
    findings.give(values, _also(part, f"body height {height:g} m"))


def _boundary(
    findings: Findings,
    clean: Series,
    part: Part,
    outline: tuple[tuple[float, float], ...],
) -> None:
    if not outline:
        return
    corners = np.array(outline)
    feet = hashlib.sha256(corners.tobytes()).hexdigest()[:8]
    part = _also(part, f"outline {feet} of {len(corners)} corners")
    values: dict[str, float] = {}
    motions: tuple[tuple[str, Motion], ...] = (("", "quadratic"), ("_linear", "linear"))
    for kind, motion in motions:
        found = time_to_boundary(clean.data, clean.rate, corners, motion)
        values |= {
            f"time_to_boundary{kind}_mean": found.mean,
            f"time_to_boundary{kind}_median": found.median,
            f"time_to_boundary{kind}_min": found.minimum,
            f"time_to_boundary{kind}_mean_min": found.mean_of_minima,
            "time_to_boundary_outside": found.outside,
        }
    never = "the centre of pressure never goes towards the outline"
    findings.give(values, part, dict.fromkeys(values, never))


def _also(part: Part, told: str) -> Part:
    """Return the same with something that the values depend on too."""
    sampling = f"{part.pipeline.sampling}, {told}"
    return replace(part, pipeline=replace(part.pipeline, sampling=sampling))


def _refuse_even(findings: Findings, why: str) -> None:
    groups = ("cop", "cop-dynamics")
    findings.refuse(
        (n for n in CARDS if n in _EVEN_ONLY and CARDS[n].group in groups), why
    )


def _every(rate: float) -> int:
    """Return how many samples make one of sample entropy: 20 to 25 Hz, if it can."""
    every = max(1, int(np.ceil(rate / ENTROPY_RATE - 1e-9)))
    return every if rate / every >= 0.8 * ENTROPY_RATE else max(1, every - 1)


def _cutoff(stance: Stance, options: Options) -> float | None:
    """Return the low-pass that was asked for, or ours for a board of ours [Hz]."""
    if options.lowpass == "auto":
        return None if stance.declared else CUTOFF
    return options.lowpass


def _noisy(found: Series) -> tuple[str, ...]:
    """Flag a path of which a good part is faster than any sway."""
    low = smooth(found.data, found.rate, CUTOFF, ORDER)
    paths = [path_length(cop, found.rate) for cop in (low, found.data)]
    return ("NOISY",) if paths[0] < NOISE * paths[1] else ()


def _lowpassed(found: Series, cutoff: float | None) -> NDArray[np.float64]:
    if cutoff is None:
        return found.data
    if found.even:
        return smooth(found.data, found.rate, cutoff, ORDER)
    data = found.data.copy()
    for piece in pieces(found):
        data[piece] = smooth(data[piece], found.rate, cutoff, ORDER)
    return data


def _filter(found: Series, cutoff: float | None) -> str:
    if cutoff is None:
        return "none"
    return lowpass_told(found.rate, cutoff, ORDER)


def standing(force: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return where somebody stood: more than half of what most was on the board."""
    return force > 0.5 * float(np.percentile(force, 90))
