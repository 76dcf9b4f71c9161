"""Says in which case the person at work is, and asks who else is in which."""

from __future__ import annotations

import os

from tuitrack.domain.presence import LEASE, Presence
from tuitrack.services.desk import Desk
from tuitrack.services.rights import writing


class PresenceService:
    """The presence of one session, and of all others."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._session = os.urandom(8).hex()

    def be_in(self, case_id: int, *, typing: bool) -> None:
        """Say for a while that the person at work is in a case, and whether they type."""
        until = self._desk.clock() + LEASE
        with writing(self._desk) as writer:
            writer.put_presence(
                Presence(session=self._session, agent=self._desk.agent, case_id=case_id, typing=typing, until=until)
            )

    def leave(self) -> None:
        """Say that the person at work is in no case."""
        with writing(self._desk) as writer:
            writer.drop_presence(self._session)

    def others(self) -> tuple[Presence, ...]:
        """Who is in a case now, in any other session."""
        with self._desk.store.reading() as reader:
            found = reader.presences(self._desk.clock())
        return tuple(one for one in found if one.session != self._session)
