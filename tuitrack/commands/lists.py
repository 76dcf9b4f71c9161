"""Lists of cases for scripts and screen readers: printed, written to a file, and the views that name them."""

from __future__ import annotations

from contextlib import closing
from io import StringIO
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from tuitrack.commands.desk import as_csv, as_json, at_desk, choice, limited, more_told, plain
from tuitrack.commands.output import end_progress, say, stoppable, tells, write, write_json
from tuitrack.domain.errors import Refusal, TuitrackError
from tuitrack.domain.past import then_words
from tuitrack.domain.queue import QueueQuery, Scope
from tuitrack.exchange.case_lines import fact_lines, short_line
from tuitrack.exchange.case_tables import text_table
from tuitrack.services.bundle import Services
from tuitrack.services.exports import Format
from tuitrack.services.views import View


def _names(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """The names of views that begin so, for a shell; none where the desk cannot be opened now."""
    context.obj = context.find_root().params.get("agent")
    try:
        with context, at_desk() as services:
            named = [view.name for view in services.views.all()]
    except TuitrackError:
        return []
    return [CompletionItem(name) for name in named if name.casefold().startswith(begun.casefold())]


view_named = click.option(
    "--view", metavar="NAME", shell_complete=_names, help="Those of this view, in place of a QUERY."
)


def asked_for(services: Services, query: str, view: str | None) -> QueueQuery:
    """The query that is meant, typed or kept under the name of a view."""
    if view is None:
        return QueueQuery(query)
    if query:
        raise Refusal("View: give a QUERY or the name of a view, not both.", "view")
    return QueueQuery(services.views.named(view).text)


@click.command("list")
@click.argument("query", default="")
@view_named
@plain
@as_json
@as_csv
@limited
def list_cases(query: str, view: str | None, form: str | None, limit: int) -> None:
    """List the cases of a QUERY; without one open work."""
    with at_desk() as services:
        asked = asked_for(services, query, view)
        page = services.queue.page(asked)
        now, columns = page.as_of or services.desk.now(), services.queue.columns(asked)
        with closing(services.queue.cases(asked, limit + 1)) as found:
            cases = list(found)
    if form in ("json", "csv"):
        table = StringIO()
        writer = text_table(Format(form), table, now, columns)
        for case in cases[:limit]:
            writer.write(case)
        writer.close()
        write(table.getvalue())
    for number, case in enumerate(cases[:limit] if form in (None, "plain") else [], 1):
        if form is None:
            say([short_line(case.case, case.customer, now, columns)])
        else:
            say([f"Case {number}", *fact_lines(case.case, case.customer, now, columns), ""])
    if page.as_of is not None:
        click.echo(then_words(page.as_of, page.in_doubt), err=True)
    more_told(len(cases), limit, "No case.")


@click.command()
@click.argument("query", default="")
@view_named
@click.option("--to", "path", type=click.Path(path_type=Path), required=True, metavar="FILE", help="Where to.")
@click.option("--format", "named", type=choice(*Format), help="What to write, where the file's ending does not say.")
@click.option("--replace", is_flag=True, help="Write over the file where it is there already.")
def export(query: str, view: str | None, path: Path, named: str | None, replace: bool) -> int:
    """Write the cases of a QUERY to a file; without one open work."""
    with at_desk() as services, stoppable() as stop:
        done = services.exporter().cases(
            asked_for(services, query, view),
            path,
            Format(named) if named else None,
            replace=replace,
            on_progress=tells("Exporting"),
            stop=stop,
        )
    end_progress()
    say([done.sentence])
    return 130 if done.stopped else 0


@click.command()
@plain
@as_json
def views(form: str | None) -> None:
    """List the views by name, with their queries and how many cases each has now."""
    with at_desk() as services:
        told = [(view, _count(services, view)) for view in services.views.all()]
    if form == "json":
        records = [
            {"name": view.name, "kept for": view.kept_for.value, "query": view.text, "cases": count}
            for view, count in told
        ]
        write_json(records)
        return
    for view, count in told:
        query = view.text or Scope.OPEN.label
        if form is None:
            say([f"{view.name}  {count}  {view.kept_for.label}  {query}"])
        else:
            say([f"View: {view.name}", f"Cases: {count}", f"Kept: {view.kept_for.label}", f"Query: {query}", ""])


def _count(services: Services, view: View) -> str:
    """How many cases a view has now; a question mark where its query is no longer understood."""
    try:
        counts = services.queue.counts(QueueQuery(view.text))
    except Refusal:
        return "?"
    return counts.shown(counts.all)


COMMANDS = {"list": list_cases, "export": export, "views": views}
"""The commands by their names."""
