"""Opening a class: who takes part, with which sensors, on which adapter."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING

from surefoot.core import RadioError, RecordingError
from surefoot.session.asked import asked
from surefoot.session.group import Group, Place, check_class
from surefoot.session.live import LiveSession
from surefoot.session.opening import (
    Seating,
    feeding,
    prepared,
    recorder_of,
    virtual_units,
)
from surefoot.session.people import check_code
from surefoot.session.setup import load_drill

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from surefoot.analysis.pipeline import Circumstances
    from surefoot.core import Packet
    from surefoot.devices.ble import Shared
    from surefoot.session.live import Sensors
    from surefoot.session.setup import Setup
    from surefoot.training import Drill
    from surefoot.virtual.radio import VirtualHall

VIRTUAL_SENSORS = {"board": "surefoot-sketch"}
"""What a virtual trainee of a class has unless told: one sensor."""


@dataclass(frozen=True, slots=True)
class Trainee:
    """One who takes part, with what is set up for this one alone.

    Attributes
    ----------
    person : str
        A code, never a name.
    sensors : mapping of str to str
        By role, ``"profile"`` or ``"profile:part of the sensor's name"``.
    virtual : str or None
        A virtual person's name; all of a class are virtual, or none is.
    adapter : str or None
        Bluetooth adapter, for example ``"hci1"``.
    drill : Drill, str or None
        Instead of that of the class.
    zone_deg : float or None
        The ring [deg]; what is kept of the person unless told.
    calibrations : mapping of str to Path
        Files by role.
    """

    person: str
    sensors: Mapping[str, str] = field(default_factory=dict[str, str])
    virtual: str | None = None
    adapter: str | None = None
    drill: Drill | str | None = None
    zone_deg: float | None = None
    calibrations: Mapping[str, Path] = field(default_factory=dict[str, "Path"])


def open_group(
    trainees: Sequence[Trainee],
    drill: Drill | str,
    to: Path | None,
    circumstances: Circumstances | None = None,
) -> Group:
    """Return a class that is ready to start.

    Parameters
    ----------
    trainees : sequence of Trainee
        Two to six.
    drill : Drill or str
        The drill of the class, or its name.
    to : Path or None
        A folder, made if it is not there, which gets ``CODE.mcap`` of everybody; None
        keeps nothing.
    circumstances : Circumstances, optional
        What was told for all.

    Raises
    ------
    SurefootError
        If the class has too few or too many, if it is not said which sensor is whose,
        or if a profile, the drill, a code or a file is not usable.
    """
    from surefoot.devices.ble import Shared

    told = checked(trainees)
    common = load_drill(drill) if isinstance(drill, str) and drill else drill
    setups = [_setup(trainee, common, circumstances) for trainee in told]
    if to is not None:
        to.mkdir(parents=True, exist_ok=True)
        _check_free([to / f"{trainee.person}.mcap" for trainee in told])
    shared, halls = Shared(), _halls(told)
    places: list[Place] = []
    try:
        for number, (trainee, setup) in enumerate(zip(told, setups, strict=True), 1):
            hall = halls.get(trainee.adapter) if trainee.virtual else None
            file = to / f"{trainee.person}.mcap" if to else None
            places.append(_place(trainee, setup, (shared, hall, number), file))
    except BaseException:
        for place in places:
            place.session.finish()
        raise
    return Group(places)


def checked(trainees: Sequence[Trainee]) -> list[Trainee]:
    """Return the trainees with the sensors they will have.

    Parameters
    ----------
    trainees : sequence of Trainee
        As they were told.

    Raises
    ------
    SurefootError
        If the class has too few or too many, if a code is none or stands twice, or if
        it is not said which sensor is whose.
    """
    check_class([told.person for told in trainees])
    found = [_seated(trainee) for trainee in trainees]
    _check_whose(found)
    return found


def adapters_for(trainees: int, adapters: Sequence[str]) -> list[str | None]:
    """Return the adapter of everybody: the first half on the first one, and so on.

    Parameters
    ----------
    trainees : int
        How many.
    adapters : sequence of str
        Their names; without any, the system's usual one is everybody's.
    """
    if not adapters:
        return [None] * trainees
    return [adapters[i * len(adapters) // trainees] for i in range(trainees)]


def crowded(trainees: Sequence[Trainee]) -> list[str]:
    """Return a warning for every adapter with more sensors than it may carry.

    Parameters
    ----------
    trainees : sequence of Trainee
        The class.
    """
    from surefoot.devices import load_profile
    from surefoot.devices.ble import crowding

    told: dict[str | None, list[str]] = {}
    for trainee in map(_seated, trainees):
        told.setdefault(trainee.adapter, []).extend(trainee.sensors.values())
    profiles = {
        adapter: [load_profile(asked(sensor)[0]) for sensor in sensors]
        for adapter, sensors in told.items()
    }
    found: list[str] = []
    for adapter, models in profiles.items():
        on_air = [model for model in models if model.transport == "ble"]
        if warning := crowding(on_air):
            found.append(f"{adapter}: {warning}" if adapter else warning)
    return found


def _seated(trainee: Trainee) -> Trainee:
    """Return the trainee with sensors; refuse one without, or without a code."""
    check_code(trainee.person)
    if trainee.sensors:
        return trainee
    if trainee.virtual is None:
        msg = (
            f"{trainee.person}: expected a sensor, got none: "
            f"say --person {trainee.person}:board=PROFILE:NAME"
        )
        raise RadioError(msg)
    return replace(trainee, sensors=VIRTUAL_SENSORS)


def _check_whose(trainees: Sequence[Trainee]) -> None:
    """Refuse a class in which chance would decide whose board is whose."""
    if len({trainee.virtual is None for trainee in trainees}) > 1:
        msg = "class: expected all virtual or none, got both: say who is virtual"
        raise RadioError(msg)
    if trainees[0].virtual is not None:
        return  # a virtual sensor has its owner in its name
    asks = [(t.person, *asked(told)) for t in trainees for told in t.sensors.values()]
    for (one, profile, name), (other, *words) in combinations(asks, 2):
        if one != other and profile == words[0] and _alike(name, words[1]):
            msg = (
                f"{one} and {other}: expected to know whose {profile} is whose, got "
                f"{name!r} and {words[1]!r}: add :NAME to each, as surefoot scan lists"
            )
            raise RadioError(msg)


def _alike(one: str, other: str) -> bool:
    """Return whether a name that holds one of these may hold the other too."""
    one, other = one.casefold(), other.casefold()
    return one in other or other in one


def _check_free(files: Sequence[Path]) -> None:
    """Refuse a file that is there before any other is begun."""
    for file in files:
        if file.exists() or file.with_name(f"{file.name}.part").exists():
            msg = (
                f"{file}: expected a new file, got one that is there: use another --to"
            )
            raise RecordingError(msg)


def _setup(
    trainee: Trainee, drill: Drill | str, circumstances: Circumstances | None
) -> Setup:
    seating = Seating(trainee.sensors, trainee.virtual, None, trainee.calibrations)
    chosen = drill if trainee.drill is None else trainee.drill
    setup = prepared(seating, chosen, trainee.person, circumstances)
    if trainee.zone_deg is not None:
        setup = replace(setup, zone_deg=trainee.zone_deg)
    return setup


def _halls(trainees: Sequence[Trainee]) -> dict[str | None, VirtualHall]:
    """Return one virtual air for every adapter, if the class is virtual."""
    if trainees[0].virtual is None:
        return {}
    from surefoot.virtual.radio import VirtualHall

    return {adapter: VirtualHall() for adapter in {t.adapter for t in trainees}}


def _place(
    trainee: Trainee,
    setup: Setup,
    air: tuple[Shared, VirtualHall | None, int],
    to: Path | None,
) -> Place:
    shared, hall, number = air
    if hall is None:
        make = feeding(setup.sensors, trainee.sensors, None, trainee.adapter, shared)
        world = None
    else:
        units = virtual_units(setup.sensors)
        world = hall.enter(trainee.person, trainee.virtual or "steady", number, units)
        make = _virtual(trainee, hall, shared)
    session = LiveSession(setup, make, recorder_of(setup, to), world)
    return Place(trainee.person, session, hall)


def _virtual(
    trainee: Trainee, hall: VirtualHall, shared: Shared
) -> Callable[[Callable[[Packet], None]], Sensors]:
    def make(put: Callable[[Packet], None]) -> Sensors:
        from surefoot.devices.ble import Radio, Wanted

        places = {role: f"{role} ({trainee.person})" for role in trainee.sensors}
        wanted = {
            role: Wanted(hall.units[place].profile, place)
            for role, place in places.items()
        }
        adapter = trainee.adapter
        return Radio(put, wanted, hall.transport, adapter, shared=shared)

    return make
