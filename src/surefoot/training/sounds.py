"""Which sounds a session makes, decided from its events alone.

What is heard changes how people move, so it is decided like everything else: the same
events give the same sounds, live and replayed. How they sound is not decided here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from surefoot.core import Event, JsonValue
    from surefoot.training.sound_settings import SoundSettings

MARKER = "sound"
"""The label of the marker that says ``"on"`` or ``"off"``."""
WORDS = (
    "Three.",
    "Two.",
    "One.",
    "Close your eyes.",
    "Stop.",
    "Stop. Open your eyes.",
    "Signal lost. Hold on.",
    "Signal lost. Hold on. Open your eyes.",
    "Step down now.",
    "Left foot. Step down now.",
    "Right foot. Step down now.",
)
"""Every sentence that is ever spoken."""
PLACES = {"left": (-1.0, 0), "right": (1.0, 0), "front": (0.0, 1), "back": (0.0, -1)}
"""Pan and height of each side."""

_COUNTED = WORDS[:3]
_CLOSE, _STOP, _STOP_OPEN, _LOST, _LOST_OPEN = WORDS[3:8]
_GO: dict[str, str] = dict(zip(("", "left", "right"), WORDS[8:], strict=True))
_PLAIN = {"learned": "mark", "there": "mark", "hold": "mark", "too-far": "warn"}
_SPEAKING = 1.5  # s that "Close your eyes." is given before a number may cut it short
_MOST = 1e6  # no number of degrees is larger
_SLACK = 1e-6  # s; planned times are sums of rounded numbers


@dataclass(frozen=True, slots=True)
class Sound:
    """One sound.

    Attributes
    ----------
    kind : str
        ``"countdown"``, ``"start"``, ``"end"``, ``"lost"``; ``"cue"`` outside the zone;
        ``"go"``: step down now; ``"mark"``: that was taken, an angle or a hold;
        ``"warn"``: too far; ``"say"`` with words only.
    t : float
        When it is heard [s since session start], in whole milliseconds.
    pan : float
        -1 (left) to 1 (right).
    height : int
        1 for the front, -1 for the back, 0 for anything else.
    amount : float
        How far outside the zone: 0 at its edge, 1 at twice its radius and beyond.
    words : str
        A sentence of `WORDS`, or nothing.
    """

    kind: str
    t: float
    pan: float = 0.0
    height: int = 0
    amount: float = 0.0
    words: str = ""


@dataclass(frozen=True, slots=True)
class SoundPlan:
    """What the events do not tell and the sounds depend on.

    Attributes
    ----------
    zone : float
        Radius of the zone until an event changes it, as the cues tell it: in degrees,
        or millimetres of a centre of pressure; 0 when it is not known: then every cue
        sounds as at the edge.
    countdown : float
        Length of the countdown [s]; 0 when it is not known: nothing is counted.
    eyes_closed : bool
        Whether the trainee cannot see the screen.

    An event ``set`` may tell both anew (``countdown``, ``vision``) for what follows.
    """

    zone: float = 0.0
    countdown: float = 0.0
    eyes_closed: bool = False


@dataclass(slots=True)
class Score:
    """Turns events into sounds, one after the other.

    Parameters
    ----------
    settings : SoundSettings
        What is wanted; the volume and the timbre change nothing here.
    plan : SoundPlan
        May be replaced at any time; it holds for the events that follow.
    """

    settings: SoundSettings
    plan: SoundPlan = field(default_factory=SoundPlan)
    _planned: list[Sound] = field(default_factory=list["Sound"])
    _running: bool = False
    _begun: bool = False
    _picture: bool = True

    def take(self, event: Event) -> tuple[Sound, ...]:
        """Return the sounds that were due before an event, and its own.

        An event that says nothing here, or whose details are not as they should be,
        makes no sound.
        """
        before = self.due(event.t - _SLACK)
        return before + self._heard(self._made(event))

    def due(self, t: float) -> tuple[Sound, ...]:
        """Return what was planned for a time up to ``t`` [s], once."""
        now = [sound for sound in self._planned if sound.t <= t + _SLACK]
        self._planned = self._planned[len(now) :]
        self._begun = self._begun or any(sound.kind == "start" for sound in now)
        return self._heard(now)

    def _made(self, event: Event) -> list[Sound]:
        told = event.detail
        if event.name == "phase":
            return self._phase(str(told.get("phase", "")), event.t)
        if event.name == "cue":
            return self._cue(event)
        if event.name == "target" and told.get("kind") == "step-down":
            side = str(told.get("side", ""))
            go = _sound("go", event.t, _GO.get(side, _GO[""]))
            return [replace(go, pan=PLACES.get(side, (0.0, 0))[0])]
        if event.name in _PLAIN:
            return [_sound(_PLAIN[event.name], event.t)]
        if event.name in {"run-end", "countdown-stopped"}:
            return self._ended(event.name, str(told.get("why", "")), event.t)
        self._note(event.name, told)
        return []

    def _note(self, name: str, told: Mapping[str, JsonValue]) -> None:
        """Take note of what changes the sounds to come."""
        if name == "zone":
            zone = _number(told.get("degrees", told.get("mm")))
            self.plan = replace(self.plan, zone=zone) if zone > 0.0 else self.plan
        elif name == "set":
            self._picture = told.get("picture") is not False
            self._set(told)
        elif name == "marker" and told.get("label") == MARKER:
            self.settings = replace(self.settings, on=told.get("detail") != "off")

    def _set(self, told: Mapping[str, JsonValue]) -> None:
        countdown, vision = _number(told.get("countdown")), told.get("vision")
        if countdown > 0.0:
            self.plan = replace(self.plan, countdown=countdown)
        if isinstance(vision, str):
            self.plan = replace(self.plan, eyes_closed=vision == "closed")

    def _phase(self, phase: str, t: float) -> list[Sound]:
        if phase == "countdown":
            self._begun = False
            return self._count(t)
        self._running = phase == "run"
        late = [] if self._begun or not self._running else [_sound("start", t)]
        self._planned = []
        self._begun = self._begun or self._running
        return late

    def _count(self, t: float) -> list[Sound]:
        """Plan the numbers and the start; return what is said at once."""
        start = t + self.plan.countdown
        closing = self.plan.eyes_closed and self.plan.countdown > 0.0
        free = t + _SPEAKING if closing else t - _SLACK
        numbers = [
            _sound("countdown", start - left, words=word)
            for left, word in zip((3.0, 2.0, 1.0), _COUNTED, strict=True)
            if start - left >= free
        ]
        planned = [*numbers, _sound("start", start)]
        self._planned = planned if self.plan.countdown > 0.0 else []
        return [_sound("say", t, words=_CLOSE)] if closing else []

    def _cue(self, event: Event) -> list[Sound]:
        told, zone = event.detail, self.plan.zone
        if not self._picture or "kind" in told:
            return []  # a set without feedback, or told by a target
        pan, height = PLACES.get(str(told.get("side", "")), (0.0, 0))
        away = _number(told.get("deg", told.get("mm")))
        far = (away - zone) / zone if zone > 0.0 else 0.0
        amount = round(min(1.0, max(0.0, far)), 3)
        cue = _sound("cue", event.t)
        return [replace(cue, pan=pan, height=height, amount=amount)]

    def _ended(self, name: str, why: str, t: float) -> list[Sound]:
        under_way = self._running or name == "countdown-stopped"
        if not under_way or why == "cut-off":
            return []
        closed = self.plan.eyes_closed
        if why == "sensor-lost":
            return [_sound("lost", t, words=_LOST_OPEN if closed else _LOST)]
        return [_sound("end", t, words=_STOP_OPEN if closed else _STOP)]

    def _heard(self, sounds: list[Sound]) -> tuple[Sound, ...]:
        """Return what the settings leave of some sounds."""
        if not self.settings.on:
            return ()
        left = [s for s in sounds if self.settings.cues or s.kind != "cue"]
        if self.settings.speech:
            return tuple(left)
        return tuple(replace(sound, words="") for sound in left)


def sounds_of(
    events: Iterable[Event],
    plan: SoundPlan,
    settings: SoundSettings,
    end: float | None = None,
) -> tuple[Sound, ...]:
    """Return the sounds of a session, in the order in which they were decided.

    Parameters
    ----------
    events : iterable of Event
        All events of the session, in their order. Without any there are no sounds.
    plan : SoundPlan
        Zone, countdown and eyes at the beginning.
    settings : SoundSettings
        As at the beginning; markers labelled ``"sound"`` turn it off and on.
    end : float, optional
        End of the session [s]: what was planned for later is not heard. The time of
        the last event unless told.
    """
    score, made, last = Score(settings, plan), list[Sound](), -math.inf
    for event in events:
        made.extend(score.take(event))
        last = event.t
    made.extend(score.due(last if end is None else end))
    return tuple(made)


def _sound(kind: str, t: float, words: str = "") -> Sound:
    return Sound(kind, round(t, 3), words=words)


def _number(value: JsonValue) -> float:
    """Return a finite number, or -1."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return -1.0
    return float(value) if abs(value) < _MOST else -1.0
