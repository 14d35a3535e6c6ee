"""What sound adds to a frame."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from surefoot.session.replay import open_replay
from surefoot.training.sound_settings import SoundSettings
from surefoot.ui.sound.announcer import Announcer
from surefoot.ui.sound.out import Silent
from surefoot.ui.sound.speech import Speech
from surefoot.ui.sound.synth import make_all
from surefoot.ui.sound.voice import Voice

SAMPLE = Path(__file__).parents[1] / "recordings" / "rocker-unsteady.mcap"
FRAME_60 = 1000 / 60  # ms
BLOCK = 960  # samples a sound card asks for at a time: 20 ms


class Spoken(Silent):
    """Takes samples as a sound card's voice does."""

    def __init__(self) -> None:
        super().__init__("")
        self.play = Voice().play


def report() -> None:
    """Print the figures of sound."""
    settings = SoundSettings()
    begun = time.perf_counter()
    make_all(settings.timbre, settings.volume)
    made = 1e3 * (time.perf_counter() - begun)
    costs, heard = frames(settings)
    p50, p99, most = *np.percentile(costs, [50, 99]), costs.max()
    share = 100 * p99 / FRAME_60
    print(f"sound: {heard} sounds in {len(costs)} frames at 60 Hz, processor time")
    print(f"  a frame                         {p50:6.3f} ms p50 {p99:6.3f} ms p99")
    print(f"  its longest                     {most:6.3f} ms")
    print(f"  p99 of a frame at 60 Hz         {share:6.2f} %")
    print(f"  20 ms for the sound card        {block():6.3f} ms")
    print(f"  all sounds, once at the start   {made:6.1f} ms")


def frames(settings: SoundSettings) -> tuple[np.ndarray, int]:
    """Return the processor time of each frame [ms], and how many sounds there were."""
    now = 0.0
    player = open_replay(SAMPLE)
    player._clock = lambda: now  # noqa: SLF001  faster than time
    player.send("seek", t=0.0)
    announcer = Announcer(player, settings, Spoken(), Speech(None))
    costs: list[float] = []
    while now < player.duration:
        now += 1 / 60
        shown = player.snapshot()
        announcer._stage = _Still(shown)  # noqa: SLF001  the picture is taken anyway
        begun = time.thread_time()
        announcer.refresh()
        costs.append(1e3 * (time.thread_time() - begun))
    return np.array(costs), len(announcer.heard)


def block() -> float:
    """Return what one block for the sound card takes [ms]."""
    voice = Voice()
    voice.play(np.zeros((200 * BLOCK, 2), np.float32))
    begun = time.thread_time()
    for _ in range(200):
        voice.take(BLOCK).tobytes()
    return 1e3 * (time.thread_time() - begun) / 200


class _Still:
    def __init__(self, shown: object) -> None:
        self._shown = shown

    def snapshot(self) -> object:
        return self._shown
