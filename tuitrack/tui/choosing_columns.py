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
    width = cases.line_width
    with screen.desk.hold_keys():
        without_choice = await screen.backstage.read(preferences.columns) or usual(width)

    def show(columns: Columns) -> None:
        named = () if columns == without_choice else columns
        screen.narrow(replace(query, text=with_columns(query.text, named)))

    match await screen.app.push_screen_wait(ColumnsScreen(cases.columns, width, show)):
        case None:
            screen.narrow(query)
        case KeepColumns():
            views = screen.desk.key_of(Place.QUEUE, "show_views")
            screen.say(f"Kept in the query. {views} keeps the query as a view, columns and all.")
        case KeepAlways(columns):
            with screen.desk.hold_keys():
                await screen.backstage.write(preferences.choose_columns, () if columns == usual(width) else columns)
            screen.narrow(replace(query, text=with_columns(query.text, ())))
            screen.say("These columns are yours from now on, wherever a query names none.")
