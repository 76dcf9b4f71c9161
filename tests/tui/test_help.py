"""Help: every command of a place with its keys, found by a word, run from the list."""

from __future__ import annotations

import pytest

from tests.case_rows import case_row
from tests.tui.queue_desk import QueueDeskApp
from tests.tui.snapshot import check_snapshot, screen_text
from tuitrack.tui.commands import Place, commands_of, help_places
from tuitrack.tui.screens.help import HelpScreen, help_blocks
from tuitrack.tui.screens.queue import QueueScreen


@pytest.mark.parametrize("place", Place)
def test_every_command_that_works_in_a_place_is_listed(place: Place) -> None:
    listed = [key for key, _ in help_blocks(place, "", 80)]
    assert listed == [(at.value, command.id) for at in help_places(place) for command in commands_of(at)]


def test_words_find_commands_by_key_title_and_sentence() -> None:
    found = [key for key, _ in help_blocks(Place.QUEUE, "PHONE account", 80)]
    assert found == [(Place.ANYWHERE.value, "go_to")]


async def test_the_help_of_the_queue() -> None:
    app = QueueDeskApp([case_row(1)])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f1")
        lines = screen_text(app).splitlines()
        assert "Queue" in lines[1] or "Queue" in lines[2]
        await pilot.press(*"due")
        await pilot.pause()
        check_snapshot(app, "help_found")


async def test_what_is_cut_in_the_list_stands_whole_below_it() -> None:
    app = QueueDeskApp([case_row(1)])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f1", *"change marked")
        await pilot.pause()
        told = " ".join(screen_text(app).replace("│", " ").split())
        assert "tags, status, date or note, after a rehearsal. u undoes it." in told


async def test_page_down_goes_through_all_commands_page_by_page() -> None:
    app = QueueDeskApp([case_row(1)])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f1")
        seen: list[str] = []
        for _ in range(6):
            await pilot.pause()
            seen += [line for line in screen_text(app).splitlines() if line not in seen]
            await pilot.press("pagedown")
    shown = "\n".join(seen)
    for at in help_places(Place.QUEUE):
        assert all(f"{command.title}: " in shown for command in commands_of(at))


async def test_nothing_found_runs_nothing() -> None:
    app = QueueDeskApp([case_row(1)])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark", *"xyzzy", "enter")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, QueueScreen)


async def test_a_command_of_the_list_runs_there() -> None:
    app = QueueDeskApp([case_row(1), case_row(2)])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark", *"last line", "enter")
        await pilot.press("enter")
        await app.keys.settled()
        assert app.opened == ["case 2"]
