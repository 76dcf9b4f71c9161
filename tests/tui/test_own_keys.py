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
TABLES_OF_KEYS = {"commands.py", "keymap.py"}
NAMED_KEY = re.compile(r"\b(F[1-9]\d?|Ctrl\+[A-Z]|Esc|PgUp|PgDn|[Pp]ress [a-zA-Z/?])\b")


@pytest.mark.parametrize(
    ("place", "command", "own", "keys", "told"),
    [
        (Place.QUEUE, "show_views", "Z", "9 enter", "Press Z to see them."),
        (Place.QUEUE, "show_mine", "Z", "Z", "Press Z for everybody's."),
        (Place.QUEUE, "show_all", "Z", "t", "Press Z for all."),
        (Place.QUEUE, "cycle_scope", "Z", "Z Z", "Press Z to look elsewhere."),
        (Place.QUEUE, "new_case", "Z", "Z x escape j", "a new case (Z goes on)"),
        (Place.QUEUE, "toggle_preview", "Z", "Z", "there are 80 and 24."),
        (Place.QUERY, "complete_query", "Ctrl+N", "slash o w ctrl+n ctrl+n", "Ctrl+N: "),
        (Place.LIST, "choose_line", "Z", "Z", "(Z shows one whole)"),
        (Place.LIST, "page_down", "Z", "enter i", "· Z next page"),
        (Place.CASE, "settle_item", "Z", "enter", "then Z done or kept"),
        (Place.CASE, "add_note", "Z", "enter Z x f8", "Started anew. F8 brings back"),
        (Place.FORM, "swap_draft", "F12", "enter n x f12", "Started anew. F12 brings back"),
        (Place.DIALOG, "leave_dialog", "F4", "g", "F4 leaves."),
        (Place.HELP, "run_command", "F4", "question_mark", "F4 runs it"),
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
    app = DeskApp(CaseDesk(), keymap={(Place.QUEUE, "new_case"): "N", (Place.QUEUE, "import_register"): "I"})
    async with app.run_test(size=(80, 24)):
        await app.settle()
        assert "Press N to take the first complaint, or I to import a register." in app.text


def texts_of(source: Path) -> Iterator[str]:
    """The texts of a module that are no docstrings."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    told = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in told:
            yield node.value


def test_no_text_of_the_screens_names_a_usual_key() -> None:
    sources = [source for source in sorted(SOURCES.rglob("*.py")) if source.name not in TABLES_OF_KEYS]
    assert len(sources) > 50
    named = [f"{source.name}: {text}" for source in sources for text in texts_of(source) if NAMED_KEY.search(text)]
    assert not named
