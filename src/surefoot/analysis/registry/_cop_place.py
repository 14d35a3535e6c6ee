"""Cards: where the centre of pressure was, and how large the area of sway."""

from __future__ import annotations

from surefoot.analysis.registry._card import Need
from surefoot.analysis.registry._family import ALONG, BOTH, Draft, Family, chapter

PRIETO = "Prieto et al. (1996), doi:10.1109/10.532130"
QUIJOUX = "Quijoux et al. (2021), doi:10.14814/phy2.15067"
NOT_BALANCE = (
    "Less sway is not better balance by itself: who stiffens, leans or looks at "
    "feedback sways less too. It does not say why somebody sways."
)
_LENGTH = (
    "Grows with the length of the trial and with slow drift; hardly depends on rate "
    "and filter."
)
_COMMON = (
    "Compare only equal length, stance, vision and surface. The least of 10 s and 10 "
    "Hz is our default; a standard asks for 25 s and 50 Hz (Scoppa et al. 2012, Gait & "
    "Posture, no DOI given), a review for 90 s and three to five trials "
    "(doi:10.1016/j.gaitpost.2010.09.012)."
)
_AREA_REPEATS = (
    "52 children on one leg on a Wii board: SEM 14 to 16 %, MDC 36 to 43 % of the area "
    "(Juneja et al. 2023, doi:10.3233/PRM-210106). Your board, stance and trainees may "
    "differ."
)

_FAMILY = Family(
    group="cop",
    needs=frozenset({Need.COP}),
    min_duration=10.0,
    min_rate=10.0,
    bias=_COMMON,
    not_said=NOT_BALANCE,
    source=PRIETO,
)

DISTANCES = chapter(
    "Place and distance",
    _FAMILY,
    [
        Draft(
            name="mean_position",
            symbol="MEAN",
            title="Mean position of the centre of pressure",
            unit="m",
            axes=ALONG,
            formula="mean({x}) on the axes of the board; right and forward positive",
            says="Where the load was on average, seen from the middle of the board.",
            bias="Depends on where the feet stood and on the board's own zero.",
            not_said="It is no measure of steadiness, and a shift to one side does not "
            "say why the load is there.",
            source=QUIJOUX,
        ),
        Draft(
            name="mean_distance",
            stage="both",
            symbol="MDIST",
            title="Mean distance from the mean position",
            unit="m",
            better="lower",
            axes=BOTH,
            formula="mean(r), r = sqrt(x^2 + y^2), x and y about their means",
            along="mean(|{x}|), {x} about its mean",
            says="How far the centre of pressure was from its own middle on average: "
            "the radius, if it went round a circle.",
            bias=_LENGTH,
        ),
        Draft(
            name="rms_distance",
            stage="both",
            symbol="RMS",
            title="RMS distance from the mean position",
            unit="m",
            better="lower",
            axes=BOTH,
            formula="sqrt(mean(x^2 + y^2)), x and y about their means",
            along="sqrt(mean({x}^2)), the standard deviation with ddof 0",
            says="How far from its middle, large excursions weighing more.",
            bias=_LENGTH + " Codes with ddof 1 read 1 / (2 n) more.",
        ),
        Draft(
            name="max_distance",
            symbol="MAX",
            title="Largest distance from the mean position",
            unit="m",
            better="lower",
            axes=BOTH,
            formula="max(r), r = sqrt(x^2 + y^2), x and y about their means",
            along="max(|{x}|), {x} about its mean",
            says="The furthest single excursion.",
            bias="One sample decides: a spike, and the length of the trial.",
            source=QUIJOUX,
        ),
        Draft(
            name="sway_range",
            stage="both",
            symbol="RANGE",
            title="Range of sway",
            unit="m",
            better="lower",
            axes=BOTH,
            formula="largest distance between any two positions",
            along="max({x}) - min({x})",
            says="The largest extent of sway: the diameter, on a circle.",
            bias="Two samples decide; grows with the length of the trial. Some codes "
            "give the range of the distance from the mean under this name, which is 0 "
            "on a circle.",
        ),
        Draft(
            name="range_ratio",
            symbol="RR",
            title="Range side to side over range front to back",
            unit="1",
            formula="range_ML / range_AP",
            says="Above 1: sway was wider than deep.",
            bias="Four samples decide; turned feet turn it.",
            not_said="Neither side of 1 is better: stance decides most of it.",
            source=QUIJOUX,
        ),
        Draft(
            name="planar_deviation",
            symbol="PD",
            title="Planar deviation",
            unit="m",
            better="lower",
            formula="sqrt(RMS_ML^2 + RMS_AP^2)",
            says="The RMS distance under another name that the literature uses.",
            bias=_LENGTH,
            source=QUIJOUX,
        ),
        Draft(
            name="direction_coefficient",
            symbol="SDC",
            title="Correlation of side to side with front to back",
            unit="1",
            formula="correlation of x and y, -1 to 1",
            says="1 on a line to front right, -1 on one to front left, 0 without "
            "either.",
            bias="Turned feet change it. Undefined without movement along an axis.",
            not_said="It says how sway lay, not how much there was.",
            source=QUIJOUX,
        ),
    ],
)

