"""The same packets decoded by another profile or calibration; the file stays."""

import json

import numpy as np
import pytest

from surefoot.core import SurefootError
from surefoot.session.analyse import Options, analyse

ACC = tuple((f"acc_{axis}", "m/s^2") for axis in "xyz")


@pytest.fixture
def tipped(made, record):
    """A board on either side for two seconds each; x points right."""
    t = np.arange(3000) / 100.0
    angle = 0.1 * np.sign(np.sin(2 * np.pi * 0.25 * t))
    acc = 9.8 * np.column_stack([-np.sin(angle), 0 * t, np.cos(angle)])
    return record({"board": made("imu", ACC, t, acc)})


def values(told):
    return {m["name"]: m["value"] for m in told["measures"]}


def test_another_profile(tipped, tmp_path):
    before, bytes_before = analyse(tipped), tipped.read_bytes()
    text = analyse_profile(tipped).replace('"acc_x"', '"acc_other"')
    text = text.replace('"acc_y"', '"acc_x"').replace('"acc_other"', '"acc_y"')
    path = tmp_path / "swapped.toml"
    path.write_text(text)
    after = analyse(tipped, Options(profile=str(path)))
    one, other = values(before), values(after)
    assert other["tilt_rms_ap"] == pytest.approx(one["tilt_rms_ml"], rel=1e-6)
    assert before["key"]["profiles"] != after["key"]["profiles"]
    assert before["key"]["calibration"] == after["key"]["calibration"]
    assert tipped.read_bytes() == bytes_before


def analyse_profile(path):
    from surefoot.recording import open_recording

    return open_recording(path).header.profiles["board"]


def test_another_calibration(tipped, tmp_path):
    path = tmp_path / "unit.toml"
    path.write_text("schema = 1\nacc_bias = [0.5, 0.0, 0.0]\n")
    before = analyse(tipped)
    after = analyse(tipped, Options(calibration=path))
    # a constant bias moves the file's own median too, and cancels but for its scale
    ml = values(after)["tilt_rms_ml"]
    assert ml == pytest.approx(values(before)["tilt_rms_ml"], rel=0.02)
    assert ml != values(before)["tilt_rms_ml"]
    assert before["key"]["calibration"] != after["key"]["calibration"]
    assert before["key"]["profiles"] == after["key"]["profiles"]


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (Options(profile="no-such", role="board"), "profile: expected one of"),
        (Options(profile="movesense", role="trunk"), "trunk: expected one of"),
    ],
)
def test_what_does_not_fit_is_said(tipped, options, what):
    with pytest.raises(SurefootError, match=what):
        analyse(tipped, options)


def test_a_calibration_that_is_none(tipped, tmp_path):
    path = tmp_path / "photo.toml"
    path.write_bytes(b"\xff\xd8\xff")
    with pytest.raises(SurefootError, match="expected a calibration"):
        analyse(tipped, Options(calibration=path))


def test_a_profile_of_another_sensor_gives_nothing_and_says_so(tipped):
    told = analyse(tipped, Options(profile="movesense"))
    assert told["measures"] == []
    assert {r["reason"] for r in told["refused"]} == {"no samples in this recording"}
    json.dumps(told, allow_nan=False)
