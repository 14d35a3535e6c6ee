"""Measure a centre of pressure that is in memory already, and read what a number means.

python examples/sway_of_array.py
"""

import numpy as np

import surefoot

rate = 100.0  # Hz
random = np.random.default_rng(1)
pushes = random.normal(scale=2e-3, size=(3000, 2))
cop = np.zeros_like(pushes)  # m, columns ML and AP
for i in range(1, len(cop)):
    cop[i] = 0.98 * cop[i - 1] + pushes[i]  # noise that comes back to the middle

# no filter, no quality: load_table does that
values = surefoot.sway(cop, rate)
for name in ("path_length", "mean_velocity", "prediction_ellipse_area"):
    card = surefoot.card(name)
    print(f"{name} = {values[name]:.4g} {card.unit}: {card.says}")
