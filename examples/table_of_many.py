"""One table of the final values of many recordings, quality beside each value.

    python examples/table_of_many.py TABLE.csv [RECORDING...]

Without recordings it takes the samples. For thousands, on many cores or a cluster, see
docs/cluster.md.
"""

import csv
import sys
from pathlib import Path

import surefoot

if len(sys.argv) < 2:
    sys.exit(__doc__)

wanted = sys.argv[2:] or list(surefoot.samples())
with Path(sys.argv[1]).open("w", newline="", encoding="utf-8") as file:
    table = csv.writer(file)
    table.writerow(["recording", "grade", "measure", "value", "unit", "flags"])
    for name in wanted:
        measures = surefoot.load(name).measures()
        grades = " ".join(run["grade"] for run in measures.quality["runs"])
        for one in measures:
            flags = " ".join(one.flags)
            table.writerow([name, grades, one.name, one.value, one.unit, flags])
        print(f"{name}: {measures}, {grades}")
