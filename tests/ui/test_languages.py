"""Both views in every language: all of it, at once, as large, and nothing cut."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea, QTabBar, QWidget
from tests.ui.test_therapist import (  # what holds in English holds in all languages
    assert_apart,
    buttons,
    words,
)

from surefoot import language as languages
from surefoot.core import Marker
from surefoot.language import LANGUAGES, catalogue
from surefoot.session.settings import Settings, load_settings
from surefoot.training import Grade, Phase, Verdict
from surefoot.ui import language, remembered, theme, trainee_text
from surefoot.ui.desk import Desk
from surefoot.ui.panels import Languages
from surefoot.ui.panels.controls import Degrees
from surefoot.ui.therapist import TherapistView
from surefoot.ui.trainee import TraineeView
from surefoot.ui.trainee_layout import TEXT_MM, arrange
from surefoot.ui.window import show_until_closed

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.gui

OTHERS = [code for code in LANGUAGES if code != "en"]
SAME = {"Esc", "Surefoot", "English", "COUNTDOWN", "Rate", "Start", "VIRTUAL", "No (N)"}
OWN = {"session.mcap", "Surefoot virtual board", "Movesense 1234"}
BAD = Verdict(Grade.NOT_SCORED, ("7 % of samples lost",), 0.07, 0.6, 0.02)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    language.use("en")


@pytest.fixture(scope="module")
def said_to_trainees() -> list[str]:
    """Every sentence that may become the prompt."""
    path = Path(__file__).parents[2] / "tools" / "texts.py"
    spec = importlib.util.spec_from_file_location("texts", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["texts"] = module
    spec.loader.exec_module(module)
    names = ("wording", "trial", "sitting", "support", "pain")
    prompts = tuple(f"training/{name}" for name in names)
    found = module.texts().items()
    listed = [t for t, where in found if where.startswith(prompts)]
    listed += [t for t, w in found if w.endswith(".toml") and "plans" not in w]
    return [t for t in listed if "{" not in t]


def heights_of(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, str]]:
    """Return the list that every text drawn from now on is added to."""
    heights: list[tuple[float, str]] = []
    fit, fit_paragraph = trainee_text.fit_line, trainee_text._fit_paragraph

    def line(*args: Any) -> Any:
        font = fit(*args)
        heights.append((QFontMetricsF(font).capHeight() * 0.277, args[0]))
        return font

    def paragraph(*args: Any) -> Any:
        font, used = fit_paragraph(*args)
        heights.append((QFontMetricsF(font).capHeight() * 0.277, args[0]))
        return font, used

    monkeypatch.setattr(trainee_text, "fit_line", line)
    monkeypatch.setattr(trainee_text, "_fit_paragraph", paragraph)
    return heights


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("axis", ["ml", "both"])
def test_every_word_of_the_trainee_is_25_mm_high(
    qtbot, fake_stage, result_of, monkeypatch, code, axis
):
    language.use(code)
    view = TraineeView(fake_stage)
    qtbot.addWidget(view)
    view.resize(1920, 1080)
    heights = heights_of(monkeypatch)
    # other phases have the same places, or the words are tested below
    shown: list[dict[str, Any]] = [
        {"phase": phase}
        for phase in (Phase.DIRECTION, Phase.SUPPORT, Phase.COUNTDOWN, Phase.RUN)
    ]
    shown += [{"stale": True}, {"phase": Phase.DIRECTION, "stale": True}]
    shown += [{"inside": False, "cue": side} for side in ("left", "right")]
    shown += [{"inside": False, "cue": side, "axis": axis} for side in ("front",)]
    for changes in ({}, {"next_zone": None}, {"ended": "clicker"}, {"verdict": BAD}):
        shown.append({"phase": Phase.RESULT, "result": result_of(**changes)})
    for changes in shown:
        fake_stage.show(**{"axis": axis, "virtual": True, **changes})
        view.refresh()
        view.grab()
        assert view.fault == ""
    least = 24.5 if axis == "ml" else 14.0  # half as wide; English has 15 mm there
    assert len(heights) > 50
    assert sorted({(round(h, 1), t) for h, t in heights if h < least}) == []


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("code", list(LANGUAGES))
def test_every_prompt_fits_at_25_mm_above_the_answers(said_to_trainees, code):
    layout = arrange(1920, 1080, square=False, badged=True)
    flags = Qt.TextFlag.TextWordWrap | trainee_text.CENTRE | trainee_text.Align.AlignTop
    amiss: list[str] = []
    for text in said_to_trainees:
        said = languages.say(text, code)
        height = layout.pixels(TEXT_MM)
        font, used = trainee_text._fit_paragraph(said, layout.sentence, height, flags)
        small = QFontMetricsF(font).capHeight() * 0.277 < 24.5
        if small or used.bottom() > layout.low_word.top():
            amiss.append(said)
    assert len(said_to_trainees) > 100
    assert amiss == []


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("size", [(1024, 700), (1440, 900)])
def test_nothing_overlaps_or_is_cut_off(qtbot, fake_stage, qapp, code, size):
    language.use(code)
    view = TherapistView(fake_stage)
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    asked = (Phase.LEVEL_FIRST, Phase.LEVEL_SECOND, Phase.DIRECTION, Phase.SUPPORT)
    for phase in (Phase.WAITING, *asked, Phase.RUN, Phase.RESULT):
        fake_stage.show(phase=phase)
        view.refresh()
        qapp.processEvents()
        for label in (lab for lab in view.findChildren(QLabel) if lab.isVisible()):
            wrapped = label.wordWrap()
            needed = label.heightForWidth(label.width()) if wrapped else 0
            assert label.height() >= max(needed, label.fontMetrics().height()) - 1, (
                label.text()
            )
        for button in buttons(view).values():
            needed = button.fontMetrics().horizontalAdvance(button.text()) + 16
            assert button.width() >= needed, button.text()
        for area in (a for a in view.findChildren(QScrollArea) if a.isVisible()):
            assert area.widget().width() <= area.viewport().width()
        assert_apart([w for w in view.findChildren(QWidget) if w.property("card")])


@pytest.mark.parametrize("code", OTHERS)
def test_no_english_is_left_in_the_therapists_view(
    qtbot, fake_stage, qapp, result_of, code
):
    language.use(code)
    view = TherapistView(fake_stage)
    qtbot.addWidget(view)
    view.resize(1440, 900)
    view.show()
    english = set(catalogue(code).texts) - set(catalogue(code).texts.values()) - SAME
    for changes in (
        {"phase": Phase.RUN, "links": (), "markers": ()},
        {"phase": Phase.SUPPORT},
        {"phase": Phase.RESULT, "result": result_of(verdict=BAD)},
    ):
        fake_stage.show(**changes)
        view.refresh()
        qapp.processEvents()
        said = {*words(view), *buttons(view)}
        said |= {w.accessibleName() for w in view.findChildren(QWidget)}
        said |= {w.toolTip() for w in view.findChildren(QWidget)}
        tabs = view.findChild(QTabBar)
        said |= {tabs.tabText(i) for i in range(tabs.count())}
        assert sorted(said & english) == []
    assert "5,0°" in view.findChild(Degrees).text()


def test_a_switch_changes_all_at_once_and_back(fake_stage, qapp):
    fake_stage.show(phase=Phase.READY, markers=(Marker(1.0, "note", "Movement"),))
    desk = Desk(fake_stage, on_closed=lambda: None, on_palette=lambda: None)
    desk.show(qapp.screens())
    try:
        view = desk.therapist
        english = words(view)
        named = [w.accessibleName() for w in view.findChildren(QWidget)]
        for code in ("de", "es", "en"):
            desk.speak(code)
            qapp.processEvents()
            hints = [e.placeholderText() for e in view.findChildren(QLineEdit)]
            start = [text for text in buttons(view) if "(" in text]
            if code == "de":
                assert "Start (Leertaste)" in start
                assert "Notiz + Enter" in hints
                assert desk.trainee.accessibleName() == "Übungsansicht"
                assert QLocale(view.findChild(Degrees).locale()).decimalPoint() == ","
        assert "Inicio (espacio)" not in start
        assert words(view) == english
        assert [w.accessibleName() for w in view.findChildren(QWidget)] == named
    finally:
        desk.close()


def test_the_choice_in_the_header_and_f4_change_the_language(fake_stage, qapp):
    desk = Desk(fake_stage, on_closed=lambda: None, on_palette=lambda: None)
    desk.show(qapp.screens())
    try:
        choice = desk.therapist.findChild(Languages)
        assert [choice.itemText(i) for i in range(choice.count())] == list(
            LANGUAGES.values()
        )
        choice.activated.emit(list(LANGUAGES).index("es"))
        assert language.IN_USE == "es"
        assert desk.trainee.windowTitle() == "Surefoot: ejercicio"
        keys = desk.windows[0].findChildren(QShortcut)
        (f4,) = [key for key in keys if key.key() == QKeySequence("F4")]
        f4.activated.emit()
        assert language.IN_USE == "en"  # after the last comes the first
        f4.activated.emit()
        assert choice.currentText() == "Deutsch"
    finally:
        desk.close()


def test_a_paused_replay_takes_up_the_language_too(qtbot, fake_stage):
    fake_stage.show(phase=Phase.RESULT)
    view = TherapistView(fake_stage)
    qtbot.addWidget(view)
    view.show()
    view.refresh()
    language.use("de")
    view.refresh()  # the same picture, no time has passed
    assert any("Volle Zeit, Hände frei, Ring 5,0°" in text for text in words(view))


def test_a_language_told_for_once_is_not_kept_and_a_chosen_one_is(fake_stage, qapp):
    desk = Desk(fake_stage, on_closed=lambda: None, on_palette=lambda: None)
    desk.show(qapp.screens())
    try:
        kept = Settings(language="es", sound={"on": False})
        remembered.put_on(kept, "de")
        assert language.IN_USE == "de"
        assert remembered.now(desk, kept, "de").language == "es"
        desk.speak("en")
        after = remembered.now(desk, kept, "de")
        assert (after.language, after.sound) == ("en", {"on": False})
        assert set(after.windows) == {"both", "split"}
        remembered.place(desk, after)
        desk.splitter.setSizes([300, 1100])
        narrow = remembered.now(desk, after)
        desk.splitter.setSizes([900, 700])
        remembered.place(desk, narrow)
        assert remembered.now(desk, narrow).windows["split"] == narrow.windows["split"]
        remembered.place(desk, Settings(windows={"both": "zz", "split": "0"}))
    finally:
        desk.close()


def test_settings_are_put_on_when_windows_open_and_nothing_unseen_is_kept(
    fake_stage, own_home
):
    (own_home / "surefoot").mkdir()
    file = own_home / "surefoot" / "settings.toml"
    file.write_text('language = "de"\ntheme = "light"\n[windows]\nboth = "ff"\n')
    seen: list[tuple[str, bool, str]] = []

    def look() -> None:
        title = [w.windowTitle() for w in QGuiApplication.instance().topLevelWidgets()]
        seen.append((language.IN_USE, theme.PALETTE.dark, str(title)))

    snapshot = fake_stage.snapshot
    fake_stage.snapshot = lambda: (look(), snapshot())[1]
    show_until_closed(fake_stage, alone=False, seconds=0.05)
    assert seen[-1][:2] == ("de", False)
    assert load_settings().windows == {"both": "ff"}  # offscreen: nobody saw it
    show_until_closed(fake_stage, alone=False, seconds=0.05, language="es")
    assert seen[-1][0] == "es"
