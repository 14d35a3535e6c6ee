"""Causal operators on blocks and live meters; all obey the cutting law."""

from surefoot.stream.align import ToBoard
from surefoot.stream.calibrate import Calibrate
from surefoot.stream.chain import Chain
from surefoot.stream.feedback import ZoneCue
from surefoot.stream.lowpass import Lowpass
from surefoot.stream.orientation import Orientation
from surefoot.stream.phase_meter import PhaseMeter
from surefoot.stream.pressure import Pressure
from surefoot.stream.quality_meter import QualityMeter
from surefoot.stream.repetition_meter import Repeated, RepetitionMeter
from surefoot.stream.rest import Rest, RestWindow
from surefoot.stream.rock_axis import RockAxis
from surefoot.stream.step_meter import StepMeter
from surefoot.stream.stepped_off import SteppedOff
from surefoot.stream.stillness import Stillness
from surefoot.stream.sway_meter import SwayMeter
from surefoot.stream.tilt_meter import TiltMeter
from surefoot.stream.trunk_meter import TrunkMeter
from surefoot.stream.unloaded import Unloaded
from surefoot.stream.window_meter import WindowMeter
from surefoot.stream.zigzag import ZigZag

__all__ = [
    "Calibrate",
    "Chain",
    "Lowpass",
    "Orientation",
    "PhaseMeter",
    "Pressure",
    "QualityMeter",
    "Repeated",
    "RepetitionMeter",
    "Rest",
    "RestWindow",
    "RockAxis",
    "StepMeter",
    "SteppedOff",
    "Stillness",
    "SwayMeter",
    "TiltMeter",
    "ToBoard",
    "TrunkMeter",
    "Unloaded",
    "WindowMeter",
    "ZigZag",
    "ZoneCue",
]
