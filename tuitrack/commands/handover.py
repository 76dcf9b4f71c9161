"""What one shift leaves to the next, for a terminal, a script or a screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import click

from tuitrack.commands.desk import as_json, at_desk, plain
from tuitrack.commands.output import say, write_json
from tuitrack.domain.due_words import due_words
from tuitrack.domain.handover import Outstanding
from tuitrack.domain.spoken_time import plain_when
from tuitrack.domain.words import HandedKind
from tuitrack.services.agents import team_mates
from tuitrack.services.bundle import Services
from tuitrack.services.handovers import NOBODY


@click.command()
@click.option("--until", "typed", metavar="WHEN", help="When the next shift ends; else a working day or 8 hours on.")
@click.option("--team", "whose", flag_value="team", help="What everybody in your team leaves.")
@click.option("--all", "whose", flag_value="all", help="What everybody leaves, and what nobody owns.")
@plain
@as_json
def handover(typed: str | None, whose: str | None, form: str | None) -> None:
    """Say what you leave to the next shift: what is due, whom to call back, and how many forms are half typed."""
    with at_desk() as services:
        desk = services.desk
        until = desk.read_moment(typed, field="until") if typed else services.handovers.until()
        found = services.handovers.next_shift(until, _agents(services, whose))
        waiting = [one for one in services.handovers.waiting() if not one.is_mine]
        items = [one for one in found if one.kind is not HandedKind.DRAFT]
        drafts, now = len(found) - len(items), desk.now()
        if form == "json":
            record = {
                "until": until.astimezone(desk.zone).isoformat(timespec="seconds"),
                "items": [_record(one, now) for one in items],
                "half_typed": drafts,
                "unanswered": {one.receiver: one.count for one in waiting},
            }
            write_json(record)
            return
        say([f"Until {plain_when(until.astimezone(desk.zone))}: {len(items)}"])
        for number, one in enumerate(items, 1):
            say(_facts(number, one, now) if form == "plain" else [_line(one, now)])
        say([f"Half-typed forms: {drafts}", *(f"{one.receiver} has not answered: {one.count}" for one in waiting)])


def _agents(services: Services, whose: str | None) -> Sequence[str]:
    """Whose work is meant; nobody in particular is the agent at work."""
    if whose is None:
        return ()
    agents = services.casefile.agents()
    return team_mates(agents, services.desk.agent) if whose == "team" else [*(one.handle for one in agents), NOBODY]


def _when(one: Outstanding, now: datetime) -> str:
    return f"since {plain_when(one.at.astimezone(now.tzinfo))}" if one.kind.only_waits else due_words(one.at, now)


def _line(one: Outstanding, now: datetime) -> str:
    """One item on a line: reference, kind, when, what, customer, owner."""
    parts = (one.reference, one.kind.label, _when(one, now), one.what, one.customer, f"owner {one.owner or 'nobody'}")
    return "  ".join(parts)


def _facts(number: int, one: Outstanding, now: datetime) -> list[str]:
    told = {
        "Kind": one.kind.label,
        "What": one.what,
        "When": _when(one, now),
        "Case": one.reference,
        "Customer": one.customer,
        "Owner": one.owner or "nobody",
    }
    return [f"Item {number}", *(f"{name}: {text}" for name, text in told.items()), ""]


def _record(one: Outstanding, now: datetime) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "what": one.what,
        "at": one.at.astimezone(now.tzinfo).isoformat(timespec="seconds"),
        "words": _when(one, now),
        "reference": one.reference,
        "customer": one.customer,
        "owner": one.owner,
    }


COMMANDS = {"handover": handover}
"""The command by its name."""
