"""Which folders may hold a database."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuitrack.domain.errors import StoreFault
from tuitrack.storage.filesystem import filesystem_type, private_folder, refuse_network_filesystem

MOUNTINFO = r"""
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
36 27 0:41 / /srv/share rw,relatime shared:21 - nfs4 server:/export rw,vers=4.2
37 36 8:17 / /srv/share/local rw,relatime - xfs /dev/sdb1 rw
38 27 0:42 / /srv/two\040words rw,relatime - cifs //server/two\040words rw
39 27 0:43 / /home/ana/back\134slash rw,relatime - fuse.sshfs ana@host: rw
40 27 0:44 / /auto rw,relatime - autofs systemd-1 rw
41 40 0:45 / /auto rw,relatime - nfs server:/auto rw
a line that means nothing
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/tuitrack/tuitrack.db", "ext4"),
        ("/srv/share", "nfs4"),
        ("/srv/share/desk/tuitrack.db", "nfs4"),
        ("/srv/shared/tuitrack.db", "ext4"),
        ("/srv/share/local/tuitrack.db", "xfs"),
        ("/srv/two words/tuitrack.db", "cifs"),
        ("/home/ana/back\\slash/tuitrack.db", "fuse.sshfs"),
        ("/auto/tuitrack.db", "nfs"),
    ],
)
def test_the_deepest_and_latest_mount_decides(path: str, kind: str) -> None:
    assert filesystem_type(Path(path), MOUNTINFO) == kind


@given(st.text())
def test_any_text_for_a_mount_table_is_survived(mountinfo: str) -> None:
    assert isinstance(filesystem_type(Path("/srv"), mountinfo), str)


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ceph"])
def test_a_network_file_system_is_refused_with_its_type_and_a_way_out(tmp_path: Path, kind: str) -> None:
    with pytest.raises(StoreFault, match=rf"\({kind}\).*TUITRACK_HOME"):
        refuse_network_filesystem(tmp_path / "new" / "tuitrack.db", f"1 0 0:1 / / rw - {kind} source rw")


def test_a_link_is_followed_to_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "near").symlink_to(tmp_path / "far")
    mountinfo = f"1 0 0:1 / / rw - ext4 a rw\n2 1 0:2 / {tmp_path.resolve()}/far rw - nfs b rw"
    with pytest.raises(StoreFault):
        refuse_network_filesystem(tmp_path / "near" / "tuitrack.db", mountinfo)


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "apfs"])
def test_a_disk_of_this_machine_is_taken(tmp_path: Path, kind: str) -> None:
    refuse_network_filesystem(tmp_path, f"1 0 0:1 / / rw - {kind} source rw")


def test_a_folder_is_made_for_this_account_alone(tmp_path: Path) -> None:
    folder = private_folder(tmp_path / "desk" / "backups")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert private_folder(folder) == folder


def test_an_empty_open_folder_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o755)
    private_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_used_open_folder_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "letter").touch()
    with pytest.raises(StoreFault, match="chmod 700"):
        private_folder(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_a_folder_of_another_account_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(StoreFault, match="another account"):
        private_folder(tmp_path)


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "desk").touch()
    with pytest.raises(StoreFault, match="cannot be used"):
        private_folder(tmp_path / "desk")
