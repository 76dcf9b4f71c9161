"""The table of status moves."""

from __future__ import annotations

import pytest

from tuitrack.domain.errors import MoveRefused
from tuitrack.domain.status import CUSTOMER_SENTENCE, MOVES, check_move
from tuitrack.domain.words import Status

WORKING = {Status.OPEN, Status.INVESTIGATING, Status.WAITING}


def test_every_status_has_moves_and_a_sentence_for_the_customer() -> None:
    assert set(MOVES) == set(Status)
    assert set(CUSTOMER_SENTENCE) == set(Status)
    assert len(set(CUSTOMER_SENTENCE.values())) == len(Status)


@pytest.mark.parametrize("old", Status)
@pytest.mark.parametrize("new", Status)
def test_a_move_is_allowed_exactly_where_the_table_has_it(old: Status, new: Status) -> None:
    if new in MOVES[old]:
        check_move(old, new, owner="ana")
    else:
        with pytest.raises(MoveRefused, match=old.label) as refused:
            check_move(old, new, owner="ana")
        assert refused.value.field == "status"


@pytest.mark.parametrize("old", WORKING)
def test_work_in_progress_can_be_resolved_or_closed(old: Status) -> None:
    assert {Status.RESOLVED, Status.CLOSED} <= MOVES[old]


def test_a_closed_case_only_opens_again() -> None:
    assert MOVES[Status.CLOSED] == {Status.OPEN}


def test_no_case_is_ever_new_again() -> None:
    assert not any(Status.NEW in targets for targets in MOVES.values())


@pytest.mark.parametrize("new", sorted(WORKING))
def test_work_needs_an_owner(new: Status) -> None:
    with pytest.raises(MoveRefused, match="Owner"):
        check_move(Status.NEW, new, owner=None)
