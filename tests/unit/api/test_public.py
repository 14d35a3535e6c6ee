"""What `import surefoot` offers: names are pinned, and nothing is imported early."""

from __future__ import annotations

import ast
import inspect
import json
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import surefoot
from surefoot import api
from surefoot.session.analyse import analyse

NAMES = [
    *("Block", "Card", "Drill", "Event", "Marker", "Measure", "Measures", "Options"),
    *("Session", "SurefootError", "Trial", "card", "cards", "drills", "load"),
    *("load_table", "samples", "sway"),
]
CALLS = {
    "card": ["name"],
    "cards": [],
    "drills": [],
    "load": ["recording"],
    "load_table": ["path", "columns", "units", "axes", "rate", "role"],
    "samples": [],
    "sway": ["cop", "rate", "t"],
}
SESSION = {
    *("array", "blocks", "drill", "duration", "events", "info", "markers", "measures"),
    *("trials", "trials_by", "virtual"),
}


@pytest.fixture(scope="module")
def session():
    return surefoot.load("rocker-unsteady")


@pytest.fixture
def stand(tmp_path):
    """A table of a centre of pressure that goes round: 2 cm, a turn in 2 s."""
    rows = ["t,copX,copY"]
    for i in range(3000):
        angle = 2 * math.pi * i / 200
        rows.append(f"{i / 100:.2f},{2 * math.cos(angle)},{2 * math.sin(angle)}")
    path = tmp_path / "stand.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


def opened(path):
    return surefoot.load_table(
        path,
        columns={"time": "t", "ml": "copY", "ap": "copX"},
        units={"time": "s", "cop": "cm"},
    )


def test_the_names_are_the_agreed_ones():
    assert surefoot.__all__ == api.__all__ == NAMES, "a decision: change the test too"
    assert set(NAMES) <= set(dir(surefoot))
    for name, parameters in CALLS.items():
        signature = inspect.signature(getattr(surefoot, name))
        assert list(signature.parameters) == parameters, name
    assert {n for n in vars(surefoot.Session) if not n.startswith("_")} == SESSION


def test_a_type_checker_sees_the_same_names():
    stub = Path(surefoot.__file__).with_suffix(".pyi").read_text("utf-8")
    tree = ast.parse(stub)
    seen = [a.name for n in tree.body if isinstance(n, ast.ImportFrom) for a in n.names]
    assert seen == NAMES


def test_every_name_says_what_it_is():
    for name in NAMES:
        assert inspect.getdoc(getattr(surefoot, name)), name


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        surefoot.nothing  # noqa: B018 asking is the test


def test_importing_it_imports_nothing_else():
    code = "import sys, json, surefoot; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    mine = [name for name in json.loads(done.stdout) if name.startswith("surefoot")]
    assert mine == ["surefoot"]
    assert "numpy" not in done.stdout


def test_samples_are_arrays_with_units(session):
    t, data = session.array("board", "gyr_x", "gyr_y")
    block = session.blocks["board/imu"]
    assert data.shape == (len(t), 2) == (len(block), 2)
    assert np.array_equal(data, block.data[:, [3, 4]])
    assert block.info.units[3] == "rad/s"
    assert (np.diff(t) > 0).all()
    with pytest.raises(ValueError, match="read-only"):
        data[0] = 0


def test_a_stream_that_is_not_there_is_said_with_those_that_are(session):
    with pytest.raises(surefoot.SurefootError, match=r"pelvis acc_x.*got board/imu"):
        session.array("pelvis", "acc_x")


def test_final_values_are_those_of_analyze(session):
    told = analyse(session.path)
    assert [m.as_json() for m in session.measures()] == told["measures"]
    assert session.measures().pipeline == told["pipeline"]
    assert session.measures().quality["runs"][0]["grade"] == "good"


def test_a_value_is_asked_for_by_name_or_why_there_is_none(session):
    measures = session.measures()
    assert measures["tilt_rms"] is measures.named("tilt_rms")[0]
    assert "tilt_rms" in measures
    assert "path_length" not in measures
    with pytest.raises(surefoot.SurefootError, match="no force board"):
        measures["path_length"]
    with pytest.raises(surefoot.SurefootError, match="no measure has that name"):
        measures["nonsense"]


def test_a_frame_has_columns_of_one_length(session):
    frame = session.measures().to_frame()
    assert {len(column) for column in frame.values()} == {len(session.measures())}
    assert frame["value"][frame["name"].index("tilt_rms")] == pytest.approx(0.1018548)


def test_a_trial_has_its_tilt_and_its_values(session):
    (trial,) = session.trials
    assert (trial.t0, trial.t1) == (22.0, 42.0)
    assert trial.tilt.info.units == ("rad", "rad")
    rms = float(np.sqrt((trial.tilt.data[:, 0] ** 2).mean()))
    assert rms == pytest.approx(session.measures()["tilt_rms_ml"].value, rel=1e-6)
    assert trial.measures == tuple(session.measures())
    assert session.drill.name == "rocker-hold-level"
    assert any(event.name == "run-end" for event in session.events)


def test_a_table_is_a_session_whose_file_goes_with_it(stand):
    session = opened(stand)
    path = session.path
    speed = session.measures()["mean_velocity"]
    assert speed.unit == "m/s"
    assert speed.value == pytest.approx(2 * math.pi * 0.02 / 2, rel=1e-3)
    assert path.exists()
    del session
    assert not path.exists()


def test_sway_of_an_array_is_that_of_the_table(stand):
    session = opened(stand)
    _, cop = session.array("board/cop", "cop_ml", "cop_ap")
    plain = surefoot.sway(cop, 100.0)
    filtered = session.measures()
    for name in ("path_length", "mean_velocity", "prediction_ellipse_area"):
        assert plain[name] == pytest.approx(filtered[name].value, rel=1e-9), name


@pytest.mark.parametrize(
    ("cop", "rate", "said"),
    [
        (np.zeros((10, 3)), 100.0, "shape"),
        (np.full((10, 2), np.nan), 100.0, "finite"),
        (np.zeros((10, 2)), 0.0, "rate above 0"),
    ],
)
def test_what_cannot_be_measured_is_said(cop, rate, said):
    with pytest.raises(surefoot.SurefootError, match=said):
        surefoot.sway(cop, rate)


def test_times_that_go_back_are_refused():
    with pytest.raises(surefoot.SurefootError, match="later than the one before"):
        surefoot.sway(np.ones((3, 2)), 1.0, [0.0, 2.0, 1.0])


def test_what_is_no_recording_is_said(tmp_path):
    with pytest.raises(surefoot.SurefootError, match="check the name"):
        surefoot.load(tmp_path / "nothing.mcap")


def test_what_ships_can_be_listed():
    assert "rocker-steady" in surefoot.samples()
    assert "rocker-hold-level" in surefoot.drills()
    assert surefoot.cards()["tilt_rms"] is surefoot.card("tilt_rms")
    with pytest.raises(surefoot.SurefootError):
        surefoot.card("nothing")
