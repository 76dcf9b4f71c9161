"""Preferences: how each agent likes to work, kept with the data so that they find it again at any desk."""

from __future__ import annotations

from collections.abc import Sequence

from tuitrack.domain.columns import Column, columns_in
from tuitrack.domain.words import Word
from tuitrack.services.desk import Desk

COLUMNS = "columns"
"""The name under which an agent's columns are kept."""
EVERYBODY = ""
"""Under whose name is kept what belongs to the whole desk; no agent has an empty one."""


class AfterClosing(Word):
    """Where an agent wants to be once a case is closed."""

    STAY = "stay", "stay at the case"
    NEXT = "next", "go to the next case of the queue"
    QUEUE = "queue", "go back to the queue"


class PreferenceService:
    """Keeps what the agent at work chose."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def theme(self) -> str | None:
        """The looks that were chosen, None where the settings decide."""
        return self._chosen("theme")

    def choose_theme(self, name: str) -> None:
        """Start with these looks from now on."""
        self._choose("theme", name)

    def after_closing(self) -> AfterClosing:
        """Where to go once a case is closed; nobody is taken away who did not ask for it."""
        chosen = self._chosen("after_closing")
        return next((way for way in AfterClosing if way == chosen), AfterClosing.STAY)

    def choose_after_closing(self, way: AfterClosing) -> None:
        """Go there once a case is closed, from now on."""
        self._choose("after_closing", way)

    def preview(self) -> bool:
        """Whether the case under the cursor is shown beside the queue; so it is unless the agent said otherwise."""
        return self._chosen("preview") != "no"

    def choose_preview(self, shown: bool) -> None:
        """Show the case under the cursor beside the queue from now on, or do not."""
        self._choose("preview", "yes" if shown else "no")

    def columns(self) -> tuple[Column, ...]:
        """What the queue shows of each case where its query does not say; empty for the usual columns."""
        return columns_in(self._chosen(COLUMNS) or "")

    def choose_columns(self, columns: Sequence[Column]) -> None:
        """Show these wherever a query does not say, from now on."""
        self._choose(COLUMNS, ",".join(columns))

    def _chosen(self, name: str) -> str | None:
        with self._desk.store.reading() as reader:
            return reader.preference(self._desk.agent, name)

    def _choose(self, name: str, value: str) -> None:
        from tuitrack.services.rights import writing  # what is chosen is read at the start, and seldom changed

        with writing(self._desk) as writer:
            writer.put_preference(self._desk.agent, name, value)
