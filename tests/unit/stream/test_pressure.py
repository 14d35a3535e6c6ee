"""From four cells to the place of the weight."""

from __future__ import annotations

import numpy as np
import pytest

from surefoot.analysis import Calibration
from surefoot.analysis.wii_board import centre_of_pressure
from surefoot.core import Block, StreamInfo
from surefoot.stream import Pressure
from surefoot.stream.pressure import LEAST, cells

NAMES = tuple(f"force_{corner}" for corner in ("tr", "br", "tl", "bl"))
INFO = StreamInfo("board/force", NAMES, ("N",) * 4, 100.0)


def block(rows: list[list[float]]) -> Block:
    return Block(INFO, np.arange(len(rows)) / 100, np.array(rows, dtype=float))


def test_right_and_forward_are_positive() -> None:
    found = Pressure().feed(block([[400, 0, 0, 0], [0, 400, 0, 0], [0, 0, 400, 0]]))
    x, y = 0.2165, 0.119
    np.testing.assert_allclose(found.data[:, :2], [[x, y], [x, -y], [-x, y]])
    assert found.info.channels == ("cop_ml", "cop_ap", "force_v")
    assert found.data[0, 2] == 400.0


def test_it_is_what_the_pure_function_gives() -> None:
    rows = np.random.default_rng(1).uniform(50, 300, (50, 4))
    found = Pressure().feed(block(rows.tolist()))
    np.testing.assert_allclose(
        found.data[:, :2], centre_of_pressure(rows / 9.80665), rtol=1e-12
    )


def test_an_empty_board_has_no_centre_and_shows_as_a_gap() -> None:
    found = Pressure().feed(block([[200.0] * 4, [LEAST / 4.1] * 4, [np.nan] * 4]))
    assert found.t.tolist() == [0.0]


def test_zero_scale_span_and_map_are_taken_in() -> None:
    known = Calibration(
        cell_zero=(10.0, 0.0, 0.0, 0.0),
        cell_scale=(1.0, 1.0, 1.0, 2.0),
        cell_span=(0.4, 0.2),
        cop_gain=(1.1, 1.0),
        cop_offset=(0.0, 0.01),
    )
    found = Pressure(known).feed(block([[310.0, 100.0, 100.0, 50.0]]))
    # 300, 100, 100, 100 N: 200 N more on the right, and on top
    expected = [1.1 * 0.2 * 200 / 600, 0.1 * 200 / 600 + 0.01, 600.0]
    assert found.data[0] == pytest.approx(expected)


def test_counts_are_cells_too_and_half_a_board_is_none() -> None:
    counts = tuple(name.replace("force", "count") for name in NAMES)
    assert cells(StreamInfo("board/counts", counts, ("1",) * 4, 80.0)) == counts
    assert cells(StreamInfo("board/force", NAMES[:2], ("N",) * 2, 80.0)) == ()
