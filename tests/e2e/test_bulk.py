"""Reassigning many cases in a terminal, with keys that arrive in one write, and taking it back after a restart."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.desk import QUEUE, looking_in, start, stored, take
from tests.e2e.terminal import KEYS

SAVE = KEYS["f2"].decode()


def test_forty_cases_are_given_away_and_taken_back_after_a_restart(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with looking_in(home, "Bo") as services:
        references = [take(services, f"Customer {number}", "Noise").reference for number in range(40)]
        for reference in references[:5]:
            case = services.queue.go_to(reference).case
            assert case is not None
            services.casework.take(case.id, case.version)
    with start(home) as desk:
        desk.wait_for("[Open work: 40]")
        desk.type(f"*ebo{SAVE}")
        desk.wait_for("35 change, 5 do not · Owner: bo · nothing is stored yet")
        desk.wait_for("stays: It is so already.")
        desk.type("r")
        desk.wait_for("35 changed, 5 not · Owner: bo")
        desk.type("qq")
        assert desk.wait_exit() == 0
    assert {stored(home, reference).case.owner for reference in references} == {"bo"}
    with looking_in(home, "Bo") as services:
        case = stored(home, references[7]).case
        services.casework.add_note(case.id, {"text": "Called."})
    with start(home) as desk:
        desk.wait_for("[Open work: 40]")
        desk.type("u")
        desk.wait_for("34 undone, 1 not · Owner: bo")
        desk.wait_for(f"{references[7]}  stays: Not undone: bo changed")
        desk.type("q")
        desk.wait_for(QUEUE)
        desk.type("q")
        assert desk.wait_exit() == 0
    owned = [reference for reference in references if stored(home, reference).case.owner]
    assert owned == [*references[:5], references[7]]
