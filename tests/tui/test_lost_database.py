"""No key ends the program while the database cannot be read: that is told, and all goes on once it can be."""

from __future__ import annotations

from tests.tui.case_desk import CaseDesk, case_app, press, queue_app
from tuitrack.tui.commands import Place, commands_by_key


async def test_no_key_of_the_queue_ends_the_program_while_the_database_is_lost() -> None:
    desk = CaseDesk()
    case = desk.take()
    async with queue_app(desk) as (app, pilot):
        for key, command in commands_by_key(Place.QUEUE).items():
            if command != "quit_program":
                with desk.store.lost():
                    await press(app, pilot, key)
                    assert app.return_code is None, f"{key} ({command}) ended the program"
                    # Out of a form, a search, a filter.
                    await press(app, pilot, *["escape"] * 3)
                assert app.screen is app.queue, f"{key} ({command}) cannot be left"
        await press(app, pilot, "f5")
        assert case.reference in app.text


async def test_no_key_of_a_case_ends_the_program_while_the_database_is_lost() -> None:
    desk = CaseDesk()
    case = desk.take()
    async with case_app(desk, case.id) as (app, pilot):
        of_case = app.screen
        for key, command in commands_by_key(Place.CASE).items():
            if command not in ("quit_program", "leave_screen"):
                with desk.store.lost():
                    await press(app, pilot, key)
                    assert app.return_code is None, f"{key} ({command}) ended the program"
                    if app.screen is not of_case:
                        await press(app, pilot, "escape")
                assert app.screen is of_case, f"{key} ({command}) cannot be left"
        await press(app, pilot, "f5")
        assert case.reference in app.text
