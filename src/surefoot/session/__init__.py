"""One sitting: the loop, the trial, and the frozen picture the views draw."""

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
