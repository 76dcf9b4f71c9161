"""The overdue board outside of the queue: as a pane in a terminal of its own, or as text."""

from __future__ import annotations

import click

from tuitrack.commands.desk import at_desk, choice
from tuitrack.commands.output import say
from tuitrack.domain.board import BoardBy
from tuitrack.exchange.board_lines import board_lines


@click.command()
@click.option(
    "--by",
    type=choice(*BoardBy),
    default=BoardBy.KIND.value,
    show_default=True,
    help="What to group by.",
)
@click.option("--plain", is_flag=True, help="As text, one group on each line, for a chat or a screen reader.")
def board(by: str, plain: bool) -> int:
    """Show how much is overdue, due today, due in 3 days and paused."""
    if plain:
        with at_desk() as services:
            say(board_lines(services.board.board(), BoardBy(by)))
        return 0
    from tuitrack import bootstrap
    from tuitrack.terminal_check import prepare_terminal

    prepare_terminal()
    return bootstrap.show_board(click.get_current_context().obj, BoardBy(by))


COMMANDS = {"board": board}
"""The command by its name."""
