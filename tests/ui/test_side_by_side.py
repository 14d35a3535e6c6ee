"""Two recordings beside each other: one time, aligned at a run, compared with care."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest

from surefoot.analysis.comparison import Difference
from surefoot.core import RecordingError
from surefoot.session.player import Player
from surefoot.session.setup import Setup, load_drill, sensor
from surefoot.training import lasting
from surefoot.ui import language, theme
from surefoot.ui.side_by_side import run_pair
from surefoot.ui.side_by_side.compared import Compared, compared
from surefoot.ui.side_by_side.desk import PairDesk, PairView
from surefoot.ui.side_by_side.opening import about, open_pair
from surefoot.ui.side_by_side.pair import Half, Pair
from surefoot.ui.side_by_side.telling import besides, told
from surefoot.virtual import VirtualSource, hold_level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.gui
SAMPLES = Path(__file__).parents[2] / "recordings"
RUN = (22.0, 42.0)


@pytest.fixture(scope="module")
def opened() -> Pair:
    return open_pair(SAMPLES / "rocker-steady.mcap", SAMPLES / "rocker-unsteady.mcap")


@pytest.fixture(scope="module")
def twice() -> Half:
    """Two short runs."""
    source = VirtualSource(hold_level(trial_s=6.0, trials=2), person="steady", seed=3)
    sensors = {role: sensor(profile) for role, profile in source.profiles.items()}
    drill = lasting(load_drill("rocker-hold-level"), 6.0)
    player = Player(Setup(sensors, drill, virtual=True), source)
    return Half("twice", "", player, {}, "nothing was measured")


@pytest.fixture
def pair(opened: Pair, twice: Half) -> Pair:
    """One run of the sample on the left, two shorter ones on the right."""
    return Pair(opened.halves[0], twice, clock=lambda: clock[0])


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    clock[0] = 0.0
    yield
    language.use("en")


clock = [0.0]


def test_the_begin_of_a_run_of_each_is_the_same_moment(pair: Pair) -> None:
    pair.send("run", which=1, by=1)
    pair.send("seek", t=pair.origin + 2.0)
    seen = pair.seen()
    assert [one.run for one in seen] == [1, 2]
    for which, one in enumerate(seen):
        run = pair.run(which)
        assert run is not None
        assert one.snapshot.t == pytest.approx(run[0] + 2.0)
        assert one.snapshot.phase == "run"
    assert pair.trials(1)[0] != pair.run(1) == pair.trials(1)[1]


def test_another_run_keeps_the_moment_within_the_run(pair: Pair) -> None:
    pair.send("seek", t=pair.origin + 2.0)
    before = pair.seen()[0].snapshot.t
    pair.send("run", which=1, by=1)
    after = pair.seen()
    assert after[0].snapshot.t == pytest.approx(before)
    assert after[1].snapshot.t == pytest.approx(pair.trials(1)[1][0] + 2.0)
    pair.send("run", which=1, by=1)  # there is no third
    assert pair.seen()[1].run == 2


def test_before_its_begin_and_after_its_end_a_recording_stands_still(
    pair: Pair,
) -> None:
    pair.send("run", which=1, by=1)  # then the right one begins earlier than the left
    pair.send("seek", t=0.0)
    places = [one.place for one in pair.seen()]
    assert sorted(places) == [-1, 0]
    late = places.index(-1)
    assert pair.seen()[late].snapshot.t == 0.0
    pair.send("seek", t=pair.duration)
    assert sorted(one.place for one in pair.seen()) == [0, 1]
    assert not any(one.snapshot.stale for one in pair.seen())


def test_it_plays_and_pauses_both_at_the_speed_that_was_asked(pair: Pair) -> None:
    at = pair.position
    pair.send("speed", factor=4.0)
    pair.send("play")
    clock[0] = 1.5
    assert pair.position == pytest.approx(at + 6.0)
    assert all(one.snapshot.replay.playing for one in pair.seen())
    pair.send("pause")
    clock[0] = 9.0
    assert pair.position == pytest.approx(at + 6.0)
    pair.send("play")
    clock[0] = 999.0
    assert pair.position == pair.duration
    assert not pair.snapshot().replay.playing  # the end is the end
    pair.send("play")
    assert pair.position == 0.0


class TestCompared:
    def found(self, opened: Pair, which: int = 1, **known: Any) -> dict[str, Any]:
        found = dict(opened.halves[which].found)
        around = [{**one, **known} for one in found["circumstances"]]
        return {**found, "circumstances": around}

    def test_the_same_measure_of_both_and_what_lies_between(self, opened: Pair) -> None:
        first, second = (half.found for half in opened.halves)
        made = compared(first, second, (RUN, RUN))
        values = [
            next(m["value"] for m in one["measures"] if m["name"] == "time_in_zone")
            for one in (first, second)
        ]
        away = 100 * (values[1] - values[0])
        assert (made.title, made.first) == ("Time in ring", "100 %")
        assert made.difference == f"\N{MINUS SIGN}{-away:.0f} percentage points"
        assert told(made).startswith("Time in ring: 100 % left, ")
        assert "says nothing about progress" in besides(made)
        assert "Not told of either: board, stance" in besides(made)

    def test_what_may_not_be_compared_has_no_difference(self, opened: Pair) -> None:
        other = self.found(opened, vision="closed")
        this = self.found(opened, 0, vision="open")
        made = compared(this, other, (RUN, RUN))
        assert made.difference == ""
        assert made.forbids == (Difference("vision", "open", "closed", forbids=True),)
        assert told(made).endswith("Not compared: vision: open against closed")
        assert besides(made) == ""

    def test_another_zone_forbids_the_time_in_the_ring(self, opened: Pair) -> None:
        other = self.found(opened, zone=0.05)
        made = compared(opened.halves[0].found, other, (RUN, RUN))
        assert [one.what for one in made.forbids] == ["zone"]

    def test_the_declared_measure_goes_first(self, opened: Pair) -> None:
        first = {**opened.halves[0].found, "primary": "tilt_rms"}
        made = compared(first, first, (RUN, RUN))
        assert (made.title, made.difference) == ("Typical tilt", "+0.0°")

    def test_a_run_without_a_value_says_why(self, opened: Pair) -> None:
        lost = open_pair(*[SAMPLES / "rocker-sensor-lost.mcap"] * 2).halves[0].found
        made = compared(opened.halves[0].found, lost, (RUN, (22.0, 32.0)))
        assert made.difference == ""
        assert "sensor lost" in told(made)
        elsewhere = compared(lost, opened.halves[0].found, (RUN, (1.0, 2.0)))
        assert "this run was not measured" in told(elsewhere)

    def test_it_is_told_in_the_language_in_use(self, opened: Pair) -> None:
        first, second = (half.found for half in opened.halves)
        language.use("de")
        made = compared(first, second, (RUN, RUN))
        assert told(made).startswith("Zeit im Ring: 100 % links, ")
        assert "Unterschied: " in told(made)


class TestView:
    @pytest.fixture
    def view(self, qtbot: QtBot, pair: Pair) -> PairView:
        made = PairView(pair)
        qtbot.addWidget(made)
        made.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        made.resize(1600, 900)
        made.show()
        made.refresh()
        return made

    def test_both_have_name_date_run_and_one_scale(self, view: PairView) -> None:
        left, right = view.sides
        assert left.accessibleName().startswith("rocker-steady, 2026-01-05")
        assert right.run.whole == "Run 1 of 2"
        assert not right.previous.isEnabled()
        assert left.span == right.span > 0
        assert left.chart is not None
        assert view.told.whole == "Not compared: nothing was measured"

    def test_the_dot_of_each_is_where_its_recording_had_it(
        self, view: PairView, pair: Pair
    ) -> None:
        pair.send("seek", t=pair.origin + 3.0)
        view.refresh()
        for which, side in enumerate(view.sides):
            run = pair.run(which)
            assert run is not None
            straight = pair.halves[which].player.at(run[0] + 3.0)
            assert side.trainee._tilt == straight.tilt
        assert view.sides[0].trainee._tilt != view.sides[1].trainee._tilt

    def test_the_lanes_lie_as_the_recordings_do(
        self, view: PairView, pair: Pair
    ) -> None:
        bar = view.timeline.bar
        first, second = bar._lanes
        assert first.trials[0][0] == second.trials[0][0] == pair.origin
        view.sides[1].next.click()
        view.refresh()
        assert bar._lanes[1].chosen == 1
        assert bar._lanes[1].trials[1][0] == bar._lanes[0].trials[0][0] == pair.origin
        assert view.sides[1].run.whole == "Run 2 of 2"
        assert "" not in {view.timeline.clock.text(), view.told.whole}

    def test_a_half_without_a_run_is_said(
        self, qtbot: QtBot, pair: Pair, opened: Pair
    ) -> None:
        bare = _NoRun(pair.halves[0].player)
        half = replace(opened.halves[0], player=bare)  # pyright: ignore[reportArgumentType]
        made = PairView(Pair(half, opened.halves[1]))
        qtbot.addWidget(made)
        made.refresh()
        assert made.sides[0].run.whole == "No run in this recording"
        assert made.told.whole == "Not compared: no run"


class _NoRun:
    """A player of a recording in which nothing was run."""

    def __init__(self, player: Player) -> None:
        self.duration = player.duration
        self._player = player

    def at(self, t: float) -> Any:
        shot = self._player.at(t)
        assert shot.replay is not None
        return replace(shot, replay=replace(shot.replay, trials=()))

    def close(self) -> None:
        pass


class TestDesk:
    @pytest.fixture
    def desk(self, pair: Pair, qapp: QApplication) -> Iterator[PairDesk]:
        self.closed: list[int] = []
        made = PairDesk(pair, lambda: self.closed.append(1))
        made.show()
        yield made
        made.close()
        qapp.processEvents()

    def test_the_keys_of_the_timeline_move_both(
        self, desk: PairDesk, pair: Pair
    ) -> None:
        at = pair.position
        QTest.keyClick(desk.view.sides[0].trainee, Qt.Key.Key_Right)
        assert pair.position == pytest.approx(at + 1.0)
        QTest.keyClick(desk.view, Qt.Key.Key_Home)
        assert pair.position == 0.0
        QTest.keyClick(desk.view, Qt.Key.Key_Space)
        assert pair.snapshot().replay.playing

    def test_f7_and_f8_choose_the_run(self, desk: PairDesk, pair: Pair) -> None:
        for key, runs in (("F8", [1, 2]), ("F7", [1, 2]), ("Shift+F8", [1, 1])):
            _shortcut(desk, key).activated.emit()
            assert [one.run for one in pair.seen()] == runs

    def test_dark_and_light_and_language(self, desk: PairDesk) -> None:
        dark = theme.PALETTE.dark
        _shortcut(desk, "F3").activated.emit()
        assert theme.PALETTE.dark is not dark
        _shortcut(desk, "F4").activated.emit()
        assert desk.window.windowTitle() == "Surefoot: nebeneinander"
        assert desk.view.sides[1].run.text() == "Durchgang 1 von 2"
        assert desk.faults.text() == ""

    def test_closing_it_asks_nothing(self, desk: PairDesk) -> None:
        desk.window.close()
        assert self.closed == [1]


def _shortcut(desk: PairDesk, key: str) -> QShortcut:
    found = desk.window.findChildren(QShortcut)
    return next(one for one in found if one.key().toString() == key)


@pytest.mark.usefixtures("qapp")
def test_it_shows_and_closes_by_itself(pair: Pair) -> None:
    assert run_pair(pair, seconds=0.1) == 0


def test_progress_reaches_the_end_and_never_goes_back() -> None:
    shares: list[float] = []
    path = SAMPLES / "rocker-clicker.mcap"
    open_pair(path, path, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_second_file_that_is_none_is_said_first(tmp_path: Path) -> None:
    shares: list[float] = []
    with pytest.raises(RecordingError, match="nothing-here"):
        open_pair(
            SAMPLES / "rocker-steady.mcap", tmp_path / "nothing-here", shares.append
        )
    assert shares == []


@pytest.mark.parametrize(
    ("session", "said"),
    [
        ({}, ""),
        ({"person": "p-07", "started": "soon"}, "p-07"),
        ({"person": None, "started": None}, ""),
    ],
)
def test_what_is_not_known_of_a_session_is_left_out(
    session: dict[str, Any], said: str
) -> None:
    assert about(session) == said


def test_nothing_compared_has_nothing_beside_it() -> None:
    assert besides(Compared(missing=("no run",))) == ""
