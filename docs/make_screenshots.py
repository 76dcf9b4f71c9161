"""Draws the screenshots of the README and of docs/ by driving the program by keys: `python docs/make_screenshots.py`.

The desk is made from a seed at a fixed moment, so that the pictures change only when the screens do.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
sys.path.insert(0, str(CHECKOUT))

from textual.pilot import Pilot  # noqa: E402 - the checkout has to be found first

from tuitrack.bootstrap import registers_beside  # noqa: E402
from tuitrack.demo.story import fill  # noqa: E402
from tuitrack.services.bundle import Services  # noqa: E402
from tuitrack.services.desk import Desk  # noqa: E402
from tuitrack.services.signing_in import sign_in  # noqa: E402
from tuitrack.settings import Settings  # noqa: E402
from tuitrack.storage.store import open_store  # noqa: E402
from tuitrack.tui.app import TuitrackApp  # noqa: E402

FOLDER = Path(__file__).parent / "screenshots"
MOMENT = datetime(2026, 3, 18, 9, 20, tzinfo=UTC)
AGENT = "Maja Horvat"
SEED, CASES = 1, 120
SIZE = (100, 28)
"""Columns and rows of the terminal."""
WIDE = (160, 40)
"""A terminal that has room for a preview."""

REGISTER = """\
Complaint ID;Date received;Customer;Phone;Issue;Product;Status;Closed on;Branch
2019-0311;03/04/2019;Ana Zorić;+385 91 234 567;Arrived broken;Washing machine;closed;09/04/2019;North
2019-0312;14/04/2019;Ivo Babić;+385 98 111 222;Three weeks late;Sofa;open;;South
2019-0313;32/04/2019;Eva Kos;+386 41 555 010;Charged twice;Invoice;open;;North
"""
RUDE_ANSWER = ("/", *"counter", "enter", "down", "enter")
"""Searches for a complaint, goes to the hits and opens the second one."""
SHOTS: dict[str, tuple[str, ...]] = {
    "queue": (),
    "case": RUDE_ANSWER,
    "status-card": (*RUDE_ANSWER, "s"),
    "closing": (*RUDE_ANSWER, "x", "ctrl+r"),
    "intake": ("n", *"zor", "down", "enter", *"Charged", "space", *"twice"),
    "import": ("i", *"register.csv", "enter"),
    "preview": ("down", "+", "+", "down"),
    "board": ("B", "2", "down", "down"),
    "rehearsal": ("o", *"++++++++", "e", *"nina.petrova", "f2"),
}
"""What is pressed before each picture, from the queue on."""
SIZES = {"preview": WIDE}
"""Which pictures are of another size."""


async def draw(desk: Desk, name: str, keys: tuple[str, ...]) -> None:
    """Press the keys and write what is on the screen then as an SVG file."""
    app = TuitrackApp(Services(desk, lambda: registers_beside(desk)), environ={})
    async with app.run_test(size=SIZES.get(name, SIZE)) as pilot:
        await settle(app, pilot)
        for key in keys:
            await pilot.press(key)
            await settle(app, pilot)
        picture = app.export_screenshot(title=f"tuitrack: {name.replace('-', ' ')}")
    app.backstage.drain()
    (FOLDER / f"{name}.svg").write_text(without_addresses(picture), encoding="utf-8")
    print(f"{name}.svg")


async def settle(app: TuitrackApp, pilot: Pilot[None]) -> None:
    """Wait until two looks at the screen are alike: what is read from disk is drawn a moment later."""
    await app.keys.settled()
    seen = ""
    while seen != (seen := app.export_screenshot()):
        await pilot.pause(0.1)


def without_addresses(picture: str) -> str:
    """The picture without the fonts that it would fetch from the network; the viewer's own take their place."""
    picture = re.sub(r"\s*@font-face \{.*?\n    \}", "", picture, flags=re.DOTALL)
    return picture.replace("Fira Code, monospace", "monospace") + "\n"


def main() -> None:
    """Make the desk and draw every picture, or those named on the command line."""
    wanted = sys.argv[1:] or list(SHOTS)
    FOLDER.mkdir(exist_ok=True)
    # The register is named without its folder, which is another one every time.
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        os.environ["TUITRACK_HOME"] = folder
        Path("register.csv").write_text(REGISTER, encoding="utf-8")
        store = open_store(Path(folder) / "tuitrack.db", Path(folder) / "backups")
        handle = sign_in(store, AGENT, MOMENT).handle
        settings = Settings(agent=AGENT, time_zone="Europe/Zagreb", region="HR")
        desk = Desk(store, handle, settings, lambda: MOMENT)
        fill(desk, CASES, SEED)
        for name in wanted:
            asyncio.run(draw(desk, name, SHOTS[name]))
        store.close()


if __name__ == "__main__":
    main()
