"""Files of others: a table of samples becomes a recording like any other."""

from surefoot.exchange.columns import Choice
from surefoot.exchange.formats import FORMATS
from surefoot.exchange.importing import import_file, keep_rows, read_file
from surefoot.exchange.rows import Rows
from surefoot.exchange.table import read_table
from surefoot.exchange.wobbleboard import read_wobbleboard

__all__ = [
    "FORMATS",
    "Choice",
    "Rows",
    "import_file",
    "keep_rows",
    "read_file",
    "read_table",
    "read_wobbleboard",
]
