"""Motion-BIDS: a data set of one more run, as the specification lays it out.

Every stream has a clock of its own and is a tracking system of its own. Samples are
uneven: their times stand in a channel of type LATENCY.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from surefoot.core import TableError
from surefoot.exchange.export.description import (
    IRREGULAR,
    about_recording,
    about_stream,
)
from surefoot.exchange.export.motion_channels import (
    FRAME_LEVELS,
    KINDS,
    Channel,
    channels_of,
    channels_table,
)

if TYPE_CHECKING:
    from pathlib import Path

    from surefoot.core import Block
    from surefoot.exchange.export.material import Material
    from surefoot.exchange.export.target import Target

VERSION = "1.10.0"
"""Of the specification."""

_PARTICIPANTS = "participants.tsv"
_DESCRIPTION = "dataset_description.json"
_README = """\
Movement of a person in balance training, exported by Surefoot.

Each sensor is a tracking system of its own with a clock of its own. Samples are as
they were taken, uneven in time: the first channel of every file, LATENCY, is the time
in seconds since the start of the session. Values are decoded and calibrated, not
filtered; the json beside each file says how. Gaps are left as they are.
"""


@dataclass(frozen=True, slots=True)
class _Run:
    """Where one run stands in the data set."""

    subject: str
    task: str
    run: int

    @property
    def folder(self) -> str:
        return f"{self.subject}/motion"

    def stem(self, system: str) -> str:
        return f"{self.subject}_task-{self.task}_tracksys-{system}_run-{self.run:02d}"


def write_motion_bids(material: Material, target: Target, _rate: float | None) -> None:
    """Write the recording into a data set, as its next run; begin one if need be.

    Parameters
    ----------
    material : Material
        The recording.
    target : Target
        The data set: a new or empty folder, or one that this wrote before.
    _rate : float or None
        Not used: samples are as they were taken.

    Raises
    ------
    TableError
        If the folder holds something else, or cannot be written to.
    """
    _expect_ours(target.top)
    subject = f"sub-{label(material.setup.person) or 'unknown'}"
    participant = f"{subject}\t{material.setup.person or 'n/a'}"
    _expect_one(target.top, subject, participant)
    task = label(material.setup.drill.name) if material.setup.drill else "balance"
    run = _Run(subject, task, _next_run(target.top / subject / "motion", task))
    if not (target.top / _DESCRIPTION).exists():
        _begin(target)
    for block in material.blocks.values():
        _stream(material, target, run, block)
    began = _began(material)
    rows = [
        f"motion/{run.stem(label(name))}_motion.tsv\t{began}"
        for name in material.blocks
    ]
    scans = f"{subject}/{subject}_scans.tsv"
    _extend(target, scans, "filename\tacq_time", rows)
    _extend(target, _PARTICIPANTS, "participant_id\tcode", [participant])


def label(text: str) -> str:
    """Return letters and digits of a text; a label may have no others."""
    return re.sub(r"[^A-Za-z0-9]", "", text)


def _stream(material: Material, target: Target, run: _Run, block: Block) -> None:
    stem = f"{run.folder}/{run.stem(label(block.info.name))}"
    channels = channels_of(block)
    _motion(target.new(f"{stem}_motion.tsv"), block)
    target.json(f"{stem}_motion.json", _sidecar(material, block, channels, run))
    target.text(f"{stem}_channels.tsv", channels_table(channels))
    target.json(f"{stem}_channels.json", FRAME_LEVELS)
    target.text(f"{stem}_events.tsv", _events(material))
    target.json(f"{stem}_events.json", _EVENT_COLUMNS)


def _motion(path: Path, block: Block) -> None:
    """Write the samples; the format has no line of headings."""
    row = "\t".join(["%.17g"] * (1 + len(block.info.channels))) + "\n"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        pairs = zip(block.t.tolist(), block.data.tolist(), strict=True)
        file.writelines(row % (t, *values) for t, values in pairs)


def _sidecar(
    material: Material, block: Block, channels: list[Channel], run: _Run
) -> dict[str, Any]:
    about = about_stream(material, block, IRREGULAR)
    kinds = [channel.kind for channel in channels]
    usual = about["rate_usual_hz"]
    steps = np.diff(block.t)
    gaps = int((steps > 2.5 * np.median(steps)).sum()) if len(steps) else 0
    told = {
        "TaskName": run.task,
        "SamplingFrequency": float(block.info.rate),
        "SamplingFrequencyEffective": usual or float(block.info.rate),
        "TrackingSystemName": label(block.info.name),
        "TrackedPointsCount": 1,
        "MotionChannelCount": len(channels),
        **{f"{kind}ChannelCount": kinds.count(kind) for kind in KINDS},
        "MissingValues": f"left out; {gaps} gaps are to be seen in the LATENCY channel",
        "SoftwareVersions": about_recording(material)["written_by"],
        "DeviceProfile": about["profile"],
        "Pipeline": about["pipeline"],
        "Frame": about["frame"],
        "VirtualPerson": material.setup.virtual,
    }
    if material.setup.drill:
        drill = material.setup.drill
        told["TaskDescription"] = drill.title
        told["Instructions"] = " ".join(drill.instructions)
    return told


def _events(material: Material) -> str:
    lines = ["onset\tduration\ttrial_type\tdetail"]
    for event in material.events:
        detail = json.dumps(event["detail"], sort_keys=True) if event["detail"] else ""
        lines.append(f"{event['t']!r}\tn/a\t{event['name']}\t{detail or 'n/a'}")
    return "\n".join(lines) + "\n"


_EVENT_COLUMNS = {
    "onset": {
        "Description": "Time of the event, on the clock of the LATENCY channel",
        "Units": "s",
    },
    "trial_type": {"Description": "What the session decided or was told"},
    "detail": {"Description": "What is needed to understand it, as JSON"},
}


def _began(material: Material) -> str:
    """Return when the session began, from where LATENCY and onset count."""
    if not material.wall_ns:
        return "n/a"
    return f"{np.datetime64(material.wall_ns // 1000, 'us')}Z"


def _begin(target: Target) -> None:
    told = {
        "Name": "Balance training, exported by Surefoot",
        "BIDSVersion": VERSION,
        "DatasetType": "raw",
        "GeneratedBy": [{"Name": "surefoot"}],
    }
    target.json(_DESCRIPTION, told)
    target.text("README.md", _README)
    code = {"Description": "The person's code in the recordings"}
    target.json("participants.json", {"code": code})


def _expect_ours(top: Path) -> None:
    """Refuse to write a data set into a folder of something else."""
    try:
        known = json.loads((top / _DESCRIPTION).read_text("utf-8"))
    except FileNotFoundError:
        if top.is_dir() and any(top.iterdir()):
            _refuse(top, "a folder of other files")
        return
    except (OSError, ValueError) as error:
        _refuse(top, f"a {_DESCRIPTION} that cannot be read ({error})")
        return
    makers = known.get("GeneratedBy", []) if isinstance(known, dict) else []  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if {"Name": "surefoot"} not in makers:
        _refuse(top, "somebody else's data set")


def _expect_one(top: Path, subject: str, participant: str) -> None:
    """Refuse two people under one label: a label has letters and digits only."""
    path = top / _PARTICIPANTS
    known = path.read_text("utf-8").splitlines() if path.is_file() else []
    for row in known:
        name, _, code = row.partition("\t")
        if name == subject and row != participant:
            _refuse(top, f"{subject} for {code} in it already")


def _refuse(top: Path, got: str) -> None:
    msg = (
        f"{top}: expected a new folder or a data set of Surefoot, got {got}: "
        "name another with --to"
    )
    raise TableError(msg)


def _next_run(folder: Path, task: str) -> int:
    found = [
        int(run[1])
        for path in folder.glob(f"*_task-{task}_*_motion.tsv")
        if (run := re.search(r"_run-(\d+)_", path.name))
    ]
    return max(found, default=0) + 1


def _extend(target: Target, name: str, heading: str, rows: list[str]) -> None:
    """Add rows to a table of the data set that are not in it yet."""
    path = target.top / name
    if not path.exists():
        target.text(name, "\n".join([heading, *rows]) + "\n")
        return
    known = path.read_text("utf-8").splitlines()
    new = [row for row in rows if row not in known]
    if new:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write("\n".join(new) + "\n")
