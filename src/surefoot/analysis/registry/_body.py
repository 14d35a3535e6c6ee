"""Cards: knowing where the body is, walking a line, stretching, several trials."""

from __future__ import annotations

from surefoot.analysis.registry._card import Need
from surefoot.analysis.registry._family import ALONG, Draft, Family, chapter

_SCHMIDT = (
    "Schmidt & Lee, Motor Control and Learning, after Chapanis (1951), Theory and "
    "methods for analyzing errors in man-machine systems (no DOI)"
)
_LUMBAR = "Vazirian, Van Dillen & Bazrgari (2016), doi:10.7243/2055-2386-3-5"
_OURS = "Ours (no DOI)"

_REPOSITION = Family(
    group="proprioception",
    needs=frozenset({Need.ANGLE, Need.ATTEMPTS}),
    min_rate=20.0,
    bias="Three to six attempts are usual and little: the variable error is then "
    "uncertain by a third of itself. A target that wanders itself adds its wander. "
    "The angle is the median of the half second before the moment; that and 20 Hz are "
    "our default.",
    not_said="One movement on one day; it does not say what the error comes from.",
    source=_SCHMIDT,
)
_BALL = Family(
    group="proprioception",
    needs=frozenset({Need.PELVIS, Need.ORIENTATION}),
    min_duration=3.0,
    min_rate=20.0,
    bias="How soft the ball is and where the feet stand change it. Least length and "
    "rate are our default.",
    not_said="Large and round is what the drill asks for, not what is right for "
    "everybody.",
    source=_OURS,
)
_HIP = Family(
    group="proprioception",
    needs=frozenset({Need.TWO_SENSORS, Need.ORIENTATION}),
    min_duration=1.0,
    min_rate=20.0,
    uniform=True,
    bias="A thigh that moves is counted as hip. The errors of two sensors add: a bend "
    "below 5 degrees says nothing (doi:10.1186/s12891-017-1489-1 saw 95 % limits of "
    "-3.9 to 4.7 degrees). Least length and rate are our default.",
    not_said="There is no one right share or order of low back and hip.",
    source=_LUMBAR,
)
_WALK = Family(
    group="walking",
    needs=frozenset({Need.STEPS}),
    bias="Contacts that a person keyed are better than those found in the "
    "acceleration, which nobody has checked on heel-to-toe walking.",
    not_said="A misstep is what somebody saw and keyed; no sensor on the trunk knows.",
    source=_OURS,
)
_STRETCH = Family(
    group="flexibility",
    needs=frozenset({Need.ANGLE}),
    min_duration=1.0,
    min_rate=20.0,
    uniform=True,
    bias="Passive, assisted and warmed-up ranges differ. Low-passed at 6 Hz; least "
    "length and rate are our default.",
    not_said="Further is not better: the drill and the therapist say how far.",
    source=_OURS,
)
_CHANGE = (
    "Between two sensors on the low back a change below 5 degrees is noise "
    "(doi:10.1186/s12891-017-1489-1); otherwise unknown."
)

REPOSITION = chapter(
    "Finding a position again",
    _REPOSITION,
    [
        Draft(
            name="reposition_constant_error",
            symbol="CE",
            title="Constant error of repositioning",
            unit="rad",
            better="nearer-zero",
            formula="mean(reached - target)",
            says="A habit of going too far (+) or not far enough (-).",
        ),
        Draft(
            name="reposition_absolute_error",
            symbol="AE",
            title="Absolute error of repositioning",
            unit="rad",
            better="lower",
            formula="mean(|reached - target|)",
            says="How far off an attempt was on average.",
            reliability="Of tilting the pelvis, 14 adults, two days: ICC 0.51, SEM 0.5 "
            "degrees (Brumagne et al. 1999, J Orthop Sports Phys Ther 29:345-351); of "
            "bending the trunk ICC 0.38 (doi:10.1186/1743-0003-5-9).",
        ),
        Draft(
            name="reposition_variable_error",
            symbol="VE",
            title="Variable error of repositioning",
            unit="rad",
            better="lower",
            formula="standard deviation (ddof 0) of (reached - target)",
            says="How steady the habit is.",
        ),
        Draft(
            name="reposition_total_error",
            symbol="E",
            title="Total error of repositioning",
            unit="rad",
            better="lower",
            formula="sqrt(mean((reached - target)^2)), E^2 = CE^2 + VE^2",
            says="Habit and scatter together.",
        ),
    ],
)

