"""The desk for scripts and screen readers: show a case, take one, log notes and calls, change many."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from tuitrack.commands.desk import as_json, at_desk, choice, plain
from tuitrack.commands.lists import asked_for, view_named
from tuitrack.commands.output import say, stoppable, through, write
from tuitrack.domain.bulk import MOVED_TO
from tuitrack.domain.case import Case
from tuitrack.domain.due_words import headline
from tuitrack.domain.errors import Refusal
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.words import (
    NOTE_KINDS,
    CallPurpose,
    CallResult,
    CaseKind,
    Channel,
    Direction,
    Priority,
)
from tuitrack.exchange.case_file import as_lines
from tuitrack.exchange.case_lines import fact_lines
from tuitrack.exchange.case_outline import outline_of
from tuitrack.exchange.export import case_text
from tuitrack.services.bundle import Services
from tuitrack.services.exports import CaseFormat

_DIRECTIONS = {"in": Direction.INBOUND, "out": Direction.OUTBOUND}


@click.command()
@click.argument("reference")
@plain
@as_json
@click.option("--markdown", "form", flag_value="markdown", help="As Markdown.")
@click.option("--html", "page", type=click.Path(path_type=Path), metavar="FILE", help="Write a web page to FILE.")
@click.option("--replace", is_flag=True, help="Write over FILE where it is there already.")
def show(reference: str, form: str | None, page: Path | None, replace: bool) -> None:
    """Show everything about the case of a REFERENCE."""
    with at_desk() as services:
        case = services.queue.case_of(reference)
        if page is not None:
            say([services.exporter().case(case.id, page, CaseFormat.HTML, replace=replace).sentence])
        if page is None or form is not None:
            file, now = services.casefile.whole(case.id), services.desk.now()
            match form:
                case "json":
                    write(case_text(file, CaseFormat.JSON, now))
                case "markdown":
                    write(case_text(file, CaseFormat.MARKDOWN, now))
                case _:
                    say(as_lines(outline_of(file, now)))


@click.command()
@click.option("--name", help="The customer's name; a customer known by account, or name and phone, is not made anew.")
@click.option("--phone", "phones", multiple=True, help="A telephone number; may be given again.")
@click.option("--email", default="")
@click.option("--address", default="")
@click.option("--account", default="", help="The customer's account number.")
@click.option("--no-contact-reason", default="", help="Why there is no way to reach the customer.")
@click.option("--customer-of", metavar="REFERENCE", help="The customer of this case, instead of a name.")
@click.option("--subject", required=True, help="The problem in one line.")
@click.option("--words", default="", help="What the customer said; - reads it from the input.")
@click.option("--details", default="", help="Your own account of it; - reads it from the input.")
@click.option("--kind", type=choice(*CaseKind))
@click.option("--channel", type=choice(*Channel), help="How it came; by default by phone.")
@click.option("--priority", type=choice(*Priority))
@click.option("--category")
@click.option("--product")
@click.option("--tags")
@click.option("--owner", metavar="HANDLE", help="Whose it is; by default nobody's yet.")
@click.option("--remedy-wanted")
@click.option("--received", "received_at", metavar="WHEN", help="When it was received; by default now.")
@click.option("--return-at", metavar="WHEN", help="When the customer hears from us, such as “fri 14:30”.")
@click.option("--no-return-reason", help="Why there is no such time.")
@plain
@as_json
def new(
    customer_of: str | None, received_at: str | None, return_at: str | None, form: str | None, **typed: Any
) -> None:
    """Take a new case and print its reference."""
    with at_desk() as services:
        desk = services.desk
        values = {name: _input(text) for name, text in typed.items() if text}
        named = {name: values.pop(name) for name in _OF_CUSTOMER if name in values}
        values["received_at"] = desk.read_moment(received_at, "past", "received_at") if received_at else desk.now()
        if return_at:
            values["return_at"] = desk.read_moment(return_at, "future", "return_at")
        if customer_of:
            values["customer_id"] = services.queue.case_of(customer_of).customer_id
        elif (known := services.intake.known_customer(named)) is not None:
            values["customer_id"] = known
        else:
            values["customer"] = named
        case = services.intake.take(values)
        _tell(services, case, form, case.reference)


_OF_CUSTOMER = ("name", "phones", "email", "address", "account", "no_contact_reason")


@click.command("next")
@click.argument("query", default="")
@view_named
@plain
@as_json
def take_next(query: str, view: str | None, form: str | None) -> None:
    """Become the owner of the first open case of a QUERY that has none; without one of all open work."""
    with at_desk() as services:
        case = services.casework.take_next(asked_for(services, query, view))
        _tell(services, case, form, f"{case.reference} is yours: {case.subject}")


@click.command()
@click.argument("reference")
@click.argument("text")
@click.option("--kind", type=choice(*NOTE_KINDS), help="What it is; by default a note.")
@click.option("--at", metavar="WHEN", help="When it happened; by default now.")
@click.option("--by", default="", metavar="NAME", help="Who said it, where that is not you.")
@plain
@as_json
def note(reference: str, text: str, kind: str | None, at: str | None, by: str, form: str | None) -> None:
    """Write TEXT down about a case; a - reads it from the input."""
    with at_desk() as services:
        case = services.queue.case_of(reference)
        values = {"text": _input(text), "by": by} | ({"kind": kind} if kind else {})
        if at:
            values["occurred_at"] = services.desk.read_moment(at, "past", "occurred_at")
        services.casework.add_note(case.id, values)
        _tell(services, case, form, f"Noted in {case.reference}.")


@click.command()
@click.argument("reference")
@click.option("--direction", type=click.Choice(list(_DIRECTIONS)), required=True, help="Did they call, or we?")
@click.option("--purpose", type=choice(*CallPurpose), required=True)
@click.option("--result", type=choice(*CallResult), default=CallResult.REACHED.value, show_default=True)
@click.option("--note", default="", help="What was said; - reads it from the input.")
@click.option("--suggestion", default="", help="What the customer suggested.")
@click.option("--at", metavar="WHEN", help="When it was; by default now.")
@click.option("--recording-told", is_flag=True, help="The customer was told that the call is recorded.")
@click.option("--reference-given", is_flag=True, help="The customer was told the reference.")
@plain
@as_json
def call(reference: str, direction: str, note: str, at: str | None, form: str | None, **values: Any) -> None:
    """Log a call about a case."""
    with at_desk() as services:
        case = services.queue.case_of(reference)
        values |= {"direction": _DIRECTIONS[direction], "note": _input(note)}
        if at:
            values["at"] = services.desk.read_moment(at, "past", "at")
        services.casework.log_call(case.id, values)
        _tell(services, case, form, f"Call logged in {case.reference}.")


@click.command()
@click.argument("query")
@click.option("--owner", default="", metavar="NAME", help="Who gets them: an agent, nobody, “balance: least open”.")
@click.option("--priority", type=choice(*Priority))
@click.option("--status", type=choice(*MOVED_TO))
@click.option("--category", default="")
@click.option("--add-tags", "tags_added", default="", metavar="TAGS", help="Tags, separated by commas.")
@click.option("--take-tags", "tags_taken", default="", metavar="TAGS", help="Tags to take away.")
@click.option("--resolve-by", metavar="MOMENT", help="When they are to be resolved: “fri 14:30” or “+3d”.")
@click.option("--note", default="", help="The reason, or a note by itself; - reads it from the input.")
@click.option("--dry-run", is_flag=True, help="Only say what would become of each case.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
def bulk(query: str, note: str, resolve_by: str | None, dry_run: bool, yes: bool, **values: Any) -> int:
    """Change all cases of a QUERY alike; what somebody changes meanwhile stays."""
    if not dry_run and not yes and not sys.stdin.isatty():
        raise Refusal("Nobody can be asked here whether to change them: give --yes, or --dry-run to look only.")
    with at_desk() as services:
        due = services.desk.read_moment(resolve_by, field="resolve_by") if resolve_by else None
        change = services.bulk.change(values | {"note": _input(note), "resolve_by": due})
        if away := services.casework.away(change.owner or None):
            click.echo(away, err=True)
        rehearsed = through(services.bulk.rehearsal(change, QueueQuery(text=query)))
        if dry_run or not rehearsed.changed or not (yes or click.confirm("Change them?", default=False)):
            return 0
        with stoppable() as stop:
            run = services.bulk.run(rehearsed.fates)
            done = through(run, stop)
    return 130 if done.count < run.total else 0


@click.command()
@click.argument("reference")
def why(reference: str) -> None:
    """Say of everything that is due in the case of a REFERENCE why it is due then."""
    with at_desk() as services:
        now = services.desk.now()
        for reason in services.why_due.reasons(services.queue.case_of(reference).id):
            say([headline(reason.deadline, now), *(f"  {sentence}" for sentence in reason.sentences)])


@click.command()
@click.option(
    "--check", "path", type=click.Path(path_type=Path), metavar="FILE", help="Those of FILE, not yet in force."
)
def procedure(path: Path | None) -> None:
    """List the procedures with their steps, as they are in force now."""
    with at_desk() as services:
        book = services.procedure.book() if path is None else services.procedure.read(path)
        say(book.lines)


def _tell(services: Services, case: Case, form: str | None, told: str) -> None:
    """Say what was done, or how the case stands now."""
    if form is None:
        say([told])
        return
    file, now = services.casefile.whole(case.id), services.desk.now()
    if form == "json":
        write(case_text(file, CaseFormat.JSON, now))
    else:
        say(fact_lines(file.case, file.customer, now))


def _input(text: Any) -> Any:
    """What was typed, or what the input holds where that was a hyphen."""
    return sys.stdin.read() if text == "-" else text


COMMANDS = {
    "show": show,
    "new": new,
    "note": note,
    "call": call,
    "next": take_next,
    "why": why,
    "procedure": procedure,
    "bulk": bulk,
}
"""The commands by their names."""
