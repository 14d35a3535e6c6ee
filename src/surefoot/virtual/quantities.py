"""What a virtual device says of a world, for every channel a profile may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from surefoot.virtual.world import World

_CORNERS = ("tr", "br", "tl", "bl")  # in the order of surefoot.virtual.cells
_COUNTS = 250.0  # of an amplifier, a newton
_FIELD = (2e-5, 0.0, -4.4e-5)  # T, as in the middle of Europe


def quantities(
    world: World, role: str, t: NDArray[np.float64], channels: Mapping[str, int]
) -> dict[str, NDArray[np.float64]]:
    """Return SI values by channel.

    Accelerations and turning come from the sensor that sits in the world. Forces are
    those the world tells. What the world knows nothing of is constant: a field of the
    earth, an upright orientation, zero.

    Parameters
    ----------
    world : World
        What is measured.
    role : str
        Where the device is.
    t : ndarray, shape (n,)
        Times [s].
    channels : mapping of str to int
        Channels, and how many columns each has.
    """
    acc, gyr = world.imu(role, t)
    known = {"acc": acc, "gyr": gyr, "mag": np.tile(_FIELD, (len(t), 1))}
    for name, values in list(known.items()):
        known |= {f"{name}_{axis}": values[:, [i]] for i, axis in enumerate("xyz")}
    forces = world.forces(t)
    known |= {f"force_{name}": forces[:, [i]] for i, name in enumerate(_CORNERS)}
    known |= {f"count_{name}": _COUNTS * known[f"force_{name}"] for name in _CORNERS}
    known["force"] = forces.sum(axis=1, keepdims=True)
    cells = [name for name in channels if name.startswith("force_")]
    for name in cells:  # where it is not told which corner a cell is in
        known.setdefault(name, known["force"] / len(cells))
    return {
        name: known[name] if name in known else _constant(name, len(t), count)
        for name, count in channels.items()
    }


def _constant(name: str, n: int, count: int) -> NDArray[np.float64]:
    level = np.zeros(count)
    if name.endswith("quat"):
        level[0] = 1.0
    return np.tile(level, (n, 1))
