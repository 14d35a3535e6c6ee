"""Cards: several trials against each other."""

from __future__ import annotations

from surefoot.analysis.registry._card import Need
from surefoot.analysis.registry._family import Draft, Family, chapter

_SUPPORT = (
    "A maker of sensors, on its support page, for the sway area in percent (no DOI); "
    "the test: Shumway-Cook & Horak (1986), doi:10.1093/ptj/66.10.1548"
)
_ROMBERG = "The usual ratio of Romberg's test (no one source)"

_FAMILY = Family(
    group="composite",
    needs=frozenset({Need.CONDITIONS}),
    bias="One trial a condition is noisy, and a ratio of two noisy numbers is noisier "
    "than both. Trials must be of one length, stance and pipeline; their order and "
    "the foam matter.",
    not_said="It compares conditions of one day. It does not name a sense that works "
    "well or badly.",
    source=_SUPPORT,
)
_CONDITIONS = "EO, EC firm, eyes open, closed; EOF, ECF the same on foam"

TRIALS = chapter(
    "Several trials",
    _FAMILY,
    [
        Draft(
            name="romberg_ratio",
            symbol="RQ",
            title="Eyes closed over eyes open",
            unit="1",
            formula="value with eyes closed / value with eyes open, of one measure",
            says="1 when vision makes no difference.",
            bias="Area, path and velocity give different ratios: the measure is told "
            "with the value.",
            source=_ROMBERG,
        ),
        Draft(
            name="romberg_index",
            symbol="RI",
            title="Eyes closed against eyes open",
            unit="1",
            formula="(closed - open) / (closed + open), -1 to 1, of one measure",
            says="0 when vision makes no difference; changes only its sign when the "
            "two are exchanged.",
            bias="The measure is told with the value. Published in percent.",
            source=_ROMBERG,
        ),
        Draft(
            name="mctsib_mean",
            symbol="COMP",
            title="Mean of the four conditions of the mCTSIB",
            unit="m^2",
            better="lower",
            formula="(EO + EC + EOF + ECF) / 4 of the 95 % prediction ellipse area; "
            + _CONDITIONS,
            says="One number of all four conditions.",
            bias="Foam with eyes closed outweighs the rest.",
            reliability="Of another composite on a commercial platform, 24 older "
            "women: ICC 0.63 (Antoniadou et al. 2020, J Musculoskelet Neuronal "
            "Interact 20:185-193); of this one unknown.",
        ),
        Draft(
            name="mctsib_visual",
            symbol="COMP-VIS",
            title="Growth of sway when the eyes close",
            unit="1",
            formula="min((EC - EO) / EO, (ECF - EOF) / EOF); " + _CONDITIONS,
            says="0 no change, 1 twice the area; the smaller of firm and foam.",
        ),
        Draft(
            name="mctsib_proprioceptive",
            symbol="COMP-PRO",
            title="Growth of sway from firm ground to foam",
            unit="1",
            formula="min((EOF - EO) / EO, (ECF - EC) / EC); " + _CONDITIONS,
            says="0 no change, 1 twice the area; the smaller of eyes open and closed.",
        ),
        Draft(
            name="mctsib_vestibular",
            symbol="COMP-VES",
            title="Growth of sway from the easiest to the hardest condition",
            unit="1",
            formula="(ECF - EO) / EO; " + _CONDITIONS,
            says="0 no change, 1 twice the area.",
        ),
    ],
)
