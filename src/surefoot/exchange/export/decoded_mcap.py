"""Decoded MCAP: JSON messages with schemas, for viewers such as Foxglove."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mcap.writer import CompressionType, Writer

from surefoot.exchange.export.description import (
    IRREGULAR,
    about_recording,
    about_stream,
)

if TYPE_CHECKING:
    from surefoot.core import Block
    from surefoot.exchange.export.material import Material
    from surefoot.exchange.export.target import Target

_EVENTS: dict[str, Any] = {
    "type": "object",
    "title": "event",
    "properties": {
        "t": {"type": "number", "description": "seconds since session start"},
        "name": {"type": "string"},
        "detail": {"type": "object"},
    },
    "required": ["t", "name", "detail"],
}


def write_mcap(material: Material, target: Target, _rate: float | None) -> None:
    """Write ``decoded.mcap``: one JSON message a sample, one topic a stream.

    The log time of a sample is its own time, on the wall clock if the recording tells
    it and from 0 if not. It is a copy to look at and no recording: Surefoot does not
    replay it.

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
    about = json.dumps(about_recording(material), ensure_ascii=False).encode()
    with target.new("decoded.mcap").open("wb") as file:
        writer = Writer(file, compression=CompressionType.ZSTD, enable_data_crcs=True)
        writer.start(profile="", library="surefoot")
        writer.add_attachment(0, 0, "export.json", "application/json", about)
        for block in material.blocks.values():
            _samples(writer, material, block)
        _events(writer, material)
        writer.finish()


def _samples(writer: Writer, material: Material, block: Block) -> None:
    info = block.info
    told = about_stream(material, block, IRREGULAR)
    properties = {"t": {"type": "number", "description": "s since session start"}}
    for name, unit in zip(info.channels, info.units, strict=True):
        properties[name] = {"type": "number", "description": unit}
    schema = {
        "type": "object",
        "title": info.name.replace("/", "_"),
        "description": f"{told['pipeline']}; frame {told['frame']}",
        "properties": properties,
        "required": list(properties),
    }
    channel = _channel(writer, f"/{info.name}", schema, material, told)
    rows = zip(block.t.tolist(), block.data.tolist(), strict=True)
    for i, (t, values) in enumerate(rows):
        message = {"t": t, **dict(zip(info.channels, values, strict=True))}
        at = _at(material, t)
        writer.add_message(channel, at, json.dumps(message).encode(), at, i)


def _events(writer: Writer, material: Material) -> None:
    channel = _channel(writer, "/events", _EVENTS, material, {})
    for i, event in enumerate(material.events):
        at = _at(material, event["t"])
        writer.add_message(channel, at, json.dumps(event).encode(), at, i)


def _channel(
    writer: Writer,
    topic: str,
    schema: dict[str, Any],
    material: Material,
    told: dict[str, Any],
) -> int:
    text = json.dumps(schema, ensure_ascii=False).encode()
    number = writer.register_schema(schema["title"], "jsonschema", text)
    facts = {
        key: str(told[key])
        for key in ("frame", "rate_nominal_hz", "sampling", "pipeline")
        if key in told
    }
    facts["virtual"] = str(material.setup.virtual).lower()
    return writer.register_channel(topic, "json", number, facts)


def _at(material: Material, t: float) -> int:
    return max(0, material.wall_ns + round(t * 1e9))
