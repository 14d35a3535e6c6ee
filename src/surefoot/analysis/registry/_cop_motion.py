"""Cards: how the centre of pressure moved."""

from __future__ import annotations

from surefoot.analysis.registry._card import Need
from surefoot.analysis.registry._cop_place import NOT_BALANCE, PRIETO, QUIJOUX
from surefoot.analysis.registry._family import ALONG, BOTH, Draft, Family, chapter

_NOISE = (
    "Grows with the noise of the board, the rate and the cut-off of the low-pass: "
    "without any it was 76 % above that of 10 Hz on one plate. Compare only one "
    "board, rate and filter. The least of 10 s and 20 Hz is our default."
)
_KATZ = PRIETO + ", after Katz (1988), doi:10.1016/0010-4825(88)90041-8"
_FOLDED = (
    "Not free of the sampling: one sway has 1.84 at 100 Hz and 2.24 at 20 Hz. Length "
    "and filter move it too. The least of 10 s and 20 Hz is our default."
)
_FOLDED_NOT = "A dimension is not a quality: neither more nor less is better."
_VELOCITY_REPEATS = (
    "In the plane. 52 children on one leg on a Wii board: SEM 7 to 8 %, MDC 19 to 21 % "
    "(Juneja et al. 2023, doi:10.3233/PRM-210106). A review of 32 studies: r 0.32 to "
    "0.94 (doi:10.1016/j.gaitpost.2010.09.012). Your board, stance and trainees may "
    "differ."
)
_PATH_REPEATS = (
    "In the plane. 30 adults on a Wii board and a plate: ICC 0.66 to 0.94 (Clark et "
    "al. 2010, doi:10.1016/j.gaitpost.2009.11.012). Your board, stance and trainees "
    "may differ."
)

_FAMILY = Family(
    group="cop",
    needs=frozenset({Need.COP}),
    min_duration=10.0,
    min_rate=20.0,
    bias=_NOISE,
    not_said=NOT_BALANCE,
    source=PRIETO,
)
_SHAPE = Family(
    group="cop",
    needs=frozenset({Need.COP}),
    min_duration=10.0,
    min_rate=20.0,
    bias=_FOLDED,
    not_said=_FOLDED_NOT,
    source=_KATZ,
)
_TURNS = Family(
    group="cop",
    needs=frozenset({Need.COP}),
    min_duration=10.0,
    min_rate=20.0,
    uniform=True,
    bias="Noise makes most crossings of an unfiltered signal. " + _NOISE,
    not_said="Correcting often is not correcting well, or badly.",
    source=QUIJOUX,
)

MOTION = chapter(
    "Path and speed",
    _FAMILY,
    [
        Draft(
            name="path_length",
            stage="both",
            symbol="TOTEX",
            title="Length of the path of the centre of pressure",
            unit="m",
            better="lower",
            axes=BOTH,
            formula="sum(sqrt(dx^2 + dy^2)) over all steps",
            along="sum(|d{x}|) over all steps",
            says="All the way that the centre of pressure went.",
            bias="Proportional to the length of the trial; noise adds way at every "
            "sample.",
            reliability=_PATH_REPEATS,
        ),
        Draft(
            name="mean_velocity",
            stage="both",
            symbol="MVELO",
            title="Mean velocity of the centre of pressure",
            unit="m/s",
            better="lower",
            axes=BOTH,
            formula="path / T, T = (n - 1) / rate",
            along="path of {x} / T, T = (n - 1) / rate",
            says="How busy the correcting was. It hardly depends on the length of the "
            "trial.",
            reliability=_VELOCITY_REPEATS,
        ),
        Draft(
            name="rms_velocity",
            symbol="RMSV",
            title="RMS velocity of the centre of pressure",
            unit="m/s",
            better="lower",
            axes=BOTH,
            formula="sqrt(mean((dx^2 + dy^2) / dt^2))",
            along="sqrt(mean((d{x} / dt)^2))",
            says="As the mean velocity, fast moments weighing more.",
            bias="Noise counts in squares.",
            source="Root mean square of first differences (no one source)",
        ),
        Draft(
            name="velocity_deviation",
            symbol="SDV",
            title="Standard deviation of the velocity",
            unit="m/s",
            better="lower",
            axes=ALONG,
            formula="standard deviation (ddof 0) of d{x} / dt",
            says="As the RMS velocity, less the net shift from start to end.",
            source="As in the phase plane of Riley et al. (1995), J Rehabil Res Dev "
            "32:227-235 (no DOI)",
        ),
        Draft(
            name="sway_area_rate",
            stage="both",
            symbol="AREA-SW",
            title="Area swept per second",
            unit="m^2/s",
            better="lower",
            formula="sum(|x_i y_(i+1) - x_(i+1) y_i|) / (2 T), about the mean",
            says="How much ground was swept about the middle in each second; areas "
            "swept twice count twice.",
            bias="Grows with distance as well as with speed.",
        ),
        Draft(
            name="mean_frequency",
            stage="both",
            symbol="MFREQ",
            title="Rotations about the middle per second",
            unit="Hz",
            axes=BOTH,
            formula="mean velocity / (2 pi MDIST)",
            along="mean velocity of {x} / (4 sqrt(2) MDIST of {x})",
            says="How often the centre of pressure would go round a circle of its mean "
            "distance at its mean velocity.",
            bias="Grows with all that adds path. 1.11 f for a pure sine along one "
            "axis.",
            not_said="Not the mean of the spectrum. Neither more nor less is better by "
            "itself: small stiff sway is quick.",
        ),
        Draft(
            name="length_per_area",
            symbol="LFS",
            title="Length of the path per area",
            unit="1/m",
            formula="path / area of Prieto's ellipse",
            says="How much path there was for the area it stayed in.",
            bias="Path and area grow each in its own way with the length of the trial. "
            "In 1/mm it reads 1000 times less. Undefined on a line.",
            not_said="A small still sway and a large slow one may read alike.",
            source=QUIJOUX,
        ),
        Draft(
            name="phase_plane",
            symbol="PHASE",
            title="Spread of position and velocity together",
            unit="m",
            better="lower",
            axes=BOTH,
            formula="sqrt(PHASE_ML^2 + PHASE_AP^2)",
            along="sqrt(sd({x})^2 + sd(d{x} / dt)^2), velocity counted in m/s",
            says="Position and speed in one number.",
            bias="It adds a length to a speed, so it holds only with the second as the "
            "unit of time; the speed usually outweighs.",
            source="Riley et al. (1995), J Rehabil Res Dev 32:227-235 (no DOI)",
        ),
    ],
)

