"""What is told at the start, by the drill and afterwards: in this order, all kept."""

from dataclasses import replace

import numpy as np
import pytest

from surefoot.analysis.pipeline import Circumstances
from surefoot.cli import main
from surefoot.recording import annotations_of
from surefoot.resources import folder
from surefoot.session.analyse import Options, analyse
from surefoot.session.analysing._material import read
from surefoot.session.analysing._spans import Span
from surefoot.session.analysing._told import _circumstances, _support
from surefoot.session.opening import Seating, open_live
from surefoot.session.setup import Setup, from_header, load_drill, sensor

DRILL = load_drill("rocker-hold-level")


@pytest.fixture
def sample(tmp_path):
    """A recording of before circumstances were told."""
    path = tmp_path / "old.mcap"
    path.write_bytes((folder("recordings") / "rocker-steady.mcap").read_bytes())
    return path


def say(path, *told):
    return main(["annotate", str(path), *told])


def around(path):
    (found,) = analyse(path)["circumstances"]
    return found


def test_a_header_keeps_what_was_told():
    told = Circumstances(board="my own", stance="tandem", vision="closed")
    setup = Setup({"board": sensor("movesense")}, DRILL, circumstances=told)
    header = setup.header()
    assert header.session["circumstances"] == told.told()
    assert from_header(header).circumstances == told
    nobody = replace(setup, circumstances=Circumstances()).header()
    assert "circumstances" not in nobody.session
    assert from_header(nobody).circumstances == Circumstances()


@pytest.mark.parametrize("damaged", ["open", 3, ["open"], {"vision": 3}, None])
def test_what_another_program_wrote_there_is_passed_over(damaged):
    header = Setup({"board": sensor("movesense")}).header()
    changed = replace(header, session=header.session | {"circumstances": damaged})
    assert from_header(changed).circumstances == Circumstances()


def test_an_old_recording_reads_as_before(sample):
    found = around(sample)
    assert (found["drill"], found["support"]) == ("rocker-hold-level", "none")
    assert (found["board"], found["vision"]) == ("", "")


def test_what_is_said_afterwards_goes_before_all_and_stays_in_the_history(sample):
    before = analyse(sample)["key"]
    assert say(sample, "--set", "stance=tandem", "--set", "vision=open") == 0
    assert say(sample, "--set", "vision=closed", "--set", "support=one-hand") == 0
    found = around(sample)
    assert (found["stance"], found["vision"]) == ("tandem", "closed")
    assert found["support"] == "one-hand"
    assert found["zone"] == pytest.approx(np.radians(5.0), rel=0.01)
    assert len(annotations_of(sample).history) == 4
    after = analyse(sample)["key"]
    assert after.keys() - before.keys() == {"circumstances"}
    assert {k: after[k] for k in before} == before
    assert say(sample, "--withdraw", "3") == 0
    assert around(sample)["vision"] == "open"


def test_the_drill_is_the_default_and_the_start_goes_before_it(sample):
    material = read(sample, Options())
    span = Span(22.0, 42.0, held_on=False)
    new = replace(material, setup=replace(material.setup, drill=DRILL))
    found = _circumstances(new, span)
    assert (found["board"], found["vision"]) == ("rocker", "open")
    assert (found["support"], found["surface"]) == ("rail-near", "rocker")
    told = Circumstances(board="my own", vision="closed")
    setup = replace(new.setup, circumstances=told)
    found = _circumstances(replace(new, setup=setup), span)
    assert (found["board"], found["vision"]) == ("my own", "closed")
    assert found["surface"] == "rocker"


def test_a_session_is_opened_with_the_drills_own_and_what_was_told():
    seating = Seating(virtual="steady")
    told = Circumstances(vision="closed", stance="wide")
    setup = open_live(seating, "rocker-hold-level", None, None, told).setup
    assert setup.circumstances == told.over(DRILL.circumstances)
    assert open_live(seating, DRILL, None).setup.circumstances == DRILL.circumstances
    assert open_live(seating, "", None).setup.circumstances == Circumstances()


@pytest.mark.parametrize(
    ("told", "held", "kept"),
    [
        ("", True, "held"),
        ("", False, "none"),
        ("rail-near", False, "rail-near"),
        ("rail-near", True, "held"),
        ("two-hands", True, "two-hands"),
        ("two-hands", False, "none"),
    ],
)
def test_the_answer_after_a_run_is_as_exact_as_was_told(told, held, kept):
    assert _support(told, held=held) == kept


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        (("--set", "stance=on one leg"), "stance: expected one of wide, narrow"),
        (("--correct", "vision=shut"), "vision: expected one of open, closed"),
        (("--set", "zone=3"), "zone: expected one of board, stance"),
        (("--mark", "soon:push"), "expected SECONDS:LABEL"),
        (("--mark", "-3:push"), "expected seconds from 0 on"),
    ],
)
def test_what_cannot_be_meant_so_is_refused(sample, capsys, told, complaint):
    assert say(sample, *told) != 0
    assert complaint in capsys.readouterr().err
    assert not annotations_of(sample).history


def test_values_kept_before_are_told_to_be_old(sample, capsys):
    assert say(sample, "--set", "vision=open") == 0
    assert capsys.readouterr().err == ""
    assert main(["analyze", str(sample), "--store", "--json"]) == 0
    capsys.readouterr()
    assert say(sample, "--label", "x") == 0
    assert capsys.readouterr().err == ""
    assert say(sample, "--set", "vision=dim") == 0
    assert f"surefoot analyze --store {sample}" in capsys.readouterr().err


def test_a_marker_set_afterwards_is_as_good_as_one_of_the_recording(record, made):
    t = np.arange(1500) / 100
    angle = np.zeros(1500)
    after = t[200:] - 2.0
    angle[200:] = 0.2 * np.exp(-1.2 * after) * np.sin(2 * np.pi * after)
    acc = np.column_stack([np.sin(angle), np.zeros(1500), np.cos(angle)]) * 9.80665
    columns = tuple((f"acc_{axis}", "m/s^2") for axis in "xyz")
    path = record({"trunk": made("imu", columns, t, acc)})
    before = analyse(path)
    assert "stabilisation_peak" in {one["name"] for one in before["refused"]}
    assert say(path, "--mark", "2:step-down") == 0
    told = analyse(path)
    (peak,) = [m for m in told["measures"] if m["name"] == "stabilisation_peak"]
    assert peak["t0"] == pytest.approx(2.0, abs=0.02)
    assert told["key"]["markers"]
    assert "markers" not in before["key"]
