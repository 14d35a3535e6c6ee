"""A centre of pressure: even, with holes, uneven, short, and with steps at its ends."""

from dataclasses import replace

import numpy as np
import pytest

from surefoot.analysis import smooth
from surefoot.analysis.registry import CARDS
from surefoot.analysis.sway import CORE_UNITS, core_set
from surefoot.analysis.sway_dynamics import dfa, sample_entropy
from surefoot.session.analyse import Options

COP = (("cop_ml", "m"), ("cop_ap", "m"))
FORCE = ("force_v", "N")


def test_an_even_recording_gives_the_whole_set(measure, swaying):
    found = measure({"board": swaying})
    expected = core_set(swaying.data, 100.0)
    assert found.names >= CORE_UNITS.keys() - found.refused.keys()
    for name, value in expected.items():
        if not np.isnan(value):
            assert found[name] == pytest.approx(value, rel=1e-9), name
    assert found["dfa_alpha_ml"] == pytest.approx(
        dfa(swaying.data[:, 0], 100.0), rel=1e-9
    )
    low = smooth(swaying.data, 100.0, 10.0, 4)
    thin = np.ascontiguousarray(low[::4, 1])
    assert found["sample_entropy_ap"] == pytest.approx(sample_entropy(thin), rel=1e-9)
    assert {"diffusion_coefficient_short", "sway_density_peak"} <= found.names


def test_what_has_no_meaning_here_is_refused_with_the_reason(measure, swaying):
    found = measure({"board": swaying})
    assert "no sensor on a board" in found.refused["tilt_rms"]
    assert "outline of the feet" in found.refused["time_to_boundary_min"]
    assert "body height" in found.refused["sway_angle_deviation"]
    assert "trunk" in found.refused["trunk_jerk"]
    assert found.names.isdisjoint(found.refused)


def test_a_filter_that_was_asked_for(measure, swaying):
    found = measure({"board": swaying}, Options(lowpass=5.0))
    expected = core_set(smooth(swaying.data, 100.0, 5.0, 4), 100.0)
    assert found["mean_velocity"] == pytest.approx(expected["mean_velocity"], rel=1e-9)
    told = "zero-phase Butterworth low-pass 5 Hz, order 4"
    assert {p["filter"] for p in found.told["pipelines"]} == {told}


def test_a_file_of_others_is_left_as_it_is_and_noise_is_said(measure, swaying, made):
    found = measure({"board": swaying}, name="as-it-is.mcap")
    assert {p["filter"] for p in found.told["pipelines"]} == {"none"}
    assert found.flags("path_length") == set()
    rng = np.random.default_rng(8)
    shaking = swaying.data + rng.normal(size=swaying.data.shape) * 3e-4
    noisy = {"board": made("cop", COP, swaying.t, shaking)}
    assert measure(noisy).flags("path_length") == {"NOISY"}
    calm = measure(noisy, Options(lowpass=10.0), name="filtered.mcap")
    assert calm.flags("path_length") == set()
    assert calm["path_length"] == pytest.approx(found["path_length"], rel=0.35)


def test_samples_that_came_twice_are_said(measure, swaying, made):
    twice = np.repeat(swaying.data[::2], 2, axis=0)[: len(swaying.t)]
    found = measure({"board": made("cop", COP, swaying.t, twice)})
    assert "REPEATED" in found.flags("rms_velocity")
    some = swaying.data.copy()
    some[10:500:5] = some[9:499:5]  # a few are no more than chance
    found = measure({"board": made("cop", COP, swaying.t, some)}, name="some.mcap")
    assert "REPEATED" not in found.flags("rms_velocity")


def test_a_plate_that_says_one_thing_is_refused(measure, swaying, made):
    stuck = np.full_like(swaying.data, 0.012)
    found = measure({"board": made("cop", COP, swaying.t, stuck)})
    assert found.names == set()
    assert "the same in all" in found.refused["mean_velocity"]


def test_the_body_height_gives_the_sway_angle(measure, swaying):
    found = measure({"board": swaying}, Options(height=1.7))
    assert 0 < found["sway_angle_velocity"] < 0.1
    assert 0 < found["sway_angle_deviation"] < 0.1


def test_dropped_rows_are_bridged_and_said(measure, swaying, made):
    whole = measure({"board": swaying}, name="whole.mcap")
    keep = np.ones(len(swaying.t), dtype=bool)
    keep[[500, 501, 1700, 2300, 2301, 3100]] = False
    holed = made("cop", COP, swaying.t[keep], swaying.data[keep])
    found = measure({"board": holed})
    assert found.flags("path_length") == {"FILLED"}
    assert found.names == whole.names
    for name in ("mean_velocity", "prediction_ellipse_area", "power_frequency_80_ap"):
        assert found[name] == pytest.approx(whole[name], rel=2e-3)


