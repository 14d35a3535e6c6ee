"""The report of a session says what `analyze` says, and why where it says nothing."""

import copy
import re
from dataclasses import replace
from pathlib import Path

import pytest

from surefoot.report.change import ones_found
from surefoot.report.session import Past, _trainee, session_page
from surefoot.report.speech import Speech, scale
from surefoot.session.analyse import Options, analyse
from surefoot.session.analysing import examine

SAMPLES = sorted(  # one with nothing to score, one with one run, one with falls
    p
    for p in (Path(__file__).parents[3] / "recordings").glob("*.mcap")
    if p.stem in {"rocker-clicker", "rocker-sensor-lost", "rocker-unsteady"}
)
NOBODY = Past({})
KEYS = ("name", "t0", "t1", "stream", "unit", "value")
MINUS = "\N{MINUS SIGN}"


def _plain(value):
    return value if isinstance(value, str) else repr(value)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_number_is_that_of_analyze_with_unit_quality_and_pipeline(
    path, say, cells
):
    told = analyse(path)
    html = session_page(examine(path), NOBODY, say).html(say)
    found = cells(html)
    exact = {tuple(c[f"data-{key}"] for key in KEYS) for c in found}
    expected = {tuple(_plain(m[key]) for key in KEYS) for m in told["measures"]}
    assert exact == expected
    # what is read is the same value, with a unit unless it is a count or a ratio
    for row in re.findall(r'<tr class="(?:first|other)">.*?</tr>', html):
        value = float(re.search(r'data-value="([^"]*)"', row)[1])
        unit, name = (
            re.search(rf'data-{k}="([^"]*)"', row)[1] for k in ("unit", "name")
        )
        shown = re.search(r"<td[^>]*data-name[^>]*>(.*?)</td>", row)[1]
        factor, sign = scale(name, unit)
        number = float(re.match(rf"[{MINUS}\d.e+]+", shown)[0].replace(MINUS, "-"))
        assert number == pytest.approx(value * factor, rel=6e-3, abs=1e-12)
        assert sign == "1" or shown.endswith(sign)
        _, _, quality, pipeline = re.findall(r"<td.*?</td>", row)
        assert re.search("good|fair", quality)
        assert re.search(">P[1-9]", pipeline)


def test_values_of_repetitions_are_those_of_analyze_too(say, cells):
    path = next(p for p in SAMPLES if p.stem == "rocker-unsteady")
    options = Options(repetitions=0.15)
    told = analyse(path, options)
    html = session_page(examine(path, options), NOBODY, say).html(say)
    exact = {(c["data-name"], c["data-value"]) for c in cells(html)}
    assert {(m["name"], repr(m["value"])) for m in told["measures"]} == exact
    assert "Repetitions one over the other" in html
    assert "Smoothness (SPARC) of each phase" in html


def test_a_bad_recording_says_why_it_has_no_score(lost, say, words, cells):
    html = session_page(lost, NOBODY, say).html(say)
    told = words(html)
    reasons = lost.found["quality"]["runs"][-1]["reasons"]
    assert reasons
    assert "It could not be scored" in told
    assert all(reason in told for reason in reasons)
    assert "No score" in told
    assert cells(html) == []


def test_quality_comes_before_any_number(steady_page):
    html = steady_page
    assert html.index("How good the data are") < html.index("data-value")
    assert html.index("The data are good") < html.index("data-value")


def test_what_is_virtual_says_so(steady_page, words):
    assert words(steady_page).count("nobody trained")


def test_a_page_needs_nothing_from_outside(steady_page):
    html = steady_page
    outside = re.findall(r'(?:src|href)="(?!data:|#)([^"]*)"', html)
    assert [one for one in outside if not one.startswith("#")] == []
    assert "url(http" not in html
    assert "<script" not in html


def test_numbers_of_a_plot_can_be_taken_along(steady_page):
    html = steady_page
    assert html.count('download="tilt-1.csv"') == 1
    figures, links = html.count("<figure"), html.count("data:text/csv")
    assert links == figures - 1  # the trainee's picture is drawn again below


def test_only_the_declared_measure_is_judged(steady, say, words):
    now = ones_found(steady.found)
    past = Past({name: [one] for name, one in now.items()})
    drawn = replace(steady, intervals=())  # what is drawn does not matter here
    html = session_page(drawn, past, say).html(say)
    assert "verdict" not in words(html)  # this sample's drill declares none
    declared = {**steady.found, "primary": "tilt_rms"}
    html = session_page(replace(drawn, found=declared), past, say).html(say)
    assert words(html).count("error unknown: no verdict") == 1


