"""The staff of the desk: agents who join and change, and the days on which they are away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tuitrack.domain.errors import NotFound, Refusal
from tuitrack.domain.people import Absence, Agent, away_on
from tuitrack.domain.permissions import Right
from tuitrack.domain.spoken_time import plain_day
from tuitrack.domain.text import fold
from tuitrack.domain.words import Role
from tuitrack.lean import dataclass
from tuitrack.services.desk import Desk
from tuitrack.services.rights import require, writing
from tuitrack.services.signing_in import handle_of

NO_HANDLES = frozenset({"me", "none", "nobody"})
"""What stands for an owner elsewhere, so that no agent can be called so."""
NO_TEAMS = frozenset({"mine", "none"})
"""What stands for a team in a query."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An agent with the absences that are not over, in the order in which they begin."""

    agent: Agent
    absences: tuple[Absence, ...]

    def away_on(self, day: date) -> Absence | None:
        """The absence that is on."""
        return away_on(day, self.agent.handle, self.absences)


class StaffService:
    """Reads and changes who works at the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def everybody(self) -> list[Standing]:
        """All agents by name."""
        with self._desk.store.reading() as reader:
            absences = reader.absences(self._desk.today())
            return [
                Standing(agent, tuple(one for one in absences if one.agent == agent.handle))
                for agent in reader.agents()
            ]

    def named(self, typed: str) -> Agent:
        """The agent of a handle or a whole name; raises NotFound."""
        with self._desk.store.reading() as reader:
            return _named(reader, typed, "agent")

    def add(self, values: dict[str, Any]) -> Agent:
        """Let somebody join from the fields of `AgentDraft`."""
        from tuitrack.domain.drafts.people import AgentDraft

        draft = AgentDraft.accept(values)
        handle = handle_of(draft.name)
        if handle in NO_HANDLES:
            raise Refusal(f"Name: “{draft.name}” stands for something else here; give a whole name.", "name")
        with writing(self._desk, Right.MANAGE_AGENTS) as writer:
            if (known := writer.agent(handle)) is not None:
                raise Refusal(f"Name: {known.name} works here already, as {handle}.", "name")
            fields = draft.model_dump() | {"team": _team(writer, draft.team)}
            agent = Agent(handle=handle, entered_at=self._desk.clock(), **fields)
            writer.put_agent(agent)
        return agent

    def change(self, handle: str, values: dict[str, Any]) -> Agent:
        """Change fields of an agent, each as `AgentDraft` has it; whoever knows the handle keeps it."""
        from tuitrack.domain.drafts.people import AgentDraft

        with writing(self._desk, Right.MANAGE_AGENTS) as writer:
            agent = _named(writer, handle, "agent")
            kept = {name: getattr(agent, name) for name in AgentDraft.model_fields}
            draft = AgentDraft.accept(kept | values)
            changed = replace(agent, **draft.model_dump() | {"team": _team(writer, draft.team)})
            others = [changed if one.handle == agent.handle else one for one in writer.agents()]
            if not any(one.active and one.role is Role.ADMINISTRATOR for one in others):
                raise Refusal(f"Role: {agent.name} is the only administrator; make somebody else one first.", "role")
            writer.put_agent(changed)
        return changed

    def enter_absence(self, values: dict[str, Any]) -> Absence:
        """Enter when somebody is away, from the fields of `AbsenceDraft`; of oneself everybody may."""
        return self._put_absence(values)

    def change_absence(self, absence: Absence, values: dict[str, Any]) -> Absence:
        """Change when somebody is away; raises NotFound where that was taken back meanwhile."""
        return self._put_absence({"agent": absence.agent} | values, absence)

    def end_absence(self, absence: Absence) -> str:
        """Take an absence back, from today on where it has begun; tells what became of it."""
        with writing(self._desk) as writer:
            self._may_plan(writer, absence.agent)
            before, today = _stored(writer, absence, self._desk.today()), self._desk.today()
            if before.since < today:
                writer.replace(replace(before, until=today - timedelta(days=1)))
                return f"{before.agent} is back today."
            writer.remove(before)
        return f"The absence of {before.agent} from {plain_day(before.since)} is taken back."

    def _put_absence(self, values: dict[str, Any], before: Absence | None = None) -> Absence:
        from tuitrack.domain.drafts.people import AbsenceDraft

        draft = AbsenceDraft.accept(values)
        if draft.until < draft.since:
            raise Refusal("Until: the last day is before the first one.", "until")
        today = self._desk.today()
        if draft.until < today:
            raise Refusal("Until: that day is over; nothing would change.", "until")
        with writing(self._desk) as writer:
            agent = _named(writer, draft.agent, "agent")
            self._may_plan(writer, agent.handle)
            deputy = _named(writer, draft.deputy, "deputy") if draft.deputy else None
            if deputy is not None and (deputy.handle == agent.handle or not deputy.active):
                raise Refusal("Deputy: expected another agent who is active.", "deputy")
            if before is not None:
                before = _stored(writer, before, today)
            for other in writer.absences(draft.since):
                if other.agent == agent.handle and other.since <= draft.until and other != before:
                    raise Refusal(f"From: {agent.name} is away {span_words(other)} already; change that.", "since")
            absence = Absence(
                id=before.id if before else 0,
                agent=agent.handle,
                since=draft.since,
                until=draft.until,
                reason=draft.reason,
                deputy=deputy.handle if deputy else None,
                by=self._desk.agent,
            )
            if before is None:
                return writer.add(absence)
            writer.replace(absence)
        return absence

    def _may_plan(self, reader: Reader, handle: str) -> None:
        if handle != self._desk.agent:
            require(reader, self._desk, Right.PLAN_ABSENCES)


def span_words(absence: Absence) -> str:
    """When somebody is away: `from Mon 23 Nov 2026 to Fri 27 Nov 2026`, or `on` a single day."""
    if absence.since == absence.until:
        return f"on {plain_day(absence.since)}"
    return f"from {plain_day(absence.since)} to {plain_day(absence.until)}"


def _named(reader: Reader, typed: str, field: str) -> Agent:
    """The agent of a handle or a whole name; raises NotFound with the field that named nobody."""
    handle = handle_of(typed)
    for agent in reader.agents():
        if agent.handle in (typed, handle) or fold(agent.name) == fold(typed):
            return agent
    raise NotFound(f"{field.capitalize()}: there is no agent “{typed}”.", field)


def _stored(reader: Reader, absence: Absence, today: date) -> Absence:
    for one in reader.absences(today):
        if one.id == absence.id:
            return one
    raise NotFound("Absence: it was taken back meanwhile, or it is over.")


def _team(reader: Reader, typed: str) -> str:
    """A team as it is written already, where some agent is in it."""
    name = " ".join(typed.split())
    if fold(name) in NO_TEAMS:
        raise Refusal(f"Team: “{name}” means something else in a query; take another name.", "team")
    return next((agent.team for agent in reader.agents() if fold(agent.team) == fold(name)), name)


if TYPE_CHECKING:
    from tuitrack.services.ports import Reader
