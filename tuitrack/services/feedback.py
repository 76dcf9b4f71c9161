"""Feeding back what came out of cases to whoever can correct the cause, and the marks of who has read which case."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tuitrack.domain.errors import NotFound, Refusal, Settled
from tuitrack.domain.feedback import CaseReading, Feedback
from tuitrack.domain.permissions import Right
from tuitrack.domain.words import EntryKind
from tuitrack.lean import dataclass
from tuitrack.services.changing import CaseChange, changing
from tuitrack.services.desk import Desk

if TYPE_CHECKING:
    from tuitrack.domain.case import Case
    from tuitrack.services.ports import Reader

LISTED_MOST = 200
"""How much of what is addressed to somebody is listed."""


@dataclass(frozen=True, slots=True)
class FeedbackLine:
    """Something fed back, with the case it came out of."""

    feedback: Feedback
    reference: str
    subject: str


class FeedbackService:
    """Sends feedback, and keeps that it was read and what was answered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def receivers(self) -> list[str]:
        """Whom something can be addressed to: agents by handle, then teams."""
        with self._desk.store.reading() as reader:
            agents = [agent for agent in reader.agents() if agent.active]
        return [*(agent.handle for agent in agents), *sorted({agent.team for agent in agents} - {""})]

    def send(self, case_id: int, values: dict[str, Any]) -> Feedback:
        """Tell an agent or a team what came out of a case, from the fields of `FeedbackDraft`."""
        from tuitrack.domain.drafts.reviewing import FeedbackDraft

        draft = FeedbackDraft.accept(values)
        with changing(self._desk, case_id) as change:
            to, to_team = _receiver(change.reader, draft.to)
            sent = change.add(
                Feedback(case_id=case_id, to=to, to_team=to_team, text=draft.text, by=self._desk.agent, at=change.now)
            )
            change.log(EntryKind.FEEDBACK, f"Feedback to {sent.whom}", sent.text, record_id=sent.id)
        return sent

    def mine(self) -> list[FeedbackLine]:
        """What is addressed to the agent at work or their team: unread first, then unanswered, then answered."""
        with self._desk.store.reading() as reader:
            found = reader.feedback_to(self._desk.agent, self._team(reader), LISTED_MOST)
            return [_line(one, reader.case(one.case_id)) for one in found]

    def unread(self) -> int:
        """How much is addressed to the agent at work or their team and nobody has read."""
        with self._desk.store.reading() as reader:
            found = reader.feedback_to(self._desk.agent, self._team(reader), LISTED_MOST)
        return sum(one.read_at is None for one in found)

    def read(self, case_id: int, feedback_id: int) -> Feedback:
        """Say that one has read it; said again, it stays as it was first said."""
        with changing(self._desk, case_id) as change:
            known = self._addressed(change, feedback_id)
            if known.read_at is not None:
                return known
            read = replace(known, read_by=self._desk.agent, read_at=change.now)
            change.replace(known, read)
            change.log(EntryKind.FEEDBACK, f"Feedback to {read.whom} read", record_id=read.id)
        return read

    def answer(self, case_id: int, feedback_id: int, values: dict[str, Any]) -> Feedback:
        """Say what becomes of it, from the fields of `AnswerDraft`; whoever answers has read it."""
        from tuitrack.domain.drafts.reviewing import AnswerDraft

        draft = AnswerDraft.accept(values)
        me = self._desk.agent
        with changing(self._desk, case_id) as change:
            known = self._addressed(change, feedback_id)
            if not known.is_open:
                raise Settled(f"Answer: {known.answered_by} has answered it already.", "answer")
            read = known if known.read_at else replace(known, read_by=me, read_at=change.now)
            answered = replace(read, answer=draft.answer, answered_by=me, answered_at=change.now)
            change.replace(known, answered)
            change.log(EntryKind.FEEDBACK, f"Feedback to {answered.whom} answered", draft.answer, record_id=answered.id)
        return answered

    def read_case(self, case_id: int) -> CaseReading:
        """Keep that a reviewer has read a case, and when."""
        with changing(self._desk, case_id, right=Right.REVIEW) as change:
            reading = change.add(CaseReading(case_id=case_id, by=self._desk.agent, at=change.now))
            change.log(EntryKind.REVIEW, "Case read for its quality", record_id=reading.id)
        return reading

    def want_contact(self, case_id: int, seen: int) -> bool:
        """Mark that the customer wants to be contacted, or take the mark away; returns whether it is there now."""
        with changing(self._desk, case_id, seen) as change:
            wanted = not change.case.contact_wanted
            change.set(contact_wanted=wanted)
            told = "Customer wants to be contacted" if wanted else "Customer no longer wants to be contacted"
            change.log(EntryKind.STATUS, told)
        return wanted

    def readings(self, since: datetime, before: datetime) -> dict[str, int]:
        """How many cases each reviewer has read between two moments."""
        with self._desk.store.reading() as reader:
            return reader.readings_counted(since, before)

    def _team(self, reader: Reader) -> str:
        agent = reader.agent(self._desk.agent)
        return agent.team if agent else ""

    def _addressed(self, change: CaseChange, feedback_id: int) -> Feedback:
        """What somebody is told who may read and answer it; raises Refusal for anybody else."""
        known = next((one for one in change.reader.feedback(change.case.id) if one.id == feedback_id), None)
        if known is None:
            raise NotFound("Feedback: it is no longer there.")
        if not known.is_for(self._desk.agent, self._team(change.reader)):
            raise Refusal(f"Feedback: it is for {known.whom}; only they can say that they have read it, or answer.")
        return known


def _receiver(reader: Reader, typed: str) -> tuple[str, bool]:
    """The handle of the agent or the name of the team that is meant, and whether it is a team."""
    agents = [agent for agent in reader.agents() if agent.active]
    if any(agent.handle == typed for agent in agents):
        return typed, False
    team = next((agent.team for agent in agents if agent.team and agent.team.casefold() == typed.casefold()), None)
    if team is None:
        raise NotFound(f"To: there is neither an agent nor a team “{typed}” at work here.", "to")
    return team, True


def _line(feedback: Feedback, case: Case) -> FeedbackLine:
    return FeedbackLine(feedback, case.reference, case.subject)
