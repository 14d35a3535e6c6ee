"""`surefoot import` as a person types it: what is said, and what is refused."""

import json
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared" / "data"
COP = "t;x;y\n0,01;1,5;2,5\n0,02;1,6;2,4\n0,03;1,7;2,3\n"
TOLD = ("--columns", "time=t,ml=x,ap=y", "--units", "time=s,cop=cm")


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "stand.csv"
    path.write_text(COP)
    return path


def test_a_centre_of_pressure_is_imported_and_described(run, table, tmp_path):
    to = tmp_path / "stand.mcap"
    told = run("import", table, "--to", to, *TOLD)
    assert (told.status, told.err) == (0, "")
    assert told.out == f"{to}: 3 rows, 0.0 s, cop\n"
    assert run("verify", to).status == 0


def test_what_is_missing_is_asked_for_with_the_option_to_type(run, table, tmp_path):
    to = tmp_path / "stand.mcap"
    told = run("import", table, "--to", to, *TOLD[:2])
    assert told.status == 1
    assert "--units time=s" in told.complaint
    assert not to.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        ("--format", "guess"),
        ("--role", "nose"),
        ("--columns", "nose=1"),
        ("--units", "nose=1"),
        ("--axes", "nose=1"),
        ("--origin", "1,2"),
        ("--origin", "1,2,nan"),
        ("--rate", "0"),
    ],
)
def test_a_wrong_call_is_status_two(run, table, tmp_path, wrong):
    told = run("import", table, "--to", tmp_path / "r.mcap", *TOLD, *wrong)
    assert told.status == 2
    assert list(tmp_path.iterdir()) == [table]


def test_rows_left_out_are_said(run, tmp_path):
    path = tmp_path / "plate.csv"
    path.write_text("Rate,10\nFz [N],Cx [m],Cy [m]\n700,0,0.1\n0,0,0\n710,0.1,0.1\n")
    to = tmp_path / "plate.mcap"
    told = run("import", path, "--to", to, "--axes", "ml=x,ap=y")
    assert told.out.splitlines() == [
        f"{to}: 2 rows, 0.2 s, force-plate",
        "  1 row left out: all zero, lost by the recorder",
        "  times counted at 10 Hz: a missing row is not seen",
    ]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the public recordings are not here")
def test_a_real_file_is_analysed(run, tmp_path):
    path = min((SHARED / "bds").glob("*.csv"))
    to = tmp_path / "stand.mcap"
    columns = ("--columns", "time=f_time,ap=copX,ml=copY")
    told = run("import", path, "--to", to, *columns, "--units", "cop=cm,time=s")
    assert told.status == 0, told.err
    found = json.loads(run("analyze", to, "--json").out)
    names = {measure["name"] for measure in found["measures"]}
    assert any(name.startswith("mean_velocity") for name in names)
