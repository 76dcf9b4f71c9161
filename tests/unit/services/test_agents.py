"""Who works at the desk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOW
from tests.fakes import MemoryStore
from tuitrack.domain.words import Role
from tuitrack.services.agents import handle_of, sign_in


def test_the_first_agent_administers_an_empty_desk() -> None:
    store = MemoryStore()
    assert sign_in(store, "Ana Kovač", NOW).role is Role.ADMINISTRATOR
    assert sign_in(store, "Luka Zupan", NOW).role is Role.AGENT


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
