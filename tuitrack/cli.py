"""The `tuitrack` command: starts the screens or a command; a failure is one line and an exit code."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from tuitrack.domain.errors import TuitrackError

COMPLETION_VARIABLE = "_TUITRACK_COMPLETE"
"""Set by a shell that asks how to complete a line, which it does without arguments."""
FAILED = 2
"""The exit code of a command that was refused, mistyped or could not use the database."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `arguments`, those of the process by default, and return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        match given:
            case [] if COMPLETION_VARIABLE not in os.environ:
                return start_screens(None)
            case ["--as", agent]:
                return start_screens(agent)
            case ["--as", agent, "--key", key]:
                return start_screens(agent, key)
            case [option] if option.startswith("--as="):
                return start_screens(option.removeprefix("--as="))
            case _:
                # Click costs more than everything else up to here, and the screens need none of it.
                from tuitrack.commands import run

                return run(given)
    except TuitrackError as failure:
        print(f"tuitrack: {_one_line(failure.sentence)}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("tuitrack: stopped.", file=sys.stderr)
        return 130


def start_screens(agent: str | None, key: str = "") -> int:
    """Show the queue to `agent`, or to whoever the settings name, until the program is left.

    `key` is the fingerprint of the key by which they came in from afar.
    """
    # Nothing that is imported can be thrown away: looking through it again and again takes a tenth of the start.
    gc.disable()
    from tuitrack.terminal_check import prepare_terminal

    prepare_terminal()
    from tuitrack import bootstrap

    return bootstrap.run_screens(agent, key)


def _one_line(sentence: str) -> str:
    """Sentences quote file names and values, which must not reach the terminal as control characters."""
    return "".join(letter if letter.isprintable() else " " for letter in sentence)
