"""The clocks of a case as people work on it: what starts, meets, stops and moves them, and what stays said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.clock_rules import at, put_in_force
from tests.unit.services.world import World
from tuitrack.domain.case import Case
from tuitrack.domain.clocks import Clock
from tuitrack.domain.spoken_time import plain_when
from tuitrack.domain.words import (
    CallPurpose,
    CallResult,
    Channel,
    Direction,
    DueKind,
    EntryKind,
    PauseReason,
    Priority,
    Status,
)
from tuitrack.services.clock_rules import RuleShelf

RULES = """
[calendars.office.hours]
mon-fri = ["08:00-12:00", "13:00-17:00"]

[[rules]]
clock = "first response"
within = "30 working minutes"
priority = "urgent"

[[rules]]
clock = "first response"
within = "2 working hours"

[[rules]]
clock = "acknowledgement"
within = "1 working day"
channel = ["email", "letter"]

[[rules]]
clock = "return date"
within = "same working day"

[[rules]]
clock = "progress update"
within = "7 days"

[[rules]]
clock = "no contact"
within = "10 days"

[[rules]]
clock = "holding letter"
within = "4 weeks"
channel = "letter"

[[rules]]
clock = "final response"
within = "8 weeks"
channel = "letter"

[[rules]]
clock = "resolve"
within = "10 working days"
target = "3 working days"
pauses = ["customer", "legal"]

[[rules]]
clock = "confirm"
within = "3 working days"
"""
CALL_OUT = {"direction": Direction.OUTBOUND, "purpose": CallPurpose.UPDATE, "note": "Told what happens next."}


@pytest.fixture
def settle(world: World) -> Callable[[str], None]:
    """Puts rules in force."""

    def settle(text: str) -> None:
        put_in_force(world.store, world.ana.desk.settings, text, world.now)

    return settle


@pytest.fixture(autouse=True)
def friday(world: World, settle: Callable[[str], None]) -> None:
    """The desk's rules are in force, and it is Friday 20 November 2026, 9 in the morning."""
    world.now = at("2026-11-20 09:00")
    settle(RULES)


def clocks(world: World, case: Case) -> list[Clock]:
    with world.store.reading() as reader:
        return reader.clocks(case.id)


def of_kind(world: World, case: Case, kind: DueKind) -> list[Clock]:
    return sorted((clock for clock in clocks(world, case) if clock.kind is kind), key=lambda clock: clock.started_at)


def the(world: World, case: Case, kind: DueKind) -> Clock:
    [clock] = of_kind(world, case, kind)
    return clock


def local(moment: datetime | None) -> str:
    return f"{moment.astimezone(at('2026-11-20 09:00').tzinfo):%a %d %b %H:%M}" if moment else ""


def version(world: World, case: Case) -> int:
    return world.ana.casefile.open(case.id).case.version


def by_mail(world: World, **fields: object) -> Case:
    return world.take(channel=Channel.EMAIL, return_at=None, no_return_reason="No number.", **fields)


