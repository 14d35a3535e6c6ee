"""Cards: how smooth a movement was, and what a set of repetitions was like."""

from __future__ import annotations

from surefoot.analysis.registry._card import Need
from surefoot.analysis.registry._family import Draft, Family, chapter

_SPARC = (
    "Balasubramanian, Melendez-Calderon, Roby-Brami & Burdet (2015), "
    "doi:10.1186/s12984-015-0090-9"
)
_LDLJ = (
    "Balasubramanian, Melendez-Calderon & Burdet (2012), "
    "doi:10.1109/TBME.2011.2179545; Hogan & Sternad (2009), doi:10.3200/35-09-004-RC"
)
_OURS = "Ours; see the page on smoothness"
_HAND = (
    "Of a task of the hand, not of these drills: {} on two sides "
    "(doi:10.1186/s12984-020-00748-5, table 3). In these drills unknown."
)

_PHASE = Family(
    group="smoothness",
    needs=frozenset({Need.GYR, Need.REPETITIONS}),
    min_duration=0.25,
    min_rate=50.0,
    uniform=True,
    bias="Of one phase, out or back, never of a whole set. Not given with more than "
    "2 % of its samples lost or a gap above 0.1 s. The least rate of 50 Hz is that of "
    "the method's use here.",
    not_said="The best value a machine could reach is no goal: a movement round a "
    "corner has a kink by nature. Compare people with their own earlier values.",
)
_REPETITION = Family(
    group="repetitions",
    needs=frozenset({Need.ANGLE, Need.REPETITIONS}),
    min_rate=20.0,
    uniform=True,
    bias="A turn counts once the angle comes back by 0.3 of the range that the drill "
    "asks for, 5 degrees at least: smaller movements are not seen. A phase lasts while "
    "the rate is above 5 % of its peak. There is no least length; 20 Hz is our "
    "default.",
    not_said="More is not better: the drill says how far and how fast.",
    source="Ours; rules by hysteresis of the turning angle (no one source)",
)

SMOOTHNESS = chapter(
    "Smoothness of a movement",
    _PHASE,
    [
        Draft(
            name="sparc",
            symbol="SPARC",
            title="Spectral arc length of the speed of a movement",
            unit="1",
            better="higher",
            formula="-sum(sqrt((df / (f1 - f0))^2 + dM^2)) of the amplitude spectrum M "
            "of the speed, up to 10 Hz, from the first to the last M >= 0.05",
            says="How smooth one movement was: -1.41 for a single smooth swing, lower "
            "the more starts and stops it has.",
            bias="Differences below 0.02 are the grid. Blind to two submovements "
            "closer than a third of their time, and above 10 Hz.",
            source=_SPARC,
            reliability=_HAND.format("ICC 0.81 and 0.87, SRD 35 and 28 %"),
        ),
        Draft(
            name="ldlj_v",
            symbol="LDLJ-V",
            title="Log dimensionless jerk of the angular velocity",
            unit="1",
            better="higher",
            formula="-ln((T^3 / max|w|^2) sum(|d2w/dt2|^2 dt)), w low-passed at 6 Hz "
            "(zero phase, order 4) before it is cut, at 100 Hz",
            says="A second view of smoothness: -5.32 at best, lower the more jerks.",
            bias="Tells mostly of the sensor's noise and of where the movement was "
            "cut: 0.1 degrees/s of noise takes more than 1 off a slow movement. "
            "Compare only one sensor.",
            source=_LDLJ,
            reliability=_HAND.format("log jerk ICC 0.79 to 0.89, SRD 23 to 31 %"),
            min_duration=0.5,
        ),
        Draft(
            name="velocity_peaks",
            symbol="PEAKS",
            title="Peaks of the speed of a movement",
            unit="1",
            better="lower",
            formula="local maxima of the speed (low-passed at 6 Hz) that stand out by "
            "5 % of the largest",
            says="How many pushes the movement was made of; 1 at best.",
            bias="Without the low-pass noise is counted: 34 instead of 1.",
            source=_OURS,
        ),
        Draft(
            name="pause_share",
            symbol="PAUSE",
            title="Share of a movement spent nearly still",
            unit="1",
            better="lower",
            formula="share of the samples below 10 % of the largest speed",
            says="How much of the movement was hesitation; 0.14 of a smooth swing are "
            "its two ends.",
            bias="Where the movement was cut decides the part of its ends.",
            source=_OURS,
        ),
        Draft(
            name="pause_count",
            symbol="STOPS",
            title="Stops on the way",
            unit="1",
            better="lower",
            formula="times below 10 % of the largest speed for 0.1 s or more, ends "
            "left out",
            says="How often the movement stopped on its way.",
            bias="10 % and 0.1 s are our default.",
            source=_OURS,
        ),
        Draft(
            name="path_ratio",
            symbol="PATH/ROM",
            title="Way travelled over the way needed",
            unit="1",
            better="lower",
            formula="integral(|w| dt) / range of the movement",
            says="1 for a movement about one axis without turning back; above 1.3 it "
            "wandered.",
            bias="Noise adds way; a mounting that turns adds some too.",
            reliability=_HAND.format("ICC 0.49 to 0.84, SRD 29 to 54 %"),
            source=_OURS,
        ),
        Draft(
            name="speed_metric",
            symbol="MEAN/PEAK",
            title="Mean speed over the largest speed",
            unit="1",
            formula="mean(|w|) / max(|w|), 0 to 1",
            says="0.53 for a smooth swing.",
            bias="Submovements raise it and pauses lower it.",
            not_said="It describes and does not judge: both kinds of unsmoothness may "
            "cancel out.",
            source=_OURS,
        ),
    ],
)


