"""The quality report by one command: to read, for other programs, or as a page to send; and its targets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from tuitrack.commands.desk import as_csv, as_json, at_desk, plain
from tuitrack.commands.output import draws, end_progress, say, write, write_json
from tuitrack.domain.errors import Refusal
from tuitrack.domain.quality.report import Report
from tuitrack.exchange.facts import as_csv as table_of
from tuitrack.exchange.new_file import new_file
from tuitrack.exchange.quality_facts import NUMBER_FACTS, number_facts, report_facts
from tuitrack.exchange.quality_page import report_page
from tuitrack.exchange.quality_text import markdown_lines, plain_lines, report_lines
from tuitrack.services.quality import Counting, QualityService

_LAST_MONTH = "last month"


@click.command()
@click.option("--month", metavar="MONTH", help="Of one month, such as 2026-10; last month unless named.")
@click.option("--period", metavar="PERIOD", help="Of this week, last quarter, 2026-10-05..2026-10-18 and the like.")
@click.option("--from", "since", metavar="DATE", help="From this day on, up to --to or today.")
@click.option("--to", "until", metavar="DATE", help="Up to this day, with --from.")
@plain
@as_json
@as_csv
@click.option("--markdown", "form", flag_value="markdown", help="As Markdown.")
@click.option("--html", "page", type=click.Path(path_type=Path), metavar="FILE", help="Write a web page to FILE.")
@click.option("--replace", is_flag=True, help="Write over FILE if it is there.")
@click.option("--target", "targets", metavar="MEASURE=PERCENT", multiple=True, help="Set a target; =none for none.")
def report(
    month: str | None,
    period: str | None,
    since: str | None,
    until: str | None,
    form: str | None,
    page: Path | None,
    replace: bool,
    targets: tuple[str, ...],
) -> None:
    """Count the cases of a period against targets and the period before."""
    asked = _period(month, period, since, until)
    with at_desk() as services:
        if targets:
            say([_set_target(services.quality, one) for one in targets])
            return
        found = _counted(services.quality.counting(services.quality.days(asked)))
    if page is not None:
        with new_file(page, replace=replace) as place:
            place.write_text(report_page(found), "utf-8")
        say([f"Written: {page}"])
        return
    _tell(found, form)


def _period(month: str | None, period: str | None, since: str | None, until: str | None) -> str:
    """The one period that the options name."""
    if sum(one is not None for one in (month, period, since)) > 1 or (until is not None and since is None):
        raise Refusal("Name one period: --month, --period, or --from with --to.")
    if since is not None:
        return f"{since}..{until or 'today'}"
    return month or period or _LAST_MONTH


def _counted(counting: Counting) -> Report:
    draw = draws("Counting")
    while (share := counting.step()) < 1:
        draw(share)
    end_progress()
    return counting.report()


def _set_target(quality: QualityService, typed: str) -> str:
    measure, sign, percent = typed.partition("=")
    if not sign:
        raise Refusal("Target: expected such as first_response=95, or first_response=none.", "target")
    return quality.set_target(measure.strip(), percent)


def _tell(found: Report, form: str | None) -> None:
    lines: dict[str | None, Callable[[Report], object]] = {
        "json": lambda one: write_json(report_facts(one)),
        "csv": lambda one: write(table_of(number_facts(one), NUMBER_FACTS)),
        "markdown": lambda one: write("\n".join(markdown_lines(one)) + "\n"),
        "plain": lambda one: say(plain_lines(one)),
        None: lambda one: say(report_lines(one)),
    }
    lines[form](found)


COMMANDS = {"report": report}
"""The command by its name."""
