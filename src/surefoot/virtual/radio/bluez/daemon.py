"""A D-Bus daemon of one's own, that nobody else knows of."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from surefoot.core import RadioError

_PROGRAM = "dbus-daemon"
_RULES = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>custom</type>
  <listen>{address}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class PrivateBus:
    """One D-Bus daemon, the same address from start to start.

    Attributes
    ----------
    address : str
        What ``DBUS_SYSTEM_BUS_ADDRESS`` must be for a program to take this bus for the
        system's.
    """

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="surefoot-bus-")
        self._rules = Path(self._folder.name) / "rules.xml"
        self.address = f"unix:path={self._folder.name}/bus"
        self._rules.write_text(_RULES.format(address=self.address), "utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    @staticmethod
    def available() -> bool:
        """Return whether the program is installed."""
        return shutil.which(_PROGRAM) is not None

    def start(self) -> None:
        """Start it, and return when it listens.

        Raises
        ------
        RadioError
            If it is not installed, or does not start.
        """
        found = shutil.which(_PROGRAM)
        if found is None:
            msg = f"{_PROGRAM}: expected it installed, got none: apt-get install dbus"
            raise RadioError(msg)
        command = [found, f"--config-file={self._rules}", "--nofork", "--nopidfile"]
        self._process = subprocess.Popen(
            [*command, "--print-address=1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdout is not None
        if not self._process.stdout.readline():
            self.kill()
            msg = f"{_PROGRAM}: expected its address, got nothing: see {self._rules}"
            raise RadioError(msg)

    def kill(self) -> None:
        """End it at once, as if it had crashed."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()

    def close(self) -> None:
        """End it and remove its folder."""
        self.kill()
        self._folder.cleanup()
