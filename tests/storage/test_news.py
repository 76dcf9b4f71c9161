"""What a session learns of what others store: the fake and the databases alike."""

from __future__ import annotations

import math
import os
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import NOW, a_case, a_customer, a_draft, an_agent, an_entry
from tests.storage.stirring import comes_to_stir
from tuitrack.domain.errors import Conflict
from tuitrack.services.ports import Store
from tuitrack.storage.file_watch import FileWatch
from tuitrack.storage.postgresql.store import PostgresqlStore, open_postgresql


def test_what_others_store_is_news_and_what_one_stores_oneself_is_none(store: Store, beside: Store) -> None:
    known, own = beside.news(), store.news()
    with store.writing() as writer:
        case = writer.add(a_case(customer_id=writer.add(a_customer()).id))
    assert comes_to_stir(beside)
    assert (beside.news(), store.news()) == (known + 1, own)
    with store.writing() as writer:
        writer.put_case(replace(case, version=2, subject="Other"), case)
        writer.add(an_entry(case.id))
    with store.writing() as writer:
        writer.put_agent(an_agent("marko"))
    assert beside.news() == known + 3
    with beside.writing() as writer:
        writer.add(an_entry(case.id))
    assert (beside.news(), store.news()) == (known + 3, own + 1)


def test_what_is_half_typed_preferred_or_refused_is_no_news(store: Store, beside: Store) -> None:
    with store.writing() as writer:
        case = writer.add(a_case(customer_id=writer.add(a_customer()).id))
    known = beside.news()
    with store.writing() as writer:
        writer.put_draft(a_draft())
        writer.put_preference("ana", "theme", "light")
    with store.writing() as writer:
        writer.drop_draft("ana", "intake")
    with pytest.raises(Conflict), store.writing() as writer:
        writer.put_case(replace(case, version=10), replace(case, version=9))
    assert beside.news() == known


def test_every_one_of_many_changes_stirs(store: Store, beside: Store) -> None:
    with store.writing() as writer:
        case = writer.add(a_case(customer_id=writer.add(a_customer()).id))
    for number in range(50):
        with store.writing() as writer:
            writer.add(an_entry(case.id, body=f"entry {number}", occurred_at=NOW))
        assert comes_to_stir(beside)


def test_a_server_tells_of_what_was_stored_and_of_nothing_else(
    postgresql_store: PostgresqlStore, postgresql_desk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tuitrack.storage.postgresql.store.ASK_ANYWAY_S", math.inf)
    with closing(open_postgresql(postgresql_desk)) as listening:
        for _ in range(3):
            listening.stirred()
            listening.news()
        assert not listening.stirred()
        with postgresql_store.writing() as writer:
            writer.put_draft(a_draft())
        assert not listening.stirred()
        with postgresql_store.writing() as writer:
            writer.add(a_customer())
        assert comes_to_stir(listening)
        listening.db.connection().close()
        assert listening.stirred()


def test_a_file_that_nobody_writes_to_does_not_stir(tmp_path: Path) -> None:
    file = tmp_path / "tuitrack.db"
    file.write_text("as it was")
    os.utime(file, (1_000_000_000, 1_000_000_000))
    watch = FileWatch(file)
    assert [watch.moved() for _ in range(3)] == [False] * 3
    (tmp_path / "tuitrack.db-wal").touch()
    assert not watch.moved()
    (tmp_path / "tuitrack.db-wal").write_text("a change")
    os.utime(tmp_path / "tuitrack.db-wal", (1_000_000_000, 1_000_000_000))
    assert [watch.moved() for _ in range(3)] == [True, False, False]


def test_it_is_looked_again_until_the_disk_has_what_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, now = tmp_path / "tuitrack.db", 1_000_000_000_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: now)
    file.write_text("first")
    os.utime(file, ns=(now, now))
    watch = FileWatch(file)
    assert watch.moved()
    file.write_text("other")
    os.utime(file, ns=(now, now))
    assert watch.moved()
    now += 10_000_000_000
    assert [watch.moved() for _ in range(3)] == [True, False, False]
