"""Who has how much to do: the open work of each agent, of nobody, and of each team, each figure with its query."""

from __future__ import annotations

from collections.abc import Iterable

from tuitrack.domain.people import Absence, Agent, away_on
from tuitrack.domain.query.fields import Field
from tuitrack.domain.query.printing import value_text
from tuitrack.domain.words import Word
from tuitrack.domain.workload import Load
from tuitrack.lean import dataclass
from tuitrack.services.desk import Desk


class Figure(Word):
    """What is counted of open work, and the query that lists what is counted of an owner's."""

    OPEN = "open", "is:open"
    OVERDUE = "overdue", "is:overdue"
    TODAY = "today", "due:today -is:overdue"
    PROMISED = "promised", "promise:open"
    UNCONFIRMED = "unconfirmed", "is:unconfirmed"


@dataclass(frozen=True, slots=True)
class WorkLine:
    """The work of an agent, of nobody, or of a team."""

    name: str
    query: str
    """Finds the cases of this line."""
    load: Load
    agent: Agent | None = None
    """Whose line it is, where it is that of a known agent."""
    absence: Absence | None = None
    """The one that is on, or else the next one."""
    is_away: bool = False
    drafts: int = 0
    """How much is half typed."""
    handles: frozenset[str] = frozenset()
    """The known agents of the line."""

    def count(self, figure: Figure) -> int:
        """One of its figures."""
        count: int = getattr(self.load, figure.value)
        return count

    def query_of(self, figure: Figure) -> str:
        """Finds the cases that a figure counts."""
        return f"{self.query} {figure.label}"


@dataclass(frozen=True, slots=True)
class Workload:
    """All lines, those without an owner first: by agent, and by team."""

    by_agent: tuple[WorkLine, ...]
    by_team: tuple[WorkLine, ...]


class WorkloadService:
    """Counts who has how much to do."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def now(self) -> Workload:
        """What everybody has to do, as it stands."""
        today = self._desk.today()
        with self._desk.store.reading() as reader:
            loads, drafts = reader.workload(self._desk.now()), reader.draft_counts()
            agents, absences = reader.agents(), reader.absences(today)
        nobody = WorkLine("(nobody)", "owner:none", loads.pop(None, Load()))
        lines = []
        for agent in agents:
            own = [one for one in absences if one.agent == agent.handle]
            on = away_on(today, agent.handle, own)
            line = WorkLine(
                name=agent.name,
                query=_query(Field.OWNER, agent.handle),
                load=loads.pop(agent.handle, Load()),
                agent=agent,
                absence=on or next(iter(own), None),
                is_away=on is not None,
                drafts=drafts.get(agent.handle, 0),
                handles=frozenset([agent.handle]),
            )
            lines.append(line)
        # Whoever owns cases is listed, even where an import named somebody who never worked here.
        strangers = [
            WorkLine(owner, _query(Field.OWNER, owner), load) for owner, load in sorted(loads.items()) if owner
        ]
        everybody = [*lines, *strangers]
        return Workload((nobody, *everybody), (nobody, *_teams(everybody)))


def _teams(lines: Iterable[WorkLine]) -> list[WorkLine]:
    """The sums of each team, of whoever is in none last."""
    teams: dict[str, list[WorkLine]] = {}
    for line in lines:
        teams.setdefault(line.agent.team if line.agent else "", []).append(line)
    return [
        WorkLine(
            name=team or "(no team)",
            query=_query(Field.TEAM, team),
            load=sum((line.load for line in teams[team]), Load()),
            drafts=sum(line.drafts for line in teams[team]),
            handles=frozenset().union(*(line.handles for line in teams[team])),
        )
        for team in sorted(teams, key=lambda team: (not team, team))
    ]


def _query(field: Field, value: str) -> str:
    return f"{field.value}:{value_text(field, value)}"
