"""Cards: sway of the trunk from a sensor at the lower back."""

from __future__ import annotations

from surefoot.analysis.registry._card import Need
from surefoot.analysis.registry._family import ALONG, BOTH, Draft, Family, chapter

_MANCINI = "Mancini et al. (2012), doi:10.1186/1743-0003-9-59, table 2"
_TRUNK = frozenset({Need.TRUNK})
_COMMON = (
    "Accelerations freed from the mean tilt and low-passed at 3.5 Hz. A lean of the "
    "sensor that changes reads as acceleration; a loose belt moves by itself. Compare "
    "only one sensor, place, rate and filter. The least of 10 s is our default, as "
    "is 20 Hz."
)
_NOT = (
    "Sway of the trunk is not sway of the feet, and less of it may be stiffness. It "
    "does not say why somebody sways."
)
_DIFFER = "Your sensor, stance and trainees may differ."
_RETEST = (
    "Measures of this kind in the time domain, retest after half an hour: ICC 0.55 to "
    f"0.84 and 0.60 to 0.89 in two groups of 17 (doi:10.1186/1743-0003-9-59). {_DIFFER}"
)
_SACRAL = (
    "30 adults, eight stances, sensor at the sacrum, same day: mean ICC {} "
    f"(doi:10.1016/j.ptsp.2015.04.002). {_DIFFER}"
)

_ACCELERATION = Family(
    group="trunk",
    needs=_TRUNK | {Need.ACC},
    min_duration=10.0,
    min_rate=20.0,
    uniform=True,
    bias=_COMMON,
    not_said=_NOT,
    source=_MANCINI,
)
_SPECTRUM = Family(
    group="trunk",
    needs=_TRUNK | {Need.ACC},
    min_duration=20.0,
    min_rate=20.0,
    uniform=True,
    bias="Welch, Hann, segments of 20 s, not given for less; band 0.15 to 3.5 Hz. "
    "Acceleration weighs a "
    "frequency by its fourth power against position, so values lie above those of the "
    "centre of pressure. " + _COMMON,
    not_said="Neither slow nor fast is better by itself.",
    source=_MANCINI + "; Welch (1967), doi:10.1109/TAU.1967.1161901",
)
_ANGLE = Family(
    group="trunk",
    needs=_TRUNK | {Need.ORIENTATION},
    bias="A slow change of posture is part of the value. Without a gyroscope every "
    "movement reads as lean. There is no least length or rate.",
    not_said=_NOT,
    source="Ours, from an orientation filter (no DOI)",
)

LEAN = chapter(
    "Lean of the trunk",
    _ANGLE,
    [
        Draft(
            name="trunk_lean_rms",
            symbol="LEAN",
            title="RMS lean of the trunk about its mean direction",
            unit="rad",
            better="lower",
            formula="sqrt(mean(a^2)), a the angle between up and its mean in the "
            "sensor",
            says="How far the trunk was from its own middle. The sensor may sit turned "
            "on the belt.",
            stage="both",
        ),
        Draft(
            name="trunk_angle_rms",
            symbol="TA-RMS",
            title="RMS angle of the trunk about its mean",
            unit="rad",
            better="lower",
            axes=BOTH,
            formula="sqrt(TA-RMS_ML^2 + TA-RMS_AP^2)",
            along="sqrt(mean(a^2)), a the lean along {x} about its mean",
            says="How far the trunk leaned from its own middle, large leans weighing "
            "more.",
        ),
        Draft(
            name="trunk_angle_range",
            symbol="TA-RANGE",
            title="Range of the angle of the trunk",
            unit="rad",
            better="lower",
            axes=ALONG,
            formula="max(a) - min(a), a the lean along {x}",
            says="How far the trunk leaned at most, from one end to the other.",
            bias="Two samples decide; grows with the length of the trial.",
        ),
        Draft(
            name="trunk_angle_path",
            symbol="TA-PATH",
            title="Path of the angle of the trunk",
            unit="rad",
            better="lower",
            formula="length of the path of the lean (ml, ap)",
            says="All the way that the trunk leaned.",
            bias="Proportional to the length of the trial; noise adds way.",
        ),
    ],
)

