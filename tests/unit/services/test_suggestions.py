"""What customers suggested and what was found: taken down, corrected, undone, listed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.services.world import World
from tuitrack.domain.case import Case
from tuitrack.domain.queue import QueueQuery, Scope
from tuitrack.domain.words import EntryKind
from tuitrack.storage.store import open_store


@pytest.fixture(params=["memory", "sqlite"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Two agents over each store in turn."""
    store = open_store(tmp_path / "d" / "t.db", tmp_path / "b") if request.param == "sqlite" else None
    world = World(store)
    yield world
    world.store.close()


def listed(world: World, text: str = "", limit: int = 9) -> list[str]:
    found = world.ana.suggestions.of(QueueQuery(text, scope=Scope.ALL), limit)
    return [one.text for one in found]


def call(world: World, case: Case, suggestion: str) -> None:
    told = {"direction": "inbound", "purpose": "other", "note": "Angry.", "suggestion": suggestion}
    world.ana.casework.log_call(case.id, told)


def note(world: World, case: Case, text: str, kind: EntryKind = EntryKind.SUGGESTION) -> None:
    world.ana.casework.add_note(case.id, {"text": text, "kind": kind})


def test_what_was_suggested_in_a_call_is_an_entry_of_its_own(world: World) -> None:
    case = world.take()
    call(world, case, "Say when you come.")
    call(world, case, "")
    file = world.ana.casefile.open(case.id)
    told = [(entry.kind, entry.body) for entry in file.entries if entry.body]
    assert told[:2] == [(EntryKind.CALL, "Angry."), (EntryKind.SUGGESTION, "Say when you come.")]
    assert [entry.body for entry in file.suggestions] == ["Say when you come."]
    assert listed(world) == ["Say when you come."]


def test_what_is_undone_with_its_call_is_suggested_no_more(world: World) -> None:
    case = world.take()
    call(world, case, "Say when you come.")
    world.passes(minutes=1)
    world.ana.undo.undo(case.id)
    assert (listed(world), world.ana.casefile.open(case.id).suggestions) == ([], [])
    world.ana.undo.redo(case.id)
    assert listed(world) == ["Say when you come."]


def test_a_correction_takes_the_place_of_the_text_wherever_it_is_listed(world: World) -> None:
    case = world.take()
    note(world, case, "Come before eight.")
    for text in ("Come before nine.", "Come before ten."):
        latest = world.ana.casefile.open(case.id).entries[-1]
        world.passes(minutes=1)
        world.ana.casework.correct(case.id, latest.id, text)
    assert listed(world) == ["Come before ten."]
    world.ana.undo.undo(case.id)
    assert listed(world) == ["Come before nine."]


def test_a_case_that_is_a_suggestion_is_one(world: World) -> None:
    world.take(kind="suggestion", subject="Open on Saturdays")
    world.take(kind="suggestion", subject="Open later", words="I work until six.")
    assert sorted(listed(world)) == ["I work until six.", "Open on Saturdays"]


def test_suggestions_are_listed_by_any_query_up_to_a_limit_and_as_they_were(world: World) -> None:
    first, second = world.take(category="price"), world.take(category="delivery")
    note(world, first, "A lower price.")
    note(world, first, "A discount.")
    then = world.passes(minutes=1)
    world.passes(minutes=1)
    note(world, second, "A window of an hour.")
    assert listed(world, "category:price or category:none") == ["A lower price.", "A discount."]
    assert listed(world, "category:delivery") == ["A window of an hour."]
    assert listed(world, "sort:oldest", limit=1) == ["A lower price."]
    at = f'at:"{then.astimezone(world.ana.desk.zone):%Y-%m-%d %H:%M}"'
    assert listed(world, at) == ["A lower price.", "A discount."]


def test_findings_are_kept_apart_from_what_was_said(world: World) -> None:
    case = world.take(words="It came broken.")
    note(world, case, "It came broken, I said!", EntryKind.WORDS)
    note(world, case, "The carton was crushed.", EntryKind.FINDING)
    assert [entry.body for entry in world.ana.casefile.open(case.id).findings] == ["The carton was crushed."]
    assert world.ana.queue.count(QueueQuery("has:finding"), 9) == 1
