"""What must not be forgotten when a shift ends: what is due in the next one, whom to call back, what is half typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from tuitrack.domain.case import Case
from tuitrack.domain.deadlines import Deadline
from tuitrack.domain.handover import Outstanding
from tuitrack.domain.promises import LedgerQuery
from tuitrack.domain.queue import QueueQuery, Sort
from tuitrack.domain.words import DueKind, HandedKind
from tuitrack.services.drafts import half_typed_by

if TYPE_CHECKING:
    from tuitrack.services.ports import Reader

PAGE = 100
"""Cases and promises fetched at a time."""
RECORDS_MOST = 1000
"""Actions in cases of others, and calls to make again, that are listed at the most."""
OWN_FORM = "handover"
"""The form in which a handover itself is typed, which is not handed over."""
_MOMENT = timedelta(milliseconds=1)
"""The shortest time that is kept: what is due at the very end of the shift belongs to it."""
_KINDS = {DueKind.PROMISE: HandedKind.PROMISE, DueKind.ACTION: HandedKind.ACTION}


@dataclass(frozen=True)
class Outlook:
    """What an agent leaves to the next shift, as a reader sees it at a moment of the office."""

    reader: Reader
    agent: str
    """The handle; empty for cases that nobody has."""
    now: datetime
    until: datetime

    def all(self) -> list[Outstanding]:
        """Everything once, what is due or waits since first at the top, what is half typed at the end.

        Of an agent are the cases they own, the promises they made and the actions asked of them in any case.
        """
        found = [*self._in_own_cases(), *self._promises(), *self._actions(), *self._callbacks(), *self._drafts()]
        once = {one.key: one for one in found}
        return sorted(once.values(), key=lambda one: one.place)

    @cached_property
    def _before(self) -> datetime:
        return self.until + _MOMENT

    def _in_own_cases(self) -> Iterator[Outstanding]:
        """What is due in open work, case by case in the order of what is due next, to the first that is due later."""
        query, after = QueueQuery(owner=self.agent, sort=Sort.DUE), None
        while True:
            page = self.reader.cases_page(query, self.now, PAGE, after)
            for whole in page.cases:
                case = whole.case
                if case.next_due_at is None or case.next_due_at >= self._before:
                    return
                for due in whole.deadlines:
                    if due.is_running and due.due_at < self._before:
                        yield _of_deadline(due, case, whole.customer.name)
            after = page.after
            if after is None:
                return

    def _promises(self) -> Iterator[Outstanding]:
        """What the agent promised, whoever has the case."""
        query, after = LedgerQuery(by=(self.agent,), before=self._before), None
        while page := self.reader.ledger(query, self.now, PAGE, after):
            for line in page:
                promise = line.promise
                yield Outstanding(
                    kind=HandedKind.PROMISE,
                    what=promise.what,
                    at=promise.due_at,
                    case_id=promise.case_id,
                    record_id=promise.id,
                    reference=line.reference,
                    customer=line.customer,
                    owner=line.owner,
                )
            after = page[-1].promise

    def _actions(self) -> Iterator[Outstanding]:
        for action in self.reader.actions_due(self.agent, self._before, RECORDS_MOST):
            if action.due_at is not None:
                yield self._of_case(HandedKind.ACTION, action.what, action.due_at, action.case_id, action.id)

    def _callbacks(self) -> Iterator[Outstanding]:
        for call in self.reader.callbacks(self.agent, RECORDS_MOST):
            told = f"{call.purpose.label}, {call.result.label}"
            yield self._of_case(HandedKind.CALLBACK, told, call.at, call.case_id, call.id)

    def _drafts(self) -> Iterator[Outstanding]:
        for left in half_typed_by(self.agent, self.reader):
            if left.what == OWN_FORM:
                continue
            if left.case_id is not None:
                yield self._of_case(HandedKind.DRAFT, left.name, left.saved_at, left.case_id, None)
            else:
                yield Outstanding(kind=HandedKind.DRAFT, what=left.name, at=left.saved_at, customer=left.about)

    def _of_case(self, kind: HandedKind, what: str, at: datetime, case_id: int, record_id: int | None) -> Outstanding:
        case = self.reader.case(case_id)
        return Outstanding(
            kind=kind,
            what=what,
            at=at,
            case_id=case_id,
            record_id=record_id,
            reference=case.reference,
            customer=self.reader.customer(case.customer_id).name,
            owner=case.owner,
        )


def _of_deadline(due: Deadline, case: Case, customer: str) -> Outstanding:
    kind = _KINDS.get(due.kind, HandedKind.DEADLINE)
    return Outstanding(
        kind=kind,
        what=due.kind.label if kind is HandedKind.DEADLINE else due.what,
        at=due.due_at,
        case_id=case.id,
        record_id=due.record_id,
        reference=case.reference,
        customer=customer,
        owner=case.owner,
    )
