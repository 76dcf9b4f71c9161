"""Writing a text in the person's own editor, in a file that nobody else can read and that is gone afterwards."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from tuitrack.domain.errors import Refusal
from tuitrack.domain.text import clean

BYTES_MAX = 1_000_000
"""More than this is no text of a complaint, and would only be slow to show."""


def edit_outside(app: App[Any], text: str, environ: Mapping[str, str] = os.environ) -> str:
    """Leave the screen to the editor until it ends; return the text as it is then. Raises Refusal."""
    command = editor_command(environ)
    try:
        # The editor has the terminal: nothing of this program may be drawn or read meanwhile.
        with app.suspend():
            return edited(text, command)
    except SuspendNotSupported as error:
        raise Refusal("Editor: this terminal cannot be left to another program.") from error


def editor_command(environ: Mapping[str, str]) -> list[str]:
    """The words of the editor's command; raises Refusal where none is named."""
    wanted = environ.get("VISUAL") or environ.get("EDITOR") or ""
    try:
        command = shlex.split(wanted)
    except ValueError as error:
        raise Refusal(f"Editor: EDITOR is not a command ({error}).") from error
    if not command:
        raise Refusal("Editor: name one in EDITOR, such as EDITOR=nano, and start again.")
    return command


def edited(text: str, command: Sequence[str]) -> str:
    """The text after a run of the editor, made safe; raises Refusal, and then the text is as it was."""
    with tempfile.TemporaryDirectory(prefix="tuitrack-") as folder:
        file = Path(folder, "text.txt")
        with open(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as handle:
            handle.write(text)
        try:
            with _unmoved_by(signal.SIGINT, signal.SIGQUIT):
                code = subprocess.run([*command, str(file)], check=False).returncode
            if code:
                raise Refusal(f"Editor: {command[0]} ended with code {code}; the text is as it was.")
            with file.open("rb") as result:
                written = result.read(BYTES_MAX + 1)
        except OSError as error:
            raise Refusal(f"Editor: {command[0]} did not work ({error.strerror}); the text is as it was.") from error
    if len(written) > BYTES_MAX:
        raise Refusal(f"Editor: more than {BYTES_MAX:,} bytes were written; the text is as it was.")
    return clean(written.decode("utf-8", "replace")).removesuffix("\n")


@contextmanager
def _unmoved_by(*numbers: signal.Signals) -> Iterator[None]:
    """Leave the keys that stop a program to the editor; ignored outright, the editor would inherit that."""
    before = {number: signal.signal(number, lambda *_: None) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