def _time(part: str, symbol: str, what: str) -> Draft:
    return Draft(
        name=f"repetition_time_{part}",
        symbol=symbol,
        title=f"Time {what} of a repetition",
        unit="s",
        formula=f"seconds {what}, by the 5 % rule",
        says="One part of the tempo out : hold : back : rest.",
        bias="A smooth movement is cut to 0.88 of its true time, and hold and rest "
        "gain what it loses.",
        not_said="Slow or fast is right only by the drill's tempo.",
    )


REPETITIONS = chapter(
    "One repetition",
    _REPETITION,
    [
        Draft(
            name="repetition_count",
            symbol="N",
            title="Number of repetitions",
            unit="1",
            formula="ways out with a way back",
            says="How many times there and back were found.",
        ),
        Draft(
            name="repetition_range",
            symbol="ROM",
            title="Range of a repetition",
            unit="rad",
            formula="|angle at the turn - angle at the start|",
            says="How far the movement went.",
            bias="Wander of posture adds about 1 degree.",
        ),
        _time("out", "T-OUT", "on the way out"),
        _time("hold", "T-HOLD", "held at the turn"),
        _time("back", "T-BACK", "on the way back"),
        _time("rest", "T-REST", "at rest after"),
        Draft(
            name="repetition_peak_rate",
            symbol="W-MAX",
            title="Largest rate of a repetition",
            unit="rad/s",
            formula="max(|rate|) of both ways, low-passed at 6 Hz",
            says="How fast the movement was at its fastest.",
            not_said="Faster is not better: the drill's tempo decides.",
        ),
        Draft(
            name="repetition_time_to_peak",
            symbol="T-PEAK",
            title="When the largest rate was reached",
            unit="1",
            formula="time of the largest rate within the way out / its length",
            says="0.5 for a movement that speeds up and slows down alike.",
            not_said="Earlier or later is not better by itself.",
        ),
        Draft(
            name="repetition_plane_deviation",
            symbol="PLANE",
            title="How far a repetition left its plane",
            unit="rad",
            better="lower",
            formula="sqrt(mean(a^2)), a the angle across the one that the drill moves",
            says="How straight the movement was.",
            bias="A mounting turned by an angle a adds sin a of the movement itself.",
        ),
    ],
)

SETS = chapter(
    "A set of repetitions",
    _REPETITION,
    [
        Draft(
            name="repetition_symmetry",
            symbol="SI",
            title="Range to the left against range to the right",
            unit="1",
            better="nearer-zero",
            formula="(L - R) / ((L + R) / 2) of the mean ranges",
            says="0 when equal, positive when the left is larger.",
            bias="Needs three repetitions on each side.",
            not_said="It does not know which side is the stronger one, or whether "
            "either should change.",
            source="Robinson, Herzog & Nigg (1987), J Manipulative Physiol Ther "
            "10:172-176 (no DOI)",
            more=frozenset({Need.SIDES}),
        ),
        Draft(
            name="repetition_range_variation",
            symbol="CV-ROM",
            title="Variation of the range",
            unit="1",
            better="lower",
            formula="standard deviation (ddof 1) / mean of the ranges, first "
            "repetition left out",
            says="How evenly far the repetitions went.",
            bias="Needs five repetitions; uncertain by 1 / sqrt(2 n) of itself.",
        ),
        Draft(
            name="repetition_time_variation",
            symbol="CV-T",
            title="Variation of the time",
            unit="1",
            better="lower",
            formula="standard deviation (ddof 1) / mean of the times out, first "
            "repetition left out",
            says="How evenly timed the repetitions were.",
            bias="Needs five repetitions; uncertain by 1 / sqrt(2 n) of itself.",
        ),
        Draft(
            name="repetition_range_trend",
            symbol="TREND-ROM",
            title="Trend of the range along the set",
            unit="rad",
            better="nearer-zero",
            formula="median of the slopes of the range between all pairs, a repetition",
            says="How much further each repetition went than the one before.",
            bias="Needs four repetitions.",
            not_said="It says that something changed along the set, not why: learning, "
            "boredom and tiring look alike.",
            source="Sen (1968), doi:10.1080/01621459.1968.10480934",
        ),
        Draft(
            name="repetition_time_trend",
            symbol="TREND-T",
            title="Trend of the time along the set",
            unit="s",
            better="nearer-zero",
            formula="median of the slopes of the time out between all pairs, a "
            "repetition",
            says="How much longer each repetition took than the one before.",
            bias="Needs four repetitions.",
            not_said="It says that something changed along the set, not why: learning, "
            "boredom and tiring look alike.",
            source="Sen (1968), doi:10.1080/01621459.1968.10480934",
        ),
        Draft(
            name="repetition_consistency",
            symbol="R",
            title="Likeness of the repetitions in shape",
            unit="1",
            better="higher",
            formula="mean correlation of all pairs at 101 points, first repetition "
            "left out",
            says="1 when all have one shape, whatever their size.",
            bias="Needs three repetitions. Always high for large plain movements: look "
            "at the spread as well.",
        ),
        Draft(
            name="repetition_spread",
            symbol="SPREAD",
            title="Distance of the repetitions from each other",
            unit="rad",
            better="lower",
            formula="mean RMS difference of all pairs at 101 points, first repetition "
            "left out",
            says="How far apart the repetitions were, in angle.",
            bias="Needs three repetitions. Size, timing and wander of posture all "
            "enter.",
        ),
    ],
)
