"""Cases shared out among agents: fairly, the same way each time, and among those who can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import an_agent
from tuitrack.domain.errors import Refusal
from tuitrack.domain.workload import Balance, Load, Sharing

HANDLES = ["ana", "bo", "cy", "dee"]
CASES = st.lists(st.sampled_from([*HANDLES, "gone", None]), max_size=60)


def shared_out(how: Balance, owners: Sequence[str | None], open_cases: Counter[str], language: str = "") -> list[str]:
    """Who gets the cases of these owners, one after the other."""
    agents = [an_agent(handle, language="hr, EN" if handle in ("bo", "cy") else "hr") for handle in HANDLES]
    sharing = Sharing(how, agents, open_cases)
    given_to = []
    for owner in owners:
        given_to.append(sharing.choice(owner, language))
        sharing.give(owner, given_to[-1])
    return given_to


@given(owners=CASES, others=st.lists(st.sampled_from(HANDLES), max_size=30), how=st.sampled_from(Balance))
def test_nobody_who_gets_a_case_has_more_than_one_above_the_least(
    owners: list[str | None], others: list[str], how: Balance
) -> None:
    before = Counter([*others, *filter(None, owners)])
    given_to = shared_out(how, owners, before)
    assert given_to == shared_out(how, owners, before)
    assert len(given_to) == len(owners)
    got = Counter(given_to)
    if how is Balance.ROUND_ROBIN:
        assert max(got.values(), default=0) - min(got[handle] for handle in HANDLES) <= 1
        return
    left = Counter(others)
    after = {handle: left[handle] + got[handle] for handle in HANDLES}
    assert all(after[handle] <= min(after.values()) + 1 for handle in got)


def test_a_case_stays_with_its_owner_where_nobody_has_less_to_do() -> None:
    assert shared_out(Balance.LEAST_OPEN, ["dee"], Counter(dee=1)) == ["dee"]
    assert shared_out(Balance.LEAST_OPEN, ["dee"], Counter(dee=2)) == ["ana"]


@pytest.mark.parametrize(
    ("last", "following"),
    [("", "ana"), ("ana", "bo"), ("bob", "cy"), ("dee", "ana"), ("zoe", "ana")],
)
def test_turns_go_on_after_whoever_was_last_though_they_may_be_away(last: str, following: str) -> None:
    agents = [an_agent(handle) for handle in reversed(HANDLES)]
    assert Sharing(Balance.ROUND_ROBIN, agents, {}, last).choice(None, "") == following


def test_those_who_speak_the_language_share_its_cases() -> None:
    assert shared_out(Balance.LANGUAGE, [None] * 4, Counter(bo=2), "en") == ["cy", "cy", "bo", "cy"]
    assert shared_out(Balance.LANGUAGE, [None] * 2, Counter()) == ["ana", "bo"]
    with pytest.raises(Refusal, match="Nobody to share among speaks the customer’s language, sl"):
        shared_out(Balance.LANGUAGE, [None], Counter(), "sl")


def test_loads_add_up() -> None:
    assert Load(3, 1, 1, 0, 1) + Load(2, 0, 1, 2, 0) == Load(5, 1, 2, 2, 1)
