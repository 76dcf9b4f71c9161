"""Reading records; every list is bounded, and comes in one query where it can."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from peewee import fn

from tuitrack.domain import records
from tuitrack.domain.errors import NotFound
from tuitrack.domain.phone import phone_query
from tuitrack.domain.queue import CaseRow
from tuitrack.domain.words import Status
from tuitrack.storage.case_rows import ROW, case_rows
from tuitrack.storage.customer_sql import WITH_ACCOUNTS, WITH_NUMBERS, ways_to_find
from tuitrack.storage.due_reader import DueReader
from tuitrack.storage.feedback_reader import FeedbackReader
from tuitrack.storage.fields import epoch_ms, moment_of
from tuitrack.storage.handover_reader import HandoverReader
from tuitrack.storage.mapping import account_key, records_of
from tuitrack.storage.part_reader import PartReader
from tuitrack.storage.review_reader import ReviewReader
from tuitrack.storage.staff_reader import StaffReader
from tuitrack.storage.tables.cases import Cases, Customers

if TYPE_CHECKING:
    from tuitrack.domain.case_records import CaseRecords
    from tuitrack.domain.promises import LedgerQuery, PromiseLine

_CASES_OF = f"""
    SELECT {ROW} FROM cases AS t1 WHERE customer_id = ?
    ORDER BY status = ?, received_at DESC, id DESC LIMIT ?
"""
_CASE_KEYS = "SELECT import_key, reference FROM cases WHERE import_key IN ({})"
_ENTRY_KEYS = """
    SELECT imported_entry.import_key, cases.reference
    FROM imported_entry JOIN cases ON cases.id = imported_entry.case_id WHERE imported_entry.import_key IN ({})
