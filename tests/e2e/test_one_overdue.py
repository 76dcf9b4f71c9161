"""One definition of overdue: on random desks and clocks, everything that says whether a case is overdue agrees."""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.services.test_past import Working
from tests.unit.services.world import World
from tuitrack import bootstrap
from tuitrack.commands import run
from tuitrack.domain.board import BoardBy
from tuitrack.domain.deadlines import DueFilter
from tuitrack.domain.queue import CaseRow, QueueQuery, Scope
from tuitrack.exchange.case_file import as_lines
from tuitrack.exchange.case_lines import fact_lines, short_line
from tuitrack.exchange.case_outline import outline_of
from tuitrack.exchange.case_tables import text_table
from tuitrack.services.exports import Format
from tuitrack.storage.store import open_store
from tuitrack.tui.present import row_due
from tuitrack.tui.present_case import header_texts

HOURS = st.integers(0, 24 * 30 * 3_600_000).map(lambda ms: timedelta(milliseconds=ms))
"""How long after the last change one looks, in the milliseconds in which moments are kept."""
EVERYTHING = QueueQuery(scope=Scope.ALL)


def a_desk(folder: Path, seed: int) -> World:
    """A desk at which two agents have worked at random."""
    store = open_store(folder / "home" / "tuitrack.db", folder / "home" / "backups")
    world = World(store)
    Working(world, seed).go_on(90)
    return world


def overdue_by_domain(world: World, now: datetime) -> dict[str, bool]:
    """Whether the domain calls any deadline of each case overdue, by reference."""
    cases = list(world.ana.queue.cases(EVERYTHING))
    return {one.case.reference: any(due.is_overdue(now) for due in one.deadlines) for one in cases}


def said_of_lists(world: World, now: datetime) -> dict[str, set[str]]:
    """The references of the cases that are overdue, as each list and file says it."""
    queue = world.ana.queue
    rows: tuple[CaseRow, ...] = queue.page(EVERYTHING).rows
    whole = list(queue.cases(EVERYTHING))
    tables = {}
    for form in (Format.CSV, Format.JSON):
        file = StringIO()
        table = text_table(form, file, now)
        for one in whole:
            table.write(one)
        table.close()
        tables[form] = file.getvalue()
    filed = csv.DictReader(StringIO(tables[Format.CSV], newline=""))
    return {
        "row": {row.reference for row in rows if row_due(row, now).text.startswith("! OVERDUE")},
        "filter": {row.reference for row in queue.page(QueueQuery(scope=Scope.ALL, due=DueFilter.OVERDUE)).rows},
        "query": {row.reference for row in queue.page(QueueQuery("is:all is:overdue")).rows},
        "due:overdue": {row.reference for row in queue.page(QueueQuery("due:overdue")).rows},
        "not -is:overdue": {row.reference for row in rows}
        - {row.reference for row in queue.page(QueueQuery("is:all -is:overdue")).rows},
        "csv": {row["reference"] for row in filed if row["overdue"]},
        "json": {one["reference"] for one in json.loads(tables[Format.JSON]) if one["overdue"]},
        "line": {one.case.reference for one in whole if " overdue " in short_line(one.case, one.customer, now)},
        "facts": {
            one.case.reference
            for one in whole
            if any(line.startswith("Next: ") and "overdue" in line for line in fact_lines(one.case, one.customer, now))
        },
    }


def said_of_cases(world: World, now: datetime) -> dict[str, set[str]]:
    """The same as each case by itself says it: its header, everything about it, and what was late in it by now."""
    files = [world.ana.casefile.whole(one.case.id) for one in list(world.ana.queue.cases(EVERYTHING))]
    return {
        "header": {f.case.reference for f in files if any("! OVERDUE" in text for text, _ in header_texts(f, now))},
        "show": {
            f.case.reference
            for f in files
            if any(line.startswith("Next: ") and "overdue" in line for line in as_lines(outline_of(f, now)))
        },
    }


def counted(world: World) -> dict[str, int]:
    """How many are overdue, as each count says it."""
    queue, board = world.ana.queue, world.ana.board.board()
    place = 0
    return {
        "top": queue.counts(EVERYTHING).overdue,
        "told": queue.told(QueueQuery("is:all")).counts.overdue,
        "view": queue.counts(QueueQuery(world.ana.views.named("Overdue").text)).all,
        "count": queue.count(QueueQuery("is:overdue"), 1000),
        "board": board.total.numbers[place],
        **{f"board by {by}": sum(row.numbers[place] for row in board.rows(by)) for by in BoardBy},
    }


@pytest.mark.parametrize("seed", range(3))
def test_every_place_calls_the_same_cases_overdue(tmp_path: Path, seed: int) -> None:
    world = a_desk(tmp_path, seed)
    worked_until, found = world.now, 0

    @settings(max_examples=15, database=None)
    @given(HOURS)
    def looked_at(later: timedelta) -> None:
        nonlocal found
        world.now = worked_until + later
        now = world.ana.desk.now()
        overdue = {reference for reference, is_so in overdue_by_domain(world, now).items() if is_so}
        found += len(overdue)
        for place, said in (said_of_lists(world, now) | said_of_cases(world, now)).items():
            assert said == overdue, place
        assert set(counted(world).values()) == {len(overdue)}, counted(world)

    looked_at()
    assert found
    world.store.close()


def test_what_is_due_at_this_very_moment_is_not_overdue_anywhere_yet(tmp_path: Path) -> None:
    world = a_desk(tmp_path, 1)
    moments = {due.due_at for one in list(world.ana.queue.cases(EVERYTHING)) for due in one.deadlines if due.is_running}
    for moment in sorted(moments)[:6]:
        for world.now in (moment, moment + timedelta(milliseconds=1)):
            now = world.ana.desk.now()
            overdue = {reference for reference, is_so in overdue_by_domain(world, now).items() if is_so}
            assert said_of_lists(world, now) == dict.fromkeys(said_of_lists(world, now), overdue)
            assert set(counted(world).values()) == {len(overdue)}
    world.store.close()


def test_the_commands_say_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    world = a_desk(tmp_path, 2)
    (tmp_path / "home").chmod(0o700)
    now = world.passes(days=3)
    overdue = {reference for reference, is_so in overdue_by_domain(world, now).items() if is_so}
    world.store.close()
    monkeypatch.setenv("TUITRACK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TUITRACK_TIME_ZONE", "Europe/Zagreb")
    monkeypatch.setattr(bootstrap, "clock", lambda: now)

    def told(*arguments: str) -> str:
        assert run(["--as", "ana", *arguments]) == 0
        return capsysbinary.readouterr().out.decode()

    target = tmp_path / "overdue.csv"
    told("export", "--view", "overdue", "--to", str(target))
    assert overdue
    assert {line.split()[0] for line in told("list", "is:overdue").splitlines()} == overdue
    assert {one["reference"] for one in json.loads(told("list", "is:all", "--json")) if one["overdue"]} == overdue
    filed = csv.DictReader(StringIO(target.read_text("utf-8-sig"), newline=""))
    assert {row["reference"] for row in filed if row["overdue"]} == overdue
    views = {one["name"]: one["cases"] for one in json.loads(told("views", "--json"))}
    assert views["Overdue"] == str(len(overdue))
    for reference in sorted(overdue):
        assert any(line.startswith("Next: ") and "overdue" in line for line in told("show", reference).splitlines()), (
            reference
        )


def test_the_clock_has_no_more_places_than_what_it_is_compared_with() -> None:
    assert {bootstrap.clock().microsecond % 1000 for _ in range(20)} == {0}
