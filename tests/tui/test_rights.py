"""What one may not do: said at once, shown quietly in the help, and stored by nobody."""

from __future__ import annotations

import pytest

from tests.builders import an_agent
from tests.tui.case_desk import CaseDesk, DeskApp, case_app, press, queue_app
from tuitrack.domain.permissions import Right
from tuitrack.domain.words import Role
from tuitrack.tui.commands import COMMANDS, Place
from tuitrack.tui.lines import Tone
from tuitrack.tui.screens.help import help_blocks


def desk_for(role: Role) -> CaseDesk:
    """A desk at which Ana has a role by the time she starts the program."""
    desk = CaseDesk()
    desk.take()
    give(desk, role)
    return desk


def give(desk: CaseDesk, role: Role) -> None:
    """Give Ana another role."""
    with desk.store.writing() as writer:
        writer.put_agent(an_agent("ana", role=role))


def last_line(app: DeskApp) -> str:
    return app.text.splitlines()[-1]


def test_every_command_names_a_right_of_the_table() -> None:
    assert {command.needs for command in COMMANDS if command.needs} <= set(Right)


async def test_an_agent_is_told_who_imports() -> None:
    desk = desk_for(Role.AGENT)
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "i")
        assert app.screen is app.queue
        assert "! Ana may not import registers: only supervisor or administrator may." in last_line(app)
    assert [denial.right for denial in desk.services.rights.denials()] == [Right.IMPORT_CASES]


@pytest.mark.parametrize("key", ["n", "c", "x", "e", "t", "d", "exclamation_mark"])
async def test_a_reader_changes_no_case(key: str) -> None:
    desk = desk_for(Role.READ_ONLY)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, key)
        assert "! Ana may not change cases" in last_line(app)
    assert desk.file(1).case.version == 1


@pytest.mark.parametrize(
    ("key", "told", "then"),
    [("S", "Steps of C26-000001-9", ("d", "s", "w", "2")), ("F", "Say to Ana Zorić", ("enter",))],
)
async def test_a_reader_looks_at_steps_and_phrases_and_keeps_nothing(
    key: str, told: str, then: tuple[str, ...]
) -> None:
    desk = desk_for(Role.READ_ONLY)
    before = desk.file(1)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, key)
        assert told in app.text
        await press(app, pilot, *then)
    assert desk.file(1).entries == before.entries
    assert desk.file(1).steps == before.steps


async def test_a_role_given_meanwhile_counts_at_once() -> None:
    desk = desk_for(Role.AGENT)
    async with queue_app(desk) as (app, pilot):
        give(desk, Role.SUPERVISOR)
        await press(app, pilot, "i")
        assert app.screen is not app.queue


async def test_a_role_taken_away_meanwhile_stores_nothing_and_keeps_the_text() -> None:
    desk = desk_for(Role.AGENT)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "n")
        await press(app, pilot, *"called")
        give(desk, Role.READ_ONLY)
        await press(app, pilot, "f2")
        assert "Ana may not change cases" in app.text
        assert "called" in app.text
    assert desk.file(1).case.version == 1


def test_the_help_shows_quietly_what_one_may_not_do() -> None:
    blocks = dict(help_blocks(Place.QUEUE, "", 80, missing_rights=frozenset({Right.IMPORT_CASES})))
    (line,) = blocks[Place.QUEUE.value, "import_register"]
    assert line.tone is Tone.QUIET
    assert line.text.endswith("Import: for supervisor or administrator.")
    (open_to_all,) = blocks[Place.QUEUE.value, "search_cases"]
    assert open_to_all.tone is Tone.PLAIN
