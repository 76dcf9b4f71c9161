"""Whether a case is what a query asks for, in the plainest words; the fake store answers with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log

from tuitrack.domain.case import Case
from tuitrack.domain.change import noted
from tuitrack.domain.clocks import Clock
from tuitrack.domain.deadlines import of_clock
from tuitrack.domain.feedback import CaseReading, Feedback
from tuitrack.domain.loop import LoopFacts
from tuitrack.domain.people import Absence, Agent, Customer
from tuitrack.domain.phone import phone_query
from tuitrack.domain.procedure import Tick
from tuitrack.domain.promises import LedgerQuery, Standing
from tuitrack.domain.query.fields import Field, Thing, Trait
from tuitrack.domain.query.matching import begins, has_number, has_tag, number_words, step_begun
from tuitrack.domain.query.terms import (
    All,
    Among,
    Any,
    Between,
    Has,
    Is,
    Not,
    OneOf,
    Phrase,
    Term,
    Text,
    Took,
    conjuncts,
)
from tuitrack.domain.telling import done_untold
from tuitrack.domain.text import search_words, words_of
from tuitrack.domain.timeline import Action, Call, Entry, Escalation, Promise, PublicPost, Remedy
from tuitrack.domain.words import Approval, CallResult, CaseKind, EntryKind, Loop, Status, TickState

Known = Promise | Action | Remedy | Call | Clock | Escalation | PublicPost
"""The records of a case that a query may ask about."""


@dataclass(frozen=True)
class CaseFacts:
    """A case with everything that a query may ask about."""

    case: Case
    customer: Customer
    notes: Sequence[str]
    """The texts of the timeline in their order."""
    records: Sequence[Known]
    owner: Agent | None = None
    ticks: Sequence[Tick] = ()
    absences: Sequence[Absence] = ()
    """When the owner is away."""
    feedback: Sequence[Feedback] = ()
    readings: Sequence[CaseReading] = ()
    contacted: bool = False
    """Whether we were ever in touch by ourselves."""
    entries: Sequence[Entry] = ()
    rules: int = 0
    """The number of the rules that it follows."""

    @property
    def words(self) -> list[str]:
        """The folded words that a search finds, in their order."""
        case = self.case
        texts = [case.subject, case.words, case.details, case.resolution, self.customer.name, *self.notes]
        numbers = [case.reference, case.foreign_id, self.customer.account]
        return [*words_of(" ".join(texts)), *(word for number in numbers for word in number_words(number) if word)]


def holds(term: Term, of: CaseFacts, now: datetime) -> bool:
    """Whether the case is what the term asks for."""
    match term:
        case Text(typed, finished):
            text = f"{typed} " if finished else typed
            return has_words(of.words, text) or calls(of.customer, typed)
        case Phrase(words, finished):
            return _follow(of.words, words, finished)
        case Is(trait):
            return _is(trait, of, now)
        case Has(thing):
            return _has(thing, of)
        case OneOf(field, values, whole):
            return any(_value(field, value, of, whole, now) for value in values)
        case Between(field, since, before):
            moment = _moment(field, of.case)
            return moment is not None and (since is None or moment >= since) and (before is None or moment < before)
        case Took(least, most):
            return _took(of.case, least, most, now)
        case Among(case_ids):
            return of.case.id in case_ids
        case Not(inner):
            return not holds(inner, of, now)
        case All(terms):
            return all(holds(one, of, now) for one in terms)
        case Any(terms):
            return any(holds(one, of, now) for one in terms)


def _took(case: Case, least: int | None, most: int | None, now: datetime) -> bool:
    """Whether it was resolved that many days of the calendar after it was received."""
    if case.resolved_at is None:
        return False
    resolved, received = (moment.astimezone(now.tzinfo).date() for moment in (case.resolved_at, case.received_at))
    days = (resolved - received).days
    return (least is None or days >= least) and (most is None or days <= most)


def is_asked_for(promise: Promise, case: Case, query: LedgerQuery, now: datetime) -> bool:
    """Whether the ledger has a promise of a case."""
    settled = None if query.standing in (Standing.OPEN, Standing.OVERDUE) else query.standing.value
    theirs = (
        query.by is None
        or promise.by in query.by
        or (query.with_cases and promise.outcome is None and case.owner in query.by)
    )
    return (
        theirs
        and promise.outcome == settled
        and (query.standing is not Standing.OVERDUE or promise.due_at < now)
        and (query.since is None or promise.due_at >= query.since)
        and (query.before is None or promise.due_at < query.before)
        and query.category in (None, case.category)
    )


def has_words(pool: Sequence[str], text: str) -> bool:
    """Whether all words of a search are there, the last one perhaps only begun."""
    whole, unfinished = search_words(text)
    begun = unfinished is None or any(word.startswith(unfinished) for word in pool)
    return begun and all(word in pool for word in whole)


def calls(customer: Customer, text: str) -> bool:
    """Whether the text is the end of one of the customer's numbers, or such a number with a country code before."""
    typed = phone_query(text)
    if len(typed) < 4 or any(map(str.isalpha, text)):
        return False
    kept = [phone_query(phone) for phone in customer.phones]
    return any(one.endswith(typed) or (len(one) >= 6 and typed.endswith(one)) for one in kept)