class TestStarting:
    """A case has the clocks that its rules give it from the moment it was received."""

    def test_by_mail_nobody_has_answered_yet(self, world: World) -> None:
        case = by_mail(world)
        assert {clock.kind.value: local(clock.due_at) for clock in clocks(world, case) if clock.met_at is None} == {
            "first_response": "Fri 20 Nov 11:00",
            "acknowledgement": "Mon 23 Nov 17:00",
            "progress_update": "Fri 27 Nov 23:59",
            "no_contact": "Mon 30 Nov 23:59",
            "resolve": "Fri 04 Dec 17:00",
        }
        assert local(the(world, case, DueKind.RESOLVE).target_at) == "Wed 25 Nov 17:00"
        assert (local(case.next_due_at), case.next_due_kind) == ("Fri 20 Nov 11:00", "first_response")

    def test_on_the_phone_the_customer_was_answered_at_once(self, world: World) -> None:
        case = world.take()
        response = the(world, case, DueKind.FIRST_RESPONSE)
        assert response.met_at == response.started_at == world.now
        assert the(world, case, DueKind.RETURN_DATE).met_at == world.now

    def test_received_out_of_hours_counts_from_the_next_opening(self, world: World) -> None:
        world.now = at("2026-11-21 23:00")
        assert local(the(world, by_mail(world), DueKind.FIRST_RESPONSE).due_at) == "Mon 23 Nov 10:00"

    def test_what_was_solved_at_once_was_met_at_once(self, world: World) -> None:
        case = world.take(resolution="Refunded.", return_at=None)
        assert the(world, case, DueKind.RESOLVE).met_at is not None
        assert the(world, case, DueKind.CONFIRM).met_at is None
        assert of_kind(world, case, DueKind.PROGRESS) == []
        assert case.next_due_kind == "confirm"
        assert case.confirm_by == the(world, case, DueKind.CONFIRM).due_at


