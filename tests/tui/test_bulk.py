"""Changing the marked cases of the queue: the form, the rehearsal, the run, and taking it back."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

import pytest

from tests.builders import NOW
from tests.fakes import MemoryWriter
from tests.patience import PATIENCE_S
from tests.tui.case_desk import CaseDesk, DeskApp, press, queue_app, type_text
from tests.tui.snapshot import check_snapshot
from tests.tui.test_exporting import until
from tuitrack.domain.bulk import Fate
from tuitrack.domain.words import Priority
from tuitrack.services.bulk import Rehearsal
from tuitrack.services.bulk_words import sums
from tuitrack.services.steps import Steps, Tally
from tuitrack.tui.present_bulk import fate_blocks


@pytest.fixture
def desk() -> CaseDesk:
    """Six cases, due one after the other; the second is marko's, the third is closed."""
    desk = CaseDesk()
    for number in range(1, 7):
        desk.take(subject=f"Router {number}", return_at=desk.now + timedelta(days=number))
    desk.services.casework.assign(2, "marko", seen=1)
    desk.now = NOW + timedelta(days=1)
    return desk


def owners(desk: CaseDesk) -> list[str | None]:
    return [desk.file(case_id).case.owner for case_id in range(1, 7)]


def first_line(app: DeskApp) -> str:
    return app.text.splitlines()[0].strip()


def hints(app: DeskApp) -> str:
    """The line of keys, above the messages."""
    return next(line.strip() for line in app.text.splitlines() if "? help" in line)


async def test_without_marks_the_key_tells_how_to_mark(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "e")
        assert "No case is marked; + marks the one under the cursor." in app.text


async def test_marked_cases_are_rehearsed_changed_undone_and_done_again(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, *["plus"] * 4, "e")
        assert "Change 4 marked cases: what is empty stays; a rehearsal comes first" in app.text
        check_snapshot(app, "bulk_form")
        await type_text(app, pilot, "marko")
        await press(app, pilot, "f2")
        await until(app, pilot, "nothing is stored yet")
        assert first_line(app) == "3 change, 1 do not · Owner: marko · nothing is stored yet"
        check_snapshot(app, "bulk_rehearsal")
        assert owners(desk) == [None, "marko", None, None, None, None]
        await press(app, pilot, "r")
        await until(app, pilot, "3 changed, 1 not · Owner: marko")
        assert owners(desk) == ["marko"] * 4 + [None] * 2
        await press(app, pilot, "r")
        assert "That is done already." in app.text
        await press(app, pilot, "escape")
        await until(app, pilot, "3 changed, 1 not. u takes all of it back.")
        await press(app, pilot, "u")
        await until(app, pilot, "3 undone · Owner: marko")
        assert owners(desk) == [None, "marko", None, None, None, None]
        await press(app, pilot, "q")
        await until(app, pilot, "3 undone. Ctrl+Y does it again.")
        await press(app, pilot, "ctrl+y")
        await until(app, pilot, "3 done again · Owner: marko")
        assert owners(desk) == ["marko"] * 4 + [None] * 2
        await press(app, pilot, "escape")
        assert "4 marked" in app.text


async def test_the_keys_below_are_those_of_the_moment_and_the_run_is_undone_where_it_was_made(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, *["plus"] * 3, "e", *"marko", "f2")
        await until(app, pilot, "nothing is stored yet")
        assert hints(app).startswith("r change them  Esc stop or back  ? help")
        await press(app, pilot, "u")
        assert "! Nothing is changed yet." in app.text
        await press(app, pilot, "r")
        await until(app, pilot, "2 changed, 1 not · Owner: marko")
        assert hints(app).startswith("u undo  Esc stop or back  ? help")
        await press(app, pilot, "u")
        await until(app, pilot, "2 undone. Ctrl+Y does it again.")
        assert first_line(app) == "2 undone · Owner: marko"
        assert owners(desk) == [None, "marko", None, None, None, None]
        await press(app, pilot, "ctrl+y")
        await until(app, pilot, "2 done again. u takes it back.")
        assert owners(desk) == ["marko"] * 3 + [None] * 3
        await press(app, pilot, "u")
        await until(app, pilot, "2 undone. Ctrl+Y does it again.")
        await press(app, pilot, "escape")
        await until(app, pilot, "2 undone.")
        assert "3 marked" in app.text


async def test_the_way_back_from_a_rehearsal_leads_to_what_was_typed(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "plus", "e", *"ana", "f2")
        await until(app, pilot, "nothing is stored yet")
        await press(app, pilot, "escape")
        await until(app, pilot, "Owner                 ana")
        await press(app, pilot, "escape")
        await until(app, pilot, "Kept as a draft.")
        assert owners(desk)[0] is None
        await press(app, pilot, "f5")
        assert "Half typed: a change of many cases (e goes on)" in app.text


async def test_what_is_refused_is_told_at_its_field_and_stays_typed(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "plus", "e", "f2")
        assert "! Say what is to change." in app.text
        await press(app, pilot, *"zoe", "f2")
        assert "! Owner: there is no agent “zoe”." in app.text


async def test_nothing_runs_where_no_case_would_change(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "j", "plus", "e", *"marko", "f2")
        await until(app, pilot, "nothing is stored yet")
        await press(app, pilot, "r")
        assert "! No case would change." in app.text
        assert first_line(app) == "0 change, 1 do not · Owner: marko · nothing is stored yet"


