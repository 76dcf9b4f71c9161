"""Telling the customer a decision before anybody acts on it: when it was told, and what was done too early."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tuitrack.domain.case import Case
from tuitrack.domain.errors import Refusal
from tuitrack.domain.timeline import Action, Remedy
from tuitrack.domain.words import Track


class Deed(NamedTuple):
    """Something that was done for the customer, and on which day."""

    day: date
    what: str


def done_untold(case: Case, actions: Iterable[Action], remedies: Iterable[Remedy]) -> list[Deed]:
    """What was done on a decision before the day on which the customer was told of it, in the order of the days.

    That is a remedy delivered, the case considered resolved, and any action for the customer that was asked for once
    it was decided; what was asked for before that served to find out, as inquiries do.
    """
    if case.justified is None:
        return []
    done = [Deed(one.delivered_on, f"delivered {one.summary}") for one in remedies if one.delivered_on]
    if case.company_resolved_on:
        done.append(Deed(case.company_resolved_on, "considered resolved"))
    done += [
        Deed(one.done_on, f"done: {one.what}")
        for one in actions
        if one.done_on and one.track is Track.CUSTOMER and not one.is_inquiry
        if case.decided_on and one.requested_on >= case.decided_on
    ]
    told_on = case.customer_told_on or date.max
    return sorted(deed for deed in done if deed.day < told_on)


def check_told(decided_on: date | None, told_on: date | None, today: date) -> None:
    """Refuse days of a decision that are to come, or that have the customer told before it was made."""
    if decided_on is not None and decided_on > today:
        raise Refusal("Decided on: the date is in the future.", "decided_on")
    if told_on is not None and told_on > today:
        raise Refusal("Customer told on: the date is in the future.", "customer_told_on")
    if decided_on is not None and told_on is not None and told_on < decided_on:
        raise Refusal(
            f"Customer told on: it was decided on {decided_on:%d %b %Y}; nobody can be told earlier.",
            "customer_told_on",
        )
