"""Changing many cases from the queue: one form for what changes, with the rehearsal and the run on top of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tuitrack.domain.bulk import MOVED_TO
from tuitrack.domain.people import Agent
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.words import Priority
from tuitrack.domain.workload import Balance
from tuitrack.services.bulk import BALANCE, NOBODY
from tuitrack.tui.commands import Place
from tuitrack.tui.desk_screen import DeskScreen
from tuitrack.tui.fields import ChoiceField, Field, SuggestField, TextField, WhenField, words
from tuitrack.tui.form_below import FormBelow
from tuitrack.tui.screens.bulk import BulkScreen


async def change_marked(screen: DeskScreen[Any], marked: QueueQuery) -> None:
    """Ask what is to become of the marked cases, rehearse it and make it; call it from a worker."""
    desk, backstage, services = screen.desk, screen.backstage, screen.services
    with desk.hold_keys():
        agents = await backstage.read(services.casefile.agents)
        categories = await backstage.read(services.intake.categories)
        made = desk.push_screen(_form(screen, marked, agents, categories), wait_for_dismiss=True)
    if (told := await made) is not None:
        screen.say(told)


def _form(screen: DeskScreen[Any], marked: QueueQuery, agents: Sequence[Agent], categories: Sequence[str]) -> FormBelow:
    """What is to change; an empty field changes nothing."""
    services, backstage = screen.services, screen.backstage

    async def rehearse(values: dict[str, Any]) -> BulkScreen:
        change = await backstage.read(services.bulk.change, values)
        rehearsal = await backstage.read(services.bulk.rehearsal, change, marked)
        back = f"{screen.desk.key_of(Place.QUEUE, 'undo_change')} takes all of it back."
        return BulkScreen(services, services.bulk.told(change), rehearsal, services.bulk.run, then=back)

    fields = [
        SuggestField("owner", "Owner", suggestions=[*(agent.handle for agent in agents), NOBODY, *_balances(agents)]),
        ChoiceField("priority", "Priority", choices=words(Priority)),
        ChoiceField("status", "Status", choices=words(MOVED_TO)),
        SuggestField("category", "Category", suggestions=categories),
        Field("tags_added", "Add tags", hint="separated by commas"),
        Field("tags_taken", "Take tags away", hint="separated by commas"),
        WhenField("resolve_by", "Resolve by"),
        TextField("note", "Note", rows=3, hint="goes with each change"),
    ]
    count = len(marked.marked)
    title = f"Change {count:,} marked {'case' if count == 1 else 'cases'}: what is empty stays; a rehearsal comes first"
    return FormBelow(title, fields, rehearse, services=services, backstage=backstage, draft_key="bulk")


def _balances(agents: Sequence[Agent]) -> list[str]:
    """The ways to share cases out, among all and among each team."""
    teams = sorted({agent.team for agent in agents} - {""})
    whom = ["", *(f" of {team}" for team in teams)]
    return [f"{BALANCE} {word.label}{of_team}" for of_team in whom for word in Balance]
