"""Which column becomes which field: proposed from names and content, changed by hand, kept as a profile."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tuitrack.domain.errors import Refusal
from tuitrack.domain.words import CaseKind, Channel, Outcome, Priority, Status
from tuitrack.exchange.cells import Cell, RawRow
from tuitrack.exchange.column_names import COLUMN_NAMES
from tuitrack.exchange.dates import DateFormat, Order
from tuitrack.exchange.fields import BY_KEY
from tuitrack.exchange.mapping import Mapping
from tuitrack.exchange.profiles import load_profile, profile_names, save_profile
from tuitrack.exchange.proposal import propose
from tuitrack.exchange.values import (
    StatusMeaning,
    channel_meaning,
    kind_meaning,
    outcome_meaning,
    priority_meaning,
    status_meaning,
)


def fields(header: list[str], *rows: tuple[Cell, ...]) -> dict[str, str]:
    sample = [RawRow(number, cells) for number, cells in enumerate(rows, start=2)]
    return {use.column: use.field for use in propose(header, sample).columns}


def test_every_field_has_names_and_every_name_a_field() -> None:
    assert set(COLUMN_NAMES) == set(BY_KEY)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Complaint ID|Date received|Issue|Submitted via", "foreign_id received_at category channel"),
        ("Broj|Datum zaprimanja|Vrsta prigovora|Kupac|Telefon", "foreign_id received_at category customer_name phone"),
        ("Št.|Datum prejema|Zadeva|Stranka|E-pošta", "foreign_id received_at subject customer_name email"),
        ("شماره|تاريخ دریافت|شرح|مشتری|وضعیت", "foreign_id received_at details customer_name status"),
        ("Номер обращения|Дата|Описание|ФИО|Статус", "foreign_id received_at details customer_name status"),
        ("Bilang|Petsa|Reklamo|Pangalan|Katayuan", "foreign_id received_at details customer_name status"),
        (
            "Vorgangsnummer|Eingangsdatum|Betreff|Kunde|Priorität",
            "foreign_id received_at subject customer_name priority",
        ),
        ("Folio|Fecha de recepción|Asunto|Cliente|Estado", "foreign_id received_at subject customer_name status"),
        ("RECEIVED_AT|customer-name|E_Mail", "received_at customer_name email"),
    ],
)
def test_names_are_known_in_eight_languages(header: str, expected: str) -> None:
    names = header.split("|")
    assert list(fields(names).values()) == expected.split()


def test_a_field_is_filled_once_and_the_reason_is_said() -> None:
    mapping = propose(["Complaint Type", "Issue"], [])
    assert [(use.field, use.reason) for use in mapping.columns] == [
        ("category", "its name"),
        ("", "category is filled by Complaint Type"),
    ]


def test_content_takes_back_what_a_name_promised() -> None:
    row = ("old", "call me", "Billing")
    found = fields(["Received", "Id", "Type"], row, row, row)
    assert found == {"Received": "", "Id": "", "Type": ""}


def test_content_finds_what_no_name_tells() -> None:
    rows = [(f"x{n}@example.org", f"+385 1 234 {n}", f"2024-11-{n}", "Long story of a torn box") for n in range(13, 17)]
    found = fields(["A", "B", "C", "D"], *[(*row[:3], row[3] * 3) for row in rows])
    assert found == {"A": "email", "B": "phone", "C": "received_at", "D": "details"}


def test_coordinates_and_plain_numbers_are_no_phones() -> None:
    found = fields(["Latitude", "Parcel", "Place"], ("40.69009232784", "2042850001", "(40.69, -73.84)"))
    assert set(found.values()) == {""}


def test_dates_are_settled_by_the_columns_together() -> None:
    mapping = propose(["Received", "Closed"], [RawRow(2, ("04/05/2019", "04/14/2019"))])
    assert mapping.date_format("Received").order is Order.MONTH_FIRST


def test_a_mapping_is_changed_by_making_a_new_one() -> None:
    before = propose(["Id", "Day", "Received"], [])
    after = before.with_field("Day", "received_at")
    assert after.columns_for("received_at") == ("Day",)
    assert before.columns_for("received_at") == ("Received",)
    assert after.with_field("Id", "details").with_field("Received", "details").columns_for("details") == (
        "Id",
        "Received",
    )
    for column, field in (("Day", "nonsense"), ("Nowhere", "details")):
        with pytest.raises(Refusal):
            before.with_field(column, field)


def test_what_is_missing_is_said() -> None:
    assert propose(["Received", "Subject"], []).problems() == ()
    assert len(propose(["A", "B"], []).problems()) == 2


def sample_mapping() -> Mapping:
    mapping = propose(["Id", "Received", "Details", "Status"], [])
    mapping = mapping.with_dates("Received", DateFormat(Order.DAY_FIRST, "swap"))
    return mapping.with_word("status", "Email Sent!", "waiting")


def test_a_profile_comes_back_as_it_was(tmp_path: Path) -> None:
    save_profile(tmp_path / "profiles", "monthly", sample_mapping())
    assert load_profile(tmp_path / "profiles", "monthly") == sample_mapping()
    assert profile_names(tmp_path / "profiles") == ("monthly",)


@pytest.mark.parametrize("name", ["", "../x", "A", "a b", "a" * 41, "a/b", ".hidden"])
def test_profile_names_are_checked(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refusal, match="Profile name"):
        save_profile(tmp_path, name, sample_mapping())


def test_a_missing_profile_names_those_there_are(tmp_path: Path) -> None:
    save_profile(tmp_path, "monthly", sample_mapping())
    with pytest.raises(Refusal, match="known: monthly"):
        load_profile(tmp_path, "weekly")


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"columns": [{"column": "A", "field": "nonsense", "reason": ""}]},
        {"columns": 5},
        {"dates": [{"column": "A", "format": {"order": "sideways", "swapped": "keep"}}]},
        {"dates": [{"column": "A", "format": {"order": None, "swapped": "maybe"}}]},
        {"words": [{"field": "status", "value": "x", "word": "finished"}]},
    ],
)
def test_a_damaged_profile_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    path = save_profile(tmp_path, "monthly", sample_mapping())
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(Refusal, match="damaged"):
        load_profile(tmp_path, "monthly")


@pytest.mark.parametrize("content", ["", "[]", "{", "\x00", '"text"'])
def test_a_file_that_is_no_profile_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "monthly.json").write_text(content)
    with pytest.raises(Refusal):
        load_profile(tmp_path, "monthly")


def test_a_profile_for_another_register_names_the_missing_column() -> None:
    with pytest.raises(Refusal, match="'Received'"):
        sample_mapping().fitted_to(["Id", "Details", "Status"])
    fitted = sample_mapping().fitted_to(["Extra", "Status", "Id", "Received", "Details"])
    assert [use.field for use in fitted.columns] == ["", "status", "foreign_id", "received_at", "details"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Closed", StatusMeaning(Status.CLOSED)),
        ("In Progress", StatusMeaning(Status.INVESTIGATING)),
        ("Pending", StatusMeaning(Status.WAITING)),
        ("Assigned", StatusMeaning(Status.OPEN)),
        ("Email Sent", StatusMeaning(Status.WAITING)),
        ("Unspecified", StatusMeaning(Status.NEW)),
        ("Closed with non-monetary relief", StatusMeaning(Status.CLOSED)),
        ("Zatvoreno", StatusMeaning(Status.CLOSED)),
        ("ЗАКРЫТО", StatusMeaning(Status.CLOSED)),
        ("withdrawn", StatusMeaning(Status.CLOSED, Outcome.WITHDRAWN)),
        ("moon", None),
    ],
)
def test_statuses_of_others(text: str, expected: StatusMeaning | None) -> None:
    assert status_meaning(text) == expected


def test_other_words_of_others() -> None:
    words = ("PHONE", "ONLINE", "MOBILE", "Postal mail", "E-Mail", "Referral", "?")
    assert [channel_meaning(word) for word in words] == [
        Channel.PHONE, Channel.WEB, Channel.WEB, Channel.LETTER, Channel.EMAIL, Channel.OTHER, None,
    ]  # fmt: skip
    assert kind_meaning("Pohvala") is CaseKind.COMPLIMENT
    assert priority_meaning("Critical") is Priority.URGENT
    meaning = outcome_meaning("Not upheld")
    assert meaning is not None
    assert meaning.outcome is Outcome.NOT_UPHELD


def test_no_word_of_another_system_confirms() -> None:
    for word in ("confirmed", "closed - customer confirmed"):
        meaning = status_meaning(word)
        assert meaning is not None
        assert meaning.outcome is None
