"""One case as sections of named facts, which Markdown, HTML and plain lines only write down differently."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from tuitrack.domain.case import Case
from tuitrack.domain.deadlines import Deadline
from tuitrack.domain.due_words import deadline_words, due_words, late_words
from tuitrack.domain.feedback import Feedback
from tuitrack.domain.inquiries import INQUIRIES
from tuitrack.domain.procedure import Standing
from tuitrack.domain.spoken_time import plain_day, plain_when
from tuitrack.domain.text import counted
from tuitrack.domain.timeline import Action, Call, Entry, Escalation, Promise, PublicPost, Remedy
from tuitrack.domain.words import DueKind, EntryKind, Priority, Word
from tuitrack.lean import dataclass
from tuitrack.services.casefile import CaseFile

Value = str | bool | date | datetime | Word | None


@dataclass(frozen=True, slots=True)
class Fact:
    """What something is called, and what it is; of one line or several."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One of several like things: a promise, a call, an entry of the timeline."""

    title: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the outline, with facts of its own or with items."""

    title: str
    facts: tuple[Fact, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A case as it stood at one moment."""

    title: str
    sections: tuple[Section, ...]


def outline_of(file: CaseFile, now: datetime) -> Outline:
    """Everything about a case, section by section; `now` is in the office's zone."""
    case, said = file.case, _Teller(now)
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


