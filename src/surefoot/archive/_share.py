"""Refuses to put a database where several computers could write the same file.

Programs that use one SQLite file in WAL mode share memory, which they can only do on
one computer: it does not work over a network, and nothing would say so.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from surefoot.archive._errors import ArchiveError

_NETWORK = frozenset(
    {
        "9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs", "gpfs",
        "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "smb2", "smb3", "smbfs",
        "afpfs", "webdav", "virtiofs", "vboxsf", "vmhgfs",
    }
)  # fmt: skip
_NETWORK_FUSE = ("ssh", "gluster", "rclone", "s3", "gcsfuse", "davfs", "cifs", "smb")
_DRIVE_REMOTE = 4  # of GetDriveTypeW
_POINT = 4  # the column of mountinfo that tells the place


def refuse_share(path: Path) -> None:
    """Refuse a file that would lie on a network share.

    Parameters
    ----------
    path : Path
        The file; it need not exist, nor its folder.

    Raises
    ------
    ArchiveError
        If the file system below it is one that is reached over a network, or one that
        a host shares with its guest. What cannot be told is let pass.
    """
    kind = share_of(path)
    if kind:
        msg = (
            f"archive {path}: expected a disk of this computer, got a share ({kind}): "
            "keep the database here (recordings may lie there), or use PostgreSQL "
            "for several stations"
        )
        raise ArchiveError(msg)


def share_of(path: Path) -> str:
    """Return the kind of the share that a file would lie on; empty if on none."""
    if str(path).startswith(("\\\\", "//")):
        return "network path"
    if sys.platform == "win32":
        return _drive(path)
    found = file_system(path.resolve(), _mounts())
    fuse = found.startswith("fuse.") and found[5:].startswith(_NETWORK_FUSE)
    return found if fuse or found in _NETWORK else ""


def file_system(path: Path, mounts: str) -> str:
    """Return the type of the file system a path lies on.

    Parameters
    ----------
    path : Path
        Absolute, symbolic links resolved.
    mounts : str
        The text of ``/proc/self/mountinfo``, or what ``mount`` prints elsewhere.

    Returns
    -------
    str
        Of the innermost mount above it, the later of two on one place; empty if none
        is.
    """
    best, kind = -1, ""
    for line in mounts.splitlines():
        point, found = _mount(line)
        if point is not None and len(point.parts) >= best and _inside(path, point):
            best, kind = len(point.parts), found
    return kind


def _mount(line: str) -> tuple[Path | None, str]:
    """Return where a line says something is mounted, and of which type."""
    before, dash, after = line.partition(" - ")
    columns = before.split()
    if dash and len(columns) > _POINT:
        return Path(_unescaped(columns[_POINT])), after.split()[0]
    told = re.match(r".* on (/.*?) \(([^,)]+)", line)
    return (Path(told[1]), told[2]) if told else (None, "")


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)


def _inside(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents


def _mounts() -> str:
    try:
        if sys.platform == "linux":
            return Path("/proc/self/mountinfo").read_text(errors="replace")
        told = subprocess.run(  # only ever this one program
            ["/sbin/mount"], capture_output=True, text=True, check=False, timeout=10
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return told.stdout


def _drive(path: Path) -> str:
    import ctypes

    root = f"{path.resolve().drive}\\"
    windows = getattr(ctypes, "windll", None)
    remote = windows and windows.kernel32.GetDriveTypeW(root) == _DRIVE_REMOTE
    return f"network drive {root}" if remote else ""
