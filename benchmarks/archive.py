"""What a catalogue of a clinic costs: 400 people, 12,500 sessions, 250,000 values.

Run by ``python -m benchmarks.archive [--sessions N] [--url postgresql://...]``.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from surefoot.analysis.registry import CARDS
from surefoot.archive import (
    Facts,
    TrialFact,
    backup,
    erase_person,
    open_archive,
    people,
    progress,
    take,
)
from surefoot.report.person import person_page, person_story
from surefoot.report.speech import Speech

PEOPLE = 400
NAMES = list(CARDS)[:20]
ROUNDS = 25
START = datetime(2024, 1, 1, tzinfo=UTC)


def session(number: int) -> Facts:
    """One session of one of the people."""
    t0, t1 = 10.0, 30.0
    measures = [
        {
            "name": name,
            "value": (number * 31 + n) % 997 / 997,
            "unit": CARDS[name].unit,
            "t0": t0,
            "t1": t1,
            "stream": "board/imu",
            "flags": [],
        }
        for n, name in enumerate(NAMES)
    ]
    about = {"stream": "board/imu", "rate": 104.0, "duration": t1 - t0}
    pipelines = [about | {"measures": [one["name"] for one in measures]}]
    result = {"key": {}, "measures": measures, "pipelines": pipelines}
    result["primary"] = NAMES[0]
    return Facts(
        uuid=f"{number:032x}",
        person=f"P{number % PEOPLE:04}",
        started=START + timedelta(hours=number),
        drill="rocker-hold-level",
        path=f"/recordings/{number}.mcap",
        sha256=f"{number:064x}",
        duration=44.5,
        trials=(TrialFact(number=1, t0=t0, t1=t1),),
        results=(result,),
    )


def report(folder: Path, sessions: int = 12_500, url: str = "") -> None:
    """Print a line for each figure."""
    where = url or str(folder / "catalogue.db")
    with open_archive(where) as archive:
        took = clock()
        for first in range(0, sessions, 250):
            last = min(first + 250, sessions)
            take(archive, *map(session, range(first, last)))
        filled = took()
        print(f"catalogue of {PEOPLE} people, {sessions} sessions ({archive.place})")
        print(f"  fill, 250 a transaction     {filled / sessions * 1e3:7.2f} ms each")
        single = [timed(lambda n=n: take(archive, session(n))) for n in range(20)]
        print(f"  take one again              {median(single) * 1e3:7.2f} ms")
        asked = [
            timed(lambda n=n: progress(archive, f"P{n * 7:04}", NAMES[3]))
            for n in range(ROUNDS)
        ]
        worst = max(asked[1:])
        print(
            f"  progress of one person      {median(asked) * 1e3:7.2f} ms "
            f"(slowest {worst * 1e3:.2f}; 30 allowed)"
        )
        told = [timed(lambda n=n: page(archive, n)) for n in range(5)]
        print(
            f"  a page of somebody's months {median(told[1:]) * 1e3:7.0f} ms "
            f"(slowest {max(told[1:]) * 1e3:.0f}, first {told[0] * 1e3:.0f}; "
            "2000 allowed)"
        )
        listed = timed(lambda: people(archive))
        print(f"  everybody with their counts {listed * 1e3:7.2f} ms")
        if archive.place.file:
            size = archive.place.file.stat().st_size / 1e6
            copied = timed(lambda: backup(archive, folder / "backup"))
            print(f"  backup of {size:.0f} MB             {copied * 1e3:7.0f} ms")
        erased = timed(lambda: erase_person(archive, "P0007"))
        print(f"  erase one person            {erased * 1e3:7.0f} ms")
    opened = timed(lambda: open_archive(where).close())
    print(f"  open                        {opened * 1e3:7.1f} ms")


def page(archive, number):
    story = person_story(archive, f"P{number * 7:04}")
    return person_page(story, Speech()).html(Speech())


def clock():
    began = time.perf_counter()
    return lambda: time.perf_counter() - began


def timed(work) -> float:
    took = clock()
    work()
    return took()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--sessions", type=int, default=12_500)
    parser.add_argument("--url", default="")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        report(Path(place), told.sessions, told.url)
