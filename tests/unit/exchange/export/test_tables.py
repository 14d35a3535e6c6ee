"""CSV and Parquet: every bit comes back, and the files say what they hold."""

import csv
import json
import sys

import numpy as np
import pytest

from surefoot.core import Block, StreamInfo, TableError
from surefoot.exchange.export import export
from surefoot.exchange.export.even import evenly
from surefoot.exchange.export.material import read_material
from surefoot.session.analysing._material import Options, read


def numbers(path):
    with path.open(newline="") as file:
        rows = list(csv.reader(file))
    return rows[0], np.array([[float(cell) for cell in row] for row in rows[1:]])


def named(files, *parts):
    (found,) = [f for f in files if all(part in f.name for part in parts)]
    return found


def test_what_is_exported_is_what_is_analysed(sample):
    exported, analysed = read_material(sample).blocks, read(sample, Options()).streams
    assert set(exported) == {"board/imu", "trunk/imu"} <= set(analysed)
    for name, block in exported.items():
        assert (block.t == analysed[name].t).all()
        assert (block.data == analysed[name].data).all()


def test_long_streams_are_joined_on_the_way(uneven, monkeypatch):
    (whole,) = read_material(uneven).blocks.values()
    monkeypatch.setattr("surefoot.exchange.export.material._LOOSE", 7)
    (joined,) = read_material(uneven).blocks.values()
    assert (joined.t == whole.t).all()
    assert (joined.data == whole.data).all()
    assert len(joined) == 600


def test_a_link_that_broke_leaves_a_gap_as_in_analysis(broken_link):
    (exported,) = read_material(broken_link).blocks.values()
    analysed = read(broken_link, Options()).streams["trunk/imu"]
    assert (exported.t == analysed.t).all()
    assert np.diff(exported.t).max() > 0.35


def test_a_board_of_four_cells_has_a_centre_of_pressure(cells, tmp_path):
    told = read_material(cells)
    force, cop = told.blocks["board/force"], told.blocks["board/cop"]
    assert cop.info.channels == ("cop_ml", "cop_ap", "force_v")
    assert len(cop) == len(force) - 1  # somebody stepped off for one sample
    # 30 of 80 kg more on the right; the cells of this board are 433 mm apart
    assert cop.data[0] == pytest.approx([0.2165 * 30 / 80, 0.0, 80 * 9.80665])
    analysed = read(cells, Options()).streams["board/cop"]
    at = np.searchsorted(analysed.t, cop.t)
    assert (analysed.data[at] == cop.data).all()
    files = export(cells, tmp_path / "out", "csv")
    about = json.loads(named(files, "export.json").read_text())["files"]
    assert "worked out of board/force" in about["board_cop_irregular.csv"]["pipeline"]
    assert about["board_cop_irregular.csv"]["frame"] == "board"


@pytest.mark.parametrize("which", ["sample", "uneven"])
def test_csv_reads_back_to_the_last_bit(which, request, tmp_path):
    path = request.getfixturevalue(which)
    files = export(path, tmp_path / "out", "csv")
    for name, block in read_material(path).blocks.items():
        stem = name.replace("/", "_")
        headings, found = numbers(named(files, f"{stem}_irregular"))
        assert headings[0] == "session_time [s]"
        assert headings[1].startswith("acc_x [m/s^2]")
        assert (found[:, 0] == block.t).all()
        assert (found[:, 1:] == block.data).all()
        _, even = numbers(named(files, f"{stem}_resampled"))
        expected = evenly(block, block.info.rate)
        assert (even[:, 0] == expected.t).all()
        assert np.array_equal(even[:, 1:], expected.data, equal_nan=True)


