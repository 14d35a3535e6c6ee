"""A class of four on one screen for a long time: as quick at the end as at first."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt

from surefoot.session.crew import Crew
from surefoot.session.group_opening import Trainee, open_group
from surefoot.session.replay import replay
from surefoot.session.setup import load_drill
from surefoot.training import lasting
from surefoot.ui.classroom.view import ClassView
from surefoot.ui.window import FRAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from surefoot.session.group import Group

PEOPLE = ("unsteady", "steady", "asymmetric", "tiring")
WARM = 30.0  # s; until caches are full and everybody stands
KEPT = 3.0  # MB a trainee and minute: a run keeps its samples until its result


def memory() -> float:
    """Return what this process holds in memory [MB]."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def watch(group: Group, view: ClassView, seconds: float) -> tuple[list[float], float]:
    """Return what frames cost over a while [ms], and how many came a second."""
    crew, costs = Crew(group), []
    begun = due = time.monotonic()
    while time.monotonic() - begun < seconds:
        crew.step()
        at = time.thread_time()
        view.refresh()
        view.repaint()
        costs.append(1e3 * (time.thread_time() - at))
        due = max(due + FRAME / 1000, time.monotonic())
        time.sleep(max(0.0, due - time.monotonic()))
    return costs, len(costs) / (time.monotonic() - begun)


@pytest.mark.skipif(sys.platform != "linux", reason="reads the memory from /proc")
def test_four_in_view_stay_as_they_were(
    qtbot: QtBot,
    tmp_path: Path,
    count: Callable[[int, int], int],
    say: Callable[[str], None],
) -> None:
    seconds = count(600, 3)
    people = [Trainee(f"P{k}", virtual=name) for k, name in enumerate(PEOPLE)]
    drill = lasting(load_drill("rocker-hold-level"), seconds + 60.0)
    group = open_group(people, drill, tmp_path)
    view = ClassView(group)
    qtbot.addWidget(view)
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.resize(1920, 1080)
    view.show()
    group.start()
    try:
        watch(group, view, WARM * seconds / 600)
        held = memory()
        first, rate = watch(group, view, seconds / 10)
        watch(group, view, 0.8 * seconds)
        last, _ = watch(group, view, seconds / 10)
        grown = memory() - held
        assert view.fault == ""
    finally:
        kept = group.finish()
    p99 = [float(np.percentile(costs, 99)) for costs in (first, last)]
    say(
        f"class of four, {seconds} s: {rate:.0f} frames/s, a frame p99 {p99[0]:.1f} ms "
        f"at first, {p99[1]:.1f} ms at last, memory grew {grown:.1f} MB"
    )
    assert grown < 10.0 + len(people) * KEPT * seconds / 60
    if seconds >= 60:
        assert p99[1] < 2 * p99[0] + 2.0
    for told in kept:
        assert not told.error
        again = replay(told.path)
        (board,) = again["quality"]["sensors"]
        assert (board["packets_lost"], board["refused"]) == (0, 0)
        assert board["samples"] > 0.95 * 104 * (seconds - 2)
        assert again["same_as_live"] == "to the bit"
