"""`surefoot start`, from the first key to the live window, to the file, and back."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import click
import pytest

from surefoot.cli import start as module
from surefoot.cli.entry import COMMANDS
from surefoot.cli.start import carried_out
from surefoot.core import RadioError
from surefoot.recording import open_recording, recordings_folder
from surefoot.session.opening import Seating
from surefoot.training.agreed import Agreed
from surefoot.ui.start import Wish

if TYPE_CHECKING:
    from pathlib import Path

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
timer.start(150)
start.main([], standalone_mode=False)
print(*seen)
"""


def driven(keys: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", DRIVEN, keys],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_newcomer_gets_to_the_live_window_and_back_by_four_keys() -> None:
    done = driven("T___")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "Home Which Fix Catalogue live Home"
    (path,) = recordings_folder().glob("*.mcap")
    session = open_recording(path).header.session
    assert (session["drill"], session["virtual"]) == ("rocker-hold-level", True)


def test_recording_first_is_asked_about_afterwards() -> None:
    done = driven("R_")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "Home Which live Afterwards"
    (path,) = recordings_folder().glob("*.mcap")
    assert open_recording(path).header.session["drill"] == ""


def test_a_recording_is_opened_and_closed_again() -> None:
    done = driven("O_")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "Home Recordings live Home"


def test_without_a_screen_it_is_told_in_one_line(run, monkeypatch) -> None:
    monkeypatch.setitem(COMMANDS, "start", "surefoot.cli.start:start")
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    told = run("start")
    assert told.status == 1
    assert "expected a screen" in told.complaint


def test_what_cannot_be_done_is_told_and_not_raised() -> None:
    came = carried_out(Wish("drill", Seating({"board": "no-such"}), "rocker-hold-level"))
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


class TestProgramme:
    """What was due is done as the programme says, and written into it."""

    @pytest.fixture
    def played(self, monkeypatch, tmp_path: Path) -> list[Any]:
        told: list[Any] = []

        class Session:
            recorder = None
            engine = "engine"

        def seated(_told: dict[str, Any], drill: str, agreed: Agreed) -> Session:
            told.append((drill, agreed))
            return Session()

        item = type("Item", (), {"drill": "rocker-hold-level", "name": "rocker"})
        monkeypatch.setattr("surefoot.cli.sitting.seated", seated)
        monkeypatch.setattr("surefoot.cli.live.shown", lambda *_: 0)
        link = "surefoot.session.programme_link"
        monkeypatch.setattr(f"{link}.due", lambda *_: (item, Agreed(rest_pain=2)))
        monkeypatch.setattr(f"{link}.log_block", lambda *a: told.append(a) or [])
        return told

    def test_a_block_is_written(self, played, monkeypatch) -> None:
        block = "surefoot.session.programme_link.block_of"
        monkeypatch.setattr(block, lambda engine, name, _day: (engine, name))
        wish = Wish("drill", Seating({"board": "x"}), "other", "P-001", "rocker")
        came = carried_out(wish)
        assert played[0] == ("rocker-hold-level", Agreed(rest_pain=2))
        assert played[1] == ("P-001", ("engine", "rocker"))
        assert came.said == ("Written into the programme.",)

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
