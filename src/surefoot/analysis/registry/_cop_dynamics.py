"""Cards: how sway goes on from moment to moment."""

from __future__ import annotations

from surefoot.analysis.registry._card import Need
from surefoot.analysis.registry._cop_place import NOT_BALANCE
from surefoot.analysis.registry._family import ALONG, BOTH, Draft, Family, chapter

_RESEARCH = (
    "A research measure without agreed parameters: compare only the same parameters, "
    "rate, filter and length."
)
_NOT = "Neither more nor less is better by itself, and no value has a settled meaning."
_COP = frozenset({Need.COP})

_DIFFUSION = Family(
    group="cop-dynamics",
    needs=_COP,
    min_duration=20.0,
    min_rate=20.0,
    uniform=True,
    bias="Lines over lags up to 1 s and from 2 to 10 s (ours; there is no standard: "
    "published codes differ threefold in one critical time). One trial is noisy, the "
    "long line most; the source averaged ten trials of 30 s. The least rate of 20 Hz "
    "is our default. " + _RESEARCH,
    not_said=_NOT,
    source="Collins & De Luca (1993), Exp Brain Res 95:308-318, "
    "doi:10.1007/BF00229788 (DOI not verified)",
)
_SCALING = Family(
    group="cop-dynamics",
    needs=_COP,
    min_duration=20.0,
    min_rate=20.0,
    uniform=True,
    bias=_RESEARCH,
    not_said=_NOT,
)
_DENSITY = Family(
    group="cop-dynamics",
    needs=_COP,
    min_duration=20.0,
    min_rate=20.0,
    uniform=True,
    bias="Circle of 3 mm; curve low-passed at 2.5 Hz, each local maximum a peak. The "
    "value grows steeply with the circle; noise shortens stays. Least length and rate "
    "are our default. " + _RESEARCH,
    not_said=NOT_BALANCE,
    source="Baratto et al. (2002), doi:10.1123/mcj.6.3.246; Jacono et al. (2004), "
    "Motor Control 8:292-311, doi:10.1123/mcj.8.3.292 (DOI not verified)",
)
_BOUNDARY = Family(
    group="cop-dynamics",
    needs=_COP | {Need.BOUNDARY},
    min_duration=10.0,
    min_rate=20.0,
    uniform=True,
    bias="Noise shortens the times, through the second derivative most: the cut-off "
    "decides. A drawn outline is an estimate of what a person can use. Least length "
    "and rate are our default.",
    not_said="A short time is a close call in this model of motion, not a fall that "
    "nearly happened.",
    reliability="Of 13 adults on one leg: ICC 0.50 to 0.69 for minima along one axis "
    "(Yamanaka et al. 2012, J Phys Ther Sci 24:1073-1075); of these forms unknown.",
)
_RICCIO = "Riccio (1993), in Newell & Corcos, Variability and Motor Control (no DOI)"
_SLOBOUNOV = "Slobounov et al. (1997), J Mot Behav 29:263-281 (no DOI given)"
_ANGLES = Family(
    group="cop",
    needs=_COP | {Need.HEIGHT},
    min_duration=10.0,
    min_rate=20.0,
    bias="Takes the centre of mass to lie 0.55 of the body height over the ankle. "
    "Least length and rate are our default.",
    not_said=NOT_BALANCE,
)

DIFFUSION = chapter(
    "Diffusion of the sway",
    _DIFFUSION,
    [
        Draft(
            name="diffusion_coefficient_short",
            symbol="D_s",
            title="Short-term diffusion coefficient",
            unit="m^2/s",
            axes=BOTH,
            formula="half the slope of the mean square displacement over lags up to "
            "1 s",
            says="How fast the sway spreads within a second.",
        ),
        Draft(
            name="diffusion_coefficient_long",
            symbol="D_l",
            title="Long-term diffusion coefficient",
            unit="m^2/s",
            axes=BOTH,
            formula="half the slope of the mean square displacement over lags from 2 "
            "to 10 s",
            says="How fast the sway still spreads later; near 0 or below in steady "
            "standing.",
        ),
        Draft(
            name="diffusion_critical_time",
            symbol="t_c",
            title="Critical time of the diffusion plot",
            unit="s",
            axes=BOTH,
            formula="lag at which the two lines meet",
            says="After how long drifting on turns into coming back.",
            bias="Without two different slopes there is none.",
        ),
        Draft(
            name="diffusion_critical_displacement",
            symbol="msd_c",
            title="Mean square displacement at the critical time",
            unit="m^2",
            axes=BOTH,
            formula="height at which the two lines meet",
            says="How far, in squares, sway has gone by the critical time.",
        ),
        Draft(
            name="diffusion_exponent_short",
            symbol="H_s",
            title="Short-term scaling exponent",
            unit="1",
            axes=BOTH,
            formula="half the slope of log msd over log lag, lags up to 1 s",
            says="Above 0.5: within a second sway goes on as it went.",
        ),
        Draft(
            name="diffusion_exponent_long",
            symbol="H_l",
            title="Long-term scaling exponent",
            unit="1",
            axes=BOTH,
            formula="half the slope of log msd over log lag, lags from 2 to 10 s",
            says="Below 0.5: later sway turns back.",
        ),
    ],
)

