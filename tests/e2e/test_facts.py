"""Finding out what happened and letting the customer choose, in a real terminal with keys typed ahead."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.desk import looking_in, start, stored, take
from tuitrack.domain.words import ActionKind, Status


def test_an_investigation_is_opened_and_answered_and_an_option_chosen(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with looking_in(home) as services:
        reference = take(services, "Ivo Kos", "Router does not start", owner=services.desk.agent).reference
    with start(home) as desk:
        desk.wait_for(reference)
        desk.type("\r")
        desk.wait_for("Timeline")
        desk.type("IiWho packed it\t\tfri")
        desk.wait_for("= ")
        desk.press("f2")
        desk.wait_for("Investigation: stored.")
        desk.type("dNobody put the foam in.")
        desk.wait_for("Nobody put the foam in.")
        desk.press("f2")
        desk.wait_for("Finding: Nobody put the foam in.")
        desk.type("q")
        desk.wait_for("Found (1): Nobody put the foam in.")
        desk.type("Dor")
        desk.wait_for("(•) [r]eplacement")
        desk.press("f2")
        desk.wait_for("replacement · no answer yet")
        desk.type("jd")
        desk.wait_for("[x] replacement · chosen, to deliver")
    file = stored(home, reference)
    assert [(action.kind, action.done_note) for action in file.actions] == [
        (ActionKind.INVESTIGATION, "Nobody put the foam in.")
    ]
    assert file.case.status is Status.OPEN
    assert [remedy.chosen for remedy in file.remedies] == [True]
