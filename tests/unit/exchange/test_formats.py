"""What a file is taken for, what the recording says of it, and hostile files."""

import json
import os
import tracemalloc
import zipfile
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from surefoot.cli.import_ import import_
from surefoot.core import RecordingError, TableError
from surefoot.exchange import (
    FORMATS,
    Choice,
    Rows,
    import_file,
    keep_rows,
    read_file,
)
from surefoot.exchange.columns import AXES, QUANTITIES, TARGETS
from surefoot.exchange.source import LONGEST, Source
from surefoot.recording import open_recording, verify

LONG = 4_000_000 if os.environ.get("SUREFOOT_SOAK") == "1" else 12_000
IMU = "time [s],ax [g],ay [g],az [g],gx [deg/s],gy [deg/s],gz [deg/s]\n"
IMU += "0,0.1,0.2,0.9,1,2,3\n0.01,0.1,0.2,0.9,1,2,3\n"
COP = "time [s],cop_ml [m],cop_ap [m]\n0,0.1,0.2\n0.01,0.1,0.2\n"
BOTH = "time [s],ax [g],ay [g],az [g],cop_ml [m],cop_ap [m]\n"
BOTH += "0,0,0,1,0.1,0.2\n0.01,0,0,1,0.1,0.2\n"


def test_the_command_knows_what_the_formats_know():
    options = {option.name: option for option in import_.params}
    assert tuple(options["form"].type.choices) == ("auto", *FORMATS)
    for option, known in (("columns", TARGETS), ("units", QUANTITIES), ("axes", AXES)):
        with pytest.raises(Exception, match="expected NAME=VALUE") as refused:
            options[option].callback(None, None, "nonsense=1")
        assert all(name in str(refused.value) for name in known)
    assert {f.name for f in fields(Choice)} <= set(options)


@pytest.mark.parametrize(("text", "form"), [(IMU, "csv"), (COP, "cop")])
def test_general_tables_are_told_by_their_columns(read, text, form):
    assert read(text).format == form


def test_a_table_of_two_kinds_has_to_be_named(read):
    with pytest.raises(TableError, match=r"fits csv and cop: .*--format csv"):
        read(BOTH)
    assert read(BOTH, "cop").format == "cop"
    assert read(BOTH, "csv").format == "csv"


def test_a_table_of_no_kind_hears_why_of_each(read):
    with pytest.raises(TableError) as refused:
        read("a,b\n1,2\n")
    told = str(refused.value)
    assert all(f"{name}: " in told for name in FORMATS)
    assert "\n" not in told


def test_columns_told_say_what_it_is(read):
    told = {"columns": {"ml": "a", "ap": "b"}, "units": {"cop": "m"}, "rate": 10.0}
    assert read("a,b\n0.1,0.2\n0.1,0.2\n", **told).format == "cop"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "an empty file"),
        (b"\n\n", "an empty file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "text file"),
        (b"\x00" * 100, "text file"),
        (b"\xff\xfe\x00\xd8,a\n", "broken UTF-16"),
        (b"a,b\n" + b"1," * LONGEST, "a line of more than"),
        (b"PK\x03\x04 but no zip", "text file"),
    ],
)
@pytest.mark.parametrize("form", ["auto", "csv", "cop"])
def test_what_is_no_text_is_refused_in_one_line(read, content, what, form):
    told = {"columns": {"ml": "a", "ap": "b"}, "units": {"cop": "m"}, "rate": 10.0}
    if form == "csv":
        told["columns"] = {"acc_x": "a", "acc_y": "b", "acc_z": "c"}
    with pytest.raises(TableError) as refused:
        read(content, form, **told)
    told = str(refused.value)
    assert what in told or (form == "csv" and "--columns" in told)
    assert "\n" not in told


