"""Our own firmware speaks our own profiles: its code runs here, on played hardware."""

from __future__ import annotations

import ast
import struct
from pathlib import Path

import numpy as np
import pytest

from surefoot.core import Packet
from surefoot.devices import ProfileDecoder, load_profile

FIRMWARE = Path(__file__).parents[3] / "devices" / "firmware"
SHARED = ("packing", "link", "xiao")
IMU = load_profile("surefoot-sketch")
BOARD = load_profile("surefoot-board")
MODULES = {
    "_bleio", "analogio", "binascii", "board", "busio", "digitalio", "struct", "time",
}  # fmt: skip
G = 9.80665
DEGREE = np.pi / 180


def decoded(profile, sent, stream: int = 0, **params: float):
    decoder = ProfileDecoder(profile, "board", 0, params)
    name = f"board/{profile.streams[stream].id}"
    blocks = [
        block
        for us, payload in sent
        for block in decoder.decode(Packet("board/data", us * 1000, payload))
        if block.info.name == name
    ]
    t = np.concatenate([block.t for block in blocks])
    return decoder.counts, t, np.concatenate([block.data for block in blocks])


def test_the_sensor_streams_what_its_chip_measures(world) -> None:
    world.at(1.0, world.connect)
    world.at(1.5, world.order(IMU, "start"))
    world.at(4.5, world.order(IMU, "stop"))
    world.run("xiao_imu", 5.5)
    counts, t, data = decoded(IMU, world.sent)
    assert counts.refused == counts.ignored == counts.lost == counts.duplicates == 0
    assert all(len(payload) == 80 for _, payload in world.sent)
    assert counts.packets == pytest.approx(3 * 104 / 6, abs=1)
    assert world.sent[-1][0] < 2**32 + 2_520_000, "it goes on after stop"
    k = np.arange(1, len(data) + 1)
    expected = np.empty((len(k), 6))
    for column, numbers in enumerate(zip(*map(world.movement.numbers, k), strict=True)):
        scale = 0.035 * DEGREE if column < 3 else 0.000122 * G
        expected[:, (column + 3) % 6] = np.array(numbers) * scale
    np.testing.assert_allclose(data, expected, atol=1e-9)
    assert np.diff(t[60:]) == pytest.approx(1 / 104, abs=0.001)
    assert world.movement.registers[0x11] == 0, "the chip goes on after stop"


@pytest.mark.parametrize(("rate", "code"), [(52, 0x38), (104, 0x48), (208, 0x58)])
def test_every_rate_of_the_profile_is_kept(world, rate: int, code: int) -> None:
    assert rate in IMU.params["rate"].codes
    world.connect()
    world.at(0.5, world.order(IMU, "start", rate=rate))
    world.run("xiao_imu", 2.5)
    counts, t, _ = decoded(IMU, world.sent, rate=rate)
    assert counts.samples == pytest.approx(2 * rate, abs=8)
    assert np.diff(t) == pytest.approx(1 / rate, abs=0.002)
    assert world.movement.registers[0x10] == code


@pytest.mark.parametrize(
    ("folder", "profile"),
    [("xiao_imu", IMU), ("load_cell_board", BOARD)],
)
def test_it_is_recognised_and_offers_what_the_profile_says(
    world, folder: str, profile
) -> None:
    world.at(2.0, world.connect)
    world.at(3.0, world.disconnect)
    world.run(folder, 4.0)
    (data, response), again = world.adverts
    assert again == (data, response), "it advertises again when it is left"
    service = data[5:][::-1].hex()
    assert data[:5] == bytes([2, 1, 6, 17, 7])
    assert profile.matches("", [str_uuid(service)])
    name = response[2:].decode()
    assert (response[0], response[1]) == (len(name) + 1, 9)
    assert profile.matches(name)
    assert name.endswith("B2A1")
    for endpoint in profile.gatt.values():
        offered = world.chars[short(endpoint.char)]
        assert offered.service == short(endpoint.service)
        assert not endpoint.notify or offered.properties & 2
    assert set(world.chars) == {short(e.char) for e in profile.gatt.values()}
    assert set(world.levels) == {70}, "3.9 V, by the program's lines"
    assert set(world.pins["READ_BATT_ENABLE"]) == {False}, "high harms the pin"
    assert world.sent == []


def str_uuid(digits: str) -> str:
    parts = (digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])
    return "-".join(parts)


def short(uuid: str) -> str:
    sig = uuid.endswith("-0000-1000-8000-00805f9b34fb") and uuid.startswith("0000")
    return uuid[4:8] if sig else uuid


def test_a_narrow_link_gets_small_packets(world) -> None:
    world.connect(room=32)
    world.at(0.1, world.order(IMU, "start"))
    world.run("xiao_imu", 1.0)
    counts, _, _ = decoded(IMU, world.sent)
    assert {len(payload) for _, payload in world.sent} == {32}
    assert (counts.samples, counts.lost) == (2 * counts.packets, 0)


def test_a_stall_is_a_gap_and_no_wrong_times(world) -> None:
    """The radio's queue was full for a while: samples are missing, none is moved."""
    world.connect()
    world.at(0.1, world.order(IMU, "start"))
    world.at(3.005, lambda: world.pass_by(300_000))
    world.run("xiao_imu", 6.0)
    _, t, data = decoded(IMU, world.sent)
    numbers = np.rint(data[:, 3] / (0.035 * DEGREE))
    missing = np.diff(numbers) > 1
    assert missing.sum() == 1, "the chip keeps no old samples"
    assert np.diff(t)[missing] == pytest.approx(0.3, abs=0.02)
    error = (t - t[0]) - (numbers - numbers[0]) / 104
    assert np.abs(error).max() < 0.012


