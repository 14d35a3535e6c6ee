"""`surefoot class`: two to six trainees at a time, each with a recording."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from surefoot.cli.options import ROLES, named
from surefoot.cli.progress import waiting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surefoot.session.group import Group, Kept
    from surefoot.session.group_opening import Trainee

DRILL = "rocker-hold-level"
CODES = "ABCDEF"
_OWN = ("drill", "zone")
_LOOK = 0.04  # s between looks of those who press the keys for virtual trainees


@click.command("class")
@click.option(
    "--person",
    "people",
    multiple=True,
    metavar="CODE[:ROLE=PROFILE:NAME,...]",
    help="A trainee, 2 to 6 times: A:board=movesense:2031,trunk=movesense:2047. "
    "Also drill=NAME and zone=DEGREES of this one.",
)
@click.option(
    "--virtual",
    metavar="PERSON,...",
    default="",
    help="Virtual trainees, in order: steady,unsteady,tiring ...",
)
@click.option(
    "--adapter",
    "adapters",
    multiple=True,
    metavar="NAME",
    help="Bluetooth adapter, as hci0; twice shares the trainees out on two.",
)
@click.option("--drill", default=DRILL, show_default=True, help="A name, or a TOML.")
@click.option(
    "--clicker",
    "clickers",
    multiple=True,
    metavar="CODE=KEY",
    help="The key a trainee's own hand clicker sends, as A=F9. May be repeated.",
)
@click.option("--headless", is_flag=True, help="No window.")
@click.option(
    "--seconds", type=click.FloatRange(min=0.1), help="End by itself after so long."
)
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the recordings, one for each code.",
)
def class_(drill: str, to: Path | None, **told: Any) -> None:
    """Train two to six people at a time on one screen.

    Each has sensors, settings and a recording of their own; all recordings count from
    the same instant. A number selects a trainee, A all, the space bar starts, Esc stops
    all.
    """
    from surefoot.session.group_opening import checked, crowded, open_group
    from surefoot.ui.class_app import require_keys

    asked = _trainees(told["people"], told["virtual"], told["adapters"])
    trainees = checked(asked)
    clickers = _clickers(told["clickers"], [t.person for t in trainees])
    if not told["headless"]:
        require_keys(clickers)
    _ready(trainees)
    for warning in crowded(trainees):
        click.echo(warning, err=True)
    folder = to or _new_folder()
    group = open_group(trainees, drill, folder)
    group.start()
    status = 0
    try:
        if told["headless"]:
            _unseen(group, told["seconds"], folder)
        else:
            status = _shown(group, clickers, told["seconds"])
    finally:
        with waiting("Finishing"):
            kept = group.finish()
        failed = _told(group, kept)
    if failed:
        _refuse(failed)
    raise click.exceptions.Exit(status)


def _trainees(
    people: tuple[str, ...], virtual: str, adapters: tuple[str, ...]
) -> list[Trainee]:
    from surefoot.session.group_opening import Trainee, adapters_for
    from surefoot.virtual import PEOPLE

    actors = [name.strip() for name in virtual.split(",") if name.strip()]
    for name in actors:
        if name not in PEOPLE:
            msg = f"{name!r}: expected one of {', '.join(PEOPLE)}"
            raise click.BadParameter(msg, param_hint="--virtual")
    asked = people or tuple(CODES[: len(actors)])
    if not asked:
        msg = "nobody: say --person CODE:board=PROFILE:NAME, or --virtual steady,steady"
        raise click.UsageError(msg)
    if actors and len(actors) != len(asked):
        msg = f"expected {len(asked)} virtual people, one for each --person, got "
        raise click.BadParameter(msg + str(len(actors)), param_hint="--virtual")
    found: list[Trainee] = []
    places = adapters_for(len(asked), adapters)
    for index, (told, adapter) in enumerate(zip(asked, places, strict=True)):
        code, _, own = told.partition(":")
        words = named(own.split(",") if own else [], (*ROLES, *_OWN))
        zone, drill = _zone(words.pop("zone", None)), words.pop("drill", None)
        actor = actors[index] if actors else None
        found.append(Trainee(code, words, actor, adapter, drill, zone))
    return found


def _zone(told: str | None) -> float | None:
    if told is None:
        return None
    with suppress(ValueError):
        if 0.0 < float(told) <= 30.0:
            return float(told)
    msg = f"zone: expected degrees above 0, at most 30, got {told!r}"
    raise click.BadParameter(msg, param_hint="--person")


def _clickers(told: tuple[str, ...], codes: list[str]) -> dict[str, str]:
    try:
        return named(told, codes)
    except click.BadParameter as error:
        error.param_hint = "--clicker"
        raise


def _ready(trainees: list[Trainee]) -> None:
    """Say at once what cannot work: a profile, or no Bluetooth here."""
    from surefoot.cli.sitting import ready

    if trainees[0].virtual is None:
        for adapter in {trainee.adapter for trainee in trainees}:
            on_it = [t for t in trainees if t.adapter == adapter]
            ready([told for t in on_it for told in t.sensors.values()], adapter)


def _new_folder() -> Path:
    """Return a place for a class nobody named, told by date and time."""
    from surefoot.recording import recordings_folder

    name = datetime.now().astimezone().strftime("%Y-%m-%d_%H%M%S-class")
    return recordings_folder() / name


def _shown(group: Group, clickers: dict[str, str], seconds: float | None) -> int:
    from surefoot.ui.class_app import run_class

    return run_class(group, clickers=clickers, seconds=seconds)


def _unseen(group: Group, seconds: float | None, folder: Path) -> None:
    """Run a class without a window: virtual trainees to their results, others on."""
    from surefoot.session.crew import Crew

    virtual = all(place.session.setup.virtual for place in group.places.values())
    crew = Crew(group) if virtual else None
    teller = _Teller(group, folder)
    begun = time.monotonic()
    with suppress(KeyboardInterrupt):
        while seconds is None or time.monotonic() - begun < seconds:
            time.sleep(_LOOK)
            if crew is not None:
                crew.step()
            teller.step()
            if crew is not None and crew.finished:
                break
    if virtual:
        teller.save("class-end")


@dataclass(slots=True)
class _Teller:
    """Tells in words what everybody comes to, and keeps a picture of a run."""

    group: Group
    folder: Path
    _said: dict[str, str] = field(default_factory=dict[str, str])
    _saved: set[str] = field(default_factory=set[str])

    def step(self) -> None:
        """Tell what is new."""
        running = 0
        for seen in self.group.snapshot().trainees:
            shot = seen.picture
            text = seen.fault or (shot.prompt if shot else "")
            text = f"lost: {', '.join(seen.lost)}" if seen.lost else text
            if text != self._said.get(seen.person):
                self._said[seen.person] = text
                t = shot.t if shot else 0.0
                click.echo(f"  {t:6.1f} s  {seen.person:<8} {text}")
            left = shot.countdown if shot else None
            running += bool(shot and shot.phase == "run" and left and left < 15)
            if shot and shot.virtual and running == len(self.group.places):
                self.save("class-run")

    def save(self, name: str) -> None:
        """Save a picture of the class view, once."""
        from surefoot.core import SurefootError
        from surefoot.ui.class_app import save_class

        if name in self._saved:
            return
        self._saved.add(name)
        try:
            click.echo(
                f"picture: {save_class(self.group, self.folder / f'{name}.png')}"
            )
        except SurefootError as error:
            click.echo(str(error), err=True)


def _told(group: Group, kept: tuple[Kept, ...]) -> list[str]:
    """Tell what is kept of everybody; return what could not be kept."""
    failed: list[str] = []
    for told in kept:
        if told.path is not None:
            click.echo(f"{told.person}: recording: {told.path}")
        if told.error:
            failed.append(f"{told.person}: {told.error}")
    for trouble in _kept_further(group, kept):
        click.echo(trouble, err=True)
    return failed


def _kept_further(group: Group, kept: tuple[Kept, ...]) -> Iterator[str]:
    """Measure every recording and enter it in the archive; yield what failed."""
    from surefoot.archive import keep
    from surefoot.session.final import keep_finals
    from surefoot.session.opening import remember

    with waiting("Measuring"):
        for told in kept:
            if told.path is None:
                continue
            for trouble in (keep_finals(told.path), keep(told.path)):
                if trouble:
                    yield f"{told.person}: {trouble}"
            zone = remember(group.places[told.person].session)
            if zone is not None:
                click.echo(f"{told.person}: ring for the next time: {zone:.1f} degrees")


def _refuse(failed: list[str]) -> None:
    from surefoot.core import RecordingError

    raise RecordingError("; ".join(failed))