SHAPE = chapter(
    "Folding of the path",
    _SHAPE,
    [
        Draft(
            name="fractal_dimension",
            symbol="FD-CE",
            title="Fractal dimension, by the ellipse",
            unit="1",
            formula="ln n / ln(n d / path), d = sqrt(4 a b) of Prieto's ellipse",
            says="How folded the path is within its ellipse; 1 is a straight line.",
        ),
        Draft(
            name="fractal_dimension_circle",
            symbol="FD-CC",
            title="Fractal dimension, by the circle",
            unit="1",
            formula="ln n / ln(n d / path), d the diameter of Prieto's circle",
            says="How folded the path is within its circle.",
        ),
        Draft(
            name="fractal_dimension_range",
            symbol="FD-PD",
            title="Fractal dimension, by the range",
            unit="1",
            formula="ln n / ln(n d / path), d the largest distance of two positions",
            says="How folded the path is within its range; 1 on a straight line.",
        ),
    ],
)

TURNS = chapter(
    "Turns of the sway",
    _TURNS,
    [
        Draft(
            name="velocity_crossings",
            symbol="ZC",
            title="How often the velocity changed sign",
            unit="1",
            axes=ALONG,
            formula="sign changes of the slope of {x}, slope by a cubic through five "
            "samples",
            says="How often the sway turned round.",
            bias="Proportional to the length of the trial.",
        ),
        Draft(
            name="velocity_crossing_rate",
            symbol="ZCR",
            title="Turns of the sway per second",
            unit="1/s",
            axes=ALONG,
            formula="sign changes of the slope of {x} / T",
            says="How often the sway turned round in a second; a sine does so twice a "
            "period.",
        ),
        Draft(
            name="peak_velocity_positive",
            symbol="PV+",
            title="Mean peak velocity to the right or forward",
            unit="m/s",
            better="lower",
            axes=ALONG,
            formula="mean over the moves in positive {x} of their largest velocity",
            says="How fast each move that way was at its fastest.",
        ),
        Draft(
            name="peak_velocity_negative",
            symbol="PV-",
            title="Mean peak velocity to the left or backward",
            unit="m/s",
            better="lower",
            axes=ALONG,
            formula="mean over the moves in negative {x} of their largest speed",
            says="How fast each move that way was at its fastest.",
        ),
        Draft(
            name="peak_velocity",
            symbol="PV",
            title="Mean peak velocity",
            unit="m/s",
            better="lower",
            axes=ALONG,
            formula="mean over all moves along {x} of their largest speed",
            says="How fast each move between two turns was at its fastest.",
        ),
    ],
)
