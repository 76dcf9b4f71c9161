"""A text written in another program: in a private file that is gone afterwards, and safe when it comes back."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tuitrack.domain.errors import Refusal
from tuitrack.tui.editor import BYTES_MAX, edited, editor_command


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for temporary files."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def editor(does: str) -> list[str]:
    """A program that edits `file` in some way."""
    return [sys.executable, "-c", f"import os, pathlib, sys; file = pathlib.Path(sys.argv[1]); {does}"]


def test_what_the_editor_wrote_comes_back_and_the_file_is_gone(temporary: Path) -> None:
    assert edited("čaj\nline", editor("file.write_text(file.read_text('utf-8') + ' more\\n', 'utf-8')")) == (
        "čaj\nline more"
    )
    assert list(temporary.iterdir()) == []


def test_nobody_else_can_read_the_file() -> None:
    modes = "f'{file.stat().st_mode & 0o777:o} {file.parent.stat().st_mode & 0o777:o}'"
    assert edited("", editor(f"file.write_text({modes})")) == "600 700"


def test_what_comes_back_is_safe_to_show() -> None:
    assert edited("", editor(r"file.write_bytes(b'a\x1b[2J\xe2\x80\xaeb\xffc')")) == "a\ufffd[2Jb\ufffdc"


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (editor("sys.exit(3)"), "ended with code 3; the text is as it was"),
        (editor("file.unlink()"), "did not work"),
        (["/nonexistent/editor"], "did not work"),
        (editor(f"file.write_text('x' * {BYTES_MAX + 1})"), "bytes were written"),
    ],
)
def test_an_editor_that_fails_changes_nothing(command: list[str], sentence: str, temporary: Path) -> None:
    with pytest.raises(Refusal, match=sentence):
        edited("text", command)
    assert list(temporary.iterdir()) == []


def test_the_keys_that_stop_a_program_are_left_to_the_editor() -> None:
    stop = "import signal; os.kill(os.getppid(), signal.SIGINT); "
    own = "file.write_text(str(signal.getsignal(signal.SIGINT) is signal.default_int_handler))"
    assert edited("", editor(stop + own)) == "True"


def test_the_editor_is_named_by_the_environment() -> None:
    assert editor_command({"EDITOR": "vim -n 'a b'"}) == ["vim", "-n", "a b"]
    assert editor_command({"EDITOR": "vi", "VISUAL": "nano"}) == ["nano"]
    for environ in ({}, {"EDITOR": " "}, {"EDITOR": "vi 'open"}):
        with pytest.raises(Refusal, match="EDITOR"):
            editor_command(environ)
