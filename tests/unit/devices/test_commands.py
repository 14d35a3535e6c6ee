"""Orders expand to steps: parameters filled in, checksums appended."""

from __future__ import annotations

import pytest

from surefoot.core import ProfileError
from surefoot.devices import Step, load_profile, parse_profile, settings, steps

SKETCH = load_profile("surefoot-sketch")


def test_start_subscribes_and_writes_the_rate_with_its_checksum() -> None:
    assert steps(SKETCH, "start", {"rate": 52}) == [
        Step("notify", "data"),
        Step("write", "cmd", bytes.fromhex("a5 01 34 00 90")),
    ]


def test_an_order_the_device_does_not_know_has_no_steps() -> None:
    assert steps(SKETCH, "tare") == []
    assert steps(load_profile("wobbleboard-json"), "start") == []


def test_the_answer_to_wait_for_and_the_delay() -> None:
    subscribe = steps(load_profile("movesense"))[1]
    assert subscribe.data == b"\x01\x63/Meas/IMU6/52"
    assert (subscribe.expect, subscribe.expect_from) == (b"\x01\x63\xc8\x00", "data")
    assert steps(load_profile("witmotion-ble5"))[0].delay_s == 0.1


@pytest.mark.parametrize(
    ("kind", "byte"), [("sum8", 0xA5 + 0), ("neg-sum8", 0x5B), ("xor8", 0xA5)]
)
def test_checksums_cover_all_bytes_before_them(kind: str, byte: int) -> None:
    text = SKETCH.text.replace(
        '"A5 00", checksum = "xor8"', f'"A5 00", checksum = "{kind}"'
    )
    (stop,) = steps(parse_profile(text, "x"), "stop")
    assert stop.data == bytes([0xA5, 0x00, byte])


@pytest.mark.parametrize("params", [{"rate": 100}, {"speed": 1}])
def test_a_setting_the_profile_does_not_list_is_refused(
    params: dict[str, float],
) -> None:
    with pytest.raises(ProfileError, match=r"surefoot-sketch: .*expected one of"):
        settings(SKETCH, params)
