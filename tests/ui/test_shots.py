"""Pictures of all views by one command, and as people of other colour vision see it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from PySide6.QtGui import QColor, QImage

from surefoot.ui import language, theme
from surefoot.ui.shots import SEEING, as_seen

pytestmark = pytest.mark.gui


@pytest.fixture(scope="module")
def tool() -> Any:
    path = Path(__file__).parents[2] / "tools" / "shots.py"
    spec = importlib.util.spec_from_file_location("shots", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["shots"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def english_again() -> Any:
    yield
    language.use("en")


def test_every_variant_is_of_states_that_there_are(tool: Any) -> None:
    listed = {state for states in tool.VARIANTS.values() for state in states}
    assert listed == set(tool.STATES)
    assert set(tool.IN_4K) <= set(tool.STATES)
    assert set(tool._OWN) <= set(tool.STATES)
    assert {"light", "de", "es", *SEEING} <= set(tool.VARIANTS)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("lost", ["lost.trainee.light.png", "lost.therapist.light.png"]),
        ("replay", ["replay.window.light.png"]),
        ("class-four", ["class-four.class.light.png"]),
        ("side-by-side", ["side-by-side.pair.light.png"]),
    ],
)
def test_a_state_is_drawn_in_full_and_at_a_sixth(
    tool: Any, tmp_path: Path, state: str, names: list[str]
) -> None:
    (tmp_path / "sixth").mkdir()
    made = tool.draw(tmp_path, state, "light")
    assert [path.name for path in made] == names
    for path in made:
        image, small = QImage(str(path)), QImage(str(tmp_path / "sixth" / path.name))
        assert image.width() >= 1440
        assert small.width() == image.width() // 6
        shades = {image.pixel(x, image.height() // 3) for x in range(image.width())}
        assert len(shades) > 4  # something is there
        assert QColor(theme.LIGHT.background).rgb() in shades


def test_what_is_not_a_state_is_said(tool: Any, tmp_path: Path) -> None:
    done = CliRunner().invoke(tool.main, [str(tmp_path), "sleeping"])
    assert done.exit_code == 2
    assert "sleeping: expected one of waiting, " in done.output
    assert list(tmp_path.iterdir()) == []
    listed = CliRunner().invoke(tool.main, ["--list"])
    assert listed.output.split() == list(tool.STATES)


@pytest.mark.parametrize("seeing", list(SEEING))
def test_colours_without_a_hue_stay(seeing: str) -> None:
    for grey in (0, 1, 128, 255):
        image = QImage(7, 3, QImage.Format.Format_RGB32)
        image.fill(QColor(grey, grey, grey))
        seen = as_seen(image, seeing)
        assert seen.size() == image.size()
        assert abs(seen.pixelColor(6, 2).red() - grey) <= 1
        assert abs(seen.pixelColor(6, 2).blue() - grey) <= 1


def test_red_and_green_are_alike_without_their_cones() -> None:
    def apart(seeing: str) -> int:
        image = QImage(2, 1, QImage.Format.Format_RGB32)
        image.setPixelColor(0, 0, QColor(200, 80, 0))
        image.setPixelColor(1, 0, QColor(110, 120, 0))
        seen = as_seen(image, seeing) if seeing else image
        one, other = seen.pixelColor(0, 0), seen.pixelColor(1, 0)
        return abs(one.red() - other.red()) + abs(one.green() - other.green())

    assert apart("deutan") < 40 < 120 < apart("")
    assert apart("tritan") > 90


@pytest.mark.parametrize("seeing", list(SEEING))
@pytest.mark.parametrize("palette", [theme.DARK, theme.LIGHT])
def test_inside_and_outside_differ_for_everybody(
    seeing: str, palette: theme.Palette
) -> None:
    """Shape and word say it too; the colours alone are not the same either."""
    image = QImage(2, 1, QImage.Format.Format_RGB32)
    image.setPixelColor(0, 0, QColor(palette.zone))
    image.setPixelColor(1, 0, QColor(palette.bad))
    seen = as_seen(image, seeing)
    one, other = (seen.pixelColor(x, 0).name() for x in (0, 1))
    assert theme.contrast(one, other) > 2.5
