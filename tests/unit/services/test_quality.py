"""What a quality report of a desk tells, and who sets its targets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import an_agent
from tests.unit.services.world import World
from tuitrack.domain.errors import NotAllowed, NotFound, Refusal
from tuitrack.domain.promises import LedgerQuery, Standing
from tuitrack.domain.quality.report import Report, Row, Topic
from tuitrack.domain.words import Role


@pytest.fixture
def world() -> World:
    return World()


def report_of(world: World, period: str = "this month") -> Report:
    """The report as Ana gets it."""
    return world.ana.quality.report(world.ana.quality.days(period))


def row_of(report: Report, id_: str, topic: Topic = Topic.MEASURES) -> Row:
    """One row of a table."""
    return next(row for row in report.table(topic).rows if row.id == id_)


def test_what_is_solved_at_once_counts_as_first_contact_and_as_the_same_day(world: World) -> None:
    world.take()
    world.take(resolution="Box replaced.", return_at=None)
    report = report_of(world)
    assert [row_of(report, id_).numbers[0].text for id_ in ("received", "same_day", "first_contact")] == [
        "2", "50 %", "50 %",
    ]  # fmt: skip
    number = row_of(report, "first_contact").numbers[0]
    assert number.lists == "sort:newest received:2026-11-01..2026-11-30 is:all is:first-contact"


def test_a_call_without_the_word_about_recording_is_a_warning(world: World) -> None:
    world.take(recording_told=True)
    assert "recording" not in " ".join(report_of(world).alerts)
    world.take()
    assert report_of(world).alerts == ["recording not told: 50 %, missed"]


def test_promises_kept_are_those_of_the_ledger_and_of_whoever_made_them(world: World) -> None:
    world.resolve(world.take())
    row = row_of(report_of(world), "promises_kept")
    kept = row.numbers[0].lists
    assert (row.numbers[0].text, row.numbers[1].text, row.remark) == ("100 %", "1", "met")
    assert isinstance(kept, LedgerQuery)
    assert (kept.standing, kept.by) == (Standing.KEPT, None)
    assert world.ana.promises.counts(kept)[Standing.KEPT] == 1
    of_ana = row_of(report_of(world), "owner=ana", Topic.AGENT)
    assert (of_ana.label, of_ana.numbers[-1].text) == ("Ana Kovač", "100 %")
    assert of_ana.numbers[-1].lists == replace(kept, by=("ana",))


def test_a_cause_that_grows_is_a_risk(world: World) -> None:
    for _ in range(2):
        world.resolve(world.take())
        world.passes(days=31)
    for _ in range(6):
        world.resolve(world.take())
    report = report_of(world)
    # All cases have become more, and this cause with them.
    assert not row_of(report, 'cause="system fault"', Topic.CAUSE).is_alert
    for _ in range(30):
        world.ana.closure.save_cause(
            (case := world.take()).id, {"cause": "training", "no_process_action_because": "."}, case.version
        )
    row = row_of(report_of(world), "cause=training", Topic.CAUSE)
    assert (row.numbers[0].count, row.numbers[1].count, row.remark, row.is_alert) == (30, 0, "risk", True)


def test_the_latest_target_holds_and_all_are_kept(world: World) -> None:
    quality = world.ana.quality
    assert quality.set_target("first_response", "97 %") == "Target: first response in time, min 97 %."
    assert quality.set_target("late", "0") == "Target: something met late, max 0 %."
    assert quality.set_target("late", "none") == "Target: something met late, no target."
    targets = quality.targets()
    assert (targets["first_response"], targets["late"], targets["within_most"]) == (97, None, 90)
    with world.store.reading() as reader:
        kept = reader.quality_targets()
    assert [(one.measure, one.percent, one.by) for one in kept][1:] == [
        ("late", 0, "ana"), ("late", None, "ana"),
    ]  # fmt: skip
    assert row_of(report_of(world), "first_response").numbers[-1].text == "min 97 %"


@pytest.mark.parametrize("typed", ["101", "-1", "9.5", "many"])
def test_a_target_is_a_whole_share(world: World, typed: str) -> None:
    with pytest.raises(Refusal, match="whole number of percent"):
        world.ana.quality.set_target("late", typed)


def test_what_has_no_target(world: World) -> None:
    with pytest.raises(Refusal, match="is a number"):
        world.ana.quality.set_target("received", "5")
    with pytest.raises(NotFound, match="there are same_day"):
        world.ana.quality.set_target("speed", "5")


def test_an_agent_reads_the_report_and_sets_no_target(world: World) -> None:
    with world.store.writing() as writer:
        writer.put_agent(an_agent("luka", role=Role.AGENT))
    world.take()
    assert row_of(world.luka.quality.report(world.luka.quality.days("today")), "received").numbers[0].count == 1
    with pytest.raises(NotAllowed, match="set targets"):
        world.luka.quality.set_target("late", "5")


def test_a_report_is_counted_step_by_step(world: World) -> None:
    counting = world.ana.quality.counting(world.ana.quality.days("this month"))
    shares = [counting.step()]
    while shares[-1] < 1:
        shares.append(counting.step())
    assert shares == sorted(shares)
    assert len(shares) > 30
    assert counting.step() == 1
