"""The fake store as it was at a moment, taken back record by record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from tuitrack.domain.case import Case
from tuitrack.domain.change import Change
from tuitrack.domain.deadlines import deadlines, next_due, next_kind
from tuitrack.domain.past import before
from tuitrack.domain.timeline import Entry

if TYPE_CHECKING:
    from tests.fakes import MemoryWriter


def take_back(desk: MemoryWriter, moment: datetime) -> int:
    """Put every case back to what it was at a moment; return of how many not everything is known.

    Customers and agents, who have no history, stay as they are.
    """
    in_doubt = 0
    entries = list(desk.data.records[Entry].values())
    for case in list(desk.data.records[Case].values()):
        earlier = [one for one in entries if one.case_id == case.id and one.entered_at <= moment]
        since = [one for one in entries if one.case_id == case.id and one.entered_at > moment]
        if case.entered_at > moment:
            del desk.data.records[Case][case.id]
        elif since:
            was = before(case, earlier, since, desk.data.records[Change])
            in_doubt += not was.is_whole
            for now, then in was.exchanges:
                if now is not None:
                    desk.remove(now)
                if then is not None:
                    desk.add_all([then])
            due = deadlines(desk.promises(case.id), desk.actions(case.id), desk.clocks(case.id))
            first = next_due(due)
            desk.data.records[Case][case.id] = replace(
                was.case, next_due_at=first.due_at if first else None, next_due_kind=next_kind(due)
            )
        for entry in since:
            del desk.data.records[Entry][entry.id]
    return in_doubt
