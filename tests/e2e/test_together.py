"""Several people at one desk, each in a terminal of their own, over the database that they share."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest

from tests.e2e.desk import looking_in, start, stored, take
from tests.patience import PATIENCE_S
from tuitrack.domain.case import Case
from tuitrack.domain.presence import LEASE


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A desk of Ana and Luka."""
    home = tmp_path / "home"
    home.mkdir()
    with looking_in(home) as services:
        services.staff.add({"name": "Luka"})
    return home


@pytest.fixture
def cases(home: Path) -> list[Case]:
    """Two cases, the first of which is due first."""
    with looking_in(home) as services:
        return [take(services, name, subject) for name, subject in (("Marija", "Line drops"), ("Ivo", "Bill wrong"))]


def test_what_one_stores_appears_before_the_other_without_a_key(home: Path, cases: list[Case]) -> None:
    reference = cases[1].reference
    with start(home) as ana, start(home, TUITRACK_AGENT="Luka") as luka:
        for desk in (ana, luka):
            desk.wait_for("[Open work: 2]")
            desk.wait_for(re.compile(r"^> .*Marija", re.MULTILINE))
        ana.press("down")
        ana.wait_for(re.compile(rf"^> .*{reference}", re.MULTILINE))
        luka.press("down", "enter")
        luka.wait_for("Timeline:")
        luka.press("!")
        luka.wait_for("Marked as urgent.")
        ana.wait_for(re.compile(rf"^> .*{reference}.*URGENT", re.MULTILINE))
        ana.press("enter")
        ana.wait_for("Timeline:")
        luka.type("nFound in the depot.\x13")
        luka.wait_for("Note stored.")
        ana.wait_for("Found in the depot.")


def test_two_save_at_once_and_are_asked_only_about_the_field_that_both_changed(home: Path, cases: list[Case]) -> None:
    reference = cases[0].reference
    with start(home) as ana, start(home, TUITRACK_AGENT="Luka") as luka:
        for desk in (ana, luka):
            desk.wait_for(reference)
            desk.press("enter")
            desk.wait_for("Timeline:")
            desk.press("n")
            desk.wait_for("Said or written by")
        ana.type("Note of Ana\x13")
        luka.type("Note of Luka\x13")
        for desk in (ana, luka):
            desk.wait_for("Note stored.")
            desk.wait_for("Timeline: 4 entries")
            desk.press("e")
            desk.wait_for("Edit  C")
        for desk, subject in ((ana, "Ana was here"), (luka, "Luka was here")):
            desk.press("end", "ctrl+u")
            desk.type(subject)
            desk.wait_for(subject)
        ana.press(*["tab"] * 4)
        ana.type("Router")
        ana.wait_for("Router")
        ana.press("f2")
        ana.wait_for("Changes stored.")
        luka.press("f2")
        luka.wait_for("ana changed the same meanwhile")
        luka.wait_for("“Ana was here”")
        luka.wait_for("you: “Luka was here”")
        luka.press("t")
        luka.wait_for("Changes stored.")
        luka.wait_for("Ana was here")
    file = stored(home, reference)
    assert (file.case.subject, file.case.product) == ("Ana was here", "Router")
    assert {"Note of Ana", "Note of Luka", "Luka was here"} <= {entry.body for entry in file.entries}


def test_each_sees_in_which_case_the_other_is_and_a_killed_one_is_gone_by_itself(home: Path, cases: list[Case]) -> None:
    with start(home) as ana, start(home, TUITRACK_AGENT="Luka") as luka:
        for desk in (ana, luka):
            desk.wait_for("[Open work: 2]")
        luka.press("enter")
        luka.wait_for("Timeline:")
        ana.wait_for("(luka) Line")
        luka.press("n")
        luka.wait_for("Said or written by")
        # Some seconds after the last letter nobody types any more, and on a busy machine it is told some seconds later.
        ana.wait_for("(luka types)", meanwhile=lambda: luka.type("."))
        ana.press("enter")
        ana.wait_for("here: luka types", meanwhile=lambda: luka.type("."))
        luka.press("esc")
        luka.wait_for("here: ana")
        luka.signal(signal.SIGKILL)
        ana.wait_gone("here: luka", timeout=LEASE.total_seconds() + PATIENCE_S)