class _Teller:
    """Puts values in words, in the office's zone; every moment is told by its date, for a file is read later."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def facts(self, told: Iterable[tuple[str, Value]], *, always: bool = False) -> tuple[Fact, ...]:
        """The facts there are, or with `always` also those that are not yet."""
        texts = ((name, self.text(value)) for name, value in told)
        return tuple(Fact(name, text or "not yet") for name, text in texts if text or always)

    def text(self, value: Value) -> str:
        """A value in words, empty where there is none."""
        match value:
            case datetime():
                return plain_when(value.astimezone(self._now.tzinfo))
            case date():
                return plain_day(value)
            case Word():
                return value.label
            case bool():
                return "yes" if value else ""
            case _:
                return value or ""

    def item(self, title: str, *told: tuple[str, Value]) -> Item:
        """An item with the facts there are."""
        return Item(title, self.facts(told))

    def deadline(self, clock: Deadline) -> Item:
        """Whether a deadline was met, and how late."""
        of_record = clock.kind in (DueKind.PROMISE, DueKind.ACTION)
        name = f"{clock.kind.label}: {clock.what}" if of_record else clock.kind.label
        is_open = clock.is_running and not clock.is_overdue(self._now)
        moved_from = None if clock.first_due_at == clock.due_at else clock.first_due_at
        return self.item(
            f"{name}, {'open' if is_open else deadline_words(clock, self._now)}",
            ("rule", clock.rule),
            ("due", clock.due_at),
            ("due without pauses", moved_from),
            ("target", clock.target_at),
            ("met", clock.met_at),
            ("late because", clock.late_because),
        )

    def promise(self, promise: Promise) -> Item:
        """What was promised and what became of it."""
        outcome = promise.outcome.label if promise.outcome else due_words(promise.due_at, self._now)
        return self.item(
            f"{promise.what}, {outcome}",
            ("to", promise.to),
            ("by", promise.by),
            ("made", promise.made_at),
            ("due", promise.due_at),
            ("settled", promise.settled_at),
            ("settled by", promise.settled_by),
            ("because", promise.settled_note),
        )

    def action(self, action: Action) -> Item:
        """What was asked for and when it was done."""
        days = action.slippage_days
        took = "" if days is None else counted(days, "day")
        state = due_words(action.due_at, self._now) if action.is_open else "done"
        return self.item(
            f"{action.what}, {state}",
            ("track", action.track),
            ("kind", action.kind),
            ("assignee", action.assignee),
            ("requested", action.requested_on),
            ("due", action.due_at),
            ("done", action.done_on),
            ("from request to done", took),
            ("note", action.done_note),
        )

    def inquiry(self, inquiry: Action) -> Item:
        """What was asked of whom, and the answer."""
        words = INQUIRIES[inquiry.kind]
        state = due_words(inquiry.due_at, self._now) if inquiry.is_open else "answered"
        return self.item(
            f"{words.title}: {inquiry.what}, {state}",
            (words.whom.lower(), inquiry.assignee),
            (words.asked.lower(), inquiry.requested_on),
            ("due", inquiry.due_at),
            (words.answered.lower(), inquiry.done_on),
            (words.answer.lower(), inquiry.done_note),
        )

    def remedy(self, remedy: Remedy) -> Item:
        """What was offered, by itself or as an option, and whether it was chosen and delivered."""
        declined = "declined" if remedy.option_set is None else "not chosen"
        answer = {True: "chosen", False: declined, None: "no answer yet"}[remedy.chosen]
        return self.item(
            f"{remedy.summary}, {answer}",
            ("option of offer", "" if remedy.option_set is None else str(remedy.option_set)),
            ("offered", remedy.offered_on),
            ("approval", remedy.approval),
            ("approved by", remedy.approved_by),
            ("valid until", remedy.expires_on),
            ("delivered", remedy.delivered_on),
            ("how", remedy.method),
        )

    def call(self, call: Call) -> Item:
        """Who called whom, why, and whether the customer was reached."""
        return self.item(
            call.summary,
            ("at", call.at),
            ("by", call.by),
            ("told that the call is recorded", call.recording_told),
            ("reference given", call.reference_given),
        )

    def escalation(self, escalation: Escalation) -> Item:
        """Before whom the case was laid, why, and what came of it."""
        return self.item(
            f"{escalation.whom}, {'stands' if escalation.stands else 'ended'}",
            ("reason", escalation.reason),
            ("by", escalation.by),
            ("at", escalation.at),
            ("ended", escalation.ended_at),
            ("ended by", escalation.ended_by),
            ("what came of it", escalation.came_of),
        )

    def post(self, post: PublicPost) -> Item:
        """Where a complaint was published, and what became of it."""
        return self.item(
            f"{post.where}, {post.state.label}",
            ("link", post.link),
            ("first seen", post.seen_on),
            ("customer asked to remove it", post.asked_on),
            ("customer's answer", post.answer),
            (post.state.label, post.state_on),
            ("our public answer", post.reply),
            ("by", post.by),
        )

    def feedback(self, feedback: Feedback) -> Item:
        """What was told to whom, whether it was read, and what was answered."""
        state = "answered" if not feedback.is_open else "read" if feedback.read_at else "not read yet"
        return self.item(
            f"Feedback to {feedback.whom}, {state}",
            ("text", feedback.text),
            ("by", feedback.by),
            ("at", feedback.at),
            ("read", feedback.read_at),
            ("read by", feedback.read_by),
            ("answered", feedback.answered_at),
            ("answered by", feedback.answered_by),
            ("answer", feedback.answer),
        )

    def step(self, found: Standing) -> Fact:
        """A step of the procedure and how it stands."""
        told = found.told(self.text(found.tick.at) if found.tick else "")
        because = f", because {found.tick.because}" if found.tick and found.tick.because else ""
        return Fact(found.step.title, told + because)

    def noted(self, entry: Entry) -> Item:
        """What was found or suggested, when and by whom it was taken down."""
        told = (("taken down by", entry.by), ("about", entry.summary), ("text", entry.body))
        return self.item(self.text(entry.occurred_at), *told)

    def entry(self, entry: Entry, entries: Iterable[Entry]) -> Item:
        """What happened, with what it corrects and what corrected it."""
        corrected = next((one for one in entries if one.id == entry.corrects), None) if entry.corrects else None
        correction = next((one for one in entries if one.corrects == entry.id), None)
        late = abs((entry.entered_at - entry.occurred_at).total_seconds()) >= 60
        changes = "\n".join(
            f"{name.replace('_', ' ')}: {old or 'nothing'} → {new or 'nothing'}"
            for name, (old, new) in entry.changes.items()
        )
        return self.item(
            f"{self.text(entry.occurred_at)}: {entry.summary}",
            ("kind", entry.kind),
            ("by", entry.by),
            ("entered", entry.entered_at if late else None),
            ("corrects", f"{self.text(corrected.occurred_at)}: {corrected.summary}" if corrected else ""),
            ("corrected", self.text(correction.entered_at) if correction else ""),
            ("channel", entry.channel),
            ("in public", entry.public),
            ("text", entry.body),
            ("changed", changes),
        )


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


def _decision(file: CaseFile, said: _Teller) -> list[tuple[str, Value]]:
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
