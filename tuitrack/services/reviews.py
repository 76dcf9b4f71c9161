"""Reviews of how complaints are handled: planned with an owner and a deputy, held or not, checked by somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from tuitrack.domain.errors import NotFound, Refusal
from tuitrack.domain.permissions import Right, may
from tuitrack.domain.query.fields import Field
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.reviews import Review, ReviewPlan
from tuitrack.domain.text import counted
from tuitrack.domain.words import ReviewPart
from tuitrack.lean import dataclass
from tuitrack.services.desk import Desk
from tuitrack.services.rights import writing
from tuitrack.services.samples import SampleFile, sample_file

if TYPE_CHECKING:
    from tuitrack.domain.drafts.reviewing import ReviewPlanDraft
    from tuitrack.domain.recurrence import Recurrence
    from tuitrack.services.ports import Reader

LISTED_MOST = 50
"""So many results, and so many causes that came again, are listed."""
SAMPLES_MOST = 20
COUNT_CAP = 1000
CAUSES_TOLD = 5
LOOP_AGES = (("under 30 days", "age<30d"), ("30 to 90 days", "age>=30d age<90d"), ("90 days and more", "age>=90d"))
"""The ages by which open loops are counted, as they are called and as they are asked for."""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan and how it stands today."""

    plan: ReviewPlan
    missed: int
    """How many of its days have passed without a word."""
    is_due: bool


@dataclass(frozen=True, slots=True)
class LoopCount:
    """How many loops of an age are open, counted to `COUNT_CAP` at the most, and the query that lists them."""

    age: str
    cases: int
    query: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """The reviews that are planned, what they are to look at, and what came of those that were due."""

    plans: tuple[PlanLine, ...]
    """What is due first on top, what is no longer held at the end."""
    loops: tuple[LoopCount, ...]
    recurrences: tuple[Recurrence, ...]
    samples: tuple[SampleFile, ...]
    """The closed cases that were drawn for them, the last sample first."""
    results: tuple[Review, ...]
    """The last first."""
    read: dict[str, int]
    """How many cases each reviewer has read in the last 30 days."""


