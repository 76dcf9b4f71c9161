"""What the database runs on and whether it is sound, for the administrator to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuitrack.domain.errors import StoreFault
from tuitrack.storage.database import driver, journal_mode, safe_version
from tuitrack.storage.faults import told_as_sentences

if TYPE_CHECKING:
    from tuitrack.storage.store import SqliteStore

COUNTED = {"cases": "cases", "entry": "timeline entries", "customer": "customers", "agent": "agents"}
"""What is counted: the tables, each with what its rows are called."""


def facts(store: SqliteStore) -> list[tuple[str, str]]:
    """Name and finding, line by line; the whole file is read, which takes about a second for 100,000 cases.

    What a damaged file cannot tell is answered with the sentence that says so.
    """
    name, version = driver()
    counts = [f"{_answer(store, f'SELECT COUNT(*) FROM {table}')} {title}" for table, title in COUNTED.items()]
    return [
        ("database", f"{store.path}, {store.path.stat().st_size / 1_000_000:.1f} MB"),
        ("SQLite", f"{'.'.join(map(str, version[:3]))} by {name}"),
        ("journal", _journal(_answer(store, "PRAGMA journal_mode"), version)),
        ("schema version", _answer(store, "PRAGMA user_version")),
        ("quick check", _answer(store, "PRAGMA quick_check(5)")),
        ("foreign key check", _answer(store, "PRAGMA foreign_key_check") or "ok"),
        ("contents", ", ".join(counts)),
    ]


def _journal(mode: str, version: tuple[int, ...]) -> str:
    """The journal in use, the reason for it, and which one is meant where that is another."""
    why = "readers never wait" if safe_version(version) else "a write-ahead log is not safe before SQLite 3.51.3"
    meant = journal_mode(version)
    return f"{mode} ({why})" if mode == meant else f"{mode}, but {meant} is meant ({why})"


def _answer(store: SqliteStore, sql: str) -> str:
    """The answer of a query on one line."""
    try:
        with told_as_sentences(store.path):
            return "; ".join(" ".join(map(str, row)) for row in store.db.execute_sql(sql))
    except StoreFault as fault:
        return fault.sentence