"""


class SqlReader(PartReader, DueReader, StaffReader, HandoverReader, FeedbackReader, ReviewReader):
    """Implements the port `Reader` on an open transaction."""

    def case(self, case_id: int) -> records.Case:
        """The case; raises NotFound."""
        return self._one(records.Case, case_id, "Case: it is no longer there.")

    def case_by_reference(self, reference: str) -> records.Case | None:
        """The case with exactly this reference."""
        return next(iter(self._all(records.Case, "WHERE reference = ?", reference)), None)

    def customer(self, customer_id: int) -> records.Customer:
        """The customer; raises NotFound."""
        found = self._customers_with([customer_id])
        if not found:
            raise NotFound("Customer: there is no such customer any more.")
        return found[0]

    def find_customers(self, text: str, limit: int) -> list[records.CustomerMatch]:
        """Customers by account number (exact first), phone digits or name words."""
        found: dict[int, records.Customer] = {}
        for condition in ways_to_find(text):
            if len(found) < limit:
                fresh = condition & Customers.id.not_in(list(found)) if found else condition
                found |= {one.id: one for one in self._customers(fresh, limit - len(found))}
        counted = self._case_counts(found)
        return [
            records.CustomerMatch(customer=customer, open_count=counted[id_][0], case_count=counted[id_][1])
            for id_, customer in found.items()
        ]

    def known_customers(self, customers: Sequence[records.Customer]) -> list[int | None]:
        """For each, the id of a stored one with the same account number, or where it has none, same name and phone."""
        accounts = {account_key(one.account) for one in customers if one.account}
        by_account: dict[str, int] = dict(self._among(WITH_ACCOUNTS, accounts))
        backwards = {number[::-1] for number in _digits(customers)}
        by_phone = {(name, digits[::-1]): id_ for name, digits, id_ in self._among(WITH_NUMBERS, backwards)}
        return [
            by_account.get(account_key(one.account))
            if one.account
            else next(filter(None, (by_phone.get((one.name, phone_query(number))) for number in one.phones)), None)
            for one in customers
        ]

    def cases_of(self, customer_id: int, limit: int) -> list[CaseRow]:
        """The customer's cases, open ones first, then the newest."""
        return list(case_rows(self._db.execute_sql(_CASES_OF, (customer_id, Status.CLOSED.value, limit))))

    def timeline(self, case_id: int, limit: int, before: records.Entry | None = None) -> list[records.Entry]:
        """The last `limit` entries before `before` in the order in which things happened, oldest first."""
        earlier, place = "", []
        if before is not None:
            earlier, place = "AND (occurred_at, id) < (?, ?)", [epoch_ms(before.occurred_at), before.id]
        latest = f"WHERE case_id = ? {earlier} ORDER BY occurred_at DESC, id DESC LIMIT ?"
        return self._all(records.Entry, latest, case_id, *place, limit)[::-1]

    def customer_timeline(self, customer_id: int, limit: int) -> list[records.Entry]:
        """The latest entries of all cases of a customer, newest first."""
        of_customer = "WHERE case_id IN (SELECT id FROM cases WHERE customer_id = ?)"
        return self._all(records.Entry, f"{of_customer} ORDER BY occurred_at DESC, id DESC LIMIT ?", customer_id, limit)

    def entries_since(self, case_id: int, version: int) -> list[records.Entry]:
        """Entries that came with a later version of the case, oldest first."""
        return self._all(records.Entry, "WHERE case_id = ? AND version > ? ORDER BY id", case_id, version)

    def entry(self, entry_id: int) -> records.Entry:
        """The timeline entry; raises NotFound."""
        return self._one(records.Entry, entry_id, "Entry: it is no longer there.")

    def calls(self, case_id: int) -> list[records.Call]:
        """All calls of a case, oldest first."""
        return self._of_case(records.Call, case_id)

    def actions(self, case_id: int) -> list[records.Action]:
        """All actions of a case in the order in which they were asked for."""
        return self._of_case(records.Action, case_id)

    def promises(self, case_id: int) -> list[records.Promise]:
        """All promises of a case by due time."""
        return self._of_case(records.Promise, case_id)

    def ledger(
        self, query: LedgerQuery, now: datetime, limit: int, after: records.Promise | None = None
    ) -> list[PromiseLine]:
        """The first lines of the ledger, or those after a promise."""
        from tuitrack.domain.promises import PromiseLine
        from tuitrack.storage.ledger_sql import LedgerSql

        found = list(self._run(LedgerSql(query, now).page(limit, after)))
        promises = records_of(records.Promise, found)
        return [
            PromiseLine(
                promise=promise,
                reference=reference,
                customer=customer,
                owner=owner,
                moved_to=None if moved_to is None else moment_of(moved_to),
                told_at=None if told_at is None else moment_of(told_at),
            )
            for promise, (*_, reference, customer, owner, moved_to, told_at) in zip(promises, found, strict=True)
        ]

    def count_promises(self, query: LedgerQuery, now: datetime, cap: int) -> int:
        """How many promises the ledger has, counted to `cap` at the most."""
        from tuitrack.storage.ledger_sql import LedgerSql

        return self._number(LedgerSql(query, now).count(cap))

    def promises_counted(self, query: LedgerQuery, now: datetime, by: str) -> dict[str, int]:
        """How many promises of everybody the ledger has, by `by` of each or by the `category` of its case."""
        from tuitrack.storage.ledger_sql import LedgerSql

        return dict(self._run(LedgerSql(query, now).counted(by)))

    def remedies(self, case_id: int) -> list[records.Remedy]:
        """All remedies offered in a case, oldest first."""
        return self._of_case(records.Remedy, case_id)

    def clocks(self, case_id: int) -> list[records.Clock]:
        """All clocks of a case by due time."""
        return self._of_case(records.Clock, case_id)

    def pauses(self, case_id: int) -> list[records.Pause]:
        """All pauses of a case, oldest first."""
        return self._of_case(records.Pause, case_id)

    def case_records(self, case_id: int) -> CaseRecords:
        """What belongs to a case but for its timeline; all of it is asked for before any answer is waited for."""
        from tuitrack.domain.case_records import CaseRecords

        ask = self._asked_of_case
        calls, actions, promises = (
            ask(records.Call, case_id),
            ask(records.Action, case_id),
            ask(records.Promise, case_id),
        )
        remedies, clocks, pauses = (
            ask(records.Remedy, case_id),
            ask(records.Clock, case_id),
            ask(records.Pause, case_id),
        )
        escalations, posts = ask(records.Escalation, case_id), ask(records.PublicPost, case_id)
        feedback, readings = ask(records.Feedback, case_id), ask(records.CaseReading, case_id)
        ticks = ask(records.Tick, case_id)
        return CaseRecords(
            calls(),
            actions(),
            promises(),
            remedies(),
            clocks(),
            pauses(),
            escalations(),
            posts(),
            feedback(),
            readings(),
            ticks(),
        )

    def denials(self, limit: int) -> list[records.Denial]:
        """What was last tried without a right to it, newest first."""
        return self._all(records.Denial, "ORDER BY id DESC LIMIT ?", limit)

    def escalations(self, case_id: int) -> list[records.Escalation]:
        """All escalations of a case, oldest first."""
        return self._of_case(records.Escalation, case_id)

    def public_posts(self, case_id: int) -> list[records.PublicPost]:
        """The complaints of a case that were published, the first seen first."""
        return self._of_case(records.PublicPost, case_id)

    def ticks(self, case_id: int) -> list[records.Tick]:
        """The steps of the procedure that were done or skipped in a case, in the order in which that was said."""
        return self._of_case(records.Tick, case_id)

    def rule_versions(self) -> list[records.RuleVersion]:
        """All versions of the rules of deadlines, oldest first."""
        return self._all(records.RuleVersion, "ORDER BY since, id")

    def desk_texts(self) -> list[records.DeskText]:
        """All versions of all texts that the desk brought in, by name and number."""
        return self._all(records.DeskText, "ORDER BY name, version")

    def text_readings(self) -> list[records.TextReading]:
        """Who has read which version of which text, oldest first."""
        return self._all(records.TextReading, "ORDER BY at, id")

    def quality_targets(self) -> list[records.QualityTarget]:
        """All targets that were ever set for measures of the quality report, oldest first."""
        return self._all(records.QualityTarget, "ORDER BY id")

    def last_change(
        self, *, case_id: int | None = None, by: str | None = None, undone: bool = False
    ) -> records.Change | None:
        """The latest change that stands, or the one undone last; of one case, of one agent, or both."""
        whose = {name: value for name, value in (("case_id", case_id), ("by", by)) if value is not None}
        conditions = [f"undone_by IS {'NOT ' if undone else ''}NULL", *(f'"{name}" = ?' for name in whose)]
        latest = f"ORDER BY {'undone_by' if undone else 'id'} DESC LIMIT 1"
        return next(
            iter(self._all(records.Change, f"WHERE {' AND '.join(conditions)} {latest}", *whose.values())), None
        )

    def receipt(self, key: str) -> records.Receipt | None:
        """What tells of something stored under a key."""
        return next(iter(self._all(records.Receipt, 'WHERE "key" = ?', key)), None)

    def run_cases(self, run: int, *, undone: bool = False) -> dict[int, int]:
        """The changes of a run that stand, or that are undone, in their order: {change: its case}."""
        of_run = f"SELECT id, case_id FROM change WHERE run = ? AND undone_by IS {'NOT ' if undone else ''}NULL"
        return dict(self._db.execute_sql(f"{of_run} ORDER BY id", (run,)))

    def draft(self, agent: str, form: str) -> records.Draft | None:
        """The agent's kept draft of a form."""
        return next(iter(self._all(records.Draft, "WHERE agent = ? AND form = ?", agent, form)), None)

    def drafts(self, agent: str) -> list[records.Draft]:
        """All kept drafts of an agent, newest first."""
        return self._all(records.Draft, "WHERE agent = ? ORDER BY saved_at DESC, form", agent)

    def all_drafts(self) -> list[records.Draft]:
        """The kept drafts of everybody, by agent, newest first."""
        return self._all(records.Draft, "ORDER BY agent, saved_at DESC, form")

    def preference(self, agent: str, name: str) -> str | None:
        """What the agent chose under a name, None where they chose nothing."""
        chosen = "SELECT value FROM preference WHERE agent = ? AND name = ?"
        return next((value for (value,) in self._db.execute_sql(chosen, (agent, name))), None)

    def imported_keys(self, keys: Sequence[str]) -> dict[str, str]:
        """Which of these import keys are stored, with a case or an entry: {key: the case's reference}."""
        found: dict[str, str] = dict(self._among(_CASE_KEYS, keys))
        return found | dict(self._among(_ENTRY_KEYS, keys))

    def imported_entries(self, run_id: int) -> list[records.ImportedEntry]:
        """The entries that a run added to cases of ours, oldest first."""
        return self._all(records.ImportedEntry, "WHERE import_run_id = ? ORDER BY id", run_id)

    def import_run(self, run_id: int) -> records.ImportRun:
        """The import run; raises NotFound."""
        return self._one(records.ImportRun, run_id, f"Run: there is no import run {run_id}.")

    def import_runs(self, limit: int) -> list[records.ImportRun]:
        """The latest import runs, newest first."""
        return self._all(records.ImportRun, "ORDER BY id DESC LIMIT ?", limit)

    def _case_counts(self, customer_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
        """Open and all cases of each customer."""
        counts: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
        is_open = fn.COUNT(Cases.id).filter(Cases.status != Status.CLOSED)
        query = Cases.select(Cases.customer, is_open, fn.COUNT(Cases.id))
        for id_, open_count, count in self._tuples(
            query.where(Cases.customer << list(customer_ids)).group_by(Cases.customer)
        ):
            counts[id_] = (open_count, count)
        return counts


def _digits(customers: Iterable[records.Customer]) -> set[str]:
    """The digits of all their numbers; what was typed for a number without any digit tells nobody apart."""
    return {phone_query(number) for one in customers for number in one.phones} - {""}