AREAS = chapter(
    "Area and direction",
    _FAMILY,
    [
        Draft(
            name="sway_direction",
            symbol="ANGLE",
            title="Direction of the largest sway",
            unit="rad",
            formula="angle of the major axis of the covariance, from right towards "
            "forward, 0 to below pi",
            says="pi / 2 is to and fro, 0 side to side.",
            bias="Turned feet turn it. Undefined when the variances differ by less "
            "than 5 %: a circle has no direction.",
            not_said="An axis, not an arrow: it does not say to which side.",
            source="Major axis of the covariance; angles from 0 to 90 degrees, as some "
            "codes give them, lose the side (no one source)",
        ),
        Draft(
            name="prediction_ellipse_area",
            stage="both",
            symbol="PEA95",
            title="Area of the 95 % prediction ellipse",
            unit="m^2",
            better="lower",
            formula="pi k sqrt(det C), C the covariance with ddof 1, k = 2 (n - 1)"
            "(n + 1) / (n (n - 2)) F(0.95; 2, n - 2)",
            says="The area that a further sample would fall into 95 times in 100.",
            bias="Grows with the length of the trial: sixfold from 10 s to 60 s in one "
            "recording. Takes samples for independent and Gaussian, which sway is "
            "not: 95 % is a convention. Often printed as confidence ellipse, which is "
            "another and far smaller one.",
            reliability=_AREA_REPEATS,
            source="Schubert & Kirchner (2014), doi:10.1016/j.gaitpost.2013.09.001; "
            "Chew (1966), JASA 61:605-617 (no DOI given)",
        ),
        Draft(
            name="prieto_ellipse_area",
            symbol="AREA-CE",
            title="Area of Prieto's ellipse",
            unit="m^2",
            better="lower",
            formula="2 pi 3.00 sqrt(det C), C with ddof 0",
            says="The ellipse of the literature of 1996, to compare with it.",
            bias="As the prediction ellipse, and within 0.5 % of it above 1000 "
            "samples.",
        ),
        Draft(
            name="prieto_circle_area",
            symbol="AREA-CC",
            title="Area of Prieto's circle",
            unit="m^2",
            better="lower",
            formula="pi (MDIST + 1.645 s)^2, s = sqrt(RMS^2 - MDIST^2)",
            says="A circle that would hold 95 % of the distances, were they Gaussian.",
            bias="Grows with the length of the trial; too large for a narrow ellipse.",
        ),
        Draft(
            name="hull_area",
            symbol="HULL",
            title="Area of the convex hull",
            unit="m^2",
            better="lower",
            formula="area of the smallest convex outline around all positions",
            says="All the ground that sway reached.",
            bias="The outermost samples alone decide it: spikes, and the length of the "
            "trial.",
            source="Plane geometry (no one source)",
        ),
        Draft(
            name="hull_perimeter",
            symbol="HULL-P",
            title="Perimeter of the convex hull",
            unit="m",
            better="lower",
            formula="length of the smallest convex outline around all positions",
            says="The way around all that sway reached.",
            bias="The outermost samples alone decide it.",
            source="Plane geometry (no one source)",
        ),
        Draft(
            name="hull_ratio",
            symbol="HULL/PEA",
            title="Area of the hull over that of the prediction ellipse",
            unit="1",
            formula="hull area / prediction ellipse area",
            says="1/3 on a circle, above 1 with single large excursions.",
            bias="Grows with the number of samples. Undefined on a line.",
            not_said="It says how sway was spread, not how much there was.",
            source="As a ratio in openbalance 0.1.5 (software; no paper)",
        ),
    ],
)
