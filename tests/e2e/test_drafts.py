"""What is half typed in a real terminal outlives the program, whatever ends it, and is never stored twice."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.e2e.desk import QUEUE, looking_in, quit_from_queue, start, take
from tuitrack.domain.queue import QueueQuery
from tuitrack.services.once import stored_once


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A desk with one case."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    with looking_in(home) as services:
        take(services, "Marija Zorić", "Internet drops every evening")
    return home


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_the_last_key_before_the_end_is_there_at_the_next_start(home: Path, number: signal.Signals) -> None:
    with start(home) as desk:
        desk.wait_for(QUEUE)
        desk.press("home", "enter")
        desk.wait_for("Timeline:")
        desk.type("nShe says that it dropped agai")
        desk.wait_for("it dropped agai")
        desk.process.send_signal(number)
        desk.process.wait()
    with start(home) as desk:
        desk.wait_for("Half typed: a note on C")
        desk.press("home", "enter")
        desk.wait_for("Timeline:")
        desk.press("n")
        desk.wait_for("Going on where you left off")
        desk.type("n")
        desk.wait_for("it dropped again")
        desk.press("f2")
        desk.wait_for("Note stored.")
        desk.press("q")
        quit_from_queue(desk)
    assert list((home / "typed").iterdir()) == []


def test_what_was_stored_before_its_draft_was_forgotten_is_not_offered_again(home: Path) -> None:
    with looking_in(home) as services:
        (row,) = services.queue.page(QueueQuery()).rows
        services.drafts.put(services.drafts.typed(f"note:{row.id}", {"text": "It dropped."}, key="k"))
        with stored_once("k"):
            services.casework.add_note(row.id, {"text": "It dropped."})
    with start(home) as desk:
        desk.wait_for(QUEUE)
        desk.press("home", "enter")
        desk.wait_for("Timeline:")
        desk.press("n")
        desk.wait_for(f"Stored already in {row.reference}")
        desk.press("esc")
        desk.wait_for("Timeline:")
        desk.press("q")
        quit_from_queue(desk)
