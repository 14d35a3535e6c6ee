"""What measures of a centre of pressure cost, beside published codes in the same run.

neurokit2 and micromotion are compared with where they are installed; the product needs
neither. Rounds take turns, so that a busy moment of the machine hits all alike.
"""

from __future__ import annotations

import importlib.util
import time
from functools import partial
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis import sway, sway_dynamics
from surefoot.analysis.resampling import swarii
from surefoot.core import Block, StreamInfo
from surefoot.stream import SwayMeter

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

RATE = 100.0  # Hz
MINUTE = 6000  # samples
FRAME_60 = 1000 / 60  # ms
SUPPORT = np.array([[-0.2, -0.15], [0.2, -0.15], [0.2, 0.15], [-0.2, 0.15]])  # m
ROUNDS = 9


def report() -> None:
    """Print costs and ratios."""
    print("measures: centre of pressure, 60 s at 100 Hz, medians of rounds in turn")
    cop = sway_like(MINUTE)
    beside_neurokit2(cop)
    beside_micromotion(cop)
    resampling()
    window()
    growth()


def sway_like(n: int) -> NDArray[np.float64]:
    """Return a sway of some millimetres: noise that drifts back, smoothed [m]."""
    from scipy import signal

    noise = np.random.default_rng(1).standard_normal((n + 4000, 2))
    slow = signal.lfilter([0.03], [1, -0.99], noise, axis=0)
    return 0.04 * signal.lfilter([0.2], [1, -0.8], slow, axis=0)[4000:]


def core(cop: NDArray[np.float64]) -> dict[str, float]:
    """Return the core set."""
    return sway.core_set(cop, RATE)


def full(cop: NDArray[np.float64]) -> dict[str, object]:
    """Return the core set and all that research adds, of both axes."""
    found: dict[str, object] = dict(core(cop))
    for name, x in zip(("ml", "ap"), np.ascontiguousarray(cop.T), strict=True):
        found[f"sample_entropy_{name}"] = sway_dynamics.sample_entropy(x)
        found[f"dfa_{name}"] = sway_dynamics.dfa(x, RATE)
        found[f"dfa_velocity_{name}"] = sway_dynamics.dfa(np.diff(x) * RATE, RATE)
    for axis in ("ml", "ap", "both"):
        told = sway_dynamics.stabilogram_diffusion(cop, RATE, axis)
        found[f"diffusion_{axis}"] = told
    found["density"] = sway_dynamics.sway_density(cop, RATE)
    for motion in ("linear", "quadratic"):
        told = sway_dynamics.time_to_boundary(cop, RATE, SUPPORT, motion)
        found[f"boundary_{motion}"] = told
    found["mass"] = sway_dynamics.centre_of_mass(cop, RATE, 1.7)
    return found


