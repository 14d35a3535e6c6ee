"""What happened when: phases, cues, markers, and the tilt of each trial.

python examples/trials_and_events.py [RECORDING or name of a sample]
"""

import sys

import numpy as np

import surefoot

session = surefoot.load(sys.argv[1] if len(sys.argv) > 1 else "rocker-unsteady")
for event in session.events:
    if event.name in {"phase", "edge-contact", "run-end"}:
        print(f"{event.t:7.2f} s  {event.name}  {dict(event.detail)}")
for marker in session.markers:
    print(f"{marker.t:7.2f} s  marked: {marker.label} {marker.detail}")

for trial in session.trials:
    print(f"trial from {trial.t0:.1f} to {trial.t1:.1f} s")
    if trial.tilt is not None:
        low, high = (
            np.degrees(trial.tilt.data[:, 0].min()),
            np.degrees(trial.tilt.data[:, 0].max()),
        )
        print(f"  tilted from {low:.1f} (left) to {high:.1f} degrees (right)")
