"""Spoken sentences, made to samples beforehand by what the computer has."""

from __future__ import annotations

import io
import logging
import math
import shutil
import subprocess
import tempfile
import threading
import wave
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy.signal import resample_poly

from surefoot.ui.sound.synth import RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from surefoot.ui.sound.synth import Samples

_log = logging.getLogger(__name__)
_LIMIT = 10.0  # s for one sentence
_QUIET = 0.01  # of the loudest sample: less is silence around the words
_PACE = "150"  # words a minute, slower than usual (our default)
_SPEAK = (
    # without a voice for the language it fails, and tones are heard
    "$ErrorActionPreference = 'Stop'; Add-Type -AssemblyName System.Speech;"
    "$s = New-Object System.Speech.Synthesis.SpeechSynthesizer;"
    "$c = [Globalization.CultureInfo]::GetCultureInfo('{language}');"
    "$s.SelectVoiceByHints('NotSet', 'NotSet', 0, $c);"
    "$s.SetOutputToWaveFile('{file}'); $s.Speak('{text}'); $s.Dispose()"
)


class Speaker(Protocol):
    """Turns one sentence into a WAV file's bytes."""

    def __call__(self, text: str, language: str) -> bytes:
        """Return the bytes; raises OSError or a subprocess error when it fails."""
        ...


class Speech:
    """Sentences as samples: made beside the window, there when they are needed.

    Parameters
    ----------
    speaker : callable or None
        Speaks into a file; None where the computer cannot: then tones replace words.
    language : str
        Two letters.
    say : callable
        Turns a sentence into that language.
    """

    def __init__(
        self,
        speaker: Speaker | None,
        language: str = "en",
        say: Callable[[str], str] = str,
    ) -> None:
        self._speaker, self._language, self._say = speaker, language, say
        self._known: dict[str, Samples] = {}
        self._ended = threading.Event()
        self.ready = threading.Event()
        """Set once all sentences were tried."""

    def prepare(self, sentences: Iterable[str]) -> None:
        """Begin to make these sentences; returns at once, raises nothing."""
        if self._speaker is None:
            self.ready.set()
            return
        asked = tuple(sentences)
        thread = threading.Thread(
            target=self._make, args=(asked,), name="speech", daemon=True
        )
        thread.start()

    def samples(self, sentence: str) -> Samples | None:
        """Return a sentence, shape (n, 2), or None: not made (yet), or not possible."""
        return self._known.get(sentence)

    def close(self) -> None:
        """Make no more sentences."""
        self._ended.set()

    def _make(self, sentences: tuple[str, ...]) -> None:
        for sentence in sentences:
            if self._ended.is_set() or self._speaker is None:
                break
            try:
                told = self._speaker(self._say(sentence), self._language)
                self._known[sentence] = decoded(told)
            except Exception:  # noqa: BLE001 tones are heard instead
                _log.info("speech failed", exc_info=True)
                break
        self.ready.set()


def find_speaker() -> Speaker | None:
    """Return what speaks here: eSpeak NG, macOS' ``say`` or Windows, else None."""
    for program in ("espeak-ng", "espeak"):
        if shutil.which(program):
            return _Espeak(program)
    if shutil.which("say"):
        return _spoken_by_say
    return _spoken_by_windows if shutil.which("powershell.exe") else None


def decoded(file: bytes) -> Samples:
    """Return the samples of a spoken WAV file, without the silence around the words.

    Parameters
    ----------
    file : bytes
        One or two channels of 16 bits at any rate. The length its header tells may be
        wrong, as it is in a file that was written to a pipe.

    Returns
    -------
    ndarray, shape (n, 2)
        At `surefoot.ui.sound.synth.RATE`, both sides alike.

    Raises
    ------
    ValueError
        If it is not such a file, or nothing but silence.
    """
    try:
        with wave.open(io.BytesIO(file)) as told:
            channels, width = told.getnchannels(), told.getsampwidth()
            rate, data = told.getframerate(), told.readframes(told.getnframes())
    except (wave.Error, EOFError) as error:
        msg = f"speech: expected a WAV file, got something else ({error})"
        raise ValueError(msg) from None
    if width != 2 or rate <= 0:
        msg = f"speech: expected 16 bits, got {8 * width} at {rate} Hz"
        raise ValueError(msg)
    whole = np.frombuffer(data[: len(data) // (2 * channels) * 2 * channels], "<i2")
    mono = _trimmed(whole.reshape(-1, channels).mean(axis=1) / 32768)
    common = math.gcd(RATE, rate)
    heard = resample_poly(mono, RATE // common, rate // common)
    return np.column_stack([heard, heard]).astype(np.float32)


def _trimmed(mono: NDArray[np.float64]) -> NDArray[np.float64]:
    loud = np.flatnonzero(np.abs(mono) > _QUIET * np.max(np.abs(mono), initial=0.0))
    if not len(loud):
        msg = "speech: expected words, got silence"
        raise ValueError(msg)
    return mono[loud[0] : loud[-1] + 1]


class _Espeak:
    def __init__(self, program: str) -> None:
        self._program = program

    def __call__(self, text: str, language: str) -> bytes:
        command = [self._program, "-v", language, "-s", _PACE, "--stdout", text]
        return _run(command)


def _spoken_by_say(text: str, language: str) -> bytes:  # noqa: ARG001 its own voice
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "words.wav"
        _run(["say", "--data-format=LEI16@22050", "-o", str(file), text])
        return file.read_bytes()


def _spoken_by_windows(text: str, language: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "words.wav"
        told = (value.replace("'", "''") for value in (language, str(file), text))
        script = _SPEAK.format(
            **dict(zip(("language", "file", "text"), told, strict=True))
        )
        _run(["powershell.exe", "-NoProfile", "-NonInteractive", "-Command", script])
        return file.read_bytes()


def _run(command: list[str]) -> bytes:
    """Return what a program prints; raises when it fails or takes too long."""
    done = subprocess.run(
        command,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=_LIMIT,
        check=True,
    )
    return done.stdout
