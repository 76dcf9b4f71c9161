"""A query typed in a terminal in one burst, and the way from its answer to a case and back."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.desk import looking_in, start, take
from tests.e2e.terminal import KEYS

PAGE_DOWN = KEYS["pagedown"].decode()


def test_a_query_typed_in_one_burst_a_page_down_a_case_and_back(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with looking_in(home) as services:
        for number in range(1, 61):
            take(services, f"Customer {number}", f"Router {number}" if number % 2 else f"Kettle {number}")
    with start(home) as desk:
        desk.wait_for("[Open work: 60]")
        desk.type(f"/owner:none router\r{PAGE_DOWN}\r")
        desk.wait_for("Router 19")
        desk.wait_for("Customer 19")
        desk.press("esc")
        desk.wait_for("30 of 60: open, without an owner, “router")
        desk.wait_for("subject: «Router» 19")
        # This Esc and the key behind it look like the beginning of a terminal's sequence.
        desk.type("\x1b]]")
        desk.wait_for("Mine: 0 of 60: open, of Ana")
        desk.type("/ ownr:x")
        desk.wait_for("did you mean owner?")
        assert desk.screen[1].index("^") == desk.screen[0].index("ownr")