ACCELERATION = chapter(
    "Acceleration of the trunk",
    _ACCELERATION,
    [
        Draft(
            name="trunk_jerk",
            stage="both",
            symbol="JERK",
            title="Jerk of the trunk over the trial",
            unit="m^2/s^5",
            better="lower",
            formula="1/2 integral((da_ML/dt)^2 + (da_AP/dt)^2) dt",
            says="How abruptly the trunk was corrected, all of it.",
            bias="Proportional to the length of the trial: compare equal lengths, or "
            "the rate. Many products divide by the length and keep the name.",
            reliability="Retest after half an hour: ICC 0.86 and 0.87 in two groups of "
            "17 (doi:10.1186/1743-0003-9-59). " + _SACRAL.format("0.60"),
        ),
        Draft(
            name="trunk_jerk_rate",
            stage="both",
            symbol="JERK/T",
            title="Jerk of the trunk per second",
            unit="m^2/s^6",
            better="lower",
            formula="JERK / T",
            says="How abruptly the trunk was corrected, free of the trial's length.",
            source=_MANCINI + ", over the length (ours)",
        ),
        Draft(
            name="trunk_mean_distance",
            stage="both",
            symbol="DIST",
            title="Mean distance from the mean acceleration",
            unit="m/s^2",
            better="lower",
            formula="mean(sqrt(a_ML^2 + a_AP^2)), both about their means",
            says="How strongly the trunk was accelerated on average.",
            reliability=_RETEST,
        ),
        Draft(
            name="trunk_rms",
            symbol="RMS",
            title="RMS acceleration of the trunk",
            unit="m/s^2",
            better="lower",
            axes=BOTH,
            formula="sqrt(mean(a_ML^2 + a_AP^2)), both about their means",
            along="sqrt(mean(a^2)), a along {x} about its mean",
            says="As the mean distance, large accelerations weighing more.",
            reliability=_SACRAL.format("0.47"),
        ),
        Draft(
            name="trunk_range",
            symbol="RANGE",
            title="Range of the acceleration of the trunk",
            unit="m/s^2",
            better="lower",
            axes=ALONG,
            formula="max(a) - min(a) along {x}",
            says="The largest difference between two moments.",
            bias="Two samples decide; grows with the length of the trial.",
            reliability=_RETEST,
        ),
        Draft(
            name="trunk_path",
            stage="both",
            symbol="PATH",
            title="Path of the acceleration of the trunk",
            unit="m/s^2",
            better="lower",
            formula="length of the path of (a_ML, a_AP)",
            says="How much the acceleration of the trunk changed, all of it.",
            bias="Proportional to the length of the trial; noise adds path.",
            reliability=_SACRAL.format("0.78, MDC 6.7 %; another day 0.61"),
        ),
        Draft(
            name="trunk_mean_velocity",
            symbol="MV",
            title="Mean velocity of the trunk",
            unit="m/s",
            better="lower",
            formula="mean size of the integrated acceleration, a line taken out",
            says="How fast the trunk swayed.",
            bias="Integrated, so slow drift of the sensor sways it.",
            reliability=_RETEST,
        ),
        Draft(
            name="trunk_mean_frequency",
            symbol="MF",
            title="Mean frequency of the trunk's sway",
            unit="Hz",
            formula="PATH / (2 pi DIST T)",
            says="How often the acceleration would go round a circle of its mean "
            "distance.",
            not_said="Not the mean of the spectrum. Neither slow nor fast is better "
            "by itself.",
        ),
        Draft(
            name="trunk_area_rate",
            symbol="AREA/T",
            title="Area swept by the acceleration per second",
            unit="m^2/s^5",
            better="lower",
            formula="area swept by (a_ML, a_AP) about the mean / T",
            says="How widely and quickly the trunk was accelerated.",
        ),
        Draft(
            name="trunk_ellipse_area",
            symbol="A-PEA95",
            title="95 % prediction ellipse of the acceleration",
            unit="m^2/s^4",
            better="lower",
            formula="as the prediction ellipse of the centre of pressure, of "
            "(a_ML, a_AP)",
            says="The area that a further sample of acceleration would fall into 95 "
            "times in 100.",
            bias="Takes samples for independent and Gaussian, which sway is not.",
            source="Schubert & Kirchner (2014), doi:10.1016/j.gaitpost.2013.09.001, of "
            "the acceleration (ours)",
        ),
    ],
)

SPECTRUM = chapter(
    "Frequencies of the trunk",
    _SPECTRUM,
    [
        Draft(
            name="trunk_spectral_power",
            symbol="PWR",
            title="Power of the trunk's acceleration from 0.15 to 3.5 Hz",
            unit="m^2/s^4",
            better="lower",
            axes=ALONG,
            formula="sum(P df) along {x}",
            says="The variance of the acceleration in the band.",
        ),
        Draft(
            name="trunk_power_frequency_50",
            symbol="F50",
            title="Frequency below which 50 % of the power lies",
            unit="Hz",
            axes=ALONG,
            formula="lowest f with sum(P df) up to f at least 50 % of the whole",
            says="Half of the variance is slower than this.",
        ),
        Draft(
            name="trunk_power_frequency_95",
            symbol="F95",
            title="Frequency below which 95 % of the power lies",
            unit="Hz",
            axes=ALONG,
            formula="lowest f with sum(P df) up to f at least 95 % of the whole",
            says="95 % of the variance is slower than this.",
        ),
        Draft(
            name="trunk_centroid_frequency",
            symbol="CF",
            title="Centroid frequency of the trunk's acceleration",
            unit="Hz",
            axes=ALONG,
            formula="sqrt(mu_2 / mu_0), mu_k = sum(f^k P df)",
            says="The mean frequency in squares: quick sway weighs more.",
        ),
        Draft(
            name="trunk_frequency_dispersion",
            symbol="FD",
            title="Spread of the frequencies of the trunk's acceleration",
            unit="1",
            axes=ALONG,
            formula="sqrt(1 - mu_1^2 / (mu_0 mu_2)), 0 to 1",
            says="0 for one single rhythm, larger the more frequencies there are.",
        ),
    ],
)