class TestMeeting:
    """What is done meets the clock that asked for it, and how late it was stays said."""

    def test_a_call_that_reached_the_customer_is_the_first_response(self, world: World) -> None:
        case = by_mail(world)
        world.passes(hours=3)
        world.ana.casework.log_call(case.id, CALL_OUT | {"result": CallResult.NO_ANSWER})
        assert the(world, case, DueKind.FIRST_RESPONSE).met_at is None
        world.ana.casework.log_call(case.id, CALL_OUT)
        clock = the(world, case, DueKind.FIRST_RESPONSE)
        assert clock.met_at == world.now
        assert world.ana.casefile.open(case.id).clocks[0].late_by(world.now) == timedelta(hours=1)

    def test_an_earlier_call_that_is_written_down_later_counts_when_it_was(self, world: World) -> None:
        case, called = by_mail(world), world.passes(minutes=20)
        world.passes(hours=5)
        world.ana.casework.log_call(case.id, CALL_OUT | {"at": called})
        assert the(world, case, DueKind.FIRST_RESPONSE).met_at == called

    def test_a_letter_acknowledges_and_is_a_first_response(self, world: World) -> None:
        case = by_mail(world)
        world.ana.casework.add_note(case.id, {"kind": EntryKind.LETTER, "text": "We have got it."})
        assert the(world, case, DueKind.ACKNOWLEDGEMENT).met_at == world.now
        assert the(world, case, DueKind.FIRST_RESPONSE).met_at == world.now

    def test_a_note_meets_nothing(self, world: World) -> None:
        case = by_mail(world)
        before = clocks(world, case)
        world.ana.casework.add_note(case.id, {"text": "Looked at the log."})
        assert clocks(world, case) == before

    def test_the_next_update_is_counted_from_the_last_and_every_late_one_stays(self, world: World) -> None:
        case = world.take()
        world.passes(days=9)
        world.ana.casework.log_call(case.id, CALL_OUT)
        world.passes(days=2)
        world.ana.casework.log_call(case.id, CALL_OUT)
        first, second, third = of_kind(world, case, DueKind.PROGRESS)
        assert (local(first.due_at), local(first.met_at)) == ("Fri 27 Nov 23:59", "Sun 29 Nov 09:00")
        assert (local(second.due_at), local(second.met_at)) == ("Sun 06 Dec 23:59", "Tue 01 Dec 09:00")
        assert (local(third.due_at), third.met_at) == ("Tue 08 Dec 23:59", None)

    def test_a_customer_who_calls_is_in_touch_but_not_told_anything(self, world: World) -> None:
        case = world.take()
        world.passes(days=2)
        world.ana.casework.log_call(
            case.id, {"direction": Direction.INBOUND, "purpose": CallPurpose.FACTS, "note": "Adds."}
        )
        assert len(of_kind(world, case, DueKind.CONTACT)) == 2
        assert len(of_kind(world, case, DueKind.PROGRESS)) == 1
        world.ana.casework.log_status_check(case.id)
        assert len(of_kind(world, case, DueKind.PROGRESS)) == 2

    def test_a_holding_letter_and_the_decision_the_customer_was_told(self, world: World) -> None:
        case = world.take(channel=Channel.LETTER)
        assert local(the(world, case, DueKind.HOLDING).due_at) == "Fri 18 Dec 23:59"
        assert local(the(world, case, DueKind.FINAL).due_at) == "Fri 15 Jan 23:59"
        world.passes(days=3)
        world.ana.casework.add_note(case.id, {"kind": EntryKind.LETTER, "text": "Please be patient."})
        assert the(world, case, DueKind.HOLDING).met_at == world.now
        assert the(world, case, DueKind.FINAL).met_at is None
        told = {"explanation": "No.", "customer_told_on": world.now.date()}
        decision = {"justified": "no", "justified_because": "Terms.", **told}
        world.ana.closure.save_decision(case.id, decision, version(world, case))
        assert the(world, case, DueKind.FINAL).met_at == world.now

    def test_resolving_stops_the_work_and_starts_the_wait_for_the_customers_word(self, world: World) -> None:
        case = world.resolve(world.take())
        assert the(world, case, DueKind.RESOLVE).met_at == case.resolved_at
        assert the(world, case, DueKind.PROGRESS).met_at is not None
        assert local(the(world, case, DueKind.CONFIRM).due_at) == "Wed 25 Nov 17:00"
        again = world.ana.casework.move(case.id, Status.OPEN, case.version)
        assert of_kind(world, case, DueKind.CONFIRM) == []
        assert again.confirm_by is None
        assert the(world, case, DueKind.RESOLVE).met_at is None
        assert [clock.met_at is None for clock in of_kind(world, case, DueKind.PROGRESS)] == [False, True]

    def test_a_case_opened_again_has_new_clocks_and_keeps_the_old_ones(self, world: World) -> None:
        case = world.resolve(world.take())
        world.passes(days=20)
        reopened = world.ana.closure.reopen(case.id, "It happened again.", version(world, case))
        old, new = of_kind(world, case, DueKind.RESOLVE)
        assert (old.turn, local(old.met_at)) == (0, "Fri 20 Nov 09:00")
        assert (new.turn, local(new.due_at), new.met_at) == (1, "Thu 24 Dec 17:00", None)
        assert reopened.resolve_by == new.due_at
        confirm = the(world, case, DueKind.CONFIRM)
        assert (confirm.met_at, confirm.turn) == (world.now, 0)
        late = [clock.kind for clock in world.ana.casefile.open(case.id).clocks if clock.late_by(world.now)]
        assert DueKind.CONFIRM in late

    def test_closing_stops_every_clock(self, world: World) -> None:
        case = by_mail(world)
        world.passes(days=1)
        note = {"outcome": "withdrawn", "closing_note": "The customer took it back."}
        closed = world.ana.closure.close(case.id, note, case.version)
        assert all(clock.met_at is not None for clock in clocks(world, case))
        assert (closed.next_due_at, closed.next_due_kind) == (None, "")
        assert world.ana.casefile.open(case.id).clocks[0].late_by(world.now) is not None