def relevance(where: Term, of: CaseFacts, everything: Sequence[CaseFacts], now: datetime) -> int:
    """How well the words fit a case, in thousandths: the formula bm25 as SQLite has it, on all that a case has."""
    average = sum(map(_length, everything)) / len(everything)
    score = 0.0
    for phrase in _phrases(All(tuple(one for one in conjuncts(where) if _is_of_words(one))), of, now):
        often, others = phrase.in_case(of), sum(phrase.in_case(one) > 0 for one in everything)
        rare = log((len(everything) - others + 0.5) / (others + 0.5))
        score += max(rare, 1e-6) * often * 2.2 / (often + 1.2 * (0.25 + 0.75 * _length(of) / average))
    return round(score * 1000)


@dataclass(frozen=True)
class _Looked:
    """Something looked for as a whole, in the words of a case or in the numbers of its customer."""

    words: Sequence[str]
    finished: bool = True
    in_numbers: bool = False

    def in_case(self, of: CaseFacts) -> int:
        pool = _numbers(of.customer) if self.in_numbers else of.words
        places = range(len(pool) - len(self.words) + 1)
        return sum(_follow(pool[at : at + len(self.words)], self.words, self.finished) for at in places)


def _phrases(term: Term, of: CaseFacts, now: datetime) -> list[_Looked]:
    """What of a term is there in the case, as far as it helps to fulfil the term."""
    match term:
        case Text(typed, finished):
            whole, unfinished = search_words(f"{typed} " if finished else typed)
            words = [_Looked([word]) for word in whole]
            words += [_Looked([unfinished], finished=False)] if unfinished else []
            return [*(words if all(one.in_case(of) for one in words) else []), *_ends(typed)]
        case Phrase(phrase, finished):
            return [_Looked(phrase, finished)]
        case OneOf(Field.PHONE, values):
            return [one for value in values for one in _ends(value)]
        case All(terms) | Any(terms):
            return [one for inner in terms if holds(inner, of, now) for one in _phrases(inner, of, now)]
        case _:
            return []


def _ends(typed: str) -> list[_Looked]:
    digits = phone_query(typed)[::-1]
    if len(digits) < 4 or any(map(str.isalpha, typed)):
        return []
    shorter = [_Looked([digits[:end]], in_numbers=True) for end in range(len(digits) - 1, 5, -1)]
    return [_Looked([digits], finished=False, in_numbers=True), *shorter]