def test_a_zip_without_tables_is_refused(tmp_path):
    path = tmp_path / "t.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("picture.png", "x")
    with pytest.raises(TableError, match=r"no .csv or .txt in it"):
        import_file(path, tmp_path / "r.mcap")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(TableError, match=r"gone.csv: expected a file.*No such file"):
        import_file(tmp_path / "gone.csv", tmp_path / "r.mcap")


def test_degree_signs_of_another_encoding_are_read(samples):
    text = IMU.replace("deg/s", "°/s")
    expected = samples(IMU).data
    for encoding in ("utf-8", "latin-1", "utf-16-le"):
        mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
        found = samples(mark + text.encode(encoding))
        np.testing.assert_array_equal(found.data, expected)


def test_bytes_of_rows_are_kept_as_they_are(read):
    text = "time [s],ax [g],ay [g],az [g],note\n0,0,0,1,r\xe9\n1,0,0,1,\xb0\n"
    rows = [row for _, row in read(text.encode("latin-1"))]
    assert rows == [b"0,0,0,1,r\xe9", b"1,0,0,1,\xb0"]


@pytest.mark.parametrize("blank", ["", "\n", "\n\n \n"])
def test_blank_lines_at_the_end_are_no_rows(samples, blank):
    assert len(samples(IMU + blank).t) == 2


def test_a_separator_at_the_end_of_every_row_is_allowed(samples):
    text = IMU.replace("\n0", ",\n0").replace(",1,2,3\n", ",1,2,3,\n")
    for broken in (text, text.replace("]\n", "],\n"), text.replace("],\n", "]\n")):
        assert samples(broken).data.shape == (2, 6)


@pytest.mark.parametrize("top", ["sep=,\n", "# made by a friend\nrate,100\n\n"])
@pytest.mark.parametrize("text", [IMU, COP])
def test_lines_before_the_headings_are_no_rows(samples, top, text):
    np.testing.assert_array_equal(samples(top + text).data, samples(text).data)


@pytest.mark.parametrize("time", ["1e300", "-1e300", "1e19", "5e9"])
def test_times_no_clock_can_hold_are_refused(read, time):
    with pytest.raises(TableError, match="line 2: expected a time"):
        read(IMU.replace("\n0,", f"\n{time},"))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (IMU.replace("0.2,0.9,1", "1e9,0.9,1", 1), "acc_y within 2000 m/s^2, got 9.8"),
        (COP.replace("0.2", "-1e9", 1), "cop_ap within 100 m, got -1e+09 m"),
    ],
)
def test_values_no_sensor_gives_are_refused(read, text, what):
    with pytest.raises(TableError) as refused:
        read(text)
    assert f"line 2: expected {what}" in str(refused.value)


@pytest.mark.parametrize(("unit", "step"), [("us", "1"), ("s", "100")])
def test_a_rate_of_no_sensor_is_refused(read, unit, step):
    text = IMU.replace("[s]", f"[{unit}]").replace("\n0.01,", f"\n{step},")
    with pytest.raises(TableError, match="look at the unit of the time"):
        read(text)


def test_a_zero_of_a_billion_digits_is_a_zero(samples):
    assert samples(IMU.replace("\n0,", "\n0e999999999,")).t[0] == 0


def test_a_sensor_is_turned_as_told(samples):
    plain = samples(IMU).data
    found = samples(IMU, axes={"x": "-y", "y": "x", "z": "z"})
    names = ("acc_x", "acc_y", "acc_z", "gyr_x", "gyr_y", "gyr_z")
    turned = found.data[:, found.info.columns(*names)]
    signs = np.array([-1, 1, 1, -1, 1, 1])
    np.testing.assert_allclose(turned, plain[:, [1, 0, 2, 4, 3, 5]] * signs)


def test_accelerations_that_point_down_are_turned_and_turn_rates_are_not(samples):
    plain, found = samples(IMU).data, samples(IMU, axes={"rest": "down"}).data
    np.testing.assert_allclose(found, plain * [-1, -1, -1, 1, 1, 1])


