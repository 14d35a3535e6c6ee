"""CSV tables: headings, units, times; and every refusal names the line."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surefoot.core import RecordingError, TableError
from surefoot.exchange import import_file
from surefoot.recording import open_recording

SIMPLE = "time [s],ax [g],ay [g],az [g]\n0,0,0,1\n0.01,0,0.1,1\n0.02,0,0,1\n"


def test_headings_with_units_need_nothing_told(samples):
    found = samples(SIMPLE)
    info, t, data = found.info, found.t, found.data
    assert info.channels == ("acc_x", "acc_y", "acc_z")
    assert info.units == ("m/s^2",) * 3
    assert info.rate == 100
    np.testing.assert_allclose(t, [0, 0.01, 0.02], atol=1e-12)
    np.testing.assert_allclose(data[1], [0, 0.980665, 9.80665])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_separators_and_line_endings(samples, separator, ending):
    text = SIMPLE.replace(",", separator).replace("\n", ending)
    assert samples(text.encode()).data.shape == (3, 3)


def test_columns_in_any_order_with_others_between(samples):
    text = "note;gz;az;gy;ay;gx;ax\nsit;3;1;2;0;1;0\nsit;3;1;2;0;1;0\n"
    found = samples(text, units={"acc": "g", "gyr": "deg/s"}, rate=50.0)
    info, t, data = found.info, found.t, found.data
    assert set(info.channels) == {f"{q}_{a}" for q in ("acc", "gyr") for a in "xyz"}
    gyr = data[0, info.columns("gyr_x", "gyr_y", "gyr_z")]
    np.testing.assert_allclose(gyr, np.radians([1, 2, 3]))
    np.testing.assert_allclose(np.diff(t), 0.02)


def test_a_table_without_headings_goes_by_numbers(samples):
    columns = {"acc_x": "2", "acc_y": "3", "acc_z": "4", "time": "1"}
    units = {"acc": "mg", "time": "ms"}
    found = samples("0,0,0,1000\n20,0,0,1000\n", columns=columns, units=units)
    np.testing.assert_allclose(found.t, [0, 0.02], atol=1e-12)
    np.testing.assert_allclose(found.data[:, 2], 9.80665)


def test_what_is_told_goes_before_what_is_read_off(samples):
    text = "ax,ay,az,up\n0,0,9,1\n0,0,9,1\n"
    found = samples(text, columns={"acc_z": "up"}, units={"acc": "g"}, rate=10.0)
    assert found.data[0, found.info.columns("acc_z")] == pytest.approx(9.80665)


def test_calendar_times_keep_every_nanosecond_and_date_the_recording(read):
    text = "timestamp [ns],ax [g],ay [g],az [g]\n"
    first = 1_700_000_000_123_456_789
    text += f"{first},0,0,1\n{first + 10_000_001},0,0,1\n"
    rows = read(text)
    assert [t for t, _ in rows] == [first, first + 10_000_001]
    assert rows.started_ns == first


def test_a_gap_stays_a_gap_and_does_not_change_the_rate(samples):
    times = [*np.arange(50) / 100, *(5 + np.arange(50) / 100)]
    text = "t [s],ax [g],ay [g],az [g]\n"
    text += "\n".join(f"{t:.3f},0,0,1" for t in times)
    found = samples(text)
    assert found.info.rate == pytest.approx(100)
    assert np.diff(found.t).max() == pytest.approx(4.51)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=20))
def test_times_are_exactly_those_of_the_file(read, steps):
    times = np.cumsum([0, *steps])
    text = "time [us],ax [g],ay [g],az [g]\n"
    text += "\n".join(f"{t},0,0,1" for t in times)
    rows = read(text, rate=100.0)
    assert [t for t, _ in rows] == [int(t) * 1000 for t in times]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("0.01,0,0.1,1", "0.01,0,nan,1", "line 3: expected a number for acc_y, got 'n"),
        ("0.01,0,0.1,1", "0.01,0,inf,1", "line 3"),
        ("0.01,0,0.1,1", "0.01,0,,1", "line 3: expected a number for acc_y, got ''"),
        ("0.01,0,0.1,1", "0.01,0,up,1", "line 3: expected a number for acc_y, got 'u"),
        ("0.01,0,0.1,1", "0.01,0,1_0,1", "line 3"),
        ("0.01,0,0.1,1", '0.01,0,"1",1', "line 3"),
        ("0.01,0,0.1,1", "0.01,0,0.1", "line 3: expected 4 columns, got 3"),
        ("0.01,0,0.1,1", "", "line 3: expected 4 columns, got 1"),
        ("0.02", "0.01", "line 4: expected a time after 0.01 s, got 0.01"),
        ("0.02", "0.005", "line 4: expected a time after 0.01"),
        ("0.01,0,0.1,1\n0.02,0,0,1\n", "", "2 or more rows, got 1"),
        ("ax [g]", "ax", "unit of acc_x"),
        ("ax [g]", "ax [furlong]", "got furlong"),
        ("ay [g]", "up", "expected columns for acc_y"),
        ("ay [g]", "ax [g]", "one column for acc_x"),
        ("time [s]", "row", "a column of times or a rate"),
        ("g]", "mg]", "look at the unit"),
    ],
)
def test_refusals_say_where(read, old, new, what):
    text = SIMPLE.replace(old, new)
    assert text != SIMPLE
    with pytest.raises(TableError) as refused:
        read(text, "csv")
    assert what in str(refused.value)
    assert str(refused.value).startswith("t.csv: ")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "\n", "hello", "a,b,c\n1,2,3\n"])
@pytest.mark.parametrize("form", ["csv", "cop", "auto"])
def test_what_is_no_table_is_refused(read, text, form):
    with pytest.raises(TableError):
        read(text, form, rate=1.0)


def test_an_unknown_column_told_is_refused_with_those_there_are(read):
    with pytest.raises(TableError, match=r"'X'.*ax, ay, az"):
        read("ax,ay,az\n1,2,3\n", columns={"acc_x": "X"})


def test_bytes_that_are_no_text_are_refused(tmp_path):
    source = tmp_path / "t.csv"
    source.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    with pytest.raises(TableError, match="text file"):
        import_file(source, tmp_path / "t.mcap")


def test_nothing_is_overwritten_and_nothing_left_behind(tmp_path):
    source = tmp_path / "t.csv"
    source.write_text(SIMPLE)
    target = tmp_path / "t.mcap"
    first = import_file(source, target).read_bytes()
    with pytest.raises(RecordingError):
        import_file(source, target)
    with pytest.raises(RecordingError):
        import_file(source, source)
    assert target.read_bytes() == first
    assert source.read_text() == SIMPLE
    assert sorted(p.name for p in tmp_path.iterdir()) == ["t.csv", "t.mcap"]


def test_a_refused_table_writes_nothing(tmp_path):
    source = tmp_path / "t.csv"
    source.write_text(SIMPLE.replace("0.1", "nan"))
    with pytest.raises(TableError):
        import_file(source, tmp_path / "t.mcap")
    assert [p.name for p in tmp_path.iterdir()] == ["t.csv"]


def test_the_recording_replays_the_rows_byte_for_byte(tmp_path):
    source = tmp_path / "t.csv"
    source.write_text(SIMPLE)
    recording = open_recording(import_file(source, tmp_path / "t.mcap"))
    packets = list(recording.packets())
    assert [p.source for p in packets][::4] == ["clock/start", "clock/end"]
    rows = [p.payload.decode() for p in packets if p.source == "board/rows"]
    assert rows == SIMPLE.splitlines()[1:]