def costs(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Return the median processor time of each of several works in turn [ms]."""
    taken: list[list[float]] = [[] for _ in works]
    for work in works:
        work()  # imports and first touch are not what is asked
    for _ in range(rounds):
        for work, times in zip(works, taken, strict=True):
            begun = time.process_time()
            work()
            times.append(1e3 * (time.process_time() - begun))
    return [median(times) for times in taken]


def missing(package: str) -> bool:
    """Say so where a package to compare with is not installed."""
    if importlib.util.find_spec(package) is None:
        print(f"  beside {package}: not installed: pip install {package}")
        return True
    return False


def beside_neurokit2(cop: NDArray[np.float64]) -> None:
    """Print the full set and the sample entropy beside neurokit2's sample entropy."""
    columns = np.ascontiguousarray(cop.T)
    if missing("neurokit2"):
        (ours,) = costs(lambda: full(cop))
        print(f"  full set, both axes           {ours:8.1f} ms")
        return
    import neurokit2

    def theirs() -> list[float]:
        return [
            neurokit2.entropy_sample(x, dimension=2, tolerance=0.2 * x.std())[0]
            for x in columns
        ]

    def ours() -> list[float]:
        return [sway_dynamics.sample_entropy(x) for x in columns]

    np.testing.assert_allclose(ours(), theirs(), rtol=1e-9)
    all_, entropy, other = costs(lambda: full(cop), ours, theirs, rounds=5)
    print(f"  neurokit2 sample entropy      {other:8.1f} ms")
    print(f"  our full set, both axes       {all_:8.1f} ms, ", end="")
    print(f"ratio {all_ / other:.2f} (asked: at most 1)")
    print(f"  our sample entropy, both axes {entropy:8.1f} ms, ", end="")
    print(f"{other / entropy:.1f} times faster (asked: 1.5)")


def beside_micromotion(cop: NDArray[np.float64]) -> None:
    """Print the core set beside micromotion's set."""
    if missing("micromotion"):
        (ours,) = costs(lambda: core(cop))
        print(f"  core set                      {ours:8.2f} ms")
        return
    from micromotion.balance import cop_sway_metrics

    mm = 1e3 * cop
    theirs, ours = cop_sway_metrics(mm, fs=RATE), core(cop)
    np.testing.assert_allclose(1e3 * ours["path_length"], theirs["path_len"], rtol=1e-9)
    other, own = costs(lambda: cop_sway_metrics(mm, fs=RATE), lambda: core(cop))
    print(f"  micromotion cop_sway_metrics  {other:8.2f} ms, {len(theirs)} numbers")
    print(
        f"  our core set                  {own:8.2f} ms, {len(ours)} numbers, ", end=""
    )
    print(f"ratio {own / other:.2f}")


def plain_loop(
    t: NDArray[np.float64], data: NDArray[np.float64], grid: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return weighted means in windows of 0.1 s, every sample looked at for each."""
    half, times = 0.05, t.tolist()
    found = np.empty((len(grid), data.shape[1]))
    for row, at in enumerate(grid.tolist()):
        inside = [i for i, time_ in enumerate(times) if abs(time_ - at) < half - 1e-9]
        edges = [max(times[0], at - half)]
        edges += [(times[i] + times[j]) / 2 for i, j in pairwise(inside)]
        edges.append(min(times[-1], at + half))
        weights = np.diff(edges)
        found[row] = weights @ data[inside] / weights.sum()
    return found


def resampling() -> None:
    """Print what SWARII costs beside a plain loop."""
    rng = np.random.default_rng(2)
    t = np.cumsum(rng.uniform(0.004, 0.016, MINUTE))
    data = sway_like(MINUTE)
    ours = swarii(t, data, 25.0)
    np.testing.assert_allclose(plain_loop(t, data, ours.t), ours.data, rtol=1e-9)
    (own,) = costs(lambda: swarii(t, data, 25.0), rounds=50)
    (loop,) = costs(lambda: plain_loop(t, data, ours.t), rounds=3)
    print(f"  SWARII to 25 Hz               {own:8.3f} ms, ", end="")
    print(f"{loop / own:.0f} times faster than a plain loop (asked: 1000)")


def window() -> None:
    """Print the share of a frame that a live window takes."""
    cop = sway_like(1000)
    (own,) = costs(lambda: core(cop), rounds=50)
    print(f"  core set of a window of 10 s  {own:8.2f} ms, ", end="")
    print(f"{100 * own / FRAME_60:.1f} % of a frame at 60 Hz (asked: 12.5)")
    live(cop)


def live(cop: NDArray[np.float64]) -> None:
    """Print what a second of a live window costs: filter, window, measures."""
    info = StreamInfo("board/cop", ("cop_ml", "cop_ap"), ("m", "m"), RATE)
    full_, t = SwayMeter(), np.arange(len(cop)) / RATE
    full_.feed(Block(info, t, cop))
    now = [10.0]

    def second() -> None:
        full_.feed(Block(info, now[0] + t[:100], cop[:100]))
        now[0] += 1.0

    (own,) = costs(second, rounds=50)
    print(f"  a second of the live window   {own:8.2f} ms, ", end="")
    print(f"{100 * own / FRAME_60:.1f} % of a frame at 60 Hz (asked: 12.5)")


def growth() -> None:
    """Print how costs grow with the length of the trial."""
    print("  growth with length           core set        full set  sample entropy")
    for name, seconds, rounds in (
        ("10 s", 10, 9),
        ("60 s", 60, 9),
        ("10 min", 600, 3),
        ("1 h", 3600, 1),
    ):
        cop = sway_like(round(seconds * RATE))
        x = np.ascontiguousarray(cop[:, 0])
        works = partial(core, cop), partial(full, cop)
        took = costs(*works, partial(sway_dynamics.sample_entropy, x), rounds=rounds)
        line = "".join(f"{ms:13.1f} ms" for ms in took)
        print(f"    {name:<14}{line}   {1e3 * took[1] / len(cop):6.2f} us a sample")
