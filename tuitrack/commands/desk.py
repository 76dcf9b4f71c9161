"""What commands about the desk share: who gives them, and the options that several take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from tuitrack import bootstrap
from tuitrack.domain.words import Word
from tuitrack.services.bundle import Services

as_json = click.option("--json", "form", flag_value="json", help="As JSON, for a script.")
as_csv = click.option("--csv", "form", flag_value="csv", help="As a CSV table.")
plain = click.option("--plain", "form", flag_value="plain", help="One fact on each line, for a screen reader.")
limited = click.option(
    "--limit", type=click.IntRange(min=1), default=100, show_default=True, help="How many at the most."
)


def more_told(found: int, limit: int, nothing: str) -> None:
    """Say beside a list, of which one more than `limit` was looked for, that there is more or nothing at all."""
    if found > limit:
        click.echo(f"There are more than {limit}: --limit shows more of them.", err=True)
    elif not found:
        click.echo(nothing, err=True)


def choice(*words: Word) -> click.Choice[str]:
    """One of these words, as they are stored."""
    return click.Choice([word.value for word in words])


@contextmanager
def at_desk() -> Iterator[Services]:
    """The services of the agent that `--as` names, or the settings do."""
    with bootstrap.open_for_command(click.get_current_context().obj) as desk:
        yield Services(desk, exporter=lambda: bootstrap.exporter_of(desk))
