"""How low back and hip share a bend: a sensor above the low back and one below it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis import smooth
from surefoot.analysis.proprioception import (
    halfway_delay,
    lead,
    lumbar_share,
    lumbar_shares,
    relative_phase,
)
from surefoot.analysis.registry import CARDS, Need, Supply
from surefoot.analysis.repetitions import find_repetitions
from surefoot.session.analysing._angle import movement
from surefoot.session.analysing._filters import lowpass_told
from surefoot.session.analysing._material import TRUNK
from surefoot.session.analysing._pelvis import PELVIS
from surefoot.session.analysing._tilt import CUTOFF, ORDER
from surefoot.session.analysing._trunk import ACROSS, facing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.analysis import Axis
    from surefoot.analysis.repetitions import Repetition
    from surefoot.session.analysing._angle import Movement
    from surefoot.session.analysing._findings import Findings, Part
    from surefoot.session.analysing._spans import Span, Ups

_NAMES = tuple(n for n, card in CARDS.items() if Need.TWO_SENSORS in card.needs)
ASK = "no bend was asked for: --repetitions DEG looks for one of that range"


def bends(
    findings: Findings, span: Span, ups: Ups, part: Part, target: float | None
) -> None:
    """Give how low back and hip share each bend of a span, forward or sideways.

    Parameters
    ----------
    findings : Findings
        Takes them.
    span : Span
        The interval.
    ups : Ups
        Where up was.
    part : Part
        Pipeline and flags of the trunk before anything was done.
    target : float or None
        Range that the trunk's bend should have [rad].
    """
    if target is None:
        findings.refuse(_NAMES, part.run + ASK)
        return
    found = _both(ups, span)
    if isinstance(found, str):
        findings.refuse(_NAMES, part.run + found)
        return
    upper, lower = found
    rate = upper.found.rate
    reps = find_repetitions(
        upper.angle, rate, target, velocity=upper.velocity, outward=upper.outward
    )
    if not reps:
        degrees = np.degrees(target)
        why = (
            f"{part.run}the trunk did not bend there and back by {degrees:.0f} degrees"
        )
        findings.refuse(_NAMES, why)
        return
    trunk = _lowpassed(upper.angle, rate)
    pelvis = np.interp(upper.found.t, lower.found.t, lower.angle)
    pelvis = _lowpassed(pelvis, rate)
    needs = frozenset({Need.TWO_SENSORS, Need.ORIENTATION})
    supply = Supply(needs, upper.found.duration, rate)
    level = "the usual posture"
    told = lowpass_told(rate, CUTOFF, ORDER)
    told += f"; bends of {np.degrees(target):.3g} degrees"
    pipeline = replace(part.pipeline, rate=rate, filter=told, level=level)
    own = replace(part, supply=supply, pipeline=pipeline)
    for rep in reps:
        t = upper.found.t[[rep.out.turns[0], rep.back.turns[1]]].tolist()
        values = _of_one(trunk, pelvis, rep)
        findings.give(values, replace(own, start=t[0], end=t[1] + 1.0 / rate))
    whole = slice(reps[0].out.turns[0], reps[-1].back.turns[1] + 1)
    phase = relative_phase(trunk[whole], pelvis[whole])
    findings.give({"lumbar_relative_phase": phase}, own)


def _both(ups: Ups, span: Span) -> tuple[Movement, Movement] | str:
    """Return the movement of both sensors in the trunk's main plane, or why not."""
    turns: list[NDArray[np.float64]] = []
    for role in (TRUNK, PELVIS):
        up = ups.up(role)
        inside = None if up is None else up.between(span.start, span.end)
        if inside is None or len(inside) < 3:
            return f"no samples from the {role}"
        turn, known, _ = facing(inside, ups.material.setup.sensors[role])
        if not known:
            return f"{role}: {ACROSS}"
        turns.append(turn)
    upper = _moved(ups, span, TRUNK, turns[0], "ap")
    sideways = _moved(ups, span, TRUNK, turns[0], "ml")
    axis: Axis = "ap"
    if np.ptp(sideways.angle) > np.ptp(upper.angle):
        upper, axis = sideways, "ml"
    lower = _moved(ups, span, PELVIS, turns[1], axis)
    for one in (upper, lower):
        if not one.found.even:
            return f"needs evenly spaced samples: {one.found.gap}"
    return upper, lower


def _moved(
    ups: Ups, span: Span, role: str, turn: NDArray[np.float64], axis: Axis
) -> Movement:
    imu, up = ups.imu(role), ups.up(role)
    assert imu is not None
    assert up is not None
    start, end = span.start, span.end
    return movement(imu.between(start, end), up.between(start, end), turn, axis)


def _of_one(
    trunk: NDArray[np.float64], pelvis: NDArray[np.float64], rep: Repetition
) -> dict[str, float]:
    out = slice(rep.out.turns[0], rep.out.turns[1] + 1)
    both = slice(rep.out.turns[0], rep.back.turns[1] + 1)
    quarters = lumbar_shares(trunk[out], pelvis[out]).tolist()
    return {
        "lumbar_share": lumbar_share(trunk[out], pelvis[out]),
        **{f"lumbar_share_quarter_{i}": q for i, q in enumerate(quarters, 1)},
        "lumbar_lead": lead(trunk[both], pelvis[both], rep.rate),
        "lumbar_halfway_delay": halfway_delay(trunk[out], pelvis[out], rep.rate),
    }


def _lowpassed(angle: NDArray[np.float64], rate: float) -> NDArray[np.float64]:
    return smooth(angle[:, np.newaxis], rate, CUTOFF, ORDER)[:, 0]
