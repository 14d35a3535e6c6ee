"""Standing with eyes open and closed, on firm ground and on foam (mCTSIB).

The modified clinical test of sensory interaction in balance: four conditions, one
number each, and composites of the four. Numbers, not findings: what they mean
for a person is for a therapist to say.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.analysis.limits import lean_angle

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Conditions(NamedTuple):
    """One measure of sway in each of the four conditions, all in one unit.

    Attributes
    ----------
    firm_open, firm_closed : float
        On firm ground, eyes open and closed.
    foam_open, foam_closed : float
        On foam, eyes open and closed.
    """

    firm_open: float
    firm_closed: float
    foam_open: float
    foam_closed: float


class Composites(NamedTuple):
    """What the four conditions say together.

    Attributes
    ----------
    mean : float
        Mean of the four, in their unit.
    visual : float
        Smaller growth when the eyes close, of that on firm ground and on foam [1].
    proprioceptive : float
        Smaller growth from firm ground to foam, of eyes open and closed [1].
    vestibular : float
        Growth from firm ground with eyes open to foam with eyes closed [1].
    """

    mean: float
    visual: float
    proprioceptive: float
    vestibular: float


def composites(sway: Conditions) -> Composites:
    """Return the composites of the four conditions.

    ``mean = (EO + EC + EOF + ECF) / 4``,
    ``visual = min((EC - EO) / EO, (ECF - EOF) / EOF)``,
    ``proprioceptive = min((EOF - EO) / EO, (ECF - EC) / EC)``,
    ``vestibular = (ECF - EO) / EO``.

    Parameters
    ----------
    sway : Conditions
        A positive measure of sway, as an area or a mean velocity; one kind, from trials
        of one length.

    Returns
    -------
    Composites
        Growth of 0 is no change, 1 twice the sway, below 0 less of it. NaN where a
        condition is missing (NaN) or a divisor is 0 or less.

        An area grows with the square of a distance, and so do these: composites of
        other measures are other numbers. A steady first trial makes all growth large.
        One trial a condition is noisy; the foam and the order of trials matter.

    Notes
    -----
    The composites of a maker of sensors, as its support page gives them for the sway
    area in percent (no DOI). The test: Shumway-Cook & Horak (1986),
    doi:10.1093/ptj/66.10.1548.
    """
    eo, ec, eof, ecf = sway
    return Composites(
        mean=(eo + ec + eof + ecf) / 4,
        visual=_least(_growth(eo, ec), _growth(eof, ecf)),
        proprioceptive=_least(_growth(eo, eof), _growth(ec, ecf)),
        vestibular=_growth(eo, ecf),
    )


def sway_angle_deviation(cop: NDArray[np.float64], height: float) -> float:
    """Return the standard deviation of the sway angle, seen from the ankle.

    ``sqrt(var(ml) + var(ap))`` (ddof 0) of the angles under which the CoP is seen from
    the centre of mass (`surefoot.analysis.limits.lean_angle`).

    Parameters
    ----------
    cop : ndarray, shape (n, 2)
        Centre of pressure ML, AP [m].
    height : float
        Body height [m].

    Returns
    -------
    float
        0 or more [rad]. NaN when empty or with samples that are not finite. Near the
        RMS distance over 0.55 of the body height; it grows with the length of the
        trial. Products of this kind differ in rate and filter.
    """
    lean = lean_angle(cop, height)
    if len(lean) == 0:
        return math.nan
    return float(np.sqrt(lean.var(axis=0).sum()))


def sway_angle_velocity(
    position: NDArray[np.float64], rate: float, height: float
) -> float:
    """Return the mean angular velocity of sway: path of the angle over time.

    Parameters
    ----------
    position : ndarray, shape (n, 2)
        Centre of mass ML, AP (`surefoot.analysis.sway_dynamics.centre_of_mass`), or the
        CoP, which moves more [m]; uniform samples.
    rate : float
        Sampling rate [Hz].
    height : float
        Body height [m].

    Returns
    -------
    float
        0 or more [rad/s]. NaN with fewer than two samples or with samples that are
        not finite. Grows with noise, rate and cut-off.
    """
    steps = np.diff(lean_angle(position, height), axis=0)
    if len(steps) == 0:
        return math.nan
    return float(np.sqrt((steps * steps).sum(axis=1)).mean()) * rate


def _growth(before: float, after: float) -> float:
    return after / before - 1 if before > 0 else math.nan


def _least(a: float, b: float) -> float:
    return math.nan if math.isnan(a) or math.isnan(b) else min(a, b)
