"""What the database runs on and whether it is sound, for the administrator to read."""

from __future__ import annotations

from typing import Any

from tuitrack.storage.database import driver, journal_mode, safe_version
from tuitrack.storage.faults import told_as_sentences
from tuitrack.storage.store import SqliteStore

_COUNTED = {"cases": "cases", "entry": "timeline entries", "customer": "customers", "agent": "agents"}


def facts(store: SqliteStore) -> list[tuple[str, str]]:
    """Name and finding, line by line; the whole file is read, which takes about a second for 100,000 cases."""
    with told_as_sentences(store.path):
        return [
            ("database", f"{store.path}, {store.path.stat().st_size / 1_000_000:.1f} MB"),
            *_driver_facts(store.db),
            ("schema version", str(store.db.user_version)),
            ("quick check", _joined(store.db, "PRAGMA quick_check(5)")),
            ("foreign key check", _joined(store.db, "PRAGMA foreign_key_check") or "ok"),
            ("contents", ", ".join(_counts(store.db))),
        ]


def _driver_facts(db: Any) -> list[tuple[str, str]]:
    name, version = driver()
    why = "readers never wait" if safe_version(version) else "a write-ahead log is not safe before SQLite 3.51.3"
    expected = journal_mode(version)
    mode = db.journal_mode
    found = f"{mode} ({why})" if mode == expected else f"{mode}, but {expected} is meant ({why})"
    return [("SQLite", f"{'.'.join(map(str, version[:3]))} by {name}"), ("journal", found)]


def _counts(db: Any) -> list[str]:
    return [f"{_joined(db, f'SELECT COUNT(*) FROM {table}')} {title}" for table, title in _COUNTED.items()]


def _joined(db: Any, sql: str) -> str:
    """The answer of a query on one line."""
    return "; ".join(" ".join(map(str, row)) for row in db.execute_sql(sql))
