"""Who works at the desk, for scripts: agents listed, added, changed, put out of work, and their absences."""

from __future__ import annotations

from typing import Any, TextIO

import click

from tuitrack.commands.desk import as_json, at_desk, choice, plain
from tuitrack.commands.output import say, write_json
from tuitrack.domain.dates import parse_day
from tuitrack.domain.errors import NotFound
from tuitrack.domain.people import Agent
from tuitrack.domain.words import Role
from tuitrack.services.bundle import Services
from tuitrack.services.staff import Standing, span_words

KEY_FILE_MAX = 100_000
"""Characters read of a file of a key; none has so many."""

_language = click.option("--language", metavar="LANGUAGES", help="Two letters each, parted by commas: hr, en.")
_team = click.option("--team", metavar="TEAM")
_role = click.option("--role", type=choice(*Role))


@click.group()
def agent() -> None:
    """List, add and change the agents of the desk, and enter when they are away."""


@agent.command("list")
@click.option("--team", metavar="TEAM", help="Only this team.")
@plain
@as_json
def list_agents(team: str | None, form: str | None) -> None:
    """List all agents with what is planned of their absences."""
    with at_desk() as services:
        found = [one for one in services.staff.everybody() if team in (None, one.agent.team)]
        today = services.desk.today()
        if form == "json":
            write_json([_as_values(one) for one in found])
        for one in found if form != "json" else []:
            facts = _facts(one)
            if form == "plain":
                say([*(f"{title}: {told}" for title, told in facts.items() if told), ""])
                continue
            away = one.away_on(today)
            told = [facts["Handle"], facts["Name"], facts["Role"], facts["Team"] or "no team", facts["Languages"]]
            notes = ["not active"] if not one.agent.active else [f"away {span_words(away)}"] if away else []
            say(["  ".join(filter(None, (*told, *notes)))])


@agent.group()
def key() -> None:
    """Bind to agents the keys with which they log in from afar."""


@key.command("add")
@click.argument("handle", metavar="AGENT")
@click.argument("file", type=click.File())
def add_key(handle: str, file: TextIO) -> None:
    """Bind the public key in FILE to an AGENT; a - reads it from the input."""
    with at_desk() as services:
        added = services.keys.add(handle, file.read(KEY_FILE_MAX))
    say([f"{added.agent} may log in with {added.fingerprint}."])


@key.command("list")
def list_keys() -> None:
    """List all keys with their agents."""
    with at_desk() as services:
        for one in services.keys.all():
            at = one.added_at.astimezone(services.desk.zone)
            say([f"{one.agent}  {one.fingerprint}  {one.kind}  {at:%Y-%m-%d}  {one.comment}".rstrip()])


@key.command()
@click.argument("fingerprint")
def remove(fingerprint: str) -> None:
    """Take away the key with a FINGERPRINT, or the one that begins so; who came in by it is shown out."""
    with at_desk() as services:
        gone = services.keys.take_away(fingerprint)
    say([f"{gone.agent} may no longer log in with {gone.fingerprint}."])


@agent.command()
def denials() -> None:
    """List what was last tried without a right to it, newest first."""
    with at_desk() as services:
        for denial in services.rights.denials():
            at = denial.at.astimezone(services.desk.zone)
            say([f"{at:%Y-%m-%d %H:%M}  {denial.agent}  {denial.right.label}"])


@agent.command()
def drafts() -> None:
    """List who left what half typed, where, and when they last typed; never what stands in it."""
    with at_desk() as services:
        for left in services.drafts.of_everybody():
            at = left.saved_at.astimezone(services.desk.zone)
            say(["  ".join(filter(None, (f"{at:%Y-%m-%d %H:%M}", left.agent, left.name, left.about)))])


@agent.command()
@click.argument("name")
@_role
@_team
@_language
def add(name: str, **values: Any) -> None:
    """Let an agent called NAME join the desk."""
    with at_desk() as services:
        added = services.staff.add({"name": name} | _given(values))
    say([f"{added.name} joins as {added.handle}, {added.role.label}."])


