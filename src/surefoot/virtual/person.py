"""People who do not exist: how well each balances, and what is special about them."""

from __future__ import annotations

from dataclasses import dataclass
from math import radians


@dataclass(frozen=True, slots=True)
class Person:
    """What decides how somebody moves on a board. Nothing here is a diagnosis.

    Attributes
    ----------
    name : str
        Kebab-case.
    skill : float
        0 to 1: 0.9 stays within two or three degrees, 0.15 often touches an edge.
    lean : float
        Where the person takes level to be [rad], right edge down positive.
    effort : float
        Strength of every correction, 1 is usual.
    fatigue : float
        Skill lost per minute of standing.
    stops_after : float or None
        Seconds of a run after which the person asks to stop.
    slip : float
        How fast the sensor turns on the board while somebody stands on it [rad/s].
    """

    name: str
    skill: float
    lean: float = 0.0
    effort: float = 1.0
    fatigue: float = 0.0
    stops_after: float | None = None
    slip: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.skill <= 1:
            msg = f"{self.name}: skill is {self.skill}, expected 0 to 1"
            raise ValueError(msg)

    def skill_after(self, standing: float) -> float:
        """Return the skill after so many seconds of standing."""
        return max(0.1, self.skill - self.fatigue * standing / 60)


PEOPLE: dict[str, Person] = {
    person.name: person
    for person in (
        Person("steady", 0.9),
        Person("unsteady", 0.3),
        Person("tiring", 0.8, fatigue=0.5),
        Person("asymmetric", 0.78, lean=radians(3.0)),
        Person("in-pain", 0.92, effort=0.95, stops_after=12.0),
        Person("slipping-sensor", 0.85, slip=radians(6.0) / 60),
    )
}
"""The named people, for demonstrations, tests and teaching."""
