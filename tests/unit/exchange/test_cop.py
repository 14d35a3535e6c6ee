"""Centres of pressure: units and axes are told, never guessed; numbers come exactly."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surefoot.analysis.sway import mean_velocity, path_length
from surefoot.core import ProfileError, TableError
from surefoot.devices import parse_profile
from surefoot.devices.rows import RowFormat

REAL = Path(__file__).parents[4] / "shared" / "data" / "bds"
BDS = "f_time;copX;copY\n0.010;-7.98;0.99\n0.020;-7.97;0.98\n0.040;-7.96;1.00\n"
COLUMNS = {"time": "f_time", "ap": "copX", "ml": "copY"}
UNITS = {"cop": "cm", "time": "s"}
SCALES = {"m": 1.0, "cm": 1e-2, "mm": 1e-3}


def channels(found, *names):
    return found.data[:, found.info.columns(*names)]


def test_columns_and_units_told(samples):
    found = samples(BDS, columns=COLUMNS, units=UNITS)
    assert found.info.name == "board/cop"
    assert found.info.units == ("m", "m")
    expected = [[0.0099, -0.0798], [0.0098, -0.0797], [0.0100, -0.0796]]
    np.testing.assert_allclose(
        channels(found, "cop_ml", "cop_ap"), expected, rtol=1e-12
    )
    np.testing.assert_allclose(found.t, [0, 0.01, 0.03], atol=1e-12)
    assert found.rows.facts["clock"] == "given"


@pytest.mark.parametrize(
    ("axes", "ml", "ap"),
    [
        ({"ml": "x", "ap": "y"}, -7.98, 0.99),
        ({"ml": "-x", "ap": "y"}, 7.98, 0.99),
        ({"ml": "y", "ap": "-x"}, 0.99, 7.98),
    ],
)
def test_axes_told(samples, axes, ml, ap):
    found = samples(BDS, axes=axes, units=UNITS)
    np.testing.assert_allclose(
        channels(found, "cop_ml", "cop_ap")[0], [ml / 100, ap / 100]
    )


def test_a_direction_that_is_negative_is_turned(samples):
    found = samples(BDS, columns=COLUMNS, units=UNITS, axes={"ml": "-ml"})
    np.testing.assert_allclose(channels(found, "cop_ml")[0], -0.0099)


def test_headings_that_say_everything_need_nothing_told(samples):
    text = "time_ms\tcop_ml_mm\tCOP AP (cm)\tForce_V [kN]\n"
    text += "0\t1,5\t2\t0,7\n20\t2,5\t2\t0,7\n"
    found = samples(text)
    assert found.rows.format == "cop"
    np.testing.assert_allclose(
        channels(found, "cop_ml", "cop_ap", "force_v")[0], [0.0015, 0.02, 700]
    )
    assert found.info.rate == 50


@pytest.mark.parametrize(
    ("told", "what"),
    [
        ({"units": UNITS}, "say it, --axes ml=x,ap=y or --axes ml=y,ap=x"),
        ({"units": UNITS, "axes": {"ml": "x", "ap": "x"}}, "got ml=x,ap=x"),
        ({"units": UNITS, "axes": {"ml": "x"}}, "got ml=x"),
        ({"columns": COLUMNS, "units": {"time": "s"}}, "--units cop=m or cop=cm"),
        ({"columns": COLUMNS, "units": {"cop": "cm"}}, "--units time=s"),
        ({"columns": {"ml": "copX"}, "units": UNITS}, "--columns ap=NAME"),
        ({"columns": COLUMNS, "units": UNITS | {"cop": "m"}}, "look at the unit"),
    ],
)
def test_nothing_is_guessed(read, told, what):
    with pytest.raises(TableError) as refused:
        read(BDS, "cop", **told)
    assert what in str(refused.value)
    assert "\n" not in str(refused.value)


def test_without_times_a_rate_is_needed(read, samples):
    text = "cop_ml_mm,cop_ap_mm\n1,2\n3,4\n"
    with pytest.raises(TableError, match="--rate 100"):
        read(text)
    found = samples(text, rate=50.0)
    np.testing.assert_allclose(found.t, [0, 0.02])
    assert found.rows.facts["clock"] == "nominal"


def test_a_lost_row_leaves_a_gap_also_where_rows_are_counted(samples):
    text = "cop_ml_mm,cop_ap_mm,fz [N]\n1,2,700\n0,0,0\n3,4,700\n0,0,1\n"
    found = samples(text, rate=10.0)
    np.testing.assert_allclose(found.t, [0, 0.2, 0.3])
    assert sum(found.rows.dropped.values()) == 1
    assert found.rows.facts["clock"] == "nominal"
    assert [row for _, row in found.rows] == [b"1,2,700,0", b"3,4,700,2", b"0,0,1,3"]


def test_a_load_counted_downward_is_turned(samples):
    found = samples("cop_ml_mm,cop_ap_mm,fz [N]\n1,2,-700\n3,4,-710\n", rate=10.0)
    np.testing.assert_allclose(channels(found, "force_v")[:, 0], [700, 710])


def written(rows, separator, decimal, unit, times):
    lines = [separator.join(["t [s]", f"cop_ml [{unit}]", f"cop_ap [{unit}]"])]
    for t, (ml, ap) in zip(times, rows, strict=True):
        cells = [f"{t:.3f}", repr(ml), repr(ap)]
        lines.append(separator.join(cell.replace(".", decimal) for cell in cells))
    return "\n".join(lines)


def test_a_profile_with_decimal_commas_writes_what_it_reads(read):
    rows = read("t [s];cop_ml [m];cop_ap [m]\n0,0;0,25;-0,5\n0,1;0,75;0,5\n")
    form = RowFormat(rows.profile.primary, "board")
    values = {"cop_ml": np.array([0.125]), "cop_ap": np.array([-1.5])}
    payload = form.build(values, np.array([2.5]))
    assert payload == b"2,500000000;0,125;-1,5"
    data, times = form.read(payload, "board/rows")
    np.testing.assert_array_equal(data, [[0.125, -1.5]])
    np.testing.assert_array_equal(times, [2.5])


def test_a_profile_needs_two_marks(read):
    text = read("t [s],cop_ml [m],cop_ap [m]\n0,0,0\n1,0,0\n").profile.text
    with pytest.raises(ProfileError, match="another mark than the separator"):
        parse_profile(text.replace('decimal = "."', 'decimal = ","'), "x.toml")


NUMBER = st.floats(-0.9, 0.9, allow_subnormal=False)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=60,
)
@given(
    rows=st.lists(st.tuples(NUMBER, NUMBER), min_size=2, max_size=12),
    marks=st.sampled_from(
        [(",", "."), (";", "."), (";", ","), ("\t", "."), ("\t", ",")]
    ),
    unit=st.sampled_from(["m", "cm", "mm"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1"]),
    steps=st.data(),
)
def test_what_was_written_is_read(samples, rows, marks, unit, encoding, steps):
    n = len(rows) - 1
    gaps = steps.draw(st.lists(st.integers(1, 5000), min_size=n, max_size=n))
    times = np.cumsum([0, *gaps]) / 1000
    told = [(ml / SCALES[unit], ap / SCALES[unit]) for ml, ap in rows]
    text = written(told, *marks, unit, times)
    found = samples(text.encode(encoding), rate=100.0)
    expected = np.array(told) * SCALES[unit]
    data = channels(found, "cop_ml", "cop_ap")
    np.testing.assert_allclose(data, expected, rtol=1e-12, atol=1e-300)
    np.testing.assert_allclose(found.t, times, atol=1e-9)


@pytest.mark.skipif(
    not REAL.is_dir(), reason="the public posturography files are not here"
)
def test_real_files_give_what_plain_numpy_gives(read_real):
    files = sorted(REAL.glob("BDS*.csv"))
    assert files
    for path in files:
        found = read_real(path, columns=COLUMNS, units=UNITS)
        table = np.loadtxt(path, delimiter=";", skiprows=1)
        cop = table[:, [2, 1]] / 100
        steps = [np.hypot(*(b - a)) for a, b in pairwise(cop)]
        data = channels(found, "cop_ml", "cop_ap")
        assert path_length(data, 100.0) == pytest.approx(sum(steps), rel=1e-9)
        velocity = sum(steps) / ((len(cop) - 1) / 100)
        assert mean_velocity(data, 100.0) == pytest.approx(velocity, rel=1e-9)
