"""How many days of the office's calendar lie between two moments of a case, where only the moments are kept."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def office_days(earlier: int | None, later: int | None, zone: str) -> int | None:
    """The days from one kept moment to another in a zone; None where there is one moment alone."""
    if earlier is None or later is None:
        return None
    calendar = ZoneInfo(zone)
    # Asked for every case that a report counts, several times over: the plainest way is the quickest.
    first = datetime.fromtimestamp(earlier // 1000, calendar).toordinal()
    return datetime.fromtimestamp(later // 1000, calendar).toordinal() - first
