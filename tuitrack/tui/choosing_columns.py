"""The columns of the queue, chosen in a dialog and kept in its query or for all queries that name none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tuitrack.domain.query.printing import with_columns
from tuitrack.tui.screens.columns import Columns, ColumnsScreen, KeepAlways, KeepColumns

if TYPE_CHECKING:
    from tuitrack.tui.loading import LoadingScreen
    from tuitrack.tui.widgets.case_list import CaseList


async def choose_columns(screen: LoadingScreen, cases: CaseList) -> None:
    """Let the columns of a screen's list be chosen; call it from a worker."""
    query, preferences = screen.query_shown, screen.services.preferences
    usual = cases.usual_columns
    with screen.desk.hold_keys():
        without_choice = await screen.backstage.read(preferences.columns) or usual

    def show(columns: Columns) -> None:
        named = () if columns == without_choice else columns
        screen.narrow(replace(query, text=with_columns(query.text, named)))

    match await screen.app.push_screen_wait(ColumnsScreen(cases.columns, cases.line_width, show)):
        case None:
            screen.narrow(query)
        case KeepColumns():
            screen.say("Saving the view (V, then n) keeps the columns with it.")
        case KeepAlways(columns):
            with screen.desk.hold_keys():
                await screen.backstage.write(preferences.choose_columns, () if columns == usual else columns)
            screen.narrow(replace(query, text=with_columns(query.text, ())))
            screen.say("These columns are yours from now on, wherever a query names none.")
