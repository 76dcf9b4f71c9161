"""Runs the clocks of a case: which start, stand still, are met or counted anew when something happens to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from tuitrack.domain.case import Case
from tuitrack.domain.clock_rules import CONDITIONS, About, Rule, RuleBook
from tuitrack.domain.clocks import Clock, Pause
from tuitrack.domain.deadlines import is_overdue
from tuitrack.domain.words import CustomerKind, DueKind, Status
from tuitrack.lean import dataclass, replace

_EVERY_CONTACT = frozenset({DueKind.FIRST_RESPONSE, DueKind.ACKNOWLEDGEMENT, DueKind.CONTACT})
_AGAIN = (DueKind.PROGRESS, DueKind.CONTACT)
"""Clocks that start anew whenever they are met, as long as the case is worked on."""
_OF_A_TURN = frozenset({DueKind.RESOLVE, *_AGAIN})
"""Clocks that a case opened again has once more."""
_WHILE_WORKED_ON = frozenset({DueKind.RETURN_DATE, *_AGAIN})
"""Clocks that the company's own resolution ends."""
_LOOKED_AT = (*(name for name in CONDITIONS if name != "customer"), "received_at", "rules_at")
"""Fields of a case that decide which rules it has, and from when they count."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A moment at which the desk and the customer were in touch."""

    at: datetime
    told: bool
    """Whether the desk told the customer something, rather than only heard them."""
    written: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What a change did to a case, as far as clocks mind."""

    before: Case | None
    """The case before; None where it was taken with this change."""
    case: Case
    customer: Callable[[], CustomerKind]
    rules: Callable[[Case], RuleBook]
    """The rules that a case follows; asked for only where a clock has to be counted."""
    now: datetime
    contacts: Sequence[Contact] = ()
    """In the order in which they were."""
    is_promised: bool = False
    """Whether the customer was promised something."""
    pauses: Callable[[], Sequence[Pause]] = tuple
    """All of the case; asked for only where a clock has to be counted."""
    paused_anew: bool = False
    """Whether one of them began or ended with this change."""
    done: Callable[[], frozenset[DueKind]] = frozenset
    """What was done in the case before this change; asked for only where other rules bring it more clocks."""

    @property
    def is_taken(self) -> bool:
        """Whether the case was taken with this change."""
        return self.before is None

    @property
    def is_reopened(self) -> bool:
        """Whether it was opened again."""
        return self.before is not None and self.case.reopened_count > self.before.reopened_count

    @property
    def is_resolved_anew(self) -> bool:
        """Whether the company has just come to consider it resolved, or on another day than before."""
        earlier = None if self.before is None else self.before.company_resolved_on
        return self.case.status is Status.RESOLVED and self.case.company_resolved_on != earlier

    @property
    def is_worked_on(self) -> bool:
        """Whether it is neither resolved nor closed."""
        return self.case.resolved_at is None and self.case.closed_at is None

    @property
    def has_other_rules(self) -> bool:
        """Whether something changed that rules look at."""
        before = self.before
        return before is not None and any(getattr(before, one) != getattr(self.case, one) for one in _LOOKED_AT)

    @property
    def is_due_by_hand(self) -> bool:
        """Whether somebody has set another date by which to resolve it."""
        return self.before is not None and self.before.resolve_by != self.case.resolve_by


def run(clocks: Sequence[Clock], happened: Happened) -> list[Clock]:
    """The clocks of a case after something happened to it; one that has only begun has no id yet."""
    turn = happened.case.reopened_count
    earlier = [_stopped(clock, happened) if happened.is_reopened else clock for clock in clocks if clock.turn != turn]
    running = [after for clock in clocks if clock.turn == turn and (after := _after(clock, happened))]
    return [*earlier, *running, *_started(running, happened)]


def done_already(case: Case, contacts: Iterable[Contact], is_promised: bool) -> frozenset[DueKind]:
    """What the records of a case show was done in it, so that no rule asks for it any more."""
    done = {kind for contact in contacts for kind in DueKind if _meets(contact, kind)}
    if case.customer_told_on is not None:
        done |= {DueKind.FINAL, DueKind.HOLDING}
    if is_promised or case.no_return_reason:
        done.add(DueKind.RETURN_DATE)
    return frozenset(done if case.resolved_at is None else done | {DueKind.RESOLVE, DueKind.RETURN_DATE})


def _stopped(clock: Clock, happened: Happened) -> Clock:
    """An earlier turn's clock, which runs no longer: it was late if its time had passed."""
    return clock if clock.met_at is not None else replace(clock, met_at=happened.now, paused_at=None)


def _after(clock: Clock, happened: Happened) -> Clock | None:
    """What becomes of a clock; None where it never should have been, for nothing was missed."""
    if clock.kind is DueKind.RESOLVE and happened.is_due_by_hand:
        return _by_hand(clock, happened)
    if clock.kind is DueKind.RESOLVE:
        clock = replace(clock, met_at=happened.case.resolved_at or happened.case.closed_at)
    elif clock.kind is DueKind.CONFIRM:
        if happened.case.status not in (Status.RESOLVED, Status.CLOSED):
            return _dropped(clock, happened)
        clock = replace(clock, met_at=happened.case.closed_at)
    elif clock.met_at is None:
        clock = replace(clock, met_at=_met_at(clock, happened))
    return _counted_anew(clock, happened)


