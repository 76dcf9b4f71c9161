"""A host that agents reach over SSH: OpenSSH's own server on loopback, with nothing but the keys of the desk."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.e2e.desk import ROOT, ZONE
from tests.e2e.terminal import Terminal
from tests.patience import PATIENCE_S

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")
CONFIG = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
PidFile none
AuthorizedKeysFile {folder}/authorized_keys
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
UsePAM no
PermitUserRC no
MaxSessions 1
ClientAliveInterval 1
ClientAliveCountMax 3
# The folders of tests lie where everybody may write.
StrictModes no
"""


class SshHost:
    """The desk in `home`, and an SSH server that lets agents in by their keys; use it in a `with` statement.

    A `database` is the address of the server that keeps the desk in place of a file in `home`. At its end the SSH
    server goes; who is logged in stays until the line is cut.
    """

    def __init__(self, home: Path, folder: Path, database: str = "") -> None:
        self.home = home
        self._database = database
        self.folder = folder
        self._python = _installed_python(folder / "program")
        self.port = _free_port()
        _make_key(folder / "host_key")
        (folder / "sshd_config").write_text(CONFIG.format(port=self.port, folder=folder), encoding="utf-8")
        (folder / "authorized_keys").touch()
        if os.geteuid() == 0:
            # Where the server puts itself before it lets anybody in.
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        assert SSHD is not None
        command = [SSHD, "-D", "-e", "-f", str(folder / "sshd_config")]
        with (folder / "sshd.log").open("wb") as log:
            self._server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self._wait_until_it_listens()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.terminate()
        self._server.wait()

    def run(self, *arguments: str, code: int = 0) -> str:
        """Give a command at the host itself, as the account that owns the desk; returns what it printed."""
        own = {"TUITRACK_HOME": str(self.home), "TUITRACK_TIME_ZONE": ZONE, "TUITRACK_AGENT": "Ana", "TZ": ZONE}
        if self._database:
            own["TUITRACK_DATABASE"] = self._database
        command = [str(self._python), "-m", "tuitrack", *arguments]
        done = subprocess.run(
            command, env={"PATH": os.defpath, "HOME": str(self.home)} | own, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stderr
        return done.stdout

    def let_in(self, agent: str) -> Path:
        """Make a key, bind it to an agent and let it in; returns the file of its private half."""
        key = self.folder / f"key-of-{agent}"
        _make_key(key)
        self.run("agent", "key", "add", agent, f"{key}.pub")
        self.renew_keys()
        return key

    def renew_keys(self) -> None:
        """Write the file of keys as they are now."""
        self.run("ssh", "authorized-keys", "--to", str(self.folder / "authorized_keys"))

    def client(self, key: Path, *options: str, command: Sequence[str] = (), port: int = 0) -> list[str]:
        """The command line of a client that logs in with a key, by another port than the server's if one is given."""
        usual = {
            "BatchMode": "yes",
            "IdentitiesOnly": "yes",
            "LogLevel": "ERROR",
            "StrictHostKeyChecking": "no",
            "UserKnownHostsFile": "/dev/null",
        }
        settings = [part for name, value in usual.items() for part in ("-o", f"{name}={value}")]
        where = ["-p", str(port or self.port), "-i", str(key)]
        return ["ssh", "-F", "/dev/null", *settings, *where, *options, f"{getpass.getuser()}@127.0.0.1", *command]

    def log_in(self, key: Path, cols: int = 80, rows: int = 24, port: int = 0) -> Terminal:
        """A terminal elsewhere, logged in with a key."""
        return Terminal(self.client(key, port=port), cols, rows)

    def try_out(self, key: Path, *options: str, command: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        """Log in without a terminal and give a command, as a script would."""
        return subprocess.run(
            self.client(key, *options, command=command),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )

    def at_work(self) -> set[int]:
        """The processes that run the program at the host for somebody who logged in."""
        found = set()
        for process in Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if words[0] == os.fsencode(self._python) and b"--key" in words:
                found.add(int(process.name))
        return found

    def wait_until_nobody_is_at_work(self) -> None:
        """Wait until no process is left of anybody who was logged in."""
        deadline = time.monotonic() + PATIENCE_S
        while self.at_work():
            assert time.monotonic() < deadline, f"still there: {self.at_work()}"
            os.sched_yield()

    def _wait_until_it_listens(self) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while True:
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            told = (self.folder / "sshd.log").read_text("utf-8", "replace")
            assert self._server.poll() is None, f"sshd ended: {told}"
            assert time.monotonic() < deadline, f"sshd does not listen: {told}"


def _installed_python(folder: Path) -> Path:
    """A Python of its own that finds this program as an installed one is found, whatever the environment says."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "checkout.pth").write_text(f"{ROOT}\n{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return folder / "bin" / "python"


def _make_key(path: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "a test", "-f", str(path)], check=True)


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port
