"""Whole registers from opening to the last case: one made here, and the real ones where they are at hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl  # type: ignore[import-untyped]

from tuitrack.domain.errors import Refusal
from tuitrack.domain.imported import ImportedCase
from tuitrack.domain.words import Status
from tuitrack.exchange.date_order import DateOrder
from tuitrack.exchange.dates import DateFormat, Order
from tuitrack.exchange.proposal import propose, settle_dates
from tuitrack.exchange.register import open_register
from tuitrack.exchange.rows import RowReader
from tuitrack.exchange.survey import Survey, UnknownWord, survey

REAL = Path(__file__).parents[3] / "../shared/data"
NOW = datetime(2026, 6, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Taken:
    """What came out of a register."""

    survey: Survey
    cases: list[ImportedCase]
    refused: list[Refusal]


def take(path: Path) -> Taken:
    cases, refused = [], []
    with open_register(path) as register:
        mapping = propose(register.header, register.sample)
        seen = survey(register, mapping)
        reader = RowReader(register.header, settle_dates(mapping, seen.dates), ZoneInfo("UTC"), NOW)
        for row in register.rows():
            try:
                cases.append(reader.read(row))
            except Refusal as refusal:
                refused.append(refusal)
    return Taken(seen, cases, refused)


def test_a_register_with_something_of_everything(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text(
        "Complaints 2024;;;;\n\n"
        "Broj;Datum zaprimanja;Opis;Status;Napravio\n"
        '1;14.11.2024.;"Kutija; poderana\nna uglu";Otvoreno;Ana\n'
        "2;15.11.2024.;Kasni;Na Mjesecu;Ivo\n"
        "3;kasnije;Kasni;Zatvoreno;Ivo\n"
        "4;16.11.2024.;Kasni;Na mjesecu;Ivo;još;nešto\n"
        "5;17.11.2024.;Kasni;Na mjesecu",
        encoding="cp1250",
    )
    taken = take(path)
    assert [case.foreign_id for case in taken.cases] == ["1", "2"]
    assert taken.cases[0].details == "Kutija; poderana\nna uglu\n\nstatus: Otvoreno\nNapravio: Ana".replace(
        "status", "Status"
    )
    assert [refusal.field for refusal in taken.refused] == ["received_at", "row", "row"]
    assert (taken.survey.rows, taken.survey.troubled) == (5, 2)
    assert taken.survey.unknown == (UnknownWord("status", "na mjesecu", 1, "open"),)


def test_a_workbook_whose_days_and_months_were_exchanged(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Id", "Date received", "Issue"])
    for number, day in enumerate(range(1, 29), start=1):
        sheet.append([number, date(2017, day, 4) if day <= 12 else f"04/{day}/2017", "Late"])
    path = tmp_path / "register.xlsx"
    book.save(path)
    taken = take(path)
    assert [case.received_at.date() for case in taken.cases] == [date(2017, 4, day) for day in range(1, 29)]
    assert sum(bool(case.notes) for case in taken.cases) == 11


def real(name: str, rows: int) -> Taken | None:
    """The real register of that name, every row accounted for; None where it is not at hand."""
    path = REAL / name
    if not path.exists():
        return None
    taken = take(path)
    assert taken.survey.rows == len(taken.cases) + len(taken.refused) == rows
    assert taken.refused == []
    assert taken.survey.unknown == ()
    return taken


def order_of(taken: Taken, column: str) -> DateOrder:
    return dict(taken.survey.dates)[column]


def test_real_registers_with_written_dates() -> None:
    if taken := real("cfpb_2019_us_dates.csv", 3000):
        assert order_of(taken, "Date received").order is Order.MONTH_FIRST
        assert {case.received_at.month for case in taken.cases} == {4, 5}
        assert Counter(case.status for case in taken.cases) == {Status.CLOSED: 2060, Status.INVESTIGATING: 940}
    if taken := real("cfpb_narratives_iso.csv", 268):
        assert order_of(taken, "Date received").year_first == 268
        assert sum(bool(case.words) for case in taken.cases) == 101


def test_a_real_register_of_a_city() -> None:
    if taken := real("nyc311_2018.csv", 1000):
        assert order_of(taken, "Closed Date").order is Order.MONTH_FIRST
        assert all(case.customer_confirmed_on is None for case in taken.cases)
        closed = [case for case in taken.cases if case.status is Status.CLOSED]
        assert len(closed) == 969
        assert all(not case.closed_at or case.company_resolved_on for case in closed)


def test_a_real_workbook_with_exchanged_dates() -> None:
    if taken := real("cfpb_excel_mixed_dates.xlsx", 12475):
        order = order_of(taken, "Date received")
        assert order.proposal() == DateFormat(Order.MONTH_FIRST, "swap")
        assert (order.cells, order.month_first, order.either) == (4832, 7643, 0)
        assert sum(any("exchanged" in note for note in case.notes) for case in taken.cases) == 4480
