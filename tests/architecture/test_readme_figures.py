"""The benchmarks behind the README's figures still run against the program as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import board, deadlines, drivers, exporting, importing, queries, reporting, start, storing
from benchmarks.bench import Bench
from benchmarks.desk import FIRST_REFERENCE, open_desk
from benchmarks.figures import Bar, Figure, compare, lines
from benchmarks.kept_desks import kept_desk
from tuitrack.domain.queue import QueueQuery, Scope
from tuitrack.domain.words import Status
from tuitrack.services.queue import QueueService

CASES = 400


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept_desk(tmp_path_factory.mktemp("desks"), CASES)


@pytest.fixture
def bench(home: Path) -> Bench:
    return Bench(rounds=1, cases=CASES, rows=40, desks=home.parent, few=CASES)


@pytest.mark.parametrize(
    "measure",
    [
        start.measure,
        queries.measure,
        board.measure,
        reporting.measure,
        storing.measure,
        importing.measure,
        exporting.measure,
        deadlines.measure,
        drivers.measure,
    ],
    ids=lambda measure: measure.__module__,
)
def test_a_measure_gives_both_values(bench: Bench, measure: Callable[[Bench], list[Figure]]) -> None:
    figures = measure(bench)
    assert figures
    assert all(figure.ours > 0 and figure.theirs > 0 for figure in figures)


def test_a_desk_has_history_behind_its_open_work_and_a_known_first_row(home: Path) -> None:
    desk = open_desk(home)
    with desk.store.reading() as reader:
        cases = [whole.case for whole in reader.cases_page(QueueQuery(scope=Scope.ALL), desk.now(), CASES).cases]
    rows = QueueService(desk).page(QueueQuery()).rows
    desk.store.close()
    closed = [case for case in cases if case.status is Status.CLOSED]
    assert rows[0].reference == FIRST_REFERENCE
    assert len(cases) == CASES
    assert 0 < len(cases) - len(closed) < CASES / 10
    assert all(case.company_resolved_on and case.customer_confirmed_on for case in closed)


def test_a_desk_is_built_once_and_anew_when_what_is_made_up_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = kept_desk(tmp_path, 10)
    made = first.stat().st_ino
    assert kept_desk(tmp_path, 10) == first
    assert first.stat().st_ino == made
    monkeypatch.setattr("benchmarks.kept_desks.GENERATOR", 0)
    assert kept_desk(tmp_path, 10) != first
    assert not first.exists()


def test_a_figure_is_the_median_of_its_rounds() -> None:
    ours, theirs = iter([1.0, 9.0, 2.0]), iter([4.0, 4.0, 100.0])
    bar = Bar(2)
    figures = compare("Start", "bare", lambda: {"ms": [next(ours)]}, lambda: {"ms": [next(theirs)]}, 3, {"ms": bar})
    assert figures == [Figure("Start", "bare", "ms", 2.0, 4.0, bar)]


def test_a_figure_may_be_what_all_but_a_few_are_below() -> None:
    taken = [float(number) for number in range(1, 101)]
    bar = Bar(1, percent=95)
    figures = compare("Start", "bare", lambda: {"ms": taken}, lambda: {"ms": [7.0]}, 1, {"ms": bar})
    assert figures == [Figure("Start", "bare", "ms, p95", 95.0, 7.0, bar)]


@pytest.mark.parametrize(
    ("ours", "theirs", "bar", "misses"),
    [
        (2.0, 2.0, Bar(1), False),
        (2.1, 2.0, Bar(1), True),
        (2.9, 2.0, Bar(1, more=1), False),
        (3.1, 2.0, Bar(1, more=1), True),
        (0.0, 5.0, Bar(0), False),
        (9.0, 0.0, Bar(), False),
    ],
)
def test_a_figure_misses_its_bar_where_it_is_more(ours: float, theirs: float, bar: Bar, misses: bool) -> None:
    assert Figure("Start", "bare", "ms", ours, theirs, bar).misses is misses


def test_the_table_names_the_yardstick_the_ratio_and_what_misses_its_bar() -> None:
    figures = [
        Figure("Start", "bare", "ms", 3.0, 2.0, Bar(1.25)),
        Figure("Start", "bare", "bytes", 5.0, 0.0),
        Figure("Start", "bare", "asked, ms", 2.5, 2.0, Bar(1, more=1)),
    ]
    told = list(lines(figures))
    assert told[0] == "Start; yardstick: bare"
    assert told[1].split() == ["ms", "3.00", "2.00", "1.50", "1.25x", "misses"]
    assert told[2].split() == ["bytes", "5.00", "0.00", "-"]
    assert told[3].split() == ["asked,", "ms", "2.50", "2.00", "1.25", "+1"]
