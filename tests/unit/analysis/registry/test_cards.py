"""Every card is whole, agrees with what is computed, and says nothing it must not."""

import re
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

import surefoot.analysis
from surefoot.analysis import flexibility, limits, mctsib, sway_dynamics, trunk_sway
from surefoot.analysis.proprioception import RepositionErrors
from surefoot.analysis.registry import CARDS, CHAPTERS, LACKS, Card, Need, card
from surefoot.analysis.stabilisation import Peak
from surefoot.analysis.stays import Sides, Stays
from surefoot.analysis.sway import CORE_UNITS, core_set
from surefoot.analysis.tilt_measures import UNITS
from surefoot.analysis.tracking import Lag
from surefoot.core import SignalError
from surefoot.stream.sway_meter import SWAY_UNITS
from surefoot.stream.trunk_meter import TRUNK_UNITS

TEXTS = ("symbol", "title", "formula", "says", "bias", "not_said", "source")
SENTENCES = ("says", "bias", "not_said")
PLACE = re.compile(
    r"doi:10\.\d{4,}/|PMC\d+|\d:\d|\bOurs\b|no DOI|no one source|no paper"
)
CODE = Path(surefoot.analysis.__file__).parent
DOUBT = re.compile(r"doi:(10\.\d+/\S+?),? \(?(?:DOI )?not verified")
ANY = list(CARDS.values())
MEASURES = [measure for chapter in CHAPTERS for measure in chapter.measures]
SI = {
    *("1", "m", "s", "rad", "Hz", "m/s", "rad/s", "m^2", "m^2/s", "1/m", "1/s"),
    *("m/s^2", "m^2/s^4", "m^2/s^5", "m^2/s^6"),
}
LABELS = re.compile(
    r"diagnos|patient|fall risk|risk of fall|abnormal|deficit|impair|disorder|patholog"
    r"|disease|dysfunction|healthy|unhealthy|poor balance|bad balance|cure|guarantee"
    r"|prevent|should see|normative|sufferer|elderly|geriatric",
    re.IGNORECASE,
)
_TIMES = {
    "mean": "mean",
    "median": "median",
    "minimum": "min",
    "mean_of_minima": "mean_min",
}
# field of a result -> names of its cards
RESULTS = {
    sway_dynamics.Diffusion: {
        "short": "diffusion_coefficient_short",
        "long": "diffusion_coefficient_long",
        "critical_time": "diffusion_critical_time",
        "critical_displacement": "diffusion_critical_displacement",
        "short_exponent": "diffusion_exponent_short",
        "long_exponent": "diffusion_exponent_long",
    },
    sway_dynamics.SwayDensity: {
        "mean_peak": "sway_density_peak",
        "mean_distance": "sway_density_distance",
        "mean_time": "sway_density_time",
    },
    sway_dynamics.TimeToBoundary: {
        field: f"time_to_boundary_{name}" for field, name in _TIMES.items()
    }
    | {"outside": "time_to_boundary_outside"},
    trunk_sway.TrunkSway: {
        field: f"trunk_{field}"
        for field in trunk_sway.TrunkSway._fields
        if field not in {"duration", "distance"}
    }
    | {"distance": "trunk_mean_distance"},
    trunk_sway.TrunkSpectrum: {
        "power": "trunk_spectral_power_ml",
        "pf50": "trunk_power_frequency_50_ap",
        "pf95": "trunk_power_frequency_95_ml",
        "centroid": "trunk_centroid_frequency_ap",
        "dispersion": "trunk_frequency_dispersion_ml",
    },
    trunk_sway.SwayAngle: {
        field: f"trunk_angle_{field}" for field in trunk_sway.SwayAngle._fields
    },
    limits.Reach: {
        "reaction_time": "reach_reaction_time",
        "mean_velocity": "reach_mean_velocity",
        "endpoint": "reach_endpoint",
        "maximum": "reach_maximum",
        "directional_control": "reach_directional_control",
    },
    limits.Shift: {
        "velocity": "shift_velocity",
        "directional_control": "shift_directional_control",
    },
    mctsib.Composites: {
        "visual": "mctsib_visual",
        "proprioceptive": "mctsib_proprioceptive",
        "vestibular": "mctsib_vestibular",
    },
    RepositionErrors: {
        field: f"reposition_{field}_error" for field in RepositionErrors._fields
    },
    flexibility.Range: {
        "low": "range_of_motion_low",
        "high": "range_of_motion_high",
        "extent": "range_of_motion",
    },
    flexibility.Hold: {"duration": "stretch_hold_time", "creep": "stretch_creep"},
    Peak: {"time": "stabilisation_peak_time"},
    Stays: {
        "longest": "zone_longest_stay",
        "first": "zone_first_stay",
    },
    Sides: {
        "low": "tilt_share_left",
        "high": "tilt_share_front",
        "symmetry": "tilt_symmetry_ml",
        "weighted": "tilt_symmetry_weighted_ap",
    },
    Lag: {"time": "tracking_lag", "correlation": "tracking_correlation"},
}


