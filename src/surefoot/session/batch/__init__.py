"""Many recordings measured: on several processors, or by a Dask scheduler.

`measured` gives what `surefoot.session.analyse` gives, file by file as each is done;
`measure_into` keeps it as rows in a folder and does nothing twice.
"""

from surefoot.session.batch.keeping import Tally, measure_into
from surefoot.session.batch.running import measured, runner
from surefoot.session.batch.work import Outcome, Plan

__all__ = ["Outcome", "Plan", "Tally", "measure_into", "measured", "runner"]
