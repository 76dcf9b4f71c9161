"""The views of a queue: gone through by a key, opened by number, listed, kept and deleted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tuitrack.domain.errors import QueryRefused
from tuitrack.domain.queue import QueueQuery, Sort
from tuitrack.tui.commands import Place
from tuitrack.tui.marking import MarkingScreen

if TYPE_CHECKING:
    from tuitrack.services.views import View
    from tuitrack.tui.form import FormScreen

OPEN_WORK = "open work"
"""What a query without a word asks for."""


class ViewingScreen(MarkingScreen):
    """A screen whose query may be that of a view."""

    _view: View | None = None

    @property
    def view_shown(self) -> View | None:
        """The view that was opened, as long as its query is the one that is shown."""
        view = self._view
        return view if view is not None and self._shows(view) else None

    async def open_view(self, number: int) -> None:
        """Show a view by its number, counted from 1; call it from a worker."""
        with self.desk.hold_keys():
            views = await self._views()
            if number <= len(views):
                self._open_view(views[number - 1])
            else:
                key = self.desk.key_of(Place.QUEUE, "show_views")
                self.warn(f"There is no view {number}; there are {len(views)}. Press {key} to see them.")

    def action_next_view(self) -> None:
        """Go to the next view."""
        self.run_command(self._step_view, 1)

    def action_previous_view(self) -> None:
        """Go to the view before."""
        self.run_command(self._step_view, -1)

    def action_show_views(self) -> None:
        """List the views and open one."""
        self.run_command(self._choose_view)

    async def _views(self) -> tuple[View, ...]:
        return await self.backstage.read(self.services.views.all)

    async def _step_view(self, step: int) -> None:
        with self.desk.hold_keys():
            views = await self._views()
            shown = [number for number, view in enumerate(views) if self._shows(view)]
            start = shown[0] if shown else min(-step, 0)
            self._open_view(views[(start + step) % len(views)])

    async def _choose_view(self) -> None:
        from tuitrack.tui.screens.views import DeleteView, OpenView, SaveView, ViewsScreen

        with self.desk.hold_keys():
            views = await self._views()
        shown = next((number for number, view in enumerate(views) if self._shows(view)), 0)
        match await self.app.push_screen_wait(ViewsScreen(views, shown, self._count)):
            case OpenView(view):
                self._open_view(view)
            case DeleteView(view):
                with self.desk.hold_keys():
                    await self.backstage.write(self.services.views.delete, view)
                    if self._view == view:
                        self._view = None
                    await self.reload(f"View {view.name} is deleted. It was: {view.text or OPEN_WORK}")
            case SaveView():
                await self._save_view()

    async def _save_view(self) -> None:
        with self.desk.hold_keys():
            text = await self.backstage.read(self.services.queue.as_text, self.query_shown)
        saved = await self.app.push_screen_wait(self._name_form(text))
        if saved is not None:
            self._open_view(saved)
            ways = ("previous_view", "next_view", "show_views")
            before, after, listed = (self.desk.key_of(Place.QUEUE, way) for way in ways)
            self.say(f"View {saved.name} is saved. {before} and {after} go to it, {listed} lists it.")

    def _name_form(self, text: str) -> FormScreen[View]:
        from tuitrack.services.views import KeptFor
        from tuitrack.tui.fields import Field, YesNoField
        from tuitrack.tui.form import FormScreen

        async def save(values: dict[str, Any]) -> View:
            kept_for = KeptFor.TEAM if values["team"] else KeptFor.ONE
            return await self.backstage.write(self.services.views.save, values["name"], text, kept_for)

        return FormScreen(
            f"Save a view of: {text or OPEN_WORK}",
            [Field("name", "Name", required=True), YesNoField("team", "For the whole team")],
            save,
            services=self.services,
            backstage=self.backstage,
            initial={"team": False},
        )

    def _open_view(self, view: View) -> None:
        self._view = view
        self.narrow(QueueQuery(view.text))

    def _shows(self, view: View) -> bool:
        return replace(self.query_shown, sort=Sort.USUAL) == QueueQuery(view.text)

    async def _count(self, view: View) -> str:
        """How many cases a view has now; a question mark where its query is no longer understood."""
        queue = self.services.queue
        try:
            query = self.asked(QueueQuery(view.text))
            counts = await self.backstage.read_while_wanted(queue.interrupt, queue.counts, query)
        except QueryRefused:
            return "?"
        return counts.shown(counts.all)
