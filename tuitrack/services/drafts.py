"""Drafts: what was typed into a form is kept for its agent until it is saved or thrown away."""

from __future__ import annotations

from collections.abc import Mapping

from tuitrack.domain.keeping import Draft
from tuitrack.services.desk import Desk


class DraftService:
    """Keeps half-typed forms."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def keep(self, form: str, values: Mapping[str, str], focus: str = "", cursor: int = 0) -> None:
        """Keep what is typed in a form, in place of what was kept before; an empty form is forgotten."""
        with self._desk.store.writing() as writer:
            if any(value.strip() for value in values.values()):
                writer.put_draft(
                    Draft(
                        agent=self._desk.agent,
                        form=form,
                        values=dict(values),
                        focus=focus,
                        cursor=cursor,
                        saved_at=self._desk.clock(),
                    )
                )
            else:
                writer.drop_draft(self._desk.agent, form)

    def find(self, form: str) -> Draft | None:
        """What this agent had typed into a form."""
        with self._desk.store.reading() as reader:
            return reader.draft(self._desk.agent, form)

    def all(self) -> list[Draft]:
        """Every form this agent left half-typed, newest first."""
        with self._desk.store.reading() as reader:
            return reader.drafts(self._desk.agent)

    def discard(self, form: str) -> None:
        """Forget what was typed into a form."""
        with self._desk.store.writing() as writer:
            writer.drop_draft(self._desk.agent, form)
