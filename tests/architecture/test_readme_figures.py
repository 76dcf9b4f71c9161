"""The benchmarks behind the README's figures still run against the program as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import drivers, importing, start, storing
from benchmarks.bench import Bench
from benchmarks.desk import fill, open_desk
from benchmarks.figures import Figure, compare, table


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    home = tmp_path / "home"
    desk = open_desk(home)
    fill(desk, 60)
    desk.store.close()
    return Bench(rounds=1, cases=60, rows=40, home=home)


@pytest.mark.parametrize(
    "measure", [start.measure, drivers.measure, storing.measure, importing.measure], ids=lambda each: each.__module__
)
def test_a_measure_gives_both_values(bench: Bench, measure: object) -> None:
    assert callable(measure)
    figures = measure(bench)
    assert figures
    assert all(figure.ours > 0 and figure.theirs > 0 for figure in figures)


def test_a_figure_is_the_median_of_its_rounds() -> None:
    ours, theirs = iter([1.0, 9.0, 2.0]), iter([4.0, 4.0, 100.0])
    figures = compare("Start", "bare", lambda: {"ms": next(ours)}, lambda: {"ms": next(theirs)}, 3)
    assert figures == [Figure("Start", "bare", "ms", 2.0, 4.0)]


def test_the_table_names_the_yardstick_and_the_ratio() -> None:
    lines = list(table([Figure("Start", "bare", "ms", 3.0, 2.0), Figure("Start", "bare", "bytes", 5.0, 0.0)]))
    assert lines[1] == "Start; yardstick: bare"
    assert lines[2].split() == ["ms", "3.00", "2.00", "1.50"]
    assert lines[3].split()[-1] == "-"
