"""One sitting: the loop, the trial, and the frozen picture the views draw."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from surefoot.session.engine import Engine
    from surefoot.session.live import LiveSession
    from surefoot.session.opening import open_live, remember
    from surefoot.session.player import Player
    from surefoot.session.replay import open_replay
    from surefoot.session.setup import Sensor, Setup, from_header, load_drill, sensor
    from surefoot.session.snapshot import Snapshot, Stage

__all__ = [
    "Engine",
    "LiveSession",
    "Player",
    "Sensor",
    "Setup",
    "Snapshot",
    "Stage",
    "from_header",
    "load_drill",
    "open_live",
    "open_replay",
    "remember",
    "sensor",
]

# nothing is imported before it is asked for: most commands need a small part of it
_MODULES = {
    "Engine": "engine",
    "LiveSession": "live",
    "Player": "player",
    "Sensor": "setup",
    "Setup": "setup",
    "Snapshot": "snapshot",
    "Stage": "snapshot",
    "from_header": "setup",
    "load_drill": "setup",
    "open_live": "opening",
    "open_replay": "replay",
    "remember": "opening",
    "sensor": "setup",
}


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return getattr(import_module(f"surefoot.session.{_MODULES[name]}"), name)
    msg = f"module 'surefoot.session' has no attribute {name!r}"
    raise AttributeError(msg)
