"""What tuitrack does besides the screens; loaded only when a command is given."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from tuitrack import __version__
from tuitrack.commands.output import let_everything_print, say, write_json
from tuitrack.domain.errors import Refusal, StoredAlready
from tuitrack.services.once import KEY_MAX, stored_once


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; a usage error is a `Refusal`, help and version return 0."""
    let_everything_print()
    try:
        code: int | None = tuitrack.main(list(arguments), prog_name="tuitrack", standalone_mode=False)
    except click.UsageError as error:
        place = error.ctx.command_path if error.ctx else "tuitrack"
        raise Refusal(f"{error.format_message().rstrip('.')}. See: {place} --help") from error
    except click.ClickException as error:
        raise Refusal(error.format_message()) from error
    except click.Abort as error:
        raise KeyboardInterrupt from error
    except StoredAlready as stored:
        say([stored.sentence])
        return 0
    return code or 0


OF_THE_DESK = (
    dict.fromkeys(("show", "new", "note", "call", "next", "why", "procedure", "bulk"), "cases")
    | dict.fromkeys(("list", "export", "views"), "lists")
    | dict.fromkeys(("ssh", "backup", "restore", "move"), "host")
    | {
        "agent": "agents",
        "board": "board",
        "deadlines": "rules",
        "handover": "handover",
        "letter": "letters",
        "promises": "promises",
        "review": "reviews",
        "report": "quality",
        "suggestions": "suggestions",
        "text": "texts",
    }
)
"""What an agent does at the desk, under the name that `--as` gives, and the modules that have it in `COMMANDS`."""


class LateCommands(click.Group):
    """Commands of which some are loaded only when they are meant, for they need the database."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every name."""
        return sorted([*super().list_commands(ctx), *OF_THE_DESK])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, loaded now where it needs to be."""
        if cmd_name in OF_THE_DESK:
            command: click.Command = import_module(f"tuitrack.commands.{OF_THE_DESK[cmd_name]}").COMMANDS[cmd_name]
            return command
        return super().get_command(ctx, cmd_name)


@click.group(
    cls=LateCommands,
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar="[COMMAND] [ARGS]...",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option("--as", "agent", metavar="NAME", help="The agent whose work this is; by default the settings' one.")
@click.option("--once", metavar="KEY", help="Any text of your own: what was stored under it is not stored again.")
@click.pass_context
def tuitrack(context: click.Context, agent: str | None, once: str | None) -> None:
    """Take, follow and close complaints. Without a command the screens start."""
    context.obj = agent
    if once is not None:
        context.with_resource(stored_once(_key_of(once)))
    if agent is not None and context.invoked_subcommand not in OF_THE_DESK:
        raise click.UsageError(f"--as goes with the screens and with cases, not with {context.invoked_subcommand}")


def _key_of(once: str) -> str:
    """The key that a script brings along."""
    if not 0 < len(once) <= KEY_MAX or not once.isprintable():
        raise click.UsageError(f"--once takes 1 to {KEY_MAX} printable characters")
    return once


@tuitrack.command("import")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be taken, changed and refused.")
@click.option("--yes", is_flag=True, help="Ask nothing; accept what was detected.")
@click.option("--profile", metavar="NAME", help="Use the saved mapping of this name.")
@click.option("--undo", type=int, metavar="RUN", help="Take back the import run of this number.")
@click.option("--encoding", metavar="NAME", help="The file's encoding, where the detected one is wrong.")
@click.option("--delimiter", metavar="CHARACTER", help="What stands between two cells of a CSV file.")
@click.option("--header-row", type=click.IntRange(min=1), metavar="N", help="The row of the column names, from 1.")
@click.option(
    "--date-order",
    type=click.Choice(["day-first", "month-first"]),
    help="How to read dates such as 04/05/2019.",
)
@click.option("--sheet", metavar="NAME", help="The sheet of an XLSX workbook.")
@click.option(
    "--swapped",
    type=click.Choice(["keep", "swap"]),
    help="What to do with date cells whose day and month a spreadsheet exchanged.",
)
@click.option(
    "--map", "columns", multiple=True, metavar="COLUMN=FIELD", help="Fill a field from a column; COLUMN= leaves it out."
)
@click.option(
    "--word", "words", multiple=True, metavar="FIELD:WORD=OURS", help="What a word means: “status:Bezig=open”."
)
@click.option("--no-rest", is_flag=True, help="Do not keep columns that fill no field below the details.")
@click.option("--save-profile", metavar="NAME", help="Keep the mapping under this name.")
@click.option("--runs", is_flag=True, help="List what was imported.")
def import_file(file: Path | None, undo: int | None, runs: bool, **options: Any) -> int:
    """Take complaints from a CSV or XLSX FILE, or undo that."""
    if (file is not None) + (undo is not None) + runs != 1:
        raise click.UsageError("Name either a FILE to import or a run to --undo, or list the --runs")
    from tuitrack.commands import importing

    if undo is not None:
        return importing.undo(undo)
    return importing.take(file, **options) if file is not None else importing.list_runs()


@tuitrack.command()
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same cases.")
@click.option("--cases", type=click.IntRange(1, 100_000), default=420, show_default=True, help="How many.")
@click.option("--keep", type=click.Path(path_type=Path), metavar="FOLDER", help="Keep the desk in this folder.")
def demo(seed: int, cases: int, keep: Path | None) -> int:
    """Start on a throw-away database of plausible cases."""
    from tuitrack.terminal_check import prepare_terminal

    prepare_terminal()
    from tuitrack import bootstrap

    with tempfile.TemporaryDirectory(prefix="tuitrack-demo-") as folder:
        home = (keep or Path(folder)).absolute()
        with click.progressbar(length=cases, label="Making a desk", file=sys.stderr) as bar:
            desk = bootstrap.make_demo(home / "tuitrack.db", seed, cases, lambda done: bar.update(1))
        kept = f"It is kept in {home}." if keep else "It is thrown away when you leave."
        return bootstrap.show(desk, f"This is a demonstration desk. {kept}")


@tuitrack.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for a script.")
def doctor(as_json: bool) -> int:
    """Say what this installation runs on and what is wrong with it; code 1 where something is."""
    from tuitrack import health

    found = []
    for one in health.examine():
        found.append(one)
        if not as_json:
            say([f"{one.name + ':':<20}{'' if one.is_well else '! '}{one.told}"])
    wrong = list(dict.fromkeys(one.name for one in found if not one.is_well))
    if as_json:
        write_json([{"name": one.name, "finding": one.told, "is_well": one.is_well} for one in found])
    else:
        say([f"Somebody has to see to: {', '.join(wrong)}." if wrong else "All is well."])
    return int(bool(wrong))


@tuitrack.command()
def version() -> int:
    """Print the version."""
    click.echo(f"tuitrack {__version__}")
    return 0


@tuitrack.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Print what lets a SHELL complete commands."""
    from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

    root = context.find_root()
    shells: dict[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
    click.echo(shells[shell](root.command, {}, "tuitrack", f"_{root.info_name}_COMPLETE".upper()).source())
    return 0
