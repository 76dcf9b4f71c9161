"""A desk of two agents over a store in memory, with a clock that the test moves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.builders import NOW, an_agent
from tests.fakes import MemoryStore
from tuitrack.domain.case import Case
from tuitrack.domain.words import PromiseOutcome
from tuitrack.services.bundle import Services
from tuitrack.services.desk import Desk
from tuitrack.services.ports import Store
from tuitrack.settings import Settings


class World:
    """Services of two agents over one store, and the time."""

    def __init__(self, store: Store | None = None) -> None:
        self.now = NOW
        self.store = store or MemoryStore()
        with self.store.writing() as writer:
            writer.put_agent(an_agent("ana", name="Ana Kovač"))
            writer.put_agent(an_agent("luka"))
        self.ana = self.services_of("ana")
        self.luka = self.services_of("luka")

    def services_of(self, agent: str) -> Services:
        """The services as an agent has them."""
        settings = Settings(agent=agent, time_zone="Europe/Zagreb", region="HR")
        return Services(Desk(store=self.store, agent=agent, settings=settings, clock=lambda: self.now))

    def passes(self, **span: float) -> datetime:
        """Let time go by."""
        self.now += timedelta(**span)
        return self.now

    def intake(self, **fields: Any) -> dict[str, Any]:
        """What an agent types into intake: by telephone, with a date to get back to the customer."""
        return {
            "customer": {"name": "Marija Zorić", "phones": ("091/234-5678",)},
            "subject": "Internet drops every evening",
            "received_at": self.now,
            "return_at": self.now + timedelta(days=1),
        } | fields

    def take(self, **fields: Any) -> Case:
        """Take a case as Ana."""
        return self.ana.intake.take(self.intake(**fields))

    def resolve(self, case: Case) -> Case:
        """Bring a case through every step before the customer's word."""
        closure, today = self.ana.closure, self.now.date()
        file = self.ana.casefile.open(case.id)
        for promise in file.promises:
            if promise.is_open:
                self.ana.items.settle_promise(case.id, promise.id, PromiseOutcome.KEPT)
        seen = self.ana.casefile.open(case.id).case.version
        seen = closure.save_resolution(
            case.id, {"resolution": "Box replaced.", "company_resolved_on": today}, seen
        ).version
        decision = {"justified": "yes", "justified_because": "Our box.", "explanation": "It was our box."}
        seen = closure.save_decision(case.id, decision, seen).version
        return closure.save_cause(case.id, {"cause": "system fault", "no_process_action_because": "One box."}, seen)
