"""The desk a person works at: who they are, what time it is, where the data is, and how the office is set up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tuitrack.services.patience import Patience
from tuitrack.settings import Settings

if TYPE_CHECKING:
    from tuitrack.domain.keeping import Draft
    from tuitrack.domain.letters import LetterBook
    from tuitrack.domain.offers import OfferGuide
    from tuitrack.domain.people import Customer
    from tuitrack.domain.phrases import PhraseBook
    from tuitrack.domain.procedure import ProcedureBook
    from tuitrack.domain.typed_day import Prefer
    from tuitrack.services.ports import Journal, Store

END_OF_WORK = time(17)
"""The time meant where only the day of something to come was typed."""
_END_OF_DAY = time(23, 59)


def _no_limits() -> OfferGuide:
    """The guide of a desk that has written none."""
    from tuitrack.domain.offers import OfferGuide

    return OfferGuide()


def _shipped_phrases() -> PhraseBook:
    """The phrases that come with the program, read when the first one is to be said."""
    from tuitrack.services.phrase_files import shipped_phrases

    return shipped_phrases()


def _shipped_letters() -> LetterBook:
    """The letters that come with the program, read when the first one is to be written."""
    from tuitrack.services.letter_files import shipped_letters

    return shipped_letters()


def _shipped_procedures() -> ProcedureBook:
    """The procedure that comes with the program, read when the first case is."""
    from tuitrack.services.procedure_file import shipped_procedures

    return shipped_procedures()


class NoJournal:
    """Notes nothing: what is typed is kept by the database alone."""

    def note(self, draft: Draft) -> bool:
        """Say that nothing could be noted."""
        return False

    def drop(self, form: str) -> None:
        """Nothing was noted of any form."""

    def left_behind(self) -> Iterator[Draft]:
        """Nothing is left of anybody."""
        return iter(())


@dataclass(frozen=True, eq=False)
class Desk:
    """What every service needs to know about the moment and the place of work."""

    store: Store
    agent: str
    """The handle of the person at work."""
    key: str = field(default="", kw_only=True)
    """The fingerprint of the key by which they came in from afar; empty at the office's own machine."""
    settings: Settings
    clock: Callable[[], datetime]
    """Returns the present moment in UTC."""
    offers: Callable[[], OfferGuide] = _no_limits
    """Returns what may be offered without asking; raises Refusal where the desk's guide cannot be read."""
    phrases: Callable[[], PhraseBook] = _shipped_phrases
    """Returns the phrases in force; raises Refusal where the desk's own cannot be read."""
    letters: Callable[[], LetterBook] = _shipped_letters
    """Returns the letters in force; raises Refusal where the desk's own cannot be read."""
    procedures: Callable[[], ProcedureBook] = _shipped_procedures
    """Returns the procedures in force."""
    journal: Callable[[], Journal] = NoJournal
    """Returns what notes every key until the database has it; asked for once, when something is typed."""
    patience: Patience = field(default_factory=Patience)
    """Waits for a database that was lost."""

    @cached_property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.settings.time_zone)

    def now(self) -> datetime:
        """The present moment in the office's zone."""
        return self.clock().astimezone(self.zone)

    def today(self) -> date:
        """The office's day."""
        return self.now().date()

    def day_of(self, moment: datetime) -> date:
        """The office's day at a moment."""
        return moment.astimezone(self.zone).date()

    def end_of(self, day: date) -> datetime:
        """The last second of an office day."""
        return datetime.combine(day, time(23, 59, 59), tzinfo=self.zone)

    def read_moment(self, text: str, prefer: Prefer = "future", field: str = "") -> datetime:
        """A moment as people type it; a day alone means the end of work, or noon where it has been."""
        from tuitrack.domain.dates import parse_when  # what people type is read in few places, and never at start

        now = self.now()
        default = END_OF_WORK if prefer == "future" else time(12)
        when = parse_when(text, now, prefer=prefer, default_time=default, field=field)
        if when.has_time:
            return when.at
        if prefer == "past":
            return min(when.at, now)
        is_today_after_work = when.at.date() == now.date() and when.at <= now
        return datetime.combine(now.date(), _END_OF_DAY, tzinfo=now.tzinfo) if is_today_after_work else when.at

    def dialled(self, typed: str) -> str:
        """A phone number as it is dialled from anywhere, as the office understands it; empty where that is unknown."""
        from tuitrack.domain.phone import international

        return international(typed, self.settings.region)

    def numbers(self, customer: Customer) -> tuple[str, ...]:
        """The customer's phone numbers to read and to dial; one that is not understood stays as it was typed."""
        return tuple(self.dialled(typed) or typed for typed in customer.phones)
