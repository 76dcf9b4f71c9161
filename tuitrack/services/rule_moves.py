"""Counts the deadlines of open cases anew by the rules in force, or by some to come: a rehearsal, and the run.

Cases are read page by page, so that any number of them takes no more memory than a few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from tuitrack.domain.bulk import GONE, Fate
from tuitrack.domain.case import Case
from tuitrack.domain.clocks import Clock
from tuitrack.domain.deadlines import is_overdue
from tuitrack.domain.errors import NotFound
from tuitrack.domain.keeping import RuleVersion
from tuitrack.domain.permissions import Right
from tuitrack.domain.queue import Cursor, QueueQuery, Sort
from tuitrack.domain.spoken_time import plain_when
from tuitrack.domain.words import EntryKind
from tuitrack.services.changing import NEW_RUN, CaseChange
from tuitrack.services.clock_rules import WHERE, RuleShelf
from tuitrack.services.clock_running import clocks_after
from tuitrack.services.desk import Desk
from tuitrack.services.own_rules import OwnRules
from tuitrack.services.rights import check, writing
from tuitrack.services.rules import NO_VERSION, newest, not_following, settled
from tuitrack.services.steps import LOOKED_AT_ONCE, Steps

_PAGE = 500
"""Rows of the queue read at once, of which only the ids are kept."""
_AS_BEFORE = "nothing is due at another time"


class RuleMoves:
    """Moves open cases to other rules."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rehearsal(self, own: OwnRules | None = None) -> MoveRehearsal:
        """What would become of the open cases by rules to come, or without any by those in force."""
        check(self._desk, Right.EDIT_RULES)
        with self._desk.store.reading() as reader:
            version = newest(reader)
            number = NO_VERSION if version is None else version.id
            if own is None or (version is not None and own.text(self._desk.settings) == version.text):
                return MoveRehearsal(self._desk, None, number, self._number_of(reader, not_following(number)))
            own.book(self._desk.settings, WHERE)
            coming = RuleVersion(since=self._desk.clock(), text=own.text(self._desk.settings))
            return MoveRehearsal(self._desk, coming, None, self._number_of(reader, _OPEN))

    def run(self, own: OwnRules | None = None, seen: int = NO_VERSION, total: int = 0) -> MoveRun:
        """The same, stored; rules to come are put in force first, where nobody has put others in force but `seen`."""
        return MoveRun(self._desk, own, seen, total)

    def _number_of(self, reader: Reader, query: QueueQuery) -> int:
        return reader.count(query, self._desk.now(), 1_000_000_000)


_OPEN = QueueQuery(text="is:open -status:closed", sort=Sort.ENTERED)


class _Moves(Steps[int]):
    """Goes through open cases, and says what other rules make of their deadlines."""

    _moved = _overdue = 0

    def remark(self) -> str:
        """`830 are due at another time, 41 of them overdue by it`."""
        overdue = f"{self._overdue:,} of them overdue by it" if self._overdue else "none is overdue by it"
        return f"{self._moved:,} {'is' if self._moved == 1 else 'are'} due at another time, {overdue}"

    def _told(self, case: Case, news: _News) -> Fate:
        self._moved += bool(news.lines)
        self._overdue += news.is_overdue
        return Fate(case.id, case.reference, case.version, news=news.told, is_overdue=news.is_overdue)


class MoveRehearsal(_Moves):
    """Finds what would become of the deadlines of open cases, and stores nothing."""

    doing, done, at_once = "Looking", "to count anew", LOOKED_AT_ONCE

    def __init__(self, desk: Desk, coming: RuleVersion | None, number: int | None, total: int) -> None:
        """`coming` are rules not yet in force; without them, `number` is that of those in force."""
        query = _OPEN if number is None else not_following(number)
        super().__init__(_Ids(desk, lambda: query), total)
        self._desk = desk
        self._coming = coming

    def work(self, rows: Sequence[int]) -> list[Fate]:
        """Look at these few."""
        with self._desk.store.reading() as reader:
            kept = reader.rule_versions()
            shelf = RuleShelf(self._desk.settings, [*kept, self._coming] if self._coming else kept)
            return [self._fate(reader, shelf, case_id) for case_id in rows]

    def _fate(self, reader: Reader, shelf: RuleShelf, case_id: int) -> Fate:
        try:
            case = reader.case(case_id)
        except NotFound:
            return Fate(case_id, "", 0, reason=GONE)
        now = self._desk.clock()
        moved = replace(case, rules_at=now)
        before = reader.clocks(case_id)
        after = clocks_after(self._desk, reader, case, moved, now, clocks=before, shelf=shelf)
        news = _News(self._desk, before, after)
        return self._told(case, news)


