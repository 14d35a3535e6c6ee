"""Open a recording and take its samples as arrays.

python examples/read_samples.py [RECORDING or name of a sample]
"""

import sys

import numpy as np

import surefoot

session = surefoot.load(sys.argv[1] if len(sys.argv) > 1 else "rocker-unsteady")
print(session, "virtual" if session.virtual else "")

for name, block in session.blocks.items():
    seconds = block.t[-1] - block.t[0]
    print(f"{name}: {len(block)} samples in {seconds:.1f} s, {block.info.channels}")

# times [s] and samples [rad/s] of two channels; gaps show in the times
t, turn = session.array("board", "gyr_x", "gyr_y")
print(f"largest step in time: {np.diff(t).max() * 1e3:.1f} ms")
print(f"RMS of the angular velocity: {np.sqrt((turn**2).mean(0))} rad/s")
