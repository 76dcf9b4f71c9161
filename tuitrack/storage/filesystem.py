"""The folder a database may live in: on this machine's own disk, and open to one account alone."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from tuitrack.domain.errors import StoreFault

# Their locks or shared memory do not reach other machines, so that two writers would damage the file.
# fmt: off
_NETWORK_TYPES = frozenset({
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs",
    "nfs", "nfs4", "ocfs2", "orangefs", "smb3", "smbfs", "fuse.ceph", "fuse.davfs", "fuse.davfs2",
    "fuse.gcsfuse", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs",
})
# fmt: on


def refuse_network_filesystem(path: Path, mountinfo: str | None = None) -> None:
    """Raise a `StoreFault` where `path`, which need not exist yet, lies on a network file system.

    `mountinfo` is the text of /proc/self/mountinfo, read when not given; a system without it is not judged.
    """
    if mountinfo is None:
        try:
            mountinfo = Path("/proc/self/mountinfo").read_text(errors="surrogateescape")
        except FileNotFoundError:
            return
    kind = filesystem_type(path.resolve(), mountinfo)
    if kind in _NETWORK_TYPES:
        raise StoreFault(
            f"The database cannot be kept at {path}: that is a network file system ({kind}), where several "
            "writers would damage it. Set TUITRACK_HOME to a folder on this machine's own disk."
        )


def filesystem_type(path: Path, mountinfo: str) -> str:
    """The type of the file system that holds an absolute path, empty where no mount matches."""
    depth, kind = -1, ""
    for line in mountinfo.splitlines():
        before, separator, after = line.partition(" - ")
        fields = before.split(" ")
        if not separator or len(fields) < 5:
            continue
        mount_point = Path(_unescaped(fields[4]))
        # A later mount on the same point hides the earlier one.
        if path.is_relative_to(mount_point) and len(mount_point.parts) >= depth:
            depth, kind = len(mount_point.parts), after.split(" ")[0]
    return kind


def _unescaped(field: str) -> str:
    """The kernel writes space, tab, newline and backslash as three octal digits."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), field)


def keep_files_private() -> None:
    """From here on, let this process make files that only its own account can read."""
    os.umask(0o077)


def private_folder(folder: Path) -> Path:
    """The folder itself, made if missing, after a check that only this account can enter it.

    An empty folder of this account is closed to others; a used one is refused, for others may rely on it.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
        if found.st_uid != os.geteuid():
            raise StoreFault(
                f"The folder {folder} belongs to another account. Set TUITRACK_HOME to a folder of your own."
            )
        if stat.S_IMODE(found.st_mode) & 0o077:
            if any(folder.iterdir()):
                raise StoreFault(f"The folder {folder} is open to other accounts. Close it with: chmod 700 {folder}")
            folder.chmod(0o700)
    except OSError as error:
        raise StoreFault(f"The folder {folder} cannot be used: {error.strerror}.") from error
    return folder
