"""Writing records in one transaction; what a search finds them by is renewed before it ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from peewee import chunked

from tuitrack.domain.case import Case
from tuitrack.domain.change import Change, OfCase
from tuitrack.domain.keeping import Draft, ImportRun, Receipt
from tuitrack.domain.people import Absence, Agent, Customer
from tuitrack.domain.phone import phone_query
from tuitrack.domain.presence import LEASE, Presence
from tuitrack.domain.reviews import Review, ReviewPlan
from tuitrack.domain.ssh_keys import AgentKey
from tuitrack.domain.timeline import Entry
from tuitrack.lean import replace
from tuitrack.services.changing import stale
from tuitrack.storage.fields import epoch_ms
from tuitrack.storage.mapping import ROW_OF, TABLE_OF, PerKind, row_of
from tuitrack.storage.reader import SqlReader
from tuitrack.storage.search import SEARCHED, index_cases, index_customers
from tuitrack.storage.tables.agents import Drafts
from tuitrack.storage.tables.cases import Cases, Customers, Phones
from tuitrack.storage.tables.changes import ImportedEntries

if TYPE_CHECKING:
    from tuitrack.services.ports import R, Record

_AT_ONCE = 500
_PHONE_COLUMNS = ("customer_id", "place", "typed", "reversed_digits")
_FORGETTING = 'DELETE FROM receipt WHERE "key" IN (SELECT "key" FROM receipt WHERE at < ? ORDER BY at LIMIT ?)'
_FORGOTTEN_AT_ONCE = 2
"""Receipts too old to be kept that go with each new one, so that there are never many to be forgotten at once."""
_NEXT_SEQUENCE = """
    INSERT INTO counter (year, last) VALUES (?, ?)
    ON CONFLICT (year) DO UPDATE SET last = counter.last + excluded.last RETURNING last
