"""Opening a live session: sensors by role, a drill, a person, a file."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from surefoot.analysis.pipeline import Circumstances
from surefoot.core import CalibrationError, RadioError
from surefoot.recording import Recorder
from surefoot.session.asked import asked, lasting, there
from surefoot.session.fitting import check_sensors
from surefoot.session.live import LiveSession
from surefoot.session.people import check_code, keep_zone, zone_of
from surefoot.session.setup import Setup, load_drill, sensor
from surefoot.session.usual import usual_sensors
from surefoot.training.sound_settings import sound_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from surefoot.core import Packet
    from surefoot.devices.ble import Shared, Wanted
    from surefoot.session.live import Sensors
    from surefoot.session.setup import Sensor
    from surefoot.training import Drill
    from surefoot.training.agreed import Agreed
    from surefoot.virtual import Firmware
    from surefoot.virtual.radio import VirtualAir

VIRTUAL_SENSORS = {"board": "surefoot-sketch", "trunk": "movesense"}


@dataclass(frozen=True, slots=True)
class Seating:
    """Which sensors a session has, and how they are reached.

    Attributes
    ----------
    sensors : mapping of str to str
        By role, ``"profile"`` or ``"profile:part of the sensor's name"``. Empty: those
        that had a role the last time, or the usual virtual ones.
    virtual : str or None
        A virtual person's name; then the sensors are virtual too.
    adapter : str or None
        Bluetooth adapter, for example ``"hci1"``.
    calibrations : mapping of str to Path
        Files by role.
    """

    sensors: Mapping[str, str] = field(default_factory=dict[str, str])
    virtual: str | None = None
    adapter: str | None = None
    calibrations: Mapping[str, Path] = field(default_factory=dict[str, "Path"])

    def told(self) -> dict[str, str]:
        """Return what is asked for by role, those of the last time included.

        Raises
        ------
        RadioError
            If nothing is asked for and no sensor is known, or its profile is gone.
        """
        if self.sensors:
            return dict(self.sensors)
        if self.virtual is not None:
            return dict(VIRTUAL_SENSORS)
        from surefoot.devices.ble import known_sensors

        known = known_sensors()
        if not known:
            msg = (
                "sensors: expected one that had a role before, got none: "
                "say --sensor board=PROFILE, as surefoot scan lists them"
            )
            raise RadioError(msg)
        for role, told in known.items():
            if not there(told.profile):
                msg = (
                    f"{role}: expected its profile of the last time, {told.profile!r}, "
                    f"got none: say --sensor {role}=PROFILE"
                )
                raise RadioError(msg)
        return {role: f"{told.profile}:{told.name}" for role, told in known.items()}


def open_live(
    seating: Seating,
    drill: Drill | str,
    to: Path | None,
    person: str | None = None,
    circumstances: Circumstances | None = None,
    agreed: Agreed | None = None,
) -> LiveSession:
    """Return a live session that is ready to start.

    Parameters
    ----------
    seating : Seating
        The sensors.
    drill : Drill or str
        The drill, its name, or nothing to keep what comes and ask later.
    to : Path or None
        The recording; None shows without keeping.
    person : str, optional
        A code, never a name.
    circumstances : Circumstances, optional
        What was told; where nothing was, what the drill declares holds.
    agreed : Agreed, optional
        What holds for this sitting, told before it.

    Raises
    ------
    SurefootError
        If a profile, the drill, the person or the file is not usable.
    """
    chosen = _chosen(drill)
    seating = _dressed(seating, chosen)
    setup = prepared(seating, chosen or "", person, circumstances)
    if agreed is not None:
        setup = replace(setup, agreed=agreed)
    air = _air(seating.virtual, setup) if seating.virtual else None
    make = feeding(setup.sensors, seating.told(), air, seating.adapter)
    actor = air.world if air else None
    return LiveSession(setup, make, recorder_of(setup, to), actor)


def prepared(
    seating: Seating,
    drill: Drill | str,
    person: str | None = None,
    circumstances: Circumstances | None = None,
) -> Setup:
    """Return what a live session is set up with; as for `open_live`."""
    if person:
        check_code(person)
    chosen = _chosen(drill)
    usual = chosen.circumstances if chosen else Circumstances()
    setup = Setup(
        _sensors(seating.told(), seating.calibrations),
        chosen,
        virtual=seating.virtual is not None,
        person=person or "",
        circumstances=circumstances.over(usual) if circumstances else usual,
    )
    if setup.drill is not None:
        check_sensors(setup.drill, setup.sensors)
        setup = replace(setup, rules=rules_text(), sound=_heard())
    return with_person(setup)


def _heard() -> dict[str, Any]:
    """Return what was chosen to be heard: a replay of this session sounds the same."""
    from surefoot.session.settings import load_settings

    return sound_settings(load_settings().sound).as_table()


def rules_text() -> str:
    """Return the limits of pain, as this clinic has them."""
    from surefoot.session.programme_store import plan_text

    return plan_text("rules")


def with_person(setup: Setup) -> Setup:
    """Return the setup with what is known of the person: the zone, the movement."""
    if not setup.person or setup.drill is None:
        return setup
    from surefoot.session.templates import kept_template

    template = setup.template or kept_template(setup.person, setup.drill.name)
    zone = zone_of(setup.person, setup.drill.name)
    return replace(setup, zone_deg=zone, template=template)


def recorder_of(setup: Setup, to: Path | None) -> Recorder | None:
    """Return what records a live session into a file; None keeps nothing."""
    if to is None:
        return None
    # never wait: a slow disk must not hold the picture back
    return Recorder(to, setup.header(), setup.sources, patient=False)


def _chosen(drill: Drill | str) -> Drill | None:
    if isinstance(drill, str):
        return load_drill(drill) if drill else None
    return drill


def _sensors(
    wanted: Mapping[str, str], calibrations: Mapping[str, Path]
) -> dict[str, Sensor]:
    strange = set(calibrations) - set(wanted)
    if strange:
        msg = f"calibration of the {min(strange)}: expected a sensor there, got none"
        raise RadioError(msg)
    return {
        role: _sensor(asked(told)[0], calibrations.get(role))
        for role, told in wanted.items()
    }


def _sensor(profile: str, calibration: Path | None) -> Sensor:
    try:
        return sensor(profile, calibration)
    except UnicodeDecodeError as error:
        name = calibration.name if calibration else profile
        msg = f"{name}: expected a text in UTF-8, got {error.reason}: take another file"
        raise CalibrationError(msg) from None


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


def remember_sensors(session: LiveSession) -> list[str]:
    """Keep which sensor had which role: switching it on is enough the next time.

    Returns
    -------
    list of str
        The roles that were kept; none for virtual sensors.
    """
    from surefoot.devices.ble import keep_sensors

    found = getattr(session.sensors, "sensors", {})
    if session.setup.virtual or not found:
        return []
    keep_sensors(found)
    return list(found)


def _dressed(seating: Seating, drill: Drill | None) -> Seating:
    """Return the seating with the virtual sensors that the drill needs."""
    usual = drill is None or set(drill.roles) <= set(VIRTUAL_SENSORS)
    if seating.virtual is None or seating.sensors or drill is None:
        return seating
    if usual and drill.signal == "tilt":
        return seating
    return replace(seating, sensors=usual_sensors(drill.roles, drill.signal))


def _air(person: str, setup: Setup) -> VirtualAir:
    from surefoot.virtual.radio import VirtualAir
    from surefoot.virtual.scene import Scene

    drill = setup.drill
    scene = Scene(drill.signal, drill.axis) if drill else Scene()
    units = virtual_units(setup.sensors)
    return VirtualAir(person, seed=1, units=units, scene=scene)


def virtual_units(sensors: Mapping[str, Sensor]) -> dict[str, Firmware]:
    """Return a virtual sensor of the same model for every one, by role."""
    from surefoot.virtual import UNITS, Firmware
    from surefoot.virtual.on_air import on_air

    return {
        role: replace(UNITS.get(role, Firmware()), profile=on_air(told.profile, role))
        for role, told in sensors.items()
    }


def feeding(
    sensors: Mapping[str, Sensor],
    wanted: Mapping[str, str],
    air: VirtualAir | None = None,
    adapter: str | None = None,
    shared: Shared | None = None,
) -> Callable[[Callable[[Packet], None]], Sensors]:
    """Return what makes the sensors' radio and ports, given where packets go.

    Parameters
    ----------
    sensors : mapping of str to Sensor
        By role.
    wanted : mapping of str to str
        By role, ``"profile"`` or ``"profile:part of the sensor's name"``.
    air : VirtualAir, optional
        Where virtual sensors are.
    adapter : str, optional
        Bluetooth adapter, for example ``"hci1"``.
    shared : Shared, optional
        The radio thread of a group.
    """

    def make(put: Callable[[Packet], None]) -> Sensors:
        from surefoot.devices.ble import Radio
        from surefoot.devices.transports import Ports, Together

        if air is not None:
            return Radio(put, _virtual(wanted, air), air.transport, adapter)
        places = _wanted(sensors, wanted)
        plugged = {
            role: told
            for role, told in places.items()
            if told.profile.transport != "ble"
        }
        on_air = {role: told for role, told in places.items() if role not in plugged}
        radio = Radio(put, on_air, None, adapter, shared=shared)
        if not plugged:
            return radio
        ports = Ports(put, plugged)
        return Together(radio, ports) if on_air else ports

    return make


def _virtual(wanted: Mapping[str, str], air: VirtualAir) -> dict[str, Wanted]:
    from surefoot.devices.ble import Wanted

    # a virtual sensor has its role in its name: none takes another's place
    return {
        role: Wanted(unit.profile, asked(wanted[role])[1] or role)
        for role, unit in air.units.items()
    }


def _wanted(
    sensors: Mapping[str, Sensor], wanted: Mapping[str, str]
) -> dict[str, Wanted]:
    from surefoot.devices.ble import Wanted, known_sensors

    places = known_sensors()
    found: dict[str, Wanted] = {}
    for role, told in sensors.items():
        profile, name = asked(wanted[role])
        place = places.get(role)
        where = place.address if place and name == place.name else None
        found[role] = Wanted(
            told.profile, name or None, told.params, where, lasting(profile)
        )
    return found
