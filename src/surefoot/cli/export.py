"""`surefoot export`: the samples of a recording for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from surefoot.cli.progress import waiting

_FORMATS = ("csv", "parquet", "motion-bids", "xdf", "mcap")


@click.command()
@click.argument("recording", metavar="RECORDING")
@click.option(
    "--to",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write to; nothing in it is overwritten.",
)
@click.option(
    "--format",
    "form",
    required=True,
    type=click.Choice(_FORMATS),
    help="csv and parquet: tables; motion-bids: a data set, or one more run of one; "
    "xdf: for LabRecorder's family; mcap: decoded, for viewers.",
)
@click.option(
    "--rate",
    metavar="HZ",
    type=click.FloatRange(0.1, 10_000),
    help="Of the resampled tables; the nominal rate if left out.",
)
def export(recording: str, to: Path, form: str, rate: float | None) -> None:
    """Write the samples of RECORDING, decoded and calibrated, for other programs.

    CSV and Parquet come twice: as sampled (irregular), and resampled. Every file says
    what it holds: units, frame, rate, what was done. The recording is only read.
    """
    from surefoot.cli.replay import find
    from surefoot.exchange.export import export as write

    if rate is not None and form not in {"csv", "parquet"}:
        msg = f"--rate: expected it with csv or parquet, got {form}: leave it out"
        raise click.UsageError(msg)
    path = find(recording)
    with waiting(f"Exporting {path.name}"):
        files = write(path, to, form, rate)
    for file in files:
        click.echo(str(file))
