"""Several people at one desk, each in a terminal of their own, over the database that they share."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.e2e.desk import looking_in, start, take
from tuitrack.domain.case import Case


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
