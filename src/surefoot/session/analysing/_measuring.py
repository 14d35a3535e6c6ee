"""Measures one interval of a recording by everything its sensors are good for."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.orientation import ACC_CUTOFF, has_gyr
from surefoot.analysis.pipeline import Pipeline
from surefoot.analysis.registry import Need, Supply
from surefoot.session.analysing._angle import movement
from surefoot.session.analysing._bend import bends
from surefoot.session.analysing._cells import caveats, load
from surefoot.session.analysing._cop import Stance, sway
from surefoot.session.analysing._even import series
from surefoot.session.analysing._filters import lowpass_told
from surefoot.session.analysing._findings import Part
from surefoot.session.analysing._impact import impacts, stabilised
from surefoot.session.analysing._material import BOARD, COP, TRUNK
from surefoot.session.analysing._pelvis import PELVIS, pelvis
from surefoot.session.analysing._repeated import ASK, GROUPS, repeated
from surefoot.session.analysing._tasks import contacts, tasks, told_of
from surefoot.session.analysing._tilt import tilt
from surefoot.session.analysing._trunk import trunk
from surefoot.session.tasks.repeat import Repeat

if TYPE_CHECKING:
    from surefoot.core import Block
    from surefoot.session.analysing._findings import Findings
    from surefoot.session.analysing._material import Material
    from surefoot.session.analysing._spans import Span, Ups

COMPUTING = ("numpy", "scipy", "vqf")
"""Packages whose versions a value depends on."""
REPEATED = 0.2
"""With a larger share of samples like the one before they are flagged. Our default."""
AS_IF_EVEN = "uneven, taken as if it were even"
NOTHING = Supply(frozenset(), 0.0, 0.0)
"""A recording without samples."""


def measure(
    findings: Findings, material: Material, span: Span, ups: Ups, run: str
) -> None:
    """Give every measure of one span, by every sensor.

    Parameters
    ----------
    findings : Findings
        Takes them.
    material : Material
        The recording.
    span : Span
        The interval.
    ups : Ups
        Where up was.
    run : str
        Put before a reason where there are several intervals.
    """
    imu = ups.imu(BOARD)
    if imu is not None:
        part = _part(material, span, imu, run, span.flags)
        tilt(findings, span, ups, part)
    worn = ups.imu(TRUNK)
    trimmed = tuple(flag for flag in span.flags if flag == "TRIMMED")
    if worn is not None:
        part = _part(material, span, worn, run, trimmed)
        trunk(findings, span, ups, part)
    sat = ups.imu(PELVIS)
    if sat is not None:
        pelvis(findings, span, ups, _part(material, span, sat, run, trimmed))
    cells = material.cells(BOARD)
    if cells is not None:
        part = _part(material, span, cells, run, trimmed)
        load(findings, cells, part, material.setup.sensors[BOARD])
    cop = material.stream(BOARD, *COP)
    if cop is not None:
        if cells is not None:
            trimmed = (*trimmed, *caveats(material.setup.sensors[BOARD]))
        block = cop.between(span.start, span.end)
        part = _part(material, span, block, run, trimmed)
        stance = Stance(
            block,
            span.start,
            span.end,
            replace(part.pipeline, orientation=""),
            material.declared(BOARD),
            part.flags,
            run,
        )
        sway(findings, stance, material.options)
    _moving(findings, material, span, ups, run)
    drill = material.setup.drill
    if drill is not None and drill.roles and material.options.repetitions is None:
        role = drill.roles[0]
        tasks(
            findings, span, ups, role, lambda imu: _part(material, span, imu, run, ())
        )


def at_hand(material: Material, ups: Ups) -> set[Need]:
    """Return what a recording has, whatever it is good for."""
    found: set[Need] = set()
    board, worn = ups.imu(BOARD), ups.imu(TRUNK)
    if material.stream(BOARD, *COP) is not None:
        found.add(Need.COP)
    if material.cells(BOARD) is not None:
        found.add(Need.FORCE)
    if board is not None:
        found.add(Need.TILT)
    if worn is not None:
        found.add(Need.TRUNK)
    if ups.imu(PELVIS) is not None:
        found |= {Need.PELVIS, *((Need.TWO_SENSORS,) if worn is not None else ())}
    for role in material.setup.sensors:
        imu = ups.imu(role)
        if imu is not None:
            found |= {Need.ACC, Need.ORIENTATION}
            found |= {Need.GYR} if has_gyr(imu.info) else set()
    asked = material.options
    found |= {Need.HEIGHT} if asked.height else set()
    found |= {Need.BOUNDARY} if asked.outline else set()
    found |= {Need.ANGLE, Need.REPETITIONS} if asked.repetitions else set()
    return found.union(*map(told_of, material.engine.runs))


def _moving(
    findings: Findings, material: Material, span: Span, ups: Ups, run: str
) -> None:
    """Give what asks for one angle: repetitions, smoothness, range, stabilisation."""
    target = material.options.repetitions
    marked = impacts(material.markers, span.start, span.end)
    marked = sorted({*marked, *contacts(span.task)})
    if target is None:
        asked = isinstance(span.task, Repeat)
        if not asked and ups.imu(_mover(ups, BOARD)) is not None:
            findings.refuse_group(GROUPS, ASK)
    else:
        role = _mover(ups, material.options.role)
        _moved(findings, material, span, ups, (role, run), target)
    trunk_imu, pelvis_imu = ups.imu(TRUNK), ups.imu(PELVIS)
    if trunk_imu is not None and pelvis_imu is not None:
        part = _part(material, span, trunk_imu, run, ())
        bends(findings, span, ups, part, target)
    if marked:
        role = _mover(ups, TRUNK)
        _moved(findings, material, span, ups, (role, run), marked)


def _moved(
    findings: Findings,
    material: Material,
    span: Span,
    ups: Ups,
    whose: tuple[str, str],
    asked: float | list[float],
) -> None:
    role, run = whose
    imu, up = ups.imu(role), ups.up(role)
    if imu is None or up is None:
        return
    imu, up = imu.between(span.start, span.end), up.between(span.start, span.end)
    if len(imu) < 3:
        return
    drill = material.setup.drill
    axis = drill.axis if drill and role == BOARD else "both"
    rotation = span.rotation if role == BOARD else None
    moved = movement(imu, up, rotation, axis)
    part = _part(material, span, imu, run, span.flags if role == BOARD else ())
    if isinstance(asked, list):
        stabilised(findings, moved, asked, part)
    else:
        repeated(findings, moved, part, asked)


def _mover(ups: Ups, wanted: str) -> str:
    """Return the role whose angle is meant: the wanted one, or any there is."""
    roles = sorted(ups.material.setup.sensors, key=lambda role: role != wanted)
    return next((role for role in roles if ups.imu(role) is not None), wanted)


def _part(
    material: Material, span: Span, block: Block, run: str, flags: tuple[str, ...]
) -> Part:
    role = block.info.role
    pipeline = Pipeline(
        stream=block.info.name,
        sensor=material.setup.sensors[role].profile.id,
        rate=block.info.rate,
        duration=span.end - span.start,
        orientation=_orientation(block),
        libraries=tuple((name, library(name)) for name in COMPUTING),
    )
    inside = block.between(span.start, span.end)
    flags = (*flags, *_repeated(inside))
    if material.declared(role) and pipeline.orientation and _uneven(inside):
        pipeline = replace(pipeline, sampling=AS_IF_EVEN)
        flags = (*flags, "UNEVEN")
    return Part(span.start, span.end, pipeline, NOTHING, flags, run)


def _uneven(inside: Block) -> bool:
    """Return whether samples lie off any grid: orientation knows one step only."""
    nothing = np.empty((len(inside), 0))
    return not series(inside.t, nothing, inside.info.rate).regular


def _repeated(inside: Block) -> tuple[str, ...]:
    """Flag a sensor, or what carried its samples, that gave many of them twice."""
    same = (np.diff(inside.data, axis=0) == 0).all(axis=1)
    return ("REPEATED",) if len(same) and float(same.mean()) > REPEATED else ()


def _orientation(block: Block) -> str:
    if "acc_x" not in block.info.channels:
        return ""
    if not has_gyr(block.info):
        return f"from the acceleration, {lowpass_told(block.info.rate, ACC_CUTOFF, 2)}"
    known = library("vqf")
    return f"offline vqf {known} 6D, rest 1 deg/s" if known else "complementary filter"


@cache
def library(name: str) -> str:
    """Return the version of a package; nothing where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:  # no wheel for this machine
        return ""
