"""In a real terminal: no key is lost, no byte kills the program, and a dropped line loses no text."""

from __future__ import annotations

import json
import random
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.hostile import hostile_texts, odd_characters
from tests.e2e.terminal import Terminal

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
# Leaves the session of the terminal and ignores its hang-up: such a program learns of the end by reading alone.
DETACHED = """
import os, signal, sys
signal.signal(signal.SIGHUP, signal.SIG_IGN)
if not (child := os.fork()):
    os.setsid()
    os.execvp(sys.argv[1], sys.argv[1:])
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def command(sample: str, *arguments: str | Path) -> list[str]:
    """The command that runs one of the sample apps."""
    return [sys.executable, str(HERE / f"sample_{sample}.py"), *map(str, arguments)]


def terminal(program: list[str]) -> Terminal:
    """A terminal with a program in it."""
    return Terminal(program, env={"PYTHONPATH": str(ROOT)})


LAUNCHERS = ["pty", *(["tmux"] if shutil.which("tmux") else [])]


@pytest.fixture(params=LAUNCHERS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    """The desk app, in the terminal itself and behind tmux where there is one."""
    program = command("desk", tmp_path / "kept")
    if request.param == "pty":
        with terminal(program) as running:
            running.wait_for("ready")
            yield running
        return
    tmux = ["tmux", "-f", "/dev/null", "-S", str(tmp_path / "socket")]
    with terminal([*tmux, "new-session", *program]) as running:
        running.wait_for("ready")
        yield running
        subprocess.run([*tmux, "kill-server"], check=False)


def test_a_burst_types_into_the_query_and_runs_no_command(desk: Terminal) -> None:
    desk.type("/overdue\r")
    desk.wait_for("query <overdue>")
    assert "strays" not in desk.text
    desk.type("od")
    desk.wait_for("strays od")


def test_a_journey_in_one_write(desk: Terminal) -> None:
    desk.type("/over\rfoverdue\rzorić\x13/dua\rv")
    desk.wait_for("strays v")
    desk.wait_for(re.compile(r"query <dua>\s+strays v\s+saved <overdue\s+zorić>"))


def test_keys_typed_while_a_screen_opens_land_on_it(desk: Terminal) -> None:
    desk.press(*"fover", "space", *"due", "ctrl+s")
    desk.wait_for("saved <over due>")
    assert "strays" not in desk.text


def test_the_whole_text_is_saved_by_a_key_in_the_same_write(desk: Terminal) -> None:
    desk.type("f" + "a" * 40 + "z\x13")
    desk.wait_for("saved <" + "a" * 40 + "z>")


def test_escape_alone_goes_back(desk: Terminal) -> None:
    desk.press("f")
    desk.wait_for("the form")
    desk.press("esc")
    desk.wait_for("saved <left>")


def test_a_paste_with_sequences_inside_runs_nothing(desk: Terminal) -> None:
    desk.press("/")
    desk.paste("over\x1b[31mddd q")
    desk.press("enter")
    desk.wait_for(re.compile(r"query <over(\[31m)?ddd q>"))
    assert "strays" not in desk.text


def test_the_window_may_change_its_size(tmp_path: Path) -> None:
    with terminal(command("desk", tmp_path / "kept")) as desk:
        desk.wait_for("ready")
        desk.resize(120, 40)
        desk.wait_for(re.compile("▔{110}"))
        desk.type("/wide\r")
        desk.wait_for("query <wide>")


def test_the_program_may_be_stopped_and_continued(tmp_path: Path) -> None:
    with terminal(command("desk", tmp_path / "kept")) as desk:
        desk.wait_for("ready")
        desk.signal(signal.SIGTSTP)
        desk.wait_stopped()
        assert "ready" not in desk.text
        desk.signal(signal.SIGCONT)
        desk.wait_for("ready")
        desk.type("/again\r")
        desk.wait_for("query <again>")


def test_a_byte_that_is_no_text_kills_nothing() -> None:
    with terminal(command("field")) as field:
        field.wait_for("ready")
        field.write(b"abc\xe9def\x1b[99999999;1u\x1b[48;0;0;0;0t\x1b[<0;1;1M\r")
        field.wait_for("entered <abc\ufffddef>")


def test_random_bytes_leave_the_keyboard_alive() -> None:
    with terminal(command("field")) as field:
        field.wait_for("ready")
        for number in range(1, 3):
            # A paste that the noise happens to open is closed, so that nobody waits until it is given up.
            field.write(random.Random(number).randbytes(2000) + b"\x1b[201~\x1b[15~")
            field.wait_for(f"round {number}.")
            field.type("abc\r")
            field.wait_for("entered <abc>")


@pytest.mark.parametrize(
    ("ending", "code"),
    [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (None, 129)],
    ids=["told to end", "hang-up signal", "terminal closed"],
)
def test_what_was_typed_is_kept_when_the_end_comes(ending: signal.Signals | None, code: int, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    with terminal(command("desk", kept)) as desk:
        desk.wait_for("ready")
        desk.type("/half a sentence")
        desk.wait_for("half a sentence")
        if ending is None:
            desk.hang_up()
        else:
            desk.signal(ending)
        assert desk.wait_exit() == code
        if ending is not None:
            assert b"\x1b[?1049l" in desk.output, "the terminal is given back"
    assert kept.read_text(encoding="utf-8") == "half a sentence"


def test_a_terminal_that_closes_without_a_signal_is_noticed(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    with terminal([sys.executable, "-c", DETACHED, *command("desk", kept)]) as desk:
        desk.wait_for("ready")
        desk.type("/half a sentence")
        desk.wait_for("half a sentence")
        desk.hang_up()
        assert desk.wait_exit() == 129
    assert kept.read_text(encoding="utf-8") == "half a sentence"


def test_hostile_text_reaches_the_terminal_as_text_alone(tmp_path: Path) -> None:
    texts = tmp_path / "texts.json"
    texts.write_text(json.dumps(hostile_texts()), encoding="ascii")
    with terminal(command("hostile", texts)) as shown:
        shown.wait_for("ready")
        for page in range(-(-len(hostile_texts()) // 6)):
            shown.press("n")
            shown.wait_for(f"page {page}.")
        shown.signal(signal.SIGTERM)
        shown.wait_exit()
    assert odd_characters(bytes(shown.output)) == set()
