"""What a finished recording and the files beside it tell the catalogue."""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from surefoot.archive._clean import clean
from surefoot.archive._errors import ArchiveError
from surefoot.archive._sitting import (
    AnswerFact,
    DecisionFact,
    answers_of,
    decisions_of,
    kept_of,
    sets_of,
)
from surefoot.core import DecodeError, DrillError, Marker, SurefootError
from surefoot.core.control import fields
from surefoot.recording import annotations_of, open_recording
from surefoot.session.final import stored
from surefoot.session.people import check_code

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from surefoot.recording import Annotations, Recording

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NEAR = 0.5  # s; a measured interval and the set it is of begin this near
_OF_A_MEASURE = ("name", "value", "unit", "stream", "flags", "t0", "t1")
_HELD = {
    "held": True,
    "fingertips": True,
    "one-hand": True,
    "two-hands": True,
    "none": False,
    "rail-near": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialFact:
    """One run: its interval [s], its drill, how it ended, what it took place on.

    Of a sitting also which set it was (0 for none), its stage, why it does not count,
    the share of what was asked that was kept, and all that was told of the set.
    """

    number: int
    t0: float
    t1: float
    drill: str = ""
    ended: str = ""
    held_on: bool | None = None
    excluded: bool = False
    circumstances: dict[str, Any] = field(default_factory=dict[str, Any])
    set_no: int = 0
    stage: str = ""
    invalid: str = ""
    kept: float | None = None
    sitting: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFact:
    """What somebody wrote down, when, and under which code."""

    text: str
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the catalogue keeps of one recording.

    Attributes
    ----------
    uuid : str
        The recording's own.
    person : str
        A code; empty for nobody's.
    started : datetime or None
        As the recording says.
    drill, path, sha256, state : str
        ``state`` is ``complete``, or why not.
    size : int
        Of the file [bytes].
    duration : float
        From the first packet to the last [s].
    virtual, imported : bool
        Whether people and sensors exist in the computer only; whether another
        program recorded it.
    labels : tuple of str
        As annotated.
    exclusions : tuple of (float, float)
        Intervals not to be measured [s].
    trouble : str
        Why it was not measured, or whose it is was left out; empty if all is well.
    trials, markers, notes, answers, decisions : tuple
        In the order of time.
    results : tuple of dict
        As `surefoot.session.final.stored` returns them, oldest first.
    """

    uuid: str
    person: str = ""
    started: datetime | None = None
    drill: str = ""
    path: str = ""
    sha256: str = ""
    state: str = "complete"
    size: int = 0
    duration: float = 0.0
    virtual: bool = False
    imported: bool = False
    labels: tuple[str, ...] = ()
    exclusions: tuple[tuple[float, float], ...] = ()
    trouble: str = ""
    trials: tuple[TrialFact, ...] = ()
    markers: tuple[Marker, ...] = ()
    notes: tuple[NoteFact, ...] = ()
    answers: tuple[AnswerFact, ...] = ()
    decisions: tuple[DecisionFact, ...] = ()
    results: tuple[dict[str, Any], ...] = ()

    def excludes(self, t0: float, t1: float) -> bool:
        """Return whether any of an interval is not to be measured [s]."""
        return any(start < t1 and t0 < end for start, end in self.exclusions)


def facts_of(path: Path, *, measure: bool = True) -> Facts:
    """Return what a recording tells.

    Parameters
    ----------
    path : Path
        The recording.
    measure : bool
        Whether to measure it now when no results are kept beside it.

    Raises
    ------
    SurefootError
        If it is not a readable recording, or one without a number of its own.
    """
    recording = open_recording(path)
    uuid = id_of(recording)
    said = annotations_of(path)
    results, trouble = _results(path, measure=measure)
    person, strange = person_of(recording, said)
    session = recording.header.session
    exclusions = tuple((gone.start, gone.end) for gone in said.exclusions)
    drill = clean(said.corrections.get("drill") or str(session.get("drill") or ""))
    told = Facts(uuid=uuid, drill=drill, exclusions=exclusions)
    return Facts(
        uuid=uuid,
        person=person,
        started=_instant(session.get("started")),
        drill=drill,
        path=str(path.absolute()),
        sha256=_sha256(path),
        state=recording.state,
        size=recording.size,
        duration=recording.duration,
        virtual=bool(session.get("virtual")),
        imported="imported" in session,
        labels=tuple(map(clean, said.labels)),
        exclusions=exclusions,
        trouble=clean("; ".join(filter(None, (trouble, strange)))),
        trials=_trials(results, recording, told),
        markers=_markers(recording),
        notes=_notes(said),
        answers=answers_of(results[-1]) if results else (),
        decisions=decisions_of(results[-1]) if results else (),
        results=tuple(clean(row) for row in results),
    )


def id_of(recording: Recording) -> str:
    """Return a recording's own number.

    Raises
    ------
    ArchiveError
        If it has none.
    """
    told = recording.header.session.get("id")
    if isinstance(told, str) and _ID.fullmatch(told):
        return told
    msg = (
        f"{recording.path}: expected a recording with a number of its own, got "
        f"{told!r}: another program changed it, take the original"
    )
    raise ArchiveError(msg)


def person_of(recording: Recording, said: Annotations) -> tuple[str, str]:
    """Return whose a recording is, or why what it says cannot be a code."""
    told = said.person
    code = str(recording.header.session.get("person") or "") if told is None else told
    if not code:
        return "", ""
    try:
        check_code(code)
    except DrillError:
        return "", "whose it is was not said as a code: surefoot annotate --person"
    return code, ""


def _results(path: Path, *, measure: bool) -> tuple[list[dict[str, Any]], str]:
    try:
        rows = [row for row in stored(path) if _is_sound(row)]
        if rows or not measure:
            return rows, ""
        from surefoot.session.analysing import analyse  # heavy: most have been measured

        return [analyse(path)], ""
    except SurefootError as error:
        return [], str(error)
    except Exception as error:  # noqa: BLE001 one odd file must not end a whole rebuild
        return [], f"not measured: {type(error).__name__}: {error}"


def _is_sound(row: dict[str, Any]) -> bool:
    """Return whether results have the shape that the catalogue keeps."""
    try:
        measures = [[one[key] for key in _OF_A_MEASURE] for one in row["measures"]]
        runs = [[run["t0"], run["t1"]] for run in row["circumstances"]]
        times = [float(t) for told in (*measures, *runs) for t in told[-2:]]
        whole = isinstance(row["key"], dict) and isinstance(row["pipelines"], list)
    except (KeyError, TypeError, ValueError):
        return False
    return whole and all(map(math.isfinite, times))


def _trials(
    results: Sequence[dict[str, Any]], recording: Recording, told: Facts
) -> tuple[TrialFact, ...]:
    """Return the runs the newest results are of, and the sets that have no values."""
    if not results:
        return ()
    ends = _ends(recording)
    sets = sets_of(results[-1])
    found: list[TrialFact] = []
    runs: list[dict[str, Any]] = results[-1].get("circumstances") or []
    for run in runs:
        t0 = float(run["t0"])
        mine = next((one for one in sets if abs(one["t0"] - t0) < _NEAR), None)
        sets = [one for one in sets if one is not mine]
        ended = next((why for t, why in ends if t >= t0), "")
        found.append(_trial(run, mine or {}, ended, told))
    found += [_trial({}, one, "", told) for one in sets]
    found.sort(key=lambda one: one.t0)
    return tuple(replace(one, number=n) for n, one in enumerate(found, 1))


def _trial(
    run: dict[str, Any], one: dict[str, Any], ended: str, told: Facts
) -> TrialFact:
    place = run or one
    t0, t1 = float(place["t0"]), float(place["t1"])
    held = _HELD.get(str(run.get("support")))
    answered = one.get("held_on")
    if held is None and isinstance(answered, bool):
        held = answered
    drill = run.get("drill") or (told.drill if one else "")
    return TrialFact(
        number=0,
        t0=t0,
        t1=t1,
        drill=clean(str(drill or "")),
        ended=clean(str(one.get("ended") or ended)),
        held_on=held,
        excluded=told.excludes(t0, t1),
        circumstances=clean({k: v for k, v in run.items() if k not in {"t0", "t1"}}),
        set_no=int(one.get("set", 0)),
        stage=str(one.get("stage") or ""),
        invalid=str(one.get("invalid") or ""),
        kept=kept_of(one),
        sitting={k: v for k, v in one.items() if k not in {"t0", "t1"}},
    )


def _ends(recording: Recording) -> list[tuple[float, str]]:
    """Return when runs ended live, and why; nothing if it was not closed in order."""
    events = cast("list[dict[str, Any]]", (recording.results or {}).get("events") or [])
    return [
        (float(event["t"]), str(event.get("detail", {}).get("why", "")))
        for event in events
        if event.get("name") == "run-end"
    ]


def _markers(recording: Recording) -> tuple[Marker, ...]:
    found: list[Marker] = []
    for batch in recording.batches():
        for packet in batch.of("person/command").packets():
            try:
                told = fields(packet)
            except DecodeError:
                continue
            if told.get("do") == "marker":
                t = (packet.t_ns - recording.t0_ns) * 1e-9
                label, detail = told.get("label", "marker"), told.get("detail", "")
                found.append(Marker(t, clean(str(label)), clean(str(detail))))
    return tuple(found)


def _notes(said: Annotations) -> tuple[NoteFact, ...]:
    return tuple(
        NoteFact(
            text=clean(str(entry.change.fields["text"])),
            at=_instant(entry.at),
            by=clean(entry.by),
        )
        for entry in said.history
        if entry.change.kind == "note" and not entry.withdrawn
    )


def _instant(told: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(told))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
