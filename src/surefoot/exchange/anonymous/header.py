"""The header of an anonymous recording: only what is on a list is carried over."""

from __future__ import annotations

import tomllib
import uuid
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from surefoot.analysis.calibration_text import calibration_text
from surefoot.analysis.pipeline import WORDS, circumstances_of
from surefoot.core import DrillError
from surefoot.devices import shipped_profiles
from surefoot.exchange.anonymous.told_toml import toml_of
from surefoot.exchange.formats import FORMATS
from surefoot.recording import Header, fingerprint
from surefoot.session.drill_shelf import shipped_drill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.devices import Profile
    from surefoot.recording import Recording
    from surefoot.session.setup import Sensor, Setup
    from surefoot.training import Drill

LEFT_OUT = "left out"
NAMELESS = "unnamed"
TABLE = "imported-table"
"""The profile that an import writes."""

_WORDS = frozenset(
    {
        *("rocker", "wobble", "foam", "force-plate", "floor"),
        *("double", "single", "tandem", "semi-tandem", "left", "right"),
        *("none", "held", "open", "closed", "firm", "soft"),
        *("barefoot", "shoes", "socks", "dot", "sound", "trace"),
        *(word for words in WORDS.values() for word in words),
    }
)
"""What may be said of circumstances; anything else might be a name."""
_KINDS = ("given", "nominal", *FORMATS)
_IMPORTED = ("format", "clock", "rate", "rows", "rows_read")


def header_of(recording: Recording, setup: Setup, code: str) -> Header:
    """Return the header of the anonymous copy.

    Kept are: the numbers and words that a result depends on, versions and processor,
    and texts of profiles and drills as far as they ship with the product.

    Parameters
    ----------
    recording : Recording
        The original.
    setup : Setup
        What it was set up with.
    code : str
        The new code.
    """
    drill = drill_text(setup.drill) if setup.drill else ""
    return Header(
        session=_session(recording, setup, code, drill),
        profiles={r: profile_text(s.profile) for r, s in setup.sensors.items()},
        calibration={
            role: calibration_text(replace(s.calibration, serial="", date=""))
            for role, s in setup.sensors.items()
            if s.calibration_text
        },
        drill=drill,
    )


def profile_text(profile: Profile) -> str:
    """Return the text of a profile: the shipped one, or one without names."""
    shipped = shipped_profiles().get(profile.id)
    if shipped is not None and shipped.text == profile.text:
        return profile.text
    told = tomllib.loads(profile.text)
    told["name"] = shipped.name if shipped else LEFT_OUT
    told["sources"] = [LEFT_OUT]
    if shipped is None and profile.id != TABLE:
        told["id"] = NAMELESS
    if profile.transport == "table":
        told["streams"] = [_seconds(one) for one in told["streams"]]
    else:
        told["match"] = [{"name": f"^{NAMELESS}$"}]  # may name one unit
    told.pop("virtual", None)
    return toml_of(told)


def drill_text(drill: Drill) -> str:
    """Return the text of a drill: the shipped one, or one without free texts."""
    try:
        shipped = shipped_drill(drill.name)  # never a therapist's own: it may tell
    except DrillError:
        shipped = None
    if shipped is not None and shipped.text == drill.text:
        return drill.text
    told = tomllib.loads(drill.text)
    for key in ("title", "focus"):
        if shipped is None or told[key] != getattr(shipped, key):
            told[key] = LEFT_OUT
    for key in ("instructions", "safety"):
        if shipped is None or tuple(told[key]) != getattr(shipped, key):
            told[key] = [LEFT_OUT]
    told |= _unsaid(told)
    if shipped is None:
        told["name"] = NAMELESS
    return toml_of(told)


def _unsaid(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the further parts of a drill that may hold free texts, without them."""
    found: dict[str, Any] = {}
    if "stage" in told:
        found["stage"] = [{**stage, "title": LEFT_OUT} for stage in told["stage"]]
    if "second" in told:
        found["second"] = {**told["second"], "words": LEFT_OUT}
    if "sources" in told:
        found["sources"] = {}
    if "source" in told:
        found |= {"grade": "D", "source": LEFT_OUT}
    return found


def _session(
    recording: Recording, setup: Setup, code: str, drill: str
) -> dict[str, Any]:
    told = recording.header.session
    found: dict[str, Any] = {
        "id": uuid.uuid4().hex,
        "anchor_ns": 0,
        "started": "",
        "live": setup.live,
        "virtual": setup.virtual,
        "person": code,
        "zone_deg": setup.zone_deg,
        "drill": tomllib.loads(drill)["name"] if drill else None,
        "sensors": {role: _sensor(one) for role, one in setup.sensors.items()},
        "anonymised": {"by": f"surefoot {version('surefoot')}"},
    }
    found |= {
        part: _known(told.get(part), facts) for part, facts in fingerprint().items()
    }
    imported: Any = told.get("imported")
    if isinstance(imported, dict):
        found["imported"] = _imported(imported)  # pyright: ignore[reportUnknownArgumentType]
    around: Any = told.get("circumstances")
    if isinstance(around, dict):
        known = circumstances_of(around).as_json()  # pyright: ignore[reportUnknownArgumentType]
        found["circumstances"] = {
            key: value
            for key, value in known.items()
            if isinstance(value, float) or value in _WORDS
        }
    return found


def _sensor(told: Sensor) -> dict[str, Any]:
    known = told.profile.id in {*shipped_profiles(), TABLE}
    name = told.profile.id if known else NAMELESS
    known_params = told.profile.params
    params = {k: float(v) for k, v in told.params.items() if k in known_params}
    return {"profile": name, "device": "", "params": params}


def _known(told: Any, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a fingerprint says, under the names a fingerprint has."""
    return {k: told[k] for k in facts if k in told} if isinstance(told, dict) else {}


def _imported(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the commands tell of an import, without where it is from."""
    known = {
        key: value
        for key in _IMPORTED
        if isinstance(value := told.get(key), (int, float)) or value in _KINDS
    }
    plain = {"from": "", "format": LEFT_OUT, "clock": "given", "rate": 0.0, "rows": 0}
    return {**plain, "label": "", "rows_dropped": {}, "notes": [], **known}


def _seconds(stream: Mapping[str, Any]) -> dict[str, Any]:
    """Return the stream of a table with its times in seconds of the session."""
    timed = stream["time"].get("column")
    columns = [
        {"name": timed, "unit": "s"} if column.get("name") == timed else column
        for column in stream["columns"]
    ]
    return {**stream, "columns": columns}
