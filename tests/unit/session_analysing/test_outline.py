"""Time to the outline of the feet, of a circle with a known answer."""

import numpy as np
import pytest

from surefoot.cli import main
from surefoot.session.analyse import Options

SQUARE = ((-0.1, -0.1), (0.1, -0.1), (0.1, 0.1), (-0.1, 0.1))
COP = (("cop_ml", "m"), ("cop_ap", "m"))


@pytest.fixture
def line(made):
    """To and fro along ML at 0.02 m/s between -0.05 and 0.05 m."""
    t = np.arange(4000) / 100.0
    ml = 0.05 - np.abs(np.mod(0.02 * t, 0.2) - 0.1)
    return made("cop", COP, t, np.column_stack([ml, 0 * t]))


def test_a_steady_way_towards_an_edge(measure, line):
    found = measure({"board": line}, Options(outline=SQUARE))
    # at the turn at 0.05 m there are 0.05 m left, at 0.02 m/s; half-way 0.1 m
    assert found["time_to_boundary_linear_min"] == pytest.approx(2.5, abs=0.1)
    assert found["time_to_boundary_linear_median"] == pytest.approx(5.0, abs=0.2)
    assert found["time_to_boundary_outside"] == 0.0
    assert "time_to_boundary_min" in found.names


def test_another_outline_is_another_pipeline(measure, line):
    wide = tuple((2 * ml, ap) for ml, ap in SQUARE)
    ways = []
    for name, outline in (("a", SQUARE), ("b", SQUARE), ("c", wide)):
        asked = Options(outline=outline, height=1.7)
        found = measure({"board": line}, asked, name=f"{name}.mcap")
        ways.append(
            {m: p["sampling"] for p in found.told["pipelines"] for m in p["measures"]}
        )
    same, again, other = (way["time_to_boundary_min"] for way in ways)
    assert same == again != other
    assert "height 1.7 m" in ways[0]["sway_angle_velocity"]
    assert ways[0]["mean_velocity"] == "even"


def test_without_an_outline_there_is_none(measure, line):
    found = measure({"board": line})
    assert "outline of the feet" in found.refused["time_to_boundary_linear_min"]


@pytest.mark.parametrize(
    "text", ["0.1,0.1\n-0.1,0\n", "a,b\n", "100,100\n-100,100\n0,-100\n", "1\n", "\xff"]
)
def test_what_is_no_outline_is_a_wrong_call(tmp_path, text, capsys):
    path = tmp_path / "feet.csv"
    path.write_text(text, encoding="latin-1")
    status = main(["analyze", "rocker-steady", "--outline", str(path)])
    assert status == 2
    assert "feet.csv" in capsys.readouterr().err