def _is_of_words(term: Term) -> bool:
    match term:
        case Text() | Phrase():
            return True
        case OneOf(field):
            return field is Field.PHONE
        case All(terms):
            plain = [one for one in terms if not isinstance(one, Not)]
            unwanted = [one.term for one in terms if isinstance(one, Not)]
            return bool(plain) and all(map(_is_of_words, [*plain, *unwanted]))
        case Any(terms):
            return all(map(_is_of_words, terms))
        case _:
            return False


def _length(of: CaseFacts) -> int:
    return len(of.words) + len(_numbers(of.customer))


def _numbers(customer: Customer) -> list[str]:
    return [digits[::-1] for digits in map(phone_query, customer.phones) if digits]


def _follow(pool: Sequence[str], words: Sequence[str], finished: bool) -> bool:
    *before, last = words
    return any(
        list(pool[at : at + len(before)]) == before and (word == last or (not finished and word.startswith(last)))
        for at, word in enumerate(pool[len(before) :])
    )


def _is(trait: Trait, of: CaseFacts, now: datetime) -> bool:
    case = of.case
    match trait:
        case Trait.OPEN:
            return case.is_open or case.next_due_at is not None
        case Trait.CLOSED:
            return not case.is_open
        case Trait.ALL:
            return True
        case Trait.RESOLVED:
            return case.status is Status.RESOLVED
        case Trait.UNCONFIRMED:
            return case.status is Status.RESOLVED and case.customer_confirmed_on is None
        case Trait.OVERDUE:
            return case.next_due_at is not None and case.next_due_at < now
        case Trait.LATE:
            return any(_met_late(record) for record in of.records)
        case Trait.PAUSED:
            clocks = [record for record in of.records if isinstance(record, Clock)]
            return any(clock.paused_at is not None and clock.met_at is None for clock in clocks)
        case Trait.REOPENED:
            return case.reopened_count > 0
        case Trait.ANGRY:
            return case.still_angry
        case Trait.PUBLIC:
            return case.public
        case Trait.PUBLISHED:
            return any(isinstance(record, PublicPost) and record.is_online for record in of.records)
        case Trait.ESCALATED:
            return any(isinstance(record, Escalation) and record.ended_at is None for record in of.records)
        case Trait.RECURRED:
            return case.recurs_after is not None
        case Trait.UNTOLD:
            actions = [record for record in of.records if isinstance(record, Action)]
            return bool(done_untold(case, actions, [one for one in of.records if isinstance(one, Remedy)]))
        case Trait.ABSENT:
            return any(absence.is_on(now.date()) for absence in of.absences)
        case Trait.FIRST_CONTACT:
            return case.resolved_on_first_contact
        case Trait.UNANNOUNCED:
            calls = [record for record in of.records if isinstance(record, Call)]
            return any(call.result is CallResult.REACHED and not call.recording_told for call in calls)


def _met_late(record: Known) -> bool:
    match record:
        case Clock():
            return record.met_at is not None and record.met_at > record.due_at
        case Promise():
            return record.settled_at is not None and record.settled_at > record.due_at
        case Action(due_at=datetime() as due_at, done_at=datetime() as done_at):
            return done_at > due_at
        case _:
            return False


def _has(thing: Thing, of: CaseFacts) -> bool:
    case, customer = of.case, of.customer
    kinds = {Thing.PROMISE: Promise, Thing.ACTION: Action, Thing.REMEDY: Remedy, Thing.CALL: Call}
    if thing in kinds:
        return any(isinstance(record, kinds[thing]) for record in of.records)
    return {
        Thing.FINDING: bool(noted(of.entries, EntryKind.FINDING)),
        Thing.SUGGESTION: bool(noted(of.entries, EntryKind.SUGGESTION)) or case.kind is CaseKind.SUGGESTION,
        Thing.OWNER: case.owner is not None,
        Thing.DUE: case.next_due_at is not None,
        Thing.RESOLUTION: case.company_resolved_on is not None,
        Thing.CONFIRMATION: case.customer_confirmed_on is not None,
        Thing.CAUSE: bool(case.cause),
        Thing.CATEGORY: bool(case.category),
        Thing.PRODUCT: bool(case.product),
        Thing.TAG: bool(case.tags),
        Thing.AMOUNT: case.amount_asked is not None,
        Thing.ACCOUNT: bool(words_of(customer.account)),
        Thing.PHONE: bool(customer.phones),
        Thing.EMAIL: bool(customer.email),
        Thing.LATE_REASON: any(isinstance(record, Clock) and record.late_because for record in of.records),
    }[thing]


