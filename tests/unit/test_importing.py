"""Registers are taken in row by row, told row by row, and taken back as a whole."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.builders import an_agent
from tuitrack.domain.case import Case
from tuitrack.domain.errors import Refusal
from tuitrack.domain.queue import QueueQuery, Scope
from tuitrack.domain.words import Outcome, Status
from tuitrack.exchange.importer import RegisterImporter
from tuitrack.services.casework import CaseworkService
from tuitrack.services.desk import Desk
from tuitrack.services.importing import BATCH_SIZE
from tuitrack.services.registers import Choices, Progress, RowOutcome, Summary
from tuitrack.settings import Settings
from tuitrack.storage.store import open_store

NOW = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
REAL = Path(__file__).parents[2] / "../shared/data"
REAL_ROWS = {
    "cfpb_2019_us_dates.csv": 3_000,
    "cfpb_excel_mixed_dates.xlsx": 12_475,
    "cfpb_narratives_iso.csv": 268,
    "nyc311_2018.csv": 1_000,
}
HEADER = "Broj;Datum zaprimanja;Kupac;Telefon;Opis;Status;Datum zatvaranja;Kupac potvrdio"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = open_store(tmp_path / "desk" / "tuitrack.db", tmp_path / "desk" / "backups")
    with store.writing() as writer:
        writer.put_agent(an_agent("ana"))
    yield Desk(store, "ana", replace(Settings(), time_zone="Europe/Zagreb", region="HR"), lambda: NOW)
    store.close()


@pytest.fixture
def importer(desk: Desk, tmp_path: Path) -> RegisterImporter:
    return RegisterImporter(desk, tmp_path / "reports", tmp_path / "profiles")


def register(path: Path, *rows: str) -> Path:
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return register(
        tmp_path / "register.csv",
        "1;14.11.2024.;Ana Zorić;091 234 5678;Kutija poderana;Zatvoreno;20.11.2024.;",
        "2;15.11.2024.;Ana Zorić;091 234 5678;Račun dvaput;Zatvoreno;21.11.2024.;25.11.2024.",
        "3;jučer;Ivo;;Kasni;Otvoreno;;",
        "4;16.11.2024.;Ivo;;Kasni;Na Mjesecu;;",
        "5;17.11.1998.;;;Davno;Otvoreno;;",
    )


def take(importer: RegisterImporter, path: Path, *, dry_run: bool = False, choices: Choices | None = None) -> Summary:
    return importer.take_in(path, choices or Choices(), dry_run=dry_run)


def cases(desk: Desk, text: str = "") -> list[Case]:
    with desk.store.reading() as reader:
        page = reader.page(QueueQuery(scope=Scope.ALL, text=text), desk.now(), 100)
        return sorted((reader.case(row.id) for row in page.rows), key=lambda case: case.foreign_id)


def test_a_case_keeps_its_own_dates_and_status(desk: Desk, importer: RegisterImporter, book: Path) -> None:
    take(importer, book)
    closed, confirmed, unknown, old = cases(desk)
    assert desk.day_of(closed.received_at) == date(2024, 11, 14)
    assert (closed.status, closed.outcome) == (Status.CLOSED, Outcome.UNCONFIRMED)
    assert closed.closed_at
    assert desk.day_of(closed.closed_at) == date(2024, 11, 20)
    assert closed.customer_confirmed_on is None
    assert (confirmed.outcome, confirmed.customer_confirmed_on) == (Outcome.CONFIRMED, date(2024, 11, 25))
    assert (unknown.status, unknown.next_due_at is not None) == (Status.OPEN, True)
    assert old.reference.startswith("C00-")
    assert closed.reference.startswith("C24-")


def test_what_happened_stands_in_the_timeline_on_its_own_day(
    desk: Desk, importer: RegisterImporter, book: Path
) -> None:
    take(importer, book)
    confirmed = cases(desk)[1]
    with desk.store.reading() as reader:
        entries = reader.timeline(confirmed.id, 10)
    assert [str(desk.day_of(entry.occurred_at)) for entry in entries] == [
        "2024-11-15",
        "2024-11-21",
        "2024-11-21",
        "2024-11-25",
    ]
    assert all(entry.entered_at == NOW for entry in entries)


def test_the_same_customer_is_taken_once(desk: Desk, importer: RegisterImporter, book: Path, tmp_path: Path) -> None:
    take(importer, book)
    take(importer, register(tmp_path / "next.csv", "9;14.01.2025.;Ana Zorić;+385 91 234 5678;Opet;Otvoreno;;"))
    first, second, *_, later = cases(desk)
    assert first.customer_id == second.customer_id
    assert later.customer_id != first.customer_id
    take(importer, register(tmp_path / "last.csv", "91;14.01.2025.;Ana Zorić;091/2345-678;Opet;Otvoreno;;"))
    assert cases(desk)[-1].customer_id == first.customer_id


def test_every_row_has_its_fate_in_the_report(importer: RegisterImporter, book: Path) -> None:
    summary = take(importer, book)
    assert summary.counts == {RowOutcome.TAKEN: 3, RowOutcome.CHANGED: 1, RowOutcome.REFUSED: 1}
    assert next(iter(summary.reasons)).startswith("received: “…” is not a date")
    with summary.report.open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.reader(file))[1:]
    assert [(row[0], row[1]) for row in told] == [
        ("2", "taken"),
        ("3", "taken"),
        ("4", "refused"),
        ("5", "changed"),
        ("6", "taken"),
    ]
    assert "jučer" in told[2][2]
    assert "Na Mjesecu" in told[3][2]


def test_a_dry_run_tells_the_same_and_stores_nothing(desk: Desk, importer: RegisterImporter, book: Path) -> None:
    with book.open("a", encoding="utf-8") as file:
        file.write("1;14.11.2024.;Ana Zorić;091 234 5678;Kutija poderana;Zatvoreno;20.11.2024.;\n")
    tried = take(importer, book, dry_run=True)
    assert cases(desk) == []
    assert importer.runs() == []
    assert tried.counts == take(importer, book).counts
    assert tried.counts[RowOutcome.ALREADY_THERE] == 1


def test_a_second_run_adds_nothing(desk: Desk, importer: RegisterImporter, book: Path) -> None:
    take(importer, book)
    before = cases(desk)
    again = take(importer, book)
    assert again.counts == {RowOutcome.ALREADY_THERE: 4, RowOutcome.REFUSED: 1}
    assert cases(desk) == before


def test_another_register_may_use_the_same_numbers(desk: Desk, importer: RegisterImporter, tmp_path: Path) -> None:
    take(importer, register(tmp_path / "one.csv", "1;14.11.2024.;Ana;;Kasni;Otvoreno;;"))
    take(importer, register(tmp_path / "two.csv", "1;14.11.2025.;Ivo;;Poderano;Otvoreno;;"))
    assert len(cases(desk)) == 2


def test_a_run_is_undone_but_for_what_was_worked_on(desk: Desk, importer: RegisterImporter, book: Path) -> None:
    run = take(importer, book).run
    assert run
    worked_on = cases(desk)[2]
    CaseworkService(desk).take(worked_on.id, worked_on.version)
    undone = importer.undo(run.id)
    assert (undone.removed, undone.kept) == (3, (worked_on.reference,))
    assert [case.id for case in cases(desk)] == [worked_on.id]
    with desk.store.reading() as reader:
        assert reader.find_customers("Zorić", 5) == []
    with pytest.raises(Refusal, match="already undone"):
        importer.undo(run.id)


def test_what_was_undone_can_be_imported_again(desk: Desk, importer: RegisterImporter, book: Path) -> None:
    run = take(importer, book).run
    assert run
    first = {case.reference for case in cases(desk)}
    importer.undo(run.id)
    assert take(importer, book).new == 4
    assert first.isdisjoint(case.reference for case in cases(desk))


def test_a_run_of_many_batches_can_be_stopped_and_completed(
    desk: Desk, importer: RegisterImporter, tmp_path: Path
) -> None:
    rows = [f"{number};14.11.2024.;Kupac {number};;Kasni;Otvoreno;;" for number in range(3 * BATCH_SIZE)]
    path = register(tmp_path / "long.csv", *rows)
    heard: list[Progress] = []
    stopped = importer.take_in(path, Choices(), dry_run=False, on_progress=heard.append, stop=lambda: len(heard) == 2)
    assert (stopped.stopped, stopped.new) == (True, 2 * BATCH_SIZE)
    assert stopped.run
    assert (stopped.run.taken, stopped.run.finished_at) == (2 * BATCH_SIZE, NOW)
    assert 0 < heard[0].share < heard[1].share <= 1
    rest = take(importer, path)
    assert rest.counts == {RowOutcome.TAKEN: BATCH_SIZE, RowOutcome.ALREADY_THERE: 2 * BATCH_SIZE}
    with desk.store.reading() as reader:
        assert reader.counts(QueueQuery(scope=Scope.ALL), desk.now(), 9_999).all == 3 * BATCH_SIZE


def test_what_was_found_can_be_changed(desk: Desk, importer: RegisterImporter, book: Path) -> None:
    choices = Choices(
        columns=(("Opis", "words"), ("Telefon", "")), words=(("status", "Na Mjesecu", "waiting"),), keep_rest=False
    )
    summary = take(importer, book, choices=choices)
    assert summary.counts[RowOutcome.CHANGED] == 0
    case = cases(desk)[2]
    assert (case.words, case.status) == ("Kasni", Status.WAITING)
    assert "091" not in cases(desk)[0].details


def test_a_profile_carries_the_mapping_to_the_next_file(
    desk: Desk, importer: RegisterImporter, book: Path, tmp_path: Path
) -> None:
    importer.save_profile("shop", book, Choices(columns=(("Opis", "words"),)))
    assert importer.profiles() == ("shop",)
    take(
        importer,
        register(tmp_path / "next.csv", "7;14.11.2024.;Ana;;Kasni;Otvoreno;;"),
        choices=Choices(profile="shop"),
    )
    assert cases(desk)[0].words == "Kasni"


def test_open_dates_are_refused_until_somebody_chooses_the_order(
    desk: Desk, importer: RegisterImporter, tmp_path: Path
) -> None:
    path = register(tmp_path / "open.csv", "1;04/05/2024;Ana;;Kasni;Otvoreno;;")
    assert importer.plan(path, Choices()).dates[0].open
    assert take(importer, path).counts == {RowOutcome.REFUSED: 1}
    chosen = Choices(date_order="month-first")
    assert not importer.plan(path, chosen).dates[0].open
    assert take(importer, path, choices=chosen).new == 1
    assert desk.day_of(cases(desk)[0].received_at) == date(2024, 4, 5)


@pytest.mark.parametrize(
    ("choices", "field"),
    [
        (Choices(date_order="year-first"), "date_order"),
        (Choices(swapped="maybe"), "swapped"),
        (Choices(columns=(("Nema", "words"),)), "column"),
        (Choices(columns=(("Opis", "nothing"),)), "field"),
        (Choices(words=(("status", "Na Mjesecu", "lost"),)), "status"),
        (Choices(profile="absent"), "profile"),
    ],
)
def test_a_wrong_choice_is_refused_by_name(
    importer: RegisterImporter, book: Path, choices: Choices, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        importer.plan(book, choices)
    assert refused.value.field == field


def test_real_registers_are_taken_whole_once_and_taken_back(desk: Desk, tmp_path: Path) -> None:
    runs = []
    for name, rows in REAL_ROWS.items():
        path = REAL / name
        if not path.exists():
            continue
        importer = RegisterImporter(desk, tmp_path / "reports", tmp_path / "profiles")
        summary = take(importer, path)
        assert (summary.rows, summary.counts[RowOutcome.REFUSED]) == (rows, 0)
        assert summary.new + summary.counts[RowOutcome.ALREADY_THERE] == rows
        assert take(importer, path, dry_run=True).counts == {RowOutcome.ALREADY_THERE: rows}
        assert summary.run
        runs.append((summary.run.id, summary.new))
    for run, new in reversed(runs):
        assert importer.undo(run).removed == new
    assert cases(desk) == []
