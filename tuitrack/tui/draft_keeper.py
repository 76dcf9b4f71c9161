"""Keeps what is typed into one form, so that a dropped line or a killed process loses none of it."""

from __future__ import annotations

from collections.abc import Mapping

from tuitrack.domain.keeping import Draft
from tuitrack.services.drafts import DraftService
from tuitrack.tui.backstage import Backstage


class DraftKeeper:
    """The draft of one form of the agent at work."""

    def __init__(self, drafts: DraftService, backstage: Backstage, form: str) -> None:
        """`form` names the form, with its case where it belongs to one: `intake`, `call:17`."""
        self._drafts = drafts
        self._backstage = backstage
        self._form = form

    async def find(self) -> Draft | None:
        """What was kept of this form."""
        return await self._backstage.read(self._drafts.find, self._form)

    async def keep(self, texts: Mapping[str, str], focus: str, cursor: int) -> None:
        """Keep the texts by field in place of those kept before."""
        await self._backstage.write(self._drafts.keep, self._form, texts, focus, cursor)

    async def forget(self) -> None:
        """Forget what was kept."""
        await self._backstage.write(self._drafts.discard, self._form)
