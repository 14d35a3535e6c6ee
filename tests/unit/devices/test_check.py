"""The shipped profiles agree with every known packet, and broken ones do not."""

from __future__ import annotations

import json
import struct
from dataclasses import replace

import pytest

from surefoot.devices import (
    check_profiles,
    load_profile,
    parse_profile,
    shipped_profiles,
)
from surefoot.devices.mutations import broken

PROFILES = (
    "adafruit-sense",
    "metamotion-rl",
    "metamotion-s",
    "mobbo-serial",
    "movesense",
    "muse-classic",
    "nordic-uart-lines",
    "polar-h10",
    "polar-sense",
    "surefoot-board",
    "surefoot-sketch",
    "thingy52",
    "tindeq-progressor",
    "wii-balance-board",
    "wii-balance-board-hid",
    "witmotion-ble5",
    "wobbleboard-json",
    "xsens-dot",
)


def test_the_profiles_that_ship() -> None:
    assert tuple(shipped_profiles()) == PROFILES


def test_every_check_of_the_shipped_profiles_holds() -> None:
    rows = check_profiles()
    assert [row for row in rows if not row.ok] == []
    assert {row.profile for row in rows} == set(PROFILES)
    # criterion: scale, swapped fields and byte order are noticed in every stream
    for profile in shipped_profiles().values():
        for stream in profile.streams:
            if stream.combine:
                continue  # its parts are checked
            own = [r for r in rows if (r.profile, r.stream) == (profile.id, stream.id)]
            noticed = {r.test for r in own}
            assert {"notices: scale +2 %", "notices: fields swapped"} <= noticed
            if stream.codec in {"bytes", "delta"} and not stream.columns:
                assert "notices: byte order" in noticed


@pytest.mark.parametrize("profile_id", PROFILES)
def test_a_broken_profile_fails_its_packets(profile_id: str) -> None:
    profile = load_profile(profile_id)
    stream = next(s for s in profile.streams if not s.combine)
    name, copy = next(iter(broken(profile, stream.id).items()))
    rows = check_profiles({profile_id: copy})
    failed = [r for r in rows if r.stream == stream.id and not r.ok]
    assert any(r.test.startswith("packet") for r in failed), (stream.id, name)


def test_an_order_without_known_bytes_is_no_order() -> None:
    text = load_profile("thingy52").text
    text += '\n[[tare]]\nwrite = { char = "light", hex = "01" }\n'
    rows = check_profiles({"thingy52": parse_profile(text, "x")})
    wrong = [(row.test, row.detail) for row in rows if not row.ok]
    assert wrong == [("tare", "no bytes of known meaning")]


def test_wrong_start_bytes_are_noticed() -> None:
    profile = load_profile("surefoot-sketch")
    orders = dict(profile.orders)
    first, second = orders["start"]
    orders["start"] = (first, replace(second, template="A5 02 {rate:<u2}"))
    rows = check_profiles({profile.id: replace(profile, orders=orders)})
    wrong = [row for row in rows if not row.ok]
    assert [row.test for row in wrong] == ["start", "start"]
    assert "expected ['notify data', 'write cmd a5016800cc'], got [" in wrong[0].detail


def test_a_wrong_value_is_told_with_what_was_expected_and_where(tmp_path) -> None:
    text = load_profile("surefoot-sketch").text.replace('"surefoot-sketch"', '"mine"')
    sample = b"".join(struct.pack("<6h", k, -k, 2 * k, 0, 0, 0) for k in (1000, 2000))
    packet = struct.pack("<BBHI", 1, 2, 7, 1000) + sample
    known = [[0.122, -0.122, 0.244], [0.244, -0.244, 0.5]]
    told = {
        "packets": [
            {
                "profile": "mine",
                "stream": "imu",
                "endpoint": "data",
                "hex": [packet.hex()],
                "expect": {"acc": known},
                "units": {"acc": "g"},
                "origin": "synthetic",
                "source": "by hand",
                "tol": 1e-9,
            }
        ]
    }
    (tmp_path / "vectors-mine.json").write_text(json.dumps(told))
    rows = check_profiles({"mine": parse_profile(text, "mine.toml")}, tmp_path)
    (wrong,) = [row.detail for row in rows if row.test == "packet (synthetic)"]
    assert wrong == (
        "acc: expected 0.244, -0.244, 0.5, got 0.244, -0.244, 0.488 in sample 2"
    )


def test_a_claim_of_capture_needs_a_captured_packet() -> None:
    profile = replace(load_profile("surefoot-sketch"), evidence="capture")
    rows = check_profiles({profile.id: profile})
    assert [row.test for row in rows if not row.ok] == ["evidence"]
