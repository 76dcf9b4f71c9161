"""The report tells every row's fate and holds nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuitrack.domain.errors import Refusal
from tuitrack.domain.text import clean
from tuitrack.exchange.formulas import as_it_was, neutral
from tuitrack.exchange.report import open_report
from tuitrack.services.registers import RowOutcome


def test_every_cell_is_quoted_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    with open_report(path) as report:
        report.write(2, RowOutcome.TAKEN, reference="C-26-1")
        report.write(3, RowOutcome.REFUSED, 'received: "soon" is not a date.', foreign_id="=1+1")
        assert report.counts == {RowOutcome.TAKEN: 1, RowOutcome.REFUSED: 1}
    lines = path.read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines[1] == '"2","taken","","C-26-1",""'
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[2] == ["3", "refused", 'received: "soon" is not a date.', "", "'=1+1"]


@pytest.mark.parametrize(
    "formula",
    ["=1", "+1", "-1", "@x", "\t=1", "\rx", "＝1", "＋1", "－1", "＠x", "  =1", "\u00a0=1", "\u200b=1", "\n=1"],
)
def test_formulas_are_made_text(formula: str) -> None:
    assert neutral(formula).startswith("'")


@given(st.text())
def test_no_text_begins_like_a_formula(text: str) -> None:
    assert not neutral(text).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


def test_plain_text_stays_as_it_is() -> None:
    assert neutral("Box torn = refund") == "Box torn = refund"


def test_a_report_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="cannot be written"), open_report(tmp_path / "absent" / "report.csv"):
        pass


@given(st.text())
def test_a_neutral_text_comes_in_as_it_was(text: str) -> None:
    plain = clean(text).lstrip("'")
    assert as_it_was(neutral(plain)) == plain
