"""`surefoot start`, from the first key to the live window, to the file, and back."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import click
import pytest

from surefoot.cli import start as module
from surefoot.cli.entry import COMMANDS, surefoot
from surefoot.cli.start import carried_out
from surefoot.core import RadioError
from surefoot.recording import open_recording, recordings_folder
from surefoot.session.opening import Seating
from surefoot.training.agreed import Agreed
from surefoot.ui.panels.today import DayPlan
from surefoot.ui.start import Wish
from surefoot.ui.start.due import Due

DRIVEN = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from surefoot.cli.start import start
from surefoot.ui.desk import Window
from surefoot.ui.start.window import StartWindow
from surefoot.ui.window import application

keys = list(sys.argv[1])
seen = []

def look():
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    for window in shown:
        if isinstance(window, StartWindow):
            name = type(window.page).__name__
            if not seen or seen[-1] != name:
                seen.append(name)
            if not keys:
                window.close()
                continue
            key = keys.pop(0)
            QTest.keyClick(window.focusWidget() or window, "\\r" if key == "_" else key)
        elif isinstance(window, Window):
            seen.append("live")
            window.close()

application()
timer = QTimer()
timer.timeout.connect(look)
timer.start(60)
start.main([], standalone_mode=False)
print(*seen)
"""


def test_train_record_and_open_lead_to_the_live_window_and_back() -> None:
    done = subprocess.run(
        [sys.executable, "-c", DRIVEN, "T___R_O_"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    trained = "Home Which Fix Catalogue live"
    recorded = "Home live Afterwards"  # the sensors are known by now
    opened = "Home Recordings live Home"
    assert done.stdout.splitlines()[-1] == f"{trained} {recorded} {opened}"
    paths = sorted(recordings_folder().glob("*.mcap"))
    sessions = [open_recording(path).header.session for path in paths]
    assert [session["drill"] for session in sessions] == ["rocker-hold-level", None]
    assert all(session["virtual"] for session in sessions)


def test_without_a_screen_it_is_told_in_one_line(run, monkeypatch) -> None:
    monkeypatch.setitem(COMMANDS, "start", "surefoot.cli.start:start")
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    told = run("start")
    assert told.status == 1
    assert "expected a screen" in told.complaint


@pytest.mark.parametrize("platform", ["offscreen", "minimal", ""])
def test_alone_it_prints_the_help_where_no_window_is_seen(
    monkeypatch, platform
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    context = click.Context(surefoot)
    with pytest.raises(click.exceptions.NoArgsIsHelpError) as told:
        module.alone(context)
    assert told.value.exit_code == 2
    assert "Usage:" in told.value.message


def test_alone_it_opens_the_window_where_there_is_a_screen(monkeypatch) -> None:
    begun: list[bool] = []
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setattr(module, "begin", lambda: begun.append(True))
    module.alone(click.Context(surefoot))
    assert begun == [True]


def test_what_cannot_be_done_is_told_and_not_raised() -> None:
    came = carried_out(
        Wish("drill", Seating({"board": "no-such"}), "rocker-hold-level")
    )
    assert "no-such" in came.trouble
    assert came.path is None
    gone = carried_out(Wish("drill", Seating(virtual="steady"), "no-such-drill"))
    assert "no-such-drill" in gone.trouble


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RadioError("Bluetooth: off"), "Bluetooth: off"),
        (OSError(28, "No space left on device", "/x"), "No space left on device: /x"),
        (click.UsageError("no sensor"), "no sensor"),
    ],
)
def test_every_failure_comes_back_in_words(monkeypatch, error, told) -> None:
    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr("surefoot.cli.sitting.seated", fail)
    came = carried_out(Wish("record", Seating(virtual="steady")))
    assert came.trouble == told


def named(name: str, title: str) -> Any:
    return type("Item", (), {"name": name, "title": title})


class TestProgramme:
    """What was due is done as the programme says, and written into it."""

    @pytest.fixture
    def played(self, monkeypatch) -> list[Any]:
        told: list[Any] = []
        plans: list[Any] = []

        class Session:
            recorder = None
            engine = "engine"

        def seated(_told: dict[str, Any], drill: str, agreed: Agreed) -> Session:
            told.append((drill, agreed))
            return Session()

        item = type("Item", (), {"drill": "rocker-hold-level", "name": "rocker"})
        monkeypatch.setattr("surefoot.cli.sitting.seated", seated)
        monkeypatch.setattr(
            "surefoot.cli.live.shown", lambda *told_: plans.append(told_[2])
        )
        items = (named("rocker", "Rocker"), named("bridge", "B"))
        why = {"rocker": "The range is reached."}
        due = Due("items", "", items, why=why)
        monkeypatch.setattr("surefoot.ui.start.due.due_today", lambda *_: due)
        link = "surefoot.session.programme_link"
        monkeypatch.setattr(f"{link}.due", lambda *_: (item, Agreed(rest_pain=2)))
        monkeypatch.setattr(
            f"{link}.log_block", lambda *a: told.extend((a, *plans)) or []
        )
        return told

    def test_a_block_is_written(self, played, monkeypatch) -> None:
        block = "surefoot.session.programme_link.block_of"
        monkeypatch.setattr(block, lambda engine, name, _day: (engine, name))
        wish = Wish("drill", Seating({"board": "x"}), "other", "P-001", "rocker")
        came = carried_out(wish)
        assert played[0] == ("rocker-hold-level", Agreed(rest_pain=2))
        assert played[1] == ("P-001", ("engine", "rocker"))
        assert came.said == ("Written into the programme.",)
        assert played[2] == DayPlan("P-001", "Rocker", "The range is reached.", ("B",))

    def test_nothing_done_is_nothing_written(self, played, monkeypatch) -> None:
        block = "surefoot.session.programme_link.block_of"
        monkeypatch.setattr(block, lambda *_: None)
        wish = Wish("drill", Seating({"board": "x"}), "other", "P-001", "rocker")
        assert carried_out(wish).said == ("Nothing was done; nothing is written down.",)
        assert len(played) == 1


def test_the_loop_ends_when_the_window_is_closed(monkeypatch) -> None:
    wishes = iter([Wish("replay"), None])
    asked: list[Any] = []

    def ask(came: Any = None) -> Wish | None:
        asked.append(came)
        return next(wishes)

    monkeypatch.setattr("surefoot.ui.start.window.ask", ask)
    module.begin()
    assert asked[0] is None
    assert asked[1].trouble == ""
