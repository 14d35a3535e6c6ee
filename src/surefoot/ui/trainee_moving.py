"""What moves on the trainee's screen over what stands still, and what it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.training import Phase
from surefoot.ui.trainee_movement import (
    draw_gauge,
    draw_own,
    gauge_scale,
    panels,
    turn_place,
)
from surefoot.ui.trainee_target import ahead, draw_dot, draw_others, draw_ring

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter

    from surefoot.session.snapshot import Snapshot
    from surefoot.training.aim import Movement
    from surefoot.ui.trainee_layout import Layout
    from surefoot.ui.trainee_page import Page
    from surefoot.ui.trainee_target import Target

Place = tuple[float, float]


class Moving:
    """The dot and its ring, the movement beside the one asked for, or the gauge."""

    def __init__(self) -> None:
        self._layout: Layout | None = None
        self._page: Page | None = None
        self._target: Target | None = None
        self._tilt: Place | None = None
        self._gauge: tuple[float, float | None] | None = None
        self._scale = 0.0

    def take(
        self,
        layout: Layout,
        made: Page,
        target: Target | None,
        tilt: Place | None,
        snapshot: Snapshot,
    ) -> list[QRectF]:
        """Take what is to be shown; return where it differs from what was."""
        gauge = self._gauge_of(made, tilt, snapshot)
        places = self._dots(target, tilt)
        if gauge != self._gauge:
            places.append(layout.target)
        if _trace(made) != _trace(self._page):
            places += [*panels(layout), turn_place(layout)]
        self._layout, self._page = layout, made
        self._target, self._tilt, self._gauge = target, tilt, gauge
        return places

    def paint(self, painter: QPainter, side: str) -> None:
        """Draw it."""
        layout, made, target = self._layout, self._page, self._target
        if layout is None or made is None:
            return
        stale = bool(made.banner)
        if target is not None:
            if target.moving:
                draw_ring(painter, target, side, plain=stale)
                draw_others(painter, target)
            if self._tilt is not None and not target.dotless:
                draw_dot(painter, target, self._tilt, side, stale=stale)
        if stale:
            return
        if made.movement is not None:
            draw_own(painter, layout, made.movement)
        if self._gauge is not None:
            draw_gauge(painter, layout, self._gauge, self._scale)

    def _dots(self, target: Target | None, tilt: Place | None) -> list[QRectF]:
        """Return what the dot and a ring that moves cover, before and now."""
        places: list[QRectF] = []
        for one, dot in ((self._target, self._tilt), (target, tilt)):
            if one is None or (one == self._target == target and tilt == self._tilt):
                continue
            if one.moving:
                places.append(ahead(one))
            if dot is not None:
                places.append(one.around(dot))
        return places

    def _gauge_of(
        self, made: Page, tilt: Place | None, snapshot: Snapshot
    ) -> tuple[float, float | None] | None:
        if made.phase is not Phase.RUN:
            self._scale = 0.0  # it does not change within a set but to hold more
        if not made.gauge or snapshot.aim is None:
            return None
        goal = snapshot.aim.at[1]
        most = max(goal, snapshot.doing.extent)
        self._scale = max(self._scale, gauge_scale(most))
        return goal, None if tilt is None else tilt[1]


def _trace(made: Page | None) -> tuple[Movement | None, bool]:
    return (None, False) if made is None else (made.movement, bool(made.banner))
