"""A line that drops, a window that is closed, a process that is killed: what was typed is offered at the next start."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from tests.e2e.desk import looking_in, quit_from_queue, start, take
from tests.e2e.terminal import Terminal
from tests.patience import PATIENCE_S
from tuitrack.domain.keeping import Draft
from tuitrack.domain.queue import QueueQuery

WINDOW_CLOSED = None
RESTORED = (b"\x1b[?1049l", b"\x1b[?25h")
"""The other screen is left, and the cursor shown."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A desk with one case."""
    home = tmp_path / "home"
    home.mkdir()
    with looking_in(home) as services:
        take(services, "Marija Zorić", "Line drops")
    return home


def end(desk: Terminal, ending: signal.Signals | None) -> None:
    """End the program from outside, and see that it leaves as it should."""
    if ending is None:
        desk.hang_up()
        assert desk.wait_exit() == 128 + signal.SIGHUP
        return
    desk.signal(ending)
    assert desk.wait_exit() == 128 + ending
    assert all(sequence in desk.output for sequence in RESTORED)


def open_case(desk: Terminal) -> None:
    """Open the only case from the queue."""
    desk.wait_for("[Open work: 1]")
    desk.press("enter")
    desk.wait_for("Timeline:")


@pytest.mark.parametrize("ending", [signal.SIGHUP, signal.SIGTERM, WINDOW_CLOSED], ids=["hup", "term", "window"])
def test_what_is_half_typed_is_offered_again(home: Path, ending: signal.Signals | None) -> None:
    with start(home) as desk:
        desk.wait_for("[Open work: 1]")
        desk.type("nIvo Perić\r091 222 333\rKettle leaks")
        desk.press("left", "left", "_")
        desk.wait_for("Kettle lea_ks")
        end(desk, ending)

    with start(home) as desk:
        desk.wait_for("[Open work: 1]")
        desk.press("n")
        desk.wait_for("Going on where you left off")
        desk.type("+")
        desk.wait_for("Kettle lea_+ks")
        desk.wait_for("Ivo Perić")
        desk.wait_for("091 222 333")
        desk.press("esc")
        desk.wait_for("Kept as a draft")
        open_case(desk)
        desk.press("x")
        desk.wait_for("[1 what was done")
        desk.type("Line put right.\rAnd new plug")
        desk.press("f9")
        desk.wait_for("Remedy  C")
        desk.press("tab", "tab")
        desk.type("a coupon")
        desk.wait_for("a coupon")
        end(desk, ending)

    with start(home) as desk:
        open_case(desk)
        desk.press("x")
        desk.wait_for("Going on where you left off")
        desk.type("s")
        desk.wait_for("And new plugs")
        desk.wait_for("Line put right.")
        desk.press("f9")
        desk.wait_for("a coupon")
        desk.type("s")
        desk.wait_for("a coupons")
        desk.press("esc")
        desk.wait_gone("a coupons")
        desk.press("esc")
        desk.wait_for("Timeline:")
        desk.press("c")
        desk.wait_for("Call from the customer")
        desk.type("She says it is overdue")
        desk.press("home", "right", "_")
        desk.wait_for("S_he says it is overdue")
        end(desk, ending)

    with start(home) as desk:
        open_case(desk)
        desk.press("c")
        desk.wait_for("Going on where you left off")
        desk.type("!")
        desk.wait_for("S_!he says it is overdue")
        desk.press("f8")
        desk.wait_for("Started anew")
        desk.press("esc", "q")
        quit_from_queue(desk)


def test_a_killed_process_loses_only_the_last_moment(home: Path) -> None:
    with start(home) as desk:
        open_case(desk)
        desk.press("n")
        desk.wait_for("Said or written by")
        desk.type("Nothing of this is lost")
        kept = kept_draft(home, "note")
        assert kept.values["text"] == "Nothing of this is lost"
        desk.signal(signal.SIGKILL)
        assert desk.wait_exit() == -signal.SIGKILL
    with start(home) as desk:
        open_case(desk)
        desk.press("n")
        desk.wait_for("Nothing of this is lost")


def kept_draft(home: Path, form: str) -> Draft:
    """The draft of a form of the only case, as soon as it is stored while the program runs."""
    deadline = time.monotonic() + PATIENCE_S
    with looking_in(home) as services:
        case = services.queue.page(QueueQuery()).rows[0]
        while (draft := services.drafts.find(f"{form}:{case.id}")) is None:
            assert time.monotonic() < deadline
    return draft
