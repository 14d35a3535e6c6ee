"""Real force plates and boards from import to numbers, beside independent values."""

import json
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared"
DATA, GOLDEN = SHARED / "data", SHARED / "golden" / "sway" / "reference_mm.json"
pytestmark = pytest.mark.skipif(
    not (DATA.is_dir() and GOLDEN.is_file()),
    reason="the open data and the reference values are not on this machine",
)
# by position: the reference calls the first column ML
BDS = ("--columns", "time=f_time,ml=copX,ap=copY", "--units", "cop=cm,time=s")
PLATE = ("--axes", "ml=x,ap=y", "--units", "cop=m,force=N")
MM = 1e-3
EXPECTED = {
    "mean_distance": ("mdist_rd", MM),
    "rms_distance_ap": ("rms_ap", MM),
    "sway_range": ("range_2d", MM),
    "path_length": ("path", MM),
    "mean_velocity": ("mvelo", MM),
    "prediction_ellipse_area": ("pea95_F_ddof1", MM * MM),
    "sway_area_rate": ("area_sw_rate", MM * MM),
    "mean_frequency": ("mfreq", 1.0),
    "fractal_dimension": ("fd_ce", 1.0),
}


@pytest.fixture
def analysed(run, tmp_path):
    def read(source, wanted, *options):
        path = tmp_path / f"{source.stem}.mcap"
        told = run("import", source, "--to", path, *wanted)
        assert told.status == 0, told.err
        told = run("analyze", path, "--json", *options)
        assert told.status == 0, told.err
        return json.loads(told.out)

    return read


def values(found):
    return {m["name"]: m["value"] for m in found["measures"]}


def reference(name):
    found = json.loads(GOLDEN.read_text())["results"]
    (key,) = [key for key in found if key.startswith(name)]
    flat = {}
    for part in found[key].values():
        flat |= part if isinstance(part, dict) else {}
    return flat or found[key]


def test_an_imported_plate_gives_the_reference_values(analysed):
    source = DATA / "bds" / "BDS00001.csv"
    found = values(analysed(source, ("--format", "cop", *BDS)))
    expected = reference("bds00001")
    for name, (key, scale) in EXPECTED.items():
        assert found[name] == pytest.approx(expected[key] * scale, rel=1e-9), name


def test_dropped_rows_are_filled_or_cut_and_the_rest_is_whole(analysed):
    found = analysed(DATA / "jythen" / "amti_test.csv", PLATE)
    told = values(found)
    assert {"mean_velocity", "dfa_alpha_ml", "sample_entropy_ap"} <= told.keys()
    assert found["quality"]["runs"][0]["grade"] == "good"
    assert 0.005 < told["mean_velocity"] < 0.03
    (path,) = (m for m in found["measures"] if m["name"] == "path_length")
    assert "NOISY" in path["flags"]  # nobody filtered this plate


def test_every_kind_of_board_movement_is_measured(analysed):
    for source in sorted((DATA / "wobbleboard").glob("*/*.json"))[:6]:
        found = analysed(source, ())
        assert "tilt_rms" in values(found), source.name
        reasons = {r["name"]: r["reason"] for r in found["refused"]}
        assert "no force board" in reasons["mean_velocity"]
