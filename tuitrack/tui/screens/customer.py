"""One customer: how to reach them, every case they ever had, and the latest that happened in any of them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from tuitrack.services.bundle import Services
from tuitrack.services.customers import CustomerFile
from tuitrack.tui.case_forms import customer_form
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DeskScreen
from tuitrack.tui.present_customer import case_line, customer_entry_blocks, customer_lines
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.line_view import LineView
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine


class CustomerScreen(DeskScreen[None]):
    """A customer as last read; Enter on a case or on what happened in one opens that case."""

    PLACE = Place.CUSTOMER
    BINDINGS = bindings(Place.CUSTOMER)

    def __init__(self, services: Services, file: CustomerFile) -> None:
        super().__init__(services)
        self.file = file

    def compose(self) -> ComposeResult:
        """Who it is, the cases, the latest entries."""
        yield TopLine()
        yield LineView(id="header")
        yield Static(id="cases-title", markup=False)
        yield BlockList(id="cases")
        yield Static("Latest in all cases (Tab)", markup=False)
        yield BlockList(id="latest")
        yield HintLine(Place.CUSTOMER)
        yield StatusLine()

    def on_mount(self) -> None:
        """Show the customer with the first case chosen."""
        self.query_one("#header").can_focus = False
        self.present()
        self.query_one("#cases" if self.file.cases else "#latest").focus()

    def present(self) -> None:
        """Show what was read."""
        file, now = self.file, self.services.desk.now()
        open_count = sum(row.closed_at is None for row in file.cases)
        self.query_one(TopLine).show(f"Customer {file.customer.name}")
        self.query_one("#header", LineView).show(lambda width: customer_lines(file, width))
        self.query_one("#cases-title", Static).update(f"Cases: {len(file.cases)}, {open_count} open")
        cases = self.query_one("#cases", BlockList)
        cases.show_blocks(lambda width: [(row.id, [case_line(row, now, width)]) for row in file.cases])
        latest = self.query_one("#latest", BlockList)
        latest.show_blocks(lambda width: customer_entry_blocks(file, now, width))

    async def on_screen_resume(self) -> None:
        """Read again what may have changed in a case opened from here."""
        self.run_command(self._reload)

    async def show_news(self) -> None:
        """Read the customer again."""
        await self._reload()

    def on_block_list_chosen(self, event: BlockList.Chosen) -> None:
        """Open the chosen case, or the one in which the chosen entry happened."""
        case_id = event.key if event.control.id == "cases" else self._case_of(event.key)
        if isinstance(case_id, int):
            self.run_command(self.desk.open_case, case_id)

    def action_refresh_screen(self) -> None:
        """Read the customer again."""
        self.run_command(self._reload)

    def action_edit_customer(self) -> None:
        """Change how the customer is named and reached."""
        self.run_command(self._edit)

    def action_new_case(self) -> None:
        """Take a complaint of this customer."""
        from tuitrack.tui.screens.intake import IntakeScreen

        self.app.push_screen(IntakeScreen(self.services, self.file.customer))

    def _case_of(self, entry_id: object) -> int | None:
        return next((entry.case_id for entry in self.file.entries if entry.id == entry_id), None)

    async def _edit(self) -> None:
        form = customer_form(self.services, self.backstage, self.file.customer)
        changed = await self.app.push_screen_wait(form)
        if changed is not None:
            await self._reload()
            self.say(f"Stored: {changed.name}.")

    async def _reload(self) -> None:
        with self.desk.hold_keys():
            self.file = await self.backstage.read(self.services.customers.open, self.file.customer.id)
            self.present()
