"""Keeps what is typed into one form, so that a dropped line or a killed process loses none of it."""

from __future__ import annotations

from collections.abc import Mapping

from tuitrack.domain.errors import StoreFault
from tuitrack.domain.keeping import Draft
from tuitrack.services.drafts import DraftService
from tuitrack.services.once import new_key
from tuitrack.tui.backstage import Backstage


class DraftKeeper:
    """The draft of one form of the agent at work, and the key under which the form stores what it is for."""

    def __init__(self, drafts: DraftService, backstage: Backstage, form: str) -> None:
        """`form` names the form, with its case where it belongs to one: `intake`, `call:17`."""
        self._drafts = drafts
        self._backstage = backstage
        self._form = form
        self._is_noted = True
        self.key = new_key()
        """What a save is known by when it is tried again."""
        self.stored = ""
        """What became of a draft that was found, where it was stored before the program ended."""

    async def find(self) -> Draft | None:
        """What was kept of this form and is not stored."""
        draft = await self._backstage.read(self._drafts.find, self._form)
        if draft is None:
            return None
        self.stored = await self._backstage.read(self._drafts.stored_already, draft)
        if self.stored:
            await self.forget()
            return None
        self.key = draft.key or self.key
        return draft

    def note(self, texts: Mapping[str, str], focus: str, cursor: int) -> None:
        """Note the texts by field beside the database: with every key, for that takes no time."""
        self._is_noted = self._drafts.note(self._drafts.typed(self._form, texts, focus, cursor, self.key))

    async def keep(self, texts: Mapping[str, str], focus: str, cursor: int) -> None:
        """Keep the texts by field in place of those kept before; a StoreFault says where they are instead."""
        try:
            draft = self._drafts.typed(self._form, texts, focus, cursor, self.key)
            await self._backstage.write(self._drafts.put, draft)
        except StoreFault as fault:
            where = "in a file beside it" if self._is_noted else "on this screen alone: leave it open"
            raise StoreFault(f"{fault.sentence} What you type is kept {where}.") from fault

    async def forget(self) -> None:
        """Forget what was kept."""
        await self._backstage.write(self._drafts.discard, self._form)

    def renew_key(self) -> None:
        """Store from now on something else than what was stored."""
        self.key = new_key()

    def close(self) -> None:
        """Forget what was noted, for the database has it."""
        self._drafts.close(self._form)
