"""Cards: which frequencies the sway of the centre of pressure has."""

from __future__ import annotations

from surefoot.analysis.registry._card import Need
from surefoot.analysis.registry._cop_place import PRIETO, QUIJOUX
from surefoot.analysis.registry._family import ALONG, Draft, Family, chapter

_SOURCE = (
    f"{PRIETO} (with multitapers); by Welch (1967), doi:10.1109/TAU.1967.1161901; "
    f"bands as in {QUIJOUX}"
)
_WELCH = (
    "Welch, Hann, segments of 20 s, half overlapping, a line taken from each; band "
    "0.15 to 5 Hz, sums times df. The band decides: without its lower edge one PF50 "
    "read 0.10 instead of 0.40 Hz. At 0.15 Hz itself a sixth leaks out. Not given "
    "for less than one segment."
)
_NOT = (
    "A frequency does not name the sense or the part of the body it comes from, and "
    "neither slow nor fast is better by itself."
)

_FAMILY = Family(
    group="cop",
    needs=frozenset({Need.COP}),
    min_duration=20.0,
    min_rate=10.0,
    uniform=True,
    bias=_WELCH,
    not_said=_NOT,
    source=_SOURCE,
)
_TIME = Family(
    group="cop",
    needs=frozenset({Need.COP}),
    min_duration=20.0,
    min_rate=10.0,
    uniform=True,
    not_said="A long time constant is slow drift or slow sway, not lack of control.",
    source="The usual definition of a correlation time (no one source)",
)


def _power(name: str, symbol: str, band: str) -> Draft:
    return Draft(
        name=name,
        symbol=symbol,
        title=f"Power of sway {band}",
        unit="m^2",
        axes=ALONG,
        formula=f"sum(P df) of {{x}} {band}",
        says="The variance of the sway in this band; a sine of amplitude A has "
        "A^2 / 2.",
        bias="Codes that forget df give numbers that grow with the length.",
    )


def _percentile(share: int) -> Draft:
    return Draft(
        name=f"power_frequency_{share}",
        symbol=f"PF{share}",
        title=f"Frequency below which {share} % of the power lies",
        unit="Hz",
        axes=ALONG,
        formula=f"lowest f with sum(P df) up to f at least {share} % of the whole",
        says=f"{share} % of the variance of the sway is slower than this.",
        bias="In steps of 1 / (length of a segment).",
    )


POWERS = chapter(
    "Power of the sway",
    _FAMILY,
    [
        _power("spectral_power", "POWER", "from 0.15 to 5 Hz"),
        _power("spectral_power_low", "P-LOW", "from 0.15 to below 0.5 Hz"),
        _power("spectral_power_mid", "P-MID", "from 0.5 to below 2 Hz"),
        _power("spectral_power_high", "P-HIGH", "from 2 to 5 Hz"),
        Draft(
            name="spectral_quotient",
            symbol="P-QUOT",
            title="Power above 2 Hz over power below",
            unit="1",
            axes=ALONG,
            formula="P-HIGH / (P-LOW + P-MID) of {x}",
            says="How much of the sway was quick.",
            bias="Noise of the board lies in the upper band.",
        ),
    ],
)

FREQUENCIES = chapter(
    "Frequencies of the sway",
    _FAMILY,
    [
        _percentile(50),
        _percentile(80),
        _percentile(95),
        Draft(
            name="peak_frequency",
            symbol="FPEAK",
            title="Frequency of the largest power density",
            unit="Hz",
            axes=ALONG,
            formula="f at which P of {x} is largest",
            says="The strongest single rhythm, if there is one.",
            bias="Jumps from trial to trial when no rhythm stands out.",
        ),
        Draft(
            name="spectral_mean_frequency",
            symbol="MPF",
            title="Mean frequency of the spectrum",
            unit="Hz",
            axes=ALONG,
            formula="mu_1 / mu_0, mu_k = sum(f^k P df)",
            says="The mean frequency, each weighed by its power.",
        ),
        Draft(
            name="centroid_frequency",
            symbol="CFREQ",
            title="Centroid frequency",
            unit="Hz",
            axes=ALONG,
            formula="sqrt(mu_2 / mu_0), mu_k = sum(f^k P df)",
            says="The mean frequency in squares: quick sway weighs more.",
        ),
        Draft(
            name="frequency_dispersion",
            symbol="FREQD",
            title="Spread of the frequencies",
            unit="1",
            axes=ALONG,
            formula="sqrt(1 - mu_1^2 / (mu_0 mu_2)), 0 to 1",
            says="0 for one single rhythm, larger the more frequencies there are.",
            bias="The window leaves 0.03 (at 1 Hz) to 0.14 (at 0.2 Hz) on a pure sine.",
        ),
    ],
)

TIMES = chapter(
    "Memory of the sway",
    _TIME,
    [
        Draft(
            name="time_constant",
            symbol="TAU",
            title="Time constant of sway",
            unit="s",
            axes=ALONG,
            formula="lag at which the autocorrelation of {x} first falls to 1 / e",
            says="How long the sway remembers where it was.",
            bias="Taking out the mean shortens it: a trial should last twenty time "
            "constants. The least of 20 s is our default.",
        ),
    ],
)
