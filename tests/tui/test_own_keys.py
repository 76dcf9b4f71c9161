"""Sentences name commands by the keys that the person at work has for them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tuitrack.tui
from tests.tui.case_desk import CaseDesk, DeskApp, press
from tuitrack.tui.commands import Place

SOURCES = Path(tuitrack.tui.__file__).parent
TABLES_OF_KEYS = {*(SOURCES / "commands").iterdir(), SOURCES / "keymap.py"}
NAMED_KEY = re.compile(r"\b(F[1-9]\d?|Ctrl\+[A-Z]|Esc|PgUp|PgDn|[Pp]ress [a-zA-Z/?])\b")
FREE, FREE_TOO = "ž", "š"
"""Keys that no command has: not every keyboard has them."""


@pytest.mark.parametrize(
    ("place", "command", "own", "keys", "told"),
    [
        (Place.QUEUE, "show_views", FREE, "9 9 enter", f"Press {FREE} to see them."),
        (Place.QUEUE, "show_mine", FREE, FREE, f"Press {FREE} for everybody's."),
        (Place.QUEUE, "show_all", FREE, "t", f"Press {FREE} for all."),
        (Place.QUEUE, "cycle_scope", FREE, f"{FREE} {FREE}", f"Press {FREE} to look elsewhere."),
        (Place.QUEUE, "new_case", FREE, f"{FREE} x escape j", f"a new case ({FREE} goes on)"),
        (Place.QUEUE, "toggle_preview", FREE, FREE, "there are 80 and 24."),
        (Place.QUERY, "complete_query", "F12", "slash o w f12 f12", "F12: "),
        (Place.LIST, "choose_line", FREE, FREE, f"({FREE} shows one whole)"),
        (Place.LIST, "page_down", FREE, "enter i", f"· {FREE} next page"),
        (Place.CASE, "settle_item", FREE, "enter", f"then {FREE} done or kept"),
        (Place.CASE, "add_note", FREE, f"enter {FREE} x f8", "Started anew. F8 brings back"),
        (Place.FORM, "swap_draft", "F12", "enter n x f12", "Started anew. F12 brings back"),
        (Place.DIALOG, "leave_dialog", "F12", "g", "F12 leaves."),
        (Place.HELP, "run_command", "F12", "question_mark", "F12 runs it"),
        (Place.INTAKE, "open_existing", "F12", "n A n a down enter", "F12 opens the marked one"),
        (Place.WHO, "enter_known", "F12", "n A n a", "known: F12 and Enter take one"),
    ],
)
async def test_a_sentence_names_the_own_key(place: Place, command: str, own: str, keys: str, told: str) -> None:
    desk = CaseDesk()
    desk.take()
    app = DeskApp(desk, keymap={(place, command): own})
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settle()
        await press(app, pilot, *keys.split())
        assert told in app.text


async def test_an_empty_desk_names_the_own_keys() -> None:
    app = DeskApp(CaseDesk(), keymap={(Place.QUEUE, "new_case"): FREE, (Place.QUEUE, "import_register"): FREE_TOO})
    async with app.run_test(size=(80, 24)):
        await app.settle()
        assert f"Press {FREE} to take the first complaint, or {FREE_TOO} to import a register." in app.text


def texts_of(source: Path) -> Iterator[str]:
    """The texts of a module that are no docstrings."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    told = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in told:
            yield node.value


def test_no_text_of_the_screens_names_a_usual_key() -> None:
    sources = [source for source in sorted(SOURCES.rglob("*.py")) if source not in TABLES_OF_KEYS]
    assert len(sources) > 50
    named = [f"{source.name}: {text}" for source in sources for text in texts_of(source) if NAMED_KEY.search(text)]
    assert not named
