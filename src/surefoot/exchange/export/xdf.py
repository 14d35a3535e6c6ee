"""XDF, the format of LabRecorder: written here by its specification, version 1.0."""

from __future__ import annotations

import json
import struct
import uuid
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.etree.ElementTree import Element, SubElement, tostring

import numpy as np

from surefoot.exchange.export.description import (
    IRREGULAR,
    about_recording,
    about_stream,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from surefoot.core import Block
    from surefoot.exchange.export.material import Material
    from surefoot.exchange.export.target import Target

_MAGIC = b"XDF:"
_FILE_HEADER, _STREAM_HEADER, _SAMPLES, _BOUNDARY, _FOOTER = 1, 2, 3, 5, 6
_BOUNDARY_ID = uuid.UUID("43a546dc-cbf5-410f-b30e-d5467383cbe4").bytes
_SPAN = 10.0  # s between boundaries, from where a reader finds its way again
_STAMPED = b"\x08"  # bytes of the time stamp that follows
_KINDS = {"acc": "Accelerometer", "gyr": "Gyroscope", "mag": "Magnetometer"}


def write_xdf(material: Material, target: Target, _rate: float | None) -> None:
    """Write ``recording.xdf``: one stream a stream, and the events as markers.

    Time stamps are seconds since session start as float64, one clock for all; nothing
    is to be synchronised or smoothed by the reader. The format has no checksums.

    Parameters
    ----------
    material : Material
        The recording.
    target : Target
        Where to.
    _rate : float or None
        Not used: samples are as they were taken.

    Raises
    ------
    TableError
        If the file is there already or cannot be written.
    """
    about = about_recording(material)
    with target.new("recording.xdf").open("wb") as file:
        file.write(_MAGIC)
        _chunk(file, _FILE_HEADER, _xml({"version": "1.0", **_told(about)}))
        for number, block in enumerate(material.blocks.values(), 1):
            _chunk(file, _STREAM_HEADER, _header(material, block), number)
        last = len(material.blocks) + 1
        _chunk(file, _STREAM_HEADER, _marker_header(about), last)
        for start in _spans(material):
            for number, block in enumerate(material.blocks.values(), 1):
                _samples(file, block.between(start, start + _SPAN), number)
            _markers(file, material.events, start, last)
            _chunk(file, _BOUNDARY, _BOUNDARY_ID)
        for number, block in enumerate(material.blocks.values(), 1):
            _chunk(file, _FOOTER, _footer(block.t.tolist(), block.info.rate), number)
        times = [event["t"] for event in material.events]
        _chunk(file, _FOOTER, _footer(times, 0.0), last)


def _spans(material: Material) -> Iterator[float]:
    """Yield the starts of spans that hold every sample and event."""
    times = [event["t"] for event in material.events]
    times += [float(end) for b in material.blocks.values() for end in b.t[[0, -1]]]
    start, end = min(times), max(times)
    while start <= end:
        yield start
        start += _SPAN


def _header(material: Material, block: Block) -> bytes:
    info = block.info
    about = about_stream(material, block, IRREGULAR)
    columns = [
        {"label": name, "unit": unit, "type": _KINDS.get(name.split("_")[0], "Misc")}
        for name, unit in zip(info.channels, info.units, strict=True)
    ]
    told = {k: v for k, v in about.items() if k not in {"columns", "stream"}}
    return _stream(
        info.name,
        ("MoCap", "double64", len(columns), info.rate),
        f"{info.name}@{material.recording.header.session.get('id')}",
        {"channels": {"channel": columns}, "surefoot": _told(told)},
    )


def _marker_header(about: Mapping[str, Any]) -> bytes:
    told = {"surefoot": {"content": "JSON: name and detail of what was decided"}}
    source = f"events@{about['recording']}"
    return _stream("events", ("Markers", "string", 1, 0.0), source, told)


def _stream(
    name: str, shape: tuple[str, str, int, float], source: str, desc: Mapping[str, Any]
) -> bytes:
    kind, form, channels, rate = shape
    return _xml(
        {
            "name": name,
            "type": kind,
            "channel_count": channels,
            "nominal_srate": rate,
            "channel_format": form,
            "source_id": source,
            "created_at": 0.0,
            "desc": desc,
        }
    )


def _footer(times: Sequence[float], rate: float) -> bytes:
    ends = {
        "first_timestamp": repr(times[0]) if times else "",
        "last_timestamp": repr(times[-1]) if times else "",
    }
    length = times[-1] - times[0] if len(times) > 1 else 0.0
    measured = (len(times) - 1) / length if length and rate else 0.0
    return _xml({**ends, "sample_count": len(times), "measured_srate": repr(measured)})


def _samples(file: BinaryIO, block: Block, number: int) -> None:
    if not len(block):
        return
    row = np.dtype(
        [("size", "u1"), ("t", "<f8"), ("data", "<f8", (block.data.shape[1],))]
    )
    rows = np.empty(len(block), row)
    rows["size"], rows["t"], rows["data"] = 8, block.t, block.data
    _chunk(file, _SAMPLES, _varlen(len(block)) + rows.tobytes(), number)


def _markers(
    file: BinaryIO, events: Sequence[Mapping[str, Any]], start: float, number: int
) -> None:
    inside = [event for event in events if start <= event["t"] < start + _SPAN]
    if not inside:
        return
    content = _varlen(len(inside))
    for event in inside:
        told = {"name": event["name"], "detail": event["detail"]}
        text = json.dumps(told, sort_keys=True).encode()
        content += _STAMPED + struct.pack("<d", event["t"])
        content += _varlen(len(text)) + text
    _chunk(file, _SAMPLES, content, number)


def _chunk(file: BinaryIO, tag: int, content: bytes, stream: int | None = None) -> None:
    head = struct.pack("<H", tag)
    head += b"" if stream is None else struct.pack("<I", stream)
    file.write(_varlen(len(head) + len(content)) + head + content)


def _varlen(number: int) -> bytes:
    """Return a length in one, four or eight bytes, with how many in front."""
    for size in (1, 4):
        if number < 1 << 8 * size:
            return bytes([size]) + number.to_bytes(size, "little")
    return bytes([8]) + number.to_bytes(8, "little")


def _told(about: Mapping[str, Any]) -> dict[str, str]:
    return {key: "" if value is None else str(value) for key, value in about.items()}


def _xml(told: Mapping[str, Any]) -> bytes:
    root = Element("info")
    _fill(root, told)
    return b'<?xml version="1.0"?>' + tostring(root, "utf-8")


def _fill(parent: Element, told: Mapping[str, Any]) -> None:
    for key, value in told.items():
        for one in value if isinstance(value, list) else [value]:  # pyright: ignore[reportUnknownVariableType]
            child = SubElement(parent, key)
            if isinstance(one, dict):
                _fill(child, one)  # pyright: ignore[reportUnknownArgumentType]
            else:
                child.text = str(one)  # pyright: ignore[reportUnknownArgumentType]