class MoveRun(_Moves):
    """Moves open cases to the rules in force, each of them whole or not at all."""

    doing, done = "Counting anew", "counted anew"

    def __init__(self, desk: Desk, own: OwnRules | None, seen: int, total: int) -> None:
        super().__init__(_Ids(desk, self._query), total)
        self._desk = desk
        self._own = own
        self._seen = seen
        self._run = NEW_RUN

    def work(self, rows: Sequence[int]) -> list[Fate]:
        """Move these few in one transaction."""
        run, fates = self._run, []
        with writing(self._desk, Right.EDIT_RULES) as writer:
            for case_id in rows:
                fate, run = self._make(writer, case_id, run)
                fates.append(fate)
        self._run = run
        return fates

    def _query(self) -> QueueQuery:
        """The cases that follow other rules, once those to come are in force."""
        with writing(self._desk, Right.EDIT_RULES) as writer:
            version = newest(writer)
            number = NO_VERSION if version is None else version.id
            if self._own is not None:
                number = settled(self._desk, writer, self._own, self._seen)
        return not_following(number)

    def _make(self, writer: Writer, case_id: int, run: int) -> tuple[Fate, int]:
        try:
            case = writer.case(case_id)
        except NotFound:
            return Fate(case_id, "", 0, reason=GONE), run
        change = CaseChange(self._desk, writer, case, run)
        change.set(rules_at=change.now)
        before = writer.clocks(case_id)
        after = clocks_after(self._desk, writer, case, change.case, change.now, clocks=before)
        news = _News(self._desk, before, after)
        change.log(EntryKind.CHANGE, f"Counted anew by the rules in force: {news.in_short}", news.at_length)
        change.store()
        return self._told(case, news), change.run or run


class _News:
    """What other rules make of the deadlines of a case."""

    def __init__(self, desk: Desk, before: Iterable[Clock], after: Iterable[Clock]) -> None:
        now, earlier = desk.clock(), {clock.id: clock for clock in before}
        later = list(after)
        kept = {clock.id for clock in later}
        self._desk = desk
        self.lines = [self._line(earlier.get(clock.id), clock) for clock in later if self._is_news(earlier, clock)]
        self.lines += [
            f"{clock.kind.label} {self._when(clock)} → not asked for"
            for id_, clock in earlier.items()
            if id_ not in kept
        ]
        self.is_overdue = any(
            _is_overdue(clock, now) and not _is_overdue(earlier.get(clock.id), now) for clock in later
        )

    @property
    def told(self) -> str:
        """All of it on one line."""
        overdue = " (overdue by it)" if self.is_overdue else ""
        return f"{'; '.join(self.lines) or _AS_BEFORE}{overdue}"

    @property
    def in_short(self) -> str:
        """The only one, or how many there are."""
        return self.told if len(self.lines) < 2 else f"{len(self.lines)} deadlines changed"

    @property
    def at_length(self) -> str:
        """Each on a line, where they are several."""
        return "" if len(self.lines) < 2 else "\n".join(self.lines)

    def _is_news(self, earlier: dict[int, Clock], clock: Clock) -> bool:
        known = earlier.get(clock.id) if clock.id else None
        return known is None or (known.due_at, known.met_at) != (clock.due_at, clock.met_at)

    def _line(self, before: Clock | None, after: Clock) -> str:
        was = self._when(before) if before is not None else "not asked for"
        became = "not asked for, missed" if after.met_at is not None else self._when(after)
        return f"{after.kind.label} {was} → {became}"

    def _when(self, clock: Clock) -> str:
        return f"due {plain_when(clock.due_at.astimezone(self._desk.zone))}"


def _is_overdue(clock: Clock | None, now: datetime) -> bool:
    return clock is not None and clock.is_running and is_overdue(clock.due_at, now)


class _Ids:
    """The cases of a query, the last entered first, however many of them leave it meanwhile.

    Where the database is lost, it goes on with the same page when it is asked again.
    """

    def __init__(self, desk: Desk, query: Callable[[], QueueQuery]) -> None:
        """`query` is asked for once, with the first case."""
        self._desk = desk
        self._ask = query
        self._query: QueueQuery | None = None
        self._after: Cursor | None = None
        self._page: list[int] = []
        self._is_last = False

    def __iter__(self) -> _Ids:
        return self

    def __next__(self) -> int:
        while not self._page and not self._is_last:
            self._read()
        if not self._page:
            raise StopIteration
        return self._page.pop(0)

    def _read(self) -> None:
        self._query = self._query or self._ask()
        with self._desk.store.reading() as reader:
            page = reader.page(self._query, self._desk.now(), _PAGE, self._after)
        self._page = [row.id for row in page.rows]
        self._after, self._is_last = page.after, page.after is None


if TYPE_CHECKING:
    from tuitrack.services.ports import Reader, Writer
