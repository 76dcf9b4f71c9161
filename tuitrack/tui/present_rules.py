"""What the screen of the rules of deadlines lists: presets, rules, calendars, and the versions with their cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import NamedTuple

from tuitrack.domain.clock_rules import RuleBook
from tuitrack.lean import dataclass
from tuitrack.services.own_rules import OwnRules
from tuitrack.services.rule_words import followed, since_words
from tuitrack.services.rules import InForce
from tuitrack.tui.lines import Line, Tone, wrapped

_HANGING = 4


class Place(NamedTuple):
    """What a line of the screen stands for: `presets`, or one `rule`, `calendar` or `version` by its place or name."""

    what: str
    which: int | str = 0


Block = tuple[Place, list[Line]]


@dataclass(frozen=True, slots=True)
class RulesShown:
    """The rules as the screen shows them, perhaps changed and not yet in force."""

    own: OwnRules
    book: RuleBook
    versions: Sequence[InForce]
    followers: Mapping[int, int]
    """How many open cases follow each version, as far as they are counted."""
    zone: tzinfo
    may_edit: bool

    def blocks(self, width: int) -> list[Block]:
        """Everything, a heading over each part; quiet where nothing can be changed."""
        tone = Tone.PLAIN if self.may_edit else Tone.QUIET
        return [
            *_under("Rules, the first that fits a case is taken", self._rules(width, tone)),
            *_under("Presets", [self._presets(width, tone)]),
            *_under("Calendars", self._calendars(width, tone)),
            *_under("In force since, and the open cases that follow", self._versions(width)),
        ]

    def _rules(self, width: int, tone: Tone) -> list[Block]:
        rules = [
            (Place("rule", place), _hanging(rule.whole_words, width, tone, str(place + 1)))
            for place, rule in enumerate(self.book.rules)
        ]
        return rules or [(Place("rule", -1), _hanging("There is none: no case has a deadline.", width, Tone.QUIET))]

    def _presets(self, width: int, tone: Tone) -> Block:
        named = ", ".join(self.own.presets) or "none"
        return Place("presets"), _hanging(named, width, tone)

    def _calendars(self, width: int, tone: Tone) -> list[Block]:
        words = {one.name: one.words for one in self.book.calendars}
        unused = [f"{name}: no rule counts in it" for name in self.own.calendars if name not in words]
        told = [*words.values(), *unused]
        names = [*words, *(name for name in self.own.calendars if name not in words)]
        calendars = [
            (
                Place("calendar", name),
                _hanging(f"{text}{'' if name in self.own.calendars else ' (preset)'}", width, tone),
            )
            for name, text in zip(names, told, strict=True)
        ]
        return calendars or [(Place("calendar", ""), _hanging("None: every day counts.", width, Tone.QUIET))]

    def _versions(self, width: int) -> list[Block]:
        return [
            (
                Place("version", one.number),
                _hanging(f"{since_words(one, self.zone)}: {self._followed(one.number)}", width, Tone.PLAIN),
            )
            for one in self.versions
        ]

    def _followed(self, number: int) -> str:
        return followed(self.followers[number]) if number in self.followers else "…"


def _under(heading: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks with a heading over the first."""
    (first, lines), *more = blocks
    yield first, [Line(heading, Tone.STRONG), *lines]
    yield from more


def _hanging(text: str, width: int, tone: Tone, number: str = "") -> list[Line]:
    """A text to the right of its number, or of nothing."""
    lines = wrapped(text, width - _HANGING, tone)
    margins = [f"{number:>{_HANGING - 2}}  ", *[" " * _HANGING] * (len(lines) - 1)]
    return [Line(margin + line.text, tone) for margin, line in zip(margins, lines, strict=True)]
