"""Answers of customers come in as entries of the cases they are about, once, and are taken back by their run."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.builders import a_case, a_customer, an_agent, reference
from tuitrack.domain.errors import Refusal
from tuitrack.domain.timeline import Entry
from tuitrack.domain.words import EntryKind, Status
from tuitrack.exchange.importer import RegisterImporter
from tuitrack.services.desk import Desk
from tuitrack.services.registers import Choices, RowOutcome, Summary
from tuitrack.settings import Settings
from tuitrack.storage.store import open_store

NOW = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
HEADER = "Reference;Date;Satisfaction;Score;Comment;Agent"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = open_store(tmp_path / "desk" / "tuitrack.db", tmp_path / "desk" / "backups")
    with store.writing() as writer:
        writer.put_agent(an_agent("ana"))
        customer = writer.add(a_customer())
        for number in (1, 2):
            writer.add(a_case(number, customer.id, status=Status.CLOSED, version=1))
    yield Desk(store, "ana", replace(Settings(), time_zone="Europe/Zagreb"), lambda: NOW)
    store.close()


@pytest.fixture
def importer(desk: Desk, tmp_path: Path) -> RegisterImporter:
    return RegisterImporter(desk, tmp_path / "reports", tmp_path / "profiles")


def answers(path: Path, *rows: str, header: str = HEADER) -> Path:
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    wrong = reference(1)[:-1] + str((int(reference(1)[-1]) + 1) % 10)
    return answers(
        tmp_path / "survey.csv",
        f"{reference(1)};14.05.2026.;Still angry;2;Nobody called [/]back;luka",
        f"{reference(2)};15.05.2026.;Zadovoljna;9;;luka",
        f"{reference(3)};15.05.2026.;satisfied;9;;luka",
        f"{wrong};15.05.2026.;satisfied;9;;luka",
        f"{reference(2)};16.05.2026.;purple;;;",
        f"{reference(2)};16.05.2026.;;;;luka",
        f"{reference(2)};16.05.2027.;satisfied;;;luka",
    )


def take(importer: RegisterImporter, path: Path, *, dry_run: bool = False) -> Summary:
    return importer.take_in(path, Choices(), dry_run=dry_run)


def timeline(desk: Desk, case_id: int) -> list[Entry]:
    with desk.store.reading() as reader:
        return reader.timeline(case_id, 99)


def test_a_survey_is_told_from_a_register_of_complaints(importer: RegisterImporter, survey: Path) -> None:
    plan = importer.plan(survey, Choices())
    fields = {use.column: use.field for use in plan.columns}
    assert fields["Reference"] == "reference"
    assert (fields["Satisfaction"], fields["Score"], fields["Comment"]) == ("mood", "score", "details")
    assert [(word.field, word.word, word.taken_as) for word in plan.words] == [("mood", "purple", "it stands")]
    assert plan.problems == ()


def test_a_register_with_numbers_of_others_stays_one_of_complaints(importer: RegisterImporter, tmp_path: Path) -> None:
    path = answers(tmp_path / "other.csv", "A-1;14.05.2026.;satisfied;3;Late;luka")
    assert "reference" not in {use.field for use in importer.plan(path, Choices()).columns}


def test_an_answer_becomes_an_entry_on_its_own_day(desk: Desk, importer: RegisterImporter, survey: Path) -> None:
    take(importer, survey)
    (entry,) = timeline(desk, 1)
    assert (entry.kind, entry.summary, entry.by) == (EntryKind.SURVEY, "Survey: still angry, score 2", "ana")
    assert entry.body == "Nobody called [/]back\n\nAgent: luka"
    assert (desk.day_of(entry.occurred_at), entry.entered_at) == (date(2026, 5, 14), NOW)
    assert [entry.summary for entry in timeline(desk, 2)] == ["Survey: satisfied, score 9", "Survey: “purple”"]
    with desk.store.reading() as reader:
        case = reader.case(1)
        assert (case.version, case.status, case.mood) == (2, Status.CLOSED, None)


def test_every_row_that_cannot_be_taken_says_why(importer: RegisterImporter, survey: Path) -> None:
    summary = take(importer, survey)
    assert summary.counts == {RowOutcome.TAKEN: 2, RowOutcome.CHANGED: 1, RowOutcome.REFUSED: 4}
    with summary.report.open(encoding="utf-8-sig", newline="") as file:
        told = {row[0]: row[2] for row in list(csv.reader(file))[1:]}
    assert told["4"] == f"{reference(3)}: no case has this reference."
    assert "the check digit does not fit" in told["5"]
    assert told["6"] == "mood “purple” is not known; kept as it was said"
    assert told["7"] == "Nothing in the row says what the customer answered."
    assert told["8"] == "received: 2027-05-15 is in the future."
    assert "…: no case has this reference." in summary.reasons


def test_a_trial_tells_the_same_and_stores_nothing(desk: Desk, importer: RegisterImporter, survey: Path) -> None:
    tried = take(importer, survey, dry_run=True)
    assert timeline(desk, 1) == []
    assert tried.what == "survey answers"
    assert tried.counts == take(importer, survey).counts


def test_a_second_run_adds_nothing(desk: Desk, importer: RegisterImporter, survey: Path) -> None:
    with survey.open("a", encoding="utf-8") as file:
        file.write(f"{reference(1)};14.05.2026.;Still angry;2;Nobody called [/]back;luka\n")
    first = take(importer, survey)
    assert first.counts[RowOutcome.ALREADY_THERE] == 1
    assert take(importer, survey).counts == {RowOutcome.ALREADY_THERE: 4, RowOutcome.REFUSED: 4}
    assert len(timeline(desk, 1)) == 1


def test_undoing_takes_back_the_answers_of_the_run_alone(
    desk: Desk, importer: RegisterImporter, survey: Path, tmp_path: Path
) -> None:
    earlier = answers(tmp_path / "earlier.csv", f"{reference(1)};01.05.2026.;neutral;5;;")
    take(importer, earlier)
    run = take(importer, survey).run
    assert run
    undone = importer.undo(run.id)
    assert (undone.removed, undone.kept, undone.taken_back) == (0, (), 3)
    kept, answer, taken_back = timeline(desk, 1)
    assert kept.summary == "Survey: neutral, score 5"
    assert (taken_back.kind, taken_back.corrects) == (EntryKind.UNDONE, answer.id)
    assert take(importer, survey).new == 3
    assert take(importer, earlier).counts == {RowOutcome.ALREADY_THERE: 1}
    with pytest.raises(Refusal, match="already undone"):
        importer.undo(run.id)
