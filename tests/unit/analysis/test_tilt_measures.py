"""The final measures of a trial: their names, interval and flags."""

from __future__ import annotations

import math

import numpy as np
import pytest

from surefoot.analysis import Target, tilt_measures
from surefoot.core import Block, StreamInfo

INFO = StreamInfo("board/tilt", ("ml", "ap"), ("rad", "rad"), 100.0, "board")


def _block(keep: np.ndarray | None = None) -> Block:
    t = np.arange(0, 20, 0.01)
    data = np.stack([0.1 * np.sin(np.pi * t), np.zeros(len(t))], axis=1)
    keep = np.ones(len(t), dtype=bool) if keep is None else keep
    return Block(INFO, t[keep], data[keep])


def test_one_of_each_over_the_interval_only() -> None:
    target = Target(0.1, "ml", (-0.11, 0.11))
    found = {m.name: m for m in tilt_measures(_block(), 4.0, 14.0, target)}
    assert list(found) == [
        "tilt_rms",
        "tilt_rms_ml",
        "tilt_rms_ap",
        "tilt_mean_speed",
        "tilt_max",
        "tilt_p80",
        "time_in_zone",
        "edge_contacts",
    ]
    assert found["tilt_rms"].value == pytest.approx(0.1 / math.sqrt(2))
    assert found["edge_contacts"].value == 10
    assert {(m.t0, m.t1, m.stream, m.flags) for m in found.values()} == {
        (4.0, 14.0, "board/tilt", ())
    }


def test_without_edges_no_contacts_are_claimed() -> None:
    names = [m.name for m in tilt_measures(_block(), 0.0, 20.0, Target(0.1))]
    assert "edge_contacts" not in names


@pytest.mark.parametrize("hole", [(0.0, 0.5), (5.0, 5.3), (19.5, 20.0)])
def test_a_gap_is_flagged_wherever_it_is(hole: tuple[float, float]) -> None:
    t = np.arange(0, 20, 0.01)
    block = _block((t < hole[0]) | (t >= hole[1]))
    assert all("GAP" in m.flags for m in tilt_measures(block, 0, 20, Target(0.1)))


def test_too_few_samples_give_nan_and_say_so() -> None:
    for measure in tilt_measures(_block(), 30.0, 40.0, Target(0.1, edges=(-1, 1))):
        assert math.isnan(measure.value)
        assert "TOO_SHORT" in measure.flags
