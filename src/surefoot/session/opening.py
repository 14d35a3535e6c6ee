"""Opening a live session: sensors by role, a drill, a person, a file."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from surefoot.recording import Recorder
from surefoot.session.live import LiveSession
from surefoot.session.people import check_code, keep_zone, zone_of
from surefoot.session.setup import Setup, load_drill, sensor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from surefoot.core import Packet
    from surefoot.session.live import Sensors
    from surefoot.session.setup import Sensor
    from surefoot.training import Drill
    from surefoot.virtual.radio import VirtualAir

VIRTUAL_SENSORS = {"board": "surefoot-sketch", "trunk": "movesense"}


def open_live(
    sensors: Mapping[str, str],
    virtual: str | None,
    drill: Drill | str,
    to: Path | None,
    person: str | None = None,
    adapter: str | None = None,
) -> LiveSession:
    """Return a live session that is ready to start.

    Parameters
    ----------
    sensors : mapping of str to str
        By role, ``"profile"`` or ``"profile:part of the sensor's name"``.
    virtual : str or None
        A virtual person's name; then the sensors are virtual too.
    drill : Drill or str
        The drill, its name, or nothing to keep what comes and ask later.
    to : Path or None
        The recording; None shows without keeping.
    person : str, optional
        A code, never a name.
    adapter : str, optional
        Bluetooth adapter, for example ``"hci1"``.

    Raises
    ------
    SurefootError
        If a profile, the drill, the person or the file is not usable.
    """
    if person:
        check_code(person)
    wanted = dict(sensors) or (VIRTUAL_SENSORS if virtual else {})
    chosen = load_drill(drill) if isinstance(drill, str) and drill else drill or None
    setup = Setup(
        {role: sensor(told.partition(":")[0]) for role, told in wanted.items()},
        chosen if not isinstance(chosen, str) else None,
        virtual=virtual is not None,
        person=person or "",
    )
    if person and setup.drill is not None:
        setup = replace(setup, zone_deg=zone_of(person, setup.drill.name))
    # a virtual sensor has its role in its name, so that none takes another's place
    names = {
        role: told.partition(":")[2] or (role if virtual else "")
        for role, told in wanted.items()
    }
    air = _air(virtual, setup.sensors) if virtual else None
    make = _radio(setup.sensors, names, air, adapter)
    recorder = None
    if to is not None:
        recorder = Recorder(to, setup.header(), setup.sources)
    return LiveSession(setup, make, recorder, air.world if air else None)


def remember(session: LiveSession) -> float | None:
    """Keep the zone that scored runs suggest, if the person has a code and none yet.

    A run in which somebody held on to something says nothing of their balance.

    Returns
    -------
    float or None
        The zone kept [deg].
    """
    setup, results = session.setup, session.engine.results
    widths = [r.next_zone for r in results if r.next_zone and r.held_on is False]
    if not (setup.person and setup.drill and widths) or setup.zone_deg is not None:
        return None
    degrees = math.degrees(widths[-1])
    keep_zone(setup.person, setup.drill.name, degrees)
    return degrees


def _air(person: str, sensors: Mapping[str, Sensor]) -> VirtualAir:
    from surefoot.virtual import UNITS, Firmware
    from surefoot.virtual.radio import VirtualAir

    units = {
        role: replace(UNITS.get(role, Firmware()), profile=told.profile)
        for role, told in sensors.items()
    }
    return VirtualAir(person, seed=1, units=units)


def _radio(
    sensors: Mapping[str, Sensor],
    names: Mapping[str, str],
    air: VirtualAir | None,
    adapter: str | None,
) -> Callable[[Callable[[Packet], None]], Sensors]:
    """Return what makes the radio, once it is known where packets go."""

    def make(put: Callable[[Packet], None]) -> Sensors:
        from surefoot.devices.ble import Radio, Wanted

        wanted = {
            role: Wanted(told.profile, names.get(role) or None, told.params)
            for role, told in sensors.items()
        }
        return Radio(put, wanted, air.transport if air else None, adapter)

    return make
