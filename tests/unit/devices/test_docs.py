"""The examples of docs/profiles.md are profiles."""

from __future__ import annotations

import re
from pathlib import Path

from surefoot.devices import ProfileEncoder, parse_profile, steps

PAGE = Path(__file__).parents[3] / "docs" / "profiles.md"


def test_the_examples_parse() -> None:
    texts = re.findall(
        r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL
    )
    radio, table = (parse_profile(text, PAGE.name) for text in texts)
    assert radio.matches("Example 7")
    assert [step.do for step in steps(radio)] == ["notify", "write"]
    assert ProfileEncoder(radio).samples_per_packet == 4
    assert table.primary.time_column == "time"
