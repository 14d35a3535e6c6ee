"""Cards: coming to rest after a step down, a push or a kerb."""

from __future__ import annotations

from surefoot.analysis.registry._card import Need
from surefoot.analysis.registry._family import Draft, Family, chapter

_FAMILY = Family(
    group="stabilisation",
    needs=frozenset({Need.IMPACT}),
    min_duration=3.0,
    min_rate=50.0,
    uniform=True,
    bias="Published definitions disagree widely on the same landings, and the length "
    "of the recording alone moved them by 100 % on average (Fransz et al. 2015, "
    "doi:10.1016/j.gaitpost.2014.08.018, DOI not verified): compare one definition, "
    "one signal, one length. Least length and rate are our default.",
    not_said="None of the times is the time to stabilisation: each is one definition. "
    "A short time is not a safe landing.",
)
_REPEATS = (
    "Of times to stabilisation on a force plate: after a hop ICC 0.28 and 0.60 between "
    "two tests (J Sports Sci Med 17:174, table 5), after a jerk of the ground 0.73 to "
    "0.76 (42 players, PMC8093417). By this definition, from a sensor, unknown."
)
_CONTROL = "The definition of control engineering (no one source)"

STABILISATION = chapter(
    "Coming to rest",
    _FAMILY,
    [
        Draft(
            name="stabilisation_sequential_time",
            symbol="TTS-SEQ",
            title="Time to stabilisation by sequential estimation",
            unit="s",
            better="lower",
            formula="from when the running mean stays within 0.25 SD of the mean of "
            "the whole",
            says="When the average had settled.",
            bias="The running mean remembers the impact, so a longer recording gives "
            "a longer time. The source leaves ddof open; ours is 0.",
            source="Colby, Hintermeister, Torry & Steadman (1999), J Orthop Sports "
            "Phys Ther 29:444-451, doi:10.2519/jospt.1999.29.8.444 (DOI not verified)",
            reliability=_REPEATS,
        ),
        Draft(
            name="stabilisation_polynomial_time",
            symbol="TTS-POLY",
            title="Time to stabilisation by a third-order polynomial",
            unit="s",
            better="lower",
            formula="when a cubic through the rectified signal, from its peak, falls "
            "to the smallest range of any second in its second half",
            says="When the swing had come down to quiet stance.",
            bias="Smooths over all that happens on the way; a quieter stance at the "
            "end gives a longer time.",
            source="After Ross & Guskiewicz (2003), doi:10.1123/att.8.3.37 (not "
            "verified), and Ross, Guskiewicz & Yu (2005), J Athl Train 40:298-304 (no "
            "DOI)",
            reliability=_REPEATS,
        ),
        Draft(
            name="stabilisation_band_time",
            symbol="TTS-BAND",
            title="Time to stabilisation by a fixed band",
            unit="s",
            better="lower",
            formula="start of the first stay of 1 s with the angular rate within 5 "
            "degrees/s",
            says="When the turning first stayed slow.",
            bias="Grows with noise that reaches the band. Band and stay are our "
            "default; the source has 5 % of body weight.",
            source="Flanagan, Ebben & Jensen (2008), J Strength Cond Res "
            "22:1677-1682, doi:10.1519/JSC.0b013e318182034b (DOI not verified), for "
            "the vertical force",
            reliability=_REPEATS,
        ),
        Draft(
            name="stabilisation_settling_time",
            symbol="T-SETTLE",
            title="Settling time",
            unit="s",
            better="lower",
            formula="when the signal was last further than 10 % of its peak from its "
            "end",
            says="When the last larger swing was over.",
            bias="Quiet sway above 10 % of the peak gives the length of the recording: "
            "look at it.",
            source=_CONTROL,
        ),
        Draft(
            name="stabilisation_peak_time",
            symbol="T-PEAK",
            title="Time of the first swing",
            unit="s",
            formula="when the first swing was largest, since contact",
            says="How long the first swing took to turn.",
            source=_CONTROL,
        ),
        Draft(
            name="stabilisation_peak",
            symbol="PEAK",
            title="Size of the first swing",
            unit="rad",
            better="nearer-zero",
            formula="largest distance from the final value before the signal first "
            "comes back to it, with its sign",
            says="How far the contact threw the trunk.",
            bias="How hard the contact was decides most of it.",
            source=_CONTROL,
        ),
        Draft(
            name="stabilisation_overshoot",
            symbol="OS",
            title="Overshoot",
            unit="1",
            better="lower",
            formula="largest distance past the final value after the first swing / "
            "first swing",
            says="How far the way back went too far.",
            bias="Sway of the stance afterwards counts as overshoot.",
            source=_CONTROL,
        ),
        Draft(
            name="stabilisation_variation",
            symbol="ROV",
            title="Range of variation in quiet stance",
            unit="rad",
            better="lower",
            formula="smallest range of any second in the second half",
            says="How quiet the quietest second was.",
            source="As the polynomial's level, after Ross & Guskiewicz (2003), "
            "doi:10.1123/att.8.3.37 (not verified)",
        ),
    ],
)