class ReviewService:
    """Plans reviews, and keeps whether they were held; everybody may read what came of them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def agenda(self) -> Agenda:
        """Everything that is planned, open and reported."""
        now = self._desk.now()
        with self._desk.store.reading() as reader:
            plans = sorted(self._lines(reader), key=lambda line: not line.plan.active)
            return Agenda(
                tuple(plans),
                tuple(_loops(reader, now)),
                tuple(reader.recurrences(LISTED_MOST)),
                tuple(sample_file(reader, sample) for sample in reader.samples(SAMPLES_MOST)),
                tuple(reader.reviews(LISTED_MOST)),
                reader.readings_counted(now - timedelta(days=30), now),
            )

    def plans(self) -> list[PlanLine]:
        """All plans by when they are due next."""
        with self._desk.store.reading() as reader:
            return self._lines(reader)

    def results(self, limit: int = LISTED_MOST) -> list[Review]:
        """What came of the latest reviews, the last first."""
        with self._desk.store.reading() as reader:
            return reader.reviews(limit)

    def reviewers(self) -> list[str]:
        """Who may own a review or stand in for its owner, by handle."""
        with self._desk.store.reading() as reader:
            return [agent.handle for agent in reader.agents() if agent.active and may(agent.role, Right.REVIEW)]

    def plan(self, values: dict[str, Any]) -> ReviewPlan:
        """Plan a review from the fields of `ReviewPlanDraft`."""
        draft = _accepted(values)
        with writing(self._desk, Right.REVIEW) as writer:
            _check_people(writer, draft)
            if draft.next_due < self._desk.today():
                raise Refusal("Next on: the day has passed; give the next one.", "next_due")
            return writer.add(ReviewPlan(first_due=draft.next_due, **_planned(draft)))

    def change(self, plan_id: int, values: dict[str, Any]) -> ReviewPlan:
        """Plan a review anew from the fields of `ReviewPlanDraft`; what was missed is settled before its days move."""
        draft = _accepted(values)
        with writing(self._desk, Right.REVIEW) as writer:
            _check_people(writer, draft)
            known = writer.review_plan(plan_id)
            changed = replace(known, **_planned(draft))
            if (changed.every, changed.next_due) != (known.every, known.next_due):
                if known.missed(self._desk.today()):
                    raise Refusal(f"Next on: say first whether the review of {known.next_due} was held.", "next_due")
                if changed.next_due < self._desk.today():
                    raise Refusal("Next on: the day has passed; give the next one.", "next_due")
                changed = replace(changed, first_due=changed.next_due)
            writer.replace(changed)
            return changed

    def proposal(self, plan_id: int) -> dict[str, str]:
        """What is known by itself of what a review passes on, for the time since it was due the last time."""
        now = self._desk.now()
        with self._desk.store.reading() as reader:
            plan = reader.review_plan(plan_id)
            last = next((one.due_on for one in reader.reviews(LISTED_MOST) if one.plan_id == plan_id), None)
            since = last or plan.first_due - timedelta(days=31)
            told = {
                ReviewPart.COUNTS: _counts(reader, since, now),
                ReviewPart.CAUSES: _causes(reader, since, now),
                ReviewPart.FEEDBACK: _feedback(reader, self._start(since), now),
            }
        return {part: told.get(part, "") for part in plan.parts}

    def hold(self, plan_id: int, values: dict[str, Any]) -> Review:
        """Say whether a review was held on the day on which it is due next, from the fields of `ReviewDraft`."""
        from tuitrack.domain.drafts.reviewing import ReviewDraft

        draft, today = ReviewDraft.accept(values), self._desk.today()
        with writing(self._desk, Right.REVIEW) as writer:
            plan = writer.review_plan(plan_id)
            if not plan.active:
                raise Refusal("Review: it is no longer held.")
            if not plan.is_held_by(self._desk.agent):
                raise Refusal(f"Review: only {plan.owner} or the deputy {plan.deputy} may say whether it was held.")
            if draft.held and draft.held_on is None:
                raise Refusal("Held on: this is needed.", "held_on")
            if draft.held_on is not None and draft.held_on > today:
                raise Refusal("Held on: the day is in the future; give when it was held.", "held_on")
            if not draft.held and not draft.because:
                raise Refusal("Not held because: this is needed where it was not.", "because")
            if not draft.held and plan.next_due > today:
                raise Refusal(f"Held: it is due on {plan.next_due}; until then it can still be held.", "held")
            results = {part.value: text for part in plan.parts if (text := getattr(draft, part))}
            review = writer.add(
                Review(
                    plan_id=plan.id,
                    name=plan.name,
                    due_on=plan.next_due,
                    held_on=draft.held_on if draft.held else None,
                    because="" if draft.held else draft.because,
                    results=results if draft.held else {},
                    by=self._desk.agent,
                    entered_at=self._desk.clock(),
                )
            )
            writer.replace(replace(plan, next_due=plan.following))
        return review

    def check(self, review_id: int, note: str) -> Review:
        """Confirm as a second person that what was said of a review is so."""
        with writing(self._desk, Right.REVIEW) as writer:
            known = writer.review(review_id)
            if known.checked_by is not None:
                raise Refusal(f"Check: {known.checked_by} has checked it already.")
            if known.by == self._desk.agent:
                raise Refusal("Check: a second person checks it, never the one who entered it.")
            me, now = self._desk.agent, self._desk.clock()
            checked = replace(known, checked_by=me, checked_at=now, check_note=note.strip())
            writer.replace(checked)
        return checked

    def take_back(self, review_id: int) -> Review:
        """Take back what one said of the last day of a review, as long as nobody has checked it."""
        with writing(self._desk, Right.REVIEW) as writer:
            known = writer.review(review_id)
            plan = writer.review_plan(known.plan_id)
            if known.checked_by is not None:
                raise Refusal(f"Taken back: {known.checked_by} has checked it; it stays.")
            if known.by != self._desk.agent:
                raise Refusal(f"Taken back: only {known.by}, who entered it, may do that.")
            if any(one.plan_id == plan.id and one.due_on > known.due_on for one in writer.reviews(LISTED_MOST)):
                raise Refusal("Taken back: what came of a later day was entered since.")
            writer.remove(known)
            writer.replace(replace(plan, next_due=known.due_on, first_due=min(plan.first_due, known.due_on)))
        return known

    def _lines(self, reader: Reader) -> list[PlanLine]:
        today = self._desk.today()
        return [
            PlanLine(plan, plan.missed(today), plan.active and plan.next_due <= today) for plan in reader.review_plans()
        ]

    def _start(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._desk.zone)


def _accepted(values: dict[str, Any]) -> ReviewPlanDraft:
    from tuitrack.domain.drafts.reviewing import ReviewPlanDraft

    draft = ReviewPlanDraft.accept(values)
    if not draft.parts:
        raise Refusal("Counts: a review passes something on; choose one part at least.", "counts")
    if draft.owner == draft.deputy:
        raise Refusal("Deputy: somebody else stands in for the owner.", "deputy")
    return draft


def _planned(draft: ReviewPlanDraft) -> dict[str, Any]:
    """The fields of a plan as a draft gives them."""
    names = ("name", "every", "next_due", "owner", "deputy", "parts", "active")
    return {name: getattr(draft, name) for name in names}


def _check_people(reader: Reader, draft: ReviewPlanDraft) -> None:
    """Refuse an owner or a deputy who may not hold reviews."""
    for field in ("owner", "deputy"):
        handle = getattr(draft, field)
        agent = reader.agent(handle)
        if agent is None or not agent.active:
            raise NotFound(f"{field.capitalize()}: there is no agent “{handle}” at work here.", field)
        if not may(agent.role, Right.REVIEW):
            raise Refusal(f"{field.capitalize()}: {agent.name} may not {Right.REVIEW.label}.", field)


def _loops(reader: Reader, now: datetime) -> list[LoopCount]:
    found = []
    for age, term in LOOP_AGES:
        text = f"loop:open is:all {term} sort:oldest"
        found.append(LoopCount(age, reader.count(QueueQuery(text), now, COUNT_CAP), text))
    return found


def _counts(reader: Reader, since: date, now: datetime) -> str:
    """The figures of the time since the last review, each as it can be asked for."""

    def count(text: str) -> str:
        number = reader.count(QueueQuery(text), now, COUNT_CAP)
        return f"{number}+" if number >= COUNT_CAP else str(number)

    return "\n".join(
        (
            f"Received since {since}: {count(f'is:all received>={since}')}",
            f"Closed since {since}: {count(f'closed>={since}')}",
            f"Open now: {count('')}, overdue {count('is:overdue')}",
            f"Loops open: {count('loop:open is:all')}, corrected {count('loop:corrected is:all')}",
            f"Never contacted though they asked: {count('is:all contact:wanted contact:never')}",
        )
    )


def _causes(reader: Reader, since: date, now: datetime) -> str:
    """The commonest causes of what was received since the last review, and what came again."""
    of_time = QueueQuery(f"is:all has:cause received>={since}")
    found = [(cause, cases) for (cause,), (cases,) in reader.count_parts(of_time, (), now, (Field.CAUSE,)).items()]
    commonest = sorted(found, key=lambda one: (-one[1], one[0]))[:CAUSES_TOLD]
    again = sum(one.cases for one in reader.recurrences(LISTED_MOST))
    told = [f"{cause}: {cases}" for cause, cases in commonest]
    return "\n".join([*told, f"Came again after they were corrected: {counted(again, 'case')}"])


def _feedback(reader: Reader, since: datetime, now: datetime) -> str:
    sent, read, answered = reader.feedback_counted(since, now)
    return f"Sent: {sent}, read {read}, answered {answered}"
