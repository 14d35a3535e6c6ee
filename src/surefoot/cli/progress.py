"""A bar on standard error while something takes longer than a second."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

T = TypeVar("T")
PATIENCE = 1.0  # s; what is done sooner needs no bar
_STEP = 0.2  # s


@contextmanager
def waiting(label: str, seconds: float | None = None) -> Generator[None]:
    """Show that something goes on which does not tell how far it is.

    Parameters
    ----------
    label : str
        What goes on.
    seconds : float, optional
        How long it will take; without it only the time spent is shown.
    """
    if not sys.stderr.isatty():
        yield
        return
    done = Event()
    thread = Thread(target=_show, args=(label, seconds, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@contextmanager
def steps(label: str, length: float) -> Generator[Callable[[float], None]]:
    """Show how far something is that says so.

    Yields
    ------
    callable
        To be called with the position, 0 to ``length``.
    """
    hidden = not sys.stderr.isatty()
    total = max(1, round(length * 10))
    with click.progressbar(
        length=total, label=label, file=sys.stderr, hidden=hidden
    ) as bar:
        yield lambda position: bar.update(min(total, int(position * 10)) - bar.pos)


@contextmanager
def each(label: str, items: Sequence[T]) -> Generator[Iterable[T]]:
    """Show how far a loop over ``items`` is."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(items, label=label, file=sys.stderr, hidden=hidden) as bar:
        yield bar


def _show(label: str, seconds: float | None, done: Event) -> None:
    began = time.monotonic()
    if done.wait(PATIENCE):
        return
    while not done.wait(_STEP):
        click.echo(
            f"\r{label}  {_far(time.monotonic() - began, seconds)}",
            sys.stderr,
            nl=False,
        )
    click.echo("\r" + " " * (len(label) + 50) + "\r", sys.stderr, nl=False)


def _far(spent: float, seconds: float | None) -> str:
    if not seconds:
        return f"{spent:.0f} s"
    part = min(1.0, spent / seconds)
    bar = "#" * int(part * 30)
    return f"[{bar:-<30}] {spent:.0f} of {seconds:.0f} s"
