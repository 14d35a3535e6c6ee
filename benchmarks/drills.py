"""What a set of every drill comes to with every virtual person, and what replay says.

``python -m benchmarks.drills`` does some, ``--all`` all of them, and names only those:
``python -m benchmarks.drills wood-chop mctsib``. One set each. The figures are of
people who do not exist: they show that the drills work and tell one person from
another, and nothing about anybody.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from surefoot.session.drill_shelf import load_drill, shipped_names
from surefoot.session.opening import rules_text
from surefoot.session.performing import Performance
from surefoot.session.replay import replay
from surefoot.session.setup import Setup, sensor
from surefoot.session.usual import usual_sensors
from surefoot.training.agreed import Agreed
from surefoot.training.task import Repeat
from surefoot.training.template import plain_template
from surefoot.virtual import PEOPLE

if TYPE_CHECKING:
    from surefoot.session.engine import Engine
    from surefoot.session.performing import Performed
    from surefoot.training import Drill

SOME = (
    "rocker-hold-level",
    "rocker-paced-tilts",
    "ball-sit-still",
    "wood-chop",
    "hamstring-stretch-right",
    "heel-slide-right",
    "one-leg-stance",
    "step-down",
)
WIDE = 20
SEED = 1


def report(names: list[str], folder: Path) -> int:
    """Print the table; return how many sittings did not replay to the bit."""
    print("one set of each drill: kept share, or the number that it is about")
    print(f"{'':32s}" + "".join(f"{who:>{WIDE}s}" for who in PEOPLE))
    wrong = 0
    for name in names:
        drill = load_drill(name)
        cells: list[str] = []
        for who in PEOPLE:
            done = performed(drill, who, folder / "set.mcap")
            same = done.path is None or _same(done.path)
            wrong += not same
            cells.append(cell(done) + ("" if same else "!"))
        print(f"{name:32s}" + "".join(f"{c:>{WIDE}s}" for c in cells), flush=True)
    print(f"{wrong} of {len(names) * len(PEOPLE)} did not replay to the bit (!)")
    return wrong


def performed(drill: Drill, who: str, to: Path) -> Performed:
    """Let a virtual person do one set of a drill."""
    to.unlink(missing_ok=True)
    wanted = usual_sensors(drill.roles, drill.signal)
    task = drill.stages[0].task
    template = None
    if isinstance(task, Repeat) and task.own:
        template = plain_template(task.range, task.tempo)
    setup = Setup(
        {role: sensor(profile) for role, profile in wanted.items()},
        drill,
        virtual=True,
        circumstances=drill.circumstances,
        rules=rules_text(),
        agreed=Agreed(sets=1),
        template=template,
    )
    return Performance(setup, who, SEED).run(to)


def cell(done: Performed) -> str:
    """Return what the set came to, in a few letters."""
    engine = done.engine
    if done.stuck:
        return f"stuck:{done.stuck}"
    if engine.faults:
        return "fault"
    if not engine.results:
        return "no set"
    result, said = engine.results[-1], _number(engine)
    entered = result.score is not None and result.score.measure == "entered"
    if result.ended in {"time", "done"} or (entered and result.ended == "key"):
        return said
    return f"{said} {result.ended}"


def _number(engine: Engine) -> str:
    score = engine.results[-1].score
    if score is None:
        return "-"
    if score.kept is not None:
        return f"{100 * score.kept:.0f} %"
    if score.reason:
        return "not scored"
    angle = score.unit == "rad"
    value = score.value * (57.29578 if angle else 1.0)
    unit = {"rad": "deg", "1": ""}.get(score.unit, score.unit)
    return f"{value:.3g} {unit}".strip()


def _same(path: Path) -> bool:
    return replay(path)["same_as_live"] == "to the bit"


def main(asked: list[str]) -> None:
    """Print the table of the drills named, of all, or of some."""
    names = list(shipped_names()) if "--all" in asked else asked or list(SOME)
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(min(report(names, Path(folder)), 1))


if __name__ == "__main__":
    main(sys.argv[1:])
