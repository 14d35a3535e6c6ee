"""How a number came about, and under which circumstances: its identity.

A measure without these is half a number. Two numbers may be compared only when what is
told here agrees: `surefoot.analysis.comparison` says where it does not.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

ALGORITHM = "2"
"""Of the final measures: raised whenever the same recording gives another number."""
TOLD = ("board", "stance", "support", "vision", "surface", "footwear", "feedback")
"""The circumstances that only a person can tell."""
WORDS: Mapping[str, tuple[str, ...]] = {
    "stance": (
        "wide",
        "narrow",
        "semi-tandem",
        "tandem",
        "single-left",
        "single-right",
        "sitting",
    ),
    "support": ("none", "fingertips", "one-hand", "two-hands", "rail-near"),
    "vision": ("open", "closed", "dim"),
    "surface": ("firm", "foam", "rocker", "wobble", "dome", "ball"),
    "footwear": ("barefoot", "shoes", "socks"),
}
"""The words for them; a board and feedback are told in words of one's own."""
_LONGEST = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """What was done to the samples before a measure was taken.

    Attributes
    ----------
    stream : str
        The stream it was taken from: ``"board/imu"``.
    sensor : str
        The device profile that decoded it: ``"movesense"``.
    rate : float
        Sampling rate of what was measured [Hz].
    duration : float
        Length of what was measured [s].
    filter : str
        In words and numbers: ``"zero-phase low-pass 6 Hz, order 2"``, or ``"none"``.
    orientation : str
        How "up" was found; empty where it does not enter.
    level : str
        What the angles are about; empty where there are none.
    sampling : str
        ``"even"``, or how uneven samples were dealt with.
    algorithm : str
        As `ALGORITHM`.
    libraries : tuple of (str, str)
        Packages that compute, with their versions.
    """

    stream: str
    sensor: str = ""
    rate: float
    duration: float
    filter: str = "none"
    orientation: str = ""
    level: str = ""
    sampling: str = "even"
    algorithm: str = ALGORITHM
    libraries: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        told = [
            f"{self.stream} at {self.rate:.4g} Hz",
            self.orientation and f"orientation {self.orientation}",
            self.level and f"angles about {self.level}",
            f"filter {self.filter}",
            "" if self.sampling == "even" else self.sampling,
        ]
        return ", ".join(part for part in told if part)

    def as_json(self) -> dict[str, Any]:
        """Return the pipeline as it is printed; `pipeline_of` reads it back."""
        return {**asdict(self), "libraries": dict(self.libraries)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a person stood on, how, and with what help.

    Empty (None for the zone) where nobody said.

    Attributes
    ----------
    drill : str
        The name of what was done.
    board : str
        What was stood on: ``"rocker"``, ``"wobble"``, ``"force-plate"``.
    stance : str
        ``"wide"``, ``"tandem"``, ``"sitting"`` ...: see `WORDS`, here and below.
    support : str
        ``"none"``, ``"rail-near"``, ``"one-hand"`` ...: what was held on to; ``"held"``
        when it was, and nobody said how.
    vision : str
        ``"open"``, ``"closed"`` or ``"dim"``.
    surface : str
        What gives way under the feet, or not: ``"firm"``, ``"foam"``, ``"rocker"`` ...
    footwear : str
        ``"barefoot"``, ``"shoes"`` or ``"socks"``.
    feedback : str
        What was shown or heard meanwhile: ``"dot"``, ``"none"``.
    zone : float or None
        Radius of the zone that was asked for [rad].
    """

    drill: str = ""
    board: str = ""
    stance: str = ""
    support: str = ""
    vision: str = ""
    surface: str = ""
    footwear: str = ""
    feedback: str = ""
    zone: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the circumstances as they are printed; `circumstances_of` reads."""
        return asdict(self)

    def told(self) -> dict[str, str]:
        """Return what is known of what only a person can tell, by `TOLD`."""
        return {what: getattr(self, what) for what in TOLD if getattr(self, what)}

    def over(self, default: Circumstances) -> Circumstances:
        """Return these, and where they are unknown what the default says."""
        zone = default.zone if self.zone is None else self.zone
        drill = self.drill or default.drill
        texts = default.told() | self.told()
        return replace(self, **texts, drill=drill, zone=zone)


def unfit(what: str, value: object) -> str:
    """Return what is expected of a circumstance that is told, or nothing if it fits.

    Parameters
    ----------
    what : str
        Its name, one of `TOLD`.
    value : object
        What was told.

    Returns
    -------
    str
        Empty: it is one of its `WORDS`, or one line where words are free.
    """
    if what not in TOLD:
        return f"one of {', '.join(TOLD)}"
    if what in WORDS:
        return "" if value in WORDS[what] else f"one of {', '.join(WORDS[what])}"
    text = value if isinstance(value, str) else ""
    fits = 0 < len(text) <= _LONGEST and text == text.strip() and text.isprintable()
    return "" if fits else f"one line of 1 to {_LONGEST} characters"


def pipeline_of(told: Mapping[str, Any]) -> Pipeline:
    """Return the pipeline that `Pipeline.as_json` told; other keys are passed over.

    Raises
    ------
    KeyError
        If stream, rate or duration is missing.
    """
    known: dict[str, Any] = {k: told[k] for k in _names(Pipeline) if k in told}
    known |= {key: told[key] for key in ("stream", "rate", "duration")}
    libraries: dict[str, str] = dict(told.get("libraries") or {})
    known["libraries"] = tuple(sorted(libraries.items()))
    return Pipeline(**known)


def circumstances_of(told: Mapping[str, Any]) -> Circumstances:
    """Return the circumstances that were told; what is not known is passed over."""
    zone: Any = told.get("zone")
    texts = {
        key: str(told[key])
        for key in _names(Circumstances)
        if key != "zone" and isinstance(told.get(key), str)
    }
    known = isinstance(zone, int | float) and not isinstance(zone, bool)
    return Circumstances(**texts, zone=float(zone) if known else None)


def _names(of: type[Pipeline | Circumstances]) -> list[str]:
    return [field.name for field in fields(of)]
