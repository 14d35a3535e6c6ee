"""Packets that are not samples: links, people and the clock, told in JSON.

They pass the same queue as sensor packets and are recorded with them, so that a replay
decides as the session did. Each is a cut point: no block spans one.

======================  ==============================================================
source                  fields
======================  ==============================================================
``clock/start``         ``wall_ns``: the first packet of every session, time zero
``clock/tick``          none; five a second while a session is live
``clock/suspended``     ``asleep_ns``: the computer slept for so long, just before
``clock/paint``         ``ms``: from arrival to painting, median of two seconds
``clock/end``           ``why``: the last packet of a session that was closed in order
``link/<role>``         ``state`` (a `LinkState`), ``reason``, ``device``; or ``wrote``
                        (hex), ``endpoint``; or ``battery`` (percent); or ``gap`` (s),
                        ``since_ns``, ``reason``; or ``warning``
``person/command``      ``do``: what somebody asked for, with its arguments
======================  ==============================================================
"""

from __future__ import annotations

import json
from typing import cast

from surefoot.core._errors import DecodeError
from surefoot.core._types import JsonValue, Packet

ROLES = frozenset({"clock", "link", "person"})


def is_control(packet: Packet) -> bool:
    """Return whether the packet is not from a sensor."""
    return packet.role in ROLES


def control(source: str, t_ns: int, **fields: JsonValue) -> Packet:
    """Return a control packet with these fields."""
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return Packet(source, t_ns, text.encode())


def fields(packet: Packet) -> dict[str, JsonValue]:
    """Return the fields of a control packet.

    Raises
    ------
    DecodeError
        If the payload is not a JSON object.
    """
    try:
        found = json.loads(packet.payload)
    except (ValueError, RecursionError):  # deep nesting overflows the parser
        found = None
    if not isinstance(found, dict):
        raise DecodeError(packet.source, packet.payload, "a JSON object")
    return cast("dict[str, JsonValue]", found)
