"""How far a low-pass filter moves a measure: why the pipeline is part of a value.

    python examples/filter_matters.py stand.csv

The table is as in measure_csv.py.
"""

import sys

import surefoot

if len(sys.argv) < 2:
    sys.exit(__doc__)

stand = surefoot.load_table(
    sys.argv[1],
    columns={"time": "t", "ml": "copY", "ap": "copX"},
    units={"time": "s", "cop": "cm"},
)
for cutoff in (None, 20.0, 10.0, 5.0):
    value = stand.measures(surefoot.Options(lowpass=cutoff))["mean_velocity"].value
    told = "no filter" if cutoff is None else f"{cutoff:g} Hz"
    print(f"{told:>10}: {value * 1e3:6.2f} mm/s")
print(surefoot.card("mean_velocity").bias)
