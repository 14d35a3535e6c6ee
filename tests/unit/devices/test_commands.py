"""Orders expand to steps: parameters filled in, checksums appended."""

from __future__ import annotations

import pytest

from surefoot.core import ProfileError
from surefoot.devices import Step, load_profile, parse_profile, settings, steps
from surefoot.devices.commands import reply

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


def test_a_hole_may_set_bits_of_the_code() -> None:
    found = steps(load_profile("metamotion-s"), "start", {"rate": 50})
    assert found[2].data.hex() == "0303a702"  # 0x27 with the highest bit
    assert found[3].data.hex() == "13032701"


def test_orders_may_hang_on_settings() -> None:
    xsens = load_profile("xsens-dot")
    for payload, char in [(21, "medium"), (5, "short"), (26, "long")]:
        first = steps(xsens, "start", {"payload": payload})[0]
        assert first == Step("notify", char)


def test_what_an_answer_says() -> None:
    start = steps(load_profile("polar-h10"))[-1]
    assert start.expect_from == "control"
    assert start.timeout_s == 3.0
    assert reply(start, "control", bytes.fromhex("f002020000")) == ""
    streaming = bytes.fromhex("f002020600")  # it streams already: that is no refusal
    assert reply(start, "control", streaming) == ""
    charging = bytes.fromhex("f002020d00")
    assert reply(start, "control", charging) == "it is in the charger"
    assert reply(start, "control", bytes.fromhex("f0030200")) is None
    assert reply(start, "data", bytes.fromhex("f002020000")) is None


def test_keepalive_and_reading() -> None:
    muse = load_profile("muse-classic")
    assert muse.keepalive == 10.0
    assert steps(muse, "keepalive") == [Step("write", "cmd", b"\x02k\n")]
    assert SKETCH.keepalive == 0.0
    reading = SKETCH.text.replace('notify = "data"\n[[', 'read = "battery"\n[[')
    assert steps(parse_profile(reading, "x"))[0] == Step("read", "battery")