def units_of(result):
    """What the docstring of a result says of the unit of each field."""
    about = re.split(r"Attributes\s+-+", result.__doc__)[1]
    entries = re.findall(r"^ +([\w, ]+) : \w+\n((?: {8,}.*\n?)+)", about, re.MULTILINE)
    head = re.search(r"\[([^\]]+)\]", result.__doc__)
    units = {}
    for names, text in entries:
        found = re.findall(r"\[([^\]]+)\]", text)
        for name in names.split(", "):
            units[name] = found[-1] if found else head and head[1]
    return units


@pytest.mark.parametrize("table", [CORE_UNITS, UNITS])
def test_each_measure_of_a_table_has_a_card_with_its_unit(table):
    assert {name: CARDS[name].unit for name in table} == table


@pytest.mark.parametrize(
    ("result", "names"), RESULTS.items(), ids=lambda x: getattr(x, "__name__", "")
)
def test_each_field_of_a_result_has_a_card_with_its_unit(result, names):
    units = units_of(result)
    assert {name: CARDS[name].unit for name in names.values()} == {
        name: units[field] for field, name in names.items()
    }


def test_the_cards_of_the_core_set_need_nothing_but_a_centre_of_pressure():
    assert {CARDS[name].needs for name in CORE_UNITS} == {frozenset({Need.COP})}
    assert {CARDS[name].group for name in CORE_UNITS} == {"cop"}


def test_each_card_is_whole():
    for each in ANY:
        texts = {name: getattr(each, name) for name in TEXTS}
        empty = [n for n, text in texts.items() if text != text.strip() or not text]
        open_ended = [n for n in SENTENCES if texts[n][-1] != "."]
        signs = [n for n, text in texts.items() if "{" in text]
        assert (empty, open_ended, signs) == ([], [], []), each.name
        assert re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", each.name)
        assert each.unit in SI, each.name
        assert set() < each.needs <= set(LACKS), each.name
        assert min(each.min_duration, each.min_rate) >= 0, each.name
        assert each.reliability is None or each.reliability.endswith("."), each.name


def test_no_card_diagnoses_or_labels_or_promises():
    for each in ANY:
        words = " ".join(str(getattr(each, field.name)) for field in fields(Card))
        assert LABELS.search(words) is None, each.name


def test_a_source_is_a_place_or_says_that_there_is_none():
    for each in ANY:
        assert PLACE.search(each.source), each.name
        assert each.reliability is None or PLACE.search(each.reliability), each.name


def test_what_the_functions_call_not_verified_the_cards_do_too():
    code = " ".join(path.read_text(encoding="utf-8") for path in CODE.rglob("*.py"))
    doubtful = DOUBT.findall(" ".join(code.split()))
    assert len(doubtful) > 3
    for each in ANY:
        words = " ".join(str(getattr(each, field.name)) for field in fields(Card))
        for doi in doubtful:
            told = words.count(f"{doi} (DOI not verified)")
            told += words.count(f"{doi} (not verified)")
            told += words.count(f"{doi}, DOI not verified")
            assert words.count(doi) == told, each.name


