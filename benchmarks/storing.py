"""Logging a call: the whole change, beside the same rows written by hand with the same durability."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

import apsw

from benchmarks.bench import Bench
from benchmarks.desk import open_desk
from benchmarks.figures import Figure, Sample, compare
from tuitrack.domain.words import CallPurpose, Direction
from tuitrack.services.casework import CaseworkService

_CALLS = 50
_TOLD = {"direction": Direction.INBOUND, "purpose": CallPurpose.STATUS, "note": "Asks how things stand."}


def measure(bench: Bench) -> list[Figure]:
    """One transaction each: the call, its timeline entry, the case under a new version, its search row."""
    desk = open_desk(bench.home)
    try:
        work = CaseworkService(desk)
        work.log_call(1, _TOLD)
        return compare(
            "A call logged",
            "the same rows by hand through apsw",
            lambda: _each(lambda case_id: work.log_call(case_id, _TOLD)),
            lambda: _by_hand(bench),
            bench.rounds,
        )
    finally:
        desk.store.close()


def _each(log: Callable[[int], object]) -> Sample:
    taken = []
    for case_id in range(1, _CALLS + 1):
        begun = time.perf_counter()
        log(case_id)
        taken.append(time.perf_counter() - begun)
    return {"one call, ms": median(taken) * 1000, "slowest, ms": max(taken) * 1000}


def _by_hand(bench: Bench) -> Sample:
    """The rows of the newest call, written once more for each case by plain statements."""
    connection = apsw.Connection(str(bench.home / "tuitrack.db"))
    try:
        for setting in ("journal_mode = wal", "synchronous = full", "foreign_keys = 1", "secure_delete = 1"):
            connection.execute(f"PRAGMA {setting}").fetchall()
        call = _columns(connection, "call")
        entry = _columns(connection, "entry")
        return _each(lambda case_id: _log(connection, case_id, call, entry))
    finally:
        connection.close()


def _log(connection: Any, case_id: int, call: str, entry: str) -> None:
    newest = "ORDER BY id DESC LIMIT 1"
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"INSERT INTO call (case_id, {call}) SELECT ?, {call} FROM call {newest}", (case_id,))
    connection.execute(f"INSERT INTO entry (case_id, {entry}) SELECT ?, {entry} FROM entry {newest}", (case_id,))
    connection.execute("UPDATE cases SET version = version + 1, touched_at = touched_at + 1 WHERE id = ?", (case_id,))
    words, phones = connection.execute("SELECT words, phones FROM case_search WHERE rowid = ?", (case_id,)).fetchone()
    connection.execute("DELETE FROM case_search WHERE rowid = ?", (case_id,))
    connection.execute("INSERT INTO case_search (rowid, words, phones) VALUES (?, ?, ?)", (case_id, words, phones))
    connection.execute("COMMIT")


def _columns(connection: Any, table: str) -> str:
    """The columns of a table besides its id and its case."""
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    return ", ".join(f'"{name}"' for name in names if name not in ("id", "case_id"))
