"""What a frame costs, and how old a movement is when it is painted."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QTimer

from benchmarks import class_view, curves, replays
from surefoot.session.director import Director
from surefoot.session.opening import Seating, open_live
from surefoot.session.replay import open_replay
from surefoot.session.setup import load_drill
from surefoot.training import Phase, lasting
from surefoot.ui.desk import Desk
from surefoot.ui.therapist import TherapistView
from surefoot.ui.trainee import TraineeView
from surefoot.ui.window import FRAME, application

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from surefoot.session.live import LiveSession
    from surefoot.session.player import Player

RUN = 10.0  # s
FRAME_60 = 1000 / 60  # ms


def report(folder: Path) -> None:
    """Print the figures of the views."""
    recording = folder / "views.mcap"
    ages, busy = live(recording)
    player = open_replay(recording)
    player.send("pause")
    plain = plot_cost()
    print("views: 2 sensors, 30 s of strip charts, no graphics card")
    for name, view, size in (
        ("trainee 1920 x 1080", TraineeView, (1920, 1080)),
        ("therapist 1440 x 900", TherapistView, (1440, 900)),
    ):
        costs = frames(view, player, size)
        share = 100 * costs[0] / FRAME_60
        line = f"{costs[0]:6.2f} ms p50 {costs[1]:6.2f} ms p99"
        print(f"  a frame, {name:<22}{line}  {share:3.0f} % of a frame at 60 Hz")
    therapist = costs[0]
    print(f"  its charts by PlotDataItem      {plain:6.2f} ms p50")
    print(f"  ratio to the whole therapist view {plain / therapist:4.1f}")
    print("live: both views in one window, virtual radio in the same process")
    print(f"  arrival to paint                {ages[0]:6.1f} ms p50 {ages[1]:6.1f} p99")
    print(f"  whole program                   {100 * busy:6.0f} % of a core")
    curves.report()
    class_view.report(recording, folder / "class")
    replays.report(folder)


def live(recording: Path) -> tuple[np.ndarray, float]:
    """Return ages at paint (p50, p99) [ms], and the share of a core of it all."""
    app = application()
    drill = lasting(load_drill("rocker-hold-level"), RUN)
    session = open_live(Seating(virtual="unsteady"), drill, recording)
    session.start()
    desk = Desk(session, on_closed=app.quit, on_palette=lambda: None)
    desk.show(app.screens())
    director, ages, painted = Director(session), [], [0.0]

    def frame() -> None:
        desk.draw()
        app.processEvents()
        age = age_of_dot(session, painted)
        if age is not None:
            ages.append(age)
        if director.step().phase is Phase.HELD_ON:
            app.quit()

    wall, busy = time.monotonic(), time.process_time()
    run_timer(frame)
    busy = (time.process_time() - busy) / (time.monotonic() - wall)
    desk.close()
    session.finish()
    return np.percentile(ages, [50, 99]), busy


def run_timer(frame: Callable[[], None]) -> None:
    """Draw at the pace of the product until Qt is told to quit."""
    timer = QTimer()
    timer.timeout.connect(frame)
    timer.start(FRAME)
    application().exec()
    timer.stop()


def age_of_dot(session: LiveSession, painted: list[float]) -> float | None:
    """Return how long ago the packet of a newly painted dot arrived [ms]."""
    shot = session.snapshot()
    dot, t0 = session.engine.dot, session.engine.t0_ns
    if dot is None or t0 is None or dot.t == painted[0]:
        return None
    painted[0] = dot.t
    link = next(link for link in shot.links if link.role == "board")
    return 1e3 * link.age


def frames(
    make: type[QWidget], player: Player, size: tuple[int, int]
) -> tuple[float, float]:
    """Return the processor time of a frame of one view during a run, p50 and p99."""
    app = application()
    view = make(player)
    view.resize(*size)
    view.show()
    (start, end), *_ = player.snapshot().replay.trials
    costs = []
    for t in np.arange(start, end, FRAME / 1000):
        player.send("seek", t=float(t))
        begun = time.thread_time()
        view.refresh()
        app.processEvents()
        costs.append(1e3 * (time.thread_time() - begun))
    view.close()
    view.deleteLater()
    p50, p99 = np.percentile(costs[10:], [50, 99])
    return float(p50), float(p99)


def plot_cost() -> float:
    """Return what the same curves cost with pyqtgraph's own item, 2 px [ms]."""
    app = application()
    layout = pg.GraphicsLayoutWidget()
    layout.resize(860, 520)
    curves = []
    for row, n in enumerate((2, 1)):
        plot = layout.addPlot(row=row, col=0)
        pens = [pg.mkPen(color, width=2) for color in ("c", "y")]
        curves += [plot.plot(pen=pens[i], antialias=True) for i in range(n)]
    layout.show()
    t = np.arange(3120) / 104
    costs = []
    for i in range(12):
        begun = time.thread_time()
        for curve in curves:
            curve.setData(t, np.sin(t + 0.1 * i))
        app.processEvents()
        costs.append(1e3 * (time.thread_time() - begun))
    layout.close()
    return float(np.median(costs))
