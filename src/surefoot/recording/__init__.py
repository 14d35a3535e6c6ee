"""Recordings: packets as they came, written so that a crash loses less than a second.

`Recorder` writes, `open_recording` reads (its `Recording` is a packet source), `verify`
checks and `recover` mends; `leftovers` finds what a crash left. `annotate` keeps what
is said afterwards, in a file beside it. ``docs/recording-format.md`` tells the format.
"""

from surefoot.recording._annotating import (
    annotate,
    annotations_file,
    annotations_of,
)
from surefoot.recording._annotations import Annotations, Entry, Exclusion
from surefoot.recording._change import Change
from surefoot.recording._chunk import Batch
from surefoot.recording._fingerprint import differences, fingerprint
from surefoot.recording._header import Header
from surefoot.recording._leftovers import (
    Leftover,
    leftovers,
    offer,
    recordings_folder,
)
from surefoot.recording._reader import Recording, open_recording
from surefoot.recording._recorder import Recorder
from surefoot.recording._verify import Report, recover, verify

__all__ = [
    "Annotations",
    "Batch",
    "Change",
    "Entry",
    "Exclusion",
    "Header",
    "Leftover",
    "Recorder",
    "Recording",
    "Report",
    "annotate",
    "annotations_file",
    "annotations_of",
    "differences",
    "fingerprint",
    "leftovers",
    "offer",
    "open_recording",
    "recordings_folder",
    "recover",
    "verify",
]
