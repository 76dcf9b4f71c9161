"""What the database runs on and whether it is sound, for the administrator to read."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tuitrack.domain.errors import StoreFault
from tuitrack.domain.finding import Finding
from tuitrack.domain.text import counted
from tuitrack.storage.contents import contents
from tuitrack.storage.database import driver, journal_mode, safe_version
from tuitrack.storage.faults import told_as_sentences
from tuitrack.storage.filesystem import filesystem_type

if TYPE_CHECKING:
    from tuitrack.storage.store import SqliteStore

_IN_MEMORY = frozenset({"tmpfs", "ramfs"})
_LOG_MB_MOST = 64
_ROOM_MB_LEAST = 100
_MB = 1_000_000


def findings(store: SqliteStore, backups: Path) -> Iterator[Finding]:
    """What there is to say, line by line; the whole file is read, half a minute for 100,000 cases.

    What a damaged file cannot tell is answered with the sentence that says so.
    """
    name, version = driver()
    size = store.path.stat().st_size
    yield Finding("database", f"{store.path}, {size / _MB:.1f} MB")
    yield _open_to(store.path)
    yield _kind_of_disk(store.path)
    yield _room_beside(store.path, size)
    yield Finding("SQLite", f"{'.'.join(map(str, version[:3]))} by {name}")
    yield _journal(_answer(store, "PRAGMA journal_mode"), version)
    yield _log(store.path)
    yield Finding("schema version", f"{_answer(store, 'PRAGMA user_version')}, the newest that this tuitrack knows")
    yield _sound("integrity check", _answer(store, "PRAGMA integrity_check(5)"))
    yield _sound("foreign key check", _answer(store, "PRAGMA foreign_key_check") or "ok")
    yield from contents(partial(_answer, store))
    yield _backups_in(backups)


def _sound(name: str, answer: str) -> Finding:
    if answer == "ok":
        return Finding(name, answer)
    return Finding(name, f"{answer}. Stop working in it and put the latest backup in its place.", False)


def _open_to(path: Path) -> Finding:
    """Whether others than the account can read what is stored."""
    files = [path.parent, *(one for one in (path, Path(f"{path}-wal"), Path(f"{path}-shm")) if one.exists())]
    opened = [one for one in files if stat.S_IMODE(one.stat().st_mode) & 0o077]
    if not opened:
        return Finding("file rights", "only this account can read the folder and the files")
    names = " ".join(map(str, opened))
    told = " and ".join(f"{one} ({stat.S_IMODE(one.stat().st_mode):04o})" for one in opened)
    return Finding("file rights", f"other accounts can get at {told}. Close it with: chmod go= {names}", False)


def _kind_of_disk(path: Path) -> Finding:
    try:
        kind = filesystem_type(path.resolve(), Path("/proc/self/mountinfo").read_text(errors="surrogateescape"))
    except FileNotFoundError:
        return Finding("file system", "of a kind that this system does not tell")
    if kind in _IN_MEMORY:
        return Finding("file system", f"{kind}: all is lost when the machine stops. Move the folder to a disk.", False)
    return Finding("file system", kind or "unknown")


def _room_beside(path: Path, size: int) -> Finding:
    """Whether a copy of the database fits beside it, as a migration makes one."""
    free = shutil.disk_usage(path.parent).free
    told = f"{free / _MB:,.0f} MB free"
    if free >= max(size, _ROOM_MB_LEAST * _MB):
        return Finding("free disk", told)
    return Finding("free disk", f"{told}, too little for a copy of the database. Make room.", False)


def _journal(mode: str, version: tuple[int, ...]) -> Finding:
    """The journal in use, the reason for it, and which one is meant where that is another."""
    why = "readers never wait" if safe_version(version) else "a write-ahead log is not safe before SQLite 3.51.3"
    meant = journal_mode(version)
    if mode == meant:
        return Finding("journal", f"{mode} ({why})")
    return Finding("journal", f"{mode}, but {meant} is meant ({why})", False)


def _log(path: Path) -> Finding:
    log = Path(f"{path}-wal")
    size = log.stat().st_size / _MB if log.exists() else 0.0
    if size <= _LOG_MB_MOST:
        return Finding("write-ahead log", f"{size:.1f} MB")
    told = f"{size:,.0f} MB: a program that never ends its look keeps it from going into the database. Leave it anew."
    return Finding("write-ahead log", told, False)


def _backups_in(folder: Path) -> Finding:
    """How old the latest copy is; one that was made elsewhere is not seen."""
    made = sorted(folder.glob("*.db"), key=lambda path: path.stat().st_mtime) if folder.exists() else []
    if not made:
        return Finding("backups", f"none in {folder}; `tuitrack backup` makes one")
    age = datetime.now(UTC) - datetime.fromtimestamp(made[-1].stat().st_mtime, UTC)
    old = f"{age // timedelta(hours=1)} hours" if age < timedelta(days=2) else f"{age.days} days"
    return Finding("backups", f"{counted(len(made), 'backup')} in {folder}, the latest {old} old")


def _answer(store: SqliteStore, sql: str) -> str:
    """The answer of a query on one line."""
    try:
        with told_as_sentences(store.path):
            return "; ".join(" ".join(map(str, row)) for row in store.db.execute_sql(sql))
    except StoreFault as fault:
        return fault.sentence
