"""What one worker does: measures some files, and turns every failure into an answer."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from surefoot.analysis.pipeline import ALGORITHM
from surefoot.core import SurefootError
from surefoot.devices import load_profile
from surefoot.recording import annotations_file
from surefoot.session.analyse import Options, analyse

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MEASURED = "measured"
REFUSED = "refused"
"""The file is no usable recording, or the options do not fit it."""
BROKEN = "broken"
"""The program failed at it: a mistake of ours."""
DIED = "died"
"""The worker died of it; the next run tries again."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done with every file.

    Attributes
    ----------
    options : Options
        As `analyse` takes them.
    store : bool
        Whether the values are also kept beside each recording.
    """

    options: Options = field(default_factory=Options)
    store: bool = False

    @property
    def key(self) -> str:
        """What the values depend on beside the file: algorithm and options."""
        told = asdict(self.options)
        told["profile"] = _profile(self.options.profile)
        told["calibration"] = _calibration(self.options.calibration)
        text = json.dumps(told, sort_keys=True, default=str)
        digest = hashlib.sha256(text.encode()).hexdigest()
        return f"a{ALGORITHM}-{digest[:8]}"


@dataclass(frozen=True, slots=True)
class Mark:
    """By what a file is known again.

    Attributes
    ----------
    file : str
        Its path.
    size, mtime_ns : int
        Of it and its annotations, together and the latest, as the file system tells
        them; -1 if it cannot be looked at.
    sha256 : str
        Of its bytes and those of its annotations; empty if it cannot be read.
    """

    file: str
    size: int = -1
    mtime_ns: int = -1
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file.

    Attributes
    ----------
    mark : Mark
        Which file.
    status : str
        ``"measured"``, ``"refused"``, ``"broken"`` or ``"died"``.
    found : dict or None
        As `surefoot.session.analyse.analyse` returns it, if it was measured.
    error : str
        Why it was not, one line.
    """

    mark: Mark
    status: str
    found: dict[str, Any] | None = None
    error: str = ""


def work(plan: Plan, files: Sequence[Path]) -> list[Outcome]:
    """Return what came of each file, in order; nothing one file does stops the rest."""
    return [_one(plan, file) for file in files]


def mark_of(file: Path, *, digest: bool = True) -> Mark:
    """Return by what a file is known again.

    What is said about a recording changes its values, so the annotations count too.

    Raises
    ------
    OSError
        If it cannot be read.
    """
    beside = annotations_file(file)
    parts = [file, *([beside] if beside.is_file() else [])]
    stats = [part.stat() for part in parts]
    total = hashlib.sha256()
    for part in parts if digest else ():
        with part.open("rb") as stream:
            total.update(hashlib.file_digest(stream, "sha256").digest())
    return Mark(
        str(file),
        sum(stat.st_size for stat in stats),
        max(stat.st_mtime_ns for stat in stats),
        total.hexdigest() if digest else "",
    )


def died(file: Path) -> Outcome:
    """Return the outcome of a file whose worker died."""
    why = (
        f"{file}: expected to measure it, got a worker that died of it: look at its "
        "size and the memory there is, or measure it alone"
    )
    return Outcome(Mark(str(file)), DIED, error=why)


def _one(plan: Plan, file: Path) -> Outcome:
    mark = Mark(str(file))
    try:
        mark = mark_of(file)
        found = analyse(file, plan.options)
        if plan.store:
            from surefoot.session.final import store

            store(found, file)
    except (SurefootError, OSError) as error:
        return Outcome(mark, REFUSED, error=_line(error))
    except Exception as error:  # noqa: BLE001 - it must not stop the other files
        why = f"{file}: internal error, please report it ({_line(error)})"
        return Outcome(mark, BROKEN, error=why)
    return Outcome(mark, MEASURED, found)


def _line(error: Exception) -> str:
    text = str(error) if isinstance(error, (SurefootError, OSError)) else repr(error)
    return " ".join(text.split())


def _profile(told: str | None) -> str | None:
    """Return the text of the profile that is named; if there is none, the name."""
    try:
        return None if told is None else load_profile(told).text
    except SurefootError:
        return told


def _calibration(told: Path | None) -> str | None:
    try:
        return None if told is None else told.read_bytes().hex()
    except OSError:
        return str(told)
