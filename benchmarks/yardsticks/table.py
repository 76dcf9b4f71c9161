"""Textual's own DataTable with as many rows as told, in the columns of the queue."""

import sys

from textual.app import App, ComposeResult
from textual.widgets import DataTable


class TableApp(App[None]):
    """Shows the table."""

    CSS = "DataTable { height: 1fr; }"

    def compose(self) -> ComposeResult:
        """The table."""
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Fill it."""
        table = self.query_one(DataTable)
        table.add_columns("Due", "Reference", "Customer", "Subject", "Owner", "Status")
        table.add_rows(
            ("OVERDUE 3d", f"C26-{number:06}-0", f"Customer {number}", f"Subject {number}", "agent", "ready")
            for number in range(int(sys.argv[1]))
        )
        table.focus()


TableApp().run(mouse=False)
