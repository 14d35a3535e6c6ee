"""Exports of sensors' own programs: clocks that wrap, times in words, lost rows."""

import numpy as np
import pytest

from surefoot.core import TableError

DOT_TOP = (
    "sep=,\nDeviceTag:,one\nFirmwareVersion:,1.6.0\nAppVersion:,2021.0\n"
    "StartTime: ,2021-08-30_17:05:05_000 GMT+8\n\n"
)
DOT = "PacketCounter,SampleTimeFine,Euler_X,Acc_X,Acc_Y,Acc_Z,Gyr_X,Gyr_Y,Gyr_Z\n"
FIRST = 2**32 - 10_000


def dot(rows):
    lines = [
        f"{n},{t % 2**32},179.9,{','.join(map(str, values))}" for n, t, *values in rows
    ]
    return DOT_TOP + DOT + "\n".join(lines) + "\n"


ROWS = [
    (0, FIRST, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    (1, FIRST + 8333, 0.1, 0.2, -9.7, 180.0, 0.0, -90.0),
    (2, FIRST + 16666, 0.1, 0.2, -9.8, 0.2, 0.2, 0.2),
    (4, FIRST + 33332, 0.1, 0.2, -9.9, 0.2, 0.2, 0.2),
]


def test_a_dot_is_read_over_the_wrap_of_its_clock(samples):
    found = samples(dot(ROWS))
    assert found.rows.format == "xsens-dot"
    np.testing.assert_allclose(found.t, [0, 0.008333, 0.024999], atol=1e-9)
    np.testing.assert_allclose(
        found.data[0], [0.1, 0.2, -9.7, np.pi, 0, -np.pi / 2], rtol=1e-12
    )
    assert list(found.rows.dropped.values()) == [1]
    assert found.rows.notes == ("1 sample missing by PacketCounter",)
    # 17:05:05 eight hours east of Greenwich
    assert found.rows.started_ns == 1_630_314_305 * 10**9


@pytest.mark.parametrize(
    "told", ["", "soon", "2021-08-30_17:05:05_000 GMT+99", "2021-13-30_17:05:05_000"]
)
def test_a_dot_that_does_not_say_when_is_dated_by_nobody(read, told):
    text = dot(ROWS).replace("2021-08-30_17:05:05_000 GMT+8", told)
    assert read(text).started_ns is None


def test_a_dot_whose_clock_steps_back_is_refused(read):
    rows = [(n, t - 10_000 * (n == 2), *values) for n, t, *values in ROWS]
    with pytest.raises(TableError, match="line 10: expected a time after"):
        read(dot(rows))


def test_a_dot_without_gravity_is_refused(read):
    text = dot(ROWS).replace("Acc_", "FreeAcc_")
    with pytest.raises(TableError, match="FreeAcc, which is without"):
        read(text)


OLD = "StartTime: 2024-05-01 10:00:00.000\naddress\tTime(s)\tax(g)\tay(g)\taz(g)"
OLD += "\twx(deg/s)\twy(deg/s)\twz(deg/s)\tAngleX(deg)\tT(°)\t\n"
NEW = "time\tDeviceName\tChipTime()\tAccX(g)\tAccY(g)\tAccZ(g)"
NEW += "\tAsX(°/s)\tAsY(°/s)\tAsZ(°/s)\tAngleX(°)\n"


def old(times, comma=False):
    rows = [f"0x50\t {t}\t0.1\t-0.2\t0.98\t180\t0\t-90\t1.5\t25.1" for t in times]
    text = "\n".join(rows)
    return OLD + (text.replace(".", ",") if comma else text) + "\n"


def new(times, chip=(), device="WT901(00:0C)"):
    rows = [
        f"{t}\t{device}\t{c}\t0.1\t-0.2\t0.98\t180\t0\t-90\t1.5"
        for t, c in zip(times, chip or ["null"] * len(times), strict=True)
    ]
    return NEW + "\n".join(rows) + "\n"


@pytest.mark.parametrize("comma", [False, True])
def test_the_old_program_of_witmotion(samples, comma):
    times = ["23:59:59.980", "00:00:00.000", "00:00:00.020"]
    found = samples(old(times, comma))
    assert found.rows.format == "witmotion"
    np.testing.assert_allclose(found.t, [0, 0.02, 0.04], atol=1e-9)
    expected = [0.980665, -1.96133, 9.610517, np.pi, 0, -np.pi / 2]
    np.testing.assert_allclose(found.data[0], expected)


def test_times_of_witmotion_may_be_seconds(samples):
    found = samples(old(["0.5", "0.52", "0.55"]))
    np.testing.assert_allclose(found.t, [0, 0.02, 0.05], atol=1e-9)


@pytest.mark.parametrize(
    ("times", "what"),
    [
        (["10:00:01.000", "10:00:00.500"], "line 4: expected a time after 0 s"),
        (["10:00:01.000", "noon"], "line 4: expected a time, got 'noon'"),
        (["1.0", "nan"], "line 4: expected a time, got 'nan'"),
        (["1.0", "1e300"], "line 4: expected a time, got '1e300'"),
    ],
)
def test_times_that_are_none_are_refused(read, times, what):
    with pytest.raises(TableError) as refused:
        read(old(times))
    assert what in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_the_new_program_of_witmotion_in_any_encoding(samples, encoding):
    times = ["2026-10-02T07:48:45.830", "2026-10-02T07:48:45.850"]
    found = samples(new(times).encode(encoding))
    np.testing.assert_allclose(found.t, [0, 0.02], atol=1e-9)
    assert found.data.shape == (2, 6)


def test_the_sensors_own_clock_goes_before_the_computers(samples):
    times = ["2026-10-02T07:48:45.830"] * 3
    chip = [f"2026-01-01 00:00:00.{ms}" for ms in ("100", "120", "150")]
    found = samples(new(times, chip))
    np.testing.assert_allclose(found.t, [0, 0.02, 0.05], atol=1e-9)


def test_rows_received_in_bursts_are_counted_when_asked(read, samples):
    times = ["2026-10-02T07:48:45.830"] * 3
    with pytest.raises(TableError, match=r"line 3: .* in bursts.* --rate 50"):
        read(new(times))
    found = samples(new(times), rate=50.0)
    np.testing.assert_allclose(found.t, [0, 0.02, 0.04], atol=1e-9)
    assert found.rows.facts["clock"] == "nominal"


def test_two_sensors_in_one_file_are_refused(read):
    times = ["2026-10-02T07:48:45.830", "2026-10-02T07:48:45.850"]
    second = new(times, device="other").partition("\n")[2]
    with pytest.raises(TableError, match="line 4: expected rows of one sensor"):
        read(new(times) + second)
