"""Colours people can read and words they use."""

from __future__ import annotations

import math

import pytest

from surefoot.analysis.registry import CARDS
from surefoot.core import Measure
from surefoot.ui import theme

TEXTS = ("text", "muted", "good", "warn", "bad")


@pytest.mark.parametrize("palette", [theme.DARK, theme.LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("role", TEXTS)
def test_text_has_a_contrast_of_seven_to_one(palette: theme.Palette, role: str) -> None:
    ink = getattr(palette, role)
    for ground in (palette.background, palette.panel):
        assert theme.contrast(ink, ground) >= 7.0
        assert theme.contrast(ground, ink) == theme.contrast(ink, ground)


@pytest.mark.parametrize("palette", [theme.DARK, theme.LIGHT], ids=["dark", "light"])
def test_shapes_can_be_told_from_their_ground(palette: theme.Palette) -> None:
    assert theme.contrast(palette.on_stop, palette.stop) >= 7.0
    assert theme.contrast(palette.background, palette.bad) >= 7.0  # text of a banner
    assert theme.contrast(palette.dot, palette.zone) >= 4.5
    assert all(theme.contrast(s, palette.background) >= 3.0 for s in palette.series)


def test_contrast_of_black_and_white_is_the_largest() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert theme.contrast("#808080", "#808080") == 1.0


def test_use_changes_the_palette() -> None:
    theme.use(False)
    assert theme.PALETTE is theme.LIGHT
    theme.use(True)
    assert theme.PALETTE is theme.DARK


@pytest.mark.parametrize(
    ("name", "value", "unit", "expected"),
    [
        ("time_in_zone", 0.724, "1", ("Time in ring", "72 %")),
        ("time_in_zone", 0.9999, "1", ("Time in ring", "99 %")),
        ("time_in_zone", 1.0, "1", ("Time in ring", "100 %")),
        ("tilt_rms", math.radians(3.14), "rad", ("Typical tilt", "3.1°")),
        ("tilt_mean_speed", math.radians(9.96), "rad/s", ("Average board speed", None)),
        ("edge_contacts", 2.0, "1", ("Edge touches", "2")),
        ("tilt_rms", math.nan, "rad", ("Typical tilt", "not known")),
        ("new_thing", 1.25, "m", ("New thing", "1.25 m")),
    ],
)
def test_measures_in_plain_words(
    name: str, value: float, unit: str, expected: tuple[str, str | None]
) -> None:
    label, text = theme.plain(Measure(name, value, unit, 0.0, 1.0, "board/tilt"))
    assert label == expected[0]
    assert text == (expected[1] or "10.0°/s")


def test_sides_and_times() -> None:
    assert theme.side_word("left") == "LEFT SIDE LOW"
    assert theme.side_word("") == "LEVEL"
    assert theme.minutes(83.9) == "1:23"
    assert theme.minutes(-1.0) == "0:00"
    assert theme.minutes(3723.0) == "1:02:03"
    assert theme.ending("sensor-lost").startswith("Stopped")
    assert theme.ending("whatever") == "Stopped"


def test_a_measure_without_a_label_is_called_by_its_card_in_units_that_fit() -> None:
    sway = Measure("mean_frequency", 0.32, "Hz", 0.0, 10.0, "board/cop")
    assert theme.plain(sway) == (CARDS["mean_frequency"].title, "0.32 Hz")
    speed = Measure("mean_velocity", 0.0062, "m/s", 0.0, 10.0, "board/cop")
    assert theme.plain(speed) == ("Speed of sway", "6.2 mm/s")
    area = Measure("prediction_ellipse_area", 2.6e-3, "m^2", 0.0, 10.0, "board/cop")
    assert theme.plain(area)[1] == "26 cm^2"
    assert theme.plain(Measure("new_thing", 2.0, "1", 0, 1, "x"))[0] == "New thing"
