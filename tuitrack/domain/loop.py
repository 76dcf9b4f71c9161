"""The loop of a complaint, from being collected to its cause being corrected: worked out from what is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tuitrack.domain.case import Case
from tuitrack.domain.change import entries_undone
from tuitrack.domain.feedback import Feedback
from tuitrack.domain.timeline import Action, Call, Entry
from tuitrack.domain.words import CallResult, CaseKind, Direction, EntryKind, Goal, Loop, Mood, Outcome, Track
from tuitrack.lean import dataclass

LEARNT_FROM = (CaseKind.COMPLAINT, CaseKind.CLAIM)
"""The kinds of cases that have a cause to correct."""
NOT_LEARNT_FROM = (Outcome.VOID, Outcome.DUPLICATE)
"""How cases end of which the cause is looked for elsewhere, or not at all."""


@dataclass(frozen=True, slots=True)
class LoopFacts:
    """What decides how far the loop of a case is."""

    case: Case
    actions: Sequence[Action]
    feedback: Sequence[Feedback]

    @property
    def process(self) -> list[Action]:
        """The actions that are to prevent the next such case."""
        return [action for action in self.actions if action.track is Track.PROCESS]

    @property
    def stands(self) -> Loop:
        """The last stage that is reached with all before it."""
        case, process = self.case, self.process
        is_learnt_from = case.kind in LEARNT_FROM and case.outcome not in NOT_LEARNT_FROM
        if not is_learnt_from or (case.no_process_action_because and not process):
            return Loop.NEEDLESS
        if not case.cause:
            return Loop.COLLECTED
        if not self.feedback:
            return Loop.ANALYSED
        is_corrected = bool(process) and not any(action.is_open for action in process)
        return Loop.CORRECTED if is_corrected else Loop.FED_BACK

    @property
    def short_term(self) -> Goal:
        """Whether this customer is satisfied."""
        case = self.case
        if case.customer_confirmed_on is not None and case.mood is Mood.SATISFIED and not case.still_angry:
            return Goal.REACHED
        return Goal.OPEN if case.is_open else Goal.MISSED

    @property
    def long_term(self) -> Goal:
        """Whether others will not meet the same cause."""
        return {Loop.CORRECTED: Goal.REACHED, Loop.NEEDLESS: Goal.NEEDLESS}.get(self.stands, Goal.OPEN)


def was_contacted(calls: Iterable[Call], entries: Iterable[Entry]) -> bool:
    """Whether we ever reached the customer by a call of ours, or wrote."""
    told = list(entries)
    undone = entries_undone(told)
    return any(call.direction is Direction.OUTBOUND and call.result is CallResult.REACHED for call in calls) or any(
        entry.kind is EntryKind.LETTER and entry.id not in undone for entry in told
    )