class TestChangedCases:
    """A clock that runs is counted anew when what its rule looks at changes; one that is met is history."""

    def test_a_case_that_becomes_urgent_is_due_sooner(self, world: World) -> None:
        case = by_mail(world)
        urgent = world.ana.casework.toggle_urgent(case.id, case.version)
        assert urgent.priority is Priority.URGENT
        assert local(the(world, case, DueKind.FIRST_RESPONSE).due_at) == "Fri 20 Nov 09:30"
        assert local(urgent.next_due_at) == "Fri 20 Nov 09:30"

    def test_another_channel_brings_its_clocks_and_takes_the_others_along(self, world: World) -> None:
        case = by_mail(world)
        edited = world.ana.casework.edit(case.id, {"channel": Channel.PHONE}, case.version)
        assert of_kind(world, case, DueKind.ACKNOWLEDGEMENT) == []
        world.ana.casework.edit(case.id, {"channel": Channel.LETTER}, edited.version)
        kinds = {clock.kind for clock in clocks(world, case)}
        assert {DueKind.ACKNOWLEDGEMENT, DueKind.HOLDING, DueKind.FINAL} <= kinds

    def test_a_missed_clock_does_not_go_away_with_its_rule(self, world: World) -> None:
        case = by_mail(world)
        world.passes(days=7)
        world.ana.casework.edit(case.id, {"channel": Channel.PHONE}, case.version)
        assert the(world, case, DueKind.ACKNOWLEDGEMENT).met_at == world.now

    def test_another_moment_of_receipt_counts_anew(self, world: World) -> None:
        case = by_mail(world)
        world.ana.casework.edit(case.id, {"received_at": at("2026-11-19 16:00")}, case.version)
        # Nobody had written rules down by then, so that the case has those of the settings.
        assert local(the(world, case, DueKind.RESOLVE).due_at) == "Sun 29 Nov 23:59"

    def test_a_date_set_by_hand_stays_whatever_the_rules_say(self, world: World) -> None:
        case = by_mail(world)
        agreed = at("2026-11-25 12:00")
        edited = world.ana.casework.edit(case.id, {"resolve_by": agreed}, case.version)
        clock = the(world, case, DueKind.RESOLVE)
        assert (clock.due_at, clock.first_due_at, clock.rule, edited.resolve_by) == (agreed, agreed, "", agreed)
        moved = world.ana.casework.move(case.id, Status.WAITING, edited.version)
        assert the(world, case, DueKind.RESOLVE).paused_at is None
        world.ana.casework.edit(case.id, {"resolve_by": None}, moved.version)
        assert of_kind(world, case, DueKind.RESOLVE) == []
        again = world.ana.casework.edit(case.id, {"resolve_by": agreed}, version(world, case))
        assert the(world, case, DueKind.RESOLVE).due_at == agreed == again.resolve_by


