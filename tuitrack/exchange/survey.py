"""Goes through a whole register once before anything is taken, counting what a person should decide on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from tuitrack.exchange.cells import as_text
from tuitrack.exchange.date_order import DateCensus, DateOrder
from tuitrack.exchange.fields import BY_KEY, Shape, normal_name
from tuitrack.exchange.mapping import Mapping
from tuitrack.exchange.register import Register
from tuitrack.exchange.values import DEFAULTS, meaning_of
from tuitrack.lean import dataclass
from tuitrack.services.registers import OUR_WORDS

UNKNOWN_WORDS_MAX = 500
TELL_EVERY_ROWS = 1_000
"""How often somebody hears how far looking through a file is."""


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word of the register that nobody knows, how often it stands there, and what it is taken as."""

    field: str
    value: str
    count: int
    default: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What the whole register holds: rows, rows with a trouble of their own, dates and unknown words."""

    rows: int
    troubled: int
    dates: tuple[tuple[str, DateOrder], ...]
    unknown: tuple[UnknownWord, ...]


def _silent(rows: int, share: float) -> None:
    """Tell nobody."""


def survey(register: Register, mapping: Mapping, on_rows: Callable[[int, float], None] = _silent) -> Survey:
    """Count dates and words of every row; `on_rows` hears how many there were and the share of the file."""
    positions = {position: use for position, use in enumerate(mapping.fitted_to(register.header).columns) if use.field}
    dates = {position: DateCensus() for position, use in positions.items() if BY_KEY[use.field].shape is Shape.DATE}
    words = {position: use.field for position, use in positions.items() if use.field in OUR_WORDS}
    unknown: Counter[tuple[str, str]] = Counter()
    rows = troubled = 0
    for row in register.rows():
        rows += 1
        if row.trouble:
            troubled += 1
            continue
        for position, census in dates.items():
            census.add(row.cells[position])
        for position, field in words.items():
            value = normal_name(as_text(row.cells[position]))
            if value and not mapping.word_for(field, value) and meaning_of(field, value) is None:
                seen = (field, value[:200])
                if seen in unknown or len(unknown) < UNKNOWN_WORDS_MAX:
                    unknown[seen] += 1
        if rows % TELL_EVERY_ROWS == 0:
            on_rows(rows, register.progress)
    return Survey(
        rows,
        troubled,
        tuple((positions[position].column, census.verdict()) for position, census in dates.items()),
        tuple(
            UnknownWord(field, value, count, DEFAULTS.get(field, "it stands"))
            for (field, value), count in unknown.most_common()
        ),
    )
