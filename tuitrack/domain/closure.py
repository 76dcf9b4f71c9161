"""Closing a case: the steps, and every blocker by name with the step where it is mended.

Silence never confirms: the customer's date is a fact of its own, and a case without it closes as unconfirmed
only after counted attempts to reach the customer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo

from tuitrack.domain.case import Case
from tuitrack.domain.errors import Refusal
from tuitrack.domain.procedure import Standing
from tuitrack.domain.timeline import Action, Call, Promise
from tuitrack.domain.words import Justified, Outcome, Track, Word
from tuitrack.lean import dataclass


class Step(Word):
    """One step of closing, in order."""

    RESOLUTION = "resolution", "what was done"
    DECISION = "decision", "justified or not"
    CAUSE = "cause", "cause and actions"
    CONFIRMATION = "confirmation", "the customer's word"
    REVIEW = "review", "review and close"


@dataclass(frozen=True, slots=True)
class Blocker:
    """One reason why a case cannot be closed yet, and where to mend it."""

    step: Step
    field: str
    """The field of that step, or `promise` / `action` with the record's id."""
    sentence: str
    record_id: int | None = None


WITHOUT_RESOLUTION = frozenset({Outcome.WITHDRAWN, Outcome.DUPLICATE, Outcome.VOID})
"""Outcomes that end a case without a resolution and without the customer's word."""


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """Everything that decides whether a case may close."""

    case: Case
    calls: Sequence[Call]
    actions: Sequence[Action]
    promises: Sequence[Promise]
    attempts_needed: int
    """How many attempts to reach the customer are asked before a case may close as unconfirmed."""
    zone: tzinfo
    """The office's zone, in which a call has its day."""
    steps: Sequence[Standing] = ()
    """The steps of its procedure."""
    steps_because: str = ""
    """Why mandatory steps are left open, which only some may decide."""

    @property
    def attempts(self) -> int:
        """Outbound calls since the day of the resolution that did not reach the customer."""
        since = self.case.company_resolved_on or date.min
        return sum(call.is_attempt and call.at.astimezone(self.zone).date() >= since for call in self.calls)


def blockers(facts: ClosingFacts, outcome: Outcome) -> list[Blocker]:
    """Every reason why the case cannot close with that outcome, in the order of the steps."""
    found = _open_promises(facts.promises)
    if outcome in WITHOUT_RESOLUTION:
        return found + _without_resolution(facts.case, outcome)
    found += _open_customer_actions(facts.actions)
    found += [] if facts.steps_because.strip() else _open_steps(facts.steps)
    found += _resolution(facts.case)
    found += _decision(facts.case, outcome)
    found += _cause(facts.case, facts.actions)
    if outcome is Outcome.CONFIRMED:
        found += _confirmation(facts.case)
    elif outcome is Outcome.UNCONFIRMED:
        found += _unconfirmed(facts)
    order = list(Step)
    return sorted(found, key=lambda blocker: order.index(blocker.step))


def check_resolved_on(day: date, received_on: date, today: date) -> None:
    """Refuse a company date in the future or before the case was received."""
    if day > today:
        raise Refusal(
            "Company resolved on: the date is in the future; give the day on which it was resolved.",
            "company_resolved_on",
        )
    if day < received_on:
        raise Refusal(
            f"Company resolved on: the case was received on {received_on:%d %b %Y}; the date cannot be earlier.",
            "company_resolved_on",
        )


def check_confirmed_on(day: date, resolved_on: date | None, today: date, early_because: str) -> None:
    """Refuse a customer's date in the future, with no company date, or before it without a reason."""
    if day > today:
        raise Refusal(
            "Customer confirmed on: the date is in the future; the customer has not said so yet.",
            "customer_confirmed_on",
        )
    if resolved_on is None:
        raise Refusal("Company resolved on: give the company's date before the customer's.", "company_resolved_on")
    if day < resolved_on and not early_because.strip():
        raise Refusal(
            f"Customer confirmed on: this is before the company's date ({resolved_on:%d %b %Y}); state why.",
            "confirmed_early_because",
        )


