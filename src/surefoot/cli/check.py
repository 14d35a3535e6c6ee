"""`surefoot check`: how well the sensors and their links work, and which way is up."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from surefoot.cli.options import bench_options, json_option, needs_sensor
from surefoot.cli.output import print_json, print_rows
from surefoot.cli.progress import waiting
from surefoot.cli.sitting import ready

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.analysis.sensor_check import SensorCheck
    from surefoot.analysis.tap_test import TapFit
    from surefoot.session.bench import Bench, Heard
    from surefoot.session.load_check import LoadCheck


@click.command()
@bench_options
@click.option(
    "--seconds", type=click.FloatRange(2.0, 600.0), default=10.0, show_default=True
)
@click.option("--taps", is_flag=True, help="Shake them together: are clocks aligned?")
@json_option
def check(seconds: float, taps: bool, as_json: bool, **told: Any) -> None:
    """Check sensors that lie still: rate, loss, clock, delay, noise, which way is up.

    Of a board with load cells, which nobody may touch meanwhile: its load and noise.
    With --taps hold all sensors together and shake them three times, a second apart;
    how far their clocks are apart is printed, with what is left from shake to shake.
    """
    from surefoot.session.on_bench import on_bench

    needs_sensor(told)
    if not told["virtual"]:
        ready(told["sensors"].values(), told["adapter"])
    with on_bench(
        told["sensors"], virtual=told["virtual"], adapter=told["adapter"]
    ) as (bench, follow):
        if taps:
            follow("shake")
            _tell_taps(*_taps(bench, max(seconds, 6.0)), as_json=as_json)
            return
        follow("lie")
        heard = _listen(bench, seconds)
    found = {role: _checked(told) for role, told in heard.items()}
    if as_json:
        print_json({role: _as_json(c, heard[role]) for role, c in found.items()})
        return
    for role, checked in found.items():
        _tell(role, heard[role], checked)


def _listen(bench: Bench, seconds: float) -> Mapping[str, Heard]:
    bench.listen(1.0)  # links are still settling, and virtual hands lay it down
    with waiting("Listening", seconds):
        return bench.listen(seconds)


def _checked(heard: Heard) -> SensorCheck | LoadCheck:
    from surefoot.analysis.orientation import ACC
    from surefoot.analysis.sensor_check import check_sensor
    from surefoot.session.load_check import check_load

    moves = ACC[0] in heard.samples.info.channels
    check = check_sensor if moves else check_load
    return check(heard.samples, heard.ends, heard.arrivals)


def _taps(bench: Bench, seconds: float) -> tuple[TapFit, list[str]]:
    from surefoot.analysis.orientation import ACC, columns
    from surefoot.analysis.tap_test import align_taps
    from surefoot.core import SignalError

    for role in bench.roles:
        if ACC[0] not in bench.info(role).channels:
            msg = (
                f"{role}: expected a sensor that feels shakes, got one without an "
                "accelerometer: leave it out"
            )
            raise SignalError(msg)
    click.echo("Shake all sensors together, three times, a second apart.", err=True)
    with waiting("Listening", seconds):
        heard = bench.listen(seconds)
    signals = [(h.samples.t, columns(h.samples, ACC)) for h in heard.values()]
    return align_taps(signals), list(heard)


def _tell_taps(fit: TapFit, roles: list[str], *, as_json: bool) -> None:
    if as_json:
        print_json({"roles": roles, **asdict(fit)})
        return
    click.echo(f"{fit.taps} shakes felt by all; against the {roles[0]}:")
    print_rows(
        (
            (role, f"{delay * 1e3:+.1f} ms", f"residual {left * 1e3:.1f} ms")
            for role, delay, left in zip(
                roles[1:], fit.delays[1:], fit.residuals[1:], strict=True
            )
        ),
        "  ",
    )


def _as_json(found: SensorCheck | LoadCheck, heard: Heard) -> dict[str, object]:
    from surefoot.session.load_check import LoadCheck

    told = found.as_json() if isinstance(found, LoadCheck) else asdict(found)
    return {"device": heard.device, "battery": heard.battery, **told}


def _tell(role: str, heard: Heard, found: SensorCheck | LoadCheck) -> None:
    from surefoot.session.load_check import LoadCheck

    battery = "" if heard.battery is None else f", battery {heard.battery} %"
    click.echo(f"{role}: {heard.device}{battery}")
    if isinstance(found, LoadCheck):
        print_rows([*_of_link(found.link), *_of_load(found)], "  ")
    else:
        print_rows([*_of_link(found), *_of_movement(found)], "  ")
    for remark in found.remarks or ("nothing to remark",):
        click.echo(f"  {remark}")


def _of_link(found: SensorCheck) -> list[tuple[str, str]]:
    clock = f"{found.drift_ppm:+.0f} ± {found.drift_sd:.0f} ppm"
    return [
        ("rate", f"{found.rate:.2f} of {found.nominal:g} samples a second"),
        ("clock", f"{clock} against this computer"),
        ("lost", f"{found.lost:.2%}, longest gap {found.longest_gap * 1e3:.0f} ms"),
        ("link", f"packets every {found.burst * 1e3:.0f} ms, as seen here"),
        (
            "delay",
            f"{found.late_p50 * 1e3:.0f} ms more than the least, "
            f"{found.late_p95 * 1e3:.0f} ms at 95 %; the least cannot be seen",
        ),
    ]


def _of_movement(found: SensorCheck) -> list[tuple[str, str]]:
    norm = math.hypot(*found.acc)
    rows = [("gravity", f"{norm:.3f} m/s^2, scatter {found.acc_sd:.3f}")]
    if math.isfinite(found.gyr_sd):
        bias = math.degrees(math.hypot(*found.gyr_bias))
        noise = math.degrees(found.gyr_sd)
        rows.append(("gyroscope", f"{bias:.2f} deg/s at rest, scatter {noise:.2f}"))
    off = math.degrees(found.up_off)
    rows.append(("up", f"its {found.up} axis, {off:.0f} degrees off"))
    return rows


def _of_load(found: LoadCheck) -> list[tuple[str, str]]:
    unit = found.unit
    cells = [(n, f"{load:.2f} {unit}") for n, load in found.loads.items()]
    return [*cells, ("noise", f"scatter {found.load_sd:.3f} {unit} at most")]
