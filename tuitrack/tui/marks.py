"""The cases that somebody has marked, to do something with all of them together."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tuitrack.domain.errors import Refusal

MARKS_MOST = 10_000
"""How many cases can be marked at once."""


class Marks(Collection[int]):
    """Ids of cases, remembered as long as the program runs; those taken away together can be brought back."""

    def __init__(self) -> None:
        self._ids: frozenset[int] = frozenset()
        self._taken_away: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[int]:
        return iter(self._ids)

    def __contains__(self, case_id: object) -> bool:
        return case_id in self._ids

    @property
    def ids(self) -> frozenset[int]:
        """The marked cases as they are now, which later marks do not change."""
        return self._ids

    def toggle(self, case_id: int) -> None:
        """Mark a case, or take its mark away; raises Refusal where too many are marked."""
        if case_id in self._ids:
            self._ids -= {case_id}
        else:
            self.add([case_id])

    def add(self, case_ids: Collection[int]) -> None:
        """Mark all of these cases; raises Refusal where too many would be marked, and marks none then."""
        ids = self._ids.union(case_ids)
        if len(ids) > MARKS_MOST:
            raise Refusal(f"No more than {MARKS_MOST:,} cases can be marked at once.")
        self._ids = ids

    def clear(self) -> None:
        """Take all marks away."""
        self._ids, self._taken_away = frozenset(), self._ids

    def bring_back(self) -> None:
        """Set the marks again that were taken away together last."""
        self.add(self._taken_away)
