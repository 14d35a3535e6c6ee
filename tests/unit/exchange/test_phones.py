"""Phones: tables with clocks of their own, gravity in them or not, and its sign."""

import zipfile

import numpy as np
import pytest

from surefoot.core import TableError

G = 9.80665
PHYPHOX_ACC = '"Time (s)","Acceleration x (m/s^2)","Acceleration y (m/s^2)",'
PHYPHOX_ACC += '"Acceleration z (m/s^2)","Absolute acceleration (m/s^2)"'
PHYPHOX_GYR = '"Time (s)","Gyroscope x (rad/s)","Gyroscope y (rad/s)",'
PHYPHOX_GYR += '"Gyroscope z (rad/s)","Absolute (rad/s)"'
LINEAR = PHYPHOX_ACC.replace('"Acc', '"Linear Acc')


def sheet(heading, rows, separator=",", decimal="."):
    lines = [heading.replace(",", separator)]
    for row in rows:
        cells = [f"{value:.9E}".replace("nan", "NaN") for value in row]
        lines.append(separator.join(cell.replace(".", decimal) for cell in cells))
    return "\n".join(lines).replace("NAN", "NaN") + "\n"


ACC = [(0.01 * i, 0.1 * i, 0.2, G, G) for i in range(6)]
GYR = [(0.004 + 0.02 * i, 0.1 * i, 0.0, -0.1 * i, 1.0) for i in range(3)]
TIMES = '"event","experiment time","system time","system time text"\n'
TIMES += '"START",0.0E0,1700000000.125,"2023-11-14 22:13:20.125 UTC+00:00"\n'
PHYPHOX = {
    "Accelerometer.csv": sheet(PHYPHOX_ACC, ACC),
    "Gyroscope.csv": sheet(PHYPHOX_GYR, GYR),
    "meta/device.csv": '"property","value"\n"deviceModel","x"\n',
    "meta/time.csv": TIMES,
}


@pytest.mark.parametrize(
    ("separator", "decimal"), [(",", "."), (";", "."), (";", ","), ("\t", ",")]
)
def test_every_sheet_the_app_writes_is_read(samples, separator, decimal):
    found = samples(sheet(PHYPHOX_ACC, ACC, separator, decimal))
    assert found.rows.format == "phyphox"
    np.testing.assert_allclose(found.data, [row[1:4] for row in ACC], rtol=1e-9)
    np.testing.assert_allclose(found.t, [row[0] for row in ACC], atol=1e-12)


def test_a_gyroscope_is_brought_to_the_times_of_the_accelerometer(samples):
    found = samples(PHYPHOX, name="export")
    np.testing.assert_allclose(found.t + 0.01, [0.01, 0.02, 0.03, 0.04], atol=1e-9)
    acc = found.data[:, found.info.columns("acc_x", "acc_y", "acc_z")]
    np.testing.assert_allclose(acc, [row[1:4] for row in ACC[1:5]], rtol=1e-9)
    gyr = found.data[:, found.info.columns("gyr_x", "gyr_y", "gyr_z")]
    x = (np.array([0.01, 0.02, 0.03, 0.04]) - 0.004) / 0.02 * 0.1
    np.testing.assert_allclose(gyr, np.stack([x, 0 * x, -x], axis=1), atol=1e-9)
    assert sum(found.rows.dropped.values()) == 2
    assert "linear" in found.rows.facts["merged"]
    assert found.rows.started_ns == 1_700_000_000_125_000_000
    # the row of the file stands in the packet as it was, with what was added behind it
    row = PHYPHOX["Accelerometer.csv"].splitlines()[2]
    assert next(iter(found.rows))[1].decode().startswith(row + ",")


@pytest.mark.parametrize("seconds", ["NaN", "-1", "1e300", "soon"])
def test_an_export_that_does_not_say_when_is_dated_by_nobody(read, seconds):
    times = TIMES.replace("1700000000.125", seconds)
    assert read(PHYPHOX | {"meta/time.csv": times}, name="export").started_ns is None


def test_a_zip_is_as_good_as_a_folder(tmp_path, read_real, samples):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in PHYPHOX.items():
            archive.writestr(name, text)
    zipped, folder = read_real(path), samples(PHYPHOX, name="folder")
    np.testing.assert_array_equal(zipped.data, folder.data)


def test_one_sheet_with_both_sensors_needs_no_merging(samples):
    heading = PHYPHOX_ACC + "," + PHYPHOX_GYR
    rows = [(*a, *a) for a in ACC]
    found = samples(sheet(heading, rows))
    assert found.data.shape == (6, 6)
    assert "merged" not in found.rows.facts


def test_padding_at_the_end_of_a_sheet_is_left_out(samples):
    rows = [*ACC, (np.nan,) * 5, (np.nan,) * 5]
    found = samples(sheet(PHYPHOX_ACC, rows))
    assert len(found.t) == len(ACC)
    assert found.rows.dropped == {"without a value": 2}


