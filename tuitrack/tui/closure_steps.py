"""The fields of each step of closing, what they begin with, and which step comes first for a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tuitrack.domain.case import Case
from tuitrack.domain.closure import Blocker, ClosingFacts, Step, blockers
from tuitrack.domain.spoken_time import plain_day
from tuitrack.domain.timeline import Call
from tuitrack.domain.words import Answer, Justified, Mood, Outcome, Retention
from tuitrack.services.casefile import CaseFile
from tuitrack.tui.fields import ChoiceField, DayField, Field, SuggestField, TextField, YesNoField, words
from tuitrack.tui.present_entry import call_choices

CALLS_OFFERED = 6
"""How many of the latest calls are offered as the one in which something was said."""

STEPS = tuple(Step)


def step_fields(file: CaseFile, step: Step, causes: Sequence[str], now: datetime) -> list[Field]:
    """What a step asks."""
    match step:
        case Step.RESOLUTION:
            return _resolution(file.case)
        case Step.DECISION:
            return [
                ChoiceField("justified", "Justified", choices=words(Justified)),
                TextField("justified_because", "Because", rows=3),
                TextField("explanation", "Explanation", rows=4, hint="as it was given to the customer"),
                *telling_fields(file, now),
            ]
        case Step.CAUSE:
            return [
                SuggestField("cause", "Root cause", suggestions=causes, hint="or: no fault found"),
                TextField("factors", "What added to it", rows=2),
                Field("no_process_action_because", "No process action, because"),
            ]
        case Step.CONFIRMATION:
            return _confirmation(file, now)
        case Step.REVIEW:
            return [
                ChoiceField("outcome", "Outcome", choices=words(Outcome), required=True),
                TextField("closing_note", "Closing note", rows=2),
                Field("duplicate_of", "Duplicate of", hint="the other case's reference"),
                *_steps_because(file),
                ChoiceField("retention", "Customer stays", choices=words(Retention), required=True),
            ]


def telling_fields(file: CaseFile, now: datetime) -> list[Field]:
    """On which day the customer heard the decision, or in which of the latest calls."""
    day = DayField("customer_told_on", "Customer told on", hint="empty: the day of the call, if one is picked")
    calls = file.calls_reached[:CALLS_OFFERED]
    if file.told_call is not None and file.told_call not in calls:
        calls.append(file.told_call)
    return [day, ChoiceField("told_call_id", "Told in the call", choices=call_choices(calls, now))] if calls else [day]


def step_values(case: Case, step: Step, today: date) -> dict[str, Any]:
    """What the fields of a step begin with: what is stored; only the company's date begins with today."""
    stored = {name: getattr(case, name) for name in _NAMES[step]}
    match step:
        case Step.RESOLUTION:
            return stored | {"company_resolved_on": case.company_resolved_on or today}
        case Step.REVIEW:
            return stored | {"outcome": suggested_outcome(case)}
        case _:
            return stored


def suggested_outcome(case: Case) -> Outcome | None:
    """How the case ends by what is stored; None where that does not say it."""
    if case.customer_confirmed_on is not None:
        return Outcome.CONFIRMED
    if case.justified is Justified.NO and case.explanation and case.customer_told_on:
        return Outcome.NOT_UPHELD
    return Outcome.UNCONFIRMED if case.unconfirmed_because else None


def blockers_of(facts: ClosingFacts, review: Mapping[str, Any]) -> list[Blocker]:
    """What stands in the way, with the outcome and the note as they stand in the review step."""
    note, twin = review.get("closing_note") or "", review.get("duplicate_of") or ""
    outcome = review.get("outcome") or suggested_outcome(facts.case) or Outcome.CONFIRMED
    case = replace(facts.case, closing_note=note, duplicate_of=twin)
    return blockers(replace(facts, case=case, steps_because=review.get("steps_because") or ""), outcome)


def first_unfinished(facts: ClosingFacts) -> Step:
    """The step in which closing goes on, for whoever goes on with it."""
    blocked = {blocker.step for blocker in blockers_of(facts, {})}
    return next((step for step in STEPS if step in blocked), Step.REVIEW)


def proving_calls(file: CaseFile) -> list[Call]:
    """The latest calls that reached the customer, newest first; those before the company's date prove less, so last."""
    return sorted(file.calls_reached, key=lambda call: _is_early(call, file))[:CALLS_OFFERED]


_NAMES = {
    Step.RESOLUTION: ("resolution", "company_resolved_on", "help_offered"),
    Step.DECISION: ("justified", "justified_because", "explanation", "customer_told_on", "told_call_id"),
    Step.CAUSE: ("cause", "factors", "no_process_action_because"),
    Step.CONFIRMATION: (
        "customer_confirmed_on",
        "confirming_call_id",
        "confirmation_asked_by",
        "confirmed_early_because",
        "mood",
        "satisfied_with_measures",
        "satisfied_with_work",
        "still_angry",
        "unconfirmed_because",
    ),
    Step.REVIEW: ("closing_note", "duplicate_of", "retention"),
}


def _steps_because(file: CaseFile) -> list[Field]:
    """Asked only where a mandatory step of the procedure is open."""
    is_wanted = any(found.is_wanted for found in file.steps)
    return [Field("steps_because", "Steps open, because", hint="for a supervisor to decide")] if is_wanted else []


def _resolution(case: Case) -> list[Field]:
    fields: list[Field] = [
        TextField("resolution", "Resolution", rows=5, hint="what was done"),
        DayField("company_resolved_on", "Company resolved on"),
    ]
    if case.company_resolved_on is not None:
        stored = plain_day(case.company_resolved_on)
        fields.append(Field("changed_because", "Changed, because", hint=f"if not {stored}"))
    return [*fields, Field("help_offered", "Help offered", hint="although not upheld")]


def _confirmation(file: CaseFile, now: datetime) -> list[Field]:
    resolved = file.case.company_resolved_on
    early_hint = f"if before {plain_day(resolved)}" if resolved else "after the company's date"
    fields: list[Field] = [
        DayField("customer_confirmed_on", "Customer confirmed on", hint="the day the customer said so")
    ]
    if calls := proving_calls(file):
        early = {call.id for call in calls if _is_early(call, file)}
        fields.append(ChoiceField("confirming_call_id", "Said in the call", choices=call_choices(calls, now, early)))
    return [
        *fields,
        ChoiceField("mood", "Mood", choices=words(Mood)),
        ChoiceField("satisfied_with_measures", "With the measures", choices=words(Answer)),
        ChoiceField("satisfied_with_work", "With the work", choices=words(Answer)),
        YesNoField("still_angry", "Still angry"),
        Field("confirmation_asked_by", "Asked by", hint="empty: me"),
        Field("confirmed_early_because", "Early, because", hint=early_hint),
        Field("unconfirmed_because", "No confirmation, because", section="Where the customer cannot be reached"),
    ]


def _is_early(call: Call, file: CaseFile) -> bool:
    """Whether a call was before the day on which the company considered the case resolved."""
    resolved = file.case.company_resolved_on
    return resolved is not None and call.at.astimezone(file.zone).date() < resolved
