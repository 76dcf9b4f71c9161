"""A store in memory that does the plainest thing; the contract suite holds it to what the databases do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar

from tests.past_answers import take_back
from tests.query_answers import CaseFacts, Known, calls, has_words, holds, is_asked_for, relevance
from tuitrack.domain.case import Case
from tuitrack.domain.case_records import CaseRecords
from tuitrack.domain.change import Change, OfCase
from tuitrack.domain.clocks import Clock, Pause
from tuitrack.domain.deadlines import DueCount, DueFilter, PromiseDue, Upcoming, deadlines, window
from tuitrack.domain.desk_texts import DeskText, TextReading
from tuitrack.domain.errors import NotFound
from tuitrack.domain.feedback import CaseReading, Feedback
from tuitrack.domain.handover import Handover, HandoverItem
from tuitrack.domain.keeping import Denial, Draft, ImportedEntry, ImportRun, Receipt, RuleVersion
from tuitrack.domain.loop import was_contacted
from tuitrack.domain.people import Absence, Agent, Customer, CustomerMatch
from tuitrack.domain.phone import phone_query
from tuitrack.domain.presence import Presence
from tuitrack.domain.procedure import Tick
from tuitrack.domain.promises import LedgerQuery, PromiseLine
from tuitrack.domain.quality.targets import QualityTarget
from tuitrack.domain.query.fields import Field, Trait
from tuitrack.domain.query.matching import tags_of
from tuitrack.domain.query.selection import selection
from tuitrack.domain.query.terms import Between, Is, OneOf, Term
from tuitrack.domain.queue import (
    BEST_AMONG_MOST,
    NOT_KEPT,
    CasePage,
    CaseRow,
    Counts,
    Cursor,
    Page,
    QueueQuery,
    Sort,
    WholeCase,
)
from tuitrack.domain.recurrence import Recurrence
from tuitrack.domain.reviews import Review, ReviewPlan
from tuitrack.domain.samples import Audit, Sample
from tuitrack.domain.ssh_keys import AgentKey
from tuitrack.domain.text import words_of
from tuitrack.domain.timeline import Action, Call, Entry, Escalation, Promise, PublicPost, Remedy
from tuitrack.domain.words import CallResult, Direction, Track
from tuitrack.domain.workload import Load
from tuitrack.services.changing import stale
from tuitrack.services.ports import R, Record

Told = TypeVar(
    "Told", Entry, Call, Action, Promise, Remedy, Clock, Pause, Escalation, PublicPost, Feedback, CaseReading, Tick
)

NEVER = 9_000_000_000_000_000


@dataclass
class Data:
    """Everything stored: records by type and id, agents by handle, drafts and preferences by agent and name."""

    records: dict[type, dict[int, Any]] = field(default_factory=lambda: {kind: {} for kind in R.__constraints__})
    last_ids: Counter[type] = field(default_factory=Counter)
    sequences: Counter[int] = field(default_factory=Counter)
    agents: dict[str, Agent] = field(default_factory=dict)
    drafts: dict[tuple[str, str], Draft] = field(default_factory=dict)
    preferences: dict[tuple[str, str], str] = field(default_factory=dict)
    presences: dict[str, Presence] = field(default_factory=dict)
    receipts: dict[str, Receipt] = field(default_factory=dict)
    news: int = 0

    def copy(self) -> Data:
        """The same records, which never change, in containers of their own."""
        records = {kind: dict(known) for kind, known in self.records.items()}
        return Data(
            records,
            self.last_ids.copy(),
            self.sequences.copy(),
            dict(self.agents),
            dict(self.drafts),
            dict(self.preferences),
            dict(self.presences),
            dict(self.receipts),
            self.news,
        )


class MemoryReader:
    """Implements the port `Reader`."""

    def __init__(self, data: Data, in_doubt: int | None = None) -> None:
        """`in_doubt` is given where the data are of the past."""
        self.data = data
        self.in_doubt = in_doubt

    def case(self, case_id: int) -> Case:
        return self._known(Case, case_id)

    def case_by_reference(self, reference: str) -> Case | None:
        return next((case for case in self._all(Case) if case.reference == reference), None)

    def customer(self, customer_id: int) -> Customer:
        return self._known(Customer, customer_id)

    def entry(self, entry_id: int) -> Entry:
        return self._known(Entry, entry_id)

    def import_run(self, run_id: int) -> ImportRun:
        return self._known(ImportRun, run_id)

    def find_customers(self, text: str, limit: int) -> list[CustomerMatch]:
        ranked = [(rank, c.name, c.id, c) for c in self._all(Customer) if (rank := _customer_rank(c, text)) is not None]
        found = [one[-1] for one in sorted(ranked, key=lambda one: one[:3])[:limit]]
        cases = {c.id: [case for case in self._all(Case) if case.customer_id == c.id] for c in found}
        return [
            CustomerMatch(customer=c, open_count=sum(x.is_open for x in cases[c.id]), case_count=len(cases[c.id]))
            for c in found
        ]

    def known_customers(self, customers: Sequence[Customer]) -> list[int | None]:
        return [next((one.id for one in self._all(Customer) if _same_person(one, told)), None) for told in customers]

    def cases_of(self, customer_id: int, limit: int) -> list[CaseRow]:
        cases = [case for case in self._all(Case) if case.customer_id == customer_id]
        cases.sort(key=lambda case: (case.is_open, case.received_at, case.id), reverse=True)
        return [self._row(case) for case in cases[:limit]]

    def timeline(self, case_id: int, limit: int, before: Entry | None = None) -> list[Entry]:
        entries = self._of_case(Entry, case_id, _happened)
        return [one for one in entries if before is None or _happened(one) < _happened(before)][-limit:]

    def customer_timeline(self, customer_id: int, limit: int) -> list[Entry]:
        entries = [e for e in self._all(Entry) if self.case(e.case_id).customer_id == customer_id]
        return sorted(entries, key=_happened, reverse=True)[:limit]

    def entries_since(self, case_id: int, version: int) -> list[Entry]:
        return [one for one in self._of_case(Entry, case_id, lambda one: one.id) if one.version > version]

    def calls(self, case_id: int) -> list[Call]:
        return self._of_case(Call, case_id, lambda call: (call.at, call.id))

    def actions(self, case_id: int) -> list[Action]:
        return self._of_case(Action, case_id, lambda action: (action.requested_on, action.id))

    def promises(self, case_id: int) -> list[Promise]:
        return self._of_case(Promise, case_id, lambda promise: (promise.due_at, promise.id))

    def ledger(self, query: LedgerQuery, now: datetime, limit: int, after: Promise | None = None) -> list[PromiseLine]:
        falls = not query.standing.is_open
        found = sorted(self._promised(query, now), key=_due, reverse=falls)
        if after is not None:
            found = [one for one in found if (_due(one) < _due(after) if falls else _due(one) > _due(after))]
        return [self._line(one) for one in found[:limit]]

    def count_promises(self, query: LedgerQuery, now: datetime, cap: int) -> int:
        return min(len(self._promised(query, now)), cap)

    def promises_counted(self, query: LedgerQuery, now: datetime, by: str) -> dict[str, int]:
        found = self._promised(query, now)
        return dict(Counter(one.by if by == "by" else self.case(one.case_id).category for one in found))

    def _promised(self, query: LedgerQuery, now: datetime) -> list[Promise]:
        return [one for one in self._all(Promise) if is_asked_for(one, self.case(one.case_id), query, now)]

    def _line(self, promise: Promise) -> PromiseLine:
        case = self.case(promise.case_id)
        anew = next((one for one in self.promises(case.id) if one.renegotiates == promise.id), None)
        told = next((call.at for call in self.calls(case.id) if anew and call.id == anew.call_id), None)
        return PromiseLine(
            promise=promise,
            reference=case.reference,
            customer=self.customer(case.customer_id).name,
            owner=case.owner,
            moved_to=anew.due_at if anew else None,
            told_at=told,
        )

    def remedies(self, case_id: int) -> list[Remedy]:
        return self._of_case(Remedy, case_id, lambda remedy: (remedy.offered_on, remedy.id))

    def clocks(self, case_id: int) -> list[Clock]:
        return self._of_case(Clock, case_id, lambda clock: (clock.due_at, clock.id))

    def pauses(self, case_id: int) -> list[Pause]:
        return self._of_case(Pause, case_id, lambda pause: (pause.since, pause.id))

    def case_records(self, case_id: int) -> CaseRecords:
        return CaseRecords(
            calls=self.calls(case_id),
            actions=self.actions(case_id),
            promises=self.promises(case_id),
            remedies=self.remedies(case_id),
            clocks=self.clocks(case_id),
            pauses=self.pauses(case_id),
            escalations=self.escalations(case_id),
            public_posts=self.public_posts(case_id),
            feedback=self.feedback(case_id),
            readings=self.readings(case_id),
            ticks=self.ticks(case_id),
        )

    def denials(self, limit: int) -> list[Denial]:
        """What was last tried without a right to it, newest first."""
        return sorted(self._all(Denial), key=lambda denial: -denial.id)[:limit]

    def escalations(self, case_id: int) -> list[Escalation]:
        return self._of_case(Escalation, case_id, lambda escalation: (escalation.at, escalation.id))

    def public_posts(self, case_id: int) -> list[PublicPost]:
        return self._of_case(PublicPost, case_id, lambda post: (post.seen_on, post.id))

    def feedback(self, case_id: int) -> list[Feedback]:
        return self._of_case(Feedback, case_id, lambda one: (one.at, one.id))

    def feedback_to(self, agent: str, team: str, limit: int) -> list[Feedback]:
        mine = [one for one in self._all(Feedback) if one.is_for(agent, team) and one.to]
        return sorted(mine, key=_as_listed)[:limit]

    def readings(self, case_id: int) -> list[CaseReading]:
        return self._of_case(CaseReading, case_id, lambda one: (one.at, one.id))

    def readings_counted(self, since: datetime, before: datetime) -> dict[str, int]:
        read = {(one.by, one.case_id) for one in self._all(CaseReading) if since <= one.at < before}
        return dict(Counter(by for by, _ in read))

    def review_plans(self) -> list[ReviewPlan]:
        return sorted(self._all(ReviewPlan), key=lambda plan: (plan.next_due, plan.name, plan.id))

    def review_plan(self, plan_id: int) -> ReviewPlan:
        return self._known(ReviewPlan, plan_id)

    def reviews(self, limit: int) -> list[Review]:
        return sorted(self._all(Review), key=lambda review: (review.due_on, review.id), reverse=True)[:limit]

    def review(self, review_id: int) -> Review:
        return self._known(Review, review_id)

    def reviews_due(self, agent: str, today: date) -> dict[str, date]:
        away = {absence.agent for absence in self._all(Absence) if absence.is_on(today)}
        due = [plan for plan in self.review_plans() if plan.active and plan.next_due <= today]
        return {
            plan.name: plan.next_due
            for plan in due
            if plan.owner == agent or (plan.deputy == agent and plan.owner in away)
        }

    def samples(self, limit: int) -> list[Sample]:
        return sorted(self._all(Sample), key=lambda sample: sample.id, reverse=True)[:limit]

    def sample(self, sample_id: int) -> Sample:
        return self._known(Sample, sample_id)

    def audits(self, sample_id: int) -> list[Audit]:
        of_sample = [audit for audit in self._all(Audit) if audit.sample_id == sample_id]
        return sorted(of_sample, key=lambda audit: (audit.case_id, audit.id))

    def feedback_counted(self, since: datetime, before: datetime) -> tuple[int, int, int]:
        sent = [one for one in self._all(Feedback) if since <= one.at < before]
        return len(sent), sum(one.read_at is not None for one in sent), sum(not one.is_open for one in sent)

    def corrected_before(self, case: Case) -> Action | None:
        earlier = [
            one
            for one in self._all(Case)
            if (one.cause, one.category) == (case.cause, case.category)
            and one.received_at < case.received_at
            and one.id != case.id
        ]
        for one in sorted(earlier, key=lambda one: one.received_at, reverse=True):
            for action in sorted(self.actions(one.id), key=lambda action: action.id):
                if action.track is Track.PROCESS and action.done_at and action.done_at < case.received_at:
                    return action
        return None

    def recurrences(self, limit: int) -> list[Recurrence]:
        came: dict[tuple[str, str], list[tuple[datetime, date]]] = {}
        for case in self._all(Case):
            action = self.data.records[Action].get(case.recurs_after or 0)
            if action is not None and action.done_on is not None:
                came.setdefault((case.cause, case.category), []).append((case.received_at, action.done_on))
        found = [
            Recurrence(*alike, len(several), max(at for at, _ in several), max(day for _, day in several))
            for alike, several in came.items()
        ]
        return sorted(found, key=lambda one: one.last_at, reverse=True)[:limit]

    def actions_due(self, assignee: str, before: datetime, limit: int) -> list[Action]:
        mine = [one for one in self._all(Action) if one.is_open and one.assignee == assignee]
        due = [(one.due_at, one.id, one) for one in mine if one.due_at is not None and one.due_at < before]
        return [one for *_, one in sorted(due, key=lambda one: one[:2])][:limit]

    def callbacks(self, owner: str, limit: int) -> list[Call]:
        missed = []
        for case in self._all(Case):
            if (case.owner or "") == owner and case.is_open:
                *_, last = (None, *filter(_missed_or_ours, self.calls(case.id)))
                missed += [last] if last is not None and last.result is not CallResult.REACHED else []
        return sorted(missed, key=lambda call: (call.at, call.id))[:limit]

    def handover(self, handover_id: int) -> Handover:
        return self._known(Handover, handover_id)

    def handover_item(self, item_id: int) -> HandoverItem:
        return self._known(HandoverItem, item_id)

    def handover_items(self, handover_id: int) -> list[HandoverItem]:
        return sorted((i for i in self._all(HandoverItem) if i.handover_id == handover_id), key=lambda i: i.id)

    def open_handovers(self, agent: str) -> list[Handover]:
        unanswered = [one for one in self._of_agent(agent) if any(i.is_open for i in self.handover_items(one.id))]
        return sorted(unanswered, key=lambda one: one.id)

    def handovers(self, agent: str, limit: int) -> list[Handover]:
        return sorted(self._of_agent(agent), key=lambda one: one.id, reverse=True)[:limit]

    def _of_agent(self, agent: str) -> list[Handover]:
        return [one for one in self._all(Handover) if agent in (one.giver, one.receiver)]

    def ticks(self, case_id: int) -> list[Tick]:
        return self._of_case(Tick, case_id, lambda tick: (tick.at, tick.id))

    def rule_versions(self) -> list[RuleVersion]:
        return sorted(self._all(RuleVersion), key=lambda version: (version.since, version.id))

    def desk_texts(self) -> list[DeskText]:
        return sorted(self._all(DeskText), key=lambda text: (text.name, text.version))

    def text_readings(self) -> list[TextReading]:
        return sorted(self._all(TextReading), key=lambda reading: (reading.at, reading.id))

    def quality_targets(self) -> list[QualityTarget]:
        return sorted(self._all(QualityTarget), key=lambda target: target.id)

    def last_change(self, *, case_id: int | None = None, by: str | None = None, undone: bool = False) -> Change | None:
        found = [
            change
            for change in self._all(Change)
            if (change.undone_by is not None) == undone
            and case_id in (None, change.case_id)
            and by in (None, change.by)
        ]
        return max(found, key=lambda change: change.undone_by or change.id, default=None)

    def receipt(self, key: str) -> Receipt | None:
        return self.data.receipts.get(key)

    def run_cases(self, run: int, *, undone: bool = False) -> dict[int, int]:
        of_run = [one for one in self._all(Change) if one.run == run and (one.undone_by is not None) == undone]
        return {one.id: one.case_id for one in sorted(of_run, key=lambda one: one.id)}

    def page(
        self,
        query: QueueQuery,
        now: datetime,
        limit: int,
        after: Cursor | None = None,
        through: int | None = None,
    ) -> Page:
        asked = selection(query, now, self.agents)
        cases = self._found(asked.where, now)
        sort = self._sort_of(asked.sort, len(cases))
        falling = sort in (Sort.NEWEST, Sort.TOUCHED, Sort.ENTERED, Sort.BEST)
        keys = {case.id: _key(case, sort) for case in cases}
        if sort is Sort.BEST:
            everything = [self._facts(case) for case in self._all(Case)]
            keys = {case.id: relevance(asked.where, self._facts(case), everything, now) for case in cases}
        places = sorted(((key, case_id) for case_id, key in keys.items()), reverse=falling)
        if after is not None:
            start = (after.key, after.case_id)
            places = [place for place in places if (place < start if falling else place > start)]
        ids = [case_id for _, case_id in places]
        if through in ids[: 20 * limit]:
            limit *= ids.index(through) // limit + 1
        rows = tuple(self._row(self.case(case_id)) for case_id in ids[:limit])
        following = Cursor(*places[limit - 1]) if len(places) > limit else None
        return Page(rows, following, in_doubt=self.in_doubt or 0)

    def cases_page(self, query: QueueQuery, now: datetime, limit: int, after: Cursor | None = None) -> CasePage:
        page = self.page(query, now, limit, after)
        return CasePage(tuple(self._whole(self.case(row.id)) for row in page.rows), page.after)

    def _whole(self, case: Case) -> WholeCase:
        due = deadlines(self.promises(case.id), self.actions(case.id), self.clocks(case.id))
        return WholeCase(case, self.customer(case.customer_id), tuple(due))

    def counts(self, query: QueueQuery, now: datetime, cap: int) -> Counts:
        def count(**part: Any) -> int:
            asked = selection(replace(query, **part), now, self.agents)
            return min(cap, len(self._found(asked.where, now)))

        return Counts(
            all=count(due=DueFilter.ALL),
            overdue=count(due=DueFilter.OVERDUE),
            today=count(due=DueFilter.TODAY),
            soon=count(due=DueFilter.SOON),
            unowned=count(due=DueFilter.ALL, owner=""),
            chosen=count() if query.due in (DueFilter.PAUSED, DueFilter.LATE) else None,
            cap=cap,
            as_of=now,
        )

    def count(self, query: QueueQuery, now: datetime, cap: int) -> int:
        return min(cap, len(self._found(selection(query, now, self.agents).where, now)))

    def count_parts(
        self, query: QueueQuery, parts: Sequence[QueueQuery], now: datetime, by: Sequence[Field] = ()
    ) -> dict[tuple[str, ...], tuple[int, ...]]:
        wanted = [selection(part, now, self.agents).where for part in parts]
        found: dict[tuple[str, ...], list[int]] = {}
        for case in self._found(selection(query, now, self.agents).where, now):
            counts = found.setdefault(tuple(getattr(case, field) or "" for field in by), [0] * (1 + len(parts)))
            facts = self._facts(case)
            for place, holds_too in enumerate([True, *(holds(where, facts, now) for where in wanted)]):
                counts[place] += holds_too
        return {values: tuple(counts) for values, counts in found.items()}

    def order(self, query: QueueQuery, now: datetime) -> Sort:
        asked = selection(query, now, self.agents)
        return self._sort_of(asked.sort, len(self._found(asked.where, now)))

    def references(
        self, query: QueueQuery, now: datetime, limit: int, among: frozenset[int] | None = None
    ) -> dict[int, str]:
        everything = self.page(query, now, len(self._all(Case))).rows
        found = [row for row in everything if among is None or row.id in among]
        return {row.id: row.reference for row in found[:limit]}

    def due_counts(self, edges: Sequence[datetime]) -> list[DueCount]:
        found: Counter[tuple[int, str, str | None, str, bool]] = Counter()
        for case in self._all(Case):
            if not case.is_open and case.next_due_at is None:
                continue
            step = len(edges) if case.next_due_at is None else sum(edge <= case.next_due_at for edge in edges)
            sort = (case.next_due_kind, case.owner, case.category)
            if step < len(edges):
                found[step, *sort, False] += 1
            if any(clock.paused_at and not clock.met_at for clock in self.clocks(case.id)):
                found[step, *sort, True] += 1
        return [DueCount(*alike, cases) for alike, cases in found.items()]

    def promises_due(self, owner: str | None, since: datetime, before: datetime, limit: int) -> list[PromiseDue]:
        found = sorted(
            (promise.due_at, promise.id, promise)
            for promise in self._all(Promise)
            if promise.is_open and since <= promise.due_at < before
        )
        told = [(promise, self.case(promise.case_id)) for *_, promise in found]
        return [
            PromiseDue(promise.due_at, case.reference, self.customer(case.customer_id).name, promise.what)
            for promise, case in told
            if owner in (None, promise.by, case.owner)
        ][:limit]

    def becoming_due(self, owner: str | None, since: datetime, before: datetime, limit: int) -> list[Upcoming]:
        cases = [case for case in self._all(Case) if case.is_open or case.next_due_at is not None]
        cases = [case for case in cases if owner in (None, case.owner)]
        due = [_upcoming(case, case.next_due_kind, case.next_due_at) for case in cases if case.next_due_at]
        targets = [
            _upcoming(case, clock.kind, clock.target_at, is_target=True)
            for case in cases
            for clock in self.clocks(case.id)
            if clock.is_running and clock.target_at
        ]
        found = [
            one
            for sort in (due, targets)
            for one in sorted((one for one in sort if since <= one.at < before), key=lambda one: (one.at, one.case_id))[
                :limit
            ]
        ]
        return sorted(found, key=lambda one: (one.at, one.case_id, one.is_target))

    def values_used(self, field: str, limit: int) -> dict[str, int]:
        stored = [getattr(case, field) for case in self._all(Case) if getattr(case, field)]
        used = Counter(tag for tags in stored for tag in tags_of(tags)) if field == "tags" else Counter(stored)
        return dict(sorted(used.items(), key=lambda one: (-one[1], one[0]))[:limit])

    def texts_of(self, case_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
        return {case_id: [one for one in self._texts(self.case(case_id)) if one[1]] for case_id in case_ids}

    def agent(self, handle: str) -> Agent | None:
        return self.data.agents.get(handle)

    def agents(self) -> list[Agent]:
        return sorted(self.data.agents.values(), key=lambda agent: (agent.name, agent.handle))

    def agent_keys(self) -> list[AgentKey]:
        """All public keys, by agent and then by age."""
        return sorted(self._all(AgentKey), key=lambda key: (key.agent, key.id))

    def absences(self, since: date) -> list[Absence]:
        lasting = [absence for absence in self._all(Absence) if absence.until >= since]
        return sorted(lasting, key=lambda absence: (absence.since, absence.id))

    def workload(self, now: datetime) -> dict[str | None, Load]:
        loads: dict[str | None, Load] = {}
        for case in self._all(Case):
            facts = self._facts(case)
            if holds(Is(Trait.OPEN), facts, now):
                today = holds(Between(Field.DUE, *window(DueFilter.TODAY, now)), facts, now)
                overdue, promised, unconfirmed = (
                    holds(term, facts, now)
                    for term in (Is(Trait.OVERDUE), OneOf(Field.PROMISE, ("open",)), Is(Trait.UNCONFIRMED))
                )
                load = Load(1, overdue, today, promised, unconfirmed)
                loads[case.owner] = loads.get(case.owner, Load()) + load
        return loads

    def draft_counts(self) -> dict[str, int]:
        return Counter(draft.agent for draft in self.data.drafts.values())

    def draft(self, agent: str, form: str) -> Draft | None:
        return self.data.drafts.get((agent, form))

    def presences(self, now: datetime) -> list[Presence]:
        there = [one for one in self.data.presences.values() if one.until > now]
        return sorted(there, key=lambda one: (one.agent, one.session))

    def drafts(self, agent: str) -> list[Draft]:
        own = [draft for draft in self.data.drafts.values() if draft.agent == agent]
        return sorted(own, key=lambda draft: draft.saved_at, reverse=True)

    def all_drafts(self) -> list[Draft]:
        return [draft for agent in sorted({agent for agent, _ in self.data.drafts}) for draft in self.drafts(agent)]

    def preference(self, agent: str, name: str) -> str | None:
        return self.data.preferences.get((agent, name))

    def imported_keys(self, keys: Sequence[str]) -> dict[str, str]:
        stored = {case.import_key: case.reference for case in self._all(Case)}
        stored |= {one.import_key: self.case(one.case_id).reference for one in self._all(ImportedEntry)}
        return {key: stored[key] for key in keys if key in stored}

    def imported_entries(self, run_id: int) -> list[ImportedEntry]:
        found = [one for one in self._all(ImportedEntry) if one.import_run_id == run_id]
        return sorted(found, key=lambda one: one.id)

    def import_runs(self, limit: int) -> list[ImportRun]:
        return sorted(self._all(ImportRun), key=lambda run: run.id, reverse=True)[:limit]

    def _all(self, kind: type[R]) -> list[R]:
        return list(self.data.records[kind].values())

    def _known(self, kind: type[R], record_id: int) -> R:
        try:
            record: R = self.data.records[kind][record_id]
        except KeyError:
            raise NotFound(f"{kind.__name__}: there is none with id {record_id}.") from None
        return record

    def _of_case(self, kind: type[Told], case_id: int, order: Callable[[Told], Any]) -> list[Told]:
        return sorted((one for one in self._all(kind) if one.case_id == case_id), key=order)

    def _row(self, case: Case) -> CaseRow:
        values = {name: getattr(case, name) for name in CaseRow._fields if name not in {"customer_name", *NOT_KEPT}}
        return CaseRow(customer_name=self.customer(case.customer_id).name, **values)

    def _sort_of(self, sort: Sort | None, found: int) -> Sort:
        too_many = self.in_doubt is not None or found > BEST_AMONG_MOST
        return Sort.ENTERED if sort is Sort.BEST and too_many else sort or Sort.DUE

    def _found(self, where: Term, now: datetime) -> list[Case]:
        return [case for case in self._all(Case) if holds(where, self._facts(case), now)]

    def _facts(self, case: Case) -> CaseFacts:
        notes = [entry.body for entry in self._of_case(Entry, case.id, _happened)]
        id_ = case.id
        records: list[Known] = [*self.promises(id_), *self.actions(id_), *self.remedies(id_)]
        records += [*self.calls(id_), *self.clocks(id_), *self.escalations(id_), *self.public_posts(id_)]
        owner = self.agent(case.owner) if case.owner else None
        away = [absence for absence in self._all(Absence) if absence.agent == case.owner]
        rules = [one.id for one in self.rule_versions() if one.since <= case.follows_rules_of]
        number, customer = rules[-1] if rules else 0, self.customer(case.customer_id)
        return CaseFacts(
            case,
            customer,
            notes,
            records,
            owner,
            self.ticks(id_),
            away,
            self.feedback(id_),
            self.readings(id_),
            was_contacted(self.calls(id_), self._of_case(Entry, id_, _happened)),
            self._of_case(Entry, id_, _happened),
            number,
        )

    def _texts(self, case: Case) -> list[tuple[str, str]]:
        customer = self.customer(case.customer_id)
        return [
            ("subject", case.subject),
            ("customer's words", case.words),
            ("details", case.details),
            ("resolution", case.resolution),
            ("reference", case.reference),
            ("number elsewhere", case.foreign_id),
            ("customer", customer.name),
            ("account", customer.account),
            ("phone", ", ".join(customer.phones)),
            *((entry.kind.label, entry.body) for entry in self._of_case(Entry, case.id, _happened)),
        ]


class MemoryWriter(MemoryReader):
    """Implements the port `Writer`."""

    def __init__(self, before: Data) -> None:
        """`before` stays as it is; what is written goes into a copy of it."""
        super().__init__(before.copy())
        self._before = before

    @property
    def is_news(self) -> bool:
        """Whether anything was written that a screen may show."""
        return (self._before.records, self._before.agents) != (self.data.records, self.data.agents)

    def keep_receipt(self, key: str, at: datetime, forgotten: datetime) -> None:
        if self.is_news:
            for old in sorted(self.data.receipts.values(), key=lambda old: old.at)[:2]:
                if old.at < forgotten:
                    del self.data.receipts[old.key]
            told = self.data.records[Entry].keys() - self._before.records[Entry].keys()
            self.data.receipts[key] = Receipt(key=key, at=at, entry_id=min(told, default=None))

    def next_sequence(self, year: int, count: int = 1) -> int:
        self.data.sequences[year] += count
        return self.data.sequences[year] - count + 1

    def reserve_ids(self, kind: type[Record], count: int) -> range:
        first = self.data.last_ids[kind] + 1
        return range(first, first + count)

    def add(self, record: R) -> R:
        kind = type(record)
        new_id = record.id or self.data.last_ids[kind] + 1
        self.data.last_ids[kind] = max(new_id, self.data.last_ids[kind])
        self.data.records[kind][new_id] = stored = replace(record, id=new_id)
        return stored

    def add_all(self, records: Iterable[Record]) -> None:
        for record in records:
            self.add(record)  # type: ignore[type-var]

    def replace(self, record: Absence | Customer | OfCase | Change | ImportRun | ReviewPlan | Review) -> None:
        self.data.records[type(record)][record.id] = record

    def remove(self, record: Absence | AgentKey | OfCase | Review) -> None:
        del self.data.records[type(record)][record.id]

    def put_case(self, case: Case, before: Case) -> None:
        stored = self.case(case.id)
        if stored.version != before.version:
            raise stale(self, stored, before.version)
        self.data.records[Case][case.id] = case

    def put_agent(self, agent: Agent) -> None:
        self.data.agents[agent.handle] = agent

    def put_draft(self, draft: Draft) -> None:
        self.data.drafts[draft.agent, draft.form] = draft

    def drop_draft(self, agent: str, form: str) -> None:
        self.data.drafts.pop((agent, form), None)

    def put_presence(self, presence: Presence) -> None:
        self.data.presences[presence.session] = presence

    def drop_presence(self, session: str) -> None:
        self.data.presences.pop(session, None)

    def put_preference(self, agent: str, name: str, value: str) -> None:
        self.data.preferences[agent, name] = value

    def undo_import(self, run_id: int) -> tuple[int, list[str]]:
        of_run = [case for case in self._all(Case) if case.import_run_id == run_id]
        gone = {case.id for case in of_run if case.version == 1}
        told = (
            Entry,
            Call,
            Action,
            Promise,
            Remedy,
            Clock,
            Pause,
            Escalation,
            PublicPost,
            Feedback,
            CaseReading,
            Audit,
        )
        for kind in (*told, HandoverItem, Tick, Change):
            self._drop(kind, lambda record: record.case_id in gone)
        self._drop(Case, lambda case: case.id in gone)
        self._drop(ImportedEntry, lambda one: one.import_run_id == run_id or one.case_id in gone)
        with_case = {case.customer_id for case in self._all(Case)}
        self._drop(Customer, lambda one: one.import_run_id == run_id and one.id not in with_case)
        return len(gone), [case.reference for case in of_run if case.id not in gone]

    def _drop(self, kind: type, condition: Callable[[Any], bool]) -> None:
        kept = {record_id: one for record_id, one in self.data.records[kind].items() if not condition(one)}
        self.data.records[kind] = kept


class MemoryStore:
    """Implements the port `Store`; a transaction works on a copy that takes the place of the data at its end."""

    def __init__(self, beside: MemoryStore | None = None) -> None:
        """`beside` is the store whose data another session works on."""
        self._shared: list[Data] = [Data()] if beside is None else beside._shared
        self._seen = self.data
        self._own_news = 0

    @property
    def data(self) -> Data:
        """What is stored now."""
        return self._shared[0]

    @contextmanager
    def reading(self, as_of: datetime | None = None) -> Iterator[MemoryReader]:
        yield MemoryReader(self.data) if as_of is None else _as_it_was(self.data, as_of)

    @contextmanager
    def writing(self) -> Iterator[MemoryWriter]:
        writer = MemoryWriter(self.data)
        yield writer
        if writer.is_news:
            writer.data.news += 1
            self._own_news += 1
        self._shared[0] = writer.data

    def stirred(self) -> bool:
        before, self._seen = self._seen, self.data
        return before is not self._seen

    def news(self) -> int:
        return self.data.news - self._own_news

    def interrupt(self) -> None:
        """Nothing here takes long enough to be stopped."""

    def close(self) -> None:
        """Keep everything: the same store may be opened again."""


def _as_it_was(data: Data, moment: datetime) -> MemoryReader:
    taken = MemoryWriter(data)
    in_doubt = take_back(taken, moment)
    return MemoryReader(taken.data, in_doubt)


def _missed_or_ours(call: Call) -> bool:
    """Whether a call missed the customer, or reached them and was ours."""
    return call.result is not CallResult.REACHED or call.direction is Direction.OUTBOUND


def _as_listed(one: Feedback) -> tuple[Any, ...]:
    """Where feedback stands among all that is addressed to somebody."""
    if one.answered_at is not None:
        return 2, -one.answered_at.timestamp(), one.id
    return int(one.read_at is not None), one.at.timestamp(), one.id


def _due(promise: Promise) -> tuple[datetime, int]:
    return promise.due_at, promise.id


def _happened(entry: Entry) -> tuple[datetime, int]:
    return entry.occurred_at, entry.id


def _upcoming(case: Case, kind: str, at: datetime, *, is_target: bool = False) -> Upcoming:
    return Upcoming(case.id, case.reference, case.owner, kind, at, is_target)


def _key(case: Case, sort: Sort) -> int:
    if sort is Sort.ENTERED:
        return case.id
    moment = {Sort.DUE: case.next_due_at, Sort.TOUCHED: case.touched_at}.get(sort, case.received_at)
    return NEVER if moment is None else round(moment.timestamp() * 1000)


def _same_person(stored: Customer, told: Customer) -> bool:
    """Whether both have one account number, or neither has any and name and a phone number are the same."""
    if told.account or stored.account:
        return _account(stored.account) == _account(told.account)
    numbers = set(map(phone_query, stored.phones)) & set(map(phone_query, told.phones))
    return stored.name == told.name and bool(numbers - {""})


def _account(typed: str) -> str:
    return "".join(words_of(typed))


def _customer_rank(customer: Customer, text: str) -> int | None:
    """How surely the text means the customer, 0 the surest; None when it does not."""
    account, typed = _account(customer.account), _account(text)
    if typed and account == typed:
        return 0
    if typed and account.startswith(typed):
        return 1
    if calls(customer, text):
        return 2
    return 3 if words_of(text) and has_words(words_of(customer.name), text) else None
