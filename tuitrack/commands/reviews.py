"""Reviews for scripts and screen readers: what is planned and how it stands, and what came of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from tuitrack.commands.desk import as_json, at_desk, limited, more_told
from tuitrack.commands.output import say, write_json
from tuitrack.domain.reviews import Review
from tuitrack.services.review_words import plan_status, review_status
from tuitrack.services.reviews import PlanLine


@click.group()
def review() -> None:
    """List the reviews that are planned, and what came of those that were due."""


@review.command("list")
@as_json
def list_plans(form: str | None) -> None:
    """List what is planned by when it is due next; what was missed is marked."""
    with at_desk() as services:
        lines, today = services.reviews.plans(), services.desk.today()
        if form == "json":
            write_json([_planned(line) for line in lines])
        else:
            say(_line(line, today) for line in lines)
    more_told(len(lines), len(lines), "No review is planned.")


@review.command()
@limited
@as_json
def results(limit: int, form: str | None) -> None:
    """List what came of reviews, the last first, with what each passes on."""
    with at_desk() as services:
        found = services.reviews.results(limit + 1)
        listed = found[:limit]
        if form == "json":
            write_json([_result(one) for one in listed])
        else:
            for one in listed:
                say([f"{one.due_on}  {one.name}: {review_status(one)}", *_passed_on(one)])
    more_told(len(found), limit, "No review was due yet.")


def _line(line: PlanLine, today: date) -> str:
    plan = line.plan
    told = f"{plan.every.label}, owner {plan.owner}, deputy {plan.deputy}"
    return f"{plan.name}: {plan_status(line, today)}; {told}"


def _planned(line: PlanLine) -> dict[str, Any]:
    plan = line.plan
    return {
        "name": plan.name,
        "every": plan.every,
        "owner": plan.owner,
        "deputy": plan.deputy,
        "passes_on": list(plan.parts),
        "next_due": plan.next_due.isoformat(),
        "missed": line.missed,
        "active": plan.active,
    }


def _passed_on(one: Review) -> list[str]:
    texts = {"because": one.because, **one.results, "check": one.check_note}
    return [f"  {name}: {line}" for name, text in texts.items() for line in text.splitlines()]


def _result(one: Review) -> dict[str, Any]:
    return {
        "name": one.name,
        "due_on": one.due_on.isoformat(),
        "held_on": one.held_on.isoformat() if one.held_on else None,
        "because": one.because,
        "results": dict(one.results),
        "by": one.by,
        "checked_by": one.checked_by,
        "check_note": one.check_note,
    }


COMMANDS = {"review": review}
"""The command by its name."""
