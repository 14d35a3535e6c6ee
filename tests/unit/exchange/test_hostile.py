"""Broken files: whatever stands in them, one line says what is wrong with them."""

import io
import os
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surefoot.core import SurefootError
from surefoot.exchange import FORMATS

EXAMPLES = 20_000 if os.environ.get("SUREFOOT_SOAK") == "1" else 60

PARQUET = "surefoot-parquet"
"""No text; its broken files are in `export/test_again.py`."""

TABLES = {
    "surefoot-csv": "session_time [s],force_tl [N]\n0.5,1\n0.75,2\n",
    "csv": "t [s],ax [g],ay [g],az [g]\n0,0,0,1\n0.1,0,0,1\n0.2,0,0,1\n",
    "cop": "t [s];cop_ml [cm];cop_ap [cm];fz [N]\n0;0,1;0,2;700\n0,1;0,1;0,2;700\n",
    "force-plate": "Rate,10\nFx [N],Fy [N],Fz [N],Mx [Nm],My [Nm]\n1,1,9,1,1\n"
    "1,1,9,1,1",
    "phyphox": '"Time (s)","Acceleration x (m/s^2)","Acceleration y (m/s^2)",'
    '"Acceleration z (m/s^2)"\n0E0,0E0,0E0,9.8E0\n1E-1,0E0,0E0,9.8E0\n',
    "sensor-logger": "time,seconds_elapsed,z,y,x\n"
    "1700000000000000000,0.0,9.8,0,0\n1700000000010000000,0.01,9.8,0,0\n",
    "xsens-dot": "sep=,\nStartTime: ,2021-08-30_17:05:05_000 GMT+8\n\nPacketCounter,"
    "SampleTimeFine,Acc_X,Acc_Y,Acc_Z\n1,100,0,0,9.8\n2,8433,0,0,9.8\n",
    "witmotion": "time\tDeviceName\tAccX(g)\tAccY(g)\tAccZ(g)\tAsX(°/s)\n"
    "2026-10-02T07:48:45.830\tx\t0\t0\t1\t1\n2026-10-02T07:48:45.850\tx\t0\t0\t1\t1\n",
    "wobbleboard": '{"frequency": 100, "data": {"x": [0, 1], "y": [0, 1], '
    '"z": [1000, 1000]}}',
}
AXES = {
    "force-plate": {"ml": "x", "ap": "y"},
    "sensor-logger": {"rest": "up"},
}
MARKS = ("", ",", ";", "\t", "\n", "\r", '"', "\x00", "{", "[", " ", ".", "-", "é", "x")
NUMBERS = ("nan", "NaN", "1e999", "0e99999999", "1_0", "۳", "1,5", "9" * 20, "-0")
BITS = st.sampled_from(MARKS + NUMBERS)


def told(form):
    axes = {"axes": AXES[form]} if form in AXES else {}
    return axes | ({"origin": (0.0, 0.0, 0.0)} if form == "force-plate" else {})


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_broken_zip_is_read_or_refused(samples, method):
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w", method) as archive:
        archive.writestr("a.csv", TABLES["phyphox"])
    whole = store.getvalue()
    refused = 0
    for at in range(0, len(whole), 1 if EXAMPLES > 1000 else 5):
        broken = bytearray(whole)
        broken[at] ^= 0xFF
        try:
            samples(bytes(broken))
        except SurefootError as error:
            refused += "\n" not in str(error)
    assert refused > len(whole) / 20


def test_every_format_is_here():
    assert {*TABLES, PARQUET} == set(FORMATS)


@pytest.mark.parametrize("form", TABLES)
def test_the_tables_are_sound_and_told_apart(samples, form):
    found = samples(TABLES[form], **told(form))
    assert found.rows.format == form
    assert len(found.t) >= 2


@pytest.mark.soak
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    form=st.sampled_from(tuple(TABLES)),
    named=st.booleans(),
    cuts=st.lists(
        st.tuples(st.integers(0, 400), st.integers(0, 12), BITS), min_size=1, max_size=3
    ),
)
def test_a_broken_table_is_read_or_refused_in_one_line(samples, form, named, cuts):
    text = TABLES[form]
    for at, gone, put in cuts:
        at = at % (len(text) + 1)
        text = text[:at] + put + text[at + gone :]
    refused = ""
    try:
        found = samples(text.encode(), form if named else "auto", **told(form))
        assert (found.t[1:] > found.t[:-1]).all()
    except SurefootError as error:
        refused = str(error)
    assert not refused or refused.startswith("t.csv: ")
    assert "\n" not in refused


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(content=st.binary(max_size=200), form=st.sampled_from(("auto", *FORMATS)))
def test_any_bytes_are_read_or_refused(samples, content, form):
    refused = ""
    try:
        samples(content, form)
    except SurefootError as error:
        refused = str(error)
    assert "\n" not in refused