class TestPauses:
    """A clock that stands still is paused, and both due times stay visible."""

    def test_waiting_for_the_customer_stops_the_clocks_whose_rules_say_so(self, world: World) -> None:
        case = world.take()
        world.now = at("2026-11-23 10:00")
        waiting = world.ana.casework.move(case.id, Status.WAITING, version(world, case))
        resolve = the(world, case, DueKind.RESOLVE)
        assert resolve.paused_at == world.now
        assert the(world, case, DueKind.PROGRESS).paused_at is None
        world.now = at("2026-11-26 09:00")
        world.ana.casework.move(case.id, Status.OPEN, waiting.version)
        resolve = the(world, case, DueKind.RESOLVE)
        assert (resolve.paused_at, local(resolve.first_due_at)) == (None, "Fri 04 Dec 17:00")
        # It stood still at the end of Monday, Tuesday and Wednesday.
        assert local(resolve.due_at) == "Wed 09 Dec 17:00"
        with world.store.reading() as reader:
            [pause] = reader.pauses(case.id)
        assert (pause.reason, pause.until, pause.by) == (PauseReason.CUSTOMER, world.now, "ana")

    def test_where_all_stands_still_nothing_is_due_and_the_case_says_paused(
        self, world: World, settle: Callable[[str], None]
    ) -> None:
        settle('[[rules]]\nclock = "resolve"\nwithin = "2 days"\npauses = "customer"')
        case = by_mail(world)
        waiting = world.ana.casework.move(case.id, Status.WAITING, case.version)
        assert (waiting.next_due_at, waiting.next_due_kind) == (None, "paused")
        world.passes(days=30)
        [clock] = world.ana.casefile.open(case.id).clocks
        assert not clock.is_overdue(world.now)
        assert clock.late_by(world.now) is None
        again = world.ana.casework.move(case.id, Status.OPEN, waiting.version)
        assert (local(again.next_due_at), again.next_due_kind) == ("Tue 22 Dec 23:59", "resolve")

    def test_what_was_overdue_before_stays_overdue_while_it_waits(self, world: World) -> None:
        case = world.take()
        world.passes(days=30)
        world.ana.casework.move(case.id, Status.WAITING, version(world, case))
        resolve = the(world, case, DueKind.RESOLVE)
        assert (resolve.paused_at, local(resolve.due_at)) == (None, "Fri 04 Dec 17:00")

    def test_what_is_resolved_while_it_waits_is_not_late(self, world: World) -> None:
        case = world.take()
        world.ana.casework.move(case.id, Status.WAITING, version(world, case))
        world.passes(days=40)
        resolved = world.resolve(case)
        clock = the(world, case, DueKind.RESOLVE)
        assert clock.met_at == resolved.resolved_at
        assert clock.due_at > world.now
        assert clock.paused_at is None

    def test_undoing_brings_every_clock_back_as_it_was(self, world: World) -> None:
        case = world.take()
        work, closure = world.ana.casework, world.ana.closure
        changes: list[Callable[[], object]] = [
            lambda: work.log_call(case.id, CALL_OUT),
            lambda: work.move(case.id, Status.WAITING, version(world, case)),
            lambda: work.move(case.id, Status.OPEN, version(world, case)),
            lambda: work.toggle_urgent(case.id, version(world, case)),
            lambda: work.edit(case.id, {"resolve_by": at("2026-12-01 12:00")}, version(world, case)),
            lambda: closure.save_resolution(
                case.id, {"resolution": "Done.", "company_resolved_on": world.now.date()}, version(world, case)
            ),
            lambda: closure.reopen(case.id, "Again.", version(world, case)),
        ]
        seen = []
        for change in changes:
            seen.append(clocks(world, case))
            world.passes(hours=26)
            change()
        after = clocks(world, case)
        for before in reversed(seen):
            world.ana.undo.undo(case.id)
            assert clocks(world, case) == before
        for _ in changes:
            world.ana.undo.redo(case.id)
        assert clocks(world, case) == after


class TestVersions:
    """A case keeps the rules that were in force when it was received."""

    def test_new_rules_are_for_new_cases(self, world: World, settle: Callable[[str], None]) -> None:
        old = by_mail(world)
        world.passes(hours=1)
        settle(RULES.replace('"2 working hours"', '"4 working hours"'))
        world.passes(minutes=1)
        new = by_mail(world)
        assert local(the(world, new, DueKind.FIRST_RESPONSE).due_at) == "Fri 20 Nov 15:01"
        world.ana.casework.edit(old.id, {"category": "price"}, old.version)
        assert local(the(world, old, DueKind.FIRST_RESPONSE).due_at) == "Fri 20 Nov 11:00"

    def test_the_later_of_two_hours_for_a_day_is_kept_with_the_version(
        self, world: World, settle: Callable[[str], None]
    ) -> None:
        world.passes(hours=1)
        settle(RULES.replace('"13:00-17:00"]', '"13:00-17:00"]\nfri = ["08:00-12:00"]'))
        world.now = at("2026-11-20 11:00")
        assert local(the(world, by_mail(world), DueKind.FIRST_RESPONSE).due_at) == "Mon 23 Nov 09:00"

    def test_the_settings_are_a_preset_to_go_back_to(self, world: World, settle: Callable[[str], None]) -> None:
        world.passes(hours=1)
        settle('presets = ["settings"]')
        with world.store.reading() as reader:
            book = RuleShelf.of(world.ana.desk.settings, reader).at(world.now)
        assert [rule.words for rule in book.rules] == ["resolve within 10 days", "ask for confirmation within 3 days"]
        assert local(the(world, by_mail(world), DueKind.RESOLVE).due_at) == "Mon 30 Nov 23:59"


