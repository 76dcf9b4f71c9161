"""Shares are never better than they are, and what has grown is told from what chance brings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuitrack.domain.quality.growth import is_beyond, usual
from tuitrack.domain.quality.measures import Better, bands, measures
from tuitrack.domain.quality.report import bar_text, change, percent, share


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_share_is_rounded_against_the_desk(count: int, of: int) -> None:
    count = min(count, of)
    assert (share(count, of) == 100) is (count == of)
    assert (share(count, of, Better.LESS) == 0) is (count == 0)
    low, high = share(count, of, Better.MORE), share(count, of, Better.LESS)
    assert low is not None
    assert high is not None
    assert low <= 100 * count / of <= high <= low + 1


def test_the_share_of_nothing_is_a_dash() -> None:
    assert share(0, 0) is None
    assert percent(None) == change(None, 3).text == "-"
    assert (percent(7), change(7, 12, " pt").text, change(1200, 0).text) == ("7 %", "-5 pt", "+1,200")


@pytest.mark.parametrize(
    ("now", "earlier", "all_now", "all_earlier", "grows"),
    [
        (20, [10, 10, 10], 100, 300, True),
        (16, [10, 10, 10], 100, 300, False),
        (20, [10, 10, 10], 200, 300, False),
        (4, [0, 0, 0], 100, 300, False),
        (5, [0, 0, 0], 100, 300, True),
        (50, [], 100, 0, False),
        (20, [10, 10, 10], 50, 300, True),
    ],
)
def test_what_has_grown(now: int, earlier: list[int], all_now: int, all_earlier: int, grows: bool) -> None:
    assert is_beyond(now, earlier, all_now, all_earlier) is grows


def test_what_is_usual() -> None:
    assert (usual([]), usual([1, 2])) == (0, 1.5)


@pytest.mark.parametrize(
    ("limits", "labels"),
    [
        ((3, 10), ["same day", "1 to 3 days", "4 to 10 days", "more than 10 days", "closed unresolved"]),
        ((1, 2), ["same day", "1 day", "2 days", "more than 2 days", "closed unresolved"]),
        ((5, 5), ["same day", "1 to 5 days", "more than 5 days", "closed unresolved"]),
        ((9, 4), ["same day", "1 to 4 days", "5 to 9 days", "more than 9 days", "closed unresolved"]),
    ],
)
def test_the_bands_of_how_long_cases_took(limits: tuple[int, int], labels: list[str]) -> None:
    assert list(bands(*limits)) == labels


def test_every_measure_has_a_word_of_its_own_and_targets_are_of_shares() -> None:
    known = measures(3, 10)
    assert len({one.id for one in known}) == len(known)
    assert all(one.better is not None for one in known if one.is_share)
    assert all(one.target is None for one in known if not one.is_share)


@pytest.mark.parametrize(("length", "bar"), [(0, ""), (0.01, "#"), (0.5, "#####"), (1, "##########")])
def test_a_bar_of_plain_characters(length: float, bar: str) -> None:
    assert bar_text(length, 10) == bar
