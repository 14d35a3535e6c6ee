"""A database is not put where several computers write the same file."""

from pathlib import Path

import pytest

from surefoot.archive import ArchiveError, open_archive, refuse_share
from surefoot.archive import _share as share

MOUNTS = """\
22 27 0:21 / / rw,relatime - ext4 /dev/vda rw
30 22 0:40 / /mnt/clinic rw - cifs //server/clinic rw
31 22 0:41 / /mnt/clinic/local rw - xfs /dev/sdb rw
32 22 0:42 / /home/a/far\\040away rw shared:1 - fuse.sshfs a@b: rw
33 22 0:43 / /srv/nfs rw - nfs4 server:/x rw
34 22 0:44 / /srv/nfs2 rw - tmpfs none rw
35 22 0:45 / /data rw - ext4 /dev/sdc rw
36 22 0:46 / /data rw - smb3 //server/data rw
37 22 0:47 / /home/a/crypt rw - fuse.gocryptfs x rw
"""
APPLE = """\
/dev/disk1s1 on / (apfs, local, journaled)
//a@server/clinic on /Volumes/clinic (smbfs, nodev, nosuid, mounted by a)
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/a/x.db", "ext4"),
        ("/mnt/clinic/new/folder/x.db", "cifs"),
        ("/mnt/clinic/local/x.db", "xfs"),
        ("/mnt/clinical/x.db", "ext4"),
        ("/home/a/far away/x.db", "fuse.sshfs"),
        ("/srv/nfs/x.db", "nfs4"),
        ("/srv/nfs2/x.db", "tmpfs"),
        ("/data/x.db", "smb3"),
    ],
)
def test_the_innermost_mount_tells_the_file_system(path, kind):
    assert share.file_system(Path(path), MOUNTS) == kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/Users/a/x.db", "apfs"), ("/Volumes/clinic/x.db", "smbfs")],
)
def test_mounts_are_read_as_macos_tells_them(path, kind):
    assert share.file_system(Path(path), APPLE) == kind


def test_nothing_known_is_let_pass():
    assert share.file_system(Path("/x"), "") == ""
    assert share.file_system(Path("/x"), "what is this\n1 2 3 - \n") == ""


@pytest.mark.parametrize(
    "path",
    [
        "/mnt/clinic/x.db",
        "/home/a/far away/x.db",
        "/srv/nfs/deep/x.db",
        "//server/share/x.db",
        r"\\server\share\x.db",
    ],
)
def test_a_share_is_refused_in_one_line(monkeypatch, path):
    monkeypatch.setattr(share, "_mounts", lambda: MOUNTS)
    with pytest.raises(ArchiveError, match="got a share") as caught:
        refuse_share(Path(path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("path", ["/home/a/x.db", "/srv/nfs2/x", "/home/a/crypt/x"])
def test_a_disk_of_this_computer_is_not(monkeypatch, path):
    monkeypatch.setattr(share, "_mounts", lambda: MOUNTS)
    refuse_share(Path(path))


def test_a_link_to_a_share_is_seen_through(monkeypatch, tmp_path):
    (tmp_path / "link").symlink_to("/mnt/clinic")
    monkeypatch.setattr(share, "_mounts", lambda: MOUNTS)
    with pytest.raises(ArchiveError, match="cifs"):
        refuse_share(tmp_path / "link" / "x.db")


def test_an_archive_and_its_folder_are_not_made_on_a_share(monkeypatch, tmp_path):
    line = f"40 22 0:50 / {tmp_path} rw - nfs4 server:/x rw\n"
    monkeypatch.setattr(share, "_mounts", lambda: MOUNTS + line)
    with pytest.raises(ArchiveError, match="nfs4"):
        open_archive(tmp_path / "new" / "catalogue.db")
    assert not (tmp_path / "new").exists()
