"""Writing records in one transaction; what a search finds them by is renewed before it ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Any, TypeVar, cast

from peewee import chunked

from tuitrack.domain.case import Case
from tuitrack.domain.keeping import Draft, ImportRun
from tuitrack.domain.people import Agent, Customer
from tuitrack.domain.phone import phone_query
from tuitrack.domain.timeline import Action, Call, Entry, Promise, Remedy
from tuitrack.services.changing import stale
from tuitrack.services.ports import Record
from tuitrack.storage.mapping import TABLE_OF, row_of
from tuitrack.storage.reader import SqlReader
from tuitrack.storage.search import index_cases, index_customers
from tuitrack.storage.tables import Agents, Cases, Counters, Customers, Drafts, Phones

_R = TypeVar("_R", Customer, Case, Entry, Call, Action, Promise, Remedy, ImportRun)
_AT_ONCE = 500


class SqlWriter(SqlReader):
    """Implements the port `Writer`; a search sees what was written once the transaction has ended."""

    def __init__(self, db: Any) -> None:
        super().__init__(db)
        self._changed_cases: set[int] = set()

    def finish(self) -> None:
        """Renew the search rows of all cases that changed."""
        index_cases(self._db, self._changed_cases)
        self._changed_cases.clear()

    def next_sequence(self, year: int) -> int:
        """Take the next number of a year's references; a number is never given twice."""
        taken = list(self._tuples(Counters.select(Counters.last).where(Counters.year == year)))
        following = taken[0][0] + 1 if taken else 1
        self._put(Counters, [Counters.year], {Counters.year: year, Counters.last: following})
        return following

    def add(self, record: _R) -> _R:
        """Store a new record and return it with its id."""
        stored = replace(record, id=self._run(TABLE_OF[type(record)].insert(row_of(record))))
        if isinstance(stored, Customer):
            self._keep_ways_to(stored)
        self._note_change(stored)
        return stored

    def add_all(self, records: Iterable[Record]) -> None:
        """Store many new records without returning their ids; customers one by one, the others in batches."""
        for kind, some in groupby(records, type):
            if kind is Customer:
                for customer in some:
                    self.add(cast(Customer, customer))
            else:
                for batch in chunked(some, _AT_ONCE):
                    self._add_batch(kind, batch)

    def replace(self, record: Customer | Action | Promise | Remedy | ImportRun) -> None:
        """Store the new value of a record that carries no version."""
        table = TABLE_OF[type(record)]
        self._run(table.update(row_of(record)).where(table.id == record.id))
        if isinstance(record, Customer):
            self._run(Phones.delete().where(Phones.customer == record.id))
            self._keep_ways_to(record)
            cases = Cases.select(Cases.id).where(Cases.customer == record.id)
            self._changed_cases.update(id_ for (id_,) in self._tuples(cases))

    def put_case(self, case: Case, seen: int) -> None:
        """Store the new value of a case whose stored version is `seen`; raises Conflict otherwise."""
        unchanged = (Cases.id == case.id) & (Cases.version == seen)
        if self._run(Cases.update(row_of(case)).where(unchanged)) != 1:
            raise stale(self, self.case(case.id), seen)
        self._changed_cases.add(case.id)

    def put_agent(self, agent: Agent) -> None:
        """Store an agent, new or known."""
        self._put(Agents, [Agents.handle], row_of(agent))

    def put_draft(self, draft: Draft) -> None:
        """Store a draft in place of the agent's earlier one of the same form."""
        self._put(Drafts, [Drafts.agent, Drafts.form], row_of(draft))

    def drop_draft(self, agent: str, form: str) -> None:
        """Forget a draft, if there is one."""
        self._run(Drafts.delete().where((Drafts.agent == agent) & (Drafts.form == form)))

    def undo_import(self, run_id: int) -> tuple[int, list[str]]:
        """Remove the cases of a run that nobody has changed since, and its customers left without a case."""
        of_run = Cases.import_run_id == run_id
        as_imported = of_run & (Cases.version == 1)
        removed = [id_ for (id_,) in self._tuples(Cases.select(Cases.id).where(as_imported))]
        cursor = self._db.cursor()
        cursor.executemany("DELETE FROM case_search WHERE rowid = ?", [(id_,) for id_ in removed])
        self._run(Cases.delete().where(as_imported))
        self._changed_cases.difference_update(removed)
        self._remove_customers_without_case(run_id)
        kept = Cases.select(Cases.reference).where(of_run).order_by(Cases.id)
        return len(removed), [reference for (reference,) in self._tuples(kept)]

    def _remove_customers_without_case(self, run_id: int) -> None:
        with_case = Cases.select(Cases.customer).where(Cases.customer == Customers.id)
        left = Customers.select(Customers.id).where(Customers.import_run_id == run_id, Customers.id.not_in(with_case))
        removed = [id_ for (id_,) in self._tuples(left)]
        cursor = self._db.cursor()
        cursor.executemany("DELETE FROM customer_search WHERE rowid = ?", [(id_,) for id_ in removed])
        cursor.executemany("DELETE FROM customer WHERE id = ?", [(id_,) for id_ in removed])

    def _run(self, query: Any) -> int:
        """Execute a change; returns the new id, or how many rows were changed."""
        done: int = query.bind(self._db).execute()
        return done

    def _put(self, table: Any, key: list[Any], row: dict[Any, Any]) -> None:
        """Store a row in place of the one with the same key, if there is one."""
        self._run(table.insert(row).on_conflict(conflict_target=key, update=row))

    def _add_batch(self, kind: type[Any], records: list[Any]) -> None:
        """Store records of one kind with one statement: Peewee's own way takes ten times as long."""
        rows = [row_of(record) for record in records]
        for fields, alike in groupby(rows, _fields_of):
            self._insert(kind, fields, [[field.db_value(row[field]) for field in fields] for row in alike])
        if kind is Case:
            references = [record.reference for record in records]
            added = Cases.select(Cases.id).where(Cases.reference << references)
            self._changed_cases.update(id_ for (id_,) in self._tuples(added))
        for record in records:
            self._note_change(record)

    def _insert(self, kind: type[Any], fields: tuple[Any, ...], values: list[list[Any]]) -> None:
        names = ", ".join(f'"{field.column_name}"' for field in fields)
        marks = ", ".join(self._db.param for _ in fields)
        table = TABLE_OF[kind]._meta.table_name
        self._db.cursor().executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)

    def _note_change(self, record: Record) -> None:
        """Remember the case whose search row has to be renewed."""
        if isinstance(record, Entry):
            self._changed_cases.add(record.case_id)
        elif isinstance(record, Case) and record.id:
            self._changed_cases.add(record.id)

    def _keep_ways_to(self, customer: Customer) -> None:
        """Store the numbers of a customer, and the name for searching."""
        rows = [
            {
                Phones.customer: customer.id,
                Phones.place: place,
                Phones.typed: typed,
                Phones.reversed_digits: phone_query(typed)[::-1],
            }
            for place, typed in enumerate(customer.phones)
        ]
        if rows:
            self._run(Phones.insert_many(rows))
        index_customers(self._db, [(customer.id, customer.name)])


def _fields_of(row: dict[Any, Any]) -> tuple[Any, ...]:
    return tuple(row)
