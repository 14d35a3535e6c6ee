"""What a row of the catalogue is a value of: by its interval, not by its length."""

import pytest

from surefoot.analysis.pipeline import Circumstances
from surefoot.archive._models import MeasureRow
from surefoot.archive._progress import finding_of

PIPELINE = {
    "stream": "board/cop",
    "rate": 100.0,
    "measures": ["path_length"],
}
EVEN = PIPELINE | {"duration": 30.0, "sampling": "even", "intervals": [[0.0, 30.0]]}
RESAMPLED = PIPELINE | {
    "duration": 29.9,
    "sampling": "resampled to 25 Hz",
    "intervals": [[40.0, 70.0]],
}
TOLD = {"drill": "d", "vision": "closed", "zone": 0.1}


def row(t0, t1, name="path_length"):
    return MeasureRow(name=name, unit="m", stream="board/cop", t0=t0, t1=t1)


@pytest.mark.parametrize(
    ("interval", "sampling"), [((0.0, 30.0), "even"), ((40.0, 70.0), "resampled")]
)
def test_a_row_keeps_the_pipeline_of_its_interval(interval, sampling):
    # the length alone would give the first one to either
    found = finding_of(row(*interval), [EVEN, RESAMPLED], TOLD)
    assert found is not None
    assert found.pipeline.sampling.startswith(sampling)
    assert found.pipeline.duration == 30.0
    told = Circumstances(drill="d", vision="closed", zone=0.1)
    assert found.circumstances == told


def test_a_row_of_no_run_has_no_circumstances():
    found = finding_of(row(0.0, 30.0), [EVEN], None)
    assert found is not None
    assert found.circumstances == Circumstances()


@pytest.mark.parametrize("pipelines", [[], [{}], [{"measures": ["path_length"]}]])
def test_a_row_whose_pipeline_is_not_told_has_no_finding(pipelines):
    assert finding_of(row(0.0, 30.0), pipelines, TOLD) is None
    assert finding_of(row(0.0, 30.0, "sway_area_rate"), [EVEN], TOLD) is None
