"""Texts made to break a terminal or a screen, shown wherever a person's words are shown: they stay text."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import a_case, a_customer, a_promise, an_entry
from tests.e2e.desk import looking_in, order_by, quit_from_queue, start
from tests.e2e.hostile import hostile_bytes, hostile_texts, odd_characters
from tests.e2e.terminal import Terminal
from tuitrack.domain.queue import QueueQuery, Sort

CASES_READ = 4
"""Cases that are opened, each with its share of all texts in its timeline."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A desk whose database holds every text as it is, past all cleaning on the way in."""
    home = tmp_path / "home"
    home.mkdir()
    texts = sendable_texts()
    with looking_in(home) as services, services.desk.store.writing() as writer:
        now = datetime.now(UTC)
        for number, text in enumerate(texts, 1):
            customer = writer.add(a_customer(text[:200]))
            case = a_case(number, customer.id, subject=text[:200], words=text, received_at=now, product=text)
            case = writer.add(case)
            if number <= CASES_READ:
                for told in texts[number - 1 :: CASES_READ]:
                    writer.add(an_entry(case.id, summary=told[:200], body=told, by=told[:80], occurred_at=now))
                writer.add(a_promise(case.id, what=text[:200], to=text[:200]))
    return home


def sendable_texts() -> list[str]:
    """The texts as UTF-8 carries them: without halves of characters."""
    return [text.encode(errors="replace").decode() for text in hostile_texts()]


def leave(desk: Terminal) -> None:
    """See that the keyboard still answers in the queue, leave, and see that only text was drawn."""
    desk.type("/still there")
    desk.wait_for("Search still there")
    desk.press("esc")
    desk.wait_for("[Open work:")
    desk.press("esc")
    quit_from_queue(desk)
    assert odd_characters(bytes(desk.output)) == set()


def test_stored_texts_are_shown_as_text(home: Path) -> None:
    count = len(hostile_texts())
    with start(home) as desk:
        desk.wait_for(f"[Open work: {count}]")
        order_by(desk, Sort.OLDEST)
        desk.press(*["space"] * (count // 15), "home")
        for _ in range(CASES_READ):
            desk.press("enter")
            desk.wait_for("Timeline:")
            desk.press(*["pageup"] * 5, "enter")
            desk.wait_for("Entered ")
            desk.press("q", "i")
            desk.wait_for("What was said")
            desk.press("q", "s")
            desk.wait_for("Your complaint is")
            desk.press("esc", "C")
            desk.wait_gone("Timeline:")
            desk.press("q")
            desk.wait_for("Timeline:")
            desk.press("q")
            desk.wait_for("Search")
            desk.press("down")
        leave(desk)


def test_typed_and_pasted_texts_are_kept_and_told_as_text(home: Path) -> None:
    texts = sendable_texts()
    with start(home) as desk:
        desk.wait_for("[Open work:")
        for text in texts[::9]:
            desk.press("/")
            desk.paste(text)
            desk.press("esc", "esc", "g")
            desk.paste(text)
            desk.press("enter", "esc")
        desk.press("home", "enter")
        desk.wait_for("Timeline:")
        desk.press("p")
        desk.wait_for("What was promised")
        desk.paste("\n".join(texts)[:900])
        desk.press("tab")
        desk.paste(texts[0])
        desk.press("f2")
        desk.wait_for("is not a date")
        desk.press("esc")
        desk.wait_for("Kept as a draft")
        desk.press("n")
        desk.wait_for("Said or written by")
        desk.paste("first line\n" + "\n".join(texts) + "\nlast line")
        desk.press("f2")
        desk.wait_for("Note stored.")
        desk.press("q")
        leave(desk)
    with looking_in(home) as services:
        case = services.queue.page(QueueQuery()).rows[0]
        body = services.casefile.open(case.id).entries[-1].body
    assert body.startswith("first line")
    assert body.endswith("last line")
    assert not any(control in body for control in ("\x1b", "\x9b", "\x00", "\u202e"))


def test_bytes_that_no_keyboard_sends_run_nothing(home: Path) -> None:
    with start(home) as desk:
        desk.wait_for("[Open work:")
        for data in hostile_bytes():
            desk.press("g")
            desk.wait_for("Go to")
            # A paste that the bytes opened is closed, so that nobody waits until it is given up.
            desk.write(data + b"\x1b[201~")
            desk.type("~here~")
            desk.press("esc")
        leave(desk)
