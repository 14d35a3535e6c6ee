"""Write a report of everything there is, to be looked at by people.

    python tools/reports.py [--to DIR] [--language en|de|es] [--pdf]

Of every sample, of sixteen weeks of each virtual person (programme, pain, sheet for
home), and of recordings that other people made, where ``../shared/data`` has them.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import click

from surefoot.archive import add_person, open_archive
from surefoot.cli import main as surefoot
from surefoot.report.home import home_page
from surefoot.report.person import person_page, person_story
from surefoot.report.speech import Speech
from surefoot.report.writing import write
from surefoot.session.programme_store import load_plan
from surefoot.training.programme.lines import as_object
from surefoot.virtual.trainees import TRAINEES, simulate

TOP = Path(__file__).parents[1]
DATA = TOP.parent / "shared" / "data"
COP = ("--columns", "time=f_time,ap=copX,ml=copY", "--units", "cop=cm,time=s")


def imported(folder: Path) -> None:
    """Import what other people recorded."""
    wanted = [(path, COP) for path in sorted(DATA.glob("bds/*.csv"))]
    wanted += [(path, ()) for path in sorted(DATA.glob("wobbleboard/*/*.json"))]
    for path, options in wanted:
        to = folder / f"{path.parent.name}-{path.stem}.mcap"
        surefoot(["import", str(path), "--to", str(to), *options])


def months(folder: Path, to: Path, say: Speech, ending: str) -> None:
    """Write what the programme tells of each virtual person."""
    plan = load_plan()
    with open_archive(folder / "catalogue.db") as archive:
        for name in TRAINEES:
            entries = [e for day in simulate(plan, name) for e in day.entries]
            lines = (json.dumps(as_object(entry)) + "\n" for entry in entries)
            (folder / f"{name}.jsonl").write_text("".join(lines))
            add_person(archive, name)
            story = person_story(archive, name, folder)
            for reader in ("therapist", "trainee"):
                page = replace(person_page(story, say, reader), virtual=True)
                write(page, to / f"{name}-{reader}{ending}", say)
            day = entries[-1].day + timedelta(days=3)
            page = replace(home_page(plan, entries, day, name, say), virtual=True)
            write(page, to / f"{name}-home{ending}", say)


@click.command()
@click.option("--to", type=click.Path(path_type=Path), default=Path("build/reports"))
@click.option("--language", default="en")
@click.option("--pdf", is_flag=True)
def main(to: Path, language: str, pdf: bool) -> None:
    """Write them all."""
    say, ending = Speech(language), ".pdf" if pdf else ".html"
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        months(folder, to, say, ending)
        imported(folder)
        samples = sorted((TOP / "recordings").glob("*.mcap"))
        for path in (*samples, *sorted(folder.glob("*.mcap"))):
            name = to / f"{path.stem}{ending}"
            surefoot(["report", str(path), "--to", str(name), "--language", language])


if __name__ == "__main__":
    main()
