"""Force plates: a preamble, lost rows, and positions worked out of the moments."""

from pathlib import Path

import numpy as np
import pytest

from surefoot.core import TableError

REAL = Path(__file__).parents[4] / "shared" / "data" / "jythen" / "amti_test.csv"
PREAMBLE = (
    "Format Version,1.0,\nTake Name,x,\nCapture Frame Rate,100.00,\n"
    "Capture Start Time,05 Jan 2021 10:47:06 +0100,\nMocap Rate Multiple,1.00,\n\n\n"
)
HEAD = "MocapFrame, MocapTime, Fx, Fy, Fz, Mx, My, Mz, Cx, Cy\n"
ROWS = (
    "0,0.00,1,-8,500,-30,-10,3,0.02,-0.06\n"
    "1,0.01,0,0,0,0,0,0,0,0\n"
    "2,0.02,0,0,0,0,0,0,NaN,NaN\n"
    "3,0.03,1,-7,510,-31,-12,3,0.03,-0.07\n"
)
AXES = {"ml": "x", "ap": "-y"}


def test_headings_are_found_below_the_preamble_and_lost_rows_are_gaps(samples):
    found = samples(PREAMBLE + HEAD + ROWS, axes=AXES, units={"cop": "m"})
    assert found.rows.format == "force-plate"
    assert found.info.channels == ("cop_ml", "cop_ap")
    np.testing.assert_allclose(found.data, [[0.02, 0.06], [0.03, 0.07]])
    np.testing.assert_allclose(found.t, [0, 0.03], atol=1e-12)
    assert sum(found.rows.dropped.values()) == 2
    assert found.rows.started_ns == 1_609_840_026 * 10**9
    assert any("--units force=N" in note for note in found.rows.notes)


def test_the_force_comes_along_where_its_unit_is_said(samples):
    found = samples(PREAMBLE + HEAD + ROWS, axes=AXES, units={"cop": "m", "force": "N"})
    assert set(found.info.channels) == {"cop_ml", "cop_ap", "force_v"}
    force = found.data[:, found.info.columns("force_v")]
    np.testing.assert_allclose(force[:, 0], [500, 510])


@pytest.mark.parametrize(("unit", "factor"), [("Nm", 1.0), ("Nmm", 1e3)])
def test_a_position_is_worked_out_of_the_moments(samples, unit, factor):
    at, height, force = (0.05, -0.08), 0.04, (12.0, -7.0, 640.0)
    # the moment of a force at a point on the top, about a point below the top
    mx, my, _ = (np.cross([*at, height], force) * factor).tolist()
    row = f"{force[0]},{force[1]},{force[2]},{mx!r},{my!r},0\n"
    text = f"Fx [N],Fy [N],Fz [N],Mx [{unit}],My [{unit}],Mz\n{row}{row}"
    found = samples(text, axes=AXES, rate=100.0, origin=(0.0, 0.0, -height))
    cop = found.data[0, found.info.columns("cop_ml", "cop_ap")]
    np.testing.assert_allclose(cop, [at[0], -at[1]], rtol=1e-12)
    assert found.data[0, found.info.columns("force_v")] == 640.0


def test_rows_without_a_load_have_no_position(samples):
    text = "Fx [N],Fy [N],Fz [N],Mx [Nm],My [Nm]\n"
    text += "1,1,500,5,5\n1,0,0,0,0\n0,0,0,0,0\n1,0,1,2,2\n1,1,500,5,5\n"
    found = samples(text, axes=AXES, rate=10.0, origin=(0.0, 0.0, 0.0))
    np.testing.assert_allclose(found.t, [0, 0.4])
    assert len(found.rows.dropped) == 3


@pytest.mark.parametrize(
    ("text", "told", "what"),
    [
        (PREAMBLE + HEAD + ROWS, {"units": {"cop": "m"}}, "--axes ml=x,ap=y"),
        (PREAMBLE + HEAD + ROWS, {"axes": AXES}, "--units cop=m"),
        (
            "Fx,Fy,Fz,Mx,My\n1,1,1,1,1\n",
            {"axes": AXES, "units": {"force": "N", "moment": "Nm"}},
            "--origin 0,0,-0.04",
        ),
        (
            "Fx,Fy,Fz,Mx,My\n1,1,1,1,1\n",
            {"axes": AXES, "origin": (0.0, 0.0, 0.0), "units": {"force": "N"}},
            "--units moment=Nm",
        ),
        ("Fz1,Cx1,Cy1,Fz2,Cx2,Cy2\n1,1,1,1,1,1\n", {"axes": AXES}, "one plate"),
        ("Fz,Cx [m],Cy [m]\n1,0,0\n1,0,0\n", {"axes": AXES}, "--rate 100"),
        (PREAMBLE.replace("100", "37") + HEAD + ROWS, {"axes": AXES}, "time=s"),
        ("a,b\n1,2\n", {}, "a line with the headings Fz"),
    ],
)
def test_what_is_missing_is_asked_for(read, text, told, what):
    with pytest.raises(TableError) as refused:
        read(text, "force-plate", **told)
    assert what in str(refused.value)


@pytest.mark.skipif(
    not REAL.is_file(), reason="the public force-plate file is not here"
)
def test_a_real_plate_has_seven_lost_rows_and_its_own_position(read_real):
    told = read_real(REAL, axes={"ml": "x", "ap": "y"}, units={"cop": "m"})
    units = {"force": "N", "moment": "Nm"}
    origin = (0.0, 0.0, 0.0)
    made = read_real(REAL, axes={"ml": "x", "ap": "y"}, units=units, origin=origin)
    for found in (told, made):
        assert list(found.rows.dropped.values()) == [7]
        assert len(found.t) == 15605 - 7
        assert np.diff(found.t).max() == pytest.approx(0.03)
    names = ("cop_ml", "cop_ap")
    # the file has six decimals
    np.testing.assert_allclose(
        made.data[:, made.info.columns(*names)],
        told.data[:, told.info.columns(*names)],
        atol=1e-6,
    )