@pytest.mark.parametrize(
    "data", ["", "a5", "a50168", "a5016800cd", "a5016400c0", "a40168000d", "a507a2"]
)
def test_what_is_no_command_is_ignored(world, data: str) -> None:
    world.connect()
    world.at(0.1, lambda: world.written.append(bytes.fromhex(data)))
    world.run("xiao_imu", 0.5)
    assert world.sent == []


def test_the_light_shows_what_it_does(world) -> None:
    light = world.pins.setdefault("LED_BLUE", [])
    world.connect()
    world.at(1.0, light.clear)
    world.at(1.0, world.order(IMU, "identify"))
    world.at(11.5, light.clear)
    flips: list[int] = []
    world.at(11.0, lambda: flips.append(int(np.abs(np.diff(light)).sum())))
    world.run("xiao_imu", 12.0)
    assert flips[0] == pytest.approx(40, abs=2), "ten seconds, twice a second"
    assert set(light) == {True}, "dark again: it is lit by low"


def test_a_board_that_knows_no_scale_sends_counts(world) -> None:
    world.amplifiers.loads = [1, -2, 8_388_607, -8_388_608]
    world.connect()
    world.at(3.0, world.order(BOARD, "start"))
    world.run("load_cell_board", 5.0)
    counts, t, data = decoded(BOARD, world.sent, 1)
    assert all(len(payload) == 72 for _, payload in world.sent)
    assert (counts.refused, counts.lost) == (0, 0)
    assert len(data) == pytest.approx(160, abs=5)
    assert np.diff(t) == pytest.approx(1 / 80, abs=0.002)
    assert (data == world.amplifiers.loads).all()


def scaled(world, until: float, per_gram) -> None:
    code = world.load("load_cell_board", "code")
    board = code["Board"](per_gram)
    while world.us < until:
        board.step()


def test_a_board_with_a_scale_weighs_tares_and_keeps_its_counts(world) -> None:
    world.amplifiers.loads = [1000, -2000, 3000, 0]
    begin = world.us
    world.connect()
    world.at(3.0, world.order(BOARD, "start"))
    world.at(3.5, world.order(BOARD, "tare"))
    world.at(
        5.0, lambda: setattr(world.amplifiers, "loads", [201_000, -202_000, 3000, -50])
    )
    world.at(6.0, world.order(BOARD, "start", raw=1))
    scaled(world, begin + 7_000_000, (20.0, -25.0, 10.0, 5.0))
    force = [(us, p) for us, p in world.sent if p[0] == 2]
    _, t, data = decoded(BOARD, force)
    grams = data / (G / 1000)
    assert grams[0] == pytest.approx([50, 80, 300, 0])
    tared = grams[(t - t[0] > 1.2) & (t - t[0] < 1.9)]
    assert len(tared) > 50
    assert np.abs(tared).max() == 0
    assert grams[-1] == pytest.approx([10_000, 8000, 0, -10])
    raw = [(us, p) for us, p in world.sent if p[0] == 3]
    assert len(raw) == pytest.approx(20, abs=2)
    assert (decoded(BOARD, raw, 1, raw=1)[2] == world.amplifiers.loads).all()


def test_a_corner_that_falls_silent_is_not_repeated_for_ever(world) -> None:
    world.amplifiers.loads = [1, 2, 3, 4]
    world.connect()
    world.at(3.0, world.order(BOARD, "start"))
    world.at(4.0, lambda: world.amplifiers.broken.add(2))
    with pytest.raises(RuntimeError, match="corner 2 fell silent"):
        world.load("load_cell_board")


def test_what_is_not_there_is_told_on_the_console(world) -> None:
    world.amplifiers.absent.add(2)
    with pytest.raises(RuntimeError, match="no amplifier at corner 2: look at its"):
        world.load("load_cell_board")
    world.movement.itself = 0x6C
    with pytest.raises(RuntimeError, match="is this a XIAO nRF52840 Sense"):
        world.load("xiao_imu")


def test_numbers_and_clock_wrap(world) -> None:
    packing = world.load("xiao_imu", "code")["packing"]
    packer = packing.Packer(packing.IMU, 6)
    packer.restart(packing.IMU, 104, 244)
    sample = struct.pack("<6h", *range(6))
    packets = []
    for k in range(6 * 65_538):
        packets += packer.add(k * 9615, sample)
    assert len(packets) == 65_538
    heads = [struct.unpack_from("<BBHI", packets[k]) for k in (0, 65_535, 65_536)]
    last = [(6 * k + 5) * 9615 & 0xFFFFFFFF for k in (0, 65_535, 65_536)]
    assert [h[2:] for h in heads] == list(zip((0, 65_535, 0), last, strict=True))


@pytest.mark.parametrize("path", sorted(FIRMWARE.rglob("*.py")), ids=lambda p: p.name)
def test_the_programs_need_nothing_that_the_board_has_not(path: Path) -> None:
    """No library, no annotations of types, no syntax that CircuitPython lacks."""
    tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 7))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert {alias.name for alias in node.names} <= MODULES | set(SHARED)
        assert not isinstance(node, (ast.ImportFrom, ast.AnnAssign, ast.ClassDef)) or (
            isinstance(node, ast.ClassDef) and not node.decorator_list
        )
