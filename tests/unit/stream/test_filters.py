"""Calibrate and Lowpass against what they promise."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import signal

from surefoot.analysis import Calibration
from surefoot.core import Block, StreamInfo
from surefoot.stream import Calibrate, Lowpass

TILT = StreamInfo("board/tilt", ("ml", "ap"), ("rad", "rad"), 100.0, "board")
T = np.arange(0, 10, 0.01)


def test_calibration_takes_out_bias_first_and_scale_second() -> None:
    info = StreamInfo(
        "board/imu", ("gyr_x", "gyr_y", "gyr_z", "acc_x", "acc_y", "acc_z"),
        ("rad/s",) * 3 + ("m/s^2",) * 3, 100.0,
    )  # fmt: skip
    known = Calibration(
        gyr_bias=(0.1, 0.2, 0.3),
        acc_bias=(1.0, 0.0, 0.0),
        acc_matrix=((1.1, 0.0, 0.1), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    )
    raw = Block(info, np.zeros(1), np.array([[0.1, 0.2, 0.5, 3.0, 0.0, 10.0]]))
    told = Calibrate(known).feed(raw).data[0]
    np.testing.assert_allclose(told, [0, 0, 0.2, 3.2, 0, 10], atol=1e-12)
    np.testing.assert_array_equal(Calibrate().feed(raw).data, raw.data)


def test_calibration_passes_other_channels() -> None:
    info = StreamInfo("board/mag", ("mag_x", "mag_y", "mag_z"), ("T",) * 3, 10.0)
    raw = Block(info, np.zeros(1), np.array([[1.0, 2.0, 3.0]]))
    np.testing.assert_array_equal(Calibrate().feed(raw).data, raw.data)


@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_lowpass_is_the_filter_scipy_designs(order: int) -> None:
    data = np.random.default_rng(order).normal(size=(500, 2))
    sos = signal.butter(order, 6.0, fs=100.0, output="sos")
    settled = signal.sosfilt_zi(sos)[:, :, np.newaxis] * data[0]
    expected, _ = signal.sosfilt(sos, data, axis=0, zi=settled)
    out = Lowpass(6.0, order).feed(Block(TILT, T[:500], data.copy())).data
    np.testing.assert_allclose(out, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(("hz", "gain"), [(0.5, 1.0), (6.0, 2**-0.5), (25.0, 0.04)])
def test_lowpass_gain(hz: float, gain: float) -> None:
    wave = np.sin(2 * np.pi * hz * T)
    out = Lowpass(6.0).feed(Block(TILT, T, np.stack([wave, wave], axis=1))).data
    assert np.sqrt(2 * np.mean(out[500:, 0] ** 2)) == pytest.approx(gain, abs=0.015)


def test_lowpass_starts_settled_and_again_after_a_long_gap() -> None:
    level = np.full((100, 2), [0.2, -0.1])
    for gap, settled in ((1.1, True), (0.9, False)):
        lowpass = Lowpass(6.0)
        first = lowpass.feed(Block(TILT, T[:100], level)).data
        np.testing.assert_allclose(first, level, atol=1e-12)
        later = Block(TILT, T[:100] + T[99] + gap, -level)
        out = lowpass.feed(later).data
        assert np.allclose(out, -level, atol=1e-9) == settled


def test_lowpass_of_a_slow_stream_keeps_what_it_can() -> None:
    slow = StreamInfo("board/tilt", ("ml", "ap"), ("rad", "rad"), 10.0, "board")
    block = Block(slow, np.arange(20) / 10.0, np.ones((20, 2)))
    np.testing.assert_allclose(Lowpass(6.0).feed(block).data, 1.0, atol=1e-9)