def _met_at(clock: Clock, happened: Happened) -> datetime | None:
    """When this change met a clock."""
    case, kind = happened.case, clock.kind
    ended = case.closed_at
    if kind in _WHILE_WORKED_ON:
        ended = case.resolved_at or case.closed_at
    if kind is DueKind.RETURN_DATE and (happened.is_promised or case.no_return_reason):
        return happened.now
    if kind in (DueKind.FINAL, DueKind.HOLDING) and case.customer_told_on is not None:
        return happened.now
    return next((one.at for one in happened.contacts if _meets(one, kind)), ended)


def _meets(contact: Contact, kind: DueKind) -> bool:
    return (
        kind in _EVERY_CONTACT
        or (kind is DueKind.PROGRESS and contact.told)
        or (kind is DueKind.HOLDING and contact.written)
    )


def _counted_anew(clock: Clock, happened: Happened) -> Clock | None:
    """The clock with its due time as rules and pauses have it now; one that is met keeps what it had."""
    anew = happened.has_other_rules or happened.paused_anew
    restarts = clock.kind is DueKind.CONFIRM and happened.is_resolved_anew
    ends_a_pause = clock.met_at is not None and clock.paused_at is not None
    if not clock.rule or not (restarts or ends_a_pause or (anew and clock.met_at is None)):
        return clock
    rule = happened.rules(happened.case).rule(clock.kind, About(happened.case, happened.customer))
    if rule is None:
        return _dropped(clock, happened)
    start = happened.now if restarts else clock.started_at
    if happened.before is not None and start == happened.before.received_at:
        start = happened.case.received_at
    return _counted(clock, rule, start, happened)


def _counted(clock: Clock, rule: Rule, start: datetime, happened: Happened) -> Clock:
    pauses = happened.pauses()
    counting = rule.counting(start, pauses, clock.met_at)
    due_at = counting.due_at
    lasting = [one.since for one in pauses if one.is_open and one.reason in rule.pauses and one.since < due_at]
    return replace(
        clock,
        rule=rule.words,
        started_at=start,
        target_at=rule.target_at(start, pauses),
        first_due_at=counting.first_due_at,
        due_at=due_at,
        paused_at=min(lasting, default=None) if clock.met_at is None else None,
    )


def _dropped(clock: Clock, happened: Happened) -> Clock | None:
    """A clock that runs no longer: gone, but one whose time has passed stays late."""
    if clock.met_at is not None:
        return clock
    missed = clock.is_running and is_overdue(clock.due_at, happened.now)
    return replace(clock, met_at=happened.now) if missed else None


def _by_hand(clock: Clock, happened: Happened) -> Clock | None:
    """The clock of resolving with the date that somebody has set, or none where they took the date away."""
    due_at = happened.case.resolve_by
    if due_at is None:
        return None
    return replace(clock, rule="", target_at=None, first_due_at=due_at, due_at=due_at, paused_at=None)


def _started(running: Sequence[Clock], happened: Happened) -> Iterator[Clock]:
    """The clocks that begin to run."""
    case = happened.case
    known = {clock.kind for clock in running}
    unmet = {clock.kind for clock in running if clock.met_at is None}
    if happened.is_due_by_hand and DueKind.RESOLVE not in known and case.resolve_by is not None:
        yield Clock(
            case_id=case.id,
            kind=DueKind.RESOLVE,
            turn=case.reopened_count,
            started_at=case.received_at,
            first_due_at=case.resolve_by,
            due_at=case.resolve_by,
            met_at=case.resolved_at or case.closed_at,
        )
    for kind, start in _starts(known, unmet, happened):
        rule = happened.rules(case).rule(kind, About(case, happened.customer))
        if rule is not None:
            begun = Clock(
                case_id=case.id,
                kind=kind,
                turn=case.reopened_count,
                started_at=start,
                first_due_at=start,
                due_at=start,
            )
            met = begun if kind in (*_AGAIN, DueKind.CONFIRM) else _met_while_starting(begun, happened)
            yield _counted(met, rule, start, happened)


def _met_while_starting(clock: Clock, happened: Happened) -> Clock:
    """The clock as the change that starts it leaves it: what was done at once is met."""
    if clock.kind is DueKind.RESOLVE:
        return replace(clock, met_at=happened.case.resolved_at or happened.case.closed_at)
    return replace(clock, met_at=_met_at(clock, happened))


def _starts(known: set[DueKind], unmet: set[DueKind], happened: Happened) -> Iterator[tuple[DueKind, datetime]]:
    """The kinds of clocks that begin to run, with the moment from which each counts."""
    case = happened.case
    if happened.is_taken or happened.is_reopened or happened.has_other_rules:
        now = happened.rules(case).kinds(About(case, happened.customer))
        if happened.before is not None and not happened.is_reopened:
            now -= happened.rules(happened.before).kinds(About(happened.before, happened.customer))
            now -= happened.done() if now else frozenset()
        wanted = now & _OF_A_TURN if happened.is_reopened else now
        start = happened.now if happened.is_reopened else case.received_at
        yield from ((kind, start) for kind in DueKind if kind in wanted - known - {*_AGAIN, DueKind.CONFIRM})
    if happened.is_worked_on:
        since = case.received_at if happened.is_taken else happened.now
        for kind in _AGAIN:
            if kind not in unmet:
                yield kind, max((one.at for one in happened.contacts if _meets(one, kind)), default=since)
    if happened.is_resolved_anew and DueKind.CONFIRM not in unmet:
        yield DueKind.CONFIRM, happened.now
