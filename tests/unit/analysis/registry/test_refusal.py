"""Why a measure is not given: one plain clause, or nothing."""

import math
from dataclasses import replace

import pytest

from surefoot.analysis.registry import CARDS, LACKS, Need, Supply, refusal

FULL = Supply(frozenset(Need), 60.0, 100.0)
SPECTRUM = CARDS["power_frequency_50_ml"]  # 20 s, 10 Hz, evenly spaced


def test_what_is_all_there_is_not_refused():
    assert [name for name, card in CARDS.items() if refusal(card, FULL)] == []


def test_each_need_is_missed_by_its_own_words():
    for card in CARDS.values():
        for need in card.needs:
            without = replace(FULL, needs=FULL.needs - {need})
            assert refusal(card, without) == f"needs {LACKS[need]}"


def test_every_length_is_honoured_to_a_sample():
    for card in CARDS.values():
        enough = replace(FULL, duration=card.min_duration - 0.01)
        assert refusal(card, enough) is None
        short = replace(FULL, duration=card.min_duration - 0.02)
        if card.min_duration:
            told = refusal(card, short)
            assert told.startswith(f"needs {card.min_duration:g} s, got "), card.name


def test_every_rate_is_honoured():
    for card in CARDS.values():
        assert refusal(card, replace(FULL, rate=card.min_rate or 1.0)) is None
        if card.min_rate:
            told = refusal(card, replace(FULL, rate=card.min_rate - 0.01))
            assert told.startswith(f"needs {card.min_rate:g} Hz, got "), card.name


def test_where_nothing_is_asked_nothing_is_missed():
    unknown = replace(FULL, duration=math.nan, rate=math.nan)
    assert refusal(CARDS["tilt_rms"], unknown) is None


def test_uneven_samples_are_refused_only_where_it_matters():
    uneven = replace(FULL, uniform=False)
    assert refusal(SPECTRUM, uneven) == "needs evenly spaced samples: resample first"
    assert refusal(CARDS["path_length"], uneven) is None
    for card in CARDS.values():
        assert (refusal(card, uneven) is not None) == card.uniform


@pytest.mark.parametrize(
    ("supply", "reason"),
    [
        (
            Supply(frozenset(), 1.0, 1.0, uniform=False),
            "needs a centre of pressure: no force board in this recording",
        ),
        (Supply(frozenset({Need.COP}), 12.3, 100.0), "needs 20 s, got 12.3 s"),
        (Supply(frozenset({Need.COP}), 19.97, 100.0), "needs 20 s, got 19.9 s"),
        (Supply(frozenset({Need.COP}), 60.0, 9.99), "needs 10 Hz, got 9.9 Hz"),
        (Supply(frozenset({Need.COP}), math.nan, 100.0), "needs 20 s, got 0 s"),
        (Supply(frozenset({Need.COP}), 60.0, math.nan), "needs 10 Hz, got 0 Hz"),
        (Supply(frozenset({Need.COP}), 0.0, 0.0), "needs 20 s, got 0 s"),
    ],
)
def test_the_words(supply, reason):
    assert refusal(SPECTRUM, supply) == reason


def test_the_first_thing_missing_is_told_and_only_that():
    card = CARDS["time_to_boundary_min"]
    assert "centre of pressure" in refusal(card, Supply(frozenset(), 1.0, 1.0))
    alone = Supply(frozenset({Need.COP}), 1.0, 1.0)
    assert refusal(card, alone) == f"needs {LACKS[Need.BOUNDARY]}"


def test_every_reason_is_one_clause_without_a_full_stop():
    for lack in LACKS.values():
        assert "\n" not in lack
        assert not lack.endswith(".")
    assert set(LACKS) == set(Need)
