"""Rules of deadlines are put in force, kept as versions, and open cases are moved to them when that is wanted."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.builders import an_agent
from tests.clock_rules import at, put_in_force, rules_of
from tests.unit.services.world import World
from tuitrack.domain.bulk import Fate
from tuitrack.domain.case import Case
from tuitrack.domain.clocks import Clock
from tuitrack.domain.errors import NotAllowed, Refusal
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.words import CallPurpose, Channel, Direction, DueKind, Role
from tuitrack.services.own_rules import OwnRules, as_toml, of_kept
from tuitrack.services.steps import Steps, Tally

ZAGREB = ZoneInfo("Europe/Zagreb")
LONG = """
presets = ["cfpb"]
[calendars.office.hours]
mon-fri = ["08:00-12:00", "13:00-17:00"]
[[rules]]
clock = "resolve"
within = "10 working days"
pauses = ["legal"]
"""
SHORT = LONG.replace("10 working days", "2 working days")
MORE = LONG + '[[rules]]\nclock = "holding letter"\nwithin = "1 day"\n'


@pytest.fixture(autouse=True)
def supervised(world: World) -> None:
    """Ana is a supervisor, and it is Friday 20 November 2026, 9 in the morning."""
    world.now = at("2026-11-20 09:00")
    with world.store.writing() as writer:
        writer.put_agent(an_agent("ana", name="Ana Kovač", role=Role.SUPERVISOR))
        writer.put_agent(an_agent("luka", role=Role.AGENT))
    put_in_force(world.store, world.ana.desk.settings, LONG, world.now)


def by_mail(world: World, **fields: object) -> Case:
    return world.take(channel=Channel.EMAIL, return_at=None, no_return_reason="No number.", **fields)


def clock(world: World, case: Case, kind: DueKind = DueKind.RESOLVE) -> Clock:
    with world.store.reading() as reader:
        [found] = [one for one in reader.clocks(case.id) if one.kind is kind]
        return found


def local(moment: datetime) -> str:
    return f"{moment.astimezone(ZAGREB):%a %d %b %H:%M}"


def through(steps: Steps[int]) -> Tally:
    tally = Tally()
    while some := steps.step():
        tally.add(some)
    return tally


def ids(world: World, text: str) -> list[int]:
    return list(world.ana.queue.references(QueueQuery(text=text), 100))


def take_over(world: World, text: str = SHORT) -> int:
    """Put rules in force, an hour later."""
    world.passes(hours=1)
    return world.ana.rules.put_in_force(rules_of(text), world.ana.rules.in_force().number)


class TestVersions:
    def test_a_new_version_holds_from_now_on_and_says_who_made_it(self, world: World) -> None:
        old = by_mail(world)
        number = take_over(world)
        new = by_mail(world)
        assert [(one.number, one.by) for one in world.ana.rules.versions()] == [(number, "ana"), (1, "eva"), (0, "")]
        assert local(clock(world, old).due_at) == "Fri 04 Dec 17:00"
        assert local(clock(world, new).due_at) == "Tue 24 Nov 17:00"
        assert (ids(world, f"rules:{number}"), ids(world, "rules:1")) == ([new.id], [old.id])
        assert (world.ana.rules.followers(1), world.ana.rules.others(number)) == (1, 1)

    def test_the_same_rules_are_no_new_version(self, world: World) -> None:
        assert take_over(world, LONG) == 1

    def test_whoever_has_no_right_is_told_who_has(self, world: World) -> None:
        with pytest.raises(NotAllowed, match="only supervisor or administrator may"):
            world.luka.rules.put_in_force(rules_of(SHORT), 1)
        with pytest.raises(NotAllowed):
            world.luka.rule_moves.rehearsal()

    def test_what_somebody_else_put_in_force_meanwhile_is_not_overwritten(self, world: World) -> None:
        take_over(world)
        with pytest.raises(Refusal, match="ana put others in force on 20 Nov 2026 10:00"):
            world.ana.rules.put_in_force(rules_of(MORE), 1)

    def test_what_is_wrong_is_refused_and_nothing_is_kept(self, world: World) -> None:
        with pytest.raises(Refusal, match="Rules, rule 1, within: expected a span such as"):
            world.ana.rules.put_in_force(OwnRules(rules=({"clock": "resolve", "within": "soon"},)), 1)
        assert world.ana.rules.in_force().number == 1

    def test_the_part_of_the_desk_comes_back_from_what_is_kept_and_as_a_file(self, world: World) -> None:
        own = world.ana.rules.in_force().own
        assert (own.presets, list(own.calendars), len(own.rules)) == (("cfpb",), ["office"], 1)
        assert rules_of("\n".join(as_toml(own))) == own
        assert of_kept(own.text(world.ana.desk.settings)) == own


class TestMoving:
    def test_a_rehearsal_says_what_would_be_due_when_and_stores_nothing(self, world: World) -> None:
        case = by_mail(world)
        world.now = at("2026-11-26 09:00")
        rehearsal = world.ana.rule_moves.rehearsal(rules_of(SHORT))
        [fate] = through(rehearsal).fates
        told = "resolve due Fri 4 Dec 2026, 17:00 → due Tue 24 Nov 2026, 17:00 (overdue by it)"
        assert fate == Fate(case.id, case.reference, case.version, told, is_overdue=True)
        assert rehearsal.remark() == "1 is due at another time, 1 of them overdue by it"
        assert local(clock(world, case).due_at) == "Fri 04 Dec 17:00"
        assert world.ana.rules.in_force().number == 1

    def test_what_is_overdue_already_is_not_overdue_by_other_rules(self, world: World) -> None:
        case = by_mail(world)
        world.now = at("2026-12-07 09:00")
        rehearsal = world.ana.rule_moves.rehearsal(rules_of(SHORT))
        [fate] = through(rehearsal).fates
        told = "resolve due Fri 4 Dec 2026, 17:00 → due Tue 24 Nov 2026, 17:00"
        assert fate == Fate(case.id, case.reference, case.version, told)
        assert rehearsal.remark() == "1 is due at another time, none is overdue by it"

    def test_a_run_puts_the_rules_in_force_and_tells_every_case_of_it(self, world: World) -> None:
        case, closed = by_mail(world), by_mail(world)
        world.passes(hours=1)
        run = world.ana.rule_moves.run(rules_of(SHORT), seen=1, total=2)
        tally = through(run)
        assert (tally.changed, run.remark()) == (2, "2 are due at another time, none is overdue by it")
        assert world.ana.rules.in_force().number == 2
        entry = world.ana.casefile.open(case.id).entries[-1]
        assert (entry.by, entry.summary) == (
            "ana",
            "Counted anew by the rules in force: resolve due Fri 4 Dec 2026, 17:00 → due Tue 24 Nov 2026, 17:00",
        )
        assert (len(ids(world, "rules:2")), ids(world, "rules:1")) == (2, [])
        assert local(clock(world, closed).due_at) == "Tue 24 Nov 17:00"

    def test_a_moved_case_is_counted_by_its_new_rules_from_then_on(self, world: World) -> None:
        case = by_mail(world)
        take_over(world)
        through(world.ana.rule_moves.run(total=1))
        seen = world.ana.casefile.open(case.id).case.version
        world.ana.casework.edit(case.id, {"category": "price"}, seen)
        assert local(clock(world, case).due_at) == "Tue 24 Nov 17:00"
        [why] = [one for one in world.ana.why_due.reasons(case.id) if one.deadline.kind is DueKind.RESOLVE]
        assert "resolve within 2 working days" in why.sentences[0]

    def test_a_run_that_was_stopped_goes_on_with_the_cases_that_are_left(self, world: World) -> None:
        cases = [by_mail(world) for _ in range(25)]
        take_over(world)
        stopped = world.ana.rule_moves.run(total=25)
        assert len(stopped.step()) == 20
        assert world.ana.rules.others(2) == 5
        rest = world.ana.rule_moves.run(total=5)
        assert {fate.case_id for fate in through(rest).fates} == {case.id for case in cases[:5]}
        assert world.ana.rules.others(2) == 0

    def test_a_run_is_taken_back_as_one(self, world: World) -> None:
        case, other = by_mail(world), by_mail(world)
        before = [clock(world, one) for one in (case, other)]
        take_over(world)
        through(world.ana.rule_moves.run(total=2))
        undo = world.ana.undo.run_to_undo()
        assert undo is not None
        tally = Tally()
        while some := undo.step():
            tally.add(some)
        assert tally.changed == 2
        assert [clock(world, one) for one in (case, other)] == before
        assert world.ana.rules.others(2) == 2

    def test_a_clock_that_is_met_and_a_date_set_by_hand_stay(self, world: World) -> None:
        case = by_mail(world)
        call = {"direction": Direction.OUTBOUND, "purpose": CallPurpose.UPDATE, "note": "Told."}
        world.ana.casework.log_call(case.id, call)
        seen = world.ana.casefile.open(case.id).case.version
        world.ana.casework.edit(case.id, {"resolve_by": at("2026-12-24 12:00")}, seen)
        before = [clock(world, case), clock(world, case, DueKind.FIRST_RESPONSE)]
        take_over(world, SHORT.replace('presets = ["cfpb"]', 'presets = ["desk"]'))
        through(world.ana.rule_moves.run(total=1))
        assert [clock(world, case), clock(world, case, DueKind.FIRST_RESPONSE)] == before

    def test_nothing_is_asked_for_that_was_done_before_there_was_a_rule_for_it(self, world: World) -> None:
        written, waiting = by_mail(world), by_mail(world)
        world.ana.casework.add_note(written.id, {"kind": "letter", "text": "We look into it."})
        take_over(world, MORE)
        through(world.ana.rule_moves.run(total=2))
        with world.store.reading() as reader:
            assert DueKind.HOLDING not in {one.kind for one in reader.clocks(written.id)}
        assert local(clock(world, waiting, DueKind.HOLDING).due_at) == "Sat 21 Nov 23:59"

    def test_a_rule_that_is_no_more_leaves_only_what_was_missed(self, world: World) -> None:
        take_over(world, MORE)
        missed = by_mail(world)
        world.now = at("2026-11-24 09:00")
        early = by_mail(world)
        take_over(world, LONG)
        tally = through(world.ana.rule_moves.run(total=2))
        assert clock(world, missed, DueKind.HOLDING).met_at == world.now
        with world.store.reading() as reader:
            assert DueKind.HOLDING not in {one.kind for one in reader.clocks(early.id)}
        told = {fate.case_id: fate.news for fate in tally.fates}
        assert told[early.id] == "holding letter due Wed 25 Nov 2026, 23:59 → not asked for"
        assert told[missed.id] == "holding letter due Sat 21 Nov 2026, 23:59 → not asked for, missed"
