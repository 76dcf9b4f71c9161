"""What is known of who complains: customers that fit what is typed, or the cases of the one who was picked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tuitrack.domain.people import Customer, CustomerMatch
from tuitrack.domain.queue import CaseRow
from tuitrack.tui.lines import Line
from tuitrack.tui.present_customer import case_line
from tuitrack.tui.screens.goto import customer_line
from tuitrack.tui.widgets.block_list import BlockList, Blocks


class KnownList(BlockList):
    """Lists customers or cases, and is not there at all while it has none."""

    def __init__(self) -> None:
        super().__init__()
        self.display = False
        self._matches: dict[int, Customer] = {}

    def show_matches(self, matches: Sequence[CustomerMatch]) -> None:
        """List customers that fit what was typed."""
        self._matches = {match.customer.id: match.customer for match in matches}
        self._list(lambda width: [(match.customer.id, [Line(customer_line(match, width))]) for match in matches])
        self.display = bool(matches)

    def show_cases(self, cases: Sequence[CaseRow], now: datetime) -> None:
        """List the cases of the picked customer, due words as of `now`."""
        self._matches = {}
        self._list(lambda width: [(case.id, [case_line(case, now, width)]) for case in cases])
        self.display = bool(cases)

    @property
    def marked_customer(self) -> Customer | None:
        """The customer under the cursor, None while cases are listed."""
        return self._matches.get(self.chosen) if self.display and isinstance(self.chosen, int) else None

    @property
    def marked_case_id(self) -> int | None:
        """The case under the cursor, None while customers are listed."""
        return self.chosen if self.display and not self._matches and isinstance(self.chosen, int) else None

    def _list(self, blocks: Blocks) -> None:
        """Show blocks, laid out at once: keys typed ahead may come before this list has a width of its own."""
        self.show_blocks(blocks)
        self.lay_out(self.app.size.width)
