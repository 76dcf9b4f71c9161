"""Whether this terminal can carry the screens, asked before any of them is loaded."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Mapping, MutableMapping
from typing import TextIO

from tuitrack.domain.errors import Refusal

_OVERRIDES = ("COLUMNS", "LINES")


def prepare_terminal() -> None:
    """Check this process's terminal and clean its environment; to be called before Textual is imported."""
    refuse_unsuitable_terminal(os.environ, sys.stdin, sys.stderr)
    remove_overrides(os.environ)


def refuse_unsuitable_terminal(environ: Mapping[str, str], keys: TextIO, screen: TextIO) -> None:
    """Raise a `Refusal` unless `keys` and `screen` are a terminal that places characters and takes UTF-8."""
    if not keys.isatty() or not screen.isatty():
        raise Refusal("The screens need a terminal for both keys and display; here one of them goes elsewhere.")
    if environ.get("TERM", "") in ("", "dumb"):
        raise Refusal("This terminal says it cannot place characters (TERM=dumb or none); set for example TERM=xterm.")
    if codecs.lookup(screen.encoding).name != "utf-8":
        raise Refusal(f"This terminal takes {screen.encoding}, but names need UTF-8; set for example LC_ALL=C.UTF-8.")


def remove_overrides(environ: MutableMapping[str, str]) -> None:
    """Take out what would make Textual load a foreign driver, write files or mistake the terminal's size."""
    for name in [name for name in environ if name.startswith("TEXTUAL_") or name in _OVERRIDES]:
        del environ[name]
