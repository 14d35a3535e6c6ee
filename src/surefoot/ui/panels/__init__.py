"""The parts of the therapist view; each draws one frozen picture of the session."""

from __future__ import annotations

from surefoot.ui.panels.card import style_sheet
from surefoot.ui.panels.charts import Charts
from surefoot.ui.panels.drill import DrillCard
from surefoot.ui.panels.languages import Languages
from surefoot.ui.panels.measures import Measures
from surefoot.ui.panels.notes import Notes
from surefoot.ui.panels.sensors import Sensors
from surefoot.ui.panels.sound_switch import SoundSwitch
from surefoot.ui.panels.standing import Quality, Recording
from surefoot.ui.panels.status import Header, Status
from surefoot.ui.panels.target import Target
from surefoot.ui.panels.trial import Settings, Trial

__all__ = [
    "Charts",
    "DrillCard",
    "Header",
    "Languages",
    "Measures",
    "Notes",
    "Quality",
    "Recording",
    "Sensors",
    "Settings",
    "SoundSwitch",
    "Status",
    "Target",
    "Trial",
    "style_sheet",
]
