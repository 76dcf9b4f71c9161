"""The measures of a quality report: each is the share of some cases, or their number, as a query says it.

A number of a report is that of a query, which lists exactly the cases that are counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tuitrack.domain.quality.days import Days
from tuitrack.domain.words import PromiseOutcome, Word


class Base(Word):
    """Of what a measure is taken."""

    RECEIVED = "received", "cases received"
    CLOSED = "closed", "cases closed"
    PROMISED = "promised", "promises due"


class Better(Word):
    """Whether more or less of something is better."""

    MORE = "more", "min"
    LESS = "less", "max"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Something that is counted in every period."""

    id: str
    label: str
    base: Base
    among: str = ""
    """The query of the cases that matter, empty for all of the base."""
    such: str = ""
    """The query of those that are counted among them, empty for the number of all; of promises, how they stand."""
    better: Better | None = None
    """None where neither more nor less is aimed at."""
    target: int | None = None
    """The share in percent that is aimed at unless the desk has set another."""

    @property
    def is_share(self) -> bool:
        """Whether it is a share of the cases that matter, and not their number."""
        return bool(self.such)

    @property
    def text(self) -> str:
        """The query of what is counted, without the days."""
        return f"{self.among} {self.such}".strip()


PROMISES_KEPT = "promises_kept"


def measures(target_days: int, most_days: int) -> tuple[Measure, ...]:
    """All measures, with those of the days in which a case should be resolved, and in which it must be."""
    received, closed, more, less = Base.RECEIVED, Base.CLOSED, Better.MORE, Better.LESS
    response = "first_response"
    answered = f"(met:{response} or missed:{response})"
    return (
        Measure(id="received", label="cases received", base=received),
        Measure(id="same_day", label="resolved the same day", base=received, such="turnaround:0", better=more),
        Measure(
            id="first_contact", label="first contact resolved", base=received, such="is:first-contact", better=more
        ),
        Measure(
            id=response,
            label="first response in time",
            base=received,
            among=answered,
            such=f"-missed:{response}",
            better=more,
            target=95,
        ),
        Measure(id="skipped", label="with a step skipped", base=received, such="skipped:any", better=less),
        Measure(
            id="unannounced",
            label="recording not told",
            base=received,
            among="has:call",
            such="is:unannounced",
            better=less,
            target=0,
        ),
        Measure(id="reopened", label="opened again", base=received, such="is:reopened", better=less),
        Measure(id="closed", label="cases closed", base=closed),
        Measure(
            id="within_target",
            label=f"resolved within {_days(target_days)}",
            base=closed,
            such=f"turnaround<={target_days}",
            better=more,
        ),
        Measure(
            id="within_most",
            label=f"resolved within {_days(most_days)}",
            base=closed,
            such=f"turnaround<={most_days}",
            better=more,
            target=90,
        ),
        Measure(id="confirmed", label="confirmed by customer", base=closed, such="has:confirmation", better=more),
        Measure(id="late", label="something met late", base=closed, such="is:late", better=less, target=10),
        Measure(id="angry", label="customer still angry", base=closed, such="is:angry", better=less),
        Measure(
            id=PROMISES_KEPT,
            label="promises kept",
            base=Base.PROMISED,
            such=PromiseOutcome.KEPT.value,
            better=more,
            target=95,
        ),
    )


def bands(*limits: int) -> dict[str, str]:
    """How long cases took, parted at some numbers of days, by name with the query of each; a case is in one of them."""
    found, least = {"same day": "turnaround:0"}, 1
    for most in sorted(set(limits)):
        found[f"{least} to {most} days" if least < most else _days(most)] = f"turnaround:{least}..{most}"
        least = most + 1
    return found | {f"more than {_days(least - 1)}": f"turnaround>={least}", "closed unresolved": "turnaround:none"}


def query_of(base: Base, days: Days | Sequence[Days], *also: str) -> str:
    """The query of the cases of a base in some days, or in several times of them, with what else must hold.

    The newest come first: in that order the days lead to their cases, however many others there are.
    """
    several = [days] if isinstance(days, Days) else days
    everything = "is:all" if base is Base.RECEIVED else ""
    when = f"{base.value}:{','.join(one.text for one in several)}"
    return " ".join(filter(None, ["sort:newest", when, everything, *also]))


def _days(count: int) -> str:
    return f"{count} day{'s' * (count != 1)}"
