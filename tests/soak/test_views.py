"""Both views of a live session for a long time: as quick at the end as at first."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from surefoot.session.director import Director
from surefoot.session.opening import Seating, open_live
from surefoot.session.replay import replay
from surefoot.session.setup import load_drill
from surefoot.training import lasting
from surefoot.training.agreed import Agreed
from surefoot.ui.desk import Desk
from surefoot.ui.window import FRAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from surefoot.session.live import LiveSession

pytestmark = [
    pytest.mark.soak,
    pytest.mark.gui,
    pytest.mark.skipif(sys.platform != "linux", reason="reads the memory from /proc"),
]
KEPT = 1.5
"""MB a minute: a run keeps its samples until its result, and the recorder's threads
and Qt's caches come to their size."""
STEP = 20.0  # s; the shortest stretch whose figures are compared


def memory() -> float:
    """Return what this process holds in memory [MB]."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def watch(
    session: LiveSession, desk: Desk, app: QApplication, seconds: float
) -> tuple[list[float], float]:
    """Return what frames cost over a while [ms], and how many came a second."""
    director, costs = Director(session), []
    begun = due = time.monotonic()
    while time.monotonic() - begun < seconds:
        director.step()
        at = time.thread_time()
        desk.draw()
        app.processEvents()
        costs.append(1e3 * (time.thread_time() - at))
        due = max(due + FRAME / 1000, time.monotonic())
        time.sleep(max(0.0, due - time.monotonic()))
    return costs, len(costs) / (time.monotonic() - begun)


def test_both_views_stay_as_they_were(
    qapp: QApplication,
    tmp_path: Path,
    count: Callable[[int, int], int],
    say: Callable[[str], None],
) -> None:
    seconds = float(os.environ.get("SUREFOOT_SOAK_S") or count(600, 3))
    drill = lasting(load_drill("rocker-hold-level"), seconds + 60.0)
    told = Seating(virtual="unsteady")
    agreed = Agreed(rest_pain=0, sets=1)
    session = open_live(told, drill, tmp_path / "long.mcap", agreed=agreed)
    desk = Desk(session, on_closed=lambda: None, on_palette=lambda: None)
    session.start()
    try:
        desk.show(qapp.screens())
        watch(session, desk, qapp, 0.1 * seconds)
        held = memory()
        first, rate = watch(session, desk, qapp, seconds / 10)
        watch(session, desk, qapp, 0.7 * seconds)
        last, _ = watch(session, desk, qapp, seconds / 10)
        grown = memory() - held
        assert desk.faults.text() == ""
    finally:
        desk.close()
        path = session.finish()
    p50, p99 = ([float(np.percentile(c, p)) for c in (first, last)] for p in (50, 99))
    say(
        f"two views live, {seconds:g} s: {rate:.0f} frames/s; a frame p50, p99 "
        f"{p50[0]:.1f}, {p99[0]:.1f} ms at first, {p50[1]:.1f}, {p99[1]:.1f} ms at "
        f"last; memory grew {grown:.1f} MB"
    )
    assert grown < 15.0 + KEPT * seconds / 60
    if seconds >= 10 * STEP:
        assert p50[1] < 1.5 * p50[0] + 1.0
    assert path is not None
    again = replay(path)
    assert again["same_as_live"] == "to the bit"
    assert all(one["refused"] == 0 for one in again["quality"]["sensors"])
