"""Which part of a session a drill is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.analysis.orientation import ACC
from surefoot.session.board import Board
from surefoot.session.body import Body
from surefoot.session.pressed import Pressed
from surefoot.stream.pressure import cells

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.core import Block, StreamInfo
    from surefoot.session.lead import Lead
    from surefoot.session.setup import Sensor
    from surefoot.training import Trial


def lead_of(
    sensor: Sensor, info: StreamInfo, trial: Trial, sink: Callable[[Block], None]
) -> Lead | None:
    """Return the part that a drill's first sensor moves, None if it cannot.

    Parameters
    ----------
    sensor : Sensor
        The sensor of the drill's first role.
    info : StreamInfo
        Of its samples.
    trial : Trial
        Of the drill.
    sink : callable
        Gets every stream a chart can show.
    """
    signal = trial.drill.signal
    if signal == "cop":
        return Pressed(sensor, info, trial, sink) if cells(info) else None
    if ACC[0] not in info.channels:
        return None
    kind = Board if signal == "tilt" else Body
    return kind(sensor, info, trial, sink)