def _value(field: Field, value: str, of: CaseFacts, whole: bool, now: datetime) -> bool:
    case, customer = of.case, of.customer
    match field:
        case Field.OWNER:
            return (case.owner or "") == value
        case Field.TEAM:
            return case.owner is not None and (of.owner.team if of.owner else "") == value
        case Field.STATUS | Field.CHANNEL | Field.KIND | Field.PRIORITY:
            return str(getattr(case, field)) == value
        case Field.CATEGORY | Field.PRODUCT | Field.DEPARTMENT | Field.CAUSE:
            return begins(getattr(case, field), value, whole)
        case Field.NEXT:
            return case.next_due_kind == value and _is(Trait.OPEN, of, datetime.max)
        case Field.TAG:
            return has_tag(case.tags, value, whole)
        case Field.PHONE:
            return calls(customer, value)
        case Field.ACCOUNT:
            return "".join(words_of(customer.account)).startswith("".join(words_of(value)))
        case Field.NAME:
            return has_words(words_of(customer.name), value)
        case Field.REF:
            return has_number(case.reference, case.foreign_id, value)
        case Field.APPROVAL:
            return any(_stands(one, value) for one in of.records if isinstance(one, Remedy))
        case Field.STEP:
            return any(one.step.startswith(step_begun(value)) for one in of.ticks if one.state is TickState.DONE)
        case Field.SKIPPED:
            return any(one.step.startswith(step_begun(value)) for one in of.ticks if one.state is TickState.SKIPPED)
        case Field.PROMISE:
            return any((one.outcome or "open") == value for one in of.records if isinstance(one, Promise))
        case Field.MET:
            return any(one.met_at is not None and one.met_at <= one.due_at for one in _clocks(of, value))
        case Field.MISSED:
            return any(of_clock(one).late_by(now) is not None for one in _clocks(of, value))
        case Field.LOOP:
            actions = [one for one in of.records if isinstance(one, Action)]
            stands = LoopFacts(case, actions, of.feedback).stands
            return stands not in (Loop.CORRECTED, Loop.NEEDLESS) if value == "open" else stands == value
        case Field.CONTACT:
            return case.contact_wanted if value == "wanted" else not of.contacted
        case Field.READ:
            readers = {reading.by for reading in of.readings}
            return value in readers if value else not readers
        case Field.ACTION:
            return any(one.is_open and one.kind == value for one in of.records if isinstance(one, Action))
        case Field.RULES:
            return of.rules == int(value)
        case Field.ESCALATED:
            standing = [one for one in of.records if isinstance(one, Escalation) and one.ended_at is None]
            return any(one.level == value for one in standing)
    raise AssertionError(f"no value is compared with {field}")


def _clocks(of: CaseFacts, kind: str) -> list[Clock]:
    return [record for record in of.records if isinstance(record, Clock) and record.kind == kind]


def _stands(remedy: Remedy, approval: str) -> bool:
    return remedy.waits_for_approval if approval == Approval.WAITING else remedy.approval == approval


def _moment(field: Field, case: Case) -> datetime | None:
    moments = {
        Field.DUE: case.next_due_at,
        Field.RECEIVED: case.received_at,
        Field.CLOSED: case.closed_at,
        Field.TOUCHED: case.touched_at,
        Field.ENTERED: case.entered_at,
    }
    return moments[field]
