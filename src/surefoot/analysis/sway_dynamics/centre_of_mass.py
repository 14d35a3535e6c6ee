"""Where the body's centre of mass was, estimated from the CoP alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.sway_dynamics._checks import in_plane, positive, usable

if TYPE_CHECKING:
    from numpy.typing import NDArray

GRAVITY = 9.8
"""As in the published code; the true value changes less than rounding of h [m/s^2]."""

CENTRE = 0.521
"""Height of the centre of mass over the ankle, as a share of body height."""

MARGIN = 5.0
"""How much of the signal is turned about each end, to run in [s]."""

INERTIA = (0.0572, 0.0533)
"""Moment of inertia about the centre of mass ML, AP, over mass and body height^2."""


def centre_of_mass(
    cop: NDArray[np.float64], rate: float, height: float, margin: float = MARGIN
) -> NDArray[np.float64]:
    """Return the horizontal position of the centre of mass of a standing person.

    The body as an inverted pendulum on the ankle turns the CoP into the position of
    the centre of mass by the zero-phase low-pass ``w0^2 / (w0^2 + w^2)`` with
    ``w0^2 = g h / (I / m + h^2)``, ``h = 0.521 H``, ``I / m = 0.0533 H^2`` (AP) or
    ``0.0572 H^2`` (ML). Mass cancels. Before and after, the signal goes
    on turned about its end, so that a drift goes on.

    Parameters
    ----------
    cop : ndarray, shape (n, 2)
        Centre of pressure ML, AP [m]; uniform samples.
    rate : float
        Sampling rate [Hz].
    height : float
        Body height H [m].
    margin : float
        How much of the signal is turned about each end [s], at most all. With 1 s, as
        in a published code, 5 % of the step from the end to the start leaks in.

    Returns
    -------
    ndarray, shape (n, 2)
        Position ML, AP [m], with the mean of the CoP. Slow sway passes (0.98 of it at
        0.07 Hz in a person of 1.7 m), fast sway does not (half at 0.48 Hz). NaN with
        samples that are not finite; empty when empty.

        An estimate for quiet standing with both feet down and the ankle as the joint:
        stepping, hip movement and anything held break the model. The first and last
        second lean on how the signal is taken to go on.

    Notes
    -----
    Caron et al. (1997), doi:10.1016/S0021-9290(97)00094-8; inertia of Breniere (1996),
    J Mot Behav 28:291-298 (pages not verified); compared with other ways by Lafond et
    al. (2004), doi:10.1016/S0021-9290(03)00251-3.
    """
    points = in_plane("centre of mass", cop)
    positive("centre of mass", "a rate", rate)
    positive("centre of mass", "a body height in m", height)
    if not usable(points, 1):
        return np.full(points.shape, math.nan)
    n = len(points)
    mean = points.mean(axis=0)
    away = points - mean
    more = min(round(margin * rate), n - 1)
    before, after = away[more:0:-1], away[-2 : -more - 2 : -1]
    longer = np.concatenate([2 * away[0] - before, away, 2 * away[-1] - after])
    lines = np.fft.rfft(longer, axis=0)
    w = 2 * np.pi * np.fft.rfftfreq(len(longer), 1 / rate)[:, np.newaxis]
    square = _natural_square(height)
    slow = np.fft.irfft(lines * (square / (square + w * w)), len(longer), axis=0)
    return slow[more : more + n] + mean


def _natural_square(height: float) -> NDArray[np.float64]:
    h = CENTRE * height
    inertia = np.array(INERTIA) * height * height + h * h
    return GRAVITY * h / inertia
