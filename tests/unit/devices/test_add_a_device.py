"""A person adds a device by following docs/profiles.md: one TOML file and one packet.

The device is one that does not ship, a TI SensorTag; its files are the page's own.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from surefoot.cli import main
from surefoot.devices import load_profile
from surefoot.virtual import Firmware, Script, VirtualSource

PAGE = Path(__file__).parents[3] / "docs" / "profiles.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the two files, as copied from the page."""
    page = PAGE.read_text(encoding="utf-8")
    (toml, *_), (packets,) = (
        re.findall(rf"```{kind}\n(.*?)```", page, re.DOTALL)
        for kind in ("toml", "json")
    )
    (tmp_path / "sensortag-cc2650.toml").write_text(toml, encoding="utf-8")
    (tmp_path / "vectors-sensortag-cc2650.json").write_text(packets, encoding="utf-8")
    return tmp_path


def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = main(["devices", "check", str(folder / "sensortag-cc2650.toml")])
    said = capsys.readouterr()
    return status, said.out + said.err


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_files_of_the_page_pass_the_check(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = check(folder, capsys)
    assert status == 0, said
    told = said.splitlines()[1].split("  ")
    assert told[0] == "sensortag-cc2650"
    assert "official, not verified on hardware" in said
    assert "1 synthetic" in said
    assert "2 of 2" in said
    assert said.rstrip().endswith("ok")


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("scale = 0.0078125", "scale = 0.0076293945", "imu (packet (synthetic))"),
        ('"8" = 2.44140625e-04', '"8" = 4.8828125e-04', "imu (packet (synthetic))"),
        ('["gyr", "<i2", 3], ["acc"', '["gyr", ">i2", 3], ["acc"', "imu (packet"),
        ('hex = "{range:<u2}"', 'hex = "{range:>u2}"', "(start)"),
        ('hex = "0000"', 'hex = "00"', "(stop)"),
    ],
)
def test_a_mistake_in_the_profile_is_found_and_named(
    folder: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, where: str
) -> None:
    change(folder / "sensortag-cc2650.toml", old, new)
    status, said = check(folder, capsys)
    assert status == 1
    last = said.splitlines()[-1]
    assert "checks failed, the first sensortag-cc2650" in last
    assert where in last


def test_a_packet_without_teeth_is_no_packet(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vectors = folder / "vectors-sensortag-cc2650.json"
    change(vectors, "800000ff400000f00008ff0f", "010001000100010001000100")
    change(vectors, "[[1, -2, 0.5]]", "[[0.0078125, 0.0078125, 0.0078125]]")
    ones = "[[0.000244140625, 0.000244140625, 0.000244140625]]"
    change(vectors, "[[-1, 0.5, 0.999755859375]]", ones)
    status, said = check(folder, capsys)
    assert status == 1
    assert "notices: unsigned" in said


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("sensortag-cc2650.toml", "[gatt]", "[gat]", "sensortag-cc2650.toml: gatt"),
        ("sensortag-cc2650.toml", 'unit = "g"', 'unit = "G"', "channels[0].unit"),
        ("vectors-sensortag-cc2650.json", '"origin"', '"from"', "expected the keys"),
        ("vectors-sensortag-cc2650.json", "]}", "]", "expected JSON"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    old: str,
    new: str,
    said: str,
) -> None:
    change(folder / name, old, new)
    status, told = check(folder, capsys)
    assert status == 1
    assert len(told.splitlines()) == 1
    assert said in told


def test_without_a_packet_nothing_is_known(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "vectors-sensortag-cc2650.json").unlink()
    status, said = check(folder, capsys)
    assert status == 1
    assert "no packet of known meaning" in said


def test_the_new_device_can_be_played_at_once(folder: Path) -> None:
    profile = load_profile(folder / "sensortag-cc2650.toml")
    source = VirtualSource(Script("idle", 3.0, ()), units={"board": Firmware(profile)})
    packets = [p for p in source.packets() if p.source == "board/data"]
    assert len(packets) >= 20
    acc = np.array([np.frombuffer(p.payload, "<i2")[3:6] for p in packets]) * 8 / 32768
    assert np.linalg.norm(acc, axis=1) == pytest.approx(1.0, abs=0.03)
