"""What a decoder takes, refuses and counts."""

from __future__ import annotations

import re
import struct

import numpy as np
import pytest

from surefoot.core import DecodeError, Packet, ProfileError
from surefoot.devices import ProfileDecoder, ProfileEncoder, load_profile, parse_profile

MOVESENSE = load_profile("movesense")
WITMOTION = load_profile("witmotion-ble5")
XSENS = load_profile("xsens-dot")
SKETCH = load_profile("surefoot-sketch")
IMU = ("acc_x", "acc_y", "acc_z", "gyr_x", "gyr_y", "gyr_z")


def imu(seconds: float = 1.0, values: tuple[float, ...] = (1, 2, 3, 4, 5, 6)) -> bytes:
    head = struct.pack("<BBI", 2, 0x63, int(seconds * 1000))
    return head + struct.pack("<6f", *values)


def wit(x: int) -> bytes:
    return struct.pack("<2s9h", b"\x55\x61", x, 0, 2048, 0, 0, 0, 8192, 0, 0)


@pytest.mark.parametrize("profile", [MOVESENSE, SKETCH, WITMOTION, XSENS])
def test_an_imu_has_six_channels_in_si_units(profile) -> None:
    info = ProfileDecoder(profile, "trunk", 0).info
    assert (info.name, info.channels, info.frame) == ("trunk/imu", IMU, "sensor")
    assert info.units == ("m/s^2",) * 3 + ("rad/s",) * 3


def test_the_rate_follows_the_settings() -> None:
    assert ProfileDecoder(SKETCH, "board", 0).info.rate == 104.0
    assert ProfileDecoder(SKETCH, "board", 0, {"rate": 208}).info.rate == 208.0
    with pytest.raises(ProfileError):
        ProfileDecoder(SKETCH, "board", 0, {"rate": 100})


def test_units_become_si() -> None:
    decoder = ProfileDecoder(MOVESENSE, "board", 0)
    (block,) = decoder.decode(
        Packet("board/data", 0, imu(values=(1, 2, 3, 180, 0, -90)))
    )
    assert block.data[0] == pytest.approx([1, 2, 3, np.pi, 0, -np.pi / 2])
    decoder = ProfileDecoder(WITMOTION, "board", 0)
    (block, angle) = decoder.decode(Packet("board/data", 0, wit(-2048)))
    assert block.data[0, :3] == pytest.approx([-9.80665, 0, 9.80665])
    assert angle.info.name == "board/angle"
    assert angle.data[0] == pytest.approx([np.pi / 4, 0, 0])


def test_answers_other_endpoints_and_other_roles_are_ignored() -> None:
    decoder = ProfileDecoder(MOVESENSE, "board", 0)
    for source, payload in [
        ("board/data", b"\x01\x63\xc8\x00"),
        ("board/battery", b"\x50"),
        ("trunk/data", imu()),
        ("clock/tick", b"{}"),
    ]:
        assert decoder.decode(Packet(source, 0, payload)) == []
    assert decoder.counts.ignored == decoder.counts.packets == 4


@pytest.mark.parametrize("end", [0, 1, 5, 6, 29, -1])
def test_a_truncated_packet_is_refused_and_the_decoder_goes_on(end: int) -> None:
    whole = re.sub(r"framing = .*\n", "", MOVESENSE.text)
    decoder = ProfileDecoder(parse_profile(whole, "x"), "board", 0)
    decoder.decode(Packet("board/data", 0, imu(1.0)))
    with pytest.raises(
        DecodeError, match=r"^board/data: expected .*: the packet is kept"
    ):
        decoder.decode(Packet("board/data", 10_000_000, imu(1.01)[:end]))
    (block,) = decoder.decode(Packet("board/data", 20_000_000, imu(1.02)))
    assert len(block) == 1
    counts = decoder.counts
    assert (counts.packets, counts.samples, counts.refused) == (3, 2, 1)


@pytest.mark.parametrize("bad", ["0000c07f", "0000807f", "000080ff", "0100a07f"])
def test_a_value_that_is_no_number_is_refused(bad: str) -> None:
    decoder = ProfileDecoder(MOVESENSE, "board", 0)
    payload = imu()[:-4] + bytes.fromhex(bad)  # NaN, infinities, signalling NaN
    with pytest.raises(DecodeError, match="expected finite numbers"):
        decoder.decode(Packet("board/data", 0, payload))
    assert decoder.counts.refused == 1


def test_a_told_number_of_samples_that_is_not_there_is_refused() -> None:
    payload = ProfileEncoder(SKETCH).encode(
        {"acc": np.ones((6, 3)), "gyr": np.ones((6, 3))}, 0, 0
    )
    for n in (0, 7):
        bad = payload[:1] + bytes([n]) + payload[2:]
        with pytest.raises(DecodeError, match="8 bytes and 12 a sample"):
            ProfileDecoder(SKETCH, "board", 0).decode(Packet("board/data", 0, bad))


def test_frames_packed_in_one_packet_are_one_block_a_stream() -> None:
    decoder = ProfileDecoder(WITMOTION, "board", 0)
    found = decoder.decode(Packet("board/data", 0, wit(1) + wit(2) + wit(3)))
    assert [(b.info.name, len(b)) for b in found] == [
        ("board/imu", 3),
        ("board/angle", 3),
    ]
    assert np.diff(found[0].t) == pytest.approx(0.01, rel=0.06)
    assert decoder.counts.samples == 3


