"""One case: what it is, what is open, and everything that happened, with every command an agent has for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from tuitrack.domain.words import Priority, Status
from tuitrack.services.bundle import Services
from tuitrack.services.casefile import CaseFile
from tuitrack.tui.case_filling import NO_CHOICES, FillingScreen
from tuitrack.tui.clock_commands import LateClocks, due_after_waiting, explain_due, explain_late, pause_or_resume
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.present_case import closed_text, title_text
from tuitrack.tui.present_entry import whole_entry
from tuitrack.tui.present_work import entry_of
from tuitrack.tui.ticking import DIGITS, tick_step
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.case_view import CaseView
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.line_view import Layout
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine

CLOCK_S = 60.0
"""How often words such as `OVERDUE 5m` are worked out anew."""


class CaseScreen(FillingScreen):
    """A case as it stood when it was last read; every change is made against the version shown."""

    PLACE = Place.CASE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.CASE), *DIGITS]

    def __init__(self, services: Services, file: CaseFile, promise_id: int | None = None) -> None:
        """`promise_id` names the promise of the case that is marked first."""
        super().__init__(services, file)
        self._promise_id = promise_id

    def compose(self) -> ComposeResult:
        """Where one is, the case, the keys, the messages."""
        yield TopLine()
        yield CaseView()
        yield HintLine(Place.CASE)
        yield StatusLine()

    def on_mount(self) -> None:
        """Show the case with the latest entry marked, or a promise."""
        self._late = LateClocks(self)
        self.present()
        self.view.timeline.focus()
        if self._promise_id is not None:
            self.view.mark_promise(self._promise_id)
        self.set_interval(CLOCK_S, lambda: self.view.tell_time(self.services.desk.now()))

    @property
    def view(self) -> CaseView:
        """The case as it is shown."""
        return self.query_one(CaseView)

    def present(self) -> None:
        """Show what was read."""
        self.query_one(TopLine).show(title_text(self.file))
        self.view.show(self.file, self.services.desk.now())

    def show_presence(self, there: Mapping[int, str]) -> None:
        """Say in the header who else is in this case."""
        self.view.show_presence(there.get(self.case_id, ""))

    def present_news(self) -> None:
        """Show what was read; the mark stays where it is, though something new stands below it."""
        self.query_one(TopLine).show(title_text(self.file))
        self.view.show(self.file, self.services.desk.now(), mark_new=False)

    async def reload(self, told: str = "") -> None:
        """Read the case again and tell what was stored; what is marked stays, unless something new happened."""
        with self.desk.hold_keys():
            await super().reload()
            if told:
                late = self._late.to_ask()
                self.say(told + self._late.told())
                if late:
                    self.run_command(self._late.ask, late)

    def read_text(self, title: str, layout: Layout) -> None:
        """Show a long text whole."""
        from tuitrack.tui.screens.reader import ReaderScreen

        self.app.push_screen(ReaderScreen(f"{self.file.case.reference}  {title}", layout))

    @on(BlockList.StartReached, "#timeline")
    def fetch_earlier(self) -> None:
        """Read the entries before the first one shown."""
        if self.view.has_earlier:
            self.run_command(self._read_earlier)

    @on(BlockList.Chosen)
    def read_chosen(self, event: BlockList.Chosen) -> None:
        """Read the marked entry whole, or the latest one that tells of the marked open item."""
        view, entries, now = self.view, self.view.entries, self.services.desk.now()
        entry = view.marked_entry if event.control is view.timeline else entry_of(view.marked_item, entries)
        if entry is not None:
            self.read_text(entry.summary, lambda width: whole_entry(entry, entries, now, width))

    def action_show_statements(self) -> None:
        """Show the customer's words, the employee's statement and the facts."""
        self.run_command(self._show_statements)

    def action_explain_due(self) -> None:
        """Say why what is due is due then, of the marked open item first."""
        self.run_command(explain_due, self)

    def action_pause_case(self) -> None:
        """Let the clocks stand still, or go on again."""
        pause_or_resume(self)

    def action_explain_late(self) -> None:
        """Say why a clock was missed."""
        explain_late(self)

    def action_tick_number(self, number: int) -> None:
        """Say that a step of the procedure was done."""
        tick_step(self, number)

    def action_show_steps(self) -> None:
        """List all steps of the procedure."""
        from tuitrack.tui.screens.steps import StepsScreen

        self.run_command(self._go_through, StepsScreen)

    def action_show_loop(self) -> None:
        """Show how far the loop of the case is."""
        from tuitrack.tui.screens.loop import LoopScreen

        self.run_command(self._go_through, LoopScreen)

    def action_show_inquiries(self) -> None:
        """List what was asked and answered."""
        from tuitrack.tui.screens.inquiries import InquiriesScreen

        self.run_command(self._go_through, InquiriesScreen)

    def action_show_decision(self) -> None:
        """Show the decision and the options."""
        from tuitrack.tui.screens.decision import DecisionScreen

        self.run_command(self._go_through, DecisionScreen)

    def action_refresh_screen(self) -> None:
        """Read the case again."""
        self.run_command(self.reload, "Read again.")

    def action_say_status(self) -> None:
        """Show what to tell the customer now."""
        self.run_command(self._say_status)

    def action_show_phrases(self) -> None:
        """List what to say at the moment."""
        from tuitrack.tui.saying import say_phrase

        self.run_command(say_phrase, self)

    def action_correct_entry(self) -> None:
        """Add a correction to the marked entry."""
        from tuitrack.tui.quick_add import correct_form

        if (entry := self.view.marked_entry) is not None:
            self.fill(partial(correct_form, entry=entry), "Correction stored.")

    def action_settle_item(self) -> None:
        """Say that the marked open item is kept, done, chosen or delivered."""
        from tuitrack.tui.settling_items import settle_item

        settle_item(self)

    def action_break_item(self) -> None:
        """Say that a promise was broken or agreed anew, an action done on another day, a remedy declined."""
        from tuitrack.tui.settling_items import break_item

        break_item(self)

    def action_take_case(self) -> None:
        """Become the owner."""
        self.run_command(self._take)

    def action_assign_case(self) -> None:
        """Give the case to another owner."""
        self.run_command(self._assign)

    def action_move_status(self) -> None:
        """Move the case to another working status."""
        if self.file.case.is_open:
            self.run_command(self._move, self._same_choices)
        else:
            self.warn(f"Status: a closed case is opened again with {self.desk.key_of(Place.CASE, 'reopen_case')}.")

    def action_toggle_urgent(self) -> None:
        """Mark the case as urgent, or take that back."""
        case = self.file.case
        told = "No longer urgent." if case.priority is Priority.URGENT else "Marked as urgent."
        self.change(partial(self.services.casework.toggle_urgent, case.id, case.version), told)

    def action_repeat_command(self) -> None:
        """Give the last command that changed a case once more, here."""
        last = self.desk.last_command
        if last is None:
            key = self.desk.key_of(Place.CASE, "repeat_command")
            self.warn(f"Nothing to repeat yet: {key} gives the last command that changed a case once more.")
            return
        self._same_choices = last.choices
        getattr(self, f"action_{last.id}")()
        self._same_choices = NO_CHOICES

    def action_copy_reference(self) -> None:
        """Copy the reference to the clipboard."""
        from tuitrack.tui.copying import copy_reference

        copy_reference(self.desk, self.file.case)

    def action_copy_summary(self) -> None:
        """Copy what the case is about and how it stands."""
        from tuitrack.tui.copying import copy_summary

        copy_summary(self.desk, self.file.case, self.file.customer.name, self.services.desk.now())

    def action_show_texts(self) -> None:
        """List the texts that were in force when the case was received."""
        from tuitrack.tui.screens.texts import OfCase, TextsScreen

        self.app.push_screen(TextsScreen(self.services, OfCase(self.case_id, self.file.case.reference)))

    def action_export_case(self) -> None:
        """Write everything about the case to a file."""
        from tuitrack.tui.exporting import export_case

        self.run_command(export_case, self, self.file)

    def action_open_customer(self) -> None:
        """Show the customer with all cases."""
        self.run_command(self.desk.open_customer, self.file.customer.id)

    def action_close_case(self) -> None:
        """Go through the steps of closing."""
        if self.file.case.is_open:
            self.run_command(self._close)
        else:
            key = self.desk.key_of(Place.CASE, "reopen_case")
            told = closed_text(self.file.case, self.file.calls, self.services.desk.now())
            self.warn(f"{told} {key} opens it again.")

    def action_reopen_case(self) -> None:
        """Open a closed or resolved case again, with a reason."""
        from tuitrack.tui.case_forms import reopen_form

        if self.file.case.status in (Status.CLOSED, Status.RESOLVED):
            self.fill(reopen_form, "Reopened.")
        else:
            self.warn("Reopen: the case is not closed.")

    async def _read_earlier(self) -> None:
        with self.desk.hold_keys():
            first = self.view.entries[0]
            page = await self.backstage.read(self.services.casefile.earlier, self.case_id, first)
            self.view.add_earlier(page, self.services.desk.now())
        self.say(f"{len(page)} earlier entries read." if page else "That was the first entry.")

    async def _show_statements(self) -> None:
        from tuitrack.tui.present_statements import statement_lines

        with self.desk.hold_keys():
            file, now = await self.backstage.read(self.services.casefile.whole, self.case_id), self.services.desk.now()
            self.read_text("What was said and found", lambda width: statement_lines(file, now, width))

    async def _go_through(self, screen: Callable[[Services, CaseFile], FillingScreen]) -> None:
        """Show another screen of the case, and the case as it is after that."""
        with self.desk.hold_keys():
            left = self.app.push_screen(screen(self.services, self.file), wait_for_dismiss=True)
        await left
        await self.reload()

    async def _say_status(self) -> None:
        from tuitrack.tui.screens.status_card import StatusCardScreen

        with self.desk.hold_keys():
            card = await self.backstage.read(self.services.casefile.status_card, self.case_id)
            now, phrases = self.services.desk.now(), self.action_show_phrases
            screen = StatusCardScreen(title_text(self.file), card, now, phrases)
            told = self.app.push_screen(screen, wait_for_dismiss=True)
        if await told:
            await self._make(partial(self.services.casework.log_status_check, self.case_id), "Status call logged.")

    async def _take(self) -> None:
        from tuitrack.tui.case_forms import take_form

        case, me = self.file.case, self.services.desk.agent
        if case.owner in (None, me):
            await self._make(partial(self.services.casework.take, case.id, case.version), f"Owner: {me}.")
        else:
            await self._fill(take_form, f"Owner: {me}.")

    async def _assign(self) -> None:
        from tuitrack.services.agents import absence_sentence
        from tuitrack.tui.case_forms import assign_form

        with self.desk.hold_keys():
            agents = await self.backstage.read(self.services.casefile.agents)
        before = self.file.case.owner
        await self._fill(partial(assign_form, agents=agents), "Owner stored.")
        if self.file.case.owner != before and self.file.absence is not None:
            self.warn(f"Owner stored. {absence_sentence(self.file.absence)}")

    async def _move(self, choices: Mapping[str, str]) -> None:
        from tuitrack.tui.case_forms import move_form

        with self.desk.hold_keys():
            note = await due_after_waiting(self)
        await self._fill(partial(move_form, note=note), "Status stored.", choices)

    async def _close(self) -> None:
        from tuitrack.tui.after_closing import go_on
        from tuitrack.tui.screens.closure import ClosureScreen

        with self.desk.hold_keys():
            await self.reload()
            left = self.app.push_screen(ClosureScreen(self.services, self.file), wait_for_dismiss=True)
        was_closed_here = await left
        with self.desk.hold_keys():
            await self.reload()
            late = self._late.to_ask()
        if late:
            await self._late.ask(late)
        # The next key is for where closing leads to.
        with self.desk.hold_keys():
            if not self.file.case.is_open:
                told = closed_text(self.file.case, self.file.calls, self.services.desk.now())
                if was_closed_here:
                    told += await self.proposal()
                self.say(told)
                if was_closed_here:
                    await go_on(self, told)
