"""Measure a centre of pressure that lies in a CSV table.

    python examples/measure_csv.py stand.csv

The table has the columns t (s), copX (front to back) and copY (side to side) in cm.
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
measures = stand.measures()
print(measures.pipeline)
for name in ("mean_velocity", "prediction_ellipse_area", "sway_range_ml"):
    measure = measures[name]
    print(f"{name}: {measure.value:.4g} {measure.unit} {' '.join(measure.flags)}")
