"""Why the cases of a search were found, read for a few rows around the cursor at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tuitrack.domain.queue import QueueQuery

if TYPE_CHECKING:
    from tuitrack.domain.query.why import Snippet
    from tuitrack.services.queue import QueueService
    from tuitrack.tui.backstage import Backstage

_AROUND = 10
"""Rows before the one under the cursor, and twice as many after it, that are explained with it."""


class Explainer:
    """Remembers the explanations of one query."""

    def __init__(self, service: QueueService) -> None:
        self._service = service
        self._query = QueueQuery()
        self._found: dict[int, Snippet | None] = {}

    def begin(self, query: QueueQuery) -> None:
        """Explain another answer; what was found for an earlier one may have changed since."""
        self._query = query
        self._found = {}

    def knows(self, case_id: int) -> bool:
        """Whether a case was looked at."""
        return case_id in self._found

    def of(self, case_id: int) -> Snippet | None:
        """Where the words were found, None where there is nothing to say."""
        return self._found.get(case_id)

    async def learn(self, backstage: Backstage, case_id: int, listed: Sequence[int]) -> None:
        """Look at a case and those listed around it."""
        query, at = self._query, listed.index(case_id)
        ids = [one for one in listed[max(at - _AROUND, 0) : at + 2 * _AROUND] if one not in self._found]
        found = await backstage.read_while_wanted(self._service.interrupt, self._service.why, ids, query)
        if query == self._query:
            self._found |= {one: found.get(one) for one in ids}
