"""Preferences: each agent's own, found again, and nobody is moved who did not ask for it."""

from __future__ import annotations

from typing import cast

from tests.builders import NOW
from tests.fakes import MemoryStore
from tests.unit.services.world import World
from tuitrack.domain.columns import Column
from tuitrack.domain.queue import QueueQuery
from tuitrack.services.desk import Desk
from tuitrack.services.ports import Store
from tuitrack.services.preferences import AfterClosing, PreferenceService
from tuitrack.settings import Settings


def preferences_of(agent: str, store: MemoryStore) -> PreferenceService:
    return PreferenceService(Desk(cast(Store, store), agent, Settings(), lambda: NOW))


def test_each_agent_has_their_own() -> None:
    store = MemoryStore()
    preferences_of("ana", store).choose_theme("light")
    preferences_of("ana", store).choose_after_closing(AfterClosing.NEXT)
    assert preferences_of("ana", store).theme() == "light"
    assert preferences_of("ana", store).after_closing() is AfterClosing.NEXT
    assert preferences_of("bo", store).theme() is None
    assert preferences_of("bo", store).after_closing() is AfterClosing.STAY


def test_a_way_that_this_program_does_not_know_is_no_reason_to_move() -> None:
    store = MemoryStore()
    with store.writing() as writer:
        writer.put_preference("ana", "after_closing", "somewhere")
    assert preferences_of("ana", store).after_closing() is AfterClosing.STAY


def test_columns_are_ones_own_where_a_query_names_none(world: World) -> None:
    assert world.ana.preferences.columns() == ()
    world.ana.preferences.choose_columns([Column.AGE, Column.REF])
    assert world.ana.preferences.columns() == (Column.AGE, Column.REF)
    assert world.ana.queue.page(QueueQuery("smoke")).columns == (Column.AGE, Column.REF)
    assert world.ana.queue.page(QueueQuery("smoke columns:due")).columns == (Column.DUE,)
    assert world.luka.queue.page(QueueQuery()).columns == ()
    assert world.ana.queue.columns(QueueQuery("smoke")) == ()
    world.ana.preferences.choose_columns([])
    assert world.ana.queue.page(QueueQuery()).columns == ()
