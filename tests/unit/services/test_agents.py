"""Who works at the desk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOW, an_agent
from tests.fakes import MemoryStore
from tuitrack.domain.errors import NotAllowed
from tuitrack.domain.permissions import Right
from tuitrack.domain.words import Role
from tuitrack.services.signing_in import handle_of, join, sign_in


def test_the_first_agent_administers_an_empty_desk() -> None:
    assert sign_in(MemoryStore(), "Ana Kovač", NOW).role is Role.ADMINISTRATOR


def test_who_is_not_known_is_told_whom_to_ask() -> None:
    store = MemoryStore()
    sign_in(store, "Ana Kovač", NOW)
    with pytest.raises(NotAllowed, match="“Luka Zupan” is not an active agent of this desk; Ana Kovač can add"):
        sign_in(store, "Luka Zupan", NOW)
    join(store, "Luka Zupan", NOW)
    assert sign_in(store, "Luka Zupan", NOW).role is Role.AGENT
    with store.reading() as reader:
        assert [(one.agent, one.right) for one in reader.denials(9)] == [("luka.zupan", Right.LOOK)]


def test_who_left_comes_in_no_more() -> None:
    store = MemoryStore()
    sign_in(store, "Ana Kovač", NOW)
    with store.writing() as writer:
        writer.put_agent(an_agent("luka", active=False))
    with pytest.raises(NotAllowed, match="Ana Kovač can add"):
        sign_in(store, "luka", NOW)


@pytest.mark.parametrize("name", ["Ana Kovač", "ana.kovac", "ANA KOVAČ"])
def test_the_same_person_comes_back_under_name_or_handle(name: str) -> None:
    store = MemoryStore()
    first = sign_in(store, "Ana Kovač", NOW)
    assert sign_in(store, name, NOW) == first


@given(st.text())
def test_every_name_makes_a_handle_that_stays_the_same(name: str) -> None:
    handle = handle_of(name)
    assert 1 <= len(handle) <= 24
    assert handle_of(handle) == handle
    assert " " not in handle
