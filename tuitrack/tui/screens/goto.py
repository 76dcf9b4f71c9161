"""Go to: one line for whatever the customer on the line can name, and a list where several answer to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from tuitrack.domain.errors import TuitrackError
from tuitrack.domain.people import CustomerMatch
from tuitrack.lean import dataclass
from tuitrack.services.queue import Found
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DialogScreen, run_latest
from tuitrack.tui.lines import Line, cut
from tuitrack.tui.widgets.block_list import BlockList

_NUMBERS = frozenset(map(str, range(1, 100)))
"""What opens a view; a number of a case, customer or telephone that is looked for has more digits."""
Find = Callable[[str], Awaitable[Found]]
"""Finds what was typed; raises Refusal where nothing answers to it."""


@dataclass(frozen=True, slots=True)
class CaseTarget:
    """The case to open."""

    case_id: int


@dataclass(frozen=True, slots=True)
class CustomerTarget:
    """The customer to open."""

    customer_id: int


@dataclass(frozen=True, slots=True)
class ViewTarget:
    """The view of the queue to open, by its number."""

    number: int


class GoToScreen(DialogScreen[CaseTarget | CustomerTarget | ViewTarget | None]):
    """Asks where to go; answers with the case or customer, or where there are views, with one of them."""

    BINDINGS = bindings(Place.DIALOG)
    AUTO_FOCUS = "Input"

    def __init__(self, find: Find, typed: str = "", *, views: bool = False) -> None:
        super().__init__()
        self._find = find
        self._typed = typed
        self._views = views

    def compose(self) -> ComposeResult:
        """The line, what to type or why not, and the list of several."""
        with Vertical():
            yield Static("Go to", markup=False, id="title")
            yield Input(self._typed, select_on_focus=False)
            yield Static(self._prompt(self._typed), markup=False, id="answer")
            yield BlockList()

    def on_mount(self) -> None:
        """There is nothing to choose from yet."""
        self.query_one(BlockList).display = False

    @on(Input.Changed)
    def _start_again(self, event: Input.Changed) -> None:
        self.query_one(BlockList).display = False
        self.query_one("#answer", Static).update(self._prompt(event.value))

    def _prompt(self, typed: str) -> str:
        if self._is_view(typed):
            return f"Enter opens view {typed.strip()}, or type on: reference, phone or account number."
        leave = self.desk.key_of(Place.DIALOG, "leave_dialog")
        return f"Reference, phone, account number or name, then Enter. {leave} leaves."

    def _is_view(self, typed: str) -> bool:
        return self._views and typed.strip() in _NUMBERS

    @on(Input.Submitted)
    def _look(self, event: Input.Submitted) -> None:
        if self._is_view(event.value):
            self.dismiss(ViewTarget(int(event.value)))
            return
        run_latest(self, "find", self._go, event.value)

    async def _go(self, text: str) -> None:
        with self.desk.hold_keys():
            try:
                found = await self._find(text)
            except TuitrackError as failure:
                self.query_one("#answer", Static).update(f"! {failure.sentence}")
                return
            if found.case is not None:
                self.dismiss(CaseTarget(found.case.id))
            elif len(found.customers) == 1:
                self.dismiss(CustomerTarget(found.customers[0].customer.id))
            else:
                self._offer(found.customers)

    def _offer(self, customers: Sequence[CustomerMatch]) -> None:
        """List several customers and let one be chosen."""
        self.query_one("#answer", Static).update(f"{len(customers)} customers answer to that. Choose one.")
        choices = self.query_one(BlockList)
        choices.display = True
        choices.show_blocks(lambda width: [(m.customer.id, [Line(customer_line(m, width))]) for m in customers])
        choices.focus()

    @on(BlockList.Chosen)
    def _take(self, event: BlockList.Chosen) -> None:
        if isinstance(event.key, int):
            self.dismiss(CustomerTarget(event.key))


def customer_line(match: CustomerMatch, width: int) -> str:
    """A customer on one line: name, account, phone, and how many cases there are."""
    customer = match.customer
    known = " · ".join(filter(None, [customer.account, *match.numbers[:1], customer.email]))
    cases = f"{match.open_count} open of {match.case_count}"
    return cut(" · ".join(filter(None, [cut(customer.name, width // 2), cases, known])), width)
