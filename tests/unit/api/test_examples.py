"""Every script in `examples/` runs as it stands, and fits on one screen."""

from __future__ import annotations

import math
import runpy
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[3]
EXAMPLES = sorted((TOP / "examples").glob("*.py"))
SCREEN = 40  # lines
NEED_TABLE = {"measure_csv", "filter_matters"}


@pytest.fixture
def arguments(tmp_path):
    """Return what each example is called with, where it needs something."""
    rows = ["t,copX,copY"]
    for i in range(3000):
        angle, jitter = 2 * math.pi * i / 200, 0.1 * (i % 2)
        row = (i / 100, 2 * math.cos(angle) + jitter, 2 * math.sin(angle))
        rows.append(",".join(f"{value:.6f}" for value in row))
    table = tmp_path / "stand.csv"
    table.write_text("\n".join(rows) + "\n")
    out = [str(tmp_path / "many.csv"), "rocker-steady", "rocker-steps-off"]
    return {"table_of_many": out} | {name: [str(table)] for name in NEED_TABLE}


def test_there_are_examples():
    assert len(EXAMPLES) >= 5


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_fits_on_one_screen(path):
    assert len(path.read_text("utf-8").splitlines()) <= SCREEN


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_runs(path, arguments, monkeypatch, capsys):
    given = arguments.get(path.stem, [])
    monkeypatch.setattr(sys, "argv", [str(path), *given])
    runpy.run_path(str(path), run_name="__main__")
    said = capsys.readouterr().out
    assert len(said.splitlines()) >= 2
    assert "nan" not in said
    if path.stem == "table_of_many":
        rows = Path(given[0]).read_text("utf-8").splitlines()
        assert len(rows) > 40
        assert rows[1].startswith("rocker-steady,good,tilt_rms,")
    if path.stem == "filter_matters":
        values = [float(x.split()[-2]) for x in said.splitlines() if "mm/s" in x]
        assert values == sorted(values, reverse=True)
        assert values[0] > 1.2 * values[-1]


@pytest.mark.parametrize("name", sorted(NEED_TABLE | {"table_of_many"}))
def test_an_example_that_needs_a_file_says_so(name, monkeypatch):
    path = TOP / "examples" / f"{name}.py"
    monkeypatch.setattr(sys, "argv", [str(path)])
    with pytest.raises(SystemExit, match=rf"python examples/{name}.py \w+"):
        runpy.run_path(str(path), run_name="__main__")
