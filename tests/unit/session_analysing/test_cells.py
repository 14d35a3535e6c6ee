"""A board with four load cells: the load of each side, and where it acts."""

import numpy as np
import pytest

from surefoot.analysis.wii_board import LENGTH, WIDTH
from surefoot.session.analyse import Options

CELLS = tuple((f"force_{cell}", "N") for cell in ("tr", "br", "tl", "bl"))
T = np.arange(4000) / 100.0


@pytest.fixture
def stood(made):
    """Ten seconds empty, then 700 N of which 60 % right and 55 % in front."""

    def make():
        swing = 0.05 * np.sin(2 * np.pi * 0.5 * T)
        right, front = 0.6 + swing, np.full(len(T), 0.55)
        left, back = 1 - right, 1 - front
        loads = 700 * np.column_stack(
            [right * front, right * back, left * front, left * back]
        )
        loads[:1000] = 2.0
        return made("force", CELLS, T, loads)

    return make


def test_the_load_of_each_side(measure, stood):
    found = measure({"board": stood()})
    assert found["load_share_right"] == pytest.approx(0.6, abs=1e-3)
    assert found["load_share_front"] == pytest.approx(0.55, abs=1e-3)
    sides = found["load_share_left"] + found["load_share_right"]
    assert sides == pytest.approx(1.0)
    assert found.flags("load_share_left") == {"TRIMMED", "NOT_TARED"}
    (one,) = found.all("load_share_left")
    assert one["t0"] == pytest.approx(10.0)


def test_where_the_weight_was(measure, stood):
    found = measure({"board": stood()})
    assert found["mean_position_ml"] == pytest.approx(0.2 * LENGTH / 2, rel=1e-3)
    assert found["mean_position_ap"] == pytest.approx(0.1 * WIDTH / 2, rel=1e-3)
    assert found["sway_range_ml"] == pytest.approx(0.2 * LENGTH / 2, rel=0.01)
    unknown = {"TRIMMED", "NOT_TARED", "SIZE_ASSUMED"}
    assert found.flags("sway_range_ml") == unknown


def test_a_calibration_tells_zero_and_size(measure, stood, tmp_path):
    path = tmp_path / "board.toml"
    path.write_text(
        "schema = 1\ncell_zero = [2.0, 2.0, 2.0, 2.0]\ncell_span = [0.5, 0.4]\n"
    )
    found = measure({"board": stood()}, Options(calibration=path))
    assert found.flags("load_share_left") == {"TRIMMED"}
    assert found.flags("sway_range_ml") == {"TRIMMED"}
    right = (0.6 * 700 - 4) / 692
    assert found["load_share_right"] == pytest.approx(right, rel=1e-4)
    ml = (2 * right - 1) * 0.5 / 2
    assert found["mean_position_ml"] == pytest.approx(ml, rel=1e-3)


def test_counts_say_nothing_without_their_scale(measure, stood, made):
    force = stood()
    counts = tuple((f"count_{cell}", "raw") for cell in ("tr", "br", "tl", "bl"))
    found = measure({"board": made("counts", counts, force.t, force.data)})
    assert found.names == set()


def test_an_empty_board_says_that_nobody_stood_on_it(measure, made):
    empty = made("force", CELLS, T, np.full((len(T), 4), 2.0))
    found = measure({"board": empty})
    assert set(found.refused.values()) == {"nobody stood on the board for long"}
