"""One case as an outline: which facts of it a file has, in which order and under which names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tuitrack.domain.case import Case
from tuitrack.domain.due_words import due_words, late_words
from tuitrack.domain.timeline import Entry
from tuitrack.domain.words import EntryKind, Priority
from tuitrack.exchange.case_telling import Teller, Value
from tuitrack.exchange.outline import Outline, Section
from tuitrack.services.casefile import CaseFile


def outline_of(file: CaseFile, now: datetime) -> Outline:
    """Everything about a case, section by section; `now` is in the office's zone."""
    case, said = file.case, Teller(now)
    sections = (
        Section("Case", said.facts(_header(file, now))),
        Section("Customer", said.facts(_customer(file))),
        Section("Dates", said.facts(_dates(case), always=True)),
        Section("What was said", said.facts(_statements(case, file.entries))),
        Section("Findings", items=tuple(said.noted(entry) for entry in file.findings)),
        Section("Suggestions", items=tuple(said.noted(entry) for entry in file.suggestions)),
        Section("Deadlines", items=tuple(said.deadline(clock) for clock in file.clocks)),
        Section("Promises", items=tuple(map(said.promise, file.promises))),
        Section("Actions", items=tuple(said.action(one) for one in file.actions if not one.is_inquiry)),
        Section("Inquiries", items=tuple(map(said.inquiry, file.inquiries))),
        Section("Remedies", items=tuple(map(said.remedy, file.remedies))),
        Section("Calls", items=tuple(map(said.call, file.calls))),
        Section("Escalations", items=tuple(map(said.escalation, file.escalations))),
        Section("Published complaints", items=tuple(map(said.post, file.posts))),
        Section("Loop", said.facts(_loop(file)), tuple(map(said.feedback, file.feedback))),
        Section("Steps", tuple(map(said.step, file.steps))),
        Section("Decision", said.facts(_decision(file, said))),
        Section("Closing", said.facts(_closing(case))),
        Section("Timeline", items=tuple(said.entry(entry, file.entries) for entry in file.entries)),
        Section("This text", said.facts([("written by", file.office), ("written on", now)])),
    )
    filled = (section for section in sections if section.facts or section.items)
    return Outline(f"{case.reference} {case.subject}", tuple(filled))


def _header(file: CaseFile, now: datetime) -> list[tuple[str, Value]]:
    case = file.case
    next_due = file.next_due
    marks = [
        ("urgent", case.priority is Priority.URGENT),
        ("likely to leave", case.likely_to_leave),
        ("still angry", case.still_angry),
        ("said in public", case.public),
    ]
    return [
        ("reference", case.reference),
        ("subject", case.subject),
        ("kind", case.kind),
        ("status", case.status),
        ("outcome", case.outcome),
        ("care", ", ".join(name for name, holds in marks if holds)),
        ("times reopened", str(case.reopened_count) if case.reopened_count else ""),
        ("next", f"{next_due.what}, {due_words(next_due.due_at, now)}" if next_due else ""),
        ("was late", late_words(file.clocks, now)),
        ("owner", case.owner),
        ("contact for the customer", case.contact),
        ("escalated to", file.escalation.whom if file.escalation else ""),
        ("department", case.department),
        ("priority", case.priority),
        ("category", ", ".join(filter(None, (case.category, case.sub_category)))),
        ("product", case.product),
        ("tags", case.tags),
        ("channel", case.channel),
        ("source", case.source),
        ("employee concerned", case.employee_concerned),
        ("number before", case.foreign_id),
        ("customer asked how it stands", f"{file.status_checks} times" if file.status_checks else ""),
        ("missing for a complete record", ", ".join(file.missing)),
    ]


def _customer(file: CaseFile) -> list[tuple[str, Value]]:
    customer = file.customer
    return [
        ("customer", customer.name),
        ("person or company", customer.kind),
        ("account number", customer.account),
        ("phone", ", ".join(file.numbers)),
        ("e-mail", customer.email),
        ("address", customer.address),
        ("language", customer.language),
        ("cannot be reached because", customer.no_contact_reason),
    ]


def _dates(case: Case) -> list[tuple[str, Value]]:
    return [
        ("occurred", case.occurred_on or "not known"),
        ("received", case.received_at),
        ("received by", case.received_by),
        ("entered", case.entered_at),
        ("entered by", case.entered_by),
        ("company considered it resolved", case.company_resolved_on),
        ("customer confirmed", case.customer_confirmed_on),
    ]


def _statements(case: Case, entries: Iterable[Entry]) -> list[tuple[str, Value]]:
    amount = f"{case.amount_asked} {case.currency}".strip() if case.amount_asked is not None else ""
    told: list[tuple[str, Value]] = [
        ("customer's words", case.words),
        ("details", case.details),
        ("further issues", case.further_issues),
        ("to clarify", case.to_clarify),
        ("remedy wanted", case.remedy_wanted),
        ("amount asked", amount),
    ]
    return told + [(entry.kind.label, entry.body) for entry in entries if entry.kind is EntryKind.STATEMENT]


def _decision(file: CaseFile, said: Teller) -> list[tuple[str, Value]]:
    case, call = file.case, file.told_call
    return [
        ("what was done", case.resolution),
        ("resolved by", case.company_resolved_by),
        ("resolved on first contact", case.resolved_on_first_contact),
        ("justified", case.justified),
        ("justified because", case.justified_because),
        ("explained to the customer", case.explanation),
        ("decided", case.decided_on),
        ("customer told", case.customer_told_on),
        ("told in the call of", call.at if call else None),
        ("done before that", ", ".join(f"{deed.what} {said.text(deed.day)}" for deed in file.done_untold)),
        ("help offered", case.help_offered),
        ("root cause", case.cause),
        ("factors", case.factors),
        ("no process action because", case.no_process_action_because),
    ]


def _loop(file: CaseFile) -> list[tuple[str, Value]]:
    loop = file.loop
    return [
        ("stands at", loop.stands),
        ("short-term goal, this customer satisfied", loop.short_term),
        ("long-term goal, cause corrected", loop.long_term),
        ("cause corrected before in vain", file.corrected.what if file.corrected else ""),
        ("customer wants to be contacted", file.case.contact_wanted),
        ("read for its quality by", ", ".join(dict.fromkeys(reading.by for reading in file.readings))),
    ]


def _closing(case: Case) -> list[tuple[str, Value]]:
    return [
        ("confirmation asked by", case.confirmation_asked_by),
        ("not confirmed because", case.unconfirmed_because),
        ("confirmed early because", case.confirmed_early_because),
        ("mood", case.mood),
        ("satisfied with what was done", case.satisfied_with_measures),
        ("satisfied with how it was handled", case.satisfied_with_work),
        ("closed", case.closed_at),
        ("closed by", case.closed_by),
        ("closing note", case.closing_note),
        ("duplicate of", case.duplicate_of),
        ("customer afterwards", case.retention if case.closed_at else None),
    ]
