"""The ledger of promises: whose they are, what became of them, and that nothing else in a case loses one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import an_agent
from tests.unit.services.world import World
from tuitrack.domain.errors import Refusal
from tuitrack.domain.promises import Grouping, Kept, LedgerQuery, Standing, Whose
from tuitrack.domain.words import PromiseOutcome
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
