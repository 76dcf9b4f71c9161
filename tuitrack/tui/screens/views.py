"""The list of views with how many cases each has."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from tuitrack.lean import dataclass
from tuitrack.services.views import KeptFor, View
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DialogScreen, run_latest
from tuitrack.tui.lines import Line, cut
from tuitrack.tui.present import fit
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.top_line import TopLine

Count = Callable[[View], Awaitable[str]]
"""Tells how many cases a view has, as it is shown."""

NAME_CELLS = 26


@dataclass(frozen=True, slots=True)
class OpenView:
    """A view is to be opened."""

    view: View


@dataclass(frozen=True, slots=True)
class DeleteView:
    """A view that was kept is to be deleted."""

    view: View


@dataclass(frozen=True, slots=True)
class SaveView:
    """The query that is shown is to be kept as a view."""


class ViewsScreen(DialogScreen[OpenView | DeleteView | SaveView | None]):
    """Lists views, the counts following as they are found; answers with what is to be done."""

    PLACE = Place.VIEWS
    BINDINGS = bindings(Place.VIEWS)

    def __init__(self, views: Sequence[View], shown: int, count: Count) -> None:
        super().__init__()
        self._views = views
        self._shown = shown
        self._count = count
        self._counts: dict[int, str] = {}

    def compose(self) -> ComposeResult:
        """The title, the views, the keys."""
        with Vertical():
            yield TopLine("Views")
            yield BlockList()
            yield HintLine(Place.VIEWS)

    def on_mount(self) -> None:
        """Start at the view that is shown."""
        self._list.show_blocks(self._blocks, self._shown)
        self._list.focus()
        run_latest(self, "load", self._count_all)

    @property
    def _list(self) -> BlockList:
        return self.query_one(BlockList)

    @property
    def _marked(self) -> View | None:
        return self._views[chosen] if isinstance(chosen := self._list.chosen, int) else None

    def action_save_view(self) -> None:
        """Keep the query that is shown."""
        self.dismiss(SaveView())

    def action_delete_view(self) -> None:
        """Delete the marked view; the built-in ones stay."""
        if (view := self._marked) is None:
            return
        if view.kept_for is KeptFor.ALWAYS:
            self.desk.warn(f"{view.name} is built in and stays.")
        else:
            self.dismiss(DeleteView(view))

    @on(BlockList.Chosen)
    def _open(self) -> None:
        if (view := self._marked) is not None:
            self.dismiss(OpenView(view))

    async def _count_all(self) -> None:
        for number, view in enumerate(self._views):
            self._counts[number] = await self._count(view)
            self._list.show_blocks(self._blocks)

    def _blocks(self, width: int) -> list[tuple[Hashable, list[Line]]]:
        return [
            (number, [Line(view_line(number + 1, view, self._counts.get(number, "…"), width))])
            for number, view in enumerate(self._views)
        ]


def view_line(number: int, view: View, count: str, width: int) -> str:
    """` 1 Mine                       17  owner:me`: the number that Go to takes, the name, the count, the query."""
    kept = "" if view.kept_for is KeptFor.ALWAYS else f"({view.kept_for.label}) "
    return cut_right(f"{number:>2} {fit(view.name, NAME_CELLS)}{count:>6}  ", f"{kept}{view.text}", width)


def cut_right(left: str, right: str, width: int) -> str:
    """Two texts side by side, the right one cut to what is left of the width."""
    return left + cut(right, max(width - len(left), 0))
