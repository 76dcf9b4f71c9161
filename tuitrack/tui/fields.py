"""The fields a form can have: how each reads what was typed and shows what is stored; no widgets.

Every field has a text, which is what a draft keeps, and reads it into a value: texts stay texts, a choice gives its
word, an empty field of any other kind gives None.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tuitrack.domain.dates import TIME_EXAMPLES, parse_day
from tuitrack.domain.errors import Refusal
from tuitrack.domain.money import parse_money
from tuitrack.domain.spoken_time import say_day, say_when
from tuitrack.domain.text import fold
from tuitrack.domain.typed_day import DAY_EXAMPLES, Prefer
from tuitrack.domain.words import Word
from tuitrack.lean import dataclass
from tuitrack.services.desk import Desk

if TYPE_CHECKING:
    from tuitrack.domain.office_hours import OfficeHours

_SUGGESTIONS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Field:
    """One line of text; the other kinds build on it."""

    name: str
    """The name of the value, as the services know it."""
    title: str
    required: bool = field(default=False, kw_only=True)
    hint: str = field(default="", kw_only=True)
    """Said while the field is empty: beside it, or in it where it takes all the room."""
    section: str = field(default="", kw_only=True)
    """A heading shown above the field."""
    always_kept: bool = field(default=False, kw_only=True)
    """Kept with a draft though untouched, for a default that moves with the clock."""

    def read(self, text: str, desk: Desk) -> Any:
        """The value of what was typed; raises Refusal naming the field."""
        if not text.strip():
            if self.required:
                raise self.refusal("this is needed")
            return self.empty
        return self.parse(text, desk)

    def parse(self, text: str, desk: Desk) -> Any:
        """The value of text that is not empty."""
        return text.strip()

    def show(self, value: Any, desk: Desk) -> str:
        """The text of a value, which reads back as that value."""
        return "" if value is None else str(value)

    def echo(self, text: str, desk: Desk) -> str:
        """What is said beside the field about its text; raises Refusal where the text does not fit."""
        return self.hint if not text.strip() else ""

    def caution(self, text: str, desk: Desk) -> str:
        """What is pointed out about a text that fits; it keeps nobody from saving it."""
        return ""

    @property
    def empty(self) -> Any:
        """The value of an empty field."""
        return ""

    def refusal(self, reason: str) -> Refusal:
        """A refusal of what stands in this field."""
        return Refusal(f"{self.title}: {reason}.", self.name)


@dataclass(frozen=True, slots=True)
class TextField(Field):
    """Text of several lines."""

    rows: int = field(default=4, kw_only=True)
    """Lines seen at once; the text itself may be longer."""


@dataclass(frozen=True, slots=True)
class SuggestField(Field):
    """One line with suggestions; anything else may be typed."""

    suggestions: Sequence[str] = field(default=(), kw_only=True)

    def fitting(self, text: str) -> list[str]:
        """The suggestions that hold what was typed, those that begin with it first."""
        typed = fold(text.strip())
        found = [offer for offer in self.suggestions if typed in fold(offer)]
        return sorted(found, key=lambda offer: not fold(offer).startswith(typed))

    def echo(self, text: str, desk: Desk) -> str:
        fitting = [offer for offer in self.fitting(text) if offer != text.strip()]
        offered = "↓ " + " · ".join(fitting[:_SUGGESTIONS_SHOWN]) if fitting else ""
        hint = "" if text.strip() else self.hint
        return "  ".join(filter(None, (hint, offered)))


@dataclass(frozen=True, slots=True)
class ChoiceField(Field):
    """One of a closed list, value to label."""

    choices: Mapping[Any, str] = field(kw_only=True)

    def parse(self, text: str, desk: Desk) -> Any:
        for value in self.choices:
            if str(value) == text:
                return value
        raise self.refusal("expected " + ", ".join(self.choices.values()))

    @property
    def empty(self) -> Any:
        return None


def words(of: Iterable[Word]) -> dict[Word, str]:
    """The choices of a closed list of the field, or of some of its words."""
    return {word: word.label for word in of}


@dataclass(frozen=True, slots=True)
class YesNoField(ChoiceField):
    """Yes or no; empty while nobody answered."""

    choices: Mapping[Any, str] = field(default_factory=lambda: {True: "yes", False: "no"}, kw_only=True)


@dataclass(frozen=True, slots=True)
class DayField(Field):
    """A day as people type it."""

    prefer: Prefer = field(default="past", kw_only=True)
    """Where the nearest day is looked for: most days of a form have been."""

    def parse(self, text: str, desk: Desk) -> date:
        return parse_day(text, desk.today(), prefer=self.prefer, field=self.name)

    def show(self, value: Any, desk: Desk) -> str:
        return value.isoformat() if value else ""

    def echo(self, text: str, desk: Desk) -> str:
        return "= " + say_day(self.parse(text, desk), desk.today()) if text.strip() else self.hint or DAY_EXAMPLES

    @property
    def empty(self) -> Any:
        return None


@dataclass(frozen=True, slots=True)
class WhenField(Field):
    """A moment as people type it; a day alone means the end of work, or noon where it has been."""

    prefer: Prefer = field(default="future", kw_only=True)
    hours: OfficeHours | None = field(default=None, kw_only=True)
    """When somebody is at work, where it is to be pointed out that nobody is."""

    def caution(self, text: str, desk: Desk) -> str:
        if self.hours is None or not text.strip():
            return ""
        outside = self.hours.outside(self.parse(text, desk))
        return f"Nobody is at work then: {outside}." if outside else ""

    def parse(self, text: str, desk: Desk) -> datetime:
        return desk.read_moment(text, self.prefer, self.name)

    def show(self, value: Any, desk: Desk) -> str:
        return f"{value.astimezone(desk.zone):%Y-%m-%d %H:%M}" if value else ""

    def echo(self, text: str, desk: Desk) -> str:
        return "= " + say_when(self.parse(text, desk), desk.now()) if text.strip() else self.hint or TIME_EXAMPLES

    @property
    def empty(self) -> Any:
        return None


@dataclass(frozen=True, slots=True)
class MoneyField(Field):
    """An amount in the currency of the desk."""

    def parse(self, text: str, desk: Desk) -> Decimal:
        ours = desk.settings.currency
        money = parse_money(text, ours, self.name)
        if money.currency != ours:
            raise self.refusal(f"this desk counts in {ours}; write the amount in {ours}")
        return money.amount

    def echo(self, text: str, desk: Desk) -> str:
        return f"= {self.parse(text, desk):,.2f} {desk.settings.currency}" if text.strip() else self.hint

    @property
    def empty(self) -> Any:
        return None


@dataclass(frozen=True, slots=True)
class PhonesField(Field):
    """Telephone numbers, separated by commas; one that is unknown is taken as it is, for customers give odd numbers."""

    def parse(self, text: str, desk: Desk) -> tuple[str, ...]:
        return tuple(filter(None, (number.strip() for number in text.replace(";", ",").split(","))))

    def show(self, value: Any, desk: Desk) -> str:
        return ", ".join(value or ())

    def echo(self, text: str, desk: Desk) -> str:
        dialled = [desk.dialled(number) for number in self.parse(text, desk)]
        if not all(dialled):
            return "? unknown, kept as typed"
        return "= " + ", ".join(dialled) if dialled else self.hint

    @property
    def empty(self) -> Any:
        return ()
