"""Print what the path from a packet to a pixel costs, and what else should be cheap.

``python -m benchmarks`` runs all, ``python -m benchmarks measures radio`` some. Ratios
within one run are what to quote; times are of this machine, now.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from benchmarks import (
    archive,
    batch,
    measures,
    orientation,
    path,
    radio,
    recording,
    sound,
    views,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_SESSIONS = 2000  # in the archive: enough to see, and a minute less than all

REPORTS: dict[str, Callable[[Path], None]] = {
    "path": path.report,
    "views": views.report,
    "recording": recording.report,
    "radio": radio.report,
    "archive": lambda folder: archive.report(folder, _SESSIONS),
    "batch": batch.report,
    "orientation": lambda _folder: orientation.report(),
    "sound": lambda _folder: sound.report(),
    "measures": lambda _folder: measures.report(),
}


def main(names: list[str]) -> None:
    """Run the benchmarks of these names, or all, and print a line for each figure."""
    unknown = sorted(set(names) - set(REPORTS))
    if unknown:
        sys.exit(f"{unknown[0]}: expected one of {', '.join(REPORTS)}")
    with tempfile.TemporaryDirectory() as folder:
        for name in names or REPORTS:
            REPORTS[name](Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
