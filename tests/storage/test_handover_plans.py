"""What the end of a shift and the feedback to somebody read is read by index, whether or not anything is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from tests.builders import NOW, a_case
from tuitrack.storage.reader import SqlReader
from tuitrack.storage.store import SqliteStore

PARTS = {"SCAN given", "SCAN received"}
"""What a statement names of itself."""


@pytest.mark.parametrize(
    "read",
    [
        lambda reader: reader.actions_due("ana", NOW + timedelta(hours=8), 100),
        lambda reader: reader.callbacks("ana", 100),
        lambda reader: reader.callbacks("", 100),
        lambda reader: reader.open_handovers("ana"),
        lambda reader: reader.handovers("ana", 5),
        lambda reader: reader.handover_items(1),
        lambda reader: reader.escalations(1),
        lambda reader: reader.public_posts(1),
        lambda reader: reader.feedback_to("ana", "North", 100),
        lambda reader: reader.reviews(50),
        lambda reader: reader.corrected_before(a_case(id=1, cause="training")),
        lambda reader: reader.recurrences(50),
        lambda reader: reader.readings_counted(NOW - timedelta(days=30), NOW),
    ],
)
def test_no_table_is_gone_through(
    sqlite_store: SqliteStore, monkeypatch: pytest.MonkeyPatch, read: Callable[[SqlReader], object]
) -> None:
    asked: list[tuple[str, Sequence[object]]] = []
    execute = sqlite_store.db.execute_sql

    def note(sql: str, values: Sequence[object] = ()) -> object:
        asked.append((sql, values))
        return execute(sql, values)

    with sqlite_store.reading() as reader:
        monkeypatch.setattr(sqlite_store.db, "execute_sql", note)
        read(reader)
        monkeypatch.undo()
    plans = [told for sql, values in asked for *_, told in execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert plans
    assert not [told for told in plans if told.startswith("SCAN") and "INDEX" not in told and told not in PARTS]
