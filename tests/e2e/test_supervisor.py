"""A supervisor's day in a terminal: from the board to why a case is late and back, and forty cases given away."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.desk import looking_in, start, stored, take
from tests.e2e.terminal import KEYS, Terminal

SAVE = KEYS["f2"].decode()


def test_a_supervisor_walks_from_the_board_to_why_and_back_and_reassigns_forty_cases(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with looking_in(home, "Bo", days_ago=20) as services:
        late = [take(services, f"Customer {number}", "Noise").reference for number in range(40)]
        for reference in late[:4]:
            case = stored(home, reference).case
            services.casework.take(case.id, case.version)
    with looking_in(home, "Mia") as services:
        on_time = [take(services, f"Customer {number}", "Smell").reference for number in range(3)]

    with start(home, TUITRACK_AGENT="Mia") as desk:
        desk.wait_for("[Open work: 43] · overdue 40")
        walk_from_the_board_to_why_and_back(desk)

        desk.type("\r")
        desk.wait_for("40 of 43: open, overdue")
        desk.type(f"*ebo{SAVE}")
        desk.wait_for("36 change, 4 do not · Owner: bo · nothing is stored yet")
        assert desk.text.count("stays: It is so already.") == 4
        with looking_in(home, "Bo") as services:
            services.casework.add_note(stored(home, late[4]).case.id, {"text": "The customer called."})
        desk.type("r")
        desk.wait_for("35 changed, 5 not · Owner: bo")
        desk.wait_for(f"{late[4]} Customer 4 · Noise\n    stays: bo changed it since it was looked at: Note.")
        assert owned_by_bo(home, late + on_time) == [*late[:4], *late[5:]]

        desk.type("q")
        desk.wait_for("40 of 43: open, overdue")
        desk.type("u")
        desk.wait_for("35 undone · Owner: bo")
        desk.type("q")
        desk.wait_for("40 of 43: open, overdue")
        desk.type("qq")
        assert desk.wait_exit() == 0
    assert owned_by_bo(home, late + on_time) == late[:4]


def walk_from_the_board_to_why_and_back(desk: Terminal) -> None:
    """Go from the queue to a number of the board, its list, a case and its reasons, and back to that number."""
    desk.press("B")
    desk.wait_for("[40]")
    desk.press("down", "enter")
    desk.wait_for("Search is:overdue next:promise")
    desk.wait_for("40 of 43: open, overdue")
    desk.press("enter")
    desk.wait_for("Timeline: ")
    desk.press("W")
    desk.wait_for("Why due then")
    desk.wait_for("So it is due ")
    desk.press("esc")
    desk.wait_for("Timeline: ")
    desk.press("esc")
    desk.wait_for("40 of 43: open, overdue")
    desk.press("B")
    desk.wait_for("> promise  ")
    desk.press("up")
    desk.wait_for("> Everything ")


def owned_by_bo(home: Path, references: list[str]) -> list[str]:
    """Those of the cases that Bo owns."""
    return [reference for reference in references if stored(home, reference).case.owner == "bo"]
