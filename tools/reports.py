"""Write a report of everything there is, to be looked at by people.

    python tools/reports.py [--to DIR] [--language en|de|es] [--pdf]

Of every sample, of sixteen weeks of each virtual person (programme, pain, sheet for
home, and a few sittings performed on the way), and of recordings that other people
made, where ``../shared/data`` has them.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import click

from surefoot.archive import (
    Archive,
    add_person,
    facts_of,
    open_archive,
    take,
    take_programme,
)
from surefoot.cli import main as surefoot
from surefoot.report.home import home_page
from surefoot.report.person import person_page, person_story
from surefoot.report.speech import Speech
from surefoot.report.writing import write
from surefoot.session.drill_shelf import load_drill
from surefoot.session.opening import rules_text
from surefoot.session.performing import Performance
from surefoot.session.programme_store import load_plan
from surefoot.session.setup import Setup, sensor
from surefoot.session.usual import usual_sensors
from surefoot.training.agreed import Agreed
from surefoot.training.programme.lines import as_object
from surefoot.virtual.trainees import TRAINEES, simulate

TOP = Path(__file__).parents[1]
DATA = TOP.parent / "shared" / "data"
SITTINGS = ("rocker-hold-level", "bridge")
"""What each virtual person performs, early and late in these weeks."""
WEEKS = (5, 14)
COP = ("--columns", "time=f_time,ap=copX,ml=copY", "--units", "cop=cm,time=s")


def imported(folder: Path) -> None:
    """Import what other people recorded."""
    wanted = [(path, COP) for path in sorted(DATA.glob("bds/*.csv"))]
    wanted += [(path, ()) for path in sorted(DATA.glob("wobbleboard/*/*.json"))]
    for path, options in wanted:
        to = folder / f"{path.parent.name}-{path.stem}.mcap"
        surefoot(["import", str(path), "--to", str(to), *options])


def sat(archive: Archive, folder: Path, name: str, first: date) -> None:
    """Let a virtual person do a few sittings, as if on days of the programme."""
    for number, week in enumerate(WEEKS):
        for drill in map(load_drill, SITTINGS):
            wanted = usual_sensors(drill.roles, drill.signal)
            setup = Setup(
                {role: sensor(profile) for role, profile in wanted.items()},
                drill,
                virtual=True,
                person=name,
                circumstances=drill.circumstances,
                rules=rules_text(),
                agreed=Agreed(sets=2),
            )
            path = folder / f"sitting-{name}-{drill.name}-{number}.mcap"
            Performance(setup, name, seed=number + 1).run(path)
            day = datetime.combine(first + timedelta(weeks=week), time(9), UTC)
            take(archive, replace(facts_of(path), started=day))
            path.unlink()


def months(folder: Path, to: Path, say: Speech, ending: str) -> None:
    """Write what the programme tells of each virtual person."""
    plan = load_plan()
    with open_archive(folder / "catalogue.db") as archive:
        for name in TRAINEES:
            entries = [e for day in simulate(plan, name) for e in day.entries]
            lines = (json.dumps(as_object(entry)) + "\n" for entry in entries)
            (folder / f"{name}.jsonl").write_text("".join(lines))
            add_person(archive, name)
            take_programme(archive, name, entries, plan)
            sat(archive, folder, name, entries[0].day)
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
