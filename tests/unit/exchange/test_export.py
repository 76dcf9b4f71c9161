"""What goes out is whole, tells both dates, runs nothing in a spreadsheet, and can come in again."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.builders import NOW, a_case, a_clock, a_customer, an_agent, reference
from tests.fakes import MemoryStore
from tuitrack.domain.case import Case
from tuitrack.domain.columns import Column
from tuitrack.domain.errors import Refusal
from tuitrack.domain.people import Customer
from tuitrack.domain.queue import QueueQuery, Scope, WholeCase
from tuitrack.domain.text import clean
from tuitrack.domain.words import CaseKind, Channel, Outcome, Priority, Status
from tuitrack.exchange import case_tables
from tuitrack.exchange.case_columns import table_columns
from tuitrack.exchange.case_json import case_record
from tuitrack.exchange.case_tables import SHEET_ROWS_MAX, fitted
from tuitrack.exchange.export import TELL_EVERY_CASES, CaseExporter
from tuitrack.exchange.proposal import propose, settle_dates
from tuitrack.exchange.register import open_register
from tuitrack.exchange.rows import RowReader
from tuitrack.exchange.survey import survey
from tuitrack.services.desk import Desk
from tuitrack.services.exports import Format
from tuitrack.services.registers import Progress
from tuitrack.settings import Settings

ZONE = ZoneInfo("Europe/Zagreb")
EVERYTHING = QueueQuery(scope=Scope.ALL)
FORMULA = '=HYPERLINK("http://a.b";"x")'
HOSTILE = [FORMULA, "+1+1", "-2", "@SUM(A1)", " =1", "＝1", "\t=1", "_x0041_", "</t>", '"; DROP', "a\nb", "🇭🇷 چ", "'=1"]


def exporter(*told: tuple[Case, Customer]) -> CaseExporter:
    """An exporter over these cases and their customers."""
    store = MemoryStore()
    with store.writing() as writer:
        writer.put_agent(an_agent("ana"))
        for case, customer in told:
            stored = writer.add(replace(case, customer_id=writer.add(customer).id))
            if case.resolve_by is not None:
                writer.add(a_clock(stored.id, due_at=case.resolve_by, met_at=case.resolved_at or case.closed_at))
    settings = Settings(agent="ana", time_zone="Europe/Zagreb")
    return CaseExporter(Desk(store=store, agent="ana", settings=settings, clock=lambda: NOW))


def table(path: Path) -> list[dict[str, Any]]:
    """The rows of an exported table by the names of their columns."""
    rows: Sequence[Sequence[Any]]
    if path.suffix == ".xlsx":
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    else:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def objects(path: Path) -> list[dict[str, Any]]:
    """The cases of an exported JSON text."""
    text = path.read_text("utf-8")
    found: list[dict[str, Any]] = json.loads(text if path.suffix == ".json" else f"[{text}]")
    return found


@pytest.fixture(params=["csv", "xlsx"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / f"cases.{request.param}"


def test_the_two_dates_stand_apart(tmp_path: Path) -> None:
    day = date(2026, 11, 2)
    told = [(a_case(1, company_resolved_on=day), a_customer()), (a_case(2, customer_confirmed_on=day), a_customer("B"))]
    done = exporter(*told).cases(EVERYTHING, tmp_path / "a.csv")
    assert (done.cases, done.sentence) == (2, f"Exported 2 cases to {tmp_path / 'a.csv'}.")
    dates = [(row["company resolved on"], row["customer confirmed on"]) for row in table(tmp_path / "a.csv")]
    assert sorted(dates) == [("", "2026-11-02"), ("2026-11-02", "")]


def test_moments_are_iso_in_the_offices_zone_and_lateness_is_told_from_the_clock(tmp_path: Path) -> None:
    late = a_case(1, next_due_at=NOW - timedelta(days=3), next_due_kind="promise", resolve_by=NOW - timedelta(hours=5))
    closed = a_case(
        2, status=Status.CLOSED, resolve_by=NOW - timedelta(days=4), resolved_at=NOW - timedelta(days=2), closed_at=NOW
    )
    exporter((late, a_customer()), (closed, a_customer("B"))).cases(EVERYTHING, tmp_path / "a.csv")
    first, second = sorted(table(tmp_path / "a.csv"), key=lambda row: str(row["reference"]))
    assert first["received"] == "2026-11-18T13:00:00+01:00"
    assert (first["overdue"], first["was late"], first["what is due"]) == ("overdue 3d", "resolve 5h", "promise")
    assert (second["overdue"], second["was late"]) == ("", "resolve 2d")


def test_dates_of_a_workbook_are_real_and_very_old_ones_are_texts(tmp_path: Path) -> None:
    case = a_case(occurred_on=date(1899, 5, 1), company_resolved_on=date(2026, 11, 2))
    exporter((case, a_customer())).cases(EVERYTHING, tmp_path / "a.xlsx")
    (row,) = table(tmp_path / "a.xlsx")
    assert row["received"].isoformat() == "2026-11-18T13:00:00"
    assert (row["company resolved on"], row["occurred"]) == (date(2026, 11, 2), "1899-05-01")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula(path: Path, text: str) -> None:
    case = a_case(subject=text.strip() or "x", words=text, tags=text)
    exporter((case, a_customer(text.strip()))).cases(EVERYTHING, path)
    (row,) = table(path)
    cells = [cell for cell in row.values() if isinstance(cell, str)]
    assert not any(cell.lstrip(" \t\r\n").startswith(("=", "+", "-", "@", "＝")) for cell in cells)
    assert row["customer's words"].strip("' ") == clean(text).strip("' ")


def test_a_workbook_has_no_formula_link_or_cut_text_unsaid(tmp_path: Path) -> None:
    long = "🇭🇷" * 10_000
    exporter((a_case(details=long, words="http://a.b", subject=FORMULA), a_customer())).cases(
        EVERYTHING, tmp_path / "a.xlsx"
    )
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    (row,) = table(tmp_path / "a.xlsx")
    assert row["details"].endswith("(cut; CSV and JSON have it whole)")


@given(st.text(max_size=20).map(lambda text: text * 3000))
def test_a_cell_is_fitted_to_what_it_can_hold(text: str) -> None:
    shown = fitted(text)
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    assert shown == text or units > 32_767
    assert len(shown.encode("utf-16-le", "surrogatepass")) // 2 <= 32_767


def full_case() -> tuple[Case, Customer]:
    """A closed case with every field that a register can have."""
    case = a_case(
        7,
        kind=CaseKind.CLAIM,
        subject="-50 % was promised",
        words="Plačeno, a nije stiglo.\n=1+1",
        details="Second line\nthird line",
        category="delivery delay",
        sub_category="carrier",
        product="lamp",
        tags="a b",
        department="north",
        channel=Channel.EMAIL,
        priority=Priority.HIGH,
        status=Status.CLOSED,
        outcome=Outcome.CONFIRMED,
        received_at=NOW - timedelta(days=20),
        received_by="bo",
        owner="ana",
        occurred_on=date(2026, 10, 3),
        company_resolved_on=date(2026, 11, 5),
        customer_confirmed_on=date(2026, 11, 9),
        closed_at=NOW - timedelta(days=8),
        resolve_by=NOW - timedelta(days=10),
        resolution="A new one was sent.",
        remedy_wanted="a new lamp",
        amount_asked=Decimal("1200.50"),
        currency="USD",
    )
    return case, a_customer("Žana Ćuk", account="K-1", email="z@example.org", address="Ulica 1, Split")


SAME = (
    *("kind", "subject", "words", "category", "sub_category", "product", "tags", "department", "channel", "priority"),
    *("status", "outcome", "received_at", "received_by", "owner", "occurred_on", "company_resolved_on"),
    *("customer_confirmed_on", "closed_at", "resolve_by", "resolution", "remedy_wanted", "amount_asked", "currency"),
)
"""What comes in again as it went out."""


def test_what_went_out_comes_in_again(path: Path) -> None:
    case, customer = full_case()
    waiting = a_case(8, status=Status.WAITING), a_customer("B")
    exporter((case, customer), waiting).cases(EVERYTHING, path)
    with open_register(path) as register:
        mapping = propose(register.header, register.sample)
        mapping = settle_dates(mapping, survey(register, mapping, lambda rows, share: None).dates)
        reader = RowReader(register.header, mapping, ZONE, NOW)
        found = {one.foreign_id: one for one in map(reader.read, register.rows())}
    back = found[case.reference]
    assert {name: getattr(back, name) for name in SAME} == {name: getattr(case, name) for name in SAME}
    assert back.details.startswith(case.details)
    told = (back.customer_name, back.account, back.phone, back.email, back.address)
    assert told == (customer.name, "K-1", customer.phones[0], "z@example.org", customer.address)
    assert (found[reference(8)].status, found[reference(8)].outcome) == (Status.WAITING, None)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_json_whatever_people_typed(tmp_path: Path, count: int) -> None:
    told = [
        (a_case(n, subject=HOSTILE[n], words="\u2028\n".join(HOSTILE)), a_customer(str(n))) for n in range(1, count + 1)
    ]
    exporter(*told).cases(EVERYTHING, tmp_path / "a.json")
    exporter(*told).cases(EVERYTHING, tmp_path / "a.jsonl")
    array = json.loads((tmp_path / "a.json").read_text("utf-8"))
    lines = (tmp_path / "a.jsonl").read_bytes().split(b"\n")
    assert [json.loads(line) for line in lines if line] == array
    assert sorted(record["subject"] for record in array) == sorted(case.subject for case, _ in told)


def test_the_keys_of_json_stay() -> None:
    case, customer = full_case()
    record = case_record(WholeCase(case, customer), NOW.astimezone(ZONE))
    assert json.loads(json.dumps(record)) == record
    assert (record["received_at"], record["amount_asked"]) == ("2026-10-29T13:00:00+01:00", "1200.50")
    assert (record["company_resolved_on"], record["customer_confirmed_on"]) == ("2026-11-05", "2026-11-09")
    assert {"id", "customer_id", "version", "import_key"}.isdisjoint(record)
    assert list(record["customer"]) == [
        *("name", "kind", "account", "phones", "email", "address", "language", "no_contact_reason", "entered_at")
    ]
    named = {
        "reference",
        "status",
        "outcome",
        "owner",
        "overdue",
        "overdue_words",
        "was_late",
        "next_due_at",
        "subject",
    }
    assert named <= record.keys()


class TestTheFile:
    """A file is whole or not there, and nobody's is written over unasked."""

    def test_one_that_is_there_is_kept_unless_it_is_to_be_replaced(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_text("mine")
        with pytest.raises(Refusal, match="is there already"):
            exporter().cases(EVERYTHING, path)
        assert path.read_text() == "mine"
        assert exporter((a_case(), a_customer())).cases(EVERYTHING, path, replace=True).cases == 1
        assert len(table(path)) == 1

    @pytest.mark.parametrize(
        ("name", "expected"),
        [("a.doc", "expected one of .csv"), ("none", ".jsonl"), ("no/such/a.csv", "No such file"), ("", "is a folder")],
    )
    def test_a_name_that_will_not_do_is_a_sentence(self, tmp_path: Path, name: str, expected: str) -> None:
        with pytest.raises(Refusal, match=expected):
            exporter().cases(EVERYTHING, tmp_path / name, None if name else Format.CSV)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("named", list(Format))
    def test_a_stopped_export_leaves_nothing(self, tmp_path: Path, named: Format) -> None:
        told = [(a_case(n), a_customer(str(n))) for n in range(1, TELL_EVERY_CASES + 3)]
        heard: list[Progress] = []
        path = tmp_path / "a"
        done = exporter(*told).cases(EVERYTHING, path, named, on_progress=heard.append, stop=lambda: True)
        assert done.stopped
        assert done.sentence == "Export stopped; no file was left."
        assert [each.rows for each in heard] == [0, TELL_EVERY_CASES]
        assert 0 < heard[-1].share < 1
        assert list(tmp_path.iterdir()) == []

    def test_only_its_owner_may_read_it(self, path: Path) -> None:
        exporter((a_case(), a_customer())).cases(EVERYTHING, path)
        assert path.stat().st_mode & 0o777 == 0o600

    def test_a_full_sheet_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(case_tables, "SHEET_ROWS_MAX", 3)
        told = [(a_case(n), a_customer(str(n))) for n in range(1, 4)]
        with pytest.raises(Refusal, match="holds 2 cases"):
            exporter(*told).cases(EVERYTHING, tmp_path / "a.xlsx")
        assert exporter(*told[:2]).cases(EVERYTHING, tmp_path / "a.xlsx").cases == 2
        assert SHEET_ROWS_MAX == 2**20


def test_a_query_decides_what_goes_out(tmp_path: Path) -> None:
    told = [(a_case(1, subject="Lamp broken"), a_customer()), (a_case(2, status=Status.CLOSED), a_customer("B"))]
    assert exporter(*told).cases(QueueQuery(), tmp_path / "a.csv").cases == 1
    assert exporter(*told).cases(QueueQuery(text="lamp"), tmp_path / "b.csv").cases == 1
    assert exporter(*told).cases(QueueQuery(text="nothing"), tmp_path / "c.csv").cases == 0
    assert (tmp_path / "c.csv").read_text("utf-8-sig").startswith("reference,received,")


@pytest.mark.parametrize("column", Column)
@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "jsonl"])
def test_a_file_has_what_each_column_that_a_query_names_tells(tmp_path: Path, column: Column, ending: str) -> None:
    told = (a_case(1, subject="Lamp broken", category="Delivery"), a_customer())
    path = tmp_path / f"a.{ending}"
    exporter(told).cases(QueueQuery(f"is:all columns:{column},ref"), path)
    (row,) = table(path) if ending in ("csv", "xlsx") else objects(path)
    assert row["reference"] == told[0].reference
    assert len(row) in ([1] if column is Column.REF else [2, 3])


def test_a_file_has_the_columns_of_a_query_in_their_order_and_nothing_else(tmp_path: Path) -> None:
    told = (a_case(1, subject="Lamp broken", received_at=NOW - timedelta(days=2)), a_customer("Ana Kos"))
    query = QueueQuery("is:all columns:customer,age,status")
    exporter(told).cases(query, tmp_path / "a.csv")
    exporter(told).cases(query, tmp_path / "a.json")
    (row,), (found,) = table(tmp_path / "a.csv"), objects(tmp_path / "a.json")
    assert list(row.items()) == [("customer", "Ana Kos"), ("age", "2d"), ("status", "new"), ("outcome", "")]
    assert list(found.items()) == [
        ("customer", {"name": "Ana Kos"}), ("age", "2d"), ("status", "new"), ("outcome", None)
    ]  # fmt: skip


def test_a_file_of_a_query_that_names_no_columns_has_all(tmp_path: Path) -> None:
    exporter((a_case(1), a_customer())).cases(QueueQuery("is:all"), tmp_path / "a.csv")
    assert list(table(tmp_path / "a.csv")[0]) == list(table_columns())
