"""Sound cards: by miniaudio (the extra ``sound``), else by a program of the system."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from glob import glob
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from surefoot.ui.sound.out import Pulse
from surefoot.ui.sound.synth import RATE
from surefoot.ui.sound.wav import as_wav

if TYPE_CHECKING:
    from collections.abc import Generator

    from surefoot.ui.sound.out import Device
    from surefoot.ui.sound.synth import Samples
    from surefoot.ui.sound.voice import Voice

_PERIOD = 20  # ms of samples the card asks for at a time
_DEAD = 2.0  # s without a question of the card
_PROGRAMS = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))
_LOOK = 0.5  # s; somebody who closes is not kept waiting longer
_POLL = 0.02  # s between looks whether a program is done
_NOT_REAL = frozenset({"NULL", "CUSTOM", "WEBAUDIO"})
_ALSA = ("/dev/snd/pcm*p", "/etc/asound.conf", "~/.asoundrc")


def find_device(voice: Voice) -> Device:
    """Open the best way to the ear there is.

    Parameters
    ----------
    voice : Voice
        What is to be heard.

    Raises
    ------
    OSError
        If there is none, with what to do.
    """
    try:
        return Stream(voice)
    except ImportError:
        program = player()
        if program:
            return Program(voice, program)
        msg = 'nothing here plays sound; pip install "surefoot[sound]"'
        raise OSError(msg) from None


def player() -> tuple[str, ...]:
    """Return the system's program that plays a file, with its options, or nothing."""
    found = (program for program in _PROGRAMS if shutil.which(program[0]))
    return next(found, ())


class Stream:
    """A sound card by miniaudio, asked for samples by the card itself.

    Parameters
    ----------
    voice : Voice
        What is to be heard.
    backends : tuple of str
        Names of miniaudio's backends; those of `reachable` unless told.

    Raises
    ------
    ImportError
        If miniaudio is not installed.
    OSError
        If there is no sound card.
    """

    def __init__(self, voice: Voice, backends: tuple[str, ...] = ()) -> None:
        library: Any = import_module("miniaudio")
        self._voice = voice
        self._pulse = Pulse(_DEAD)
        names = backends or reachable()
        chosen = [
            backend
            for backend in library.Backend
            if (backend.name in names if names else backend.name not in _NOT_REAL)
        ]
        try:
            self._device: Any = library.PlaybackDevice(
                output_format=library.SampleFormat.FLOAT32,
                nchannels=2,
                sample_rate=RATE,
                buffersize_msec=_PERIOD,
                backends=chosen,
                app_name="Surefoot",
            )
            self._device.start(self._asked())
        except library.MiniaudioError as error:
            msg = f"no sound card answers ({error.args[0]})"
            raise OSError(msg) from None

    @property
    def alive(self) -> bool:
        """Whether the card asked for samples lately."""
        return self._pulse.alive

    def close(self) -> None:
        """Let go of the card."""
        self._device.close()

    def _asked(self) -> Generator[bytes, int]:
        """Return a started generator that answers a number of frames with samples."""

        def answers() -> Generator[bytes, int]:
            frames = yield b""
            while True:
                self._pulse.beat()
                frames = yield self._voice.take(frames).tobytes()

        answering = answers()
        next(answering)
        return answering


def reachable() -> tuple[str, ...]:
    """Return the backends worth a try on Linux; none means all, elsewhere.

    ALSA without a card fills the terminal with its own words, so it is not even asked.

    Raises
    ------
    OSError
        If there is neither a sound card nor a sound server.
    """
    if not sys.platform.startswith("linux"):
        return ()
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", "/run/user/none"))
    served = "PULSE_SERVER" in os.environ or (runtime / "pulse" / "native").exists()
    carded = any(glob(os.path.expanduser(place)) for place in _ALSA)  # noqa: PTH111, PTH207 patterns
    found = (("PULSEAUDIO",) if served else ()) + (("ALSA",) if carded else ())
    if not found:
        msg = "this computer has no sound card"
        raise OSError(msg)
    return found


class Program:
    """A program of the system that plays files, one sound after the other.

    Parameters
    ----------
    voice : Voice
        What is to be heard.
    command : tuple of str
        The program and its options; a file's name is added.
    """

    def __init__(self, voice: Voice, command: tuple[str, ...]) -> None:
        self._voice, self._command = voice, command
        self._ended = threading.Event()
        self._failed = 0
        self._thread = threading.Thread(target=self._run, name="player", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether the program did not fail three times in a row."""
        return self._failed < 3

    def close(self) -> None:
        """Cut off what is being played."""
        self._ended.set()
        self._voice.changed.set()
        self._thread.join(timeout=1.0)

    def _run(self) -> None:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            file = Path(folder) / "sound.wav"
            while not self._ended.is_set():
                if self._voice.changed.wait(_LOOK):
                    self._voice.changed.clear()
                    self._play(self._voice.rest(), file)

    def _play(self, samples: Samples, file: Path) -> None:
        """Play one sound to its end, or until the next one comes."""
        if not len(samples) or self._ended.is_set():
            return
        try:
            file.write_bytes(as_wav(samples))
            self._listen([*self._command, str(file)])
        except OSError:
            self._failed += 1

    def _listen(self, command: list[str]) -> None:
        silence = subprocess.DEVNULL
        with subprocess.Popen(
            command, stdin=silence, stdout=silence, stderr=silence
        ) as running:
            while running.poll() is None:
                if self._voice.changed.wait(_POLL):
                    running.kill()
                    return
        self._failed = 0 if running.returncode == 0 else self._failed + 1
