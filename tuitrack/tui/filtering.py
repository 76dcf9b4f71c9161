"""The keys that narrow a queue, each one thing at a time, together with whatever is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from tuitrack.domain.deadlines import DueFilter
from tuitrack.domain.queue import QueueQuery, Scope, Sort
from tuitrack.domain.words import Word
from tuitrack.tui.commands import Place
from tuitrack.tui.undoing import UndoingScreen

W = TypeVar("W", bound=Word)


class FilteringScreen(UndoingScreen[None]):
    """A screen that shows what a query asks for, and the commands that change the query."""

    query_shown = QueueQuery()
    _looked_at: QueueQuery | None = None
    _before_look = QueueQuery()
    as_of: datetime | None = None
    """The moment as of which the cases that are listed are shown, None for now."""

    @property
    def moment_shown(self) -> datetime:
        """The moment by which the cases that are listed are due or overdue."""
        return self.as_of or self.services.desk.now()

    def refuses_in_past(self) -> bool:
        """Say that nothing is done to cases from a list of the past; tell whether it is one."""
        if self.as_of is not None:
            key = self.desk.key_of(Place.QUEUE, "show_past")
            self.warn(f"Nothing is done to cases in a list of the past; {key} brings back today's.")
        return self.as_of is not None

    def action_show_past(self) -> None:
        """Show the list as it was at a moment, or as it is now again."""
        from tuitrack.tui.past import show_past

        self.run_command(show_past, self)

    def narrow(self, query: QueueQuery) -> None:
        """Show what another query asks for."""
        raise NotImplementedError

    def look_at(self, query: QueueQuery) -> None:
        """Show another query for a while; `look_back` shows again what was shown before."""
        if not self.is_looking:
            self._before_look = self.query_shown
        self._looked_at = query
        self.narrow(query)

    def look_back(self) -> None:
        """Show what was shown before `look_at`."""
        self._looked_at = None
        self.narrow(self._before_look)

    @property
    def is_looking(self) -> bool:
        """Whether what `look_at` was given is still shown."""
        return self.query_shown == self._looked_at

    @property
    def with_one_less(self) -> QueueQuery:
        """The query without one of the things that keys chose; the same where there is none."""
        query = self.query_shown
        changes = (
            replace(query, due=DueFilter.ALL),
            replace(query, owner=None),
            replace(query, scope=Scope.OPEN),
            replace(query, sort=Sort.USUAL),
        )
        return next((one for one in changes if one != query), query)

    @property
    def names_order(self) -> bool:
        """Whether what is typed says its order, so that no key changes it."""
        if not self.query_shown.text:
            return False
        from tuitrack.domain.query.printing import names_order

        return names_order(self.query_shown.text)

    def action_cycle_due(self) -> None:
        """Go to the next overdue filter."""
        self.narrow(replace(self.query_shown, due=_next(self.query_shown.due)))

    def action_cycle_scope(self) -> None:
        """Go to the next part of all cases; what was met late stays so, but closed ones have nothing due or paused."""
        query = self.query_shown
        due = query.due if query.due is DueFilter.LATE else DueFilter.ALL
        self.narrow(replace(query, scope=_next(query.scope), due=due))

    def action_cycle_sort(self) -> None:
        """Go to the next order; without anything typed the usual one is what is due next, and nothing is to match."""
        if self.names_order:
            self.warn("The query says its order itself; change its sort: instead.")
            return
        following = _next(self.query_shown.sort)
        while following in (Sort.DUE, Sort.BEST) and not self.query_shown.text:
            following = _next(following)
        self.narrow(replace(self.query_shown, sort=following))
        self.say(f"Order: {self.query_shown.sort.label}")

    def action_show_all(self) -> None:
        """Show cases whatever their due time."""
        self.narrow(replace(self.query_shown, due=DueFilter.ALL))

    def action_show_overdue(self) -> None:
        """Show only what is overdue."""
        self.narrow(replace(self.query_shown, due=DueFilter.OVERDUE))

    def action_show_today(self) -> None:
        """Show only what is due today."""
        self.narrow(replace(self.query_shown, due=DueFilter.TODAY))

    def action_show_soon(self) -> None:
        """Show only what is due within 3 days."""
        self.narrow(replace(self.query_shown, due=DueFilter.SOON))

    def action_show_paused(self) -> None:
        """Show only what stands still."""
        self.narrow(replace(self.query_shown, due=DueFilter.PAUSED))

    def action_show_late(self) -> None:
        """Show only where something was met late."""
        self.narrow(replace(self.query_shown, due=DueFilter.LATE))

    def action_show_mine(self) -> None:
        """Show only the cases of the person at work, or everybody's again."""
        self._toggle_owner(self.services.desk.agent)

    def action_show_unowned(self) -> None:
        """Show only cases without an owner, or all again."""
        self._toggle_owner("")

    def _toggle_owner(self, owner: str) -> None:
        self.narrow(replace(self.query_shown, owner=None if self.query_shown.owner == owner else owner))


def _next(word: W) -> W:
    """The word after this one in its list, the first after the last."""
    words = list(type(word))
    return words[(words.index(word) + 1) % len(words)]
