"""The formats a recording can be exported to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.exchange.export.csv_files import write_csv
from surefoot.exchange.export.decoded_mcap import write_mcap
from surefoot.exchange.export.material import read_material
from surefoot.exchange.export.motion_bids import write_motion_bids
from surefoot.exchange.export.parquet_files import write_parquet
from surefoot.exchange.export.target import Target
from surefoot.exchange.export.xdf import write_xdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from surefoot.exchange.export.material import Material

_WRITERS: dict[str, Callable[[Material, Target, float | None], None]] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "motion-bids": write_motion_bids,
    "xdf": write_xdf,
    "mcap": write_mcap,
}

EXPORTS = tuple(_WRITERS)
"""The formats by name."""


def export(path: Path, to: Path, form: str, rate: float | None = None) -> list[Path]:
    """Write the samples of a recording for other programs; the recording is only read.

    Parameters
    ----------
    path : Path
        The recording.
    to : Path
        Folder to write to; made if it is not there. Nothing in it is overwritten.
    form : str
        One of `EXPORTS`.
    rate : float, optional
        Of the resampled files of CSV and Parquet [Hz]; the nominal rate of each
        stream if left out.

    Returns
    -------
    list of Path
        The files written. They hold decoded and calibrated samples in SI units, not
        filtered, and say so. After a failure none is left.

    Raises
    ------
    SurefootError
        If the recording cannot be read or the folder not be written to.
    """
    material = read_material(path)
    with Target(to) as target:
        _WRITERS[form](material, target, rate)
    return target.files
