"""Each drill says in advance which one measure it is about."""

import re
from pathlib import Path

import pytest

from surefoot import training
from surefoot.analysis.registry import CARDS
from surefoot.core import DrillError
from surefoot.session.analysing._findings import Findings, Part
from surefoot.training import parse_drill

CATALOGUE = sorted((Path(training.__file__).parent / "catalogue").glob("*.toml"))
MEASURING = [path for path in CATALOGUE if 'signal = "none"' not in path.read_text()]
TEXT = next(path.read_text() for path in MEASURING)


@pytest.mark.parametrize("path", MEASURING, ids=lambda path: path.stem)
def test_every_drill_declares_a_measure_of_the_registry(path):
    assert parse_drill(path.read_text(), path.name).primary in CARDS


def test_a_drill_without_a_sensor_declares_none():
    for path in set(CATALOGUE) - set(MEASURING):
        assert parse_drill(path.read_text(), path.name).primary == ""


def test_it_is_a_name():
    told = re.sub(r'(?m)^primary = ".*"$', "primary = 3", TEXT)
    with pytest.raises(DrillError, match="primary: expected a text"):
        parse_drill(told, "wrong.toml")


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
