"""Cards: the tilt of a board, the load of the sides, and leaning to targets."""

from __future__ import annotations

from surefoot.analysis.registry._card import Need
from surefoot.analysis.registry._family import Draft, Family, chapter

_ARNOLD = "Arnold & Schmitz (1998), J Athl Train 33:323-327 (no DOI), in rad"
_OURS = "Ours; rules on the page of the tilt measures"
_HELD = (
    "Tilt of the board, not of the trainee: holding on, a softer floor or another "
    "board change it."
)

_TILT = Family(
    group="tilt",
    needs=frozenset({Need.TILT}),
    stage="both",
    bias="About level, never about the trial's own mean. Compare only equal length, "
    "board, stance and vision. Fewer than two samples give no value; there is no other "
    "least length or rate.",
    not_said=_HELD,
)
_LOAD = Family(
    group="load",
    needs=frozenset({Need.FORCE}),
    bias="A cell without its zero taken shifts all shares. No least length is set.",
    not_said="Even load is not steadiness, and uneven load does not say why.",
    source="Share of the sum (no one source)",
    reliability="In squats on two Wii boards, 23 adults: ICC 0.75 to 0.91 with the "
    "velocity of each leg (Clark et al. 2011, doi:10.1016/j.gaitpost.2011.04.010). In "
    "standing unknown.",
)
_LIMITS = Family(
    group="limits",
    needs=frozenset({Need.LEAN, Need.CUES}),
    min_duration=1.0,
    min_rate=20.0,
    uniform=True,
    bias="Movement begins 3 SD of the quiet second before the cue, held for 0.1 s (our "
    "default). Shares are of 8 degrees to the front and sides, 4.5 to the back, which "
    "is a convention: people differ.",
    not_said="How far somebody dares to lean is not how far they could.",
    source="After the manuals of commercial platforms; onset, hold and path are ours "
    "(no DOI)",
)
_ICC = (
    "Composite of eight targets, 27 young adults on a commercial platform: ICC 0.89 to "
    "0.95 within a session (Lininger et al. 2018, Int J Sports Phys Ther 13:800-807). "
    "Your set-up and trainees may differ."
)
_OSI_REPEATS = (
    "As an index of a commercial platform: ICC 0.82 (19 adults, "
    "doi:10.1123/jsr.7.2.95), 0.44 to 0.89 with 21 to 37 % between two tests "
    "(doi:10.1123/jsr.9.3.240). Your board and trainees may differ."
)
_AXIS_REPEATS = (
    "As an index of a commercial platform on one leg, 20 adults, a week apart: ICC "
    "{} (doi:10.1123/jab.2013-0130). Your board and trainees may differ."
)
_WOBBLE = (
    "32 adults on an instrumented wobble board: {} (Williams & Bentman 2014, "
    "doi:10.1016/j.ptsp.2013.08.003). Your board, zone and trainees may differ."
)
_SHIFT = Family(
    group="limits",
    needs=frozenset({Need.LEAN}),
    min_duration=5.0,
    min_rate=20.0,
    uniform=True,
    bias="Noise adds path along and across: the cut-off matters. Compare only one "
    "pace and one width. Least length and rate are our default.",
    not_said="Fast is not good by itself: the pace is the drill's.",
    source="After the manuals of commercial platforms (no DOI)",
)

TILT = chapter(
    "Tilt of a board",
    _TILT,
    [
        Draft(
            name="tilt_rms",
            symbol="OSI",
            title="RMS tilt from level",
            unit="rad",
            better="lower",
            formula="sqrt(mean(ml^2 + ap^2))",
            says="How far from level the board was, large tilts weighing more. In "
            "degrees it is the overall stability index of the literature.",
            bias="An error of level adds in squares; samples in a gap weigh nothing.",
            source=_ARNOLD,
            reliability=_OSI_REPEATS,
        ),
        Draft(
            name="tilt_rms_ml",
            symbol="MLSI",
            title="RMS tilt side to side",
            unit="rad",
            better="lower",
            formula="sqrt(mean(ml^2))",
            says="How far from level, left and right only.",
            reliability=_AXIS_REPEATS.format("0.84 steady, 0.65 moving"),
            bias="An error of level adds in squares; a mounting turned by an angle a "
            "moves sin a of the other axis into this one.",
            source=_ARNOLD,
        ),
        Draft(
            name="tilt_rms_ap",
            symbol="APSI",
            title="RMS tilt front to back",
            unit="rad",
            better="lower",
            formula="sqrt(mean(ap^2))",
            says="How far from level, front and back only.",
            reliability=_AXIS_REPEATS.format("0.78 steady, 0.77 moving"),
            bias="An error of level adds in squares; a mounting turned by an angle a "
            "moves sin a of the other axis into this one.",
            source=_ARNOLD,
        ),
        Draft(
            name="tilt_mean_speed",
            symbol="TMS",
            title="Mean speed of the tilt",
            unit="rad/s",
            better="lower",
            formula="path of (ml, ap) over the time it took",
            says="How busy the board was.",
            bias="Noise adds path, more at a higher rate or cutoff: compare only one "
            "sensor and filter.",
            source=_OURS,
        ),
        Draft(
            name="tilt_max",
            symbol="TMAX",
            title="Largest tilt",
            unit="rad",
            better="lower",
            formula="largest deviation",
            says="The furthest the board went from level.",
            bias="One sample decides; grows with the length of the trial.",
            source=_OURS,
        ),
        Draft(
            name="tilt_p80",
            symbol="T80",
            title="Tilt not exceeded in 80 % of the samples",
            unit="rad",
            better="lower",
            formula="80th percentile of the deviation",
            says="A zone of this radius would have held 80 % of the samples.",
            bias="An error of level moves it.",
            source=_OURS,
        ),
        Draft(
            name="time_in_zone",
            symbol="TIZ",
            title="Share of the time in the zone",
            unit="1",
            better="higher",
            formula="time with deviation <= zone, over the time known",
            says="How much of the trial the board was level enough for the drill.",
            reliability=_WOBBLE.format(
                "time in bands of tilt ICC 0.71, SEM 4.2 %, MDC 5 % (as printed)"
            ),
            bias="The size of the zone, above all: never compare different zones.",
            source=_OURS,
            more=frozenset({Need.TARGET}),
        ),
        Draft(
            name="edge_contacts",
            symbol="EDGE",
            title="How often an edge came down",
            unit="1",
            better="lower",
            formula="how often an edge came down",
            says="How often the board reached its end and the floor caught it.",
            bias="Edge angles; margin (1 degree), hysteresis (1 degree) and debounce "
            "(0.1 s) of the drill, all our default.",
            not_said="A board held down on its edge counts once, however long.",
            reliability=_WOBBLE.format("MDC 9 contacts"),
            source=_OURS,
            more=frozenset({Need.EDGES}),
        ),
    ],
)


