"""Whatever can be written is stored once, though its answer is lost: every way to write, on every store."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from types import FrameType

from tests.builders import NOW, a_case, a_customer, an_entry
from tests.fakes import MemoryStore
from tests.faults.lost_answers import NOT_STORED, STORED, written
from tests.faults.writes import WAYS, scene, written_by_services
from tuitrack.domain.change import Change
from tuitrack.domain.keeping import Receipt
from tuitrack.domain.people import Customer
from tuitrack.domain.timeline import Entry
from tuitrack.services.ports import Store
from tuitrack.storage.store import SqlStore

SOME = list(WAYS)[::8]
"""What is tried on a database; the store in memory, which is quick, has to do with all."""
COUNTED = ("receipt", "entry", "change", "customer", "agent", "draft")


def test_every_way_to_write_is_tried_and_stores_something() -> None:
    entered: set[str] = set()

    def note(frame: FrameType, event: str, arg: object) -> None:
        if event == "call":
            entered.add(frame.f_code.co_qualname)

    for name, way in WAYS.items():
        at = scene()
        way.before(at)
        assert at.world.store.stirred()
        sys.setprofile(note)
        try:
            way.write(at.world.ana, at)
        finally:
            sys.setprofile(None)
        assert at.world.store.stirred(), name
    assert written_by_services() <= entered


def test_a_database_stores_every_write_once_though_its_answer_is_lost(
    fresh: Callable[[], AbstractContextManager[SqlStore]],
) -> None:
    for name in SOME:
        way = WAYS[name]
        expected = written(way, MemoryStore()).world.store
        assert isinstance(expected, MemoryStore)
        with fresh() as store:
            written(way, store, (STORED,))
            found = {table: store.db.execute_sql(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in COUNTED}
        records = expected.data.records
        assert found == {
            "receipt": len(expected.data.receipts),
            "entry": len(records[Entry]),
            "change": len(records[Change]),
            "customer": len(records[Customer]),
            "agent": len(expected.data.agents),
            "draft": len(expected.data.drafts),
        }, name


def test_what_a_database_did_not_store_is_asked_for_again(
    fresh: Callable[[], AbstractContextManager[SqlStore]],
) -> None:
    with fresh() as store:
        at = written(WAYS["add a note"], store, (NOT_STORED,))
        entries = at.world.ana.casefile.open(at.case.id).entries
        assert [entry.body for entry in entries].count("Rou") == 1
        assert written(WAYS["choose a theme"], store, (STORED,)).world.ana.preferences.theme() == "light"


def test_a_receipt_names_the_first_entry_and_is_kept_of_news_until_it_is_too_old(store: Store) -> None:
    moments = {"first": NOW, "again": NOW + timedelta(days=1), "late": NOW + timedelta(days=31)}
    told: dict[str, list[int]] = {}
    for key, at in moments.items():
        with store.writing() as writer:
            writer.put_preference("ana", "theme", key)
            writer.keep_receipt(f"theme {key}", at, NOW)
            case = writer.add(a_case(len(told) + 1, customer_id=writer.add(a_customer()).id))
            told[key] = [writer.add(an_entry(case.id)).id for _ in range(2)]
            writer.keep_receipt(key, at, at - timedelta(days=30))
    with store.reading() as reader:
        found = {key: reader.receipt(key) for key in ("first", "again", "late", "theme late")}
    assert found["first"] == found["theme late"] is None
    assert found["again"] is not None
    assert found["late"] == Receipt(key="late", at=moments["late"], entry_id=told["late"][0])
