"""Views: queries with names, some of the program, some kept by an agent or for everybody; and those asked lately."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from tuitrack.domain.errors import NotFound, Refusal
from tuitrack.domain.permissions import Right
from tuitrack.domain.text import QUERY_MAX, fold, one_line
from tuitrack.domain.words import Word
from tuitrack.lean import dataclass
from tuitrack.services.desk import Desk
from tuitrack.services.preferences import EVERYBODY
from tuitrack.services.rights import writing

NAME_MAX = 40
KEPT_MOST = 50
"""How many views an agent, or the team, may keep."""
RECENT_MOST = 50
"""How many of the queries asked lately are remembered."""


class KeptFor(Word):
    """Who sees a view."""

    ALWAYS = "always", "built in"
    ONE = "one", "yours"
    TEAM = "team", "the team’s"


@dataclass(frozen=True, slots=True)
class View:
    """A query under a name; its text is all there is to it, so that it can be told to anybody."""

    name: str
    text: str
    kept_for: KeptFor = KeptFor.ALWAYS


BUILT_IN = (
    View("Mine", "owner:me"),
    View("Overdue", "is:overdue"),
    View("Due today", "due:today -is:overdue"),
    View("Unowned", "owner:none"),
    View("Resolved, not confirmed", "is:unconfirmed"),
    View("Promises", "promise:open"),
    View("Owner away", "is:absent"),
    View("Legal, waiting", "is:legal"),
    View("Open work", ""),
    View("All cases", "is:all"),
)
"""The views that everybody has, in order; the text of open work is that of the queue at the start."""


class ViewService:
    """Keeps queries worth asking again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> tuple[View, ...]:
        """Every view there is for the agent at work: the built-in ones, their own, the team's."""
        with self._desk.store.reading() as reader:
            own = _kept(reader, self._desk.agent, KeptFor.ONE)
            return (*BUILT_IN, *own, *_kept(reader, EVERYBODY, KeptFor.TEAM))

    def named(self, name: str) -> View:
        """The view of a name, the agent's own before the team's; raises NotFound with the names there are."""
        known = self.all()
        found = next((view for view in known if fold(view.name) == fold(name.strip())), None)
        if found is None:
            names = ", ".join(view.name for view in known)
            raise NotFound(f"View: none is called “{one_line(name, 40)}”. There are: {names}.", "view")
        return found

    def save(self, name: str, text: str, kept_for: KeptFor) -> View:
        """Keep a query under a name, in place of what had that name; raises Refusal where it cannot be kept."""
        name = " ".join(name.split())
        if not name:
            raise Refusal("Name: this is needed.", "name")
        if len(name) > NAME_MAX:
            raise Refusal(f"Name: {NAME_MAX} letters at the most.", "name")
        if any(fold(view.name) == fold(name) for view in BUILT_IN):
            raise Refusal(f"Name: {name} is built in; take another name.", "name")
        if len(text) > QUERY_MAX:
            raise Refusal(f"A query has {QUERY_MAX} letters at the most.", "name")
        view = View(name, text, kept_for)
        with self._writing(kept_for) as writer:
            others = _without(_kept(writer, self._keeper(kept_for), kept_for), name)
            if len(others) >= KEPT_MOST:
                raise Refusal(f"There are {KEPT_MOST} views already; delete one first.", "name")
            self._keep(writer, kept_for, [*others, view])
        return view

    def delete(self, view: View) -> None:
        """Forget a view that was kept; raises Refusal for one that is built in."""
        if view.kept_for is KeptFor.ALWAYS:
            raise Refusal(f"{view.name} is built in and stays.")
        with self._writing(view.kept_for) as writer:
            kept = _kept(writer, self._keeper(view.kept_for), view.kept_for)
            self._keep(writer, view.kept_for, _without(kept, view.name))

    def recent(self) -> list[str]:
        """The queries the agent at work asked lately, the last one at the end."""
        with self._desk.store.reading() as reader:
            return _recent(reader, self._desk.agent)

    def remember(self, text: str) -> None:
        """Remember a query as the last one asked."""
        agent = self._desk.agent
        with writing(self._desk) as writer:
            others = [one for one in _recent(writer, agent) if one != text]
            writer.put_preference(agent, "queries", json.dumps([*others, text][-RECENT_MOST:]))

    def _writing(self, kept_for: KeptFor) -> AbstractContextManager[Writer]:
        """A transaction: everybody keeps views of their own, the team's are not everybody's to change."""
        return writing(self._desk, Right.KEEP_TEAM_VIEWS if kept_for is KeptFor.TEAM else None)

    def _keeper(self, kept_for: KeptFor) -> str:
        return EVERYBODY if kept_for is KeptFor.TEAM else self._desk.agent

    def _keep(self, writer: Writer, kept_for: KeptFor, views: Sequence[View]) -> None:
        told = json.dumps([[view.name, view.text] for view in views])
        writer.put_preference(self._keeper(kept_for), "views", told)


def _kept(reader: Reader, keeper: str, kept_for: KeptFor) -> list[View]:
    told = reader.preference(keeper, "views")
    return [View(name, text, kept_for) for name, text in json.loads(told)] if told else []


def _recent(reader: Reader, agent: str) -> list[str]:
    return [str(text) for text in json.loads(reader.preference(agent, "queries") or "[]")]


def _without(views: Sequence[View], name: str) -> list[View]:
    return [view for view in views if fold(view.name) != fold(name)]


if TYPE_CHECKING:
    from tuitrack.services.ports import Reader, Writer
