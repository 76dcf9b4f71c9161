"""Writing cases to a file from the screens: a small form, then the list beside other work, or one case at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tuitrack.domain.queue import QueueQuery
from tuitrack.services.bundle import Services
from tuitrack.services.casefile import CaseFile
from tuitrack.services.exports import CaseFormat, Exported, Exporter, Format
from tuitrack.services.import_words import progress_line
from tuitrack.services.registers import Progress
from tuitrack.tui.backstage import Backstage
from tuitrack.tui.desk_screen import DeskScreen
from tuitrack.tui.fields import ChoiceField, Field, YesNoField, words
from tuitrack.tui.form import FormScreen
from tuitrack.tui.side_thread import SideThread
from tuitrack.tui.widgets.status_line import StatusLine

TELL_EVERY_S = 0.3
Running = asyncio.Task[Exported]
Save = Callable[[dict[str, Any]], Awaitable[Any]]
"""Writes what was asked for in the form; see `_target`."""
MARKED, LISTED = "marked", "listed"


class ListExport:
    """Writes the list of a screen to a file, one at a time, on a thread of its own; asked again it stops."""

    def __init__(self, screen: DeskScreen[Any]) -> None:
        self._screen = screen
        self._thread: SideThread[Exporter] | None = None

    async def ask(self, listed: QueueQuery, marked: QueueQuery) -> None:
        """Ask for a file and write the marked cases to it, or those listed, or stop the export that runs.

        Call it from a worker.
        """
        if self._thread is not None:
            self._thread.stop()
            return
        screen, thread = self._screen, SideThread(self._screen.services.exporter, "export")
        self._thread = thread
        try:

            async def begin(values: dict[str, Any]) -> Running:
                return await _begin(thread, marked if values.get("cases") == MARKED else listed, *_target(values))

            form = _list_form(screen.services, screen.backstage, len(marked.marked), begin)
            running = await screen.app.push_screen_wait(form)
            if running is not None:
                await self._tell_until(running, thread)
                screen.say((await running).sentence)
        finally:
            thread.close()
            self._thread = None

    async def _tell_until(self, running: Running, thread: SideThread[Exporter]) -> None:
        """Tell how far it is, on the screen's own line alone."""
        while not (await asyncio.wait({running}, timeout=TELL_EVERY_S))[0]:
            if thread.progress is not None:
                self._screen.query_one(StatusLine).say(progress_line("Exporting", thread.progress))


async def _begin(
    thread: SideThread[Exporter], query: QueueQuery, path: Path, named: Format | None, replace: bool
) -> Running:
    """Start the export; what refuses it at once is raised here, while the form still stands."""
    loop, begun = asyncio.get_running_loop(), asyncio.Event()

    def hear(progress: Progress) -> None:
        thread.hear(progress)
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(begun.set)

    def write(exporter: Exporter) -> Exported:
        return exporter.cases(query, path, named, replace=replace, on_progress=hear, stop=thread.is_stopped)

    running = asyncio.create_task(thread.do(write))
    running.add_done_callback(lambda done: begun.set())
    await begun.wait()
    if running.done():
        running.result()
    return running


async def export_case(screen: DeskScreen[Any], file: CaseFile) -> None:
    """Ask for a file and write one case to it; call it from a worker."""
    services, backstage = screen.services, screen.backstage

    def write(path: Path, named: CaseFormat | None, replace: bool) -> Exported:
        exporter = services.exporter()
        try:
            return exporter.case(file.case.id, path, named, replace=replace)
        finally:
            exporter.close()

    form = _case_form(services, backstage, file, lambda values: backstage.write(write, *_target(values)))
    done = await screen.app.push_screen_wait(form)
    if done is not None:
        screen.say(done.sentence)


def _list_form(services: Services, backstage: Backstage, marked: int, save: Save) -> FormScreen[Running]:
    """Asks for the file, and which cases where some are marked."""
    name = f"~/cases-{services.desk.today()}.xlsx"
    choices = {MARKED: f"the {marked:,} marked", LISTED: "this list"}
    which = [ChoiceField("cases", "Cases", required=True, choices=choices)] if marked else []
    title = "Export cases" if marked else "Export this list"
    return _form(title, name, words(Format), services, backstage, save, which)


def _case_form(services: Services, backstage: Backstage, file: CaseFile, save: Save) -> FormScreen[Exported]:
    name = f"~/{file.case.reference}.html"
    return _form(f"Export {file.case.reference}", name, words(CaseFormat), services, backstage, save)


def _form(
    title: str,
    name: str,
    formats: dict[Any, str],
    services: Services,
    backstage: Backstage,
    save: Save,
    which: Sequence[Field] = (),
) -> FormScreen[Any]:
    """Where to write, how, and whether over what is there."""
    endings = ", ".join(f".{word}" for word in formats)
    fields = [
        Field("path", "File", required=True, hint=f"ending in {endings}"),
        ChoiceField("named", "Format", choices=formats, hint="empty: as the file's name ends"),
        YesNoField("replace", "Replace one there", required=True),
        *which,
    ]
    initial = {"path": name, "replace": False, "cases": MARKED}
    return FormScreen(title, fields, save, services=services, backstage=backstage, initial=initial)


def _target(values: dict[str, Any]) -> tuple[Path, Any, bool]:
    """The file of a filled form, its format where one was named, and whether to write over what is there."""
    return Path(values["path"]).expanduser(), values["named"], bool(values["replace"])
