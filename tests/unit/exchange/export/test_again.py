"""Exported, imported, exported again: the same numbers; broken files are refused."""

import os
import random

import numpy as np
import pytest

from surefoot.core import SurefootError, TableError
from surefoot.exchange import Choice, import_file, read_file
from surefoot.exchange.export import export
from surefoot.exchange.export.material import read_material
from surefoot.session.analyse import analyse

FORMS = ["csv", "parquet"]


@pytest.fixture(params=FORMS)
def form(request):
    if request.param == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    return request.param


def test_samples_come_back_to_the_last_bit(form, uneven, tmp_path):
    before = read_material(uneven).blocks["board/cells"]
    file = export(uneven, tmp_path / "out", form)[0]
    made = import_file(file, tmp_path / "again.mcap")
    told = read_material(made)
    (after,) = told.blocks.values()
    assert after.info.channels == before.info.channels
    assert after.info.units == before.info.units
    assert (after.data == before.data).all()
    assert np.abs(after.t - (before.t - before.t[0])).max() < 2e-9
    imported = told.recording.header.session["imported"]
    assert imported["format"] == f"surefoot-{form}"
    assert imported["notes"] == []
    assert analyse(made)["quality"]["recording"] == "complete"


def test_a_resampled_table_says_so_and_its_gaps_are_left_out(form, uneven, tmp_path):
    file = export(uneven, tmp_path / "out", form)[1]
    rows = read_file(file, "auto", Choice())
    assert "resampled" in rows.notes[0]
    assert rows.dropped == {"without a value": 51}
    assert rows.facts["rate"] == 50.0


def test_a_centre_of_pressure_keeps_its_name(form, tmp_path):
    table = tmp_path / "c.csv"
    rows = [f"{i / 100},{i % 7 / 1000},{i % 5 / 1000}" for i in range(1500)]
    table.write_text("\n".join(["time [s],cop_ml [m],cop_ap [m]", *rows]))
    first = import_file(table, tmp_path / "a.mcap")
    second = import_file(export(first, tmp_path / "o", form)[0], tmp_path / "b.mcap")
    one, two = (read_material(p).blocks["board/cop"] for p in (first, second))
    assert (one.data == two.data).all()
    names = [m["name"] for m in analyse(second)["measures"]]
    assert names == [m["name"] for m in analyse(first)["measures"]]
    assert "mean_velocity" in names


def test_what_is_said_in_vain_is_refused(form, uneven, tmp_path):
    file = export(uneven, tmp_path / "out", form)[0]
    with pytest.raises(TableError, match=f"expected no --rate for surefoot-{form}"):
        read_file(file, "auto", Choice(rate=50.0))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('session_time [s],a"b [N]\n0,1\n1,2\n', "columns as an export names"),
        ("session_time [s],a [N],a [N]\n0,1,1\n1,2,2\n", "columns as an export names"),
        ("session_time [s],time [s]\n0,1\n1,2\n", "columns as an export names them"),
        ("session_time [s],acc_x [furlong]\n0,1\n1,2\n", "furlong"),
        ("session_time [s],acc_x\n0,1\n1,2\n", "columns as an export names them"),
        ("session_time [s],acc_x [m/s^2]\n0,1\n0,2\n", "a time after"),
        ("session_time [s],acc_x [m/s^2]\n0,x\n1,2\n", "a number for acc_x"),
        ("session_time [s],acc_x [m/s^2]\n0,1\n", "2 or more rows"),
        ("session_time [s]\n0\n1\n", "expected"),
    ],
)
def test_a_changed_csv_is_refused(tmp_path, text, what):
    path = tmp_path / "t.csv"
    path.write_text(text)
    with pytest.raises(SurefootError, match=what) as refused:
        read_file(path, "auto", Choice())
    assert "\n" not in str(refused.value)


def test_another_parquet_file_is_refused(tmp_path):
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    pq = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"a": [1.0, 2.0]}), path)
    with pytest.raises(TableError, match="expected a Parquet table that Surefoot"):
        read_file(path, "auto", Choice())


@pytest.mark.soak
def test_a_broken_parquet_file_is_refused_in_one_line(uneven, tmp_path):
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    soak = os.environ.get("SUREFOOT_SOAK") == "1"
    file = export(uneven, tmp_path / "out", "parquet")[0]
    whole, sound = file.read_bytes(), list(read_file(file, "auto", Choice()))
    chance = random.Random(7)
    refused, count = 0, 1000 if soak else 40
    for _ in range(count):
        broken = bytearray(whole)
        broken[chance.randrange(4, len(whole) - 4)] ^= 1 << chance.randrange(8)
        file.write_bytes(broken)
        try:
            rows = list(read_file(file, "auto", Choice()))
        except SurefootError as error:
            refused += "\n" not in str(error)
        else:  # a bit that means nothing, such as one of a statistic
            assert rows == sound
            refused += 1
    assert refused == count
