"""Every shipped device: its anonymous copy decodes to the same samples."""

import pytest

from surefoot.core import Packet
from surefoot.core.control import control
from surefoot.devices import load_profile, parse_profile, shipped_profiles
from surefoot.exchange.anonymise import anonymise
from surefoot.exchange.anonymous.blank import Blank
from surefoot.exchange.export.material import read_material
from surefoot.recording import Recorder, open_recording
from surefoot.session.setup import Sensor, Setup
from surefoot.virtual import Firmware, VirtualSensor, World

DEVICES = [p.id for p in shipped_profiles().values() if p.transport != "table"]
ROUNDS = 8


@pytest.mark.parametrize("name", DEVICES)
def test_samples_are_the_same_to_the_last_bit(name, tmp_path):
    profile = load_profile(name)
    world = World("steady", 5)
    world.follow("mount")
    sensor = VirtualSensor(Firmware(profile, {}), "board", world)
    setup = Setup({"board": Sensor(profile, "SN-90210")})
    recorder = Recorder(tmp_path / "r.mcap", setup.header(), setup.sources)
    recorder.write(control("clock/start", 0, wall_ns=5))
    sensor.begin(0.5)
    for _ in range(ROUNDS):
        while True:
            ready = int(sensor.ready * 1e9) + 5_000_000
            payload = sensor.packet()
            recorder.write(Packet(f"board/{sensor.endpoint}", ready, payload))
            if not sensor._made:
                break
    path = recorder.close()
    made = anonymise(path, tmp_path / "a.mcap")
    before, after = read_material(path).blocks, read_material(made.path).blocks
    assert before.keys() == after.keys()
    assert all((b.t == after[name].t).all() for name, b in before.items())
    assert all((b.data == after[name].data).all() for name, b in before.items())
    assert made.left_out == 0
    counts = open_recording(path).counts
    assert {k: v for k, v in open_recording(made.path).counts.items() if v} == counts


PLANAR = """
schema = 1
id = "t"
name = "T"
kind = ["imu"]
transport = "ble"
evidence = "ours"
sources = ["This test"]
[[match]]
name = "^T$"
[gatt]
data = { service = "fff0", char = "fff1", notify = true }
[[start]]
notify = "data"
[[streams]]
id = "imu"
char = "data"
rate = 100
select = [{ at = 1, eq = 2 }]
header = [["serial", "u1"], ["type", "u1"], ["n", "u1"], ["t", "<u2"]]
sample = [["day", "u1"], ["acc", "u1", 3], ["who", "u1"]]
repeat = "n"
layout = "LAYOUT"
time = { field = "t", tick_hz = 1000, bits = 16 }
channels = [{ name = "acc", field = "acc", unit = "mg" }]
"""


@pytest.mark.parametrize(
    ("layout", "kept"),
    [
        ("interleaved", ".kkkk.aaa..aaa..."),
        ("planar", ".kkkk..aaaaaa...."),
    ],
)
def test_bytes_are_blanked_that_nothing_is_made_of(layout, kept):
    profile = parse_profile(PLANAR.replace("LAYOUT", layout), "t")
    payload = bytes([9, 2, 2, 7, 7, *range(100, 110), 50, 51])
    found = Blank(profile, "data").blanked(payload)
    assert len(found) == len(payload)
    expected = bytes(
        byte if mark != "." else 0 for byte, mark in zip(payload, kept, strict=True)
    )
    assert found == expected


def test_what_is_cut_into_frames_stays_as_it_is():
    profile = load_profile("witmotion-ble5")
    payload = bytes(range(60))
    assert Blank(profile, "data").blanked(payload) == payload
