"""What a session sounds like: hears of every event, plays what it asks for."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from surefoot.training import Phase
from surefoot.training.sounds import MARKER, WORDS, Score, Sound, SoundPlan
from surefoot.ui.sound.synth import after, capped, render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surefoot.core import Event
    from surefoot.session.snapshot import Snapshot, Stage
    from surefoot.training.sound_settings import SoundSettings
    from surefoot.ui.sound.out import SoundOut
    from surefoot.ui.sound.speech import Speech
    from surefoot.ui.sound.synth import Samples

_LATE = 1.0  # s; what is older than this is not news any more
_SPEEDS = (0.5, 2.0)  # a replay that runs slower or faster is silent
_INSTEAD = frozenset({"countdown"})  # a word takes the place of these tones


class Announcer:
    """Looks at every picture of a stage and plays the sounds of its new events.

    It is a view like the others: `refresh` is called once a frame. It raises nothing.

    Parameters
    ----------
    stage : Stage
        A session or a replay.
    settings : SoundSettings
        What is wanted.
    out : SoundOut
        Where samples go.
    speech : Speech
        Where words come from.
    eyes_closed : bool
        Whether the trainee cannot see the screen.
    """

    def __init__(
        self,
        stage: Stage,
        settings: SoundSettings,
        out: SoundOut,
        speech: Speech,
        *,
        eyes_closed: bool = False,
    ) -> None:
        self.settings = settings
        self.heard: list[Sound] = []
        """The newest sounds that were given out, oldest first."""
        self._stage, self._out, self._speech = stage, out, speech
        self._begin = SoundPlan(eyes_closed=eyes_closed)
        self._score = Score(settings, self._begin)
        self._last: Event | None = None
        self._muted = False
        self._broken = ""
        self._prepare()

    @property
    def on(self) -> bool:
        """Whether sounds are wanted now."""
        return self._score.settings.on and not self._muted

    @property
    def status(self) -> str:
        """Empty while sounds are heard or not wanted, else why not."""
        return (self._broken or self._out.status) if self.on else ""

    def turn(self) -> None:
        """Turn sound off or on; a session keeps a marker of it."""
        wanted = not self.on
        self._muted = not wanted
        self._score.settings = replace(self._score.settings, on=wanted)
        self.settings = replace(self.settings, on=wanted)
        if not wanted:
            self._out.hush()
        if self._stage.snapshot().replay is None:
            detail = "on" if wanted else "off"
            self._stage.send("marker", label=MARKER, detail=detail)

    def speak(self, speech: Speech) -> None:
        """Take words from elsewhere: in another language."""
        self._speech.close()
        self._speech = speech
        self._prepare()

    def refresh(self) -> None:
        """Play what is new."""
        if self._broken:
            return
        try:
            self._follow(self._stage.snapshot())
        except Exception as error:  # noqa: BLE001 sound must never end a session
            self._broken = f"Sound stopped ({error}). Everything else works."

    def close(self) -> None:
        """Fall silent and let go of the device."""
        self._speech.close()
        self._out.close()

    def _prepare(self) -> None:
        self._speech.prepare(WORDS if self.settings.speech else ())

    def _follow(self, shot: Snapshot) -> None:
        new = self._new(shot)
        self._look(shot, new)
        made = [sound for event in new for sound in self._score.take(event)]
        made += self._score.due(shot.t)
        if self.on and _audible(shot):
            speed = shot.replay.speed if shot.replay else 1.0
            fresh = [s for s in made if s.t > shot.t - _LATE * max(1.0, speed)]
            for sound in fresh:
                self._play(sound)

    def _new(self, shot: Snapshot) -> Sequence[Event]:
        """Return the events since the last picture; after a jump, all that are told."""
        events, last = shot.events, self._last
        self._last = events[-1] if events else None
        for i in range(len(events) - 1, -1, -1):
            if events[i] is last:
                return events[i + 1 :]
        if last is not None:
            # somewhere else in a replay: what is known is worth nothing there
            self._out.hush()
            self._score = Score(self._at(shot), self._begin)
        return events

    def _at(self, shot: Snapshot) -> SoundSettings:
        """Return the settings with sound on or off as the markers say for now."""
        told = [m for m in shot.markers if m.label == MARKER and m.t <= shot.t]
        return (
            replace(self.settings, on=told[-1].detail != "off")
            if told
            else self.settings
        )

    def _look(self, shot: Snapshot, new: Sequence[Event]) -> None:
        """Take from the picture what its events do not tell."""
        zone = 1e3 * shot.zone if shot.unit == "m" else math.degrees(shot.zone)
        plan = replace(self._score.plan, zone=round(zone, 6))
        if shot.phase is Phase.COUNTDOWN and shot.countdown is not None:
            begun = [e.t for e in new if e.detail.get("phase") == Phase.COUNTDOWN.value]
            if begun:
                length = round(shot.t + shot.countdown - begun[-1], 3)
                plan = replace(plan, countdown=length)
        self._score.plan = plan

    def _play(self, sound: Sound) -> None:
        self.heard = [*self.heard[-99:], sound]
        words = self._words(sound)
        tone = render(sound, self.settings.timbre, self.settings.volume)
        if words is None:
            self._out.play(tone)
        elif sound.kind in _INSTEAD:
            self._out.play(words)
        else:
            self._out.play(after(tone, words))

    def _words(self, sound: Sound) -> Samples | None:
        spoken = self._speech.samples(sound.words) if sound.words else None
        return None if spoken is None else capped(spoken, self.settings.volume)


def _audible(shot: Snapshot) -> bool:
    """Return whether a picture is of a session, or of a replay at about its pace."""
    replay = shot.replay
    if replay is None:
        return True
    return replay.playing and _SPEEDS[0] <= replay.speed <= _SPEEDS[1]
