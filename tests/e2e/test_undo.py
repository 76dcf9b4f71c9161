"""Undo and redo in a terminal, across a restart, by keys that arrive in one write."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.desk import QUEUE, looking_in, start, stored, take
from tests.e2e.terminal import KEYS
from tuitrack.domain.words import Priority

SAVE, REDO, UNDO = (KEYS[key].decode() for key in ("f2", "ctrl+y", "ctrl+z"))


def test_a_change_is_undone_at_the_queue_after_a_restart_and_done_again_in_one_burst(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with looking_in(home) as services:
        reference = take(services, "Ivo Perić", "Noise").reference
    with start(home) as desk:
        desk.wait_for("[Open work: 1]")
        desk.type(f"\r!nfirst note{SAVE}uq")
        desk.wait_for(QUEUE)
        desk.type("q")
        assert desk.wait_exit() == 0
    assert stored(home, reference).case.priority is Priority.URGENT
    assert stored(home, reference).entries[-1].summary == "Undone: Note"
    with start(home) as desk:
        desk.wait_for("[Open work: 1]")
        desk.type("u")
        desk.wait_for(f"Undone: Priority: urgent on {reference}. Ctrl+Y does it again.")
        desk.type(f"{REDO}{REDO}{UNDO}{UNDO}{REDO}")
        desk.wait_for(f"Done again: Priority: urgent on {reference}. u takes it back.")
        desk.type("q")
        assert desk.wait_exit() == 0
    assert stored(home, reference).case.priority is Priority.URGENT
