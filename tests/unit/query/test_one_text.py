"""A query with things chosen by keys, as one text that means the same."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuitrack.domain.deadlines import DueFilter
from tuitrack.domain.query.asking import Asking, no_agents
from tuitrack.domain.query.parser import parse
from tuitrack.domain.query.printing import one_text
from tuitrack.domain.query.selection import selection
from tuitrack.domain.queue import QueueQuery, Scope, Sort

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
TEXTS = [
    "",
    "smoke",
    "smoke or fire",
    "a (b",
    '"not working',
    "is:closed",
    "sort:newest x",
    "-(a or b)",
    "status:open or x",
]


def text_of(query: QueueQuery) -> str:
    return one_text(query, parse(query.text, Asking(NOW, query.me)))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (QueueQuery("smoke"), "smoke"),
        (QueueQuery(due=DueFilter.OVERDUE, owner="ana", me="ana"), "is:overdue owner:me"),
        (QueueQuery("a or be", owner=""), "owner:none (a or be"),
        (QueueQuery("is:closed", scope=Scope.ALL), "is:closed"),
        (QueueQuery(scope=Scope.UNCONFIRMED, sort=Sort.NEWEST), "sort:newest is:unconfirmed"),
        (QueueQuery(due=DueFilter.SOON), "due:today..3d -is:overdue"),
        (QueueQuery(owner="none"), 'owner:"none"'),
    ],
)
def test_what_was_chosen_is_written_out(query: QueueQuery, expected: str) -> None:
    assert text_of(query) == expected


@given(
    st.sampled_from(TEXTS),
    st.sampled_from(Scope),
    st.sampled_from(Sort),
    st.sampled_from([None, "", "ana", "bo", "me"]),
)
def test_the_text_alone_means_the_same(text: str, scope: Scope, sort: Sort, owner: str | None) -> None:
    query = QueueQuery(text, scope, DueFilter.OVERDUE, sort, owner, "ana")
    alone = QueueQuery(text_of(query), me="ana")
    meant, told = (selection(one, NOW, no_agents) for one in (query, alone))
    assert meant.sort == told.sort
    assert set(map(str, _parts(meant.where))) == set(map(str, _parts(told.where)))


def _parts(term: object) -> tuple[object, ...]:
    return getattr(term, "terms", (term,))
