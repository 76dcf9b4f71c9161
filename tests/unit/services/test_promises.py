"""The ledger of promises: whose they are, what became of them, and that nothing else in a case loses one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import an_agent
from tests.unit.services.world import World
from tuitrack.domain.errors import Blocked, Refusal
from tuitrack.domain.promises import Grouping, Kept, LedgerQuery, Standing, Whose
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.words import PromiseOutcome, Status
from tuitrack.services.bundle import Services

KEPT, BROKEN = PromiseOutcome.KEPT, PromiseOutcome.BROKEN


def listed(services: Services, whose: Whose, standing: Standing = Standing.OPEN) -> list[str]:
    """What the ledger lists for somebody."""
    query = replace(services.promises.of(whose), standing=standing)
    return [line.promise.what for line in services.promises.page(query)]


@pytest.fixture
def teams(world: World) -> World:
    """Ana and Iva are in one team, Luka in none."""
    with world.store.writing() as writer:
        writer.put_agent(an_agent("ana", name="Ana Kovač", team="north"))
        writer.put_agent(an_agent("iva", team="north"))
    return world


def promise(world: World, case_id: int, what: str, hours: int = 5, by: str = "") -> int:
    """Promise something in a case."""
    due = world.now + timedelta(hours=hours)
    return world.ana.items.add_promise(case_id, {"what": what, "due_at": due, "by": by}).id


def test_mine_is_what_i_promised_and_what_is_open_in_my_cases(teams: World) -> None:
    mine = teams.take(no_return_reason="none", return_at=None, owner="ana")
    other = teams.take(no_return_reason="none", return_at=None, owner="luka")
    promise(teams, mine.id, "mine in mine", 1)
    promise(teams, mine.id, "luka's in mine", 2, by="luka")
    promise(teams, other.id, "mine in luka's", 3)
    promise(teams, other.id, "luka's in luka's", 4, by="luka")
    promise(teams, other.id, "iva's in luka's", 5, by="iva")
    assert listed(teams.ana, Whose.MINE) == ["mine in mine", "luka's in mine", "mine in luka's"]
    assert listed(teams.ana, Whose.TEAM) == ["mine in mine", "luka's in mine", "mine in luka's", "iva's in luka's"]
    assert len(listed(teams.ana, Whose.ALL)) == 5
    assert listed(teams.luka, Whose.MINE) == ["luka's in mine", "mine in luka's", "luka's in luka's", "iva's in luka's"]


def test_figures_count_what_was_due_in_the_period_and_lead_to_it(teams: World) -> None:
    price, other = (teams.take(no_return_reason="x", return_at=None, category=name) for name in ("price", ""))
    kept = [promise(teams, price.id, f"kept {n}") for n in range(3)]
    broken = promise(teams, other.id, "broken", by="luka")
    promise(teams, other.id, "forgotten", by="Petra from sales")
    for promise_id in kept:
        teams.ana.items.settle_promise(price.id, promise_id, KEPT)
    teams.luka.items.settle_promise(other.id, broken, BROKEN, "no technician")
    teams.passes(days=1)

    def figures(grouping: Grouping) -> dict[str, Kept]:
        return {line.name: line.figures for line in teams.ana.promises.kept(grouping)}

    everything = Kept(kept=3, broken=1, overdue=1)
    assert figures(Grouping.AGENT) == {
        "all": everything,
        "Ana Kovač": Kept(kept=3),
        "Luka": Kept(broken=1),
        "Petra from sales": Kept(overdue=1),
    }
    assert figures(Grouping.TEAM) == {"all": everything, "no team": Kept(broken=1, overdue=1), "north": Kept(kept=3)}
    assert figures(Grouping.CATEGORY) == {
        "all": everything,
        "no category": Kept(broken=1, overdue=1),
        "price": Kept(kept=3),
    }
    for line in (line for grouping in Grouping for line in teams.ana.promises.kept(grouping)):
        behind = {word: len(teams.ana.promises.page(replace(line.query, standing=word))) for word in Standing}
        assert Kept.of(behind) == line.figures
    assert teams.ana.promises.kept(Grouping.AGENT, "last month") == []


def test_counts_tell_how_many_promises_stand_how(teams: World) -> None:
    case = teams.take()
    promise(teams, case.id, "soon")
    teams.ana.items.settle_promise(case.id, promise(teams, case.id, "done"), KEPT)
    teams.passes(hours=6)
    assert teams.ana.promises.counts(LedgerQuery()) == {
        Standing.OPEN: 2,
        Standing.OVERDUE: 1,
        Standing.KEPT: 1,
        Standing.BROKEN: 0,
        Standing.RENEGOTIATED: 0,
    }


def test_a_period_that_is_none_is_refused(world: World) -> None:
    with pytest.raises(Refusal, match="Period"):
        world.ana.promises.kept(Grouping.AGENT, "someday")


def seen(services: Services, case_id: int) -> int:
    """The version of a case as it is now."""
    return services.casefile.open(case_id).case.version


def close_as_duplicate(world: World, case_id: int) -> None:
    """Try to close the case as another one's duplicate, which the open promise forbids."""
    values = {"outcome": "duplicate", "closing_note": "The same.", "duplicate_of": world.take().reference}
    with pytest.raises(Blocked, match="Promise still open"):
        world.ana.closure.close(case_id, values, seen(world.ana, case_id))


def resolve(world: World, case_id: int) -> None:
    """Come to consider the case resolved."""
    values = {"resolution": "Box replaced.", "company_resolved_on": world.ana.desk.today()}
    world.ana.closure.save_resolution(case_id, values, seen(world.ana, case_id))