SCALING = chapter(
    "Scaling and regularity",
    _SCALING,
    [
        Draft(
            name="dfa_alpha",
            symbol="ALPHA",
            title="Scaling exponent of detrended fluctuation analysis",
            unit="1",
            axes=ALONG,
            formula="slope of log F(s) over log s; F the RMS about lines in windows s "
            "of the summed {x}, 20 windows from 0.3 s to a tenth of the trial",
            says="0.5 white noise, 1 pink noise, 1.5 a random walk.",
            bias="The windows decide: 0.15 on one real signal, 0.26 on a rhythm. A "
            "low-pass raises it. Below 12 s there is no value; 20 s is our default.",
            source="Peng et al. (1994), doi:10.1103/PhysRevE.49.1685; for the CoP "
            "Delignieres et al. (2011), doi:10.1371/journal.pcbi.1001089",
        ),
        Draft(
            name="sample_entropy",
            symbol="SampEn",
            title="Sample entropy",
            unit="1",
            axes=ALONG,
            formula="-ln(A / B) of {x} at 20 to 25 Hz: A pairs of 3 samples in a row "
            "that agree within 0.2 SD, B of 2; {x} low-passed at 10 Hz first where "
            "samples are left out and no other filter was used",
            says="How little the last two samples tell about the next: near 0 smooth "
            "or regular, 2.19 white noise.",
            bias="A faster rate makes neighbours alike and the value small, so every "
            "so-many-th sample is taken; drift widens the SD and makes it smaller "
            "still. Least length and rate are our default.",
            source="Richman & Moorman (2000), doi:10.1152/ajpheart.2000.278.6.H2039; "
            "for the CoP Ramdani et al. (2009), Med Eng Phys 31:1023-1031",
        ),
    ],
)

DENSITY = chapter(
    "Sway density",
    _DENSITY,
    [
        Draft(
            name="sway_density_peak",
            symbol="MP",
            title="Mean peak of the sway density",
            unit="s",
            formula="mean height of the peaks of the time spent within 3 mm",
            says="For how long the centre of pressure rests where it rests.",
        ),
        Draft(
            name="sway_density_distance",
            symbol="MD",
            title="Distance between resting places",
            unit="m",
            formula="mean distance of the centre of pressure between successive peaks",
            says="How far it is from one resting place to the next.",
        ),
        Draft(
            name="sway_density_time",
            symbol="MT",
            title="Time between resting places",
            unit="s",
            formula="mean time between successive peaks",
            says="How long it takes from one resting place to the next.",
        ),
    ],
)


def _times(prefix: str, mark: str, kind: str, source: str) -> list[Draft]:
    tau = f"tau = time to the outline at {kind}"
    return [
        Draft(
            name=f"{prefix}_mean",
            symbol=f"TTB{mark}-MEAN",
            title=f"Mean time to boundary, {kind}",
            unit="s",
            better="higher",
            formula=f"mean of tau where there is one, {tau}",
            says="When, on average, the centre of pressure would leave the outline of "
            "the feet if it went on as it goes.",
            bias="Close to a turn the time is as long as you like: a few samples make "
            "the mean. Read the median or the minima.",
            source=source,
        ),
        Draft(
            name=f"{prefix}_median",
            symbol=f"TTB{mark}-MED",
            title=f"Median time to boundary, {kind}",
            unit="s",
            better="higher",
            formula=f"median of tau inside the outline, {tau}",
            says="As the mean, and hardly moved by very long times.",
            source=source,
        ),
        Draft(
            name=f"{prefix}_min",
            symbol=f"TTB{mark}-MIN",
            title=f"Shortest time to boundary, {kind}",
            unit="s",
            better="higher",
            formula=f"min of tau, {tau}",
            says="The closest call.",
            bias="One sample decides.",
            source=source,
        ),
        Draft(
            name=f"{prefix}_mean_min",
            symbol=f"TTB{mark}-MMIN",
            title=f"Mean of the local minima of the time to boundary, {kind}",
            unit="s",
            better="higher",
            formula=f"mean over the local minima of tau, {tau}",
            says="How close the close calls were on average.",
            source=source,
        ),
    ]


TIMES_TO_BOUNDARY = chapter(
    "Time to boundary",
    _BOUNDARY,
    [
        *_times(
            "time_to_boundary",
            "",
            "constant acceleration",
            _SLOBOUNOV,
        ),
        *_times(
            "time_to_boundary_linear",
            "-L",
            "constant velocity",
            _RICCIO,
        ),
        Draft(
            name="time_to_boundary_outside",
            symbol="TTB-OUT",
            title="Share of the samples outside the outline",
            unit="1",
            better="lower",
            formula="samples outside the outline / all samples",
            says="How much of the trial has no time to boundary; more than a little "
            "means that the outline is wrong.",
            source="Ours, to judge the outline",
        ),
    ],
)

SWAY_ANGLES = chapter(
    "Sway as an angle",
    _ANGLES,
    [
        Draft(
            name="sway_angle_deviation",
            symbol="SWD",
            title="Standard deviation of the sway angle",
            unit="rad",
            better="lower",
            formula="sqrt(var(a_ML) + var(a_AP)), a = atan(position / (0.55 height))",
            says="Sway as an angle, so that tall and short people compare.",
            bias="Grows with the length of the trial. Products of this kind differ in "
            "rate and filter.",
            source="After the manual of a commercial platform (no DOI)",
        ),
        Draft(
            name="sway_angle_velocity",
            symbol="SWV",
            title="Mean velocity of the sway angle",
            unit="rad/s",
            better="lower",
            formula="path of (a_ML, a_AP) / T, a = atan(centre of mass / (0.55 "
            "height)), the centre of mass estimated from the centre of pressure",
            says="How fast the body swayed about the ankles.",
            bias="The centre of mass is that of an inverted pendulum in quiet stance. "
            "Grows with noise, rate and cut-off.",
            source="After a commercial platform's sway velocity (no DOI)",
        ),
    ],
)
