"""Packets that are no plain numbers: differences, lines, events, calibrations."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from surefoot.core import DecodeError, Packet, ProfileError
from surefoot.devices import ProfileDecoder, load_profile, parse_profile
from surefoot.devices.event_format import EVENT

POLAR = load_profile("polar-sense")
LINES = load_profile("nordic-uart-lines")
WII = load_profile("wii-balance-board")
RAW_WII = load_profile("wii-balance-board-hid")
FLOATS = load_profile("xsens-dot")
LOW = bytes.fromhex("210000f0002407c33cf8048c296b0ed243840b3a3069")
HIGH = bytes.fromhex("21000070003415e94a1011ef376e0000000000000000")


def refused(decoder: ProfileDecoder, source: str, payload: bytes) -> str:
    with pytest.raises(DecodeError) as caught:
        decoder.decode(Packet(source, 10**9, payload))
    assert decoder.counts.refused == 1
    return str(caught.value)


@pytest.mark.parametrize(
    "blocks", ["0000", "0001ff", "0a00", "0a05ff", "21010000000000000000000000", "08"]
)
def test_blocks_of_differences_that_cannot_be_are_refused(blocks: str) -> None:
    head = bytes([2]) + struct.pack("<Q", 5) + b"\x81" + struct.pack("<3h", 1, 2, 3)
    decoder = ProfileDecoder(POLAR, "board", 0)
    said = refused(decoder, "board/data", head + bytes.fromhex(blocks))
    assert "blocks of differences" in said


def test_the_factor_a_device_tells_is_used_from_then_on() -> None:
    decoder = ProfileDecoder(POLAR, "board", 0)
    frame = bytes([5]) + struct.pack("<Q", 10**9) + b"\x80"
    frame += struct.pack("<3h", 100, 200, -300)
    assert "its calibration first" in refused(decoder, "board/data", frame)
    told = bytes.fromhex("f0020500000501") + struct.pack("<f", 0.5)
    assert decoder.decode(Packet("board/control", 0, told)) == []
    (gyr,) = decoder.decode(Packet("board/data", 2 * 10**9, frame))
    assert gyr.data[0] == pytest.approx(np.radians([50, 100, -150]))
    counts = decoder.counts
    assert (counts.ignored, counts.refused) == (0, 1)
    # a factor that is no number is not believed
    for bad in ("0000c07f", "0100a07f", "0000807f"):  # NaN, signalling NaN, infinity
        told = bytes.fromhex("f0020500000501" + bad)
        decoder.decode(Packet("board/control", 0, told))
    later = frame[:1] + struct.pack("<Q", 11 * 10**8) + frame[9:]
    (gyr,) = decoder.decode(Packet("board/data", 3 * 10**9, later))
    assert gyr.data[0] == pytest.approx(np.radians([50, 100, -150]))


def test_a_calibration_of_points_bends_between_and_beyond_them() -> None:
    decoder = ProfileDecoder(RAW_WII, "board", 0)
    report = b"\x34\0\0" + struct.pack(">4H", 0x0ED2, 0x4384, 0x0B3A, 0x3069) + bytes(4)
    assert "its calibration first" in refused(decoder, "board/port", report)
    decoder.decode(Packet("board/port", 0, LOW))
    assert "its calibration first" in str(_error(decoder, report))
    decoder.decode(Packet("board/port", 0, HIGH))
    (block,) = decoder.decode(Packet("board/port", 2 * 10**9, report))
    assert block.data[0] == pytest.approx([17 * 9.80665] * 4)
    assert set(block.info.units) == {"N"}


def test_a_calibration_whose_points_do_not_grow_is_not_used() -> None:
    decoder = ProfileDecoder(RAW_WII, "board", 0)
    decoder.decode(Packet("board/port", 0, LOW[:6] + bytes(16)))
    decoder.decode(Packet("board/port", 0, HIGH))
    report = b"\x34\0\0" + struct.pack(">4H", 1, 2, 3, 4) + bytes(4)
    assert "its calibration first" in refused(decoder, "board/port", report)


def _error(decoder: ProfileDecoder, payload: bytes) -> DecodeError:
    with pytest.raises(DecodeError) as caught:
        decoder.decode(Packet("board/port", 10**9, payload))
    return caught.value


def lines(text: str) -> tuple[list[float], ProfileDecoder]:
    decoder = ProfileDecoder(LINES, "board", 0)
    blocks = decoder.decode(Packet("board/tx", 10**9, text.encode()))
    return [row[0] for block in blocks for row in block.data.tolist()], decoder


def test_remarks_and_headings_are_no_business_of_the_stream() -> None:
    found, decoder = lines("t,ax\r\n20,1,0,0,0,0,0\r\nReady > \r\n40,2,0,0,0,0,0\r\n")
    assert found == pytest.approx([9.80665, 19.6133])
    assert decoder.counts.refused == 0
    assert lines("hello\r\n")[1].counts.ignored == 1


def test_one_bad_line_does_not_cost_its_neighbours() -> None:
    text = "20,1,0,0,0,0,0\n40,x,0,0,0,0,0\n60,3,0,0,0,0,0\n"
    found, decoder = lines(text)
    assert found == pytest.approx([9.80665, 29.41995])
    assert (decoder.counts.samples, decoder.counts.refused) == (2, 1)


@pytest.mark.parametrize(
    "line",
    ["20,1,2,3", "20,1,0,0,0,0,x", "20,nan,0,0,0,0,0", "20,1e999,0,0,0,0,0",
     "-20,1,0,0,0,0,0", "20,1,0,0,0,0,0,0", "20,21,0,0,0,0,0",
     "nan,1,0,0,0,0,0", "20,1,0,0,0,0,1e7"],
)  # fmt: skip
def test_a_line_that_is_no_sample_is_refused(line: str) -> None:
    if line.startswith("nan"):
        assert lines(line + "\n")[1].counts.ignored == 1
        return
    with pytest.raises(DecodeError):
        lines(line + "\n")


def test_the_clock_of_a_line_wraps_as_told() -> None:
    decoder = ProfileDecoder(LINES, "board", 0)
    times: list[float] = []
    for k in range(4):
        tick = (2**32 - 40 + 20 * k) % 2**32
        line = f"{tick},0,0,1,0,0,0\n".encode()
        for block in decoder.decode(Packet("board/tx", 10**9 + k * 20_000_000, line)):
            times += block.t.tolist()
    assert np.diff(times) == pytest.approx(0.02)


def events(t: float, **axes: int) -> bytes:
    seconds, micro = divmod(round(t * 1e6), 10**6)
    codes = {"tr": 0x10, "br": 0x11, "tl": 0x12, "bl": 0x13, "other": 0x28}
    told = [EVENT.pack(seconds, micro, 3, codes[k], v) for k, v in axes.items()]
    return b"".join(told) + EVENT.pack(seconds, micro, 0, 0, 0)


def test_axes_that_did_not_change_are_held() -> None:
    decoder = ProfileDecoder(WII, "board", 0)
    assert decoder.decode(Packet("board/port", 0, events(5.0, tr=100, br=200))) == []
    found = []
    for t, axes in [
        (5.01, {"tl": 300, "bl": 400}),
        (5.02, {"other": 9}),
        (5.03, {"br": -5}),
    ]:
        (block,) = decoder.decode(Packet("board/port", int(t * 1e9), events(t, **axes)))
        found.append((block.data[0] / 9.80665).round(9).tolist())
    assert found == [[1, 2, 3, 4], [1, 2, 3, 4], [1, -0.05, 3, 4]]


def test_half_an_event_or_a_time_that_is_none_is_refused() -> None:
    decoder = ProfileDecoder(WII, "board", 0)
    whole = events(5.0, tr=1, br=2, tl=3, bl=4)
    assert "longer packet" in refused(decoder, "board/port", whole[:-3])
    bad = whole[:-24] + EVENT.pack(-1, 0, 0, 0, 0)
    assert "a time" in str(_error(decoder, bad))


@pytest.mark.parametrize("time", [float("nan"), float("inf"), -1.0, 1e30])
def test_a_clock_that_is_no_time_is_refused(time: float) -> None:
    decoder = ProfileDecoder(load_profile("mobbo-serial"), "board", 0)
    body = b"\xff\xff\x25" + struct.pack("<9f", time, *range(8))
    frame = body + bytes([sum(body) & 0xFF])
    assert "a time from 0 up" in refused(decoder, "board/port", frame)


@pytest.mark.parametrize("value", [1e6, -1e6, 1e30, float("inf"), float("nan")])
def test_a_value_no_sensor_can_give_is_refused(value: float) -> None:
    decoder = ProfileDecoder(FLOATS, "board", 0)
    payload = struct.pack("<I6f", 0, 0, 0, 9.8, 1, value, 3) + bytes(12)
    said = refused(decoder, "board/medium", payload)
    assert "finite numbers" in said or "gyr_y from -43.6332 to 43.6332 rad/s" in said
    assert decoder.counts.samples == 0


def test_a_table_holds_no_impossible_value_either() -> None:
    decoder = ProfileDecoder(load_profile("wobbleboard-json"), "board", 0)
    assert "values a sensor can give" in refused(decoder, "board/rows", b"0,0,1e9")


def test_settings_choose_the_streams_and_their_scales() -> None:
    decoder = ProfileDecoder(FLOATS, "board", 0, {"payload": 26})
    assert decoder.info.name == "board/imu_quat"
    assert set(decoder.infos) == {"imu_quat"}
    board = load_profile("surefoot-board")
    assert ProfileDecoder(board, "board", 0).info.name == "board/force"
    assert ProfileDecoder(board, "board", 0, {"raw": 1}).info.name == "board/counts"
    body = struct.pack("<3h", 16384, 0, -8192) * 3
    for metres, setting in [(9.80665, 2), (39.2266, 8)]:
        meta = ProfileDecoder(
            load_profile("metamotion-s"), "x", 0, {"acc_range": setting}
        )
        (block,) = meta.decode(Packet("x/data", 0, b"\x03\x05" + body))
        assert block.data[0] == pytest.approx([metres, 0, -metres / 2])


PROBE = """[[probes]]
id = "k"
char = "data"
type = ["<f4"]
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[battery]", PROBE.replace('"<f4"', '"f9"') + "[battery]", "probes[0].type"),
        ("[battery]", PROBE + "default = [1, 2]\n[battery]", "probes[0].default"),
        ("[battery]", PROBE + "default = [1e-300]\n[battery]", "probes[0].default"),
        ("[battery]", PROBE + PROBE + "[battery]", "probes[1].id: expected an id"),
        ('unit = "g"', 'unit = "g", scale_by = "k"', "scale_by: expected"),
        ('unit = "g"', 'unit = "g", scale_by = "rate"', "channels[0].scales: expected"),
        ('unit = "g"', 'unit = "g", range = "x"', "channels[0].range: expected a num"),
        ('unit = "g"', 'unit = "g", range = [3, 2]', "channels[0].range: expected a"),
        ('unit = "g"', 'unit = "g", range = -2', "channels[0].range: expected a"),
        ('rate = "rate"', 'rate = "rate"\nwhen = { speed = [1] }', "when.speed"),
        ('rate = "rate"', 'rate = "rate"\nwhen = { rate = [1] }', "when.rate: exp"),
        ('rate = "rate"', 'rate = "rate"\nwhen = { rate = [52] }', "under every"),
        ('rate = "rate"', 'rate = "rate"\ncodec = "zip"', "streams[0].codec: expected"),
        ('rate = "rate"', 'rate = "rate"\ncodec = "delta"', "0].sample: exp"),
        ('rate = "rate"', 'rate = "rate"\ncodec = "text"', "framing.sync: exp"),
        ('rate = "rate"', 'rate = "rate"\nframing = { lines = 99 }', "lines are for"),
        ("min_mtu = 83", "keepalive_s = 3", "keepalive_s together with [[keepalive]]"),
        ("min_mtu = 83", "keepalive_s = -3", "keepalive_s: expected 0 to 600 s"),
        ("{ at = 0, eq = 1 }", "{ at = 99, eq = 1 }", "select: expected bytes"),
        ("{ at = 0, eq = 1 }", "{ at = 0, mask = 1, eq = 2 }", "only bits of the mask"),
        ("{rate:<u2}", "{rate:<u1}", "a hole of rate that 208 fits in"),
    ],
)  # fmt: skip
def test_refusals(old: str, new: str, said: str) -> None:
    text = load_profile("surefoot-sketch").text.replace("208]", "208, 300]")
    said = said.replace("208", "300")
    assert old in text
    with pytest.raises(ProfileError) as caught:
        parse_profile(text.replace(old, new, 1), "mine.toml")
    assert said in str(caught.value)
    assert str(caught.value).startswith("mine.toml: ")
