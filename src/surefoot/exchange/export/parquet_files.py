"""Parquet: the tables of the CSV export, with units and meaning in the file."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any

from surefoot.core import TableError
from surefoot.exchange.export.csv_files import tables
from surefoot.exchange.export.description import about_recording, about_stream

if TYPE_CHECKING:
    from surefoot.exchange.export.material import Material
    from surefoot.exchange.export.target import Target

TIME = "session_time"
KEY = b"surefoot"
"""Key of the file's metadata under which the meaning of its columns stands, JSON."""


def write_parquet(material: Material, target: Target, rate: float | None) -> None:
    """Write one Parquet file a table; each says in its metadata what it is.

    Parameters
    ----------
    material : Material
        The recording.
    target : Target
        Where to.
    rate : float or None
        Of the resampled tables [Hz]; the nominal one if None.

    Raises
    ------
    TableError
        If pyarrow is not installed, or a file cannot be written.
    """
    pa, pq = arrow()
    for block, stem, sampling in tables(material, rate):
        told = about_recording(material) | about_stream(material, block, sampling)
        info = block.info
        fields = [pa.field(TIME, pa.float64(), False, {b"unit": b"s"})]
        fields += [
            pa.field(name, pa.float64(), False, {b"unit": unit.encode()})
            for name, unit in zip(info.channels, info.units, strict=True)
        ]
        text = json.dumps(told, ensure_ascii=False)
        schema = pa.schema(fields, {KEY: text.encode()})
        columns = [block.t, *(column.copy() for column in block.data.T)]
        table = pa.Table.from_arrays([pa.array(c) for c in columns], schema=schema)
        # checksums of pages: the file shall not be wrong in silence
        pq.write_table(
            table,
            target.new(f"{stem}.parquet"),
            compression="zstd",
            write_page_checksum=True,
        )


def arrow() -> tuple[Any, Any]:
    """Return the modules pyarrow and pyarrow.parquet.

    Raises
    ------
    TableError
        If pyarrow is not installed.
    """
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        msg = (
            "parquet: expected the package pyarrow, got none installed: "
            "pip install 'surefoot[parquet]'"
        )
        raise TableError(msg) from None