BALL = chapter(
    "The pelvis on a ball",
    _BALL,
    [
        Draft(
            name="pelvis_range",
            symbol="P-ROM",
            title="Range of the pelvis",
            unit="rad",
            axes=ALONG,
            formula="max(a) - min(a), a the tilt along {x}",
            says="How far the pelvis went.",
            bias="Two samples decide.",
        ),
        Draft(
            name="pelvis_circles",
            symbol="CIRCLES",
            title="Circles of the pelvis",
            unit="1",
            formula="angle swept about the mean tilt / full turn, clockwise positive",
            says="How many times the pelvis went round: forward, right, back, left.",
            bias="A path that leaves the middle outside is not counted.",
        ),
        Draft(
            name="pelvis_roundness",
            symbol="ROUND",
            title="Roundness of the motion of the pelvis",
            unit="1",
            formula="sqrt(small / large eigenvalue of the covariance), 0 to 1",
            says="0 a line, 1 as wide as long.",
            not_said="1 may be a circle or no direction at all.",
        ),
        Draft(
            name="pelvis_circle_evenness",
            symbol="EVEN",
            title="Unevenness of the circle of the pelvis",
            unit="1",
            better="lower",
            formula="standard deviation / mean of the distance from the mean tilt",
            says="0 for a circle, 0.58 for a steady to and fro.",
            bias="An ellipse is not even.",
        ),
    ],
)


def _quarter(number: int) -> Draft:
    return Draft(
        name=f"lumbar_share_quarter_{number}",
        symbol=f"L-SHARE{number}",
        title=f"Share of the low back in quarter {number} of a bend",
        unit="1",
        formula="lumbar motion / trunk motion within this quarter of the trunk's bend",
        says="How the share changes along the way, first quarter first.",
    )


HIP = chapter(
    "Low back and hip",
    _HIP,
    [
        Draft(
            name="lumbar_share",
            symbol="L-SHARE",
            title="Share of the low back in a bend",
            unit="1",
            formula="(lumbar_end - lumbar_start) / (trunk_end - trunk_start)",
            says="1 all low back, 0 all hip; beyond that one moved against the other.",
        ),
        *(_quarter(number) for number in (1, 2, 3, 4)),
        Draft(
            name="lumbar_lead",
            symbol="L-LEAD",
            title="Lead of the low back before the hips",
            unit="s",
            formula="shift at which the rates of both agree best, up to 1 s",
            says="Positive when the low back moves first.",
        ),
        Draft(
            name="lumbar_halfway_delay",
            symbol="L-HALF",
            title="How much later the hips are half-way",
            unit="s",
            formula="time of the hips at half their way less that of the low back",
            says="Positive when the low back is half-way first.",
        ),
        Draft(
            name="lumbar_relative_phase",
            symbol="MARP",
            title="Mean absolute relative phase of low back and hip",
            unit="rad",
            formula="mean size of the difference of the phases (Hilbert transform "
            "about the middle of each range), 0 to pi",
            says="0 in step, pi against each other.",
            bias="Distorted by pauses and near the ends: rhythmic movement only.",
            source="Lamb & Stöckl (2014), doi:10.1016/j.clinbiomech.2014.03.008",
        ),
    ],
)

