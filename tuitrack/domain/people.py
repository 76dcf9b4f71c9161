"""Who takes part: customers with their phones, and the agents of the desk with their absences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from tuitrack.domain.words import CustomerKind, Role
from tuitrack.lean import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Somebody who works at the desk, known everywhere by a short lasting `handle`."""

    handle: str
    name: str
    role: Role = Role.AGENT
    team: str = ""
    language: str = ""
    active: bool = True
    entered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Days on which an agent is away, the first and the last of them included."""

    id: int = 0
    agent: str
    """The handle of whoever is away, as are the two below."""
    since: date
    until: date
    reason: str = ""
    deputy: str | None = None
    """Who looks after the agent's cases meanwhile, where somebody was named."""
    by: str
    """Who entered it."""

    def is_on(self, day: date) -> bool:
        """Whether the agent is away on a day."""
        return self.since <= day <= self.until


def names_of(agents: Iterable[Agent]) -> dict[str, str]:
    """What agents are called, by their handles."""
    return {agent.handle: agent.name for agent in agents}


def away_on(day: date, handle: str, absences: Iterable[Absence]) -> Absence | None:
    """The absence of an agent that is on, the one that lasts longest where there are several."""
    on = (one for one in absences if one.agent == handle and one.is_on(day))
    return max(on, key=lambda one: one.until, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A person or company that complains."""

    id: int = 0
    name: str
    kind: CustomerKind = CustomerKind.PERSON
    account: str = ""
    phones: tuple[str, ...] = ()
    """Telephone numbers as they were typed."""
    email: str = ""
    address: str = ""
    language: str = ""
    no_contact_reason: str = ""
    """Why there is no way to reach the customer, such as anonymous or refused."""
    entered_at: datetime
    import_run_id: int | None = None
    """The import that brought the customer, where one did."""

    @property
    def reachable(self) -> bool:
        """Whether there is at least one way to reach the customer."""
        return bool(self.phones or self.email or self.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerMatch:
    """A customer found while typing, with how many cases are open and how many there are."""

    customer: Customer
    open_count: int
    case_count: int
    numbers: tuple[str, ...] = ()
    """The customer's phone numbers, to read and to dial, where somebody is shown them."""
