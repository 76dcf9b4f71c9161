"""What lets agents in from afar: the file of keys for OpenSSH, each bound to its agent and to this program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from tuitrack import bootstrap
from tuitrack.command_output import say, write
from tuitrack.exchange.new_file import new_file
from tuitrack.services.bundle import Services

_PROGRAM = (sys.executable, "-I", "-X", "utf8", "-m", "tuitrack")
"""This program, as nothing in the account or the working folder can change it."""
_PATH = "/usr/local/bin:/usr/bin:/bin"


@click.group()
def ssh() -> None:
    """Let agents in over SSH, each by their own keys, without a shell."""


@ssh.command("authorized-keys")
@click.option("--to", "path", type=click.Path(path_type=Path), metavar="FILE", help="Write them to FILE instead.")
def authorized_keys(path: Path | None) -> None:
    """Print a line for each key of an active agent, for an authorized_keys file or an AuthorizedKeysCommand."""
    environment = {"HOME": os.path.expanduser("~"), "PATH": _PATH, "LANG": "C.UTF-8"}
    if home := os.environ.get("TUITRACK_HOME"):
        environment["TUITRACK_HOME"] = os.path.abspath(home)
    with bootstrap.open_for_the_account() as desk:
        lines = Services(desk).keys.authorized_keys(_PROGRAM, environment)
    text = "".join(f"{line}\n" for line in lines)
    if path is None:
        write(text)
        return
    with new_file(path, replace=True) as place:
        place.write_text(text, encoding="ascii")
        place.chmod(0o644)
    say([f"{path}: {len(lines)} key{'' if len(lines) == 1 else 's'}."])


COMMANDS = {"ssh": ssh}
"""The commands by their names."""
