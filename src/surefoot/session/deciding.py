"""An engine that nobody looks at: it finds the runs and how good they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from surefoot.core.control import ROLES
from surefoot.session.engine import Engine

if TYPE_CHECKING:
    from surefoot.recording import Batch


class Deciding(Engine):
    """Decides what a session decided, without what was only shown of it.

    Phases, levels, runs, their ends and their quality are those of `Engine`; live
    measures and cues are not made, nor is quality judged while a run goes on.
    """

    def take(self, batch: Batch) -> None:
        """Take the packets of a chunk; decides as `feed` of one after the other does.

        Packets of sensors that nothing is decided by only tell how late it is.
        """
        wanted = [
            channel
            for channel, name in batch.names.items()
            if (role := name.partition("/")[0]) in ROLES or role in self._setup.sensors
        ]
        reached = np.maximum.accumulate(batch.t_ns)
        known = np.isin(batch.channel, wanted)
        known[:1] |= self.t0_ns is None
        packets = batch.where(known).packets()
        for packet, t_ns in zip(packets, reached[known].tolist(), strict=True):
            self._late(t_ns)
            self.feed(packet)
        if len(batch):
            self._late(int(reached[-1]))

    def _late(self, t_ns: int) -> None:
        if self.t0_ns is not None:
            self.t = max(self.t, (t_ns - self.t0_ns) * 1e-9)

    def _open(self, t0_ns: int) -> None:
        super()._open(t0_ns)
        self._others.live = False
        if self._lead is not None:
            self._lead.live = False

    def _look(self, t: float) -> None:
        """Judge at the end only."""
