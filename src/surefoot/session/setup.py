"""What a session is set up with; a recording carries it, a replay reads it back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from surefoot.analysis import Calibration, parse_calibration
from surefoot.analysis.pipeline import Circumstances, circumstances_of
from surefoot.core import CalibrationError, RecordingError
from surefoot.devices import Profile, load_profile, parse_profile
from surefoot.recording import Header
from surefoot.session.drill_shelf import load_drill as load_drill  # once kept here
from surefoot.training import Drill, parse_drill
from surefoot.training.agreed import Agreed, agreed_of
from surefoot.training.progression_rules import Rules, parse_rules
from surefoot.training.template import Template, template_of, told

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sensor:
    """One sensor of a session.

    Attributes
    ----------
    profile : Profile
        What its bytes mean.
    device : str
        Its advertised name, or the file it was imported from.
    params : mapping
        Settings of the profile, for example ``{"rate": 104}``.
    calibration : Calibration
        Of this unit.
    calibration_text : str
        The TOML it came from, or nothing.
    """

    profile: Profile
    device: str = ""
    params: Mapping[str, float] = field(default_factory=dict[str, float])
    calibration: Calibration = field(default_factory=Calibration)
    calibration_text: str = ""


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything that can change a result and is not a packet.

    Attributes
    ----------
    sensors : mapping of str to Sensor
        By role.
    drill : Drill or None
        None when a recording only keeps, or was imported.
    zone_deg : float or None
        The person's zone; None takes the drill's default and makes a baseline.
    person : str
        A code, never a name.
    virtual : bool
        Whether the people and sensors exist only in the computer.
    circumstances : Circumstances
        What was told at the start, and else what the drill declares.
    live : int
        Which live measures there are: 1, those of tilt and the lean at the end of a
        run; 2, those of a window as well. A replay gives those of its recording.
    rules : str
        The limits of pain as TOML, part of a plan; empty asks nothing about pain.
    agreed : Agreed
        What was told or agreed for this sitting.
    template : Template or None
        The movement that is asked for, of drills that repeat one.
    sound : mapping
        What was chosen to be heard at the start, so that a replay sounds the same.
    """

    sensors: Mapping[str, Sensor]
    drill: Drill | None = None
    zone_deg: float | None = None
    person: str = ""
    virtual: bool = False
    circumstances: Circumstances = field(default_factory=Circumstances)
    live: int = 2
    rules: str = ""
    agreed: Agreed = field(default_factory=Agreed)
    template: Template | None = None
    sound: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def pain_rules(self) -> Rules | None:
        """Return the limits of pain, None where nothing is asked about it."""
        return parse_rules(self.rules, "rules of pain") if self.rules else None

    @property
    def sources(self) -> list[str]:
        """Every packet source that is to be expected."""
        roles = list(self.sensors)
        data = [
            f"{role}/{endpoint}"
            for role, sensor in self.sensors.items()
            for endpoint in dict.fromkeys(s.endpoint for s in sensor.profile.streams)
        ]
        links = [f"link/{role}" for role in roles]
        told = ("start", "tick", "paint", "suspended", "end")
        clock = [f"clock/{what}" for what in told]
        return [*clock, "person/command", *links, *data]

    def header(self) -> Header:
        """Return what a recording of the session carries."""
        return Header(
            session=self._session(),
            profiles={role: s.profile.text for role, s in self.sensors.items()},
            calibration={
                role: s.calibration_text
                for role, s in self.sensors.items()
                if s.calibration_text
            },
            drill=self.drill.text if self.drill else "",
        )

    def _session(self) -> dict[str, Any]:
        around = self.circumstances.told()
        agreed = self.agreed.told()
        moved = told(self.template) if self.template else {}
        return {
            **({"circumstances": around} if around else {}),
            **({"rules": self.rules} if self.rules else {}),
            **({"agreed": agreed} if agreed else {}),
            **({"template": moved} if moved else {}),
            **({"sound": dict(self.sound)} if self.sound else {}),
            "live": self.live,
            "virtual": self.virtual,
            "person": self.person,
            "zone_deg": self.zone_deg,
            "drill": self.drill.name if self.drill else None,
            "sensors": {
                role: {
                    "profile": sensor.profile.id,
                    "device": sensor.device,
                    "params": dict(sensor.params),
                }
                for role, sensor in self.sensors.items()
            },
        }


