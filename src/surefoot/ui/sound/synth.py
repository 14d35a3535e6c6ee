"""Samples of every sound: no file, no click, never louder than the cap."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from surefoot.training.sounds import PLACES, Sound

Samples = NDArray[np.float32]

RATE = 48_000
"""Samples a second."""
PEAK = 0.5
"""No sample is ever larger, at whatever volume; 1 is full scale (our default)."""
LOUD = 0.2
"""Largest root mean square of any 50 ms, at full volume (our default)."""
_WINDOW = RATE // 20
_HEARD = 0.06  # s; a sound is at its level for about this long
_REGISTERS = {-1: 196.0, 0: 392.0, 1: 784.0}  # Hz: back, sides, front; octaves apart
_STEPS = (0, 2, 4, 7, 9)  # semitones of a pentatonic scale; stays within the octave
_ATTACK = {"bell": 0.008, "wood": 0.004, "breath": 0.03}
_PARTIALS = {
    # ratio, strength, time to fall to 37 % [s]
    "bell": ((1.0, 1.0, 0.16), (2.0, 0.3, 0.09), (3.0, 0.08, 0.05)),
    "wood": ((1.0, 1.0, 0.07), (4.0, 0.25, 0.02)),
}
_NOTES = {
    # Hz, seconds, one after the other
    "countdown": ((523.25, 0.10),),
    "start": ((783.99, 0.30),),
    "end": ((659.26, 0.22), (440.0, 0.34)),
    "lost": ((880.0, 0.16), (659.26, 0.16)) * 3,
    "go": ((1046.5, 0.28),),
    "mark": ((587.33, 0.14),),
    "warn": ((293.66, 0.12), (293.66, 0.18)),
    "say": ((392.0, 0.16),),
}
_CUE = 0.22  # s; shorter than the least spacing of two cues


def render(sound: Sound, timbre: str, volume: float) -> Samples:
    """Return the samples of a sound, without its words.

    Parameters
    ----------
    sound : Sound
        What is heard. A kind that is not known is silence of no length.
    timbre : str
        ``"bell"``, ``"wood"`` or ``"breath"``.
    volume : float
        0 to 1.

    Returns
    -------
    ndarray, shape (n, 2)
        Left and right, float32, read-only; at most `PEAK` at any volume.
    """
    key = replace(sound, t=0.0, amount=round(_step(sound.amount) / 4, 2), words="")
    return _rendered(key, timbre, round(volume, 3))


def make_all(timbre: str, volume: float) -> None:
    """Make every sound there is, so that none has to be made when it is needed."""
    for kind in _NOTES:
        render(Sound(kind, 0.0), timbre, volume)
    for pan, height in PLACES.values():
        for step in range(len(_STEPS)):
            cue = Sound("cue", 0.0, pan, height, step / (len(_STEPS) - 1))
            render(cue, timbre, volume)


def pitch(sound: Sound) -> float:
    """Return the pitch of a cue [Hz]: its side's octave, its amount's step."""
    step = _STEPS[_step(sound.amount)]
    return _REGISTERS[sound.height] * 2.0 ** (step / 12)


def capped(samples: Samples, volume: float) -> Samples:
    """Return samples as loud as the volume says, within both caps.

    Parameters
    ----------
    samples : ndarray, shape (n, 2)
        At any level. What is no finite number becomes silence.
    volume : float
        Brought into 0 to 1; NaN is 0.

    Returns
    -------
    ndarray, shape (n, 2)
        Their loudest 50 ms have a root mean square of ``volume * LOUD``, less where a
        sample would be larger than ``volume * PEAK``.
    """
    gain = min(1.0, volume) if volume > 0.0 else 0.0
    sane = np.where(np.isfinite(samples), samples, 0.0).astype(np.float64)
    if not len(sane) or not np.any(sane):
        return sane.astype(np.float32)
    sane /= np.max(np.abs(sane))  # so that squares neither overflow nor vanish
    level = float(np.sqrt(np.max(_power(sane))))
    return (sane * (gain * min(PEAK, LOUD / level))).astype(np.float32)


def after(first: Samples, then: Samples, pause: float = 0.08) -> Samples:
    """Return two pieces one after the other, with a pause between [s]."""
    if not len(first) or not len(then):
        return first if len(first) else then
    gap = np.zeros((round(pause * RATE), 2), np.float32)
    return np.concatenate([first, gap, then])


@lru_cache(maxsize=256)
def _rendered(sound: Sound, timbre: str, volume: float) -> Samples:
    notes = _NOTES.get(sound.kind, ())
    if sound.kind == "cue":
        notes = ((pitch(sound), _CUE),)
    tones = [_note(hertz, seconds, timbre) for hertz, seconds in notes]
    mono = np.concatenate([*tones, np.empty(0)])
    samples = capped(_panned(mono, sound.pan), volume)
    samples.setflags(write=False)
    return samples


def _step(amount: float) -> int:
    """Return the step of the scale for an amount of 0 to 1."""
    return min(len(_STEPS) - 1, max(0, round(amount * (len(_STEPS) - 1))))


def _note(hertz: float, seconds: float, timbre: str) -> NDArray[np.float64]:
    t = np.arange(round(seconds * RATE)) / RATE
    if timbre == "breath":
        made = _breath(hertz, len(t)) * np.exp(-t / seconds)
    else:
        made = np.zeros(len(t))
        for ratio, strength, fall in _PARTIALS[timbre]:
            tone = np.sin(2 * np.pi * hertz * ratio * t)
            made += strength * np.exp(-t / fall) * tone
    level = np.sqrt(np.mean(made[: round(_HEARD * RATE)] ** 2))
    return made / level * _envelope(len(t), _ATTACK[timbre])


def _breath(hertz: float, n: int) -> NDArray[np.float64]:
    """Return noise in a narrow band about a pitch, the same noise every time."""
    spectrum = np.fft.rfft(np.random.default_rng(7).standard_normal(n))
    away = (np.fft.rfftfreq(n, 1 / RATE) - hertz) / (0.05 * hertz)
    return np.fft.irfft(spectrum * np.exp(-0.5 * away**2), n)


def _envelope(n: int, attack: float) -> NDArray[np.float64]:
    """Return a rise and a fall without a step or a corner."""
    out = np.ones(n)
    for seconds, part in ((attack, slice(None)), (0.03, slice(None, None, -1))):
        k = min(n, round(seconds * RATE))
        ramp = 0.5 - 0.5 * np.cos(np.pi * np.arange(k) / k)
        out[part][:k] *= ramp
    return out


def _panned(mono: NDArray[np.float64], pan: float) -> Samples:
    """Return left and right with the same power wherever the sound is."""
    angle = (min(1.0, max(-1.0, pan)) + 1.0) * np.pi / 4
    sides = np.array([np.cos(angle), np.sin(angle)])
    return (mono[:, None] * sides).astype(np.float32)


def _power(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the power of every 50 ms, both sides together."""
    squares = np.sum(samples**2, axis=1)
    total = np.concatenate(
        [
            [0.0],
            np.cumsum(squares),
        ]
    )
    k = min(_WINDOW, len(squares))
    return (total[k:] - total[:-k]) / _WINDOW