def test_a_minimum_says_where_it_is_from():
    why = re.compile("our default|not given|the method's use", re.IGNORECASE)
    for each in ANY:
        if each.min_duration or each.min_rate:
            assert why.search(each.bias), each.name


def test_no_two_cards_have_one_name_and_all_are_in_a_family():
    assert sum(map(len, MEASURES)) == len(CARDS)
    assert all(name == each.name for name, each in CARDS.items())


def test_axes_share_everything_but_name_symbol_title_and_formula():
    own = {"name", "symbol", "title", "formula"}
    shared = [f.name for f in fields(Card) if f.name not in own]
    for family in MEASURES:
        for name in shared:
            assert len({str(getattr(each, name)) for each in family}) == 1


def test_the_formula_of_an_axis_names_its_own_sign_only():
    assert CARDS["mean_distance_ml"].formula.startswith("mean(|x|)")
    assert CARDS["mean_distance_ap"].formula.startswith("mean(|y|)")
    assert "x^2 + y^2" in CARDS["mean_distance"].formula
    assert CARDS["tilt_symmetry_ml"].formula.startswith("(right - left)")
    assert CARDS["tilt_symmetry_ap"].formula.startswith("(front - back)")
    assert CARDS["mean_distance_ap"].title.endswith("front to back (AP)")


@pytest.mark.parametrize(
    ("seconds", "rate"), [(10.0, 20.0), (20.0, 20.0), (20.0, 10.0)]
)
def test_at_the_least_length_and_rate_there_is_a_number(seconds, rate):
    noise = np.random.default_rng(5).standard_normal((round(seconds * rate), 2))
    values = core_set(
        0.002 * np.cumsum(noise - 0.03 * noise.cumsum(axis=0), axis=0), rate
    )
    allowed = [
        name
        for name in CORE_UNITS
        if CARDS[name].min_duration <= seconds and CARDS[name].min_rate <= rate
    ]
    assert len(allowed) > 15
    assert [name for name in allowed if np.isnan(values[name])] == []


def test_the_least_of_the_research_measures_is_enough_for_a_number():
    noise = np.random.default_rng(5).standard_normal((400, 2))
    cop = 0.001 * np.cumsum(noise, axis=0)
    found = {
        "dfa_alpha_ml": sway_dynamics.dfa(cop[:, 0], 20.0),
        "sample_entropy_ap": sway_dynamics.sample_entropy(cop[:, 1]),
        "diffusion_critical_time": sway_dynamics.stabilogram_diffusion(cop, 20.0)[2],
        "sway_density_peak": sway_dynamics.sway_density(cop, 20.0).mean_peak,
    }
    for name, value in found.items():
        assert (CARDS[name].min_duration, CARDS[name].min_rate) == (20.0, 20.0)
        assert np.isfinite(value), name


def test_the_registry_cannot_be_changed():
    with pytest.raises(TypeError):
        CARDS["tilt_rms"] = CARDS["tilt_max"]
    with pytest.raises(AttributeError):
        CARDS["tilt_rms"].unit = "m"


def test_tilt_comes_first_and_a_session_gives_it_live():
    assert list(CARDS)[: len(UNITS)] == list(UNITS)
    live = {each.name for each in ANY if each.stage == "both"}
    asked = {each.name for each in ANY if Need.ASKED in each.needs}
    assert live == {*UNITS, "trunk_lean_rms", *SWAY_UNITS, *TRUNK_UNITS, *asked}
    assert {"stance_time", "repetition_clean_share", "reach_share"} <= asked


def test_a_name_that_is_nearly_right_is_guessed():
    assert card("tilt_rms") is CARDS["tilt_rms"]
    with pytest.raises(SignalError, match=r"got 'titl_rms': did you mean tilt_rms"):
        card("titl_rms")
    with pytest.raises(SignalError, match=r"got 'qqqq': see measures list"):
        card("qqqq")
