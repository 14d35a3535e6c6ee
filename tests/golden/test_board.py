"""Tilt of boards against formulas written anew: a sine, and four real recordings."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from scipy import signal

from surefoot.analysis import (
    Target,
    edge_contacts,
    mean_speed,
    percentile,
    stability_indices,
    tilt_rms,
    time_in_zone,
)
from surefoot.analysis.stays import sides, time_beyond, zone_stays

SHARED = Path(__file__).parents[3] / "shared"
FILE = SHARED / "golden" / "sway" / "reference_imu_board.json"
BOARDS = SHARED / "data" / "wobbleboard"
there = pytest.mark.skipif(
    not (FILE.is_file() and BOARDS.is_dir()),
    reason="the reference values or the recordings are not on this machine",
)
DIGITS = 1e-9
RATE = 100.0
RECORDINGS = [
    "B_20211028-184359",
    "S_20211028-185036",
    "FB_20211028-184839",
    "R_20211028-190527",
]


def sine() -> np.ndarray:
    t = np.arange(3000) / RATE
    ml = 6 * np.sin(2 * np.pi * 0.4 * t) + 1
    return np.radians(np.stack([ml, 3 * np.sin(2 * np.pi * 0.9 * t) - 0.5], axis=1))


def recorded(name: str) -> np.ndarray:
    """The recipe of the reference: low-pass, tilt, ends cut, median taken for level."""
    kind, _, stem = name.partition("_")
    data = json.loads((BOARDS / kind / f"{stem}.json").read_text())["data"]
    acc = np.stack([data[k] for k in "xyz"], axis=1) / 1000.0
    b, a = signal.butter(2, 5 / 50)
    x, y, z = signal.filtfilt(b, a, acc, axis=0).T
    tilt = np.stack([np.arctan2(x, np.hypot(y, z)), np.arctan2(y, np.hypot(x, z))], 1)
    part = tilt[500:5500]
    return part - np.median(part, axis=0)


def check(tilt: np.ndarray, told: dict[str, float], edge: float) -> None:
    indices = np.degrees(stability_indices(tilt, RATE))
    wanted = [told[key] for key in ("OSI_deg", "MLSI_deg", "APSI_deg")]
    assert indices == pytest.approx(wanted, DIGITS)
    # the spread about the mean is what is left of the index without the mean
    for axis, k in (("ml", 0), ("ap", 1)):
        mean = math.degrees(tilt[:, k].mean())
        assert mean == pytest.approx(told[f"mean_{axis}"], DIGITS, abs=1e-12)
        about = math.degrees(tilt_rms(tilt - tilt.mean(axis=0), RATE, axis))
        assert about == pytest.approx(told[f"tilt_sd_{axis}"], DIGITS)
    p95, most = (math.degrees(percentile(tilt, RATE, share)) for share in (95, 100))
    assert p95 == pytest.approx(told["p95_resultant"], DIGITS)
    assert most == pytest.approx(told["max_resultant"], DIGITS)
    speed = math.degrees(mean_speed(tilt, RATE))
    assert speed == pytest.approx(told["tilt_speed_mean_deg_s"], DIGITS)
    path = speed * (len(tilt) - 1) / RATE
    assert path == pytest.approx(told["tilt_path_deg"], DIGITS)
    inside = 100 * time_in_zone(tilt, RATE, math.radians(5.0))
    assert inside == pytest.approx(told["time_in_zone_pct"], DIGITS)
    touch = math.radians(edge)
    target = Target(math.radians(5), "both", (-touch, touch), margin=0.0, debounce=0.0)
    assert edge_contacts(tilt, RATE, target) == told["edge_contacts_hyst1deg"]
    on = time_beyond(tilt, RATE, (touch, touch - math.radians(1)))
    assert on == pytest.approx(told["edge_time_s"], DIGITS)
    stays = zone_stays(tilt, RATE, math.radians(5.0))
    assert stays.exits == told["zone_exits"]
    assert stays.longest == pytest.approx(told["longest_in_zone_s"], DIGITS)
    shares = sides(tilt, RATE, deadband=0.0)
    assert 100 * shares.low == pytest.approx(told["left_pct"], DIGITS)
    assert 100 * shares.high == pytest.approx(told["right_pct"], DIGITS)
    assert shares.symmetry == pytest.approx(told["symmetry_ml"], DIGITS, abs=1e-12)


@there
def test_a_sine_on_both_axes():
    check(sine(), json.loads(FILE.read_text())["board_sine"]["m"], 7.0)


@there
@pytest.mark.parametrize("name", RECORDINGS)
def test_real_boards(name):
    told = json.loads(FILE.read_text())[f"wobble_{name}"]["m"]
    check(recorded(name), told, 12.0)


def test_frozen_sine():
    indices = np.degrees(stability_indices(sine(), RATE))
    assert indices == pytest.approx((4.8733971724, 4.35889894354, 2.17944947177), 1e-9)
    assert math.degrees(mean_speed(sine(), RATE)) == pytest.approx(15.3672019699, 1e-9)
    assert time_in_zone(sine(), RATE, math.radians(5.0)) == pytest.approx(0.584, 1e-9)
