"""The trainee's screen: large enough, true to the board, calm, and never a dead end."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from surefoot.training import Grade, Phase, Verdict
from surefoot.ui import theme, trainee_text
from surefoot.ui.trainee import TraineeView
from surefoot.ui.trainee_layout import DOT_MM, arrange
from surefoot.ui.trainee_page import items, page, shown_side
from surefoot.ui.trainee_target import FILL, Target, gain

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot
    from tests.ui.conftest import FakeStage

    from surefoot.session.snapshot import Result, Snapshot

SIZES = [(1920, 1080), (1280, 720), (1024, 768), (800, 1000), (2560, 1080)]
AXES = ["ml", "ap", "both"]


@pytest.fixture
def view(qtbot: QtBot, fake_stage: FakeStage) -> TraineeView:
    made = TraineeView(fake_stage)
    qtbot.addWidget(made)
    made.resize(1920, 1080)
    for _ in range(
        2
    ):  # the letters of a process's first picture may be hinted otherwise
        made.refresh()
        made.grab()
    return made


def deg(ml: float, ap: float = 0.0) -> tuple[float, float]:
    return math.radians(ml), math.radians(ap)


def picture(view: TraineeView, stage: FakeStage, **changes: Any) -> QImage:
    stage.show(**changes)
    view.refresh()
    image = view.grab().toImage()
    assert view.fault == ""
    return image


def ink_rows(image: QImage, place: QRectF, colour: str) -> list[int]:
    """Return the rows of a place that hold pixels of nearly this colour."""
    wanted = QColor(colour)

    def near(x: int, y: int) -> bool:
        c = image.pixelColor(x, y)
        off = (c.red() - wanted.red(), c.green() - wanted.green())
        return max(abs(off[0]), abs(off[1]), abs(c.blue() - wanted.blue())) < 24

    box = place.toAlignedRect()
    columns = range(box.left(), box.right(), 2)
    return [
        y for y in range(box.top(), box.bottom()) if any(near(x, y) for x in columns)
    ]


def changed(one: QImage, other: QImage) -> QRectF:
    """Return the rectangle in which two pictures differ, from a coarse look."""
    step = 3
    points = [
        (x, y)
        for y in range(0, one.height(), step)
        for x in range(0, one.width(), step)
        if one.pixel(x, y) != other.pixel(x, y)
    ]
    if not points:
        return QRectF()
    xs, ys = zip(*points, strict=True)
    return QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


class TestSizes:
    def test_the_time_left_is_53_mm_high_on_a_24_inch_screen(
        self, view: TraineeView, fake_stage: FakeStage
    ) -> None:
        image = picture(view, fake_stage)
        place = view._layout.number
        digits = QRectF(place.left(), place.top(), 0.4 * place.width(), place.height())
        rows = ink_rows(image, digits, theme.PALETTE.text)
        assert (rows[-1] - rows[0] + 1) * 0.277 >= 53.0

    @pytest.mark.parametrize("phase", list(Phase))
    @pytest.mark.parametrize("virtual", [True, False])
    def test_every_word_is_25_mm_high(
        self,
        view: TraineeView,
        fake_stage: FakeStage,
        phase: Phase,
        virtual: bool,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        heights: list[tuple[float, str]] = []

        def line(*args: Any) -> Any:
            font = fit(*args)
            heights.append((QFontMetricsF(font).capHeight(), args[0]))
            return font

        def paragraph(*args: Any) -> Any:
            font, used = fit_paragraph(*args)
            heights.append((QFontMetricsF(font).capHeight(), args[0]))
            return font, used

        fit, fit_paragraph = trainee_text.fit_line, trainee_text._fit_paragraph
        monkeypatch.setattr(trainee_text, "fit_line", line)
        monkeypatch.setattr(trainee_text, "_fit_paragraph", paragraph)
        picture(view, fake_stage, phase=phase, virtual=virtual)
        assert len(heights) >= 2
        small = [(h, text) for h, text in heights if h * 0.277 < 24.5]
        assert not small

    def test_a_dot_is_30_mm_wide_and_the_zone_two_thirds_of_the_view(self) -> None:
        layout = arrange(1920, 1080, square=False, badged=False)
        place = layout.target
        zone = math.radians(5.0)
        target = Target(
            place, "ml", zone, gain(place, "ml", zone), layout.pixels(DOT_MM) / 2
        )
        assert 2 * target.radius * 0.277 >= 30.0
        assert 0.6 <= target.ring().width() / place.width() <= 0.7
        assert pytest.approx(0.65) == FILL

    @pytest.mark.parametrize("size", SIZES)
    @pytest.mark.parametrize("square", [True, False])
    def test_places_lie_inside_the_window_and_do_not_overlap(
        self, size: tuple[int, int], square: bool
    ) -> None:
        layout = arrange(*size, square=square, badged=True)
        run = [layout.top, layout.target, layout.word, layout.footer, layout.ribbon]
        ask = [layout.low_target, layout.footer, layout.ribbon]
        ask += [] if square else [layout.low_word]
        count = [layout.count, layout.beside, layout.target, layout.word, layout.footer]
        for places in (run, ask, count):
            for i, place in enumerate(places):
                assert layout.sheet.contains(place)
                assert not any(place.intersects(other) for other in places[i + 1 :])

    @pytest.mark.parametrize("size", SIZES)
    @pytest.mark.parametrize("phase", list(Phase))
    def test_nothing_is_cut_at_the_edge_of_the_window(
        self,
        view: TraineeView,
        fake_stage: FakeStage,
        size: tuple[int, int],
        phase: Phase,
    ) -> None:
        view.resize(*size)
        image = picture(view, fake_stage, phase=phase, virtual=False)
        ground = QColor(theme.PALETTE.background).rgb()
        w, h = image.width(), image.height()
        edge = [(x, y) for x in range(w) for y in (0, 3, h - 4, h - 1)]
        edge += [(x, y) for y in range(h) for x in (0, 3, w - 4, w - 1)]
        assert {image.pixel(x, y) for x, y in edge} == {ground}

    def test_a_long_refusal_still_fits(
        self, view: TraineeView, fake_stage: FakeStage
    ) -> None:
        said = "The board was turned, not rocked: rest it on the left edge again. " * 2
        image = picture(view, fake_stage, phase=Phase.LEVEL_FIRST, prompt=said)
        footer = ink_rows(image, view._layout.footer, theme.PALETTE.stop)
        assert len(footer) > 80  # the stop sign is whole


class TestWords:
    def test_inside_it_says_level_and_outside_which_side_is_low(
        self, snapshot_of: Callable[..., Snapshot]
    ) -> None:
        out = snapshot_of(tilt=deg(-7.0), inside=False, cue="")
        cued = snapshot_of(tilt=deg(-7.0), inside=False, cue="left")
        back = snapshot_of(tilt=deg(1.0, -7.0), inside=False, axis="both")
        assert shown_side(snapshot_of()) == ""
        assert shown_side(out) == shown_side(cued) == "left"
        assert shown_side(back) == "back"
        assert shown_side(snapshot_of(tilt=None)) == ""

    def test_before_a_run_the_tilt_decides_in_the_axis_of_the_drill(
        self, snapshot_of: Callable[..., Snapshot]
    ) -> None:
        early = {"phase": Phase.COUNTDOWN, "inside": None}
        assert shown_side(snapshot_of(**early, tilt=deg(6.0))) == "right"
        assert shown_side(snapshot_of(**early, tilt=deg(1.0, 9.0))) == ""
        front = snapshot_of(**early, tilt=deg(9.0, 6.0), axis="ap")
        assert shown_side(front) == "front"

    def test_the_run_shows_time_left_share_and_a_bar(
        self, snapshot_of: Callable[..., Snapshot]
    ) -> None:
        made = page(snapshot_of(countdown=17.2), stale=False)
        assert (made.number, made.unit, made.share) == ("18", "s", "72 % in ring")
        assert made.bar == pytest.approx(17.2 / 30)
        assert page(snapshot_of(countdown=0.0), stale=False).number == "0"
        assert page(snapshot_of(countdown=3.0), stale=False).number == "3"

    def test_a_recording_without_an_end_shows_no_time_left(
        self, snapshot_of: Callable[..., Snapshot]
    ) -> None:
        endless = snapshot_of(countdown=math.inf, duration=math.inf)
        made = page(endless, stale=False)
        assert (made.number, made.bar) == ("", None)

    def test_without_a_drill_no_ring_is_shown_and_nothing_said_to_be_low(
        self, snapshot_of: Callable[..., Snapshot]
    ) -> None:
        kept = snapshot_of(countdown=None, duration=0.0, prompt="Recording.")
        made = page(kept, stale=False)
        assert not made.target
        assert (made.sentence, made.share, made.number) == ("Recording.", "", "")

    def test_a_set_without_feedback_shows_no_target_and_no_share(
        self, snapshot_of: Callable[..., Snapshot]
    ) -> None:
        made = page(snapshot_of(hide_dot=True), stale=False)
        assert not made.target
        assert made.share == ""
        assert made.sentence.startswith("No picture")
        assert made.number == "18"

    def test_badges_say_what_is_not_live(
        self, snapshot_of: Callable[..., Snapshot]
    ) -> None:
        assert page(snapshot_of(), stale=False).badges == ("VIRTUAL",)
        assert page(snapshot_of(virtual=False), stale=False).badges == ()

    def test_the_edge_follows_the_axis(
        self, snapshot_of: Callable[..., Snapshot]
    ) -> None:
        first = {"phase": Phase.LEVEL_FIRST}
        assert page(snapshot_of(**first), stale=False).sketch == "left"
        assert page(snapshot_of(**first, axis="ap"), stale=False).sketch == "front"

    def test_the_result_is_quality_first_and_three_lines_at_most(
        self, result_of: Callable[..., Result]
    ) -> None:
        told = items(result_of())
        assert told == (
            ("", "Signal good"),
            ("72 %", "in ring"),
            ("", "Next: smaller ring"),
        )
        assert items(result_of(held_on=True))[-1] == ("", "You held on")
        assert items(result_of(ended="stepped-off"))[-1] == ("", "Stepped off")
        assert items(result_of(measures=()))[0] == ("", "Signal good")

    @pytest.mark.parametrize("lost", [0.07, math.nan])
    def test_a_run_that_is_not_scored_shows_words_instead_of_numbers(
        self, result_of: Callable[..., Result], lost: float
    ) -> None:
        bad = Verdict(Grade.NOT_SCORED, ("7 % of samples lost",), lost, 0.6, 0.02)
        told = items(result_of(verdict=bad))
        assert told[0] == ("", "No score this time")
        assert len(told) == 3
        assert not any(figure for figure, _ in told)
        assert not any(ch.isdigit() for _, words in told for ch in words)

    def test_a_fair_run_says_why_beside_the_score(
        self, result_of: Callable[..., Result]
    ) -> None:
        fair = Verdict(Grade.FAIR, ("3 % of samples lost",), 0.03, 0.1, 0.01)
        told = items(result_of(verdict=fair))
        assert told[0] == ("", "Signal fair: a little was lost")
        assert told[1] == ("72 %", "in ring")


class TestDot:
    @pytest.mark.parametrize(
        ("axis", "tilt", "dx", "dy"),
        [
            ("ml", deg(-3.0), -1, 0),
            ("ml", deg(3.0, 4.0), 1, 0),
            ("ap", deg(4.0, 3.0), 0, -1),
            ("ap", deg(0.0, -3.0), 0, 1),
            ("both", deg(2.0, 2.0), 1, -1),
        ],
    )
    def test_it_goes_the_way_the_board_tips(
        self,
        view: TraineeView,
        fake_stage: FakeStage,
        axis: str,
        tilt: tuple[float, float],
        dx: int,
        dy: int,
    ) -> None:
        bare = picture(view, fake_stage, axis=axis, tilt=None)
        dotted = picture(view, fake_stage, axis=axis, tilt=tilt)
        off = changed(bare, dotted).center() - view._layout.target.center()
        assert (_sign(off.x()), _sign(off.y())) == (dx, dy)

    def test_inside_it_is_round_and_outside_a_diamond(
        self, view: TraineeView, fake_stage: FakeStage
    ) -> None:
        for inside, at_corner, at_tip in ((True, True, False), (False, False, True)):
            tilt = deg(2.0 if inside else 6.0)
            theme_dot = theme.PALETTE.dot if inside else theme.PALETTE.bad
            image = picture(view, fake_stage, inside=inside, tilt=tilt, cue="right")
            target = view._look.target
            middle, _ = target.point(tilt)
            r = target.radius
            corner = image.pixelColor(
                round(middle.x() + 0.64 * r), round(middle.y() + 0.64 * r)
            )
            tip = image.pixelColor(round(middle.x()), round(middle.y() - 1.1 * r))
            assert (corner == QColor(theme_dot)) is at_corner
            assert (tip == QColor(theme_dot)) is at_tip

    @pytest.mark.parametrize("axis", AXES)
    def test_beyond_the_view_it_stays_whole_and_says_so(self, axis: str) -> None:
        place = QRectF(100, 100, 800, 300)
        zone = math.radians(5.0)
        target = Target(place, axis, zone, gain(place, axis, zone), 50)
        for tilt in (deg(60, 60), deg(-60, -60)):
            _, beyond = target.point(tilt)
            assert beyond
            assert place.contains(target.around(tilt))
        assert target.point(deg(0.0)) == (place.center(), False)

    def test_a_set_without_feedback_draws_none(
        self, view: TraineeView, fake_stage: FakeStage
    ) -> None:
        one = picture(view, fake_stage, hide_dot=True, tilt=deg(-3.0))
        other = picture(view, fake_stage, hide_dot=True, tilt=deg(3.0), inside=False)
        assert one == other

    def test_the_gain_stays_while_somebody_stands_on_the_board(
        self, view: TraineeView, fake_stage: FakeStage
    ) -> None:
        picture(view, fake_stage, phase=Phase.COUNTDOWN)
        before = view._look.target
        picture(view, fake_stage, zone=math.radians(2.5))
        during = view._look.target
        picture(view, fake_stage, phase=Phase.READY, zone=math.radians(2.5))
        picture(view, fake_stage, phase=Phase.COUNTDOWN, zone=math.radians(2.5))
        after = view._look.target
        assert during.gain == before.gain
        assert during.ring().width() < before.ring().width()
        assert after.gain == pytest.approx(2 * before.gain)

    def test_a_replay_and_a_live_session_have_the_ring_in_the_same_place(
        self, view: TraineeView, fake_stage: FakeStage
    ) -> None:
        picture(view, fake_stage, virtual=False)
        plain = view._look.target
        picture(view, fake_stage, virtual=True)
        assert view._look.target == plain


class TestStopped:
    def test_a_stale_picture_is_marked_and_differs_from_a_live_one(
        self, view: TraineeView, fake_stage: FakeStage
    ) -> None:
        live = picture(view, fake_stage, tilt=deg(2.0))
        stale = picture(view, fake_stage, tilt=deg(2.0), stale=True)
        assert view._page.banner == ("PICTURE STOPPED", "HOLD THE RAIL")
        around = view._look.target.around(deg(2.0))
        assert changed(live, stale).contains(around.center())
        banner = ink_rows(stale, view._layout.top, theme.PALETTE.bad)
        assert len(banner) > 0.8 * view._layout.top.height()

    def test_it_stays_marked_and_frozen_for_a_moment_after(
        self, view: TraineeView, fake_stage: FakeStage
    ) -> None:
        picture(view, fake_stage, t=10.0, tilt=deg(2.0), stale=True)
        fake_stage.show(t=10.2, tilt=deg(-4.0))
        view.refresh()
        assert view._page.banner
        assert view._tilt == deg(2.0)
        fake_stage.show(t=10.6, tilt=deg(-4.0))
        view.refresh()
        assert not view._page.banner
        assert view._tilt == deg(-4.0)

    def test_a_paused_replay_shows_the_instant_it_was_moved_to(
        self, view: TraineeView, fake_stage: FakeStage
    ) -> None:
        paused = _replay(playing=False)
        picture(view, fake_stage, t=10.0, tilt=deg(2.0), stale=True, replay=paused)
        fake_stage.show(t=10.1, tilt=deg(-7.0), inside=False, replay=paused)
        view.refresh()
        assert not view._page.banner
        assert (view._look.side, view._tilt) == ("left", deg(-7.0))

    def test_a_dot_trembling_on_the_ring_does_not_make_it_flash(
        self, view: TraineeView, fake_stage: FakeStage
    ) -> None:
        sides: list[str] = []
        for i in range(300):  # 5 s of 60 frames, crossing ten times a second
            inside = (i // 3) % 2 == 0
            fake_stage.show(t=20.0 + i / 60, inside=inside, tilt=deg(5.0))
            view.refresh()
            sides.append(view._look.side)
        changes = sum(a != b for a, b in pairwise(sides))
        assert 5 <= changes <= 15  # three flashes a second would be 30

    def test_a_single_step_out_of_the_ring_shows_at_once(
        self, view: TraineeView, fake_stage: FakeStage
    ) -> None:
        picture(view, fake_stage, t=20.0)
        picture(view, fake_stage, t=25.0, inside=False, tilt=deg(6.0))
        assert view._look.side == "right"

    def test_a_failure_to_draw_is_said_and_passes(
        self,
        view: TraineeView,
        fake_stage: FakeStage,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def broken(*_: object) -> None:
            msg = "no ink"
            raise ValueError(msg)

        fake_stage.show()
        with monkeypatch.context() as patch:
            patch.setattr("surefoot.ui.trainee.paint_still", broken)
            view.refresh()
            image = view.grab().toImage()
        assert view.fault == "ValueError: no ink"
        words = QRectF(500, 60, 900, 300)
        assert len(ink_rows(image, words, theme.PALETTE.text)) > 100
        view.grab()
        assert view.fault == ""


class TestKeys:
    @pytest.mark.parametrize(
        ("phase", "key", "sent"),
        [
            (Phase.RUN, Qt.Key.Key_Escape, ("stop", {"why": "key"})),
            (Phase.WAITING, Qt.Key.Key_Escape, ("stop", {"why": "key"})),
            (Phase.RUN, Qt.Key.Key_PageDown, ("stop", {"why": "clicker"})),
            (Phase.COUNTDOWN, Qt.Key.Key_PageUp, ("stop", {"why": "clicker"})),
            (Phase.READY, Qt.Key.Key_Space, ("start", {})),
            (Phase.READY, Qt.Key.Key_PageDown, ("start", {})),
            (Phase.LEVEL_FIRST, Qt.Key.Key_Space, ("level", {"edge": "left"})),
            (Phase.LEVEL_SECOND, Qt.Key.Key_Return, ("level", {"edge": "right"})),
            (Phase.DIRECTION, Qt.Key.Key_Y, ("direction", {"yes": True})),
            (Phase.DIRECTION, Qt.Key.Key_N, ("direction", {"yes": False})),
            (Phase.SUPPORT, Qt.Key.Key_Y, ("support", {"yes": True})),
            (Phase.HELD_ON, Qt.Key.Key_N, ("held-on", {"yes": False})),
            (Phase.RESULT, Qt.Key.Key_Space, ("again", {})),
            (Phase.RUN, Qt.Key.Key_M, ("marker", {"label": "marker", "detail": ""})),
            (Phase.RUN, Qt.Key.Key_Space, None),
            (Phase.SUPPORT, Qt.Key.Key_Space, None),
            (Phase.RUN, Qt.Key.Key_Y, None),
        ],
    )
    def test_they_ask_for_what_fits_the_phase(
        self,
        view: TraineeView,
        fake_stage: FakeStage,
        phase: Phase,
        key: Qt.Key,
        sent: tuple[str, dict[str, Any]] | None,
    ) -> None:
        fake_stage.show(phase=phase)
        QTest.keyClick(view, key)
        assert fake_stage.sent == ([] if sent is None else [sent])

    def test_the_bounce_of_a_pedal_is_one_press(
        self, view: TraineeView, fake_stage: FakeStage
    ) -> None:
        fake_stage.show(phase=Phase.READY)
        QTest.keyClick(view, Qt.Key.Key_PageDown)
        QTest.keyClick(view, Qt.Key.Key_PageDown)
        assert fake_stage.sent == [("start", {})]

    def test_a_replay_is_asked_for_nothing(
        self, view: TraineeView, fake_stage: FakeStage
    ) -> None:
        fake_stage.show(phase=Phase.RUN, replay=_replay(playing=True))
        QTest.keyClick(view, Qt.Key.Key_Escape)
        assert fake_stage.sent == []


class TestDrawing:
    def test_a_moving_dot_costs_a_small_part_of_the_window(
        self, qtbot: QtBot, view: TraineeView, fake_stage: FakeStage
    ) -> None:
        spy = _Painted()
        view.installEventFilter(spy)
        fake_stage.show(tilt=deg(1.0))
        with qtbot.waitExposed(view):
            view.show()
        view.refresh()
        QTest.qWait(1)
        view.repaint()
        spy.areas.clear()
        fake_stage.change(tilt=deg(1.3))
        view.refresh()
        QApplication.processEvents()
        assert spy.areas != []
        assert max(spy.areas) < 0.03 * 1920 * 1080

    def test_nothing_new_is_not_drawn(
        self, qtbot: QtBot, view: TraineeView, fake_stage: FakeStage
    ) -> None:
        spy = _Painted()
        view.installEventFilter(spy)
        fake_stage.show()
        with qtbot.waitExposed(view):
            view.show()
        view.refresh()
        view.repaint()
        spy.areas.clear()
        view.refresh()
        QTest.qWait(1)
        assert spy.areas == []

    @pytest.mark.parametrize("axis", AXES)
    def test_drawing_only_what_changed_gives_the_whole_picture(
        self, qtbot: QtBot, view: TraineeView, fake_stage: FakeStage, axis: str
    ) -> None:
        view.resize(960, 540)
        with qtbot.waitExposed(view):
            view.show()
        for i in range(40):
            tilt = deg(9.0 * math.sin(i / 3), 8.0 * math.cos(i / 4))
            inside = i % 8 < 5
            fake_stage.show(
                t=20.0 + i / 5,
                axis=axis,
                tilt=tilt,
                inside=inside,
                countdown=20.0 - i / 5,
                time_in_zone=i / 40,
            )
            view.refresh()
            QTest.qWait(1)
        window = view.windowHandle()
        shown = window.screen().grabWindow(window.winId(), 0, 0, 960, 540).toImage()
        whole = view.grab().toImage()
        assert _differing(shown, whole) == 0


class _Painted(QObject):
    """Notes how much of a widget each paint covers."""

    def __init__(self) -> None:
        super().__init__()
        self.areas: list[int] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, ARG002
        if event.type() == QEvent.Type.Paint:
            self.areas.append(sum(r.width() * r.height() for r in event.region()))
        return False


def _differing(one: QImage, other: QImage) -> int:
    assert one.size() == other.size()
    plain = QImage.Format.Format_RGB32
    one, other = one.convertToFormat(plain), other.convertToFormat(plain)
    return sum(
        one.pixel(x, y) != other.pixel(x, y)
        for y in range(0, one.height(), 2)
        for x in range(0, one.width(), 2)
    )


def _replay(*, playing: bool) -> Any:
    from surefoot.session.snapshot import Replay

    return Replay(position=10.0, duration=60.0, speed=1.0, playing=playing)


def _sign(value: float) -> int:
    return 0 if abs(value) < 6 else (1 if value > 0 else -1)
