"""Reading records and queues; every list is bounded, and comes in one query where it can."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from peewee import SQL, chunked, fn

from tuitrack.domain.case import Case, CaseRow
from tuitrack.domain.change import Change
from tuitrack.domain.deadlines import DueFilter
from tuitrack.domain.errors import NotFound
from tuitrack.domain.keeping import Draft, ImportRun
from tuitrack.domain.people import Agent, Customer, CustomerMatch
from tuitrack.domain.phone import phone_query
from tuitrack.domain.query.matching import tags_of
from tuitrack.domain.query.selection import selection
from tuitrack.domain.queue import CasePage, Counts, Cursor, Page, QueueQuery, Sort
from tuitrack.domain.timeline import Action, Call, Entry, Promise, Remedy
from tuitrack.domain.words import Status
from tuitrack.storage.customer_sql import ways_to_find, with_accounts, with_numbers
from tuitrack.storage.mapping import SELECTED, TABLE_OF, Kept, account_key, record_of
from tuitrack.storage.query_sql import parted
from tuitrack.storage.queue_sql import (
    FEW_HITS,
    TEXT_TITLES,
    QueueSql,
    hits_to,
    own_texts,
    place_of,
    row_of_queue,
    rows,
)
from tuitrack.storage.tables import (
    Actions,
    Agents,
    Calls,
    Cases,
    Changes,
    Customers,
    Drafts,
    Entries,
    ImportRuns,
    Phones,
    Promises,
    Remedies,
)

PAGES_MOST = 20
"""How many pages a page may grow to hold the selected case."""
_RECENT_CASES = 5_000
"""How many of the latest cases tell which values are in use."""
_AT_ONCE = 500


class SqlReader:
    """Implements the port `Reader` on an open transaction."""

    def __init__(self, db: Any) -> None:
        self._db = db

    def case(self, case_id: int) -> Case:
        """The case; raises NotFound."""
        return self._one(Case, Cases.id == case_id, "Case: it is no longer there.")

    def case_by_reference(self, reference: str) -> Case | None:
        """The case with exactly this reference."""
        return next(iter(self._all(Case, Cases.reference == reference)), None)

    def customer(self, customer_id: int) -> Customer:
        """The customer; raises NotFound."""
        found = self._customers(Customers.id == customer_id)
        if not found:
            raise NotFound("Customer: there is no such customer any more.")
        return found[0]

    def find_customers(self, text: str, limit: int) -> list[CustomerMatch]:
        """Customers by account number (exact first), phone digits or name words."""
        found: dict[int, Customer] = {}
        for condition in ways_to_find(text):
            if len(found) < limit:
                known = Customers.id.not_in(list(found)) if found else True
                found |= {one.id: one for one in self._customers(condition & known, limit - len(found))}
        counted = self._case_counts(found)
        return [
            CustomerMatch(customer=customer, open_count=counted[id_][0], case_count=counted[id_][1])
            for id_, customer in found.items()
        ]

    def known_customers(self, customers: Sequence[Customer]) -> list[int | None]:
        """For each, the id of a stored one with the same account number, or where it has none, same name and phone."""
        by_account: dict[str, int] = {}
        for keys in chunked({account_key(one.account) for one in customers if one.account}, _AT_ONCE):
            by_account |= dict(self._tuples(with_accounts(keys)))
        by_phone: dict[tuple[str, str], int] = {}
        for numbers in chunked(_digits(customers), _AT_ONCE):
            by_phone |= {(name, digits[::-1]): id_ for name, digits, id_ in self._tuples(with_numbers(numbers))}
        return [
            by_account.get(account_key(one.account))
            if one.account
            else next(filter(None, (by_phone.get((one.name, phone_query(number))) for number in one.phones)), None)
            for one in customers
        ]

    def cases_of(self, customer_id: int, limit: int) -> list[CaseRow]:
        """The customer's cases, open ones first, then the newest."""
        order = (Cases.status == Status.CLOSED, Cases.received_at.desc(), Cases.id.desc())
        return self._rows(rows().where(Cases.customer == customer_id).order_by(*order).limit(limit))

    def timeline(self, case_id: int, limit: int, before: Entry | None = None) -> list[Entry]:
        """The last `limit` entries before `before` in the order in which things happened, oldest first."""
        condition = Entries.case == case_id
        if before is not None:
            at = Entries.occurred_at
            condition &= (at < before.occurred_at) | ((at == before.occurred_at) & (Entries.id < before.id))
        order = (Entries.occurred_at.desc(), Entries.id.desc())
        return self._all(Entry, condition, *order, limit=limit)[::-1]

    def customer_timeline(self, customer_id: int, limit: int) -> list[Entry]:
        """The latest entries of all cases of a customer, newest first."""
        cases = Cases.select(Cases.id).where(Cases.customer == customer_id)
        order = (Entries.occurred_at.desc(), Entries.id.desc())
        return self._all(Entry, Entries.case.in_(cases), *order, limit=limit)

    def entries_since(self, case_id: int, version: int) -> list[Entry]:
        """Entries that came with a later version of the case, oldest first."""
        return self._all(Entry, (Entries.case == case_id) & (Entries.version > version), Entries.id)

    def entry(self, entry_id: int) -> Entry:
        """The timeline entry; raises NotFound."""
        return self._one(Entry, Entries.id == entry_id, "Entry: it is no longer there.")

    def calls(self, case_id: int) -> list[Call]:
        """All calls of a case, oldest first."""
        return self._all(Call, Calls.case == case_id, Calls.at, Calls.id)

    def actions(self, case_id: int) -> list[Action]:
        """All actions of a case in the order in which they were asked for."""
        return self._all(Action, Actions.case == case_id, Actions.requested_on, Actions.id)

    def promises(self, case_id: int) -> list[Promise]:
        """All promises of a case by due time."""
        return self._all(Promise, Promises.case == case_id, Promises.due_at, Promises.id)

    def remedies(self, case_id: int) -> list[Remedy]:
        """All remedies offered in a case, oldest first."""
        return self._all(Remedy, Remedies.case == case_id, Remedies.offered_on, Remedies.id)

    def last_change(self, *, case_id: int | None = None, by: str | None = None, undone: bool = False) -> Change | None:
        """The latest change that stands, or the one undone last; of one case, of one agent, or both."""
        condition = Changes.undone_by.is_null(not undone)
        if case_id is not None:
            condition &= Changes.case == case_id
        if by is not None:
            condition &= Changes.by == by
        latest = Changes.undone_by if undone else Changes.id
        return next(iter(self._all(Change, condition, latest.desc(), limit=1)), None)

    def page(
        self,
        query: QueueQuery,
        now: datetime,
        limit: int,
        after: Cursor | None = None,
        through: int | None = None,
    ) -> Page:
        """One page of a queue after a cursor, or as many together as it takes to hold the case `through`."""
        queue = self.queue(query, now)
        size = limit if through is None else limit * self._pages_to(through, queue, after, limit)
        found = self._rows(_after(after, queue, rows()).order_by(*queue.order).limit(size + 1))
        more = len(found) > size
        return Page(rows=tuple(found[:size]), after=place_of(found[size - 1], queue.sort) if more else None)

    def cases_page(self, query: QueueQuery, now: datetime, limit: int, after: Cursor | None = None) -> CasePage:
        """One page of a queue after a cursor, as whole cases with their customers."""
        queue = self.queue(query, now)
        whole = _after(after, queue, Cases.select(SELECTED[Case]))
        cases = [record_of(Case, row) for row in self._tuples(whole.order_by(*queue.order).limit(limit + 1))]
        more, cases = len(cases) > limit, cases[:limit]
        wanted = {case.customer_id for case in cases}
        customers = {one.id: one for one in self._customers(Customers.id << list(wanted), len(wanted))}
        return CasePage(
            cases=tuple((case, customers[case.customer_id]) for case in cases),
            after=place_of(cases[-1], queue.sort) if more else None,
        )

    def counts(self, query: QueueQuery, now: datetime, cap: int) -> Counts:
        """How many cases the query has by overdue status; `unowned` counts those of nobody, whoever is asked for."""
        whole = replace(query, due=DueFilter.ALL)

        def count(part: QueueQuery) -> int:
            queue = self.queue(replace(part, sort=Sort.ENTERED), now)
            return self._count(queue.of(Cases.select(SQL("1"))).limit(cap))

        return Counts(
            all=count(whole),
            overdue=count(replace(query, due=DueFilter.OVERDUE)),
            today=count(replace(query, due=DueFilter.TODAY)),
            soon=count(replace(query, due=DueFilter.SOON)),
            unowned=count(replace(whole, owner="")),
            cap=cap,
            as_of=now,
        )

    def values_used(self, field: str, limit: int) -> dict[str, int]:
        """The commonest values of a field among the latest cases with their numbers, most used first."""
        column = Cases._meta.fields[field]
        recent = Cases.select(column).order_by(Cases.id.desc()).limit(_RECENT_CASES)
        stored = [value for (value,) in self._tuples(recent) if value]
        used = Counter(tag for value in stored for tag in tags_of(value)) if field == "tags" else Counter(stored)
        return dict(sorted(used.items(), key=lambda one: (-one[1], one[0]))[:limit])

    def texts_of(self, case_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
        """What is searched of each case, as (title, text): its own texts, its customer's, and its entries."""
        texts: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for case_id, *own in self._tuples(own_texts().where(Cases.id << list(case_ids))):
            texts[case_id] += [(title, text) for title, text in zip(TEXT_TITLES, own, strict=True) if text]
        entries = Entries.select(Entries.case, Entries.kind, Entries.body).where(Entries.case << list(case_ids))
        for case_id, kind, body in self._tuples(entries.order_by(Entries.occurred_at, Entries.id)):
            texts[case_id] += [(kind.label, body)] if body else []
        return texts

    def agent(self, handle: str) -> Agent | None:
        """The agent with this handle."""
        return next(iter(self._all(Agent, Agents.handle == handle)), None)

    def agents(self) -> list[Agent]:
        """All agents by name."""
        return self._all(Agent, True, Agents.name, Agents.handle)

    def draft(self, agent: str, form: str) -> Draft | None:
        """The agent's kept draft of a form."""
        return next(iter(self._all(Draft, (Drafts.agent == agent) & (Drafts.form == form))), None)

    def drafts(self, agent: str) -> list[Draft]:
        """All kept drafts of an agent, newest first."""
        return self._all(Draft, Drafts.agent == agent, Drafts.saved_at.desc(), Drafts.form)

    def imported_keys(self, keys: Sequence[str]) -> dict[str, str]:
        """Which of these import keys are stored: {key: reference}."""
        found: dict[str, str] = {}
        for some in chunked(keys, _AT_ONCE):
            marks = ", ".join([self._db.param] * len(some))
            sql = f"SELECT import_key, reference FROM cases WHERE import_key IN ({marks})"
            found |= dict(self._db.execute_sql(sql, some))
        return found

    def import_run(self, run_id: int) -> ImportRun:
        """The import run; raises NotFound."""
        return self._one(ImportRun, ImportRuns.id == run_id, f"Run: there is no import run {run_id}.")

    def import_runs(self, limit: int) -> list[ImportRun]:
        """The latest import runs, newest first."""
        return self._all(ImportRun, True, ImportRuns.id.desc(), limit=limit)

    def _tuples(self, query: Any) -> Iterable[tuple[Any, ...]]:
        found: Iterable[tuple[Any, ...]] = query.tuples().bind(self._db).execute()
        return found

    def _rows(self, query: Any) -> list[CaseRow]:
        return [row_of_queue(row) for row in self._tuples(query)]

    def _count(self, query: Any) -> int:
        counted: int = query.bind(self._db).count()
        return counted

    def _all(self, kind: type[Kept], condition: Any, *order: Any, limit: int | None = None) -> list[Kept]:
        query = TABLE_OF[kind].select(SELECTED[kind]).where(condition).order_by(*order).limit(limit)
        return [record_of(kind, row) for row in self._tuples(query)]

    def _one(self, kind: type[Kept], condition: Any, refusal: str) -> Kept:
        for record in self._all(kind, condition):
            return record
        raise NotFound(refusal)

    def _customers(self, condition: Any, limit: int = 1) -> list[Customer]:
        query = Customers.select(SELECTED[Customer]).where(condition)
        found = list(self._tuples(query.order_by(Customers.name, Customers.id).limit(limit)))
        ids = [row[0] for row in found]
        phones: dict[int, tuple[str, ...]] = defaultdict(tuple)
        typed = Phones.select(Phones.customer, Phones.typed).where(Phones.customer << ids).order_by(Phones.place)
        for customer_id, number in self._tuples(typed):
            phones[customer_id] += (number,)
        return [record_of(Customer, row, phones=phones[row[0]]) for row in found]

    def _case_counts(self, customer_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
        """Open and all cases of each customer."""
        counts: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
        is_open = fn.SUM(Cases.status != Status.CLOSED)
        query = Cases.select(Cases.customer, is_open, fn.COUNT(Cases.id))
        for id_, open_count, count in self._tuples(
            query.where(Cases.customer << list(customer_ids)).group_by(Cases.customer)
        ):
            counts[id_] = (open_count, count)
        return counts

    def queue(self, query: QueueQuery, now: datetime) -> QueueSql:
        """What a query means, as a selection; where it matters for the way to the cases, words are counted first."""
        asked = selection(query, now, self.agents)
        match, rest = parted(asked.where)
        queue = QueueSql(match, rest, asked.sort or Sort.DUE, now)
        if match is None or queue.words_first:
            return queue
        ((hits,),) = self._db.execute_sql(*hits_to(match, FEW_HITS))
        return replace(queue, many_hits=hits == FEW_HITS)

    def _pages_to(self, case_id: int, queue: QueueSql, after: Cursor | None, limit: int) -> int:
        """How many pages it takes to reach a case; one where the queue does not have it, or too far on."""
        for row in self._rows(_after(after, queue, rows()).where(Cases.id == case_id)):
            before = _after(after, queue, Cases.select(SQL("1"))).where(queue.up_to(place_of(row, queue.sort)))
            place = self._count(before.limit(PAGES_MOST * limit + 1))
            return -(-place // limit) if place <= PAGES_MOST * limit else 1
        return 1


def _after(cursor: Cursor | None, queue: QueueSql, cases: Any) -> Any:
    """The selected cases of a queue that come after a place."""
    return queue.of(cases) if cursor is None else queue.of(cases).where(queue.beyond(cursor))


def _digits(customers: Iterable[Customer]) -> set[str]:
    """The digits of all their numbers; what was typed for a number without any digit tells nobody apart."""
    return {phone_query(number) for one in customers for number in one.phones} - {""}