async def test_a_case_of_the_list_is_opened_and_left_again(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "plus", "e", *"marko", "f2")
        await until(app, pilot, "nothing is stored yet")
        await press(app, pilot, "enter")
        await until(app, pilot, "Router 1")
        await press(app, pilot, "q")
        await until(app, pilot, "nothing is stored yet")


@pytest.fixture
def gate(desk: CaseDesk, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Holds the store of the desk; two cases are changed at once."""
    monkeypatch.setattr(Steps, "at_once", 2)
    return Gate(desk, monkeypatch)


class Gate:
    """Holds every transaction of a store back once it is shut, and lets as many pass as one says.

    Reading is held back only where a rehearsal asks for cases.
    """

    def __init__(self, desk: CaseDesk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.shut = False
        self._passes = threading.Semaphore(0)
        writing = desk.store.writing

        @contextmanager
        def held() -> Iterator[MemoryWriter]:
            assert not self.shut or self._passes.acquire(timeout=PATIENCE_S)
            with writing() as writer:
                yield writer

        monkeypatch.setattr(desk.store, "writing", held)
        look = Rehearsal.work

        def look_later(rehearsal: Rehearsal, rows: Sequence[int]) -> list[Fate]:
            assert not self.shut or self._passes.acquire(timeout=PATIENCE_S)
            return look(rehearsal, rows)

        monkeypatch.setattr(Rehearsal, "work", look_later)

    def let_pass(self, times: int) -> None:
        """Let so many transactions go on."""
        self._passes.release(times)


async def test_a_run_stops_between_cases_and_what_is_done_stays(desk: CaseDesk, gate: Gate) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "asterisk", "e", *"ana", *["tab"] * 7, *"ill", "f2")
        await until(app, pilot, "nothing is stored yet")
        gate.shut = True
        await pilot.press("r")
        gate.let_pass(1)
        await until(app, pilot, "Changing [#######-------------]  33%  2 of 6")
        await pilot.press("r", "q")
        await until(app, pilot, "! Changing goes on; Esc stops it.")
        await pilot.press("escape")
        await app.keys.settled()
        gate.shut = False
        gate.let_pass(1)
        await until(app, pilot, "4 changed, 2 not tried · Owner: ana")
        assert "2 more were not tried." in app.text
        assert owners(desk).count("ana") == 4
        await press(app, pilot, "escape")
        await until(app, pilot, "4 changed, 2 not tried. u takes all of it back.")
        await press(app, pilot, "u")
        await until(app, pilot, "4 undone · Owner: ana")
        assert owners(desk) == [None, "marko", None, None, None, None]


async def test_a_rehearsal_that_is_stopped_leads_back_to_the_form(desk: CaseDesk, gate: Gate) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "asterisk", "e", *"ana")
        gate.shut = True
        await pilot.press("f2")
        await until(app, pilot, "Looking [--------------------]   0%  0 of 6")
        await pilot.press("r", "escape")
        await app.keys.settled()
        gate.shut = False
        gate.let_pass(2)
        await until(app, pilot, "Owner                 ana")
    assert owners(desk) == [None, "marko", None, None, None, None]


async def test_a_run_ends_where_nothing_can_be_stored(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "plus", "e", *"marko", "f2")
        await until(app, pilot, "nothing is stored yet")
        desk.store.full = True
        await press(app, pilot, "r")
        await until(app, pilot, "! The disk is full; nothing was stored.")
        assert first_line(app) == "0 changed, 1 not tried · Owner: marko"
        desk.store.full = False


async def test_keys_typed_ahead_change_nothing_that_was_not_looked_at(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "plus", "plus", "e", *"marko", "f2", "f2", "f2")
        await until(app, pilot, "1 change, 1 do not · Owner: marko · nothing is stored yet")
        assert owners(desk) == [None, "marko", None, None, None, None]
        await press(app, pilot, "f9")
        await until(app, pilot, "1 changed, 1 not · Owner: marko")


async def test_priority_and_note_go_together(desk: CaseDesk) -> None:
    async with queue_app(desk, size=(200, 50)) as (app, pilot):
        await press(app, pilot, "plus", "plus", "e", "tab", "h", "f4", *"Storm", "f2")
        await until(app, pilot, "2 change · Priority: high · nothing is stored yet")
        assert "priority: normal → high; note: Storm" in app.text
        await press(app, pilot, "r")
        await until(app, pilot, "2 changed · Priority: high")
    assert [desk.file(number).case.priority for number in (1, 2, 3)] == [Priority.HIGH, Priority.HIGH, Priority.NORMAL]
    assert desk.file(1).entries[-1].body == "Storm"


def test_cases_that_stay_come_first_and_none_is_told_by_its_look_alone() -> None:
    fates = [Fate(1, "C26-000001-9", 1, "owner: nobody → bo"), Fate(2, "", 0, reason="It is no longer there.")]
    blocks = fate_blocks(Tally(fates), 1_200, 80)
    assert [(key, [line.text for line in lines]) for key, lines in blocks] == [
        (2, ["(unknown)  stays: It is no longer there."]),
        (1, ["C26-000001-9  owner: nobody → bo"]),
        (0, ["1,200 more were not tried."]),
    ]
    assert sums(Tally(fates), "changed", 1_200) == "1 changed, 1 not, 1,200 not tried"
    assert sums(Tally(fates[:1]), "change") == "1 change"
