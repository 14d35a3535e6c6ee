"""Print what the path from a packet to a pixel costs.

Ratios within one run are what to quote; times are of this machine, now.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from benchmarks import (
    archive,
    batch,
    measures,
    orientation,
    path,
    radio,
    recording,
    views,
)


def main() -> None:
    """Run every benchmark and print a line for each figure."""
    with tempfile.TemporaryDirectory() as folder:
        path.report(Path(folder))
        views.report(Path(folder))
        recording.report(Path(folder))
        radio.report(Path(folder))
        archive.report(Path(folder), 2000)
        batch.report(Path(folder))
    orientation.report()
    measures.report()


if __name__ == "__main__":
    main()
