"""The tables of a quality report, made of what was counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from tuitrack.domain.promises import LedgerQuery, Standing
from tuitrack.domain.quality.counted import Counted
from tuitrack.domain.quality.growth import is_beyond, usual
from tuitrack.domain.quality.measures import PROMISES_KEPT, Base, Better, Measure, query_of
from tuitrack.domain.quality.report import (
    Number,
    Row,
    Table,
    Topic,
    change,
    plain_number,
    share,
    share_number,
)
from tuitrack.domain.query.fields import Field
from tuitrack.domain.query.matching import plain
from tuitrack.domain.query.printing import value_text

TO_BE_KEPT = (Standing.KEPT, Standing.BROKEN, Standing.OVERDUE)
"""How promises stand that were to be kept by now; of these the share is taken that was kept."""
_TOPICS = {Field.CATEGORY: Topic.CATEGORY, Field.PRODUCT: Topic.PRODUCT, Field.CAUSE: Topic.CAUSE}
_GROWS = {Topic.CAUSE: "risk"}
"""What is said of a row with more cases than usual; of others that it is rising."""
_MARKED = "“{}” marks what has grown beyond that, and beyond all cases together, by more than chance."
_OF_AGENTS = ("received", "closed", "first_response", "skipped", "within_most", PROMISES_KEPT)
"""The measures that are told of every agent."""
_AGENT_COLUMNS = ("received", "closed", "in time", "skipped", "resolved", "promises")


@dataclass(frozen=True, slots=True)
class Compared:
    """What was counted in a period, in the one before, and in those before it, the latest first."""

    now: Counted
    earlier: Sequence[Counted]
    measures: Sequence[Measure]
    targets: Mapping[str, int | None]
    bands: Mapping[str, str]
    """The queries of how long cases took, by name."""
    names: Mapping[str, str]
    """What the agents are called, by their handles."""
    zone: tzinfo | None

    @property
    def before(self) -> Counted:
        """What was counted in the period before."""
        return self.earlier[0]

    def tables(self) -> tuple[Table, ...]:
        """All tables in their order."""
        trends = (self._trend(field, topic) for field, topic in _TOPICS.items())
        return (self._measures(), self._volume(), self._turnaround(), *trends, self._agents())

    def _measures(self) -> Table:
        note = f"Compared with {self.before.days.label}. A share is rounded so that it never looks better than it is."
        rows = tuple(map(self._measured, self.measures))
        return Table(Topic.MEASURES, ("now", "of", "before", "change", "target"), rows, note)

    def _measured(self, measure: Measure) -> Row:
        now, before = self._number(measure, self.now), self._number(measure, self.before)
        if not measure.is_share:
            numbers = (now, Number(""), before, change(now.count, before.count), Number(""))
            return Row(measure.id, measure.label, numbers)
        whole = self._whole(measure, self.now)
        shares = [share(one.count or 0, one.of or 0, measure.better) for one in (now, before)]
        target = self.targets.get(measure.id)
        aimed = "" if target is None or measure.better is None else f"{measure.better.label} {target} %"
        row = Row(measure.id, measure.label, (now, whole, before, change(shares[0], shares[1], " pt"), Number(aimed)))
        if target is None or not now.of:
            return row
        missed = _is_missed(now.count or 0, now.of, target, measure.better)
        return replace(row, remark="missed" if missed else "met", is_alert=missed)

    def _volume(self) -> Table:
        most = max((one.received for one in self.now.slices), default=0)
        rows = tuple(
            Row(
                one.days.text,
                f"{one.days.first:%a} {one.days.label}" if one.days.count == 1 else one.days.label,
                (
                    plain_number(one.received, query_of(Base.RECEIVED, one.days)),
                    plain_number(one.closed, query_of(Base.CLOSED, one.days)),
                ),
                bar=_bar(one.received, most),
            )
            for one in self.now.slices
        )
        return Table(Topic.VOLUME, ("received", "closed"), rows, "The bars are of what was received.")

    def _turnaround(self) -> Table:
        closed = self.now.count(Base.CLOSED)
        counted = {query: self.now.count(Base.CLOSED, query) for query in self.bands.values()}
        most = max(counted.values(), default=0)
        rows = []
        for label, query in self.bands.items():
            before = self.before.count(Base.CLOSED, query)
            numbers = (
                plain_number(counted[query], query_of(Base.CLOSED, self.now.days, query)),
                share_number(counted[query], closed, query_of(Base.CLOSED, self.now.days, query)),
                plain_number(before, query_of(Base.CLOSED, self.before.days, query)),
                share_number(before, self.before.count(Base.CLOSED), query_of(Base.CLOSED, self.before.days, query)),
            )
            rows.append(Row(query, label, numbers, bar=_bar(counted[query], most)))
        note = "Of the cases closed, the days of the calendar from receipt to the company’s resolution."
        return Table(Topic.TURNAROUND, ("cases", "share", "before", "share"), tuple(rows), note)

    def _trend(self, field: Field, topic: Topic) -> Table:
        # Where the desk is younger than the earlier periods, there are fewer to compare with.
        known = max((number for number, one in enumerate(self.earlier, 1) if one.received), default=0)
        periods = (self.now, *self.earlier[:known])
        groups = [_groups(one.by_value[field]) for one in periods]
        labels = {key: label for group in reversed(groups) for key, (label, _) in group.items()}
        found = {key: [group[key][1] if key in group else 0 for group in groups] for key in labels}
        shown = sorted(found, key=lambda key: (-found[key][0], -sum(found[key][1:]), labels[key]))
        most = max((numbers[0] for numbers in found.values()), default=0)
        rows = tuple(self._trend_row(topic, field, labels[key], found[key], most) for key in shown)
        note = "there is no period before to compare with"
        if known:
            note = f"usual is the average of the {known} periods before" if known > 1 else "usual is the period before"
        return Table(
            topic,
            ("now", "before", "change", "usual"),
            rows,
            f"Of the cases received; {note}. {_MARKED.format(_GROWS.get(topic, 'rising'))}",
        )

    def _trend_row(self, topic: Topic, field: Field, label: str, counted: Sequence[int], most: int) -> Row:
        now, *earlier = counted
        group = f"{field.value}={value_text(field, label)}" if label else f"no:{field.value}"
        before = earlier[0] if earlier else 0
        level = Number("-")
        if earlier:
            times = [one.days for one in self.earlier[: len(earlier)]]
            level = Number(f"{usual(earlier):,.1f}", sum(earlier), query_of(Base.RECEIVED, times, group))
        grows = bool(label) and is_beyond(now, earlier, self.now.received, sum(one.received for one in self.earlier))
        return Row(
            group,
            label or f"no {field.value}",
            (
                plain_number(now, query_of(Base.RECEIVED, self.now.days, group)),
                plain_number(before, query_of(Base.RECEIVED, self.before.days, group)),
                change(now, before),
                level,
            ),
            remark=_GROWS.get(topic, "rising") if grows else "",
            is_alert=grows,
            bar=_bar(now, most),
        )

    def _agents(self) -> Table:
        known = {measure.id: measure for measure in self.measures}
        told = [known[id_] for id_ in _OF_AGENTS]
        cases = {owner for base in self.now.by_owner.values() for owner, counts in base.items() if counts[""]}
        makers = {by for by, standings in self.now.promised.items() if standings.total()}
        rows = [
            Row(
                f"owner={value_text(Field.OWNER, handle)}",
                self.names.get(handle, handle) or "nobody",
                tuple(self._number(measure, self.now, handle) for measure in told),
            )
            for handle in cases | makers
        ]
        rows.sort(key=lambda row: (row.id == "owner=none", row.label.casefold(), row.id))
        note = (
            "Cases by their owner: received, closed, first response in time, with a step skipped, resolved in the days "
            "allowed; promises by whoever made them, how many were kept."
        )
        return Table(Topic.AGENT, _AGENT_COLUMNS, tuple(rows), note)

    def _number(self, measure: Measure, counted: Counted, owner: str | None = None) -> Number:
        """The number of a measure, of everybody or of one."""
        if measure.base is Base.PROMISED:
            return self._kept(measure, counted, owner)
        found = counted.count(measure.base, measure.text, owner)
        lists = query_of(measure.base, counted.days, *_whose(owner), measure.text)
        if not measure.is_share:
            return plain_number(found, lists)
        return share_number(found, counted.count(measure.base, measure.among, owner), lists, measure.better)

    def _whole(self, measure: Measure, counted: Counted) -> Number:
        """Of how many a measure is the share."""
        if measure.base is Base.PROMISED:
            # These stand in three lists, which the list of those kept leads to.
            return Number(f"{counted.stand(TO_BE_KEPT):,}")
        found = counted.count(measure.base, measure.among)
        return plain_number(found, query_of(measure.base, counted.days, measure.among))

    def _kept(self, measure: Measure, counted: Counted, by: str | None) -> Number:
        kept = Standing(measure.such)
        since, before = counted.days.span(self.zone)
        lists = LedgerQuery(standing=kept, by=None if by is None else (by,), since=since, before=before)
        return share_number(counted.stand([kept], by), counted.stand(TO_BE_KEPT, by), lists, measure.better)


def _whose(owner: str | None) -> list[str]:
    return [] if owner is None else [f"owner={value_text(Field.OWNER, owner)}"]


def _groups(counted: Counter[str]) -> dict[str, tuple[str, int]]:
    """Values as they are compared, with how one of them is written and how many cases have any of them."""
    groups: dict[str, tuple[str, int]] = {}
    for value in sorted(counted):
        label, number = groups.get(plain(value), (value, 0))
        groups[plain(value)] = label, number + counted[value]
    return groups


def _is_missed(count: int, of: int, target: int, better: Better | None) -> bool:
    """Whether a share is on the wrong side of its target."""
    return 100 * count > target * of if better is Better.LESS else 100 * count < target * of


def _bar(number: int, most: int) -> float:
    return number / most if most else 0.0
