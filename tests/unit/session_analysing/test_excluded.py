"""What somebody excluded afterwards is not measured."""

import pytest

from surefoot.cli import main
from surefoot.resources import folder
from surefoot.session.analyse import analyse


def exclude(path, interval, *more):
    assert main(["annotate", str(path), "--exclude", interval, *more]) == 0


def values(told):
    return {m["name"]: m for m in told["measures"]}


def test_the_longest_stretch_beside_it_is_measured(record, swaying):
    path = record({"board": swaying})
    before = analyse(path)
    exclude(path, "0:12")
    after = analyse(path)
    one, other = values(before)["path_length"], values(after)["path_length"]
    assert (one["t0"], one["flags"]) == (0.0, [])
    assert other["t0"] == pytest.approx(12.0)
    assert other["flags"] == ["TRIMMED"]
    assert other["value"] < one["value"]
    assert before["key"]["excluded"] != after["key"]["excluded"]


def test_a_run_that_it_touches_is_refused(tmp_path):
    path = tmp_path / "drill.mcap"
    path.write_bytes((folder("recordings") / "rocker-steady.mcap").read_bytes())
    exclude(path, "0:5")
    assert values(analyse(path))
    exclude(path, "30:31", "--because", "the phone rang")
    told = analyse(path)
    assert told["measures"] == []
    reasons = {r["reason"] for r in told["refused"]}
    assert reasons == {"run at 22 s excluded afterwards: the phone rang"}