def from_header(header: Header) -> Setup:
    """Return the setup a recording carries.

    Raises
    ------
    SurefootError
        If a part of it is missing or not usable.
    """
    told = header.session
    try:
        sensors = {
            role: _sensor(role, header, dict(about))
            for role, about in told["sensors"].items()
        }
        zone = told.get("zone_deg")
        zone_deg = None if zone is None else float(zone)
        live = int(told.get("live", 1))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        msg = (
            f"recording: expected its sensors and their profiles, got {error!r}: "
            "it breaks off before them, or was changed: take the original"
        )
        raise RecordingError(msg) from None
    drill = (
        parse_drill(header.drill, "drill of the recording") if header.drill else None
    )
    around: Any = told.get("circumstances")
    known = circumstances_of(around) if isinstance(around, dict) else Circumstances()  # pyright: ignore[reportUnknownArgumentType]
    return Setup(
        sensors,
        drill,
        zone_deg,
        told.get("person") or "",
        bool(told.get("virtual")),
        known,
        live,
        str(told.get("rules") or ""),
        agreed_of(_table(told.get("agreed"))),
        template_of(_table(told.get("template"))) if told.get("template") else None,
        _table(told.get("sound")),
    )


def _table(told: Any) -> dict[str, Any]:
    return dict(told) if isinstance(told, dict) else {}  # pyright: ignore[reportUnknownArgumentType]


@dataclass(frozen=True, slots=True)
class Instead:
    """Another profile or calibration for one sensor of a recording.

    Attributes
    ----------
    profile : str or None
        A name or a file; None leaves what was recorded.
    calibration : Path or None
        A file; None leaves what was recorded.
    role : str
        Whose they are.
    """

    profile: str | None = None
    calibration: Path | None = None
    role: str = "board"

    def __bool__(self) -> bool:
        return self.profile is not None or self.calibration is not None

    def applied(self, setup: Setup) -> Setup:
        """Return the setup changed so; the recording stays as it is.

        Raises
        ------
        SurefootError
            If the recording has no such sensor, or a file is not usable.
        """
        if not self:
            return setup
        old = setup.sensors.get(self.role)
        if old is None:
            roles = ", ".join(setup.sensors) or "none"
            msg = (
                f"{self.role}: expected one of the recording's sensors ({roles}), got "
                "another: name it with --role"
            )
            raise RecordingError(msg)
        new = old
        if self.profile is not None:
            new = replace(new, profile=load_profile(self.profile))
        if self.calibration is not None:
            text = _calibration(self.calibration)
            made = parse_calibration(text, self.calibration.name)
            new = replace(new, calibration=made, calibration_text=text)
        return replace(setup, sensors={**setup.sensors, self.role: new})


def sensor(profile: str, calibration: Path | None = None) -> Sensor:
    """Return a sensor from the name or file of its profile, with its calibration."""
    text = calibration.read_text("utf-8") if calibration else ""
    where = calibration.name if calibration else ""
    made = parse_calibration(text, where) if calibration else Calibration()
    return Sensor(load_profile(profile), calibration=made, calibration_text=text)


def _calibration(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path}: expected a calibration (TOML), got {error}: give its path"
        raise CalibrationError(msg) from None


def _sensor(role: str, header: Header, about: dict[str, Any]) -> Sensor:
    text = header.calibration.get(role, "")
    made = parse_calibration(text, f"calibration of {role}") if text else Calibration()
    profile = parse_profile(header.profiles[role], f"profile of {role}")
    return Sensor(
        profile, about.get("device", ""), about.get("params") or {}, made, text
    )
