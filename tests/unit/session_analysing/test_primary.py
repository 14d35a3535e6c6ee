"""Each drill says in advance which one measure it is about."""

from pathlib import Path

import pytest

from surefoot import training
from surefoot.analysis.registry import CARDS
from surefoot.core import DrillError
from surefoot.session.analysing._findings import Findings, Part
from surefoot.training import parse_drill

CATALOGUE = sorted((Path(training.__file__).parent / "catalogue").glob("*.toml"))
TEXT = CATALOGUE[0].read_text()


@pytest.mark.parametrize("path", CATALOGUE, ids=lambda path: path.stem)
def test_every_drill_declares_a_measure_of_the_registry(path):
    assert parse_drill(path.read_text(), path.name).primary in CARDS


def test_an_older_drill_declares_none():
    lines = [line for line in TEXT.splitlines() if not line.startswith("primary")]
    assert parse_drill("\n".join(lines), "old.toml").primary == ""


def test_it_is_a_name():
    with pytest.raises(DrillError, match="primary: expected a text"):
        parse_drill(TEXT.replace('"tilt_rms"', "3"), "wrong.toml")


def test_it_is_told_first_in_every_run():
    from surefoot.analysis.pipeline import Pipeline
    from surefoot.analysis.registry import Need, Supply

    supply = Supply(frozenset({Need.TILT}), 30.0, 100.0)
    pipeline = Pipeline(stream="board/imu", rate=100.0, duration=30.0)
    findings = Findings("tilt_max")
    for start in (50.0, 10.0):
        part = Part(start, start + 30.0, pipeline, supply)
        findings.give({"tilt_rms": 0.1, "tilt_p80": 0.2, "tilt_max": 0.3}, part)
    names = [measure.name for measure in findings.measures]
    assert names == ["tilt_max", "tilt_rms", "tilt_p80"] * 2
    assert findings.measures[0].t0 == 10.0
