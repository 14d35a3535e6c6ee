"""Sounds as WAV files: to look at, and for programs that play files."""

from __future__ import annotations

import io
import wave
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from surefoot.ui.sound.synth import RATE, render

if TYPE_CHECKING:
    from collections.abc import Iterable

    from surefoot.training.sounds import Sound
    from surefoot.ui.sound.synth import Samples


def as_wav(samples: Samples) -> bytes:
    """Return samples, shape (n, 2), as a WAV file of 16 bits; n may be 0."""
    whole = np.clip(np.round(samples * 32767), -32768, 32767).astype("<i2")
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(whole.tobytes())
    return out.getvalue()


def line_up(sounds: Iterable[Sound], timbre: str, volume: float) -> Samples:
    """Return sounds at their times, without their words.

    Parameters
    ----------
    sounds : iterable of Sound
        In any order. Where one comes while another is heard it takes its place.
    timbre, volume : str, float
        As for `surefoot.ui.sound.synth.render`.

    Returns
    -------
    ndarray, shape (n, 2)
        From session start to the end of the last sound; empty without sounds.
    """
    ordered = sorted(sounds, key=lambda sound: sound.t)
    pieces = [(round(s.t * RATE), render(s, timbre, volume)) for s in ordered]
    length = max((first + len(piece) for first, piece in pieces), default=0)
    out = np.zeros((length, 2), np.float32)
    for (first, piece), (following, _) in pairwise([*pieces, (length, out[:0])]):
        part = piece[: max(0, following - first)]
        out[first : first + len(part)] = part
    return out