def reopen(world: World, case_id: int) -> None:
    """Resolve the case and open it again."""
    resolve(world, case_id)
    world.ana.closure.reopen(case_id, "It drops again.", seen(world.ana, case_id))


def change_in_bulk(world: World, case_id: int) -> None:
    """Give the case away, wait for the customer and let it be resolved much later, with many others."""
    due = world.now + timedelta(days=90)
    values = {"owner": "luka", "status": "waiting", "priority": "low", "resolve_by": due, "note": "All of them."}
    change = world.ana.bulk.change(values)
    run = world.ana.bulk.run(world.ana.bulk.rehearsal(change, QueueQuery()).step())
    while run.step():
        pass


def undo_and_redo(world: World, case_id: int) -> None:
    """Take something else back, bring it again, and take it back once more."""
    world.ana.casework.toggle_urgent(case_id, seen(world.ana, case_id))
    world.ana.undo.undo(case_id)
    world.ana.undo.redo(case_id)
    world.ana.undo.undo(case_id)


def undo_settling(world: World, case_id: int) -> None:
    """Take back that the promise was kept."""
    [promised] = world.ana.casefile.open(case_id).promises
    world.ana.items.settle_promise(case_id, promised.id, KEPT)
    world.ana.undo.undo(case_id)


HAPPENS: dict[str, Callable[[World, int], object]] = {
    "assigned": lambda world, id_: world.ana.casework.assign(id_, "luka", seen(world.ana, id_)),
    "owned by nobody": lambda world, id_: world.ana.casework.assign(id_, None, seen(world.ana, id_)),
    "taken over": lambda world, id_: world.luka.casework.take(id_, seen(world.luka, id_), "ana is ill"),
    "waiting": lambda world, id_: world.ana.casework.move(id_, Status.WAITING, seen(world.ana, id_)),
    "paused": lambda world, id_: world.ana.casework.pause(id_, {"reason": "legal"}, seen(world.ana, id_)),
    "edited": lambda world, id_: world.ana.casework.edit(
        id_, {"resolve_by": world.now + timedelta(days=90)}, seen(world.ana, id_)
    ),
    "closing refused": close_as_duplicate,
    "resolved": resolve,
    "reopened": reopen,
    "changed in bulk": change_in_bulk,
    "undone and redone": undo_and_redo,
    "settling undone": undo_settling,
    "another promise made": lambda world, id_: promise(world, id_, "later", hours=99),
    "customer called": lambda world, id_: world.ana.casework.log_call(
        id_, {"direction": "inbound", "purpose": "status"}
    ),
}


@pytest.mark.parametrize("name", HAPPENS)
def test_a_promise_stays_due_whatever_else_happens_to_its_case(world: World, name: str) -> None:
    case = world.take(no_return_reason="x", return_at=None, owner="ana")
    promise_id = promise(world, case.id, "call back")
    [promised] = world.ana.casefile.open(case.id).promises
    HAPPENS[name](world, case.id)
    case = world.ana.casefile.open(case.id).case
    assert (case.next_due_at, case.next_due_kind) == (promised.due_at, "promise")
    assert world.ana.queue.page(QueueQuery()).rows[0].id == case.id
    [line] = [line for line in world.ana.promises.page(LedgerQuery()) if line.id == promise_id]
    assert (line.promise, line.owner) == (promised, case.owner)
    world.passes(hours=6)
    assert case.id in [row.id for row in world.ana.queue.page(QueueQuery("is:overdue")).rows]
    overdue = world.ana.promises.page(LedgerQuery(standing=Standing.OVERDUE))
    assert [line.id for line in overdue] == [promise_id]


def test_the_queue_is_ordered_by_the_next_promise_or_deadline_whichever_comes_first(world: World) -> None:
    promised, resolved, asked = (world.take(no_return_reason="x", return_at=None, subject=str(n)) for n in range(3))
    for case, days in ((promised, 9), (resolved, 2), (asked, 9)):
        due = {"resolve_by": world.now + timedelta(days=days)}
        world.ana.casework.edit(case.id, due, seen(world.ana, case.id))
    promise(world, promised.id, "call back", hours=24)
    world.ana.items.add_action(asked.id, {"what": "ask", "due_at": world.now + timedelta(days=3)})
    rows = world.ana.queue.page(QueueQuery(owner=None)).rows
    assert [(row.id, row.next_due_kind) for row in rows] == [
        (promised.id, "promise"),
        (resolved.id, "resolve"),
        (asked.id, "action"),
    ]
    [kept] = world.ana.casefile.open(promised.id).promises
    world.ana.items.settle_promise(promised.id, kept.id, KEPT)
    assert [row.id for row in world.ana.queue.page(QueueQuery()).rows] == [resolved.id, asked.id, promised.id]


def test_a_promise_is_told_a_quarter_of_an_hour_before_its_time_to_whoever_has_to_keep_it(world: World) -> None:
    case = world.take(no_return_reason="x", return_at=None, owner="luka")
    promise(world, case.id, "call back", hours=1)

    def told(services: Services) -> list[str]:
        return [notice.text for notice in services.reminders.coming(services.desk.now()) if "Promised" in notice.text]

    assert told(world.luka) == []
    world.passes(minutes=40)
    expected = f"Promised for 14:00: {case.reference} Marija Zorić, call back"
    assert told(world.luka) == told(world.ana) == [expected]
    [notice] = world.luka.reminders.coming(world.luka.desk.now())
    assert notice.at == world.now + timedelta(minutes=5)
    world.passes(minutes=6)
    assert told(world.luka) == []
