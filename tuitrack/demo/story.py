"""Lives eighteen months at a desk: every case goes through the same services an agent uses, under a moved clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from tuitrack.demo.staff import TEAMS, staffed
from tuitrack.demo.taking import taken_down
from tuitrack.demo.texts import TROUBLES, Trouble
from tuitrack.domain.case import Case
from tuitrack.domain.errors import Refusal
from tuitrack.domain.permissions import Right, may
from tuitrack.domain.samples import GIVEN
from tuitrack.domain.words import (
    ActionKind,
    AuditQuestion,
    CallPurpose,
    CallResult,
    CaseKind,
    Direction,
    EntryKind,
    Interval,
    Justified,
    Mood,
    Outcome,
    PostState,
    PromiseOutcome,
    RemedyKind,
    Retention,
    ReviewPart,
    Status,
    Track,
)
from tuitrack.services.bundle import Services
from tuitrack.services.desk import Desk

MONTHS = 18

_NEXT_DUE = (
    timedelta(days=-9), timedelta(days=-3), timedelta(days=-1), timedelta(hours=-2), timedelta(minutes=50),
    timedelta(hours=3), timedelta(days=1), timedelta(days=2), timedelta(days=3), timedelta(days=5), timedelta(days=8),
)  # fmt: skip
"""How far from now the next promise of an open case is due: overdue, today, within three days, later."""


class Story:
    """Tells the life of one case after another; `at` is the moment the services take for the present."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self._random = Random(seed)
        self._now = desk.clock()
        self.at = self._now
        moved = replace(desk, clock=lambda: self.at)
        agents = staffed(desk)
        self._colleagues = [Services(replace(moved, agent=agent.handle)) for agent in agents]
        self._reviewers = [
            colleague
            for agent, colleague in zip(agents, self._colleagues, strict=True)
            if may(agent.role, Right.REVIEW)
        ]

    def tell(self, cases: int) -> Iterator[int]:
        """Live through that many cases and yield how many are done after each."""
        span = timedelta(days=MONTHS * 30)
        for number in range(cases):
            # Two cases in three lie in the past and are over; the others are being worked on.
            over = number % 3 != 0
            age = self._random.uniform(0.02, 1.0) * span if over else timedelta(days=self._random.uniform(0.2, 16))
            self._case(self._now - age, over, number)
            yield number + 1

    def _case(self, received_at: datetime, over: bool, number: int) -> None:
        services = self._random.choice(self._colleagues)
        trouble = self._random.choice(TROUBLES)
        self.at = received_at + timedelta(minutes=self._random.randint(2, 9))
        due = self._now + _NEXT_DUE[number // 3 % len(_NEXT_DUE)]
        return_at = received_at + timedelta(days=2) if over or due <= self.at else due
        owner = services.desk.agent if over or number % 9 != 0 else None
        taken = taken_down(self._random, trouble, received_at, return_at, owner)
        if over and number % 12 == 10:
            self._at_once(services, taken, trouble)
            return
        case = services.intake.take(taken)
        if trouble.kind in (CaseKind.COMPLIMENT, CaseKind.SUGGESTION) or over:
            self._over(services, case, trouble, number)
        else:
            self._under_way(services, case, trouble, number)

    def _under_way(self, services: Services, case: Case, trouble: Trouble, number: int) -> None:
        """Leave the case in one of the working statuses, some promises broken, some actions open."""
        self._pass(hours=5)
        services.procedure.tick(case.id, "listen")
        if number % 7 == 0:
            idea = "They should call before the technician comes."
            services.casework.add_note(case.id, {"text": idea, "kind": EntryKind.SUGGESTION})
        if number % 5 == 0:
            services.procedure.skip(case.id, "discuss", "There is only one way to put it right.")
        if number % 2:
            services.casework.log_call(case.id, _call(Direction.INBOUND, CallPurpose.STATUS, "Asks how things stand."))
        if case.owner is None:
            return
        services.items.add_action(
            case.id,
            {"what": trouble.prevent, "track": Track.PROCESS, "due_at": self._now + timedelta(days=number % 20)},
        )
        match number // 3 % 4:
            case 0:
                services.casework.add_note(case.id, {"text": trouble.words, "kind": EntryKind.WORDS})
                self._ask(services, case, ActionKind.INFORMATION, "what was sent, and when", "delivery service")
            case 1:
                self._ask(services, case, ActionKind.INVESTIGATION, trouble.subject, services.desk.agent)
                if number % 8 == 3:
                    self._ask(services, case, ActionKind.LEGAL, "whether we are liable", "legal department")
            case 2:
                self._move(services, case, Status.WAITING)
            case _:
                self._resolve(services, case, trouble)

    def _ask(self, services: Services, case: Case, kind: ActionKind, what: str, whom: str) -> None:
        """Ask for an answer within a week from now, of legal advice with the clocks standing still."""
        asked = {"kind": kind, "what": what, "assignee": whom, "pause_clocks": kind is ActionKind.LEGAL}
        services.items.add_action(case.id, asked | {"due_at": self._now + timedelta(days=case.id % 8 - 1)})

    def _over(self, services: Services, case: Case, trouble: Trouble, number: int) -> None:
        """Bring the case to an end, one way or another."""
        items = services.items
        self._pass(hours=20)
        services.casework.log_call(case.id, _call(Direction.OUTBOUND, CallPurpose.UPDATE, "Told what happens next."))
        action = items.add_action(
            case.id, {"what": trouble.done, "assignee": "workshop", "due_at": self.at + timedelta(days=3)}
        )
        self._pass(hours=self._random.randint(10, 120))
        self._settle_promises(services, case)
        items.complete_action(case.id, action.id, note="Done as agreed.")
        items.add_action(case.id, {"what": trouble.prevent, "track": Track.PROCESS, "done_on": self._today(services)})
        if number % 4 == 0:
            self._offer(services, case)
            services.casework.add_note(case.id, {"text": trouble.cause, "kind": EntryKind.FINDING})
        self._resolve(services, case, trouble)
        self._follow_post(services, case, trouble)
        if number % 4 != 3:
            self._feed_back(case, trouble, number)
        fate = number % 12
        recent = self._now - case.received_at < timedelta(days=30)
        if fate == 11 and recent:
            return
        outcome = {7: Outcome.UNCONFIRMED, 8: Outcome.NOT_UPHELD, 9: Outcome.WITHDRAWN}.get(fate, Outcome.CONFIRMED)
        self._pass(hours=self._random.randint(3, 60))
        if outcome is Outcome.CONFIRMED:
            self._confirm(services, case)
        elif outcome is Outcome.UNCONFIRMED:
            self._not_reached(services, case)
        self._close(services, case, outcome)
        if fate == 5 and recent:
            self._pass(hours=50)
            seen = _seen(services, case)
            services.closure.reopen(case.id, "It happened again the next evening.", seen)

    def _at_once(self, services: Services, taken: dict[str, object], trouble: Trouble) -> None:
        """Put it right while the customer is there, and close it the next day."""
        case = services.intake.take(taken | {"resolution": trouble.done, "return_at": None})
        self._pass(hours=20)
        self._decide(services, case, trouble, "It was put right at once.")
        self._confirm(services, case)
        self._close(services, case, Outcome.CONFIRMED)

    def _offer(self, services: Services, case: Case) -> None:
        """Let the customer choose between a discount and a coupon."""
        kinds = (RemedyKind.DISCOUNT, RemedyKind.COUPON)
        offers = ({"kind": kind, "amount": "10", "option": True} for kind in kinds)
        first, second = (services.remedies.offer(case.id, offer) for offer in offers)
        services.remedies.choose(case.id, self._random.choice((first, second)).id, True)

    def _resolve(self, services: Services, case: Case, trouble: Trouble) -> None:
        self._pass(hours=4)
        resolution = {"resolution": trouble.done, "company_resolved_on": self._today(services)}
        services.closure.save_resolution(case.id, resolution, _seen(services, case))
        self._decide(services, case, trouble)

    def _decide(self, services: Services, case: Case, trouble: Trouble, no_action_because: str = "") -> None:
        closure, upheld = services.closure, case.id % 12 != 8
        decision = {
            "justified": (Justified.YES if case.id % 5 else Justified.PARTLY) if upheld else Justified.NO,
            "justified_because": trouble.cause,
            "explanation": trouble.done,
            # Now and then nobody wrote down that the customer was told.
            "customer_told_on": None if case.id % 9 == 0 else self._today(services),
        }
        seen = closure.save_decision(case.id, decision, _seen(services, case)).version
        cause = {"cause": trouble.cause, "no_process_action_because": no_action_because}
        closure.save_cause(case.id, cause, seen)

    def _follow_post(self, services: Services, case: Case, trouble: Trouble) -> None:
        """Answer what the customer published, and find it removed or updated."""
        for post in services.casefile.glance(case.id).posts:
            found = {
                "link": post.link,
                "place": post.place,
                "seen_on": post.seen_on,
                "asked_on": self._today(services),
                "answer": "Will do.",
                "reply": trouble.done,
                "state": PostState.REMOVED if case.id % 2 else PostState.UPDATED,
            }
            services.posts.update(case.id, post.id, found, _seen(services, case))

    def _feed_back(self, case: Case, trouble: Trouble, number: int) -> None:
        """Tell a colleague or a team what came out of the case; most of it is read and answered."""
        sender, receiver = self._random.sample(self._colleagues, 2)
        to = receiver.desk.agent if number % 3 else TEAMS[self._colleagues.index(receiver) % len(TEAMS)]
        sent = sender.feedback.send(case.id, {"to": to, "text": f"{trouble.subject}: {trouble.prevent}."})
        self._pass(hours=self._random.randint(1, 40))
        if number % 5:
            receiver.feedback.answer(case.id, sent.id, {"answer": trouble.prevent})
        if number % 7 == 0:
            self._random.choice(self._reviewers).feedback.read_case(case.id)

    def review(self) -> None:
        """Hold a review every month with all that it passes on, and leave one of the week waiting."""
        me, *others = self._reviewers
        owner, checker = (others * 2)[0], me
        months, week = self._now - timedelta(days=50), self._now - timedelta(days=9)
        self.at = months
        everything = dict.fromkeys(ReviewPart, True)
        plan = {"name": "Causes and corrections", "every": Interval.MONTH, "next_due": self._today(owner)}
        people = {"owner": owner.desk.agent, "deputy": checker.desk.agent}
        monthly = owner.reviews.plan(plan | people | everything)
        for days in (1, 32):
            self.at = months + timedelta(days=days)
            held = {"held": True, "held_on": self._today(owner), **owner.reviews.proposal(monthly.id)}
            self._sample(owner, monthly.id)
            decided = {"decisions": "Ask the carriers for a slot by phone the evening before."}
            review = owner.reviews.hold(monthly.id, held | decided)
        checker.reviews.check(review.id, "Read the minutes.")
        self.at = week
        plan = {"name": "Open loops", "every": Interval.WEEK, "next_due": self._today(me) + timedelta(days=6)}
        people = {"owner": me.desk.agent, "deputy": owner.desk.agent}
        me.reviews.plan(plan | people | everything)

    def _sample(self, services: Services, plan_id: int) -> None:
        """Draw a few of the cases closed in the last months, and look at all but one."""
        today = self._today(services)
        values = {"since": today - timedelta(days=120), "until": today, "size": 4, "seed": today.year}
        try:
            sample = services.samples.draw(plan_id, values)
        except Refusal:  # a small desk has closed nothing by then
            return
        for line in sample.lines[1:]:
            answers = {question.value: self._random.choices(GIVEN, (6, 2, 1))[0] for question in AuditQuestion}
            services.samples.audit(line.audit, {**answers, "interviewed": self._random.random() < 0.5})

    def _confirm(self, services: Services, case: Case) -> None:
        call = services.casework.log_call(case.id, _call(Direction.OUTBOUND, CallPurpose.VERIFY, "Says it is solved."))
        confirmation = {
            "customer_confirmed_on": self._today(services),
            "confirming_call_id": call.id,
            "mood": self._random.choices((Mood.SATISFIED, Mood.NEUTRAL, Mood.ANGRY), (7, 2, 1))[0],
        }
        services.closure.save_confirmation(case.id, confirmation, _seen(services, case))

    def _not_reached(self, services: Services, case: Case) -> None:
        for result in (CallResult.NO_ANSWER, CallResult.VOICEMAIL, CallResult.NO_ANSWER):
            services.casework.log_call(case.id, _call(Direction.OUTBOUND, CallPurpose.VERIFY, "") | {"result": result})
            self._pass(hours=20)
        seen = _seen(services, case)
        services.closure.save_confirmation(case.id, {"unconfirmed_because": "Not reached on three days."}, seen)

    def _close(self, services: Services, case: Case, outcome: Outcome) -> None:
        seen = _now(services, case)
        if outcome is Outcome.NOT_UPHELD and seen.justified is not Justified.NO:
            told = {
                "justified": Justified.NO,
                "justified_because": "Terms were met.",
                "explanation": seen.explanation,
                "customer_told_on": seen.customer_told_on,
            }
            seen = services.closure.save_decision(case.id, told, seen.version)
        note = "The customer took it back." if outcome is Outcome.WITHDRAWN else ""
        retention = Retention.RETAINED if outcome is Outcome.CONFIRMED else Retention.UNKNOWN
        services.closure.close(
            case.id, {"outcome": outcome, "closing_note": note, "retention": retention}, seen.version
        )

    def _settle_promises(self, services: Services, case: Case) -> None:
        with services.desk.store.reading() as reader:
            promises = reader.promises(case.id)
        for promise in promises:
            outcome = PromiseOutcome.KEPT if self.at <= promise.due_at else PromiseOutcome.BROKEN
            note = "" if outcome is PromiseOutcome.KEPT else "Called too late."
            services.items.settle_promise(case.id, promise.id, outcome, note)

    def _move(self, services: Services, case: Case, status: Status) -> None:
        services.casework.move(case.id, status, _seen(services, case))

    def _pass(self, hours: float) -> None:
        """Let time go by, never past the real present."""
        self.at = min(self.at + timedelta(hours=hours), self._now)

    def _today(self, services: Services) -> date:
        return services.desk.today()


def _now(services: Services, case: Case) -> Case:
    """The case as it stands."""
    with services.desk.store.reading() as reader:
        return reader.case(case.id)


def _seen(services: Services, case: Case) -> int:
    """The version of the case as it stands."""
    return _now(services, case).version


def _call(direction: Direction, purpose: CallPurpose, note: str) -> dict[str, object]:
    return {"direction": direction, "purpose": purpose, "note": note, "recording_told": True}


def fill(desk: Desk, cases: int, seed: int, progress: Callable[[int], None] = lambda done: None) -> None:
    """Fill an empty store with that many cases; the same seed and moment make the same desk."""
    story = Story(desk, seed)
    for done in story.tell(cases):
        progress(done)
    story.review()
