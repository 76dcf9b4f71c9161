"""Comfort in a real terminal: keys of one's own, an editor in between, a theme found again."""

from __future__ import annotations

import base64
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.desk import COMMAND, REFERENCE, ROOT, environment, looking_in, quit_from_queue, start, take
from tests.e2e.terminal import Terminal

EDITOR = f"""#!{sys.executable}
import pathlib, sys
file = pathlib.Path(sys.argv[1])
print("the editor has the terminal", flush=True)
if not (key := sys.stdin.readline().strip()):
    sys.exit("the terminal is gone")
file.write_text(file.read_text("utf-8") + " and " + key, "utf-8")
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of a desk with one case."""
    home = tmp_path / "home"
    home.mkdir()
    with looking_in(home) as services:
        take(services, "Ana Zorić", "Broken")
    return home


@pytest.fixture
def editor(home: Path) -> Path:
    """A program that adds what is typed to a file, allowed at this desk."""
    (home / "config.toml").write_text("editor = true\n")
    editor = home / "editor"
    editor.write_text(EDITOR)
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    return editor


def write_note(desk: Terminal, text: str) -> None:
    """Begin a note on the marked case of the queue."""
    desk.wait_for("Broken")
    desk.press("enter")
    desk.wait_for("Timeline:")
    desk.type("n")
    desk.wait_for("F2 save")
    desk.type(text)
    desk.wait_for(text)


def test_a_note_is_written_in_the_editor_and_saved(home: Path, editor: Path) -> None:
    with start(home, EDITOR=str(editor)) as desk:
        write_note(desk, "half a note")
        desk.press("f5")
        desk.wait_for("the editor has the terminal")
        desk.type("more\r")
        desk.wait_for("half a note and more")
        desk.press("f2")
        desk.wait_for("Note stored.")
        desk.press("q")
        quit_from_queue(desk)
    with looking_in(home) as services:
        assert services.casefile.open(1).entries[-1].body == "half a note and more"


def test_a_line_that_drops_under_the_editor_loses_no_text(home: Path, editor: Path) -> None:
    with start(home, EDITOR=str(editor)) as desk:
        write_note(desk, "half a note")
        desk.press("f5")
        desk.wait_for("the editor has the terminal")
        desk.hang_up()
        assert desk.wait_exit() == 129
    with looking_in(home) as services:
        (draft,) = services.drafts.all()
        assert draft.values["text"] == "half a note"


def test_a_reference_goes_to_the_clipboard_of_the_terminal(home: Path) -> None:
    with start(home) as desk:
        desk.wait_for("Broken")
        desk.type("y")
        shown = desk.wait_for("Copied, if your terminal takes it: ")
        reference = REFERENCE.findall(shown)[-1]
        assert b"\x1b]52;c;" + base64.b64encode(reference.encode()) + b"\a" in desk.output
        quit_from_queue(desk)


def test_keys_of_ones_own(home: Path) -> None:
    (home / "keys.toml").write_text('[queue]\nnew_case = "C Ctrl+T"\n')
    with start(home) as desk:
        desk.wait_for("C new")
        desk.type("C")
        desk.wait_for("Subject")
        desk.press("esc")
        quit_from_queue(desk)


def test_wrong_keys_prevent_nothing_and_are_told(home: Path) -> None:
    (home / "keys.toml").write_text('new_cas = "N"\n[queue]\nnew_case = "Ctrl+M"\n')
    with start(home, cols=160) as desk:
        shown = desk.wait_for("The usual keys are in force (1 more: tuitrack doctor)")
        assert "n new" in shown
        quit_from_queue(desk)
    told = subprocess.run(
        [*COMMAND, "doctor"], env=environment(home), cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    assert "new_cas is not a command; the nearest is new_case." in told
    assert "Ctrl+M is not safe" in told


def test_a_theme_is_found_again(home: Path) -> None:
    with start(home) as desk:
        desk.wait_for("Broken")
        desk.type("T")
        desk.wait_for("blue and orange")
        desk.press("down", "enter")
        desk.wait_for("Theme: light.")
        quit_from_queue(desk)
    with start(home) as desk:
        desk.wait_for("Broken")
        desk.type("T")
        desk.wait_for("blue and orange")
        desk.press("enter")
        desk.wait_for("Theme: light.")
        quit_from_queue(desk)
