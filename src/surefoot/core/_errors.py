"""Every error the product raises on purpose.

* SurefootError         root; a person sees its text as one line, without a traceback
  + ProfileError        a device profile is not usable: file, key, what was expected
  + CalibrationError    a calibration is not usable, or the motion for it was wrong
  + DrillError          a drill file is not usable
  + DecodeError         a payload does not fit its packet format
  + RecordingError      a file is not a readable recording, or cannot be written
  + TableError          a file to import is not the table it was said to be
  + SignalError         the samples are not good enough for what was asked
  + RadioError          no adapter, no permission, no such sensor
  + DisplayError        no screen to draw on, or the views are not installed
"""


class SurefootError(Exception):
    """Root of the product's own errors.

    The text reads *who: what was expected, what came: what to do*, on one line.
    """


class ProfileError(SurefootError):
    """A device profile is not usable."""


class CalibrationError(SurefootError):
    """A calibration is not usable, or the motion recorded for it was wrong."""


class DrillError(SurefootError):
    """A drill file is not usable."""


class DecodeError(SurefootError):
    """A payload does not fit its packet format."""

    def __init__(self, source: str, payload: bytes, expected: str) -> None:
        self.source = source
        self.payload = payload
        super().__init__(
            f"{source}: expected {expected}, got {len(payload)} bytes "
            f"({payload[:16].hex(' ')}): the packet is kept and not used"
        )


class RecordingError(SurefootError):
    """A file is not a readable recording, or cannot be written."""


class TableError(SurefootError):
    """A file to import is not the table it was said to be."""


class SignalError(SurefootError):
    """The samples are not good enough for what was asked of them."""


class RadioError(SurefootError):
    """No adapter, no permission, or no such sensor."""


class DisplayError(SurefootError):
    """There is no screen to draw on, or the views are not installed."""