def test_no_turn_rate_is_made_up_over_a_gap(samples):
    acc = [(0.01 * i, 0.0, 0.0, G, G) for i in range(100)]
    gyr = [(0.01 * i, 1.0, 1.0, 1.0, 1.0) for i in range(100) if not 20 < i < 60]
    files = {"a.csv": sheet(PHYPHOX_ACC, acc), "g.csv": sheet(PHYPHOX_GYR, gyr)}
    found = samples(files, name="gap")
    assert len(found.t) == 61
    assert np.diff(found.t).max() == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("files", "what"),
    [
        ({"a.csv": sheet(LINEAR, ACC)}, "without gravity only"),
        ({"a.csv": sheet(PHYPHOX_GYR, GYR)}, "expected one of"),
        ({"a.csv": PHYPHOX_ACC + "\n", "b.csv": ""}, "2 or more rows, got 0"),
        (
            {"a.csv": sheet(PHYPHOX_ACC, ACC), "b.csv": sheet(PHYPHOX_ACC, ACC)},
            "a.csv and b.csv",
        ),
    ],
)
def test_what_phyphox_cannot_give(read, files, what):
    with pytest.raises(TableError) as refused:
        read(files, name="export")
    assert what in str(refused.value)


ZERO = 1_700_000_000_000_000_000


def log(rows):
    """A Sensor Logger table: nanoseconds, seconds, z, y, x."""
    lines = ["time,seconds_elapsed,z,y,x"]
    for t, x, y, z in rows:
        lines.append(f"{ZERO + round(t * 1e9)},{t!r},{z!r},{y!r},{x!r}")
    return "\n".join(lines) + "\n"


def metadata(platform, standard):
    keys = "version,device name,recording epoch time,recording time,platform,"
    keys += "appVersion,standardisation"
    return f"{keys}\n3,phone,1,2023-11-14_22-13-20,{platform},1.3,{standard}\n"


MOVING = [(-0.01 + 0.01 * i, 0.1 * i, 0.0, 0.0) for i in range(5)]
PULL = [(-0.01 + 0.01 * i, 0.0, 1.0, 9.7) for i in range(5)]
TOTAL = [
    (t, x + gx, y + gy, z + gz)
    for (t, x, y, z), (_, gx, gy, gz) in zip(MOVING, PULL, strict=True)
]
TURN = [(-0.01 + 0.01 * i, 0.0, 0.5, -0.5) for i in range(5)]


def turned(rows):
    return [(t, -x, -y, -z) for t, x, y, z in rows]


@pytest.mark.parametrize(
    "files",
    [
        {"TotalAcceleration.csv": TOTAL, "Metadata.csv": ("android", "false")},
        {
            "Accelerometer.csv": MOVING,
            "Gravity.csv": PULL,
            "Metadata.csv": ("android", "false"),
        },
        {
            "Accelerometer.csv": MOVING,
            "Gravity.csv": PULL,
            "Metadata.csv": ("ios", "true"),
        },
        {
            "Accelerometer.csv": turned(MOVING),
            "Gravity.csv": turned(PULL),
            "Metadata.csv": ("ios", "false"),
        },
        {
            "AccelerometerUncalibrated.csv": [
                (t, -x / G, -y / G, -z / G) for t, x, y, z in TOTAL
            ],
            "Metadata.csv": ("ios", "false"),
        },
    ],
)
def test_every_phone_gives_the_same_acceleration(samples, files):
    written = {
        name: metadata(*told) if name == "Metadata.csv" else log(told)
        for name, told in files.items()
    }
    found = samples(written | {"Gyroscope.csv": log(TURN)}, name="export")
    assert found.rows.format == "sensor-logger"
    acc = found.data[:, found.info.columns("acc_x", "acc_y", "acc_z")]
    np.testing.assert_allclose(acc, [row[1:] for row in TOTAL], rtol=1e-12, atol=1e-15)
    gyr = found.data[:, found.info.columns("gyr_x", "gyr_y", "gyr_z")]
    np.testing.assert_allclose(gyr, [row[1:] for row in TURN])
    assert found.rows.started_ns == ZERO - 10_000_000
    np.testing.assert_allclose(np.diff(found.t), 0.01, atol=1e-9)


def test_a_row_that_comes_twice_is_left_out(samples):
    rows = [*TOTAL[:2], TOTAL[1], *TOTAL[2:]]
    found = samples(log(rows), axes={"rest": "up"})
    assert len(found.t) == len(TOTAL)
    assert sum(found.rows.dropped.values()) == 1


@pytest.mark.parametrize(
    ("files", "told", "what"),
    [
        ({"Accelerometer.csv": log(MOVING)}, {"axes": {"rest": "up"}}, "without"),
        ({"TotalAcceleration.csv": log(TOTAL)}, {}, "--axes rest=up"),
        (
            {f"{day}/TotalAcceleration.csv": log(TOTAL) for day in ("one", "two")},
            {"axes": {"rest": "up"}},
            "expected one recording, got one/Total",
        ),
        (
            {"walk.csv": log(MOVING)},
            {"axes": {"rest": "up"}},
            "accelerations with gravity in them",
        ),
        (
            {"TotalAcceleration.csv": log(TOTAL[::-1])},
            {"axes": {"rest": "up"}},
            "line 3: expected a time after",
        ),
        (
            {"TotalAcceleration.csv": log(TOTAL)},
            {"columns": {"acc_x": "x"}},
            "expected no --columns for sensor-logger",
        ),
    ],
)
def test_what_sensor_logger_cannot_give(read, files, told, what):
    with pytest.raises(TableError) as refused:
        read(files, name="export", **told)
    assert what in str(refused.value)
