"""How fast a disturbed body comes to rest: after a step down, a push, a kerb.

All functions take ``signal`` of shape (n,): one component (trunk tilt, angular rate,
acceleration, force less body weight) from the instant of contact on, and the rate in
Hz. They filter nothing. Times are counted from the first sample.

Published definitions of the time to stabilisation disagree widely on the same landings
(eighteen were compared by Fransz et al. 2015, doi:10.1016/j.gaitpost.2014.08.018, DOI
not verified, and the length of the recording alone moved them by 100 % on average), so
each has its own name here, and none is *the* time. Compare one definition, one signal,
one length.
"""

from surefoot.analysis.stabilisation._checks import TAIL
from surefoot.analysis.stabilisation.swing import Peak, contact, first_peak, overshoot
from surefoot.analysis.stabilisation.times import (
    band_time,
    polynomial_time,
    range_of_variation,
    sequential_time,
    settling_time,
)

__all__ = [
    "TAIL",
    "Peak",
    "band_time",
    "contact",
    "first_peak",
    "overshoot",
    "polynomial_time",
    "range_of_variation",
    "sequential_time",
    "settling_time",
]
