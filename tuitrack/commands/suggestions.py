"""What customers suggested, for reports, scripts and screen readers."""

from __future__ import annotations

import click

from tuitrack.commands.desk import as_csv, as_json, at_desk, limited, more_told, plain
from tuitrack.commands.output import tell_facts
from tuitrack.domain.queue import QueueQuery, Scope
from tuitrack.exchange.suggestion_lines import SUGGESTION_FACTS, suggestion_facts, suggestion_line


@click.command()
@click.argument("query", default="")
@limited
@plain
@as_csv
@as_json
def suggestions(query: str, limit: int, form: str | None) -> None:
    """List what customers suggested in the cases of a QUERY, closed ones as well; without one in all cases."""
    with at_desk() as services:
        now = services.desk.now()
        found = services.suggestions.of(QueueQuery(query, scope=Scope.ALL), limit + 1)
    listed = found[:limit]
    facts = [suggestion_facts(one, now) for one in listed]
    tell_facts([suggestion_line(one, now) for one in listed], facts, SUGGESTION_FACTS, form)
    more_told(len(found), limit, "No suggestion.")


COMMANDS = {"suggestions": suggestions}
"""The command by its name."""
