"""A person's months in an archive, made of one sample's values."""

from __future__ import annotations

import copy
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from surefoot.archive import Facts, TrialFact, open_archive, take
from surefoot.report.session import Past, session_page
from surefoot.report.speech import Speech
from surefoot.session.analysing import analyse, examine

SAMPLES = Path(__file__).parents[3] / "recordings"
STARTED = datetime(2026, 1, 5, 9, tzinfo=UTC)
AROUND = {
    "drill": "rocker-hold-level",
    "board": "rocker",
    "stance": "wide",
    "support": "rail-near",
    "vision": "open",
    "surface": "rocker",
    "footwear": "shoes",
    "feedback": "dot",
    "zone": 0.0873,
}
TILT = 0.05


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Keep everything that belongs to a person in a folder of this test."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.delenv("SUREFOOT_ARCHIVE", raising=False)


@pytest.fixture
def say():
    return Speech()


@pytest.fixture(scope="session")
def steady():
    return examine(SAMPLES / "rocker-steady.mcap")


@pytest.fixture(scope="session")
def steady_page(steady):
    return session_page(steady, Past({}), Speech()).html(Speech())


@pytest.fixture(scope="session")
def lost():
    return examine(SAMPLES / "rocker-sensor-lost.mcap")


@pytest.fixture(scope="session")
def values():
    """What one sample is measured to; not to be changed."""
    return analyse(SAMPLES / "rocker-steady.mcap")


@pytest.fixture
def sitting(values):
    """Return what makes the facts of a session with some runs of some tilt."""

    def make(number, tilts, *, day=0, person="P001", **around):
        pipelines = copy.deepcopy(values["pipelines"])
        spans = [(60.0 * n, 60.0 * n + 20.0) for n in range(len(tilts))]
        for one in pipelines:
            one["intervals"] = [list(span) for span in spans]
        names = [m for m in values["measures"] if m["stream"] == "board/imu"]
        measures = [
            {**m, "t0": t0, "t1": t1}
            | ({"value": tilt} if m["name"] == "tilt_rms" else {})
            for (t0, t1), tilt in zip(spans, tilts, strict=True)
            for m in names
        ]
        circumstances = [{"t0": t0, "t1": t1, **AROUND, **around} for t0, t1 in spans]
        trials = [
            TrialFact(number=n, t0=one["t0"], t1=one["t1"], circumstances=one)
            for n, one in enumerate(circumstances, 1)
        ]
        result = {
            "key": {"algorithm": "2"},
            "measures": measures,
            "pipelines": pipelines,
            "circumstances": circumstances,
            "primary": "tilt_rms",
        }
        return Facts(
            uuid=f"{number:032x}",
            person=person,
            started=STARTED + timedelta(days=day),
            drill="rocker-hold-level",
            path=f"/recordings/{number}.mcap",
            sha256=f"{number:064x}",
            duration=200.0,
            trials=tuple(trials),
            results=(result,),
        )

    return make


@pytest.fixture
def archive(tmp_path):
    with open_archive(tmp_path / "catalogue.db") as opened:
        yield opened


@pytest.fixture
def months(archive, sitting):
    """Two months of one person: a retest, then smaller and smaller tilts."""
    tilts = (0.052, 0.050, 0.046, 0.044, 0.041, 0.040, 0.038, 0.036)
    facts = [
        sitting(n, (tilt - 0.001, tilt, tilt + 0.001), day=3 + 8 * n if n else 0)
        for n, tilt in enumerate(tilts)
    ]
    facts.insert(1, sitting(99, (0.0505, 0.0515, 0.0525), day=3))
    take(archive, *facts)
    return archive


class Cells(HTMLParser):
    """Collects the cells that carry exact values."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "td" and "data-name" in told:
            self.found.append(told)


@pytest.fixture
def cells():
    """Return the exact values that a page carries."""

    def read(html):
        reader = Cells()
        reader.feed(html)
        return reader.found

    return read


@pytest.fixture
def words():
    """Return a page as it is read: no drawings, no rules of style."""

    def read(html):
        html = re.sub(r"<(style|svg).*?</\1>", "", html, flags=re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())

    return read