def _share(side: str) -> Draft:
    return Draft(
        name=f"load_share_{side}",
        symbol=f"LOAD-{side.upper()}",
        title=f"Share of the load on the {side}",
        unit="1",
        formula=f"mean of (force on the {side} / force on all)",
        says=f"How much of the weight was on the {side} on average; half is even.",
    )


LOAD = chapter(
    "Load of the sides",
    _LOAD,
    [
        *(_share(side) for side in ("left", "right", "front", "back")),
        Draft(
            name="weight_distribution",
            symbol="WDI",
            title="Unevenness of four quadrants",
            unit="1",
            better="nearer-zero",
            formula="sqrt(sum((share - 1/4)^2) / 4) of the mean shares",
            says="0 when all four bear the same, 0.433 with all on one.",
            bias="Where the feet stand decides much. The original is in percent.",
            source="As the weight distribution index of openbalance 0.1.5 (software; "
            "no paper)",
        ),
    ],
)

LIMITS = chapter(
    "Leaning to targets",
    _LIMITS,
    [
        Draft(
            name="reach_reaction_time",
            symbol="RT",
            title="Reaction time of a lean to a target",
            unit="s",
            better="lower",
            formula="first movement towards the target less the cue",
            says="How long it took to begin.",
            bias="Late by as long as 3 SD of rest take: a restless start makes it "
            "longer. Any delay of the picture on the screen is in it.",
        ),
        Draft(
            name="reach_mean_velocity",
            symbol="MVL",
            title="Mean speed of a lean to a target",
            unit="rad/s",
            better="higher",
            formula="mean speed from 5 to 95 % of the endpoint",
            says="How fast the lean was on its way.",
            reliability=_ICC,
        ),
        Draft(
            name="reach_endpoint",
            symbol="EPE",
            title="Endpoint of the first movement",
            unit="1",
            better="higher",
            formula="lean where the speed towards the target first is 0 or less / "
            "limit",
            says="How far the first go went, as a share of the limit.",
            bias="Noise ends the first movement early.",
        ),
        Draft(
            name="reach_maximum",
            symbol="MXE",
            title="Furthest lean to a target",
            unit="1",
            better="higher",
            formula="largest lean towards the target / limit",
            says="How far the lean got in all, as a share of the limit.",
            bias="One sample decides.",
            reliability=_ICC,
        ),
        Draft(
            name="reach_directional_control",
            symbol="DCL",
            title="Straightness of a lean to a target",
            unit="1",
            better="higher",
            formula="(on - off) / on, path along the target's line and across it",
            says="1 on a straight line, 0 at 45 degrees beside it, below 0 beyond.",
            bias="Noise adds path across.",
            reliability=_ICC,
        ),
    ],
)

SHIFTS = chapter(
    "Rhythmic weight shift",
    _SHIFT,
    [
        Draft(
            name="shift_velocity",
            symbol="WSV",
            title="Speed of a rhythmic weight shift",
            unit="rad/s",
            formula="mean speed along the line",
            says="How fast the weight went to and fro.",
        ),
        Draft(
            name="shift_directional_control",
            symbol="WSD",
            title="Straightness of a rhythmic weight shift",
            unit="1",
            better="higher",
            formula="(on - off) / on, path along the line and across it",
            says="1 on the line, 0 at 45 degrees beside it, below 0 beyond.",
        ),
    ],
)
