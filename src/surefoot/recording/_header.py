"""What a recording says about itself, beside its packets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from surefoot.recording._layout import CALIBRATION, DRILL, PROFILES, SESSION

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Header:
    """Everything a reader needs in order to understand the packets.

    Attributes
    ----------
    session : dict
        JSON-ready facts about the sitting. The recorder adds what is missing of
        ``schema``, ``id``, ``anchor_ns`` (wall minus monotonic clock [ns]),
        ``started`` (UTC, ISO 8601), ``versions``, ``cpu`` and ``platform``, and
        always writes ``channels`` (the source of each channel).
    profiles : dict
        The text of the device profile (TOML) of each role.
    calibration : dict
        The text of the calibration (TOML) of each role that has one.
    drill : str
        The text of the drill (TOML); empty if there was none.
    """

    session: dict[str, Any]
    profiles: dict[str, str]
    calibration: dict[str, str]
    drill: str


def parts_of(header: Header) -> dict[str, bytes]:
    """Return the attachments that carry a header."""
    return {
        SESSION: to_json(header.session),
        PROFILES: to_json(header.profiles),
        CALIBRATION: to_json(header.calibration),
        DRILL: header.drill.encode(),
    }


def header_of(session: dict[str, Any], parts: Mapping[str, bytes]) -> Header:
    """Return the header told by attachments; what is missing is empty."""
    return Header(
        session,
        texts_of(parts.get(PROFILES, b"")),
        texts_of(parts.get(CALIBRATION, b"")),
        parts.get(DRILL, b"").decode(errors="replace"),
    )


def to_json(value: object) -> bytes:
    """Return JSON that reads back equal, also for every finite or NaN float."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False).encode()


def object_of(text: bytes) -> dict[str, Any] | None:
    """Return a JSON object, or None if the text is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", found) if isinstance(found, dict) else None


def texts_of(text: bytes) -> dict[str, str]:
    """Return the entries of a JSON object that are texts."""
    found = object_of(text) or {}
    return {key: value for key, value in found.items() if isinstance(value, str)}
