"""What every store tells of feedback, reviews and handovers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import (
    NOW,
    a_call,
    a_feedback,
    a_handover,
    a_handover_item,
    a_reading,
    a_review,
    a_review_plan,
    an_absence,
    an_action,
)
from tests.storage.filled import DAY, HOUR, with_cases
from tuitrack.domain.errors import NotFound
from tuitrack.domain.samples import Audit, Sample
from tuitrack.domain.words import (
    CallResult,
    Direction,
    HandedKind,
    HandoverAnswer,
    Interval,
    ReviewPart,
    Status,
    Track,
)
from tuitrack.services.ports import Store


class TestFeedback:
    """What is told to whoever can correct a cause, and who reads cases."""

    def test_what_is_addressed_to_somebody_comes_unread_first_and_answered_last(self, store: Store) -> None:
        one, other = with_cases(store, {}, {})
        read, answered = {"read_by": "bo", "read_at": NOW}, {"answered_by": "bo", "answered_at": NOW, "answer": "Yes."}
        with store.writing() as writer:
            first_answered = writer.add(a_feedback(one, **read, **answered))
            last_answered = writer.add(a_feedback(other, **read, **answered | {"answered_at": NOW + HOUR}))
            was_read = writer.add(a_feedback(one, at=NOW - DAY, **read))
            unread = writer.add(a_feedback(other, to="North", to_team=True))
            older = writer.add(a_feedback(other, at=NOW - HOUR))
            writer.add(a_feedback(one, to="bo", to_team=True))
            writer.add(a_feedback(one, to="ana"))
        with store.reading() as reader:
            mine = [older, unread, was_read, last_answered, first_answered]
            assert reader.feedback_to("bo", "North", 9) == mine
            assert reader.feedback_to("bo", "North", 2) == mine[:2]
            assert reader.feedback_to("bo", "", 9) == [one for one in mine if one != unread]
            assert reader.feedback_to("eva", "", 9) == []

    def test_how_many_cases_each_reviewer_has_read(self, store: Store) -> None:
        one, other = with_cases(store, {}, {})
        with store.writing() as writer:
            for case_id, by, at in ((one, "ana", NOW), (one, "ana", NOW), (other, "ana", NOW), (one, "bo", NOW + DAY)):
                writer.add(a_reading(case_id, by=by, at=at))
        with store.reading() as reader:
            assert reader.readings_counted(NOW, NOW + DAY) == {"ana": 2}
            assert reader.readings_counted(NOW, NOW + 2 * DAY) == {"ana": 2, "bo": 1}


class TestReviews:
    """What is looked at again and again, and what came of it."""

    def test_plans_and_results_by_their_days(self, store: Store) -> None:
        with store.writing() as writer:
            later = writer.add(a_review_plan(next_due=NOW.date() + DAY, parts=(ReviewPart.CAUSES,)))
            plan = writer.add(a_review_plan(name="[/] é", every=Interval.WEEK, active=False))
            first = writer.add(a_review(plan.id, due_on=NOW.date() - DAY, held_on=None, because="Nobody was there."))
            last = writer.add(a_review(plan.id, results={"causes": "[b]", "counts": "1\n2"}))
            gone = writer.add(a_review(later.id))
        checked = replace(last, checked_by="bo", checked_at=NOW, check_note="é")
        with store.writing() as writer:
            writer.remove(gone)
            writer.replace(checked)
            writer.replace(moved := replace(plan, next_due=NOW.date() + 2 * DAY))
        with store.reading() as reader:
            assert reader.review_plans() == [later, moved]
            assert reader.review_plan(later.id) == later
            assert reader.reviews(9) == [checked, first]
            assert reader.reviews(1) == [checked]
            assert reader.review(first.id) == first
            for missing in (reader.review_plan, reader.review):
                with pytest.raises(NotFound):
                    missing(99)

    def test_samples_and_what_was_found_in_their_cases(self, store: Store) -> None:
        one, other = with_cases(store, {}, {})
        today = NOW.date()
        with store.writing() as writer:
            plan = writer.add(a_review_plan())
            drawn: dict[str, Any] = {"since": today, "until": today, "size": 2, "seed": 7, "population": 2, "by": "ana"}
            first, last = (writer.add(Sample(plan_id=plan.id, due_on=today, drawn_at=NOW, **drawn)) for _ in range(2))
            second_audit = writer.add(Audit(sample_id=first.id, case_id=other, answers={}))
            audit = writer.add(Audit(sample_id=first.id, case_id=one, answers={}))
            found = replace(audit, answers={"taken": "yes"}, interviewed=True, note="[/] é", by="bo", at=NOW)
            writer.replace(found)
        with store.reading() as reader:
            assert reader.samples(9) == [last, first]
            assert reader.samples(1) == [last]
            assert reader.sample(first.id) == first
            assert reader.audits(first.id) == [found, second_audit]
            assert reader.audits(last.id) == []
            with pytest.raises(NotFound):
                reader.sample(99)

    def test_what_is_due_is_told_to_the_owner_and_while_they_are_away_to_the_deputy(self, store: Store) -> None:
        today = NOW.date()
        with store.writing() as writer:
            writer.add(a_review_plan(name="today"))
            writer.add(a_review_plan(name="missed", next_due=today - DAY))
            writer.add(a_review_plan(name="later", next_due=today + DAY))
            writer.add(a_review_plan(name="over", active=False))
            writer.add(a_review_plan(name="of bo", owner="bo", deputy="ana"))
        with store.reading() as reader:
            assert reader.reviews_due("ana", today) == {"missed": today - DAY, "today": today}
            assert reader.reviews_due("bo", today) == {"of bo": today}
        with store.writing() as writer:
            writer.add(an_absence("bo"))
        with store.reading() as reader:
            assert list(reader.reviews_due("ana", today)) == ["missed", "of bo", "today"]

    def test_feedback_of_a_time(self, store: Store) -> None:
        (one,) = with_cases(store, {})
        with store.writing() as writer:
            writer.add(a_feedback(one))
            writer.add(a_feedback(one, read_at=NOW, read_by="bo", answered_at=NOW, answered_by="bo"))
            writer.add(a_feedback(one, at=NOW - DAY))
        with store.reading() as reader:
            assert reader.feedback_counted(NOW, NOW + HOUR) == (2, 1, 1)
            assert reader.feedback_counted(NOW + HOUR, NOW + DAY) == (0, 0, 0)

    def test_a_cause_was_corrected_where_another_case_had_it_and_an_action_against_it_was_done(
        self, store: Store
    ) -> None:
        alike = {"cause": "training", "category": "price"}
        first, other, open_one, customers, late, new = with_cases(
            store,
            alike | {"received_at": NOW - 9 * DAY},
            {"cause": "training", "received_at": NOW - 9 * DAY},
            alike | {"received_at": NOW - 8 * DAY},
            alike | {"received_at": NOW - 7 * DAY},
            alike | {"received_at": NOW - 6 * DAY},
            alike,
        )
        done = {"track": Track.PROCESS, "done_on": (NOW - 5 * DAY).date(), "done_at": NOW - 5 * DAY}
        with store.writing() as writer:
            corrected = writer.add(an_action(first, **done))
            writer.add(an_action(other, **done))
            writer.add(an_action(open_one, track=Track.PROCESS))
            writer.add(an_action(customers, **done | {"track": Track.CUSTOMER}))
            writer.add(an_action(late, **done | {"done_at": NOW}))
            writer.add(an_action(new, **done))
            case, early = writer.case(new), writer.case(open_one)
            assert writer.corrected_before(case) == corrected
            assert writer.corrected_before(replace(case, category="product")) is None
            assert writer.corrected_before(early) is None
            assert writer.recurrences(9) == []
            writer.put_case(replace(case, recurs_after=corrected.id, version=1), case)
            (found,) = writer.recurrences(9)
        assert (found.cause, found.category, found.cases, found.last_at) == ("training", "price", 1, NOW)
        assert found.corrected_on == corrected.done_on


class TestHandovers:
    """What the next shift has to know of, and what was handed over."""

    def test_open_actions_asked_of_somebody_by_when_they_are_due(self, store: Store) -> None:
        one, other = with_cases(store, {}, {})
        with store.writing() as writer:
            later = writer.add(an_action(one, assignee="ana", due_at=NOW + HOUR))
            sooner = writer.add(an_action(other, assignee="ana", due_at=NOW - DAY))
            for fields in (
                {"assignee": "ana"},
                {"assignee": "bo", "due_at": NOW},
                {"assignee": "ana", "due_at": NOW + DAY},
                {"assignee": "ana", "due_at": NOW, "done_on": NOW.date(), "done_at": NOW},
            ):
                writer.add(an_action(one, **fields))
        with store.reading() as reader:
            assert reader.actions_due("ana", NOW + DAY, 9) == [sooner, later]
            assert reader.actions_due("ana", NOW + DAY, 1) == [sooner]

    def test_calls_that_missed_the_customer_wait_until_one_of_ours_reaches_them(self, store: Store) -> None:
        missed, ours = {"result": CallResult.NO_ANSWER}, {"direction": Direction.OUTBOUND}
        of_ana = {"owner": "ana", "status": Status.OPEN}
        waits, made_good, called_us, voicemail, closed, of_bo = with_cases(
            store, *[of_ana] * 4, of_ana | {"status": Status.CLOSED}, {"owner": "bo", "status": Status.OPEN}
        )
        with store.writing() as writer:
            for case_id in (waits, made_good, called_us, closed, of_bo):
                writer.add(a_call(case_id, at=NOW - DAY, **ours, **missed))
            writer.add(a_call(made_good, at=NOW, **ours))
            writer.add(a_call(called_us, at=NOW))
            last = writer.add(a_call(waits, at=NOW, **ours, **missed))
            left = writer.add(a_call(voicemail, at=NOW - HOUR, result=CallResult.VOICEMAIL))
        with store.reading() as reader:
            found = reader.callbacks("ana", 9)
            assert [(call.case_id, call.id) for call in found[1:]] == [(voicemail, left.id), (waits, last.id)]
            assert found[0].case_id == called_us
            assert reader.callbacks("ana", 1) == found[:1]

    def test_a_handover_with_its_items_until_all_are_answered(self, store: Store) -> None:
        (case_id,) = with_cases(store, {})
        with store.writing() as writer:
            first = writer.add(a_handover(note="[/] é"))
            done = writer.add(a_handover(giver="bo", receiver="ana"))
            back = writer.add(a_handover(giver="bo", receiver="ana"))
            others = writer.add(a_handover(giver="bo", receiver="eva"))
            promise = writer.add(a_handover_item(first.id, case_id, note="Ring twice."))
            draft = writer.add(
                a_handover_item(first.id, None, kind=HandedKind.DRAFT, record_id=None, what="a new case")
            )
            answer = {"answered_at": NOW, "answered_by": "ana", "because": "No time."}
            writer.add(a_handover_item(done.id, case_id, answer=HandoverAnswer.DECLINED, **answer))
            waits = writer.add(a_handover_item(back.id, case_id))
            writer.add(a_handover_item(others.id, case_id))
        with store.reading() as reader:
            assert reader.handover(first.id) == first
            assert reader.handover_items(first.id) == [promise, draft]
            assert reader.handover_items(done.id)[0].because == "No time."
            assert reader.handover_item(waits.id) == waits
            assert reader.open_handovers("ana") == [first, back]
            assert reader.open_handovers("eva") == [others]
            assert reader.handovers("ana", 2) == [back, done]
            assert reader.handovers("ana", 9) == [back, done, first]
            assert reader.handovers("nobody", 9) == []
            with pytest.raises(NotFound):
                reader.handover(99)
            with pytest.raises(NotFound):
                reader.handover_item(99)
        with store.writing() as writer:
            writer.replace(replace(waits, answer=HandoverAnswer.ACCEPTED, answered_at=NOW, answered_by="ana"))
        with store.reading() as reader:
            assert reader.open_handovers("ana") == [first]
