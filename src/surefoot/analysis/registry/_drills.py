"""Cards: what a drill asked for and how much of it was done."""

from __future__ import annotations

from surefoot.analysis.registry._card import Need
from surefoot.analysis.registry._family import Draft, Family, chapter

_OURS = "Ours (no DOI)"
_ASKED = frozenset({Need.ASKED})

_HELD = Family(
    group="stance",
    needs=_ASKED,
    stage="both",
    bias="What ends a stance or counts as an error is what somebody saw and keyed. "
    "Compare only equal stance, surface, vision and footwear.",
    not_said="A long time is not a steady stance: look at the sway as well.",
    source=_OURS,
)
_DONE = Family(
    group="repetitions",
    needs=_ASKED | {Need.ANGLE, Need.REPETITIONS},
    stage="both",
    bias="The bands decide most: never compare different ones. Times are "
    "those of a smooth swing; at an even speed they are up to 13 % too long.",
    not_said="It says how near to what was asked, not whether that was right for the "
    "trainee.",
    source=_OURS,
)
_CALM = Family(
    group="flexibility",
    needs=_ASKED | {Need.ANGLE},
    stage="both",
    bias="Still is slower than 4 degrees/s, gentle slower than what the drill says "
    "(10 degrees/s); both are our default.",
    not_said="Longer and further is not better: the drill and the therapist say what "
    "is enough.",
    source=_OURS,
)
_STEPPED = Family(
    group="stabilisation",
    needs=_ASKED | {Need.IMPACT},
    stage="both",
    bias="From the cue by the session's clock: the delay of the picture or sound is "
    "in it. Contact is where the acceleration first differs from gravity by 3 m/s^2.",
    not_said="Quick is not safe: the drill asks for a calm step.",
    source=_OURS,
)

STANCE = chapter(
    "Holding a stance",
    _HELD,
    [
        Draft(
            name="stance_time",
            symbol="T-STANCE",
            title="How long a stance was held",
            unit="s",
            better="higher",
            formula="time from the start to what ended it, or to the end",
            says="For how long the stance was held.",
            bias="The longest time a set lasts is the ceiling.",
        ),
        Draft(
            name="stance_errors",
            symbol="ERR",
            title="Errors counted in a stance",
            unit="1",
            better="lower",
            formula="presses of the error key, up to the most that the drill counts",
            says="How many errors somebody saw.",
        ),
        Draft(
            name="stance_time_best",
            symbol="T-BEST",
            title="Longest time a stance was held",
            unit="s",
            better="higher",
            formula="largest stance time of the sets of one part of a drill that count",
            says="The best of several tries, as one-leg stance is usually told.",
            bias="The more tries, the longer the best of them.",
        ),
        Draft(
            name="stance_errors_total",
            symbol="N-ERR-ALL",
            title="Errors in all parts of a test",
            unit="1",
            better="lower",
            formula="sum of the errors of all sets that count",
            says="How often the stance was lost over the whole test.",
            bias="Only of use when every part was done.",
        ),
    ],
)

ASKED = chapter(
    "Repetitions beside what was asked for",
    _DONE,
    [
        Draft(
            name="repetition_clean_share",
            symbol="CLEAN",
            title="Share of the repetitions that were clean",
            unit="1",
            better="higher",
            formula="clean repetitions / repetitions asked for, or done if more; "
            "clean: way and times within the drill's bands, held for half the time or "
            "longer",
            says="How much of the set was done as asked.",
        ),
        Draft(
            name="repetition_range_share",
            symbol="WAY",
            title="Way of the repetitions beside the way asked for",
            unit="1",
            formula="median of (range / way asked for)",
            says="1 as far as asked, below it less far, above it further.",
        ),
        Draft(
            name="repetition_tempo_error",
            symbol="TEMPO",
            title="How far the tempo was from the one asked for",
            unit="1",
            better="lower",
            formula="median over the repetitions of the larger of |out / asked - 1| "
            "and |back / asked - 1|",
            says="0 in time; 0.2 a fifth too slow or too fast, one way or both.",
        ),
    ],
)

REACHED = chapter(
    "Targets reached",
    Family(
        group="limits",
        needs=_ASKED | {Need.LEAN, Need.CUES},
        stage="both",
        bias="How far out the targets stand decides most.",
        not_said="How far somebody dares to lean is not how far they could.",
        source=_OURS,
    ),
    [
        Draft(
            name="reach_share",
            symbol="REACHED",
            title="Share of the targets that were reached",
            unit="1",
            better="higher",
            formula="targets in whose ring the dot stayed for the time asked for / "
            "targets shown",
            says="How many of the targets were reached.",
        ),
    ],
)

CALM = chapter(
    "Stretches that were held",
    _CALM,
    [
        Draft(
            name="stretch_holds",
            symbol="HOLDS",
            title="Stretches held for the time asked for",
            unit="1",
            formula="stays away from the start, still, for the time asked for",
            says="How many holds were done.",
        ),
        Draft(
            name="stretch_calm_share",
            symbol="CALM",
            title="Share of the holds that were calm",
            unit="1",
            better="higher",
            formula="holds done, with no moment too fast or too far on the way / holds "
            "asked for",
            says="How much of the stretching was gentle and long enough.",
        ),
        Draft(
            name="stretch_fast_count",
            symbol="FAST",
            title="How often a stretch was too fast",
            unit="1",
            better="lower",
            formula="times the rate went above what the drill calls gentle",
            says="How often the movement was not gentle.",
        ),
    ],
)

STEP_DOWN = chapter(
    "Stepping down at a cue",
    _STEPPED,
    [
        Draft(
            name="landing_reaction_time",
            symbol="T-MOVE",
            title="Time from the cue to the first movement",
            unit="s",
            formula="first time after the cue at which the rate of turn or the "
            "acceleration stays beyond 3 SD of the second before it for 0.1 s",
            says="How long it took to begin.",
        ),
        Draft(
            name="landing_contact_time",
            symbol="T-DOWN",
            title="Time from the cue to the contact of the foot",
            unit="s",
            formula="time of contact less time of the cue",
            says="How long it took until the foot was down.",
        ),
    ],
)