class TestWhy:
    """Whoever asks why something is due then hears how it was counted."""

    def told(self, world: World, case: Case, kind: DueKind) -> list[str]:
        return next(r.sentences for r in world.ana.why_due.reasons(case.id) if r.deadline.kind is kind)

    def test_working_hours_over_a_weekend(self, world: World) -> None:
        world.now = at("2026-11-20 16:30")
        assert self.told(world, by_mail(world), DueKind.FIRST_RESPONSE) == [
            "Rule: first response within 2 working hours (own rule, in force since Fri 20 Nov 2026, 09:00).",
            "Counted from Fri 20 Nov 2026, 16:30, when the case was received.",
            "Calendar office: Mon to Fri 08:00-12:00 and 13:00-17:00, Europe/Zagreb.",
            "Not counted: Fri 20 Nov 2026, 17:00 to Mon 23 Nov 2026, 08:00, "
            "night and Sat 21 Nov 2026 weekend and Sun 22 Nov 2026 weekend.",
            "So it is due Mon 23 Nov 2026, 09:30.",
        ]

    def test_working_days_with_a_pause(self, world: World) -> None:
        case = world.take()
        world.now = at("2026-11-23 10:00")
        world.ana.casework.move(case.id, Status.WAITING, version(world, case))
        world.now = at("2026-11-24 09:00")
        world.ana.casework.move(case.id, Status.OPEN, version(world, case))
        assert self.told(world, case, DueKind.RESOLVE)[1:] == [
            "Counted from Fri 20 Nov 2026, 09:00, when the case was received.",
            "That day does not count; the days after it do.",
            "Calendar office: Mon to Fri 08:00-12:00 and 13:00-17:00, Europe/Zagreb.",
            *(f"Not counted: {day} 2026, weekend." for day in ("Sat 21 Nov", "Sun 22 Nov", "Sat 28 Nov", "Sun 29 Nov")),
            *(f"Not counted: {day} 2026, weekend." for day in ("Sat 5 Dec", "Sun 6 Dec")),
            "Paused Mon 23 Nov 2026, 10:00 to Tue 24 Nov 2026, 09:00, waiting for customer: "
            "1 day more, up to Mon 7 Dec 2026, 17:00.",
            "So it is due Mon 7 Dec 2026, 17:00.",
            "It should be met by Thu 26 Nov 2026, 17:00, the target of the rule.",
            "Without the pauses it would be due Fri 4 Dec 2026, 17:00.",
        ]

    def test_promises_actions_and_dates_set_by_hand(self, world: World) -> None:
        case = world.take()
        world.ana.items.add_action(case.id, {"what": "visit", "due_at": at("2026-11-26 12:00")})
        world.ana.casework.edit(case.id, {"resolve_by": at("2026-11-30 12:00")}, version(world, case))
        assert self.told(world, case, DueKind.PROMISE)[0] == (
            "ana promised it to Marija Zorić on Fri 20 Nov 2026, 09:00."
        )
        assert self.told(world, case, DueKind.ACTION)[-1] == "So it is due Thu 26 Nov 2026, 12:00."
        assert self.told(world, case, DueKind.RESOLVE)[0].startswith("The date was set by hand")

    def test_what_is_due_next_comes_first_and_what_was_met_last(self, world: World) -> None:
        case = world.take()
        met = [reason.deadline.met_at is not None for reason in world.ana.why_due.reasons(case.id)]
        assert met == sorted(met)
        assert True in met
        assert False in met

    def test_every_clock_that_a_rule_counts_is_due_at_its_last_step(self, world: World) -> None:
        case = by_mail(world)
        for clock in clocks(world, case):
            due = plain_when(clock.due_at.astimezone(world.ana.desk.zone))
            assert f"So it is due {due}." in self.told(world, case, clock.kind)