def test_numbers_have_the_sign_of_the_language():
    assert Speech("en").number(1.5) == "1.50"
    assert Speech("de").number(1.5) == "1,50"
    assert Speech("en").quantity("tilt_rms", 0.1, "rad") == "5.73°"
    assert Speech("en").quantity("edge_contacts", 3.0, "1") == "3"
    assert (
        Speech("en").quantity("time_in_zone", 0.587, "1") == "58.7\N{NO-BREAK SPACE}%"
    )
    assert Speech("en").quantity("trunk_jerk", 1.0, "m^2/s^6").endswith("m²/s⁶")
    assert Speech("en").quantity("tilt_rms", None, "rad") == "\N{EN DASH}"


def test_names_cannot_become_markup(steady, say):
    evil = replace(steady, person="<script>alert(1)</script>", intervals=())
    assert "<script" not in session_page(evil, NOBODY, say).html(say)


def test_a_declared_measure_that_is_not_there_is_said(steady, say, words):
    declared = {**steady.found, "primary": "sparc"}
    page = session_page(replace(steady, found=declared, intervals=()), NOBODY, say)
    assert "not given, see the last part" in words(page.html(say))


def test_the_same_recording_gives_the_same_page(lost, say):
    one, other = (session_page(lost, NOBODY, say).html(say) for _ in range(2))
    assert one == other


@pytest.mark.parametrize(
    ("visions", "said"),
    [
        (("open", "closed"), "in the last run; the others were done in another way"),
        (("closed", "open", "open"), "the mean of the 2 runs that were done like the"),
        (("open", "open"), "the mean of 2 runs."),
        (("open",), "°."),
    ],
)
def test_the_trainee_reads_of_which_runs_a_value_is(steady, say, words, visions, said):
    found = copy.deepcopy(steady.found)
    (run,), (around,) = found["quality"]["runs"], found["circumstances"]
    one = next(m for m in found["measures"] if m["name"] == "tilt_rms")
    spans = [(100.0 * n, 100.0 * n + 20.0) for n in range(len(visions))]
    found["primary"] = "tilt_rms"
    found["quality"]["runs"] = [{**run, "t0": t0} for t0, _ in spans]
    found["circumstances"] = [
        {**around, "t0": t0, "t1": t1, "vision": vision}
        for (t0, t1), vision in zip(spans, visions, strict=True)
    ]
    for told in found["pipelines"]:
        told["intervals"] = [list(span) for span in spans]
    found["measures"] = [{**one, "t0": t0, "t1": t1} for t0, t1 in spans]
    page = session_page(replace(steady, found=found, intervals=()), NOBODY, say)
    assert said in words(page.html(say))


def test_a_measure_that_is_made_in_the_set_is_told_as_it_was_kept(steady, say, words):
    score = {"measure": "stretch_calm_share", "value": 0.75, "unit": "1"}
    found = copy.deepcopy(steady.found)
    found |= {"primary": "stretch_calm_share"}
    page = session_page(replace(steady, found=found, intervals=()), NOBODY, say)
    assert "not given, see the last part" in words(page.html(say))
    made = _trainee(
        replace(steady, found=found | {"sets": [{"score": score}]}, intervals=()),
        None,
        say,
    )
    assert "that were calm: 75.0" in words(made)
    assert "in the last set." in words(made)


def test_what_no_sensor_saw_is_not_called_bad_data(lost, say, words):
    found = copy.deepcopy(lost.found)
    found["quality"]["runs"][-1]["reasons"] = ["no sensor: what was done is entered"]
    told = words(session_page(replace(lost, found=found), NOBODY, say).html(say))
    assert told.count("No sensor saw it; what was done is entered by hand.") == 2
    assert "missing or not to be trusted" not in told
    assert "could not be scored" not in told


def test_the_share_of_the_first_run_is_told_of_no_other(steady, say, words):
    found = copy.deepcopy(steady.found)
    (run,) = found["quality"]["runs"]
    text = "of the time of the first run"
    assert text in words(_trainee(replace(steady, intervals=()), None, say))
    lost = {**run, "t0": 1.0, "grade": "not scored", "reasons": ["samples lost"]}
    found["quality"]["runs"] = [lost, run]
    told = words(_trainee(replace(steady, found=found, intervals=()), None, say))
    assert text not in told
