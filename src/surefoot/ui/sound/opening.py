"""Puts together what a stage is heard by."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from surefoot import language as languages
from surefoot.training.sound_settings import sound_settings
from surefoot.ui.sound.announcer import Announcer
from surefoot.ui.sound.card import find_device
from surefoot.ui.sound.out import Card, Silent
from surefoot.ui.sound.speech import Speech, find_speaker
from surefoot.ui.sound.synth import make_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.session.snapshot import Stage


def open_sound(
    stage: Stage,
    table: Mapping[str, object],
    language: str,
    *,
    audible: bool = True,
    eyes_closed: bool = False,
) -> Announcer:
    """Return what a stage is heard by; returns at once and raises nothing.

    Parameters
    ----------
    stage : Stage
        A session or a replay.
    table : mapping
        The settings as they were kept.
    language : str
        Two letters.
    audible : bool
        Whether there is anybody to hear it; else no device and no program is touched.
    eyes_closed : bool
        Whether the trainee cannot see the screen.
    """
    settings = sound_settings(table)
    if audible:
        make = threading.Thread(
            target=make_all,
            args=(settings.timbre, settings.volume),
            name="synth",
            daemon=True,
        )
        make.start()
    out = Card(find_device) if audible else Silent()
    words = speech_in(language) if audible else Speech(None)
    return Announcer(stage, settings, out, words, eyes_closed=eyes_closed)


def speech_in(language: str) -> Speech:
    """Return what speaks a language here."""

    def say(text: str) -> str:
        return languages.say(text, language)

    return Speech(find_speaker(), language, say)


def heard(stage: Stage) -> Mapping[str, object]:
    """Return what was chosen to be heard when a session began; empty where unknown."""
    setup = getattr(stage, "setup", None)
    told: Mapping[str, object] = getattr(setup, "sound", None) or {}
    return told


def closed_eyes(stage: Stage) -> bool:
    """Return whether it was told at the start that the eyes are closed."""
    setup = getattr(stage, "setup", None)
    told = getattr(setup, "circumstances", None)
    return getattr(told, "vision", "") == "closed"