def test_a_longer_hole_keeps_its_own_times(measure, swaying, made):
    whole = measure({"board": swaying}, name="whole.mcap")
    keep = np.ones(len(swaying.t), dtype=bool)
    keep[1500:1540] = False  # 0.4 s
    found = measure({"board": made("cop", COP, swaying.t[keep], swaying.data[keep])})
    assert found.flags("mean_velocity") == {"OWN_TIMES", "GAP"}
    assert found.flags("power_frequency_80_ap") == {"RESAMPLED", "GAP"}
    for name in ("mean_velocity", "rms_distance"):
        assert found[name] == pytest.approx(whole[name], rel=0.03)
    assert found["power_frequency_80_ap"] == pytest.approx(
        whole["power_frequency_80_ap"], abs=0.1
    )


def test_a_hole_too_long_is_not_scored(measure, swaying, made):
    keep = np.ones(len(swaying.t), dtype=bool)
    keep[1500:1650] = False
    found = measure({"board": made("cop", COP, swaying.t[keep], swaying.data[keep])})
    assert found.names == set()
    assert "1.5 s without data" in found.refused["mean_velocity"]


def test_uneven_times_are_used_as_they_are(measure, swaying, made):
    rng = np.random.default_rng(5)
    t = np.sort(rng.uniform(0, 40, 2500))
    t = t[np.concatenate([[True], np.diff(t) > 1e-4])]
    data = np.column_stack([np.interp(t, swaying.t, c) for c in swaying.data.T])
    found = measure({"board": made("cop", COP, t, data, 62.5)})
    t = np.round(t - t[0], 9)  # as it stands in the rows
    own = core_set(data, found.told["pipelines"][0]["rate"], t)
    assert found["path_length"] == pytest.approx(own["path_length"], rel=1e-6)
    assert found["mean_velocity"] == pytest.approx(own["mean_velocity"], rel=1e-6)
    assert found["rms_distance"] == pytest.approx(own["rms_distance"], rel=1e-6)
    assert "OWN_TIMES" in found.flags("path_length")
    assert "RESAMPLED" in found.flags("dfa_alpha_ml")
    (run,) = found.told["quality"]["runs"]
    assert run["reasons"][-1] == "samples at uneven times"


def test_a_short_recording_refuses_what_needs_longer(measure, wander):
    found = measure({"board": wander(12.0)})
    assert "mean_velocity" in found.names
    assert found.refused["power_frequency_50_ml"].startswith("needs 20 s, got 11.9")
    assert found.refused["dfa_alpha_ml"].startswith("needs 20 s")


def test_stepping_on_and_off_is_left_out(measure, swaying, made):
    n = 300
    rng = np.random.default_rng(2)
    stepping = rng.uniform(-0.2, 0.2, size=(n, 2))
    data = np.vstack([stepping, swaying.data, stepping])
    force = np.concatenate([np.full(n, 20.0), np.full(4000, 700.0), np.full(n, 5.0)])
    both = np.column_stack([data, force])
    t = np.arange(len(both)) / 100
    found = measure({"board": made("cop", (*COP, FORCE), t, both)})
    assert found.flags("sway_range") == {"TRIMMED"}
    alone = measure({"board": swaying}, name="alone.mcap")
    assert found["sway_range"] == pytest.approx(alone["sway_range"], rel=1e-6)


def test_a_slow_board_says_that_it_is_too_slow(measure, wander):
    found = measure({"board": wander(60.0, rate=10.0)}, Options(lowpass=10.0))
    assert all(
        "Hz" in found.refused[n] for n in CARDS if n.startswith("sample_entropy")
    )
    assert "too slow for 10 Hz" in found.told["pipeline"]


def test_other_samples_give_other_values(measure, swaying, made):
    """The comparison with pure functions above can fail."""
    twice = made("cop", COP, swaying.t, swaying.data * 2)
    found = measure({"board": twice})
    expected = core_set(swaying.data, 100.0)
    assert found["path_length"] == pytest.approx(2 * expected["path_length"], rel=1e-9)


def test_options_are_part_of_the_key(record, swaying):
    from surefoot.session.analyse import analyse

    path = record({"board": swaying})
    one, other = (
        analyse(path, replace(Options(), lowpass=f))["key"] for f in (10.0, 5.0)
    )
    assert one["options"] != other["options"]
    assert {**one, "options": ""} == {**other, "options": ""}
