"""The quality report of some days, counted a part at a time, and the targets of its measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from tuitrack.domain.errors import NotFound, Refusal
from tuitrack.domain.people import names_of
from tuitrack.domain.permissions import Right
from tuitrack.domain.promises import LedgerQuery, Standing
from tuitrack.domain.quality.counted import TRENDS, Counted, Slice, parts_of
from tuitrack.domain.quality.days import Days, read_days
from tuitrack.domain.quality.growth import PERIODS_BEFORE
from tuitrack.domain.quality.measures import Base, Measure, bands, measures, query_of
from tuitrack.domain.quality.report import Report
from tuitrack.domain.quality.tables import TO_BE_KEPT, Compared
from tuitrack.domain.quality.targets import QualityTarget, in_force
from tuitrack.domain.query.fields import Field
from tuitrack.domain.queue import QueueQuery, Scope
from tuitrack.domain.text import ascii_digits, fold
from tuitrack.services.desk import Desk
from tuitrack.services.ports import Reader
from tuitrack.services.rights import writing

Step = Callable[[Reader], object]
"""Counts a part of a report."""


class QualityService:
    """Counts what a report is made of, and keeps its targets."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All measures of this desk."""
        settings = self._desk.settings
        return measures(settings.turnaround_target_days, settings.turnaround_days)

    def days(self, period: str) -> Days:
        """The days of a typed period; raises Refusal."""
        return read_days(period, self._desk.now())

    def counting(self, days: Days) -> Counting:
        """The report of some days, still to be counted."""
        return Counting(self._desk, self.measures, days)

    def report(self, days: Days) -> Report:
        """The report of some days, counted at once."""
        counting = self.counting(days)
        while counting.step() < 1:
            pass
        return counting.report()

    def targets(self) -> Mapping[str, int | None]:
        """The target of each measure, in percent."""
        with self._desk.store.reading() as reader:
            return in_force(self.measures, reader.quality_targets())

    def set_target(self, measure_id: str, typed: str) -> str:
        """Set the target of a measure in percent, or with `none` take it away; returns the sentence that says so.

        Raises Refusal.
        """
        measure = next((one for one in self.measures if one.id == measure_id), None)
        shares = [one for one in self.measures if one.better is not None]
        if measure is None:
            raise NotFound(
                f"Measure: there is no “{measure_id}”; there are {', '.join(one.id for one in shares)}.", "measure"
            )
        if measure.better is None:
            raise Refusal(f"Target: {measure.label} is a number, for which none can be set.", "target")
        percent = _percent(typed)
        with writing(self._desk, Right.SET_TARGETS) as writer:
            target = QualityTarget(
                measure=measure.id, percent=percent, by=self._desk.agent, entered_at=self._desk.clock()
            )
            writer.add(target)
        aimed = "no target" if percent is None else f"{measure.better.label} {percent} %"
        return f"Target: {measure.label}, {aimed}."


class Counting:
    """A report that is counted a few days at a time, so that others come in between and it can end at any step."""

    def __init__(self, desk: Desk, known: Sequence[Measure], days: Days) -> None:
        self._desk, self._measures = desk, known
        self._now, today = desk.now(), desk.today()
        self._days = days
        self._bands = bands(desk.settings.turnaround_target_days, desk.settings.turnaround_days)
        self._counted = Counted(days)
        self._earlier = [Counted(days.earlier(times, today)) for times in range(1, PERIODS_BEFORE + 1)]
        self._left = iter(steps := list(self._steps()))
        self._total, self._done = len(steps), 0

    def step(self) -> float:
        """Count some more; returns the share that is done, 1 once nothing is left."""
        step = next(self._left, None)
        if step is None:
            return 1.0
        with self._desk.store.reading() as reader:
            step(reader)
        self._done += 1
        return self._done / self._total

    def report(self) -> Report:
        """The report, once everything is counted."""
        with self._desk.store.reading() as reader:
            agents, targets = reader.agents(), in_force(self._measures, reader.quality_targets())
        compared = Compared(
            now=self._counted,
            earlier=self._earlier,
            measures=self._measures,
            targets=targets,
            bands=self._bands,
            names=names_of(agents),
            zone=self._now.tzinfo,
        )
        return Report(self._days, compared.before.days, self._now, compared.tables())

    def _steps(self) -> Iterator[Step]:
        for days in self._days.slices():
            yield partial(self._count_slice, days)
        before, *others = self._earlier
        for base in (Base.RECEIVED, Base.CLOSED):
            yield partial(self._count_parts, before, before.days, base)
        yield partial(self._count_values, before, before.days)
        for counted in others:
            yield partial(self._count_values, counted, counted.days)
        for counted in (self._counted, before):
            yield partial(self._count_promises, counted)

    def _count_slice(self, days: Days, reader: Reader) -> None:
        received, closed = (
            self._count_parts(self._counted, days, base, reader) for base in (Base.RECEIVED, Base.CLOSED)
        )
        self._count_values(self._counted, days, reader)
        self._counted.slices.append(Slice(days, received, closed))

    def _count_parts(self, counted: Counted, days: Days, base: Base, reader: Reader) -> int:
        parts = parts_of(base, self._measures, self._bands.values() if base is Base.CLOSED else ())
        asked = [QueueQuery(part, Scope.ALL) for part in parts]
        whole = QueueQuery(query_of(base, days))
        return counted.add_parts(base, parts, reader.count_parts(whole, asked, self._now, [Field.OWNER]))

    def _count_values(self, counted: Counted, days: Days, reader: Reader) -> None:
        whole = QueueQuery(query_of(Base.RECEIVED, days))
        counted.add_values(reader.count_parts(whole, [], self._now, TRENDS))

    def _count_promises(self, counted: Counted, reader: Reader) -> None:
        since, before = counted.days.span(self._now.tzinfo)
        for standing in TO_BE_KEPT:
            asked = LedgerQuery(standing=Standing(standing), since=since, before=before)
            for by, number in reader.promises_counted(asked, self._now, "by").items():
                counted.promised[by][standing] += number


def _percent(typed: str) -> int | None:
    """A share as it is typed, None for `none` and for nothing."""
    bare = ascii_digits(typed.strip().removesuffix("%").strip())
    if fold(bare) in ("", "none"):
        return None
    if not (bare.isascii() and bare.isdecimal() and len(bare) <= 3 and int(bare) <= 100):
        raise Refusal("Target: expected a whole number of percent from 0 to 100, or none.", "target")
    return int(bare)
