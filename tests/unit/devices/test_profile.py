"""A profile is checked once, at the door, and every refusal says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from surefoot.core import ProfileError
from surefoot.devices import load_profile, parse_profile, shipped_profiles
from surefoot.devices._toml import Table

if TYPE_CHECKING:
    from pathlib import Path

SKETCH = load_profile("surefoot-sketch").text
TABLE = load_profile("wobbleboard-json").text


def test_the_text_it_came_from_parses_to_the_same_profile() -> None:
    for profile in shipped_profiles().values():
        assert parse_profile(profile.text, "again") == profile


def test_the_primary_stream_carries_movement_or_force() -> None:
    for profile in shipped_profiles().values():
        wanted = "force" if "force" in profile.kind[0] else "imu"
        assert profile.primary.id == wanted


def test_only_a_captured_profile_counts_as_verified() -> None:
    verified = {p.id for p in shipped_profiles().values() if p.verified}
    assert verified == {"movesense"}


@pytest.mark.parametrize(
    ("profile_id", "name", "services", "expected"),
    [
        ("movesense", "Movesense 204030000123", (), True),
        ("movesense", None, ("0000FDF3-0000-1000-8000-00805F9B34FB",), True),
        ("movesense", "My Movesense", (), False),
        ("witmotion-ble5", "WT901BLE68", (), True),
        ("witmotion-ble5", "WTVB01-BT50", (), False),
        ("xsens-dot", "Movella DOT", (), True),
        ("surefoot-sketch", "Surefoot board", (), True),
        ("surefoot-sketch", None, (), False),
        ("wobbleboard-json", "anything", (), False),
    ],
)
def test_recognising(
    profile_id: str, name: str | None, services: tuple[str, ...], *, expected: bool
) -> None:
    assert load_profile(profile_id).matches(name, services) is expected


HEARD = {
    "adafruit-sense": ("CIRCUITPY1234", (), (0x0822,)),
    "metamotion-rl": ("MetaWear", (), ()),
    "metamotion-s": ("MetaWear", (), ()),
    "mobbo-serial": ("mobbo", (), ()),
    "movesense": ("Movesense 204030000123", (), (0x009F,)),
    "muse-classic": ("MuseS-1234", ("0000fe8d-0000-1000-8000-00805f9b34fb",), ()),
    "nordic-uart-lines": ("ESP32", ("6e400001-b5a3-f393-e0a9-e50e24dcca9e",), ()),
    "polar-h10": ("Polar H10 12345678", (), (0x006B,)),
    "polar-sense": ("Polar Sense 12345678", (), (0x006B,)),
    "surefoot-board": ("Surefoot Force 7", (), ()),
    "surefoot-sketch": ("Surefoot IMU 7", (), ()),
    "thingy52": ("Thingy", (), (0x0059,)),
    "tindeq-progressor": ("Progressor_123", (), ()),
    "wii-balance-board": ("Nintendo Wii Remote Balance Board", (), ()),
    "witmotion-ble5": ("WT901BLE68", (), ()),
    "xsens-dot": ("Xsens DOT", (), (0x0886,)),
}
"""What devices call themselves, as the reference pages tell."""


@pytest.mark.parametrize("profile_id", HEARD)
def test_a_device_is_taken_for_itself_and_for_no_other(profile_id: str) -> None:
    name, services, makers = HEARD[profile_id]
    taken = {p for p in HEARD if load_profile(p).matches(name, services, makers)}
    both = {"metamotion-rl", "metamotion-s"}  # told apart by the answer to the start
    assert taken == (both if profile_id in both else {profile_id})


def test_a_table_is_no_device_that_could_be_heard() -> None:
    table = load_profile("wobbleboard-json")
    assert not table.scannable
    assert not table.matches("wobbleboard-json", (), (0x009F,))
    assert {p for p in HEARD if not load_profile(p).scannable} == {
        "mobbo-serial", "wii-balance-board",
    }  # fmt: skip


def test_every_key_of_one_rule_must_hold() -> None:
    text = SKETCH.replace(
        'name = "^Surefoot(?! Force)"', 'name = "^Surefoot"\nmanufacturer = 77'
    )
    profile = parse_profile(text, "x.toml")
    assert not profile.matches("Surefoot one")
    assert profile.matches("Surefoot one", manufacturers=[77])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("schema = 1", "schema = 2", "schema: expected a whole number 1 to 1, got 2"),
        ("schema = 1", "", "schema: expected a whole number 1 to 1, got nothing"),
        ("schema = 1", "schema = 1\ncolour = 3", "colour: expected one of the keys"),
        ("schema = 1", "schema = = 1", "expected TOML"),
        ('id = "surefoot-sketch"', 'id = "Sure foot"', "id: expected small letters"),
        ('transport = "ble"', 'transport = "usb"', 'transport: expected "ble"'),
        ('evidence = "ours"', 'evidence = "sure"', "evidence: expected"),
        ('"^Surefoot(?! Force)"', '"("', "match[0].name: expected a regular exp"),
        ("5b4a0002-6f0e", "5b4a0002", "gatt.data.char: expected a UUID"),
        ("notify = true", "notify = 1", "gatt.data.notify: expected true or false"),
        (", notify = true", "", "gatt: expected a characteristic with notify"),
        ("min_mtu = 83", "min_mtu = 8", "link.min_mtu: expected a whole number 23"),
        ("default = 104", "default = 100", "params.rate.default: expected one of 52"),
        ('notify = "data"', 'notify = "cmd"', 'start[0].notify: expected "data"'),
        ("A5 01 {rate", "A5 0 {rate", "start[1].write.hex: expected hexadecimal"),
        ("{rate:<u2}", "{speed:<u2}", "start[1].write.hex: expected one of the param"),
        ('"xor8"', '"crc9"', "start[1].write.checksum: expected"),
        ('rate = "rate"', 'rate = "tempo"', 'streams[0].rate: expected "rate"'),
        ('rate = "rate"', "rate = 0", "streams[0].rate: expected 0.1 to 10000 Hz"),
        ('["seq", "<u2"]', '["seq", "u2"]', "streams[0].header: expected"),
        ('["seq", "<u2"]', '["seq", "<f2"]', "streams[0].header: expected"),
        ('["seq", "<u2"]', '["t", "<u2"]', "streams[0].header: expected"),
        ("eq = 1", "eq = 256", "streams[0].select[0].eq: expected a whole number"),
        ('repeat = "n"', 'repeat = "m"', 'streams[0].repeat: expected "rest"'),
        ('field = "t"', 'field = "u"', "streams[0].time.field: expected"),
        ("bits = 32", "bits = 33", "streams[0].time.bits: expected a whole number 4"),
        ('stamp = "last"', 'stamp = "mid"', "streams[0].time.stamp: expected"),
        ('counter = "seq"', 'counter = "x"', "streams[0].time.counter: expected"),
        ('unit = "g"', 'unit = "lb"', "streams[0].channels[0].unit: expected"),
        ("scale = 0.000122", "scale = 0", "streams[0].channels[0].scale: expected"),
        ("scale = 0.000122", "scale = nan", "streams[0].channels[0].scale: expected"),
        ("scale = 0.000122", 'axes_map = ["x", "x", "y"]', "channels[0].axes_map"),
        ('field = "gyr"', 'field = "mag"', "streams[0].channels[1].field: expected"),
        ('name = "gyr"', 'name = "acc"', "streams[0].channels[1].name: expected"),
    ],
)  # fmt: skip
def test_refusals_name_file_key_expected_and_got(old: str, new: str, said: str) -> None:
    assert old in SKETCH
    with pytest.raises(ProfileError) as caught:
        parse_profile(SKETCH.replace(old, new, 1), "mine.toml")
    line = str(caught.value)
    assert line.startswith("mine.toml: ")
    assert said in line
    assert "\n" not in line
    assert line.endswith(
        ("change that key of the profile", "mend that line of the profile")
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rate = 100", "", "streams[0].rate: expected a number"),
        ('clock = "nominal"', 'clock = "fitted"', 'time.clock: expected "nominal"'),
        ('clock = "nominal"', 'clock = "given"', "time.column: expected"),
        ('"acc_z", unit = "mg"', '"acc_y", unit = "mg"', "columns: expected each name"),
        ('"acc_z", unit = "mg"', '"acc_z", unit = "oz"', "columns[2].unit: expected"),
        ('[table]', '[gatt]', "gatt: expected one of the keys"),
    ],
)  # fmt: skip
def test_refusals_of_a_table(old: str, new: str, said: str) -> None:
    with pytest.raises(ProfileError) as caught:
        parse_profile(TABLE.replace(old, new), "t.toml")
    assert said in str(caught.value)


def test_a_time_column_must_be_a_time() -> None:
    text = TABLE.replace('clock = "nominal"', 'clock = "given", column = "acc_x"')
    with pytest.raises(ProfileError, match="acc_x in s, ms or us, got 'mg'"):
        parse_profile(text, "t.toml")


def test_one_endpoint_has_one_framing() -> None:
    text = load_profile("witmotion-ble5").text
    framing = 'framing = { sync = ["5561", "5571"], length = 20 }\n'
    with pytest.raises(ProfileError, match="one framing an endpoint"):
        parse_profile(text.replace(framing, "", 1), "x.toml")


def test_a_refusal_is_one_line_whatever_the_key() -> None:
    with pytest.raises(ProfileError) as caught:
        parse_profile(SKETCH + '\n["a\\nb"]\nx = 1\n', "mine.toml")
    assert "a?b: expected one of the keys" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_loading_by_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(SKETCH, encoding="utf-8")
    assert load_profile(path).id == "surefoot-sketch"
    assert load_profile(str(path)).id == "surefoot-sketch"


@pytest.mark.parametrize("wanted", ["no-such-device", "no/such.toml", ""])
def test_an_unknown_profile_says_which_there_are(wanted: str) -> None:
    with pytest.raises(
        ProfileError, match=r"expected one of .*movesense, .*surefoot-sketch"
    ):
        load_profile(wanted)


def test_a_choice_of_nothing_says_so() -> None:
    with pytest.raises(ProfileError, match="a: expected nothing, for nothing of that"):
        Table({"a": "x"}, "mine.toml").choice("a", ())
