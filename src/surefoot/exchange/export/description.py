"""What an exported file says about itself: units, frame, rate and what was done."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from surefoot.exchange.export.even import GAP
from surefoot.exchange.export.material import usual_rate

if TYPE_CHECKING:
    from surefoot.core import Block
    from surefoot.exchange.export.material import Material

IRREGULAR = "irregular"
EVEN = "even"
_FRAMES = {
    "sensor": "x, y, z as printed on the sensor; at rest acc points up",
    "board": "ml right, ap forward, v up, seen by a person standing on the board",
    "segment": "ml right, ap forward, v up of the body segment",
    "world": "z up, heading not known",
}


def about_recording(material: Material) -> dict[str, Any]:
    """Return what an export says of the recording it is from, JSON-ready."""
    told = material.recording.header.session
    return {
        "written_by": f"surefoot {version('surefoot')}",
        "recording": told.get("id"),
        "started": told.get("started"),
        "virtual": bool(told.get("virtual")),
        "person": told.get("person") or None,
        "drill": told.get("drill"),
        "state": material.recording.state,
        "packets_missing": material.recording.missing,
        "imported": "imported" in told,
        "anonymised": "anonymised" in told,
    }


def about_stream(material: Material, block: Block, sampling: str) -> dict[str, Any]:
    """Return what an export says of one stream, JSON-ready.

    Parameters
    ----------
    material : Material
        Where the stream is from.
    block : Block
        The samples as they are exported.
    sampling : str
        `IRREGULAR` or `EVEN`.
    """
    info = block.info
    sensor = material.setup.sensors[info.role]
    return {
        "stream": info.name,
        "frame": info.frame,
        "frame_means": _FRAMES.get(info.frame, ""),
        "time": "seconds since session start",
        "sampling": sampling,
        "rate_nominal_hz": info.rate,
        "rate_usual_hz": usual_rate(block.t),
        "samples": len(block),
        "columns": dict(zip(info.channels, info.units, strict=True)),
        "profile": sensor.profile.id,
        "evidence": sensor.profile.evidence,
        "calibrated": bool(sensor.calibration_text),
        "pipeline": pipeline(material, block, sampling),
    }


def pipeline(material: Material, block: Block, sampling: str) -> str:
    """Return in one line what was done to the samples."""
    sensor = material.setup.sensors[block.info.role]
    done = "calibrated" if sensor.calibration_text else "not calibrated"
    source = material.worked_out.get(block.info.name)
    if source:
        done += f", worked out of {source} where 10 kg or more are on the board"
    if sampling == EVEN:
        how = (
            f"resampled to {block.info.rate:g} Hz on lines between samples; NaN inside "
            f"gaps of more than {GAP:g} periods"
        )
    elif sensor.profile.transport == "table":
        how = "sample times as an imported file declares them"
    else:
        how = "sample times as they were found, uneven; gaps are left as they are"
    return f"decoded by the profile {sensor.profile.id}, {done}, not filtered; {how}"
