"""What stands in a case in words, for a file that is read later: promises, calls, entries and the like as items."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from tuitrack.domain.deadlines import Deadline
from tuitrack.domain.due_words import deadline_words, due_words
from tuitrack.domain.feedback import Feedback
from tuitrack.domain.inquiries import INQUIRIES
from tuitrack.domain.procedure import Standing
from tuitrack.domain.spoken_time import plain_day, plain_when
from tuitrack.domain.text import counted
from tuitrack.domain.timeline import Action, Call, Entry, Escalation, Promise, PublicPost, Remedy
from tuitrack.domain.words import DueKind, Word
from tuitrack.exchange.outline import Fact, Item

Value = str | bool | date | datetime | Word | None
"""What a fact may be made of."""


class Teller:
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