WALKING = chapter(
    "Walking a line",
    _WALK,
    [
        Draft(
            name="walk_steps",
            symbol="STEPS",
            title="Steps along the line",
            unit="1",
            formula="contacts of a foot",
            says="How many steps were taken.",
        ),
        Draft(
            name="walk_missteps",
            symbol="MISS",
            title="Missteps",
            unit="1",
            better="lower",
            formula="steps within which the misstep key was pressed (0.3 s taken off)",
            says="How many steps somebody keyed as off the line.",
            bias="Two presses within one step are one. 0.3 s is our default.",
            more=frozenset({Need.MISSTEPS}),
        ),
        Draft(
            name="walk_correct_steps",
            symbol="OK",
            title="Correct steps",
            unit="1",
            better="higher",
            formula="steps - missteps",
            says="How many steps nobody keyed; they need not follow each other.",
            more=frozenset({Need.MISSTEPS}),
        ),
        Draft(
            name="walk_longest_run",
            symbol="RUN",
            title="Longest run of correct steps",
            unit="1",
            better="higher",
            formula="most correct steps in a row",
            says="How long it went well without a break.",
            more=frozenset({Need.MISSTEPS}),
        ),
        Draft(
            name="walk_step_time",
            symbol="T-STEP",
            title="Time of a step",
            unit="s",
            formula="median time from contact to contact",
            says="How slowly the line was walked.",
            not_said="Slow or fast is not better by itself.",
        ),
        Draft(
            name="walk_step_sway",
            symbol="S-STEP",
            title="Sway of the trunk per step",
            unit="rad",
            better="lower",
            formula="median over the steps of the RMS distance of the lean from its "
            "mean over the step",
            says="How much the trunk moved while stepping.",
            bias="Slower steps have more time to sway.",
            not_said="Less sway is not a better step by itself: stiff steps sway less.",
            more=frozenset({Need.TRUNK, Need.ORIENTATION}),
        ),
    ],
)

STRETCH = chapter(
    "Range and stretch",
    _STRETCH,
    [
        Draft(
            name="range_of_motion",
            symbol="ROM",
            title="Range of motion",
            unit="rad",
            formula="largest angle - smallest angle",
            says="How far the motion went from end to end.",
            bias="Two samples decide, so noise widens it.",
            reliability=_CHANGE,
        ),
        Draft(
            name="range_of_motion_low",
            symbol="ROM-LOW",
            title="Smallest angle of a motion",
            unit="rad",
            formula="min(angle)",
            says="Where the motion went at its one end.",
            bias="One sample and the zero of the angle decide.",
        ),
        Draft(
            name="range_of_motion_high",
            symbol="ROM-HIGH",
            title="Largest angle of a motion",
            unit="rad",
            formula="max(angle)",
            says="Where the motion went at its other end.",
            bias="One sample and the zero of the angle decide.",
        ),
        Draft(
            name="stretch_hold_time",
            symbol="T-HOLD",
            title="Longest hold near the end of the range",
            unit="s",
            formula="longest time without a break at 90 % or more of the largest "
            "excursion",
            says="For how long the stretch was held.",
            bias="A single jerk further than the hold shortens it.",
        ),
        Draft(
            name="stretch_creep",
            symbol="CREEP",
            title="Creep during the hold",
            unit="rad/s",
            formula="slope of the angle during the hold, further positive",
            says="Whether the stretch went on, or came back, while it was held.",
        ),
        Draft(
            name="stretch_peak_rate",
            symbol="W-MAX",
            title="Largest rate of a stretch",
            unit="rad/s",
            better="lower",
            formula="largest central difference of the angle in size",
            says="How fast the stretch was at its fastest: low is gentle.",
            bias="Noise raises it, in proportion to the rate.",
        ),
        Draft(
            name="stretch_gentle_share",
            symbol="GENTLE",
            title="Share of the time that was gentle",
            unit="1",
            better="higher",
            formula="share of the samples slower than 10 degrees/s",
            says="How much of the stretch was slow.",
            bias="Rest counts as gentle. 10 degrees/s is our default.",
        ),
    ],
)