def _open_promises(promises: Sequence[Promise]) -> list[Blocker]:
    return [
        Blocker(
            Step.REVIEW,
            "promise",
            f"Promise still open: {promise.what}. Say whether it was kept.",
            promise.id,
        )
        for promise in promises
        if promise.is_open
    ]


def _open_customer_actions(actions: Sequence[Action]) -> list[Blocker]:
    return [
        Blocker(Step.CAUSE, "action", f"Action for the customer still open: {action.what}.", action.id)
        for action in actions
        if action.is_open and action.track is Track.CUSTOMER
    ]


def _open_steps(steps: Sequence[Standing]) -> list[Blocker]:
    return [
        Blocker(
            Step.REVIEW,
            "steps_because",
            f"Mandatory step still open: {one.step.title}. Tick it in the case, or a supervisor says why not.",
        )
        for one in steps
        if one.is_wanted
    ]


def _without_resolution(case: Case, outcome: Outcome) -> list[Blocker]:
    found = []
    if not case.closing_note.strip():
        found.append(Blocker(Step.REVIEW, "closing_note", f"Closing note: say why the case ends as {outcome.label}."))
    if outcome is Outcome.DUPLICATE and not case.duplicate_of:
        found.append(Blocker(Step.REVIEW, "duplicate_of", "Duplicate of: give the reference of the other case."))
    return found


def _resolution(case: Case) -> list[Blocker]:
    found = []
    if not case.resolution.strip():
        found.append(Blocker(Step.RESOLUTION, "resolution", "Resolution: say what was done."))
    if case.company_resolved_on is None:
        found.append(
            Blocker(
                Step.RESOLUTION,
                "company_resolved_on",
                "Company resolved on: give the date on which the company considered it resolved.",
            )
        )
    return found


def _decision(case: Case, outcome: Outcome) -> list[Blocker]:
    found = []
    if case.justified is None:
        found.append(Blocker(Step.DECISION, "justified", "Justified: answer yes, partly or no."))
    elif outcome is Outcome.NOT_UPHELD and case.justified is not Justified.NO:
        found.append(Blocker(Step.DECISION, "justified", "Justified: a case closed as not upheld is answered no."))
    if not case.justified_because.strip():
        found.append(Blocker(Step.DECISION, "justified_because", "Because: give the reason for the decision."))
    if not case.explanation.strip():
        found.append(Blocker(Step.DECISION, "explanation", "Explanation: write it as it was given to the customer."))
    return found


def _cause(case: Case, actions: Sequence[Action]) -> list[Blocker]:
    found = []
    if not case.cause.strip():
        found.append(Blocker(Step.CAUSE, "cause", "Root cause: name it, or say that none was found."))
    has_process_action = any(action.track is Track.PROCESS for action in actions)
    if not has_process_action and not case.no_process_action_because.strip():
        found.append(
            Blocker(
                Step.CAUSE,
                "no_process_action_because",
                "Process: add an action that prevents the next one, or write none, because.",
            )
        )
    return found


def _confirmation(case: Case) -> list[Blocker]:
    found = []
    if case.customer_confirmed_on is None:
        found.append(
            Blocker(
                Step.CONFIRMATION,
                "customer_confirmed_on",
                "Customer confirmed on: give the date the customer said so, or close as unconfirmed.",
            )
        )
    if case.confirming_call_id is None:
        found.append(
            Blocker(
                Step.CONFIRMATION,
                "confirming_call_id",
                "Proof: name the call in which the customer confirmed it.",
            )
        )
    if case.mood is None:
        found.append(Blocker(Step.CONFIRMATION, "mood", "Mood: satisfied, neutral or still angry?"))
    return found


def _unconfirmed(facts: ClosingFacts) -> list[Blocker]:
    found = []
    if facts.attempts < facts.attempts_needed:
        found.append(
            Blocker(
                Step.CONFIRMATION,
                "attempts",
                f"Attempts: {facts.attempts} of {facts.attempts_needed} attempts to reach the customer are logged.",
            )
        )
    if not facts.case.unconfirmed_because.strip():
        found.append(Blocker(Step.CONFIRMATION, "unconfirmed_because", "No confirmation: say why there is none."))
    return found
