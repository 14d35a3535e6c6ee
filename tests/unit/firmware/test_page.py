"""The page for people who build their own tells the bytes of the profiles."""

from __future__ import annotations

from pathlib import Path

import pytest

from surefoot.devices import load_profile, steps

IMU = load_profile("surefoot-sketch")
BOARD = load_profile("surefoot-board")
DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "build-your-own.md").read_text(encoding="utf-8")


def rows(title: str) -> list[list[str]]:
    """Return the cells of the table below a heading of the page."""
    part = PAGE.split(f"{title}\n")[1].split("\n#")[0]
    found = [line.strip("|").split("|") for line in part.splitlines() if "|" in line]
    return [[cell.strip().strip("`") for cell in row] for row in found[2:]]


@pytest.mark.parametrize(
    ("title", "profile"),
    [
        ("### Packet of the movement sensor", IMU),
        ("### Packet of the balance board", BOARD),
    ],
)
def test_the_page_tells_the_bytes_of_the_profile(title: str, profile) -> None:
    for stream in profile.streams:
        at, expected = 0, []
        for field in (*stream.header, *stream.sample):
            order = {1: ""}.get(field.width, "<" if field.order == "little" else ">")
            kind = f"{order}{field.kind}{field.width}"
            inside = at >= stream.header_size
            place = f"{at} + {stream.sample_size} k" if inside else str(at)
            times = f"` x {field.count}" if field.count > 1 else ""
            expected.append([place, field.name, kind + times])
            at += field.size
        assert [row[:3] for row in rows(title)] == expected
    if profile is IMU:
        scales = {f"{c.scale:g} {c.unit} a count" for c in profile.primary.channels}
        assert all(any(scale in row[3] for row in rows(title)) for scale in scales)


def test_the_page_tells_the_commands_and_the_names_of_the_profiles() -> None:
    told = {(bytes.fromhex(row[0]), row[2]) for row in rows("### Commands")}
    made = set()
    for profile in (IMU, BOARD):
        for order in ("start", "stop", "identify", "tare"):
            both = "both" if order in {"stop", "identify"} else profile.id
            made |= {(s.data, both) for s in steps(profile, order) if s.do == "write"}
    raw = [s.data for s in steps(BOARD, "start", {"raw": 1}) if s.do == "write"]
    assert told == made | {(raw[0], BOARD.id)}
    table = rows("## The protocol")
    for column, profile in enumerate((IMU, BOARD), 1):
        facts = {row[0]: row[column].replace("`", "") for row in table}
        assert facts["profile"] == profile.id
        assert profile.matches(facts["name begins"] + " A1B2")
        data, commands = profile.gatt["data"], profile.gatt["cmd"]
        assert facts["service"] == data.service == commands.service
        assert facts["packets (notify)"] == data.char
        assert facts["commands (write)"] == commands.char
        assert facts["battery, percent"] == "2a19 in 180f"
        rates = ", ".join(f"{rate:g}" for rate in profile.params["rate"].codes)
        assert facts["rates"] == f"{rates} Hz"
