"""The loop every session runs, live, virtual or replayed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from surefoot.core import Packet, PacketSource
    from surefoot.session.engine import Engine

PacketSink = Callable[["Packet"], None]


def run(source: PacketSource, engine: Engine, record: PacketSink | None = None) -> None:
    """Take packets until the source ends: record each, then let the engine decide.

    Parameters
    ----------
    source : PacketSource
        A radio, a virtual person or a recording.
    engine : Engine
        Decides.
    record : callable, optional
        Gets every packet before it is decoded, so that no later fault loses one.
    """
    for packet in source.packets():
        if record is not None:
            record(packet)
        engine.feed(packet)
    engine.close()
