"""One voice, fed from the window and emptied by the sound card."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from surefoot.ui.sound.synth import PEAK, RATE

if TYPE_CHECKING:
    from surefoot.ui.sound.synth import Samples

_FADE = RATE // 100  # samples in which a sound that is replaced fades


class Voice:
    """Holds what is being heard. A new sound replaces the one before, without a click.

    Any thread may call anything; nothing waits for longer than a copy takes.

    Attributes
    ----------
    changed : threading.Event
        Set by every new sound; whoever waits for sounds clears it.
    """

    def __init__(self) -> None:
        self.changed = threading.Event()
        self._lock = threading.Lock()
        self._now = _nothing(0)
        self._fading = _nothing(0)

    def play(self, samples: Samples) -> None:
        """Be heard from the next block on."""
        with self._lock:
            tail = self._now[:_FADE]
            slope = np.linspace(1.0, 0.0, len(tail), dtype=np.float32)
            self._fading = tail * slope[:, None]
            self._now = samples
        self.changed.set()

    def hush(self) -> None:
        """Fall silent."""
        self.play(_nothing(0))

    def take(self, frames: int) -> Samples:
        """Return the next samples, shape (frames, 2), never above the cap."""
        out = _nothing(frames)
        with self._lock:
            for part in (self._now, self._fading):
                heard = part[:frames]
                out[: len(heard)] += heard
            self._now = self._now[frames:]
            self._fading = self._fading[frames:]
        return np.clip(out, -PEAK, PEAK)

    def rest(self) -> Samples:
        """Return all that is left of the newest sound, shape (n, 2)."""
        with self._lock:
            rest, self._now = self._now, _nothing(0)
        return rest


def _nothing(frames: int) -> Samples:
    return np.zeros((frames, 2), np.float32)
