"""How sway goes on from moment to moment: diffusion, scaling, regularity, density.

Research measures. None has one agreed set of parameters, so a value says nothing
without them: windows, scales, template length, tolerance, radius, rate and duration.
Arrays are in SI units; nothing is filtered unless a function says so.
"""

from surefoot.analysis.sway_dynamics.boundary import (
    TimeToBoundary,
    boundary_times,
    time_to_boundary,
)
from surefoot.analysis.sway_dynamics.centre_of_mass import centre_of_mass
from surefoot.analysis.sway_dynamics.density import (
    SwayDensity,
    sway_density,
    sway_density_curve,
)
from surefoot.analysis.sway_dynamics.diffusion import (
    Diffusion,
    mean_square_displacement,
    stabilogram_diffusion,
)
from surefoot.analysis.sway_dynamics.entropy import (
    Matches,
    sample_entropy,
    template_matches,
)
from surefoot.analysis.sway_dynamics.fluctuation import (
    dfa,
    dfa_scales,
    fluctuation,
)

__all__ = [
    "Diffusion",
    "Matches",
    "SwayDensity",
    "TimeToBoundary",
    "boundary_times",
    "centre_of_mass",
    "dfa",
    "dfa_scales",
    "fluctuation",
    "mean_square_displacement",
    "sample_entropy",
    "stabilogram_diffusion",
    "sway_density",
    "sway_density_curve",
    "template_matches",
    "time_to_boundary",
]