@agent.command()
@click.argument("handle", metavar="AGENT")
@click.option("--name", metavar="NAME")
@_role
@_team
@_language
def change(handle: str, **values: Any) -> None:
    """Change what is known of an AGENT; an empty value takes a team or language away."""
    if not _given(values):
        raise click.UsageError("Say what is to change, such as --team North")
    with at_desk() as services:
        _changed(services, handle, _given(values))


@agent.command()
@click.argument("handle", metavar="AGENT")
def disable(handle: str) -> None:
    """Let an AGENT no longer work here; what they did stays theirs."""
    with at_desk() as services:
        _changed(services, handle, {"active": False})


@agent.command()
@click.argument("handle", metavar="AGENT")
def enable(handle: str) -> None:
    """Let an AGENT work here again."""
    with at_desk() as services:
        _changed(services, handle, {"active": True})


@agent.command()
@click.argument("handle", metavar="AGENT")
@click.argument("name", metavar="ROLE", type=choice(*Role))
def role(handle: str, name: str) -> None:
    """Give an AGENT another ROLE."""
    with at_desk() as services:
        _changed(services, handle, {"role": name})


@agent.command()
@click.argument("handle", metavar="AGENT")
@click.argument("name", metavar="TEAM")
def team(handle: str, name: str) -> None:
    """Put an AGENT into a TEAM; an empty one takes them out of theirs."""
    with at_desk() as services:
        _changed(services, handle, {"team": name})


@agent.command()
@click.argument("handle", metavar="AGENT")
@click.option("--from", "since", metavar="DAY", default="today", show_default=True, help="The first day.")
@click.option("--until", metavar="DAY", help="The last day, such as fri or 2026-12-04.")
@click.option("--reason", default="")
@click.option("--deputy", default="", metavar="AGENT", help="Who looks after their cases.")
@click.option("--back", is_flag=True, help="They are back: what is on ends, or what comes next is taken back.")
def absent(handle: str, since: str, until: str | None, back: bool, **values: str) -> None:
    """Enter that an AGENT is away; your own absence you may enter always."""
    if back == (until is not None):
        raise click.UsageError("Give the last day with --until, or say --back")
    with at_desk() as services:
        who = services.staff.named(handle)
        if back:
            standing = next(one for one in services.staff.everybody() if one.agent.handle == who.handle)
            if not standing.absences:
                raise NotFound(f"Agent: {who.name} is not away.", "agent")
            say([services.staff.end_absence(standing.absences[0])])
            return
        days = {
            name: parse_day(typed, services.desk.today(), prefer="future", field=name)
            for name, typed in (("since", since), ("until", until or ""))
        }
        absence = services.staff.enter_absence(values | days | {"agent": who.handle})
        told = f" {absence.deputy} looks after their cases." if absence.deputy else ""
        say([f"{who.name} is away {span_words(absence)}.{told}"])


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _changed(services: Services, handle: str, values: dict[str, Any]) -> None:
    changed = services.staff.change(handle, values)
    say([f"{changed.name}: {', '.join(_described(changed))}."])


def _described(agent: Agent) -> list[str]:
    """What is known of an agent besides the name."""
    team = f"team {agent.team}" if agent.team else "no team"
    return [
        agent.handle,
        agent.role.label,
        team,
        *filter(None, [agent.language]),
        *([] if agent.active else ["not active"]),
    ]


def _facts(standing: Standing) -> dict[str, str]:
    agent = standing.agent
    return {
        "Handle": agent.handle,
        "Name": agent.name,
        "Role": agent.role.label,
        "Team": agent.team,
        "Languages": agent.language,
        "Active": "yes" if agent.active else "no",
        "Away": "; ".join(map(span_words, standing.absences)),
    }


def _as_values(standing: Standing) -> dict[str, Any]:
    agent = standing.agent
    return {
        "handle": agent.handle,
        "name": agent.name,
        "role": agent.role.value,
        "team": agent.team,
        "language": agent.language,
        "active": agent.active,
        "absences": [
            {
                "since": one.since.isoformat(),
                "until": one.until.isoformat(),
                "reason": one.reason,
                "deputy": one.deputy,
                "by": one.by,
            }
            for one in standing.absences
        ],
    }


COMMANDS = {"agent": agent}
"""The command by its name."""
