"""Where sound goes, chosen by what is there and opened beside the window."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from surefoot.ui.sound.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.ui.sound.synth import Samples

_RETRY = 5.0  # s between attempts to find a device again


class Device(Protocol):
    """Something open that takes a voice to the ear by itself."""

    @property
    def alive(self) -> bool:
        """Whether it still asks for samples."""
        ...

    def close(self) -> None:
        """Let go of it; may take a while."""
        ...


class SoundOut(Protocol):
    """Where samples go. Nothing here raises or waits."""

    @property
    def status(self) -> str:
        """Empty while sounds are heard, else why not, in one sentence."""
        ...

    def play(self, samples: Samples) -> None:
        """Give out samples, shape (n, 2), instead of what is heard now."""
        ...

    def hush(self) -> None:
        """Fall silent."""
        ...

    def close(self) -> None:
        """Let go of the device."""
        ...


class Silent:
    """What there is without a sound card.

    Parameters
    ----------
    status : str
        Why nothing is heard.
    """

    def __init__(self, status: str = "Sound is off here.") -> None:
        self.status = status

    def play(self, samples: Samples) -> None:
        """Nothing."""

    def hush(self) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


class Card:
    """A sound card that may come, go and come back.

    A thread of its own opens it and looks after it, so that neither the window nor the
    session ever waits for a device. What is played while there is none is not heard
    later.

    Parameters
    ----------
    find : callable
        Opens a device for a voice; raises OSError, in words, when there is none.
    watch : float
        Time between looks at the device [s].
    retry : float
        Time until another attempt [s].
    """

    def __init__(
        self,
        find: Callable[[Voice], Device],
        *,
        watch: float = 0.5,
        retry: float = _RETRY,
    ) -> None:
        self.voice = Voice()
        self.opened = threading.Event()
        """Set once the first attempt was made, whatever came of it."""
        self._status = ""
        self._find = find
        self._watch, self._retry = watch, retry
        self._device: Device | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sound", daemon=True)
        self._thread.start()

    @property
    def status(self) -> str:
        """Empty while sounds are heard, else why not, in one sentence."""
        return self._status

    def play(self, samples: Samples) -> None:
        """Give out samples, shape (n, 2), instead of what is heard now."""
        if self._device is not None:
            self.voice.play(samples)

    def hush(self) -> None:
        """Fall silent."""
        self.voice.hush()

    def close(self) -> None:
        """Let go of the device; one that hangs is left to itself after a second."""
        self._ended.set()
        self._thread.join(timeout=1.0)

    def _run(self) -> None:
        while not self._ended.is_set():
            if self._device is None:
                self._open()
            elif not self._device.alive:
                self._lose()
            self._ended.wait(self._watch if self._device is not None else self._retry)
        self._let_go()

    def _open(self) -> None:
        try:
            self._device = self._find(self.voice)
            self._status = ""
        except Exception as error:  # noqa: BLE001 sound must never end a session
            self._status = f"No sound: {error}. Everything else works."
        self.opened.set()

    def _lose(self) -> None:
        self._status = "The sound device is gone. Everything else works."
        self.voice.hush()
        self._let_go()

    def _let_go(self) -> None:
        device, self._device = self._device, None
        if device is not None:
            with suppress(Exception):
                device.close()


class Pulse:
    """Tells whether something still beats.

    Parameters
    ----------
    within : float
        It is dead after so long without a beat [s].
    """

    def __init__(self, within: float) -> None:
        self._within = within
        self._last = time.monotonic()

    def beat(self) -> None:
        """Take note that it lives."""
        self._last = time.monotonic()

    @property
    def alive(self) -> bool:
        """Whether the last beat is recent."""
        return time.monotonic() - self._last < self._within
