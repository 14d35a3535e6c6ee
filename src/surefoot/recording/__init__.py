"""Recordings: packets as they came, written so that a crash loses less than a second.

`Recorder` writes, `open_recording` reads (its `Recording` is a packet source), `verify`
checks and `recover` mends. The format is told in ``docs/recording-format.md``.
"""

from surefoot.recording._fingerprint import differences, fingerprint
from surefoot.recording._header import Header
from surefoot.recording._reader import Recording, open_recording
from surefoot.recording._recorder import Recorder
from surefoot.recording._verify import Report, recover, verify

__all__ = [
    "Header",
    "Recorder",
    "Recording",
    "Report",
    "differences",
    "fingerprint",
    "open_recording",
    "recover",
    "verify",
]
