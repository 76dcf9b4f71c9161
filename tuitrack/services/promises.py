"""The ledger of promises: what is still to be kept, what became of the rest, and how much of it was kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from tuitrack.domain.errors import NotFound
from tuitrack.domain.periods import read_period
from tuitrack.domain.promises import FIGURES, Grouping, Kept, KeptLine, LedgerQuery, PromiseLine, Standing, Whose
from tuitrack.services.agents import team_mates
from tuitrack.services.desk import Desk

if TYPE_CHECKING:
    from tuitrack.domain.people import Agent
    from tuitrack.domain.timeline import Promise

PAGE_SIZE = 100
"""Promises fetched at a time."""
COUNT_CAP = 1000
"""Counts go no further than this; the screen shows 1000+."""
EVERYTHING = "all"
"""What the line of all figures together is called."""
NO_TEAM, NO_CATEGORY = "no team", "no category"


class PromiseService:
    """Reads the ledger."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, whose: Whose) -> LedgerQuery:
        """What lists whose promises: those they made, and what is open in their cases, whoever promised it."""
        if whose is Whose.ALL:
            return LedgerQuery()
        if whose is Whose.MINE:
            return LedgerQuery(by=(self._desk.agent,), with_cases=True)
        with self._desk.store.reading() as reader:
            return LedgerQuery(by=team_mates(reader.agents(), self._desk.agent), with_cases=True)

    def page(self, query: LedgerQuery, after: Promise | None = None, limit: int = PAGE_SIZE) -> list[PromiseLine]:
        """The first promises of the ledger, or those after one of them."""
        with self._desk.store.reading() as reader:
            return reader.ledger(query, self._desk.now(), limit, after)

    def line(self, case_id: int, promise_id: int) -> PromiseLine:
        """One promise of a case as the ledger tells it; raises NotFound."""
        with self._desk.store.reading() as reader:
            case, promises = reader.case(case_id), reader.promises(case_id)
            called_at = {call.id: call.at for call in reader.calls(case_id)}
            customer = reader.customer(case.customer_id).name
        promise = next((one for one in promises if one.id == promise_id), None)
        if promise is None:
            raise NotFound("Promise: the case has no such promise any more.")
        anew = next((one for one in promises if one.renegotiates == promise_id), None)
        return PromiseLine(
            promise=promise,
            reference=case.reference,
            customer=customer,
            owner=case.owner,
            moved_to=anew.due_at if anew else None,
            told_at=called_at.get(anew.call_id or 0) if anew else None,
        )

    def counts(self, query: LedgerQuery) -> dict[Standing, int]:
        """How many promises stand how, each counted to `COUNT_CAP`."""
        with self._desk.store.reading() as reader:
            now = self._desk.now()
            return {word: reader.count_promises(replace(query, standing=word), now, COUNT_CAP) for word in Standing}

    def kept(self, grouping: Grouping, period: str = "") -> list[KeptLine]:
        """How many of the promises due in a typed period were kept: all together, then by name; raises Refusal."""
        since, before = read_period(period, self._desk.now())
        query = LedgerQuery(since=since, before=before)
        by = "category" if grouping is Grouping.CATEGORY else "by"
        with self._desk.store.reading() as reader:
            found: dict[str, dict[Standing, int]] = defaultdict(dict)
            for word in FIGURES:
                for name, number in reader.promises_counted(
                    replace(query, standing=word), self._desk.now(), by
                ).items():
                    found[name][word] = number
            agents = reader.agents()
        figures = {name: Kept.of(counted) for name, counted in found.items()}
        lines = sorted(_lines(grouping, query, figures, agents), key=lambda line: line.name.casefold())
        return [KeptLine(EVERYTHING, _sum(figures.values()), query), *lines] if figures else []


def _lines(
    grouping: Grouping, query: LedgerQuery, figures: dict[str, Kept], agents: Iterable[Agent]
) -> Iterator[KeptLine]:
    if grouping is Grouping.CATEGORY:
        for name, kept in figures.items():
            yield KeptLine(name or NO_CATEGORY, kept, replace(query, category=name))
        return
    known = {agent.handle: agent for agent in agents}
    if grouping is Grouping.AGENT:
        for name, kept in figures.items():
            yield KeptLine(known[name].name if name in known else name, kept, replace(query, by=(name,)))
        return
    members: dict[str, list[str]] = defaultdict(list)
    for name in figures:
        members[known[name].team if name in known else ""].append(name)
    for team, names in members.items():
        yield KeptLine(team or NO_TEAM, _sum(figures[name] for name in names), replace(query, by=tuple(names)))


def _sum(figures: Iterable[Kept]) -> Kept:
    return reduce(add, figures, Kept())