"""


def _insertion_into(table: str, names: Sequence[str]) -> str:
    quoted = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table}" ({quoted}) VALUES ({", ".join("?" * len(names))})'


_INSERTION_OF = PerKind(lambda kind: _insertion_into(TABLE_OF[kind]._meta.table_name, ROW_OF[kind]))
"""The statement that stores a record of each kind."""


class SqlWriter(SqlReader):
    """Implements the port `Writer`; a search sees what was written once the transaction has ended."""

    def __init__(self, db: Any) -> None:
        super().__init__(db)
        self._changed_cases: set[int] = set()
        self._first_entry: int | None = None
        self.is_news = False
        """Whether a screen may show what is stored; what somebody has half typed, or prefers, is nobody's news."""

    def finish(self) -> None:
        """Renew the search rows of all cases that changed, and let other sessions know that there is news."""
        index_cases(self._db, self._changed_cases)
        self._changed_cases.clear()
        if self.is_news:
            self._db.execute_sql("UPDATE news SET number = number + 1")

    def next_sequence(self, year: int, count: int = 1) -> int:
        """Take the next `count` numbers of a year's references and return the first; none is ever given twice."""
        last: int = self._db.execute_sql(_NEXT_SEQUENCE, (year, count)).fetchone()[0]
        return last - count + 1

    def reserve_ids(self, kind: type[Record], count: int) -> range:
        """Ids for new records: what follows the last one given, of which SQLite keeps a table of its own."""
        given = self._db.execute_sql(
            "SELECT seq FROM sqlite_sequence WHERE name = ?", (TABLE_OF[kind]._meta.table_name,)
        ).fetchone()
        first = given[0] + 1 if given else 1
        return range(first, first + count)

    def add(self, record: R) -> R:
        """Store a new record and return it with its id."""
        self.is_news = True
        insertion = _INSERTION_OF[type(record)]
        if record.id:
            self._db.execute_sql(insertion, row_of(record))
            stored = record
        else:
            ((given,),) = self._db.execute_sql(f"{insertion} RETURNING id", row_of(record))
            stored = replace(record, id=given)
        if isinstance(stored, Customer):
            self._keep_ways_to([stored])
        self._note_change(stored)
        return stored

    def add_all(self, records: Iterable[Record]) -> None:
        """Store many new records in batches, without returning their ids; reserved ids are kept."""
        self.is_news = True
        for (kind, has_id), some in groupby(records, lambda record: (type(record), record.id > 0)):
            if kind in (Customer, Case) and not has_id:
                # What a search finds them by is kept under the id that each is given.
                for record in some:
                    self.add(cast(Case, record))
            else:
                for batch in chunked(some, _AT_ONCE):
                    self._add_batch(kind, batch)

    def replace(self, record: Absence | Customer | OfCase | Change | ImportRun | ReviewPlan | Review) -> None:
        """Store the new value of a record that carries no version."""
        kind = type(record)
        self._update(kind, dict(zip(ROW_OF[kind], row_of(record), strict=True)), id=record.id)
        if isinstance(record, Customer):
            self._change(Phones.delete().where(Phones.customer == record.id))
            self._keep_ways_to([record])
            cases = Cases.select(Cases.id).where(Cases.customer == record.id)
            self._changed_cases.update(id_ for (id_,) in self._tuples(cases))

    def remove(self, record: Absence | AgentKey | OfCase | Review) -> None:
        """Take away a record that is not to have been; its id is never given again."""
        self.is_news = True
        self._db.execute_sql(f'DELETE FROM "{TABLE_OF[type(record)]._meta.table_name}" WHERE id = ?', (record.id,))

    def put_case(self, case: Case, before: Case) -> None:
        """Store what became of a case; raises Conflict where the stored one is no longer of the version before."""
        pairs = zip(ROW_OF[Case], row_of(before), row_of(case), strict=True)
        # Only these, for SQLite renews every index of a column that is written, whatever its value was.
        changed = {name: value for name, was, value in pairs if value != was}
        if self._update(Case, changed, id=case.id, version=before.version) != 1:
            raise stale(self, self.case(case.id), before.version)
        if not SEARCHED.isdisjoint(changed):
            self._changed_cases.add(case.id)

    def put_agent(self, agent: Agent) -> None:
        """Store an agent, new or known."""
        self.is_news = True
        self._put("agent", ROW_OF[Agent], row_of(agent), ["handle"])

    def keep_receipt(self, key: str, at: datetime, forgotten: datetime) -> None:
        """Keep under which key all this is stored, and forget some of those that are too old."""
        if self.is_news:
            self._db.execute_sql(_FORGETTING, (epoch_ms(forgotten), _FORGOTTEN_AT_ONCE))
            self._db.execute_sql(_INSERTION_OF[Receipt], row_of(Receipt(key=key, at=at, entry_id=self._first_entry)))

    def put_draft(self, draft: Draft) -> None:
        """Store a draft in place of the agent's earlier one of the same form."""
        self._put("draft", ROW_OF[Draft], row_of(draft), ["agent", "form"])

    def drop_draft(self, agent: str, form: str) -> None:
        """Forget a draft, if there is one."""
        self._change(Drafts.delete().where((Drafts.agent == agent) & (Drafts.form == form)))

    def put_presence(self, presence: Presence) -> None:
        """Store where a session is in place of where it was; what has not been said again in time is forgotten."""
        self._db.execute_sql("DELETE FROM presence WHERE until <= ?", (epoch_ms(presence.until - 2 * LEASE),))
        self._put("presence", ROW_OF[Presence], row_of(presence), ["session"])

    def drop_presence(self, session: str) -> None:
        """Forget where a session is."""
        self._db.execute_sql("DELETE FROM presence WHERE session = ?", (session,))

    def put_preference(self, agent: str, name: str, value: str) -> None:
        """Store what an agent chose under a name, in place of what they chose before."""
        self._put("preference", ["agent", "name", "value"], [agent, name, value], ["agent", "name"])

    def undo_import(self, run_id: int) -> tuple[int, list[str]]:
        """Remove the cases of a run that nobody has changed since, and its customers left without a case."""
        self.is_news = True
        of_run = Cases.import_run_id == run_id
        as_imported = of_run & (Cases.version == 1)
        removed = [id_ for (id_,) in self._tuples(Cases.select(Cases.id).where(as_imported))]
        cursor = self._db.cursor()
        cursor.executemany("DELETE FROM case_search WHERE rowid = ?", [(id_,) for id_ in removed])
        self._change(Cases.delete().where(as_imported))
        self._changed_cases.difference_update(removed)
        self._remove_customers_without_case(run_id)
        self._change(ImportedEntries.delete().where(ImportedEntries.import_run_id == run_id))
        kept = Cases.select(Cases.reference).where(of_run).order_by(Cases.id)
        return len(removed), [reference for (reference,) in self._tuples(kept)]

    def _remove_customers_without_case(self, run_id: int) -> None:
        with_case = Cases.select(Cases.customer).where(Cases.customer == Customers.id)
        left = Customers.select(Customers.id).where(Customers.import_run_id == run_id, Customers.id.not_in(with_case))
        removed = [id_ for (id_,) in self._tuples(left)]
        cursor = self._db.cursor()
        cursor.executemany("DELETE FROM customer_search WHERE rowid = ?", [(id_,) for id_ in removed])
        cursor.executemany("DELETE FROM customer WHERE id = ?", [(id_,) for id_ in removed])

    def _change(self, query: Any) -> int:
        """Execute a change; returns the new id, or how many rows were changed."""
        done: int = query.bind(self._db).execute()
        return done

    def _put(self, table: str, names: Sequence[str], row: Sequence[Any], key: Sequence[str]) -> None:
        """Store a row in place of the one with the same key, if there is one."""
        renewed = ", ".join(f'"{name}" = excluded."{name}"' for name in names)
        sql = f"{_insertion_into(table, names)} ON CONFLICT ({', '.join(key)}) DO UPDATE SET {renewed}"
        self._db.execute_sql(sql, row)

    def _add_batch(self, kind: type[Any], records: list[Any]) -> None:
        """Store records of one kind, all with an id or all without."""
        self._db.cursor().executemany(_INSERTION_OF[kind], map(row_of, records))
        if kind is Customer:
            self._keep_ways_to(records)
        for record in records:
            self._note_change(record)

    def _update(self, kind: type[Any], values: Mapping[str, Any], **where: int) -> int:
        """Store values in the rows that still have those of `where`; returns how many there were."""
        self.is_news = True
        fields = ", ".join(f'"{name}" = ?' for name in values)
        unchanged = " AND ".join(f'"{name}" = ?' for name in where)
        sql = f'UPDATE "{TABLE_OF[kind]._meta.table_name}" SET {fields} WHERE {unchanged}'
        changed: int = self._db.rows_affected(self._db.execute_sql(sql, [*values.values(), *where.values()]))
        return changed

    def _note_change(self, record: Record) -> None:
        """Remember the case whose search row has to be renewed, and the first entry that tells of all this."""
        if isinstance(record, Entry):
            self._first_entry = self._first_entry or record.id or None
            if record.body:
                self._changed_cases.add(record.case_id)
        elif isinstance(record, Case) and record.id:
            self._changed_cases.add(record.id)

    def _keep_ways_to(self, customers: Iterable[Customer]) -> None:
        """Store the numbers of customers, and their names for searching."""
        rows = [
            (customer.id, place, typed, phone_query(typed)[::-1])
            for customer in customers
            for place, typed in enumerate(customer.phones)
        ]
        self._db.cursor().executemany(_insertion_into("phone", _PHONE_COLUMNS), rows)
        index_customers(self._db, [(customer.id, customer.name) for customer in customers])
