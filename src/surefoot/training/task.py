"""What a drill asks for while it runs: one task, told in numbers a therapist can edit.

Angles in radians, lengths in metres, times in seconds; a drill file says degrees and
millimetres.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import radians
from typing import Literal

Signal = Literal["tilt", "lean", "cop", "angle", "none"]
"""Where the dot comes from.

``tilt``: a board that was levelled; ``(ml, ap)`` [rad].
``lean``: a sensor on the body after standing still and bending forward once;
``(ml, ap, acc, turn)`` [rad, rad, m/s^2 beyond gravity, rad/s].
``cop``: a board with load cells after standing still; ``(ml, ap, load)`` [m, m, N].
``angle``: a sensor on the part of the body that moves, after being still;
``(angle, turn)`` [rad, rad/s].
``none``: no sensor; what was done is entered.
"""
SIGNALS: tuple[Signal, ...] = ("tilt", "lean", "cop", "angle", "none")


@dataclass(frozen=True, slots=True)
class Hold:
    """Keep the dot in the zone.

    Attributes
    ----------
    at : (float, float)
        Centre of the zone, in the unit of the dot.
    """

    at: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Follow:
    """Follow a moving target.

    Attributes
    ----------
    path : {"sine-ml", "sine-ap", "circle", "walk", "steps-ml", "steps-ap"}
        To and fro; round; a smooth random walk; from side to side with a stay.
    size : float
        Amplitude, in the unit of the dot.
    period : float
        Of one to and fro, or one circle [s].
    """

    path: str = "sine-ml"
    size: float = radians(5)
    period: float = 8.0


@dataclass(frozen=True, slots=True)
class Stand:
    """Stand quietly; nothing is shown. Keys tell what makes it invalid or an error.

    Attributes
    ----------
    best : bool
        The result is how long it was held, the best set counts; else it is the sway.
    errors : bool
        Keys count errors and the run goes on; else they end it.
    most_errors : int
        Counted at most.
    """

    best: bool = False
    errors: bool = False
    most_errors: int = 10


@dataclass(frozen=True, slots=True)
class Reach:
    """Lean to targets around, one after the other, as far as is safe.

    Attributes
    ----------
    targets : tuple of float
        Directions from forward towards the right [rad], in order.
    each : float
        Time for one [s].
    distance : float
        Share of the theoretical limit at which the target is shown [1].
    stay : float
        How long inside the target counts as reached [s].
    """

    targets: tuple[float, ...] = ()
    each: float = 8.0
    distance: float = 1.0
    stay: float = 0.25


@dataclass(frozen=True, slots=True)
class Repeat:
    """Repeat a movement along a template.

    Attributes
    ----------
    repetitions : int
        How many.
    range : float
        The whole way, where no template was captured [rad].
    portion : float
        Of the whole way, 0.25 to 1.1.
    tempo : (float, float, float)
        Out, hold, back [s].
    range_band, tempo_band : float
        A repetition is clean within these shares of way and time.
    capture : bool
        These repetitions become the template: any way and tempo is right.
    about : {"bend", "turn"}
        Which angle is meant: the lean of the segment from where it began, or its turn
        about the vertical.
    own : bool
        Only along a movement that was captured: without one it is not begun.
    """

    repetitions: int = 8
    range: float = radians(60)
    portion: float = 1.0
    tempo: tuple[float, float, float] = (4.0, 1.0, 4.0)
    range_band: float = 0.10
    tempo_band: float = 0.20
    capture: bool = False
    about: str = "bend"
    own: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Go gently to where it stretches, stay, and come back.

    Attributes
    ----------
    holds : int
        How many.
    stay : float
        How long each [s].
    limit : float
        Share of the pain-free range never to be passed.
    gentle : float
        Fastest that counts as gentle [rad/s].
    """

    holds: int = 3
    stay: float = 20.0
    limit: float = 0.9
    gentle: float = radians(10)


@dataclass(frozen=True, slots=True)
class Reposition:
    """Learn an angle, then find it again without seeing.

    Attributes
    ----------
    learn, find : int
        How often it is shown, and how often found.
    angle : float
        What is learned [rad].
    stay : float
        Stillness that counts as "here" [s].
    """

    learn: int = 3
    find: int = 6
    angle: float = radians(20)
    stay: float = 2.0


@dataclass(frozen=True, slots=True)
class Land:
    """Step down at a cue and stand.

    Attributes
    ----------
    cue : {"told", "time", "side"}
        After a countdown; at a time nobody knows; with a side nobody knows.
    earliest, latest : float
        Of the cue, from the start of the run [s].
    height : float
        Of the step [m], 0.1 at most.
    """

    cue: str = "told"
    earliest: float = 3.0
    latest: float = 3.0
    height: float = 0.1


@dataclass(frozen=True, slots=True)
class Walk:
    """Walk heel to toe; steps off the line are keyed.

    Attributes
    ----------
    steps : int
        How many.
    """

    steps: int = 10


@dataclass(frozen=True, slots=True)
class Log:
    """Do it without a sensor and say what was done.

    Attributes
    ----------
    repetitions : int
        How many are asked for; 0 for time only.
    """

    repetitions: int = 0


Task = Hold | Follow | Stand | Reach | Repeat | Stretch | Reposition | Land | Walk | Log


@dataclass(frozen=True, slots=True)
class Stage:
    """One part of a drill, done one set or more, in one position.

    Attributes
    ----------
    title : str
        Shown before its sets: ``"Eyes closed, on foam"``. Empty in a drill of one part.
    position : tuple of (str, str)
        Axis of the ladders and value, in the axes' order: ``("surface", "foam")``.
    task : Task
        What is asked for.
    sets : int
        How often.
    duration : float
        Longest a set lasts [s].
    rest : float
        Between two sets [s].
    pictures : tuple of bool
        For each set, whether there is a live picture.
    side : {"", "left", "right"}
        Which side does it.
    """

    title: str
    position: tuple[tuple[str, str], ...]
    task: Task
    sets: int = 1
    duration: float = 30.0
    rest: float = 30.0
    pictures: tuple[bool, ...] = (True,)
    side: str = ""
