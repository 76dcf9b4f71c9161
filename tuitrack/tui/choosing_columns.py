"""The columns of the queue, chosen in a dialog and kept in its query or for all queries that name none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tuitrack.domain.query.printing import with_columns
from tuitrack.tui.columns import usual
from tuitrack.tui.commands import Place
from tuitrack.tui.screens.columns import Columns, ColumnsScreen, KeepAlways, KeepColumns

if TYPE_CHECKING:
    from tuitrack.tui.loading import LoadingScreen
    from tuitrack.tui.widgets.case_list import CaseList


async def choose_columns(screen: LoadingScreen, cases: CaseList) -> None:
    """Let the columns of a screen's list be chosen; call it from a worker."""
    query, preferences = screen.query_shown, screen.services.preferences
    with screen.desk.hold_keys():
        kept = await screen.backstage.read(preferences.columns)

    def line_width() -> int:
        return cases.line_width

    def show(columns: Columns) -> None:
        named = () if columns == (kept or usual(line_width())) else columns
        screen.narrow(replace(query, text=with_columns(query.text, named)))

    match await screen.app.push_screen_wait(ColumnsScreen(cases.columns, line_width, show)):
        case None:
            screen.narrow(query)
        case KeepColumns():
            views = screen.desk.key_of(Place.QUEUE, "show_views")
            screen.say(f"Kept in the query. {views} keeps the query as a view, columns and all.")
        case KeepAlways(columns):
            always = () if columns == usual(line_width()) else columns
            with screen.desk.hold_keys():
                await screen.backstage.write(preferences.choose_columns, always)
            screen.narrow(replace(query, text=with_columns(query.text, ())))
            screen.say("These columns are yours from now on, wherever a query names none.")
