"""What was promised, for scripts and screen readers: listed by how it stands, or counted as kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import click

from tuitrack.commands.desk import as_csv, as_json, at_desk, choice, limited, more_told, plain
from tuitrack.commands.output import tell_facts
from tuitrack.domain.errors import Refusal
from tuitrack.domain.periods import PERIOD_EXAMPLES, THIS_MONTH, read_period
from tuitrack.domain.promises import Grouping, Standing, Whose
from tuitrack.exchange import promise_lines
from tuitrack.exchange.promise_lines import KEPT_FACTS, PROMISE_FACTS
from tuitrack.services.bundle import Services


def _standings(command: Callable[..., None]) -> Callable[..., None]:
    """An option for each way in which a promise can stand."""
    for word in reversed(Standing):
        told = f"Those that are {word.label}{', as without any of these' if word is Standing.OPEN else ''}."
        command = click.option(f"--{word.value}", "standing", flag_value=word.value, help=told)(command)
    return command


@click.command()
@_standings
@click.option("--whose", type=choice(*Whose), default=Whose.ALL.value, show_default=True, help="Whose promises.")
@click.option("--category", help="Only those of cases of exactly this category.")
@click.option("--period", metavar="PERIOD", help=f"Only those due then: {PERIOD_EXAMPLES}.")
@limited
@click.option("--rate", is_flag=True, help=f"Count how many were kept, of those due {THIS_MONTH} or in --period.")
@click.option("--by", "grouping", type=choice(*Grouping), help="With --rate: by what; by agent unless named.")
@plain
@as_csv
@as_json
def promises(
    standing: str | None,
    whose: str,
    category: str | None,
    period: str | None,
    limit: int,
    rate: bool,
    grouping: str | None,
    form: str | None,
) -> None:
    """List what was promised, or count how much of it was kept."""
    if rate and (standing or category or whose != Whose.ALL):
        raise Refusal("--rate counts everybody’s promises however they stand; take it with --by and --period alone.")
    if grouping and not rate:
        raise Refusal("--by goes with --rate.")
    with at_desk() as services:
        if rate:
            _tell_rate(services, Grouping(grouping or Grouping.AGENT), period or "", form)
            return
        now = services.desk.now()
        since, before = read_period(period, now) if period else (None, None)
        query = replace(
            services.promises.of(Whose(whose)),
            standing=Standing(standing or Standing.OPEN),
            category=category,
            since=since,
            before=before,
        )
        found = services.promises.page(query, limit=limit + 1)
        listed = found[:limit]
        facts = [promise_lines.promise_facts(line, now) for line in listed]
        tell_facts([promise_lines.promise_line(line, now) for line in listed], facts, PROMISE_FACTS, form)
    more_told(len(found), limit, "No promise.")


def _tell_rate(services: Services, grouping: Grouping, period: str, form: str | None) -> None:
    lines = services.promises.kept(grouping, period)
    tell_facts(
        [promise_lines.kept_line(line) for line in lines], list(map(promise_lines.kept_facts, lines)), KEPT_FACTS, form
    )
    if not lines:
        click.echo("No promise was settled or overdue then.", err=True)


COMMANDS = {"promises": promises}
"""The command by its name."""
