"""What every measure of the trunk refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import NDArray


def columns(who: str, x: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return an array with so many columns, or raise `SignalError`."""
    x = np.asarray(x, dtype=np.float64)
    if x.ndim != 2 or x.shape[1] != count:
        names = ", ".join(("ML", "AP", "V")[:count])
        msg = f"{who}: expected shape (n, {count}), got {x.shape}: give {names}"
        raise SignalError(msg)
    return x
