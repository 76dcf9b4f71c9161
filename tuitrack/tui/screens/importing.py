"""Taking complaints from a file: what was found in it, what to change about it, a trial, and the runs so far."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from tuitrack.domain.errors import Refusal
from tuitrack.domain.keeping import ImportRun
from tuitrack.services.bundle import Services
from tuitrack.services.import_words import progress_line, undo_hint, undone_lines
from tuitrack.services.registers import Choices, Plan, Registers, Summary
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DeskScreen
from tuitrack.tui.fields import Field
from tuitrack.tui.file_names import FileNames
from tuitrack.tui.form import FormScreen
from tuitrack.tui.import_thread import ImportThread
from tuitrack.tui.present_import import Key, chosen, options_of, plan_blocks, run_blocks, value_of
from tuitrack.tui.screens.confirm import ConfirmScreen
from tuitrack.tui.screens.pick import PickScreen
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine
from tuitrack.tui.widgets.typed_input import LineInput

T = TypeVar("T")

PROGRESS_EVERY_S = 0.3


class ImportScreen(DeskScreen[None]):
    """Reads and stores on a thread and connection of its own, so that neither screens nor other work ever wait."""

    PLACE = Place.IMPORT
    BINDINGS = bindings(Place.IMPORT)

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.thread = ImportThread(services.registers)
        self._doing = ""
        self._path = Path()
        self._choices = Choices()
        self._plan: Plan | None = None
        self._summary: Summary | None = None
        self._runs: list[ImportRun] | None = None
        self._fields: tuple[tuple[str, str], ...] = ()
        self._profiles: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Where one is, the file's name, the list, the keys, the messages."""
        yield TopLine("Import")
        with Horizontal(id="file"):
            yield Static("File ", markup=False, id="file-mark")
            line = LineInput()
            line.suggester = FileNames()
            yield line
        yield BlockList()
        yield HintLine(Place.IMPORT)
        yield StatusLine()

    def on_mount(self) -> None:
        """Start in the line of the file's name, over the runs so far."""
        self.query_one(LineInput).focus()
        self.set_interval(PROGRESS_EVERY_S, self._tell_progress)
        self.run_command(self._show_runs)

    def on_unmount(self) -> None:
        """Let a running import end after the batch it is in."""
        self.thread.close()

    async def _do(self, doing: str, work: Callable[[Registers], T]) -> T:
        """Do something on the importing thread while the first line tells how far it is."""
        if self._doing:
            raise Refusal(f"Import: {self._doing.lower()} goes on; {self._key_of('stop_import')} stops it.")
        self._doing = doing
        self.query_one(TopLine).show(f"Import: {doing}…")
        try:
            return await self.thread.do(work)
        finally:
            self._doing = ""
            if self.is_mounted:
                self._tell_place()

    def _tell_progress(self) -> None:
        if self._doing and self.thread.progress is not None:
            self.query_one(TopLine).show(progress_line(self._doing, self.thread.progress))

    def _tell_place(self) -> None:
        """Say where one is, and which key changes a line where that is not plain."""
        changeable = self._plan is not None and self._runs is None
        key = self.desk.key_of(Place.LIST, "choose_line")
        self.query_one(TopLine).show(f"Import · {key} changes the marked line" if changeable else "Import")

    async def _show_runs(self) -> None:
        self._runs = await self._do("Looking", lambda registers: registers.runs())
        self._show()

    async def _look(self) -> None:
        """Look through the file and show what was found."""
        path, choices = self._path, self._choices

        def look(registers: Registers) -> Plan:
            self._fields, self._profiles = registers.fields(), registers.profiles()
            return registers.plan(path, choices, self.thread.hear_reading)

        self._plan = await self._do("Reading", look)
        self._summary = self._runs = None
        self._show()
        self.query_one(BlockList).focus()
        if self._plan.problems:
            self.warn(f"Not possible like this: {'; '.join(self._plan.problems)}.")

    async def _go(self, *, dry_run: bool) -> Summary:
        path, choices = self._path, self._choices
        self._ready()
        self._summary = await self._do(
            "Trying" if dry_run else "Importing",
            lambda registers: registers.take_in(
                path, choices, dry_run=dry_run, on_progress=self.thread.hear, stop=self.thread.is_stopped
            ),
        )
        self._show(("told", ""))
        return self._summary

    async def _try_and_import(self) -> None:
        tried = await self._go(dry_run=True)
        if tried.stopped or not tried.new:
            self.say("Stopped." if tried.stopped else "There is nothing to import.")
            return
        question = f"Import {tried.new:,} {tried.what} from {self._ready().name}?"
        if not await self.desk.push_screen_wait(ConfirmScreen(question, "Import", "Do not import")):
            return
        done = await self._go(dry_run=False)
        if done.run is not None:
            self.say(("Stopped; what was stored stays. " if done.stopped else "") + undo_hint(done.run))

    async def _change(self, key: Key) -> None:
        options = options_of(key, self._ready(), self._fields, self._profiles)
        if not options:
            return
        now = value_of(key, self._ready(), self._choices)
        value = await self.desk.push_screen_wait(PickScreen(f"{key[1].replace('_', ' ')} is", options, now))
        if value is not None:
            before, self._choices = self._choices, chosen(self._choices, key, value)
            try:
                await self._look()
            except Refusal:
                self._choices = before
                raise

    async def _save_profile(self) -> None:
        self._ready()

        async def save(values: dict[str, Any]) -> str:
            name, path, choices = values["profile"], self._path, self._choices
            await self._do("Saving", lambda registers: registers.save_profile(name, path, choices))
            return str(name)

        saved = await self.desk.push_screen_wait(
            FormScreen(
                "Keep how this file is read as a profile",
                [Field("profile", "Name", required=True, hint="small letters, digits, - and _")],
                save,
                services=self.services,
                backstage=self.backstage,
                initial={"profile": self._choices.profile},
            )
        )
        if saved is not None:
            self._profiles = tuple(sorted({*self._profiles, saved}))
            self.say(f"Saved as profile {saved}; the next file like it takes it under Profile.")

    async def _undo(self) -> None:
        kind, number = cast(Key, self.query_one(BlockList).chosen or ("", ""))
        if kind != "run":
            raise Refusal(f"Import: mark one of the runs first; {self._key_of('show_runs')} lists them.")
        question = f"Take back everything that import {number} brought, but for what was worked on since?"
        if await self.desk.push_screen_wait(ConfirmScreen(question, "Take it back")):
            undone = await self._do("Taking back", lambda registers: registers.undo(int(number)))
            await self._show_runs()
            self.say(" ".join(undone_lines(undone)))

    def _key_of(self, command_id: str) -> str:
        return self.desk.key_of(Place.IMPORT, command_id)

    def _ready(self) -> Plan:
        if self._plan is None:
            raise Refusal("Import: name a file first and press Enter.")
        return self._plan

    def _show(self, choose: Key | None = None) -> None:
        """Show the runs where they were asked for, else the register."""
        runs, plan, choices, summary = self._runs, self._plan, self._choices, self._summary
        blocks = self.query_one(BlockList)
        self._tell_place()
        if runs is not None:
            zone = self.services.desk.zone
            blocks.show_blocks(lambda width: run_blocks(runs, zone, width), choose)
        elif plan is not None:
            blocks.show_blocks(lambda width: plan_blocks(plan, choices, summary, width), choose)

    @on(Input.Submitted)
    def _take_name(self, event: Input.Submitted) -> None:
        self._path, self._choices = Path(event.value.strip()).expanduser(), Choices()
        self.run_command(self._look)

    @on(BlockList.Chosen)
    def _take_block(self, event: BlockList.Chosen) -> None:
        kind, _ = key = cast(Key, event.key)
        if kind in ("setting", "column", "word"):
            self.run_command(self._change, key)

    def action_edit_path(self) -> None:
        """Go to the line of the file's name."""
        self.query_one(LineInput).focus()

    def action_try_import(self) -> None:
        """Find what would become of every row."""
        self.run_command(self._go, dry_run=True)

    def action_run_import(self) -> None:
        """Try, ask, and take the file in."""
        self.run_command(self._try_and_import)

    def action_stop_import(self) -> None:
        """Stop after the batch that is being stored."""
        self.thread.stop()

    def action_save_profile(self) -> None:
        """Keep how the file is read under a name."""
        self.run_command(self._save_profile)

    def action_show_runs(self) -> None:
        """List what was imported so far."""
        self.query_one(BlockList).focus()
        self.run_command(self._show_runs)

    def action_undo_run(self) -> None:
        """Take back the marked run."""
        self.run_command(self._undo)

    def action_leave_screen(self) -> None:
        """Go back to the queue; a running import is stopped first."""
        if self._doing:
            self.warn(f"{self._doing} goes on; {self._key_of('stop_import')} stops it.")
        else:
            self.dismiss()
