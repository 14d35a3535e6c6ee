"""`surefoot analyze`: options, what is told and what is kept."""

import json

import pytest

from surefoot.analysis.registry import CARDS
from surefoot.cli.story import tell


def document(told):
    assert told.status == 0, told.err
    return json.loads(told.out)


def test_every_measure_is_given_or_refused(run):
    found = document(run("analyze", "rocker-unsteady", "--json"))
    given = {m["name"] for m in found["measures"]}
    refused = {r["name"] for r in found["refused"]}
    assert given | refused == CARDS.keys()
    assert given & refused == set()
    assert {"tilt_rms", "edge_contacts", "trunk_jerk", "trunk_angle_rms"} <= given


def test_the_usual_ones_and_all(run):
    usual, every = (
        run("analyze", "rocker-unsteady", *more).out for more in ((), ("--all",))
    )
    assert "Typical tilt" in usual
    assert len(usual.splitlines()) < 40 < len(every.splitlines())
    assert "needs a centre of pressure" not in usual
    assert "needs a centre of pressure" in every
    assert "more: --all" in usual
    assert "more: --all" not in every


def test_repetitions_are_looked_for_when_asked(run):
    found = document(run("analyze", "rocker-unsteady", "--repetitions", "8", "--json"))
    values = {m["name"]: m["value"] for m in found["measures"]}
    assert values["repetition_count"] >= 2
    assert "sparc" in values
    told = run("analyze", "rocker-unsteady", "--repetitions", "8").out
    assert "(median of" in told


def test_store_keeps_one_line(run, recording):
    for _ in range(2):
        assert run("analyze", recording, "--store").status == 0
    path = recording.with_name("rocking.results.jsonl")
    (line,) = path.read_text().splitlines()
    assert json.loads(line)["row"]["measures"]


def test_a_recording_keeps_its_final_values_when_it_closes(run, tmp_path):
    path = tmp_path / "sitting.mcap"
    told = run("record", "--virtual", "steady", "--seconds", "1.5", "--to", path)
    assert told.status == 0, told.err
    line = path.with_name("sitting.results.jsonl").read_text()
    row = json.loads(line)["row"]
    found = document(run("analyze", path, "--json"))
    assert row["measures"] == found["measures"] != []
    assert row["key"] == found["key"]
    live = document(run("replay", path, "--json"))
    assert found["quality"]["sensors"] == live["quality"]["sensors"]
    (final,), (shown,) = found["quality"]["runs"], live["quality"]["runs"]
    for key in ("t0", "ended", "lost"):
        assert final[key] == shown[key], key
    # the one looks at samples, the other at packets; it matters on a busy machine only
    if not any("radio unsteady" in why for why in final["reasons"] + shown["reasons"]):
        assert (final["grade"], final["reasons"]) == (shown["grade"], shown["reasons"])


def test_what_could_not_be_kept_is_said_and_the_recording_stays(
    run, tmp_path, monkeypatch
):
    from surefoot.session import analysing

    def broken(*_):
        msg = "out of order"
        raise ValueError(msg)

    monkeypatch.setattr(analysing, "analyse", broken)
    path = tmp_path / "sitting.mcap"
    told = run("record", "--virtual", "steady", "--seconds", "1", "--to", path)
    assert told.status == 0
    assert "no final values kept (out of order)" in told.complaint
    assert run("verify", path).status == 0


@pytest.mark.parametrize(
    "wrong",
    [
        ("--lowpass", "slow"),
        ("--lowpass", "-1"),
        ("--lowpass", "nan"),
        ("--repetitions", "0"),
        ("--height", "170"),
        ("--calibration", "not-there.toml"),
    ],
)
def test_a_wrong_option_is_a_wrong_call(run, wrong):
    assert run("analyze", "rocker-steady", *wrong).status == 2


def test_an_unknown_profile_is_said_in_one_line(run):
    told = run("analyze", "rocker-steady", "--profile", "no-such")
    assert told.status == 1
    assert "no-such" in told.complaint


def test_what_was_asked_for_and_not_found_is_said(run):
    told = run("analyze", "rocker-steady", "--repetitions", "120").out
    assert "no movement there and back of about 120 degrees" in told
    assert "no movement there" not in run("analyze", "rocker-steady").out


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.0345, "m", "34.5 mm"),
        (3.012, "m", "3.01 m"),
        (2.71e-7, "m^2", "0.271 mm^2"),
        (2.6e-3, "m^2", "26 cm^2"),
        (-1.5, "m/s", "-1.5 m/s"),
        (4.6e-6, "m^2/s", "4.6 mm^2/s"),
        (3900.0, "1/m", "3.9 1/mm"),
    ],
)
def test_lengths_and_areas_are_told_in_units_that_fit(capsys, value, unit, text):
    name = next(card.name for card in CARDS.values() if card.unit == unit)
    one = {"name": name, "value": value, "unit": unit, "t0": 0.0, "t1": 9.0}
    run = {"t0": 0.0, "ended": "end", "grade": "good", "reasons": [], "held_on": None}
    quality = {"virtual": False, "recording": "complete", "runs": [run]}
    quality |= {"damage": [], "faults": [], "sensors": []}
    measures = [{**one, "stream": "board/cop", "flags": []}]
    tell({"file": "f", "quality": quality, "measures": measures}, everything=True)
    assert capsys.readouterr().out.rstrip().endswith(f" {text}")
