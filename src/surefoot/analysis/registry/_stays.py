"""Cards: stays and sides of a board, and how a moving target was followed."""

from __future__ import annotations

from surefoot.analysis.registry._card import Need
from surefoot.analysis.registry._family import ALONG, Draft, Family, chapter

_TILT = frozenset({Need.TILT})
_STAYS = Family(
    group="tilt",
    needs=_TILT | {Need.TARGET},
    bias="The size of the zone and the low-pass: at the border noise makes exits of "
    "one sample. A gap of more than 0.2 s ends a stay and is no exit. Compare only "
    "equal zones, filters and lengths.",
    not_said="Tilt of the board, not of the trainee: holding on, a softer floor or "
    "another board change it.",
    source="Ours (no DOI)",
)
_SIDES = Family(
    group="tilt",
    needs=_TILT,
    bias="An error of level decides it: half a degree is much for somebody who stays "
    "within two. A tilt of half a degree or less is on neither side (our default). "
    "Turned feet and a turned sensor mix the axes.",
    not_said="It does not know why one side was low more often, or whether that "
    "should change.",
    source="Ours (no DOI)",
)
_FOLLOWING = Family(
    group="limits",
    needs=frozenset({Need.MOVING_TARGET}),
    min_rate=20.0,
    uniform=True,
    bias="The path and the pace of the target decide most: compare only equal ones. "
    "The least rate of 20 Hz is our default.",
    not_said="Who foresees a regular target follows it better than who reacts to it.",
    source="Ours (no DOI)",
)

STAYS = chapter(
    "Stays in the zone",
    _STAYS,
    [
        Draft(
            name="zone_exits",
            symbol="EXITS",
            title="How often the zone was left",
            unit="1",
            better="lower",
            formula="stays that ended by a sample outside",
            says="How many times the board had to be brought back.",
        ),
        Draft(
            name="zone_longest_stay",
            symbol="STAY",
            title="Longest stay in the zone",
            unit="s",
            better="higher",
            formula="longest time without a sample outside",
            says="How long it went well without a break.",
        ),
        Draft(
            name="zone_first_stay",
            symbol="T-STAY",
            title="Time until the first stay of a second",
            unit="s",
            better="lower",
            formula="start of the first stay of 1 s or more, from the start of the "
            "trial",
            says="How long it took to find the middle.",
            bias="1 s is our default.",
        ),
    ],
)


def _share(side: str) -> Draft:
    return Draft(
        name=f"tilt_share_{side}",
        symbol=f"TILT-{side.upper()}",
        title=f"Share of the time with the {side} side low",
        unit="1",
        formula=f"time tilted to the {side} by more than 0.5 degrees / all time known",
        says=f"How much of the trial the {side} side was low.",
    )


SIDES = chapter(
    "Sides of the board",
    _SIDES,
    [
        *(_share(side) for side in ("left", "right", "back", "front")),
        Draft(
            name="tilt_symmetry",
            symbol="SYM",
            title="One side against the other, by time",
            unit="1",
            better="nearer-zero",
            axes=ALONG,
            formula="(right - left) / (right + left) of the times",
            formula_ap="(front - back) / (front + back) of the times",
            says="0 both sides the same, 1 all to the right or front, -1 all to the "
            "left or back.",
        ),
        Draft(
            name="tilt_symmetry_weighted",
            symbol="SYM-W",
            title="One side against the other, by tilt and time",
            unit="1",
            better="nearer-zero",
            axes=ALONG,
            formula="(right - left) / (right + left) of the tilt summed over time",
            formula_ap="(front - back) / (front + back) of the tilt summed over time",
            says="As by time; how far counts too.",
        ),
        Draft(
            name="edge_time",
            symbol="T-EDGE",
            title="Time on an edge",
            unit="s",
            better="lower",
            formula="time from the beginning of an edge contact to its end",
            says="For how long the floor caught the board, all in all.",
            bias="Margin and hysteresis of 1 degree are our default.",
            not_said="How often it happened is told by the edge contacts.",
            more=frozenset({Need.EDGES}),
        ),
    ],
)

FOLLOWING = chapter(
    "Following a moving target",
    _FOLLOWING,
    [
        Draft(
            name="tracking_error",
            symbol="TE",
            title="RMS distance of the tilt from a moving target",
            unit="rad",
            better="lower",
            formula="sqrt(mean(|tilt - target|^2))",
            says="How far from the target the board was.",
            bias="Who follows exactly but late has an error too: read it beside the "
            "lag.",
            more=_TILT,
        ),
        Draft(
            name="tracking_error_cop",
            symbol="TE-COP",
            title="RMS distance of the centre of pressure from a moving target",
            unit="m",
            better="lower",
            formula="sqrt(mean(|position - target|^2))",
            says="How far from the target the centre of pressure was.",
            bias="Who follows exactly but late has an error too: read it beside the "
            "lag.",
            more=frozenset({Need.COP}),
        ),
        Draft(
            name="time_on_target",
            symbol="TOT",
            title="Share of the time on a moving target",
            unit="1",
            better="higher",
            formula="samples within the tolerance of the target / all samples",
            says="How much of the trial the target was met.",
            bias="The tolerance decides most: never compare different ones.",
        ),
        Draft(
            name="tracking_lag",
            symbol="LAG",
            title="Lag behind a moving target",
            unit="s",
            better="nearer-zero",
            formula="shift of up to 1 s at which position and target agree best",
            says="How late the target was followed; negative is ahead of it.",
            bias="Not given for less than 4 s. A shift of more than half a period of "
            "the target looks like one the other way. Two low-passes that differ "
            "shift it.",
            not_said="It is no reaction time: a regular target is foreseen.",
            min_duration=4.0,
        ),
        Draft(
            name="tracking_correlation",
            symbol="LAG-R",
            title="Likeness of the motion to that of a moving target",
            unit="1",
            better="higher",
            formula="correlation of position and target, shifted by the lag",
            says="1 when the motion had the shape of the target's, whatever its size.",
            bias="Not given for less than 4 s.",
            min_duration=4.0,
        ),
    ],
)
