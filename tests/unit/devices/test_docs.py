"""The examples of docs/profiles.md are profiles."""

from __future__ import annotations

import re
from pathlib import Path

from surefoot.devices import ProfileEncoder, parse_profile, shipped_profiles, steps

PAGE = Path(__file__).parents[3] / "docs" / "profiles.md"


def test_the_examples_parse() -> None:
    texts = re.findall(
        r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL
    )
    tag, radio, table = (parse_profile(text, PAGE.name) for text in texts)
    assert tag.matches("CC2650 SensorTag")
    assert radio.matches("Example 7")
    assert [step.do for step in steps(radio)] == ["notify", "read", "write"]
    assert steps(radio)[2].data.hex().startswith("a501640081")
    assert ProfileEncoder(radio).samples_per_packet == 4
    assert table.primary.time_column == "time"


def test_the_page_of_devices_tells_of_every_profile_what_it_says() -> None:
    page = PAGE.with_name("devices.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z0-9-]+)` \|(.*)$", page, re.MULTILINE)
    told = {name: [cell.strip() for cell in row.split("|")] for name, row in rows}
    transports = {"ble": "BLE", "table": "file"}
    assert set(told) == set(shipped_profiles())
    for profile in shipped_profiles().values():
        _, transport, evidence, *_ = told[profile.id]
        assert transport == transports.get(profile.transport, profile.transport)
        assert evidence.split(",")[0].replace(" ", "-") == profile.evidence
        assert ("**verified**" in evidence) == profile.verified