def test_half_a_frame_waits_and_half_lost_counts_as_refused() -> None:
    decoder = ProfileDecoder(WITMOTION, "board", 0)
    assert decoder.decode(Packet("board/data", 0, wit(1)[:7])) == []
    assert len(decoder.decode(Packet("board/data", 1, wit(1)[7:]))) == 2
    decoder.decode(Packet("board/data", 2, wit(2)[:7]))
    decoder.decode(Packet("board/data", 3, wit(3)))
    assert (decoder.counts.samples, decoder.counts.refused) == (2, 1)


def test_a_padded_packet_decodes_as_the_bare_one() -> None:
    payload = struct.pack("<I6f", 7, 1, 2, 3, 4, 5, 6)
    bare, padded = (
        ProfileDecoder(XSENS, "board", 0).decode(Packet("board/medium", 0, p))[0]
        for p in (payload, payload + bytes(12))
    )
    assert np.array_equal(bare.data, padded.data)


def test_streams_on_other_subscriptions_have_their_own_names() -> None:
    decoder = ProfileDecoder(MOVESENSE, "board", 0)
    payload = struct.pack("<BBI3f", 2, 0x61, 1000, 1, 2, 3)
    (block,) = decoder.decode(Packet("board/data", 0, payload))
    assert block.info is decoder.infos["acc"]
    assert decoder.counts.samples == 0  # only the primary stream is counted


def test_axes_are_reordered_and_flipped() -> None:
    text = SKETCH.text.replace("0.000122", '0.000122, axes_map = ["-y", "x", "z"]')
    profile = parse_profile(text, "x")
    acc = np.array([[1.0, 2.0, 3.0]])
    sent = ProfileEncoder(SKETCH).encode({"acc": acc, "gyr": acc}, 0, 0)
    (block,) = ProfileDecoder(profile, "board", 0).decode(Packet("board/data", 0, sent))
    assert block.data[0] == pytest.approx([-2, 1, 3, 1, 2, 3], abs=1e-3)
    again = ProfileEncoder(profile).encode({"acc": block.data[:, :3], "gyr": acc}, 0, 0)
    assert again == sent


def test_an_offset_is_added_before_the_unit_is_turned() -> None:
    text = SKETCH.text.replace("scale = 0.035", "scale = 0.035, offset = -5.0")
    profile = parse_profile(text, "x")
    still = {"acc": np.zeros((1, 3)), "gyr": np.zeros((1, 3))}
    payload = ProfileEncoder(SKETCH).encode(still, 0, 0)
    (block,) = ProfileDecoder(profile, "board", 0).decode(
        Packet("board/data", 0, payload)
    )
    assert block.data[0, 3:] == pytest.approx(np.deg2rad(-5.0))
    (zero,) = ProfileDecoder(profile, "board", 0).decode(
        Packet("board/data", 0, ProfileEncoder(profile).encode(still, 0, 0))
    )
    assert zero.data[0, 3:] == pytest.approx(0.0, abs=np.deg2rad(0.0175))


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("width", [3, 5, 6, 7])
def test_integers_of_odd_width(width: int, order: str) -> None:
    text = SKETCH.text.replace('["acc", "<i2", 3]', f'["acc", "{order}i{width}", 3]')
    text = text.replace('unit = "g", scale = 0.000122', 'unit = "raw"')
    profile = parse_profile(text, "x")
    raw = [-(2 ** (8 * width - 2)), -1, 2 ** (8 * width - 2)]
    body = b"".join(
        v.to_bytes(width, "little" if order == "<" else "big", signed=True) for v in raw
    )
    payload = struct.pack("<BBHI", 1, 1, 0, 0) + body + bytes(6)
    (block,) = ProfileDecoder(profile, "board", 0).decode(
        Packet("board/data", 0, payload)
    )
    assert block.data[0, :3] == pytest.approx(np.array(raw))
    channels = {"acc": block.data[:, :3], "gyr": block.data[:, 3:]}
    assert ProfileEncoder(profile).encode(channels, 0, 0) == payload


def test_a_device_saturates_and_never_wraps() -> None:
    huge = np.full((1, 3), 1e6)
    payload = ProfileEncoder(SKETCH).encode({"acc": huge, "gyr": -huge}, 0, 0)
    assert struct.unpack("<6h", payload[8:]) == (32767,) * 3 + (-32768,) * 3


def test_the_encoder_says_how_many_samples_a_packet_carries() -> None:
    carried = {
        p.id: ProfileEncoder(p).samples_per_packet
        for p in (SKETCH, MOVESENSE, WITMOTION, XSENS)
    }
    assert carried == {
        "surefoot-sketch": 6,
        "movesense": 4,
        "witmotion-ble5": 1,
        "xsens-dot": 1,
    }


def test_the_documented_packet_of_the_sketch() -> None:
    ticks = 1_000_000_000  # first sample at one second
    channels = {"acc": np.zeros((6, 3)), "gyr": np.zeros((6, 3))}
    payload = ProfileEncoder(SKETCH).encode(channels, ticks, 65_537)
    assert len(payload) == 80
    assert struct.unpack("<BBHI", payload[:8]) == (
        1,
        6,
        1,
        1_000_000 + round(5e6 / 104),
    )
