"""The vocabulary of the product: packets, blocks, measures, errors. Numpy only."""

from surefoot.core._errors import (
    CalibrationError,
    DecodeError,
    DisplayError,
    DrillError,
    ProfileError,
    RadioError,
    RecordingError,
    SignalError,
    SurefootError,
    TableError,
)
from surefoot.core._protocols import Decoder, Meter, Operator, PacketSource
from surefoot.core._types import (
    Block,
    Event,
    JsonValue,
    LinkState,
    Marker,
    Measure,
    Packet,
    StreamInfo,
)

__all__ = [
    "Block",
    "CalibrationError",
    "DecodeError",
    "Decoder",
    "DisplayError",
    "DrillError",
    "Event",
    "JsonValue",
    "LinkState",
    "Marker",
    "Measure",
    "Meter",
    "Operator",
    "Packet",
    "PacketSource",
    "ProfileError",
    "RadioError",
    "RecordingError",
    "SignalError",
    "StreamInfo",
    "SurefootError",
    "TableError",
]
