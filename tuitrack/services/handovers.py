"""Handing work over at the end of a shift: what is proposed, sent, and accepted or declined item by item.

An item stays the giver's until it is accepted: then its case goes to the receiver, where it was the giver's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tuitrack.domain.errors import NotFound, Refusal
from tuitrack.domain.people import names_of
from tuitrack.domain.permissions import Right
from tuitrack.domain.words import EntryKind, HandoverAnswer
from tuitrack.lean import dataclass
from tuitrack.services.desk import Desk
from tuitrack.services.rights import writing

if TYPE_CHECKING:
    from tuitrack.domain.calendars import Calendar
    from tuitrack.domain.handover import Handover, HandoverItem, Outstanding
    from tuitrack.domain.people import Agent
    from tuitrack.services.ports import Reader

SHIFT = timedelta(hours=8)
"""How long the next shift is, on a desk without opening hours."""
OFFICE = "office"
"""The calendar of the rules whose opening hours are those of the desk."""
NOBODY = ""
"""Whose cases have no owner."""
LATEST = 5
"""Handovers listed although every item of theirs is answered."""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item with the case it is about."""

    item: HandoverItem
    reference: str
    customer: str


@dataclass(frozen=True, slots=True)
class HandoverFile:
    """A handover with its items."""

    handover: Handover
    lines: tuple[ItemLine, ...]

    @property
    def unanswered(self) -> int:
        """How many items nobody has answered."""
        return self.answers(None)

    def answers(self, answer: HandoverAnswer | None) -> int:
        """How many items have that answer."""
        return sum(line.item.answer is answer for line in self.lines)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many items of a handover wait for an answer, and between whom."""

    giver: str
    receiver: str
    """Names of agents, both."""
    count: int
    is_mine: bool
    """Whether the agent at work has to answer."""


class HandoverService:
    """Hands over, and takes over."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def until(self) -> datetime:
        """When the next shift ends: as the office closes on the next working day, or in eight hours."""
        from tuitrack.services.clock_rules import RuleShelf

        desk, now = self._desk, self._desk.now()
        with desk.store.reading() as reader:
            calendars = {one.name: one for one in RuleShelf.of(desk.settings, reader).at(now).calendars}
        office = calendars.get(OFFICE) or next(iter(calendars.values()), None)
        return now + SHIFT if office is None else _next_close(office, now).astimezone(desk.zone)

    def next_shift(self, until: datetime, agents: Sequence[str] = ()) -> list[Outstanding]:
        """What is left to the next shift by the agent at work, or by these; `NOBODY` stands for what nobody owns."""
        with self._desk.store.reading() as reader:
            return self._outstanding(reader, agents or [self._desk.agent], until)

    def propose(self, values: dict[str, Any]) -> list[Outstanding]:
        """What to hand over to the receiver of `HandoverDraft`, without what waits for an answer already."""
        from tuitrack.domain.drafts.people import HandoverDraft

        draft = HandoverDraft.accept(values)
        with self._desk.store.reading() as reader:
            self._receiver(reader, draft.receiver)
            if draft.until <= self._desk.now():
                raise Refusal("Until: the moment has passed; give when the next shift ends.", "until")
            waiting = self._handed(reader)
            mine = self._outstanding(reader, [self._desk.agent], draft.until)
        return [one for one in mine if one.key not in waiting]

    def send(self, values: dict[str, Any], handed: Sequence[Outstanding]) -> Handover:
        """Hand these over, from the fields of `HandoverDraft`; what was handed over meanwhile is refused."""
        from tuitrack.domain.drafts.people import HandoverDraft
        from tuitrack.domain.handover import Handover, HandoverItem

        draft = HandoverDraft.accept(values)
        if not handed:
            raise Refusal("Handover: nothing is left in it; take in what is to be handed over.")
        with writing(self._desk, Right.WORK_ON_CASES) as writer:
            receiver = self._receiver(writer, draft.receiver)
            waiting = self._handed(writer)
            for one in handed:
                if one.key in waiting:
                    raise Refusal(f"Handover: “{one.what}” waits for an answer already; take it back first.")
            handover = writer.add(
                Handover(
                    giver=self._desk.agent,
                    receiver=receiver.handle,
                    until=draft.until,
                    note=draft.note,
                    sent_at=self._desk.clock(),
                )
            )
            for one in handed:
                writer.add(
                    HandoverItem(
                        handover_id=handover.id,
                        case_id=one.case_id,
                        kind=one.kind,
                        record_id=one.record_id,
                        what=one.what,
                        at=one.at,
                        note=draft.notes.get(one.key, ""),
                    )
                )
        return handover

    def all(self) -> list[HandoverFile]:
        """What the agent at work gave and got: first what waits for an answer, the oldest first, then the latest."""
        with self._desk.store.reading() as reader:
            waiting = reader.open_handovers(self._desk.agent)
            latest = reader.handovers(self._desk.agent, LATEST)
            return [_file(reader, one) for one in [*waiting, *(one for one in latest if one not in waiting)]]

    def waiting(self) -> list[Waiting]:
        """What waits for an answer of the agent at work, or of those to whom they gave it; the oldest first."""
        me = self._desk.agent
        with self._desk.store.reading() as reader:
            handovers = reader.open_handovers(me)
            names = names_of(reader.agents()) if handovers else {}
            return [
                Waiting(
                    names.get(one.giver, one.giver),
                    names.get(one.receiver, one.receiver),
                    sum(item.is_open for item in reader.handover_items(one.id)),
                    one.receiver == me,
                )
                for one in handovers
            ]

    def accept(self, item_id: int) -> HandoverItem:
        """Go on with an item; its case becomes the receiver's where it is the giver's."""
        return self._answer(item_id, HandoverAnswer.ACCEPTED)

    def decline(self, item_id: int, because: str) -> HandoverItem:
        """Leave an item with its giver, with a reason."""
        from tuitrack.domain.drafts.people import DeclineDraft

        return self._answer(item_id, HandoverAnswer.DECLINED, DeclineDraft.accept({"because": because}).because)

    def take_back(self, item_id: int) -> HandoverItem:
        """Keep an item that was handed over and that nobody answered yet."""
        return self._answer(item_id, HandoverAnswer.TAKEN_BACK)

    def _answer(self, item_id: int, answer: HandoverAnswer, because: str = "") -> HandoverItem:
        from tuitrack.domain.working import given_to
        from tuitrack.services.changing import CaseChange

        me = self._desk.agent
        with writing(self._desk, Right.WORK_ON_CASES) as writer:
            item = writer.handover_item(item_id)
            handover = writer.handover(item.handover_id)
            _check(handover, item, answer, me)
            answered = replace(item, answer=answer, answered_at=self._desk.clock(), answered_by=me, because=because)
            if item.case_id is None:
                writer.replace(answered)
                return answered
            change = CaseChange(self._desk, writer, writer.case(item.case_id))
            owned = change.case.owner == handover.giver and change.case.is_open
            if answer is HandoverAnswer.ACCEPTED and owned:
                change.case = given_to(change.case, me)
            change.replace(item, answered)
            between = f"Handover from {handover.giver} to {handover.receiver}"
            told = f"{between}, {answer.label}: {item.kind.label}, {item.what}"
            change.log(EntryKind.HANDOVER, told, because or item.note, record_id=item.id)
            change.store()
        return answered

    def _outstanding(self, reader: Reader, agents: Iterable[str], until: datetime) -> list[Outstanding]:
        from tuitrack.services.outstanding import Outlook

        found = [one for agent in agents for one in Outlook(reader, agent, self._desk.now(), until).all()]
        return sorted({one.key: one for one in found}.values(), key=lambda one: one.place)

    def _handed(self, reader: Reader) -> set[str]:
        """What the agent at work has handed over and nobody has answered, by its keys."""
        given = [one for one in reader.open_handovers(self._desk.agent) if one.giver == self._desk.agent]
        return {item.key for one in given for item in reader.handover_items(one.id) if item.is_open}

    def _receiver(self, reader: Reader, named: str) -> Agent:
        agent = reader.agent(named)
        if agent is None or not agent.active:
            raise NotFound(f"To: there is no agent “{named}” at work here.", "receiver")
        if agent.handle == self._desk.agent:
            raise Refusal("To: give it to somebody else; what you keep needs no handover.", "receiver")
        return agent


def _check(handover: Handover, item: HandoverItem, answer: HandoverAnswer, me: str) -> None:
    """Refuse an answer that is not theirs to give, or comes after another one."""
    if item.answer is not None:
        raise Refusal(f"Handover: “{item.what}” was {item.answer.label} by {item.answered_by} already.")
    by = handover.giver if answer is HandoverAnswer.TAKEN_BACK else handover.receiver
    if me != by:
        raise Refusal(f"Handover: only {by} may say that “{item.what}” is {answer.label}.")


def _file(reader: Reader, handover: Handover) -> HandoverFile:
    return HandoverFile(handover, tuple(_line(reader, item) for item in reader.handover_items(handover.id)))


def _line(reader: Reader, item: HandoverItem) -> ItemLine:
    if item.case_id is None:
        return ItemLine(item, "", "")
    case = reader.case(item.case_id)
    return ItemLine(item, case.reference, reader.customer(case.customer_id).name)


def _next_close(office: Calendar, now: datetime) -> datetime:
    """When the office closes on the first working day after today."""
    at = int(now.timestamp())
    close = office.close_after(at, 1)
    if office.local(close).date() == office.local(at).date():
        close = office.close_after(at, 2)
    return datetime.fromtimestamp(close, UTC)
