"""The terminals that tuitrack can be started in, those it refuses, and two of them over one database."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.e2e.desk import COMMAND, environment, looking_in, quit_from_queue, start, take
from tests.e2e.terminal import Terminal

TERMS = ["linux", "vt100", "xterm-256color", "screen", "tmux-256color"]
GREYS = {b"%d" % number for number in (0, 7, 8, 15, 16, 59, 102, 145, 188, *range(231, 256))}
"""The colours of 256 that have none."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A desk with one case."""
    home = tmp_path / "home"
    home.mkdir()
    with looking_in(home) as services:
        take(services, "Marija Zorić", "Line drops")
    return home


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"TERM": "dumb"}, "TERM=dumb"),
        ({"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "UTF-8"),
        ({"PYTHONIOENCODING": "latin-1"}, "UTF-8"),
    ],
    ids=["dumb", "plain C locale", "latin-1"],
)
def test_a_terminal_that_cannot_show_it_is_refused(home: Path, changed: dict[str, str], said: str) -> None:
    with start(home, 80, 24, **changed) as refused:
        assert refused.wait_exit() == 2
        assert said in refused.text
        assert refused.output.count(b"\n") <= 2
        assert b"\x1b" not in refused.output


def test_without_a_terminal_one_sentence_says_so(home: Path) -> None:
    done = subprocess.run(COMMAND, env=environment(home), stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stdout == ""
    assert re.fullmatch(r"tuitrack: .*terminal.*\.\n", done.stderr)


@pytest.mark.parametrize("changed", [{"NO_COLOR": "1"}, *({"TERM": term} for term in TERMS)], ids=str)
def test_the_queue_is_shown(home: Path, changed: dict[str, str]) -> None:
    with start(home, 80, 24, **changed) as desk:
        desk.wait_for(re.compile(r"^> .*Marija Zorić", re.MULTILINE))
        quit_from_queue(desk)
        if "NO_COLOR" in changed:
            assert {shade for shade in re.findall(rb"[34]8;5;(\d+)", desk.output) if shade not in GREYS} == set()
            assert not re.search(rb"\x1b\[[\d;]*[34]8;2;|\x1b\[(\d;)*[349][1-6]m", desk.output)


@pytest.mark.skipif(not shutil.which("tmux"), reason="there is no tmux here")
def test_the_queue_is_shown_in_tmux(home: Path, tmp_path: Path) -> None:
    tmux = ["tmux", "-f", "/dev/null", "-S", str(tmp_path / "socket")]
    with Terminal([*tmux, "new-session", shlex.join(COMMAND)], env=environment(home), cwd=home) as desk:
        desk.wait_for(re.compile(r"^> .*Marija Zorić", re.MULTILINE))
        desk.press("q")
        assert desk.wait_exit() == 0


def test_the_window_may_grow_and_shrink_on_every_screen(home: Path) -> None:
    with start(home) as desk:
        desk.wait_for("[Open work: 1]")
        for key, seen in (("", "Marija Zorić"), ("enter", "Timeline:"), ("c", "Call from the customer")):
            if key:
                desk.press(key)
            desk.wait_for(seen)
            desk.resize(200, 50)
            desk.wait_for(re.compile(r"\A(.*\n){45,49}.*\S"))
            desk.wait_for(seen)
            desk.resize(80, 24)
            desk.wait_for(seen)
        desk.type("still here")
        desk.wait_for("still here")
