"""Real boards under real people: tilt tells standing still from tilting and rolling."""

import json
from pathlib import Path

import pytest

REAL = Path(__file__).parents[3] / "shared" / "data" / "wobbleboard"
pytestmark = pytest.mark.skipif(
    not REAL.is_dir(), reason="the open wobble-board files are not here"
)


@pytest.fixture
def tilt(run, tmp_path):
    """Import one file and return its tilt: whole, sideways and forth-and-back."""

    def measure(source):
        path = tmp_path / f"{source.stem}.mcap"
        assert run("import", source, "--to", path).status == 0
        found = json.loads(run("analyze", path, "--json").out)
        values = {m["name"]: m["value"] for m in found["measures"]}
        return tuple(values[f"tilt_rms{which}"] for which in ("", "_ml", "_ap"))

    return measure


def test_each_movement_shows_in_its_own_axis(tilt):
    found = {
        kind: [tilt(source) for source in sorted((REAL / kind).glob("*.json"))]
        for kind in ("B", "S", "FB", "R")
    }
    still = max(whole for whole, _, _ in found.pop("B"))
    assert all(whole > 3 * still for rows in found.values() for whole, _, _ in rows)
    assert all(ml > 2.5 * ap for _, ml, ap in found["S"])
    assert all(ap > 2.5 * ml for _, ml, ap in found["FB"])
    assert all(0.6 < ap / ml < 1 / 0.6 for _, ml, ap in found["R"])
