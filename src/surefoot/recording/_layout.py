"""What the bytes of a recording are: names, limits and record layouts (MCAP)."""

from __future__ import annotations

import struct
from typing import Final

PROFILE: Final = "surefoot-rec-1"
SCHEMA: Final = 1
MAGIC: Final = b"\x89MCAP0\r\n"
ENCODING: Final = "application/octet-stream"

SESSION: Final = "session.json"
PROFILES: Final = "profiles.json"
CALIBRATION: Final = "calibration.json"
DRILL: Final = "drill.toml"
CHANNELS: Final = "channels.json"
"""Sources nobody foresaw, told as soon as they appear."""
RESULTS: Final = "live.json"
ENDING: Final = "end.json"
"""How many packets were taken, where the file does not hold them all."""
NAMES: Final = (SESSION, PROFILES, CALIBRATION, DRILL, CHANNELS, RESULTS, ENDING)

MAX_PAYLOAD: Final = 1 << 20
"""A notification is at most 512 bytes; this leaves room and bounds a chunk."""
CHUNK_SIZE: Final = 1 << 20
MAX_CHUNK: Final = 1 << 24
MAX_ATTACHMENT: Final = 1 << 26

HEADER: Final = 1
FOOTER: Final = 2
CHANNEL: Final = 4
MESSAGE: Final = 5
CHUNK: Final = 6
ATTACHMENT: Final = 9
METADATA: Final = 12
DATA_END: Final = 15

U32: Final = struct.Struct("<I")
U64: Final = struct.Struct("<Q")
RECORD: Final = struct.Struct("<BQ")
"""Opcode and length, in front of every record."""
CHUNK_HEAD: Final = struct.Struct("<QQQII4sQ")
"""Start, end, raw size, raw CRC, length and name of the compression, packed size."""
MESSAGE_HEAD: Final = struct.Struct("<BQHIQQ")
"""Opcode, length, channel, sequence, log time, publish time."""
CHANNEL_HEAD: Final = struct.Struct("<HHI")
"""Channel, schema and the length of the topic, which follows."""
FOOTER_BODY: Final = struct.Struct("<QQI")
"""Start of the summary, start of its offsets, CRC of the summary."""

WRAP: Final = 1 << 64
HALF: Final = 1 << 63
SEQUENCE: Final = 1 << 32


def to_log(t_ns: int, anchor: int) -> int:
    """Return the log time of a reception time, modulo 2**64."""
    return (t_ns + anchor) % WRAP


def from_log(log: int, anchor: int) -> int:
    """Return the reception time: exact for every signed 64-bit ``t_ns``."""
    return (log - anchor + HALF) % WRAP - HALF
