"""What one change makes of each of many cases, and why it leaves one alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOW, a_case
from tuitrack.domain.bulk import MOVED_TO, BulkChange, news_of, retagged
from tuitrack.domain.case import Case, differences
from tuitrack.domain.errors import Refusal
from tuitrack.domain.query.matching import tags_of
from tuitrack.domain.text import fold
from tuitrack.domain.words import Priority, Status

OWNED: dict[str, Any] = {"owner": "ana", "status": Status.OPEN}
CLOSED: dict[str, Any] = {"owner": "ana", "status": Status.CLOSED, "closed_at": NOW}
RESOLVED: dict[str, Any] = {
    "owner": "ana",
    "status": Status.RESOLVED,
    "company_resolved_on": date(2026, 11, 17),
    "company_resolved_by": "ana",
    "resolved_at": NOW,
    "confirm_by": NOW,
}


@pytest.mark.parametrize(
    ("case", "change", "becomes"),
    [
        ({}, {"owner": "bo"}, {"owner": "bo", "status": Status.OPEN}),
        (OWNED, {"owner": "bo"}, {"owner": "bo"}),
        (RESOLVED, {"owner": "bo"}, {"owner": "bo"}),
        (OWNED, {"owner": "ana", "priority": Priority.HIGH}, {"priority": Priority.HIGH}),
        ({}, {"owner": "bo", "status": Status.WAITING}, {"owner": "bo", "status": Status.WAITING}),
        ({}, {"category": "billing"}, {"category": "billing"}),
        ({"tags": "a; b"}, {"tags_added": ("c",), "tags_taken": ("A",)}, {"tags": "b, c"}),
        (OWNED, {"resolve_by": NOW}, {"resolve_by": NOW}),
        (CLOSED, {"tags_added": ("audit",)}, {"tags": "audit"}),
        (CLOSED, {"note": "Looked through."}, {}),
        (
            RESOLVED,
            {"status": Status.OPEN},
            {
                "status": Status.OPEN,
                "company_resolved_on": None,
                "company_resolved_by": None,
                "resolved_at": None,
                "confirm_by": None,
            },
        ),
    ],
    ids=str,
)
def test_a_case_becomes_what_is_asked_for_and_nothing_else(
    case: dict[str, Any], change: dict[str, Any], becomes: dict[str, Any]
) -> None:
    before = a_case(**case)
    assert BulkChange(**change).of(before) == replace(before, **becomes)


@pytest.mark.parametrize(
    ("case", "change", "reason"),
    [
        (OWNED, {"owner": "ana"}, "so already"),
        (OWNED, {"owner": "ana", "note": "She knows it."}, "so already"),
        ({"tags": "vip"}, {"tags_added": ("VIP",), "tags_taken": ("old",)}, "so already"),
        (CLOSED, {"owner": "bo"}, "closed"),
        (CLOSED, {"priority": Priority.HIGH, "category": "billing"}, "closed"),
        (CLOSED, {"resolve_by": NOW}, "closed"),
        (CLOSED, {"status": Status.OPEN}, "closed"),
        (RESOLVED, {"status": Status.WAITING}, "resolved cannot become waiting"),
        ({}, {"status": Status.OPEN}, "needs an owner before it can be open"),
        ({}, {"status": Status.WAITING}, "needs an owner before it can be waiting"),
        ({}, {"status": Status.INVESTIGATING, "priority": Priority.HIGH}, "needs an owner"),
        (OWNED, {"status": Status.RESOLVED}, "closing steps"),
    ],
    ids=str,
)
def test_a_case_stays_whole_for_a_reason_that_is_told(
    case: dict[str, Any], change: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Refusal, match=reason):
        BulkChange(**change).of(a_case(**case))


tags = st.lists(st.text("aäbc", min_size=1, max_size=3), max_size=4)


@given(tags, tags, tags)
def test_tags_hold_what_was_added_and_nothing_that_was_taken_away(
    had: list[str], added: list[str], taken: list[str]
) -> None:
    before = "; ".join(had)
    after = retagged(before, added, taken)
    there = list(map(fold, tags_of(after)))
    assert set(there) == (set(map(fold, had)) - set(map(fold, taken))) | set(map(fold, added))
    assert retagged(after, added, []) == after
    kept = [tag for tag in had if fold(tag) not in map(fold, taken)]
    assert tags_of(after)[: len(kept)] == kept
    if set(map(fold, had)) == set(there) and not set(map(fold, taken)) & set(map(fold, had)):
        assert after == before


changes = st.builds(
    BulkChange,
    owner=st.sampled_from(["", "ana", "bo"]),
    priority=st.sampled_from([None, *Priority]),
    category=st.sampled_from(["", "billing"]),
    tags_added=st.sampled_from([(), ("vip",)]),
    tags_taken=st.sampled_from([(), ("old",)]),
    status=st.sampled_from([None, *MOVED_TO]),
    resolve_by=st.sampled_from([None, NOW, NOW + timedelta(days=2)]),
)
cases = st.builds(
    lambda state, **fields: a_case(**state | fields),
    st.sampled_from([{}, OWNED, CLOSED, RESOLVED]),
    priority=st.sampled_from(Priority),
    category=st.sampled_from(["", "billing"]),
    tags=st.sampled_from(["", "old", "vip; old"]),
)


@given(cases, changes)
def test_a_change_made_once_finds_the_case_so_already(case: Case, change: BulkChange) -> None:
    try:
        changed = change.of(case)
    except Refusal:
        return
    if change.only_adds:
        assert changed == case
        return
    assert news_of(case, changed, UTC)
    assert differences(case, changed)
    with pytest.raises(Refusal, match="so already"):
        change.of(changed)


def test_before_and_after_are_told_in_words() -> None:
    change = BulkChange(owner="bo", priority=Priority.HIGH, tags_added=("vip",), tags_taken=("old",), resolve_by=NOW)
    case = a_case(tags="old")
    assert change.told(UTC) == "Owner: bo; priority: high; tags: +vip -old; resolve by: Wed 18 Nov 2026, 12:00"
    assert news_of(case, change.of(case), UTC, note="Ana is\nill") == (
        "owner: nobody → bo; status: new → open; priority: normal → high; tags: old → vip; "
        "resolve by: none → Wed 18 Nov 2026, 12:00; note: Ana is ill"
    )
    assert BulkChange(note="Ana is ill").told(UTC) == "Note"
