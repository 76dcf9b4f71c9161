"""Whether somebody is at work at a moment, as far as the calendars of the rules of deadlines say."""

from __future__ import annotations

from datetime import datetime

from tuitrack.domain.calendars import Calendar, hours_words
from tuitrack.lean import dataclass


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The working hours of a desk; where no rule counts in working time, nothing is known of them."""

    calendars: tuple[Calendar, ...] = ()

    def outside(self, at: datetime) -> str:
        """Why nobody is at work at a moment: `weekend`, a holiday, or the hours of that day; empty where somebody is.

        The moment at which the office closes is still within its hours.
        """
        if not self.calendars or any(_is_open(calendar, at) for calendar in self.calendars):
            return ""
        first = self.calendars[0]
        day = at.astimezone(first.zone).date()
        return first.day_off(day) or hours_words(first.week[day.weekday()])


def _is_open(calendar: Calendar, at: datetime) -> bool:
    second = int(at.timestamp())
    return any(calendar.opening(one) == one for one in (second, second - 1))