def test_csv_says_what_it_is(sample, tmp_path):
    files = export(sample, tmp_path / "out", "csv", rate=50.0)
    told = json.loads(named(files, "export.json").read_text())
    assert told["virtual"] is True
    assert told["drill"] == "rocker-hold-level"
    raw = told["files"]["board_imu_irregular.csv"]
    even = told["files"]["board_imu_resampled_50Hz.csv"]
    assert (raw["sampling"], even["sampling"]) == ("irregular", "even")
    assert raw["columns"]["gyr_z"] == "rad/s"
    assert raw["frame"] == "sensor"
    assert (raw["rate_nominal_hz"], even["rate_nominal_hz"]) == (104.0, 50.0)
    assert "surefoot-sketch, not calibrated, not filtered" in raw["pipeline"]
    assert "resampled to 50 Hz" in even["pipeline"]
    assert {f.name for f in files} >= set(told["files"])
    assert "phase" in named(files, "events.csv").read_text()


def test_parquet_reads_back_to_the_last_bit_and_says_what_it_is(uneven, tmp_path):
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    (block,) = read_material(uneven).blocks.values()
    files = export(uneven, tmp_path / "out", "parquet")
    table = pq.read_table(named(files, "irregular"))
    columns = [column.to_numpy() for column in table.columns]
    assert (columns[0] == block.t).all()
    assert (np.column_stack(columns[1:]) == block.data).all()
    assert table.schema.field("acc_x").metadata == {b"unit": b"m/s^2"}
    told = json.loads(table.schema.metadata[b"surefoot"])
    assert told["columns"] == {"acc_x": "m/s^2", "force_tl": "N", "quat_w": "1"}
    assert (told["sampling"], told["person"]) == ("irregular", "P-07")
    even = pq.read_schema(named(files, "resampled")).metadata[b"surefoot"]
    assert json.loads(even)["sampling"] == "even"


def test_pandas_reads_both_equal(uneven, tmp_path):
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    (block,) = read_material(uneven).blocks.values()
    from_csv = pd.read_csv(tmp_path / export(uneven, tmp_path / "c", "csv")[0])
    from_parquet = pd.read_parquet(export(uneven, tmp_path / "p", "parquet")[0])
    expected = np.column_stack([block.t, block.data])
    assert (from_parquet.to_numpy() == expected).all()
    # the parser of pandas is exact since it has a default that is
    assert (from_csv.to_numpy() == expected).all()


def test_without_pyarrow_one_line_says_how_to_get_it(uneven, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(TableError, match=r"pip install 'surefoot\[parquet\]'"):
        export(uneven, tmp_path / "out", "parquet")
    assert not (tmp_path / "out").exists()


def test_nothing_is_overwritten_and_half_an_export_is_taken_away(uneven, tmp_path):
    to = tmp_path / "out"
    to.mkdir()
    (to / "export.json").write_text("mine")
    with pytest.raises(TableError, match="expected no such file"):
        export(uneven, to, "csv")
    assert [p.name for p in to.iterdir()] == ["export.json"]
    assert (to / "export.json").read_text() == "mine"


def test_a_place_that_cannot_be_written_to_is_refused(uneven, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(TableError, match="expected a folder that can be written to"):
        export(uneven, tmp_path / "file" / "out", "xdf")


def block(t, values):
    info = StreamInfo("board/imu", ("acc_x",), ("m/s^2",), 10.0)
    return Block(info, np.array(t, float), np.array(values, float)[:, None])


def test_resampling_draws_lines_and_leaves_gaps_open():
    t = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 1.0, 1.1, 1.2]
    found = evenly(block(t, [10 * x for x in t]), 20.0)
    assert found.info.rate == 20.0
    assert found.t == pytest.approx(np.arange(25) / 20)
    gap = (found.t > 0.51) & (found.t < 0.99)
    assert np.isnan(found.data[gap]).all()
    assert found.data[~gap, 0] == pytest.approx(10 * found.t[~gap])


@pytest.mark.parametrize("n", [0, 1])
def test_resampling_of_next_to_nothing(n):
    found = evenly(block([1.0][:n], [2.0][:n]), 50.0)
    assert (len(found), found.info.rate) == (n, 50.0)
