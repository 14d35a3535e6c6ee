"""Whether the sensors of a session can do what its drill needs: said at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.analysis.orientation import ACC, has_gyr
from surefoot.core import RadioError
from surefoot.devices import ProfileDecoder
from surefoot.stream.pressure import cells

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.core import StreamInfo
    from surefoot.session.setup import Sensor
    from surefoot.training import Drill


def check_sensors(drill: Drill, sensors: Mapping[str, Sensor]) -> None:
    """Refuse sensors with which a drill would wait for ever.

    Parameters
    ----------
    drill : Drill
        Each of its roles needs a sensor; the first one what moves the dot.
    sensors : mapping of str to Sensor
        By role; more than are needed do no harm.

    Raises
    ------
    RadioError
        Naming the role, and what has to be measured there.
    """
    for role in drill.roles:
        if role not in sensors:
            given = ", ".join(sensors) or "none"
            msg = (
                f"{drill.name}: expected a sensor on the {role}, got {given}: "
                f"say --sensor {role}=PROFILE"
            )
            raise RadioError(msg)
    if not drill.roles:
        return
    role = drill.roles[0]
    sensor = sensors[role]
    info = ProfileDecoder(sensor.profile, role, 0, sensor.params).info
    wanted = _lacking(drill, info)
    if wanted:
        msg = (
            f"{drill.name}: expected a sensor with {wanted} on the {role}, got "
            f"{sensor.profile.id}: take another sensor, or another drill"
        )
        raise RadioError(msg)


def _lacking(drill: Drill, info: StreamInfo) -> str:
    """Return what the sensor that moves the dot would have to measure, or nothing."""
    if drill.signal == "cop":
        return "" if cells(info) else "four load cells"
    if ACC[0] not in info.channels:
        return "acceleration"
    turns = drill.signal == "angle" and not has_gyr(info)
    return "acceleration and turning" if turns else ""
