"""One timeline for two recordings: a lane for each, aligned at a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.ui.timeline import Timeline
from surefoot.ui.timeline_bar import Lane

if TYPE_CHECKING:
    from surefoot.session.snapshot import Replay, Snapshot
    from surefoot.ui.side_by_side.pair import Pair, Seen, Span


class PairTimeline(Timeline):
    """The bar below both; the keys are those of any timeline.

    Parameters
    ----------
    pair : Pair
        The two recordings.
    """

    def __init__(self, pair: Pair) -> None:
        super().__init__(pair)
        self._pair = pair

    def show_lanes(self, snapshot: Snapshot, replay: Replay) -> None:  # noqa: ARG002  both
        """Show what both recordings hold."""
        lanes = [_lane(self._pair, k, seen) for k, seen in enumerate(self._pair.seen())]
        self.bar.show_lanes(replay.duration, tuple(lanes))


def _lane(pair: Pair, which: int, seen: Seen) -> Lane:
    by, replay = pair.shift(which), seen.snapshot.replay

    def moved(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple((start + by, end + by) for start, end in spans)

    return Lane(
        moved(pair.trials(which)),
        moved(replay.gaps) if replay is not None else (),
        tuple(marker.t + by for marker in seen.snapshot.markers),
        extent=(by, by + pair.halves[which].player.duration),
        chosen=seen.run - 1,
    )
