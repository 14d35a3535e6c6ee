"""What a person chose to hear: on or off, how loud, which timbre, words, cues."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TIMBRES = ("bell", "wood", "breath")


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """What is heard, and how.

    Attributes
    ----------
    on : bool
        Whether anything is heard at all.
    volume : float
        0 to 1 of the most that is ever given; whatever is asked for is brought in
        there, and what is no number becomes 0.
    timbre : str
        One of `TIMBRES`; anything else becomes the first.
    speech : bool
        Whether words are spoken where the computer can.
    cues : bool
        Whether leaving the zone is heard; start, end and a lost signal always are.
    """

    on: bool = True
    volume: float = 0.5
    timbre: str = TIMBRES[0]
    speech: bool = True
    cues: bool = True

    def __post_init__(self) -> None:
        # written so that what is no number (NaN) becomes 0
        volume = min(1.0, float(self.volume)) if self.volume > 0.0 else 0.0
        object.__setattr__(self, "volume", volume)
        if self.timbre not in TIMBRES:
            object.__setattr__(self, "timbre", TIMBRES[0])

    def as_table(self) -> dict[str, bool | float | str]:
        """Return the settings as TOML and JSON keep them; `sound_settings` reads."""
        return asdict(self)


def sound_settings(table: Mapping[str, object]) -> SoundSettings:
    """Return the settings a table tells.

    Parameters
    ----------
    table : mapping
        As from TOML. What is missing, unknown or of another kind counts as not said:
        damaged settings never keep anybody from training.
    """
    usual = SoundSettings()
    timbre = table.get("timbre")

    def chosen(key: str, default: bool) -> bool:
        value = table.get(key)
        return value if isinstance(value, bool) else default

    return SoundSettings(
        on=chosen("on", usual.on),
        volume=_volume(table.get("volume"), usual.volume),
        timbre=timbre if isinstance(timbre, str) else usual.timbre,
        speech=chosen("speech", usual.speech),
        cues=chosen("cues", usual.cues),
    )


def _volume(value: object, default: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return default
    return min(1.0, max(0.0, value))