@pytest.mark.parametrize(
    "axes",
    [{"x": "-x"}, {"x": "-x", "y": "y", "z": "z"}, {"x": "y", "y": "y", "z": "z"}],
)
def test_a_mirror_is_no_turn(read, axes):
    with pytest.raises(TableError, match="do not mirror"):
        read(IMU, axes=axes)


def test_the_recording_says_where_it_comes_from(tmp_path):
    source = tmp_path / "walk.csv"
    source.write_text(IMU)
    path = import_file(source, tmp_path / "r.mcap", role="trunk")
    assert verify(path).ok
    recording = open_recording(path)
    told = recording.header.session["imported"]
    assert told["from"] == "walk.csv"
    assert told["format"] == "csv"
    assert told["columns"]["acc_x"] == "ax [g]"
    assert told["units"]["gyr_z"] == "deg/s"
    assert told["clock"] == "given"
    assert told["rows"] == told["rows_read"] == 2
    assert told["rows_dropped"] == {}
    assert json.dumps(told)
    rows = [p.payload for p in recording.packets() if p.source == "trunk/rows"]
    assert rows == [line.encode() for line in IMU.splitlines()[1:]]


@pytest.mark.parametrize(
    ("text", "axes"),
    [(IMU, {"ml": "x"}), (IMU, {"rest": "sideways"}), (COP, {"x": "y"})],
)
def test_axes_of_another_kind_of_table_are_refused(read, text, axes):
    with pytest.raises(TableError, match="expected --axes of"):
        read(text, axes=axes)


def test_a_trunk_has_no_centre_of_pressure(tmp_path):
    source = tmp_path / "stand.csv"
    source.write_text(COP)
    with pytest.raises(TableError, match="leave --role out"):
        import_file(source, tmp_path / "r.mcap", role="trunk")
    assert [p.name for p in tmp_path.iterdir()] == ["stand.csv"]


def test_units_in_capitals_are_read(samples):
    np.testing.assert_array_equal(
        samples(IMU.replace("[g]", "[G]")).data, samples(IMU).data
    )


def test_a_folder_and_its_copy_have_one_digest(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.csv").write_text(IMU)
    one, two = Source(tmp_path / "one"), Source(tmp_path / "two")
    assert one.digest() == two.digest()
    (tmp_path / "two" / "a.csv").write_text(COP)
    assert one.digest() != two.digest()


def test_a_failed_import_leaves_nothing(tmp_path):
    source = tmp_path / "walk.csv"
    source.write_text(IMU)

    def broken():
        yield 0, b"0,0.1,0.2,0.9,1,2,3"
        msg = "the stick was pulled out"
        raise OSError(msg)

    rows = read_file(source, "csv", Choice())
    rows = Rows(rows.format, rows.profile, broken, 2, facts=rows.facts)
    with pytest.raises(OSError, match="stick"):
        keep_rows(rows, source, tmp_path / "r.mcap")
    assert [p.name for p in tmp_path.iterdir()] == ["walk.csv"]


def test_a_row_the_recording_has_no_room_for_ends_the_import(tmp_path):
    source = tmp_path / "walk.csv"
    source.write_text(IMU)
    rows = read_file(source, "csv", Choice())
    late = Rows(rows.format, rows.profile, lambda: iter([(1 << 80, b"")]), 1)
    late = replace(late, facts=rows.facts)
    with pytest.raises(RecordingError, match="expected room for every row"):
        keep_rows(late, source, tmp_path / "r.mcap")
    assert [p.name for p in tmp_path.iterdir()] == ["walk.csv"]


def test_a_long_file_is_read_in_little_memory(tmp_path):
    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write("time [ms],ax [g],ay [g],az [g]\n")
        for i in range(LONG):
            file.write(f"{10 * i},0.123456789,-0.123456789,0.987654321\n")
    tracemalloc.start()
    rows = read_file(path, "auto", Choice())
    for _ in rows:
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(rows) == LONG
    assert peak < 1e6
    assert Path(path).stat().st_size > LONG * 40
