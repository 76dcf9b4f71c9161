"""Intake: a complaint taken while the customer speaks, with the customer found and earlier cases shown on the way."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.worker import Worker, WorkerCancelled

from tuitrack.domain.case import Case
from tuitrack.domain.errors import Conflict, Refusal, StoredAlready, StoreFault
from tuitrack.domain.people import Customer
from tuitrack.services.bundle import Services
from tuitrack.services.once import stored_once
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DeskScreen, run_latest
from tuitrack.tui.draft_keeper import DraftKeeper
from tuitrack.tui.fields import Field
from tuitrack.tui.intake_fields import (
    FIND_BY,
    agreed,
    case_values,
    customer_values,
    intake_fields,
    intake_values,
    numbers_told,
    texts_of,
    with_news,
)
from tuitrack.tui.screens.reference_card import Onward, ReferenceCardScreen
from tuitrack.tui.widgets.form_body import FormBody
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.intake_body import KNOWN, IntakeBody
from tuitrack.tui.widgets.known_list import KnownList
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine

DRAFT_KEY = "intake"


class IntakeScreen(DeskScreen[None]):
    """Takes a new case; everything typed is kept until the case is stored."""

    PLACE = Place.INTAKE
    BINDINGS = bindings(Place.INTAKE)

    def __init__(self, services: Services, customer: Customer | None = None) -> None:
        """`customer` is the one who complains, where that is known beforehand."""
        super().__init__(services)
        self._customer = customer
        self._known = KnownList()
        self._finding: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        yield TopLine("New case")
        yield Vertical(id="form")
        yield self._known
        yield HintLine(Place.INTAKE)
        yield StatusLine()

    def on_mount(self) -> None:
        """Show the fields, or leave where they cannot be asked for."""
        self.run_command(self._begin)

    async def _begin(self) -> None:
        with self.opening():
            categories = await self.backstage.read(self.services.intake.categories)
            agents = await self.backstage.read(self.services.casefile.agents)
            hours = await self.backstage.read(self.services.why_due.office_hours)
            await self._ask(intake_fields(categories, [agent.handle for agent in agents], hours))

    async def _ask(self, fields: Sequence[Field]) -> None:
        """Show the fields, going on with a draft where there is one."""
        desk = self.services.desk
        # What was typed about somebody else must not become this customer's complaint.
        draft_key = f"{DRAFT_KEY}:{self._customer.id}" if self._customer else DRAFT_KEY
        keeper = DraftKeeper(self.services.drafts, self.backstage, draft_key)
        self._fields = fields
        self.body = IntakeBody(self._fields, desk, intake_values(desk), focus="name", keeper=keeper)
        # Some forty fields are laid out once, not each time a few of them have come.
        with self.app.batch_update():
            await self.query_one("#form").mount(self.body)
        if self._customer is not None:
            await self._pick(self._customer)
        else:
            await self._know_again()

    def action_save_form(self) -> None:
        """Store the case and show its reference."""
        self.run_command(self._save)

    def action_leave_form(self) -> None:
        """Go back to the fields from the list; from there leave, with what was typed kept."""
        if self._known.has_focus:
            self.body.focus_field("name")
        else:
            self.run_command(self._leave)

    def action_leave_screen(self) -> None:
        """Leave like any other way out: with what was typed kept."""
        self.action_leave_form()

    def action_swap_draft(self) -> None:
        """Start anew, or bring back what was typed before that."""
        self.body.swap_draft()
        self.run_command(self._know_again)

    def action_open_existing(self) -> None:
        """Open the marked case of the picked customer instead of taking another one."""
        self.run_command(self._open_existing)

    async def keep_draft(self) -> None:
        """Keep what was typed, because the program may end now."""
        for body in self.query(FormBody):
            await body.keep_draft()

    def on_form_body_edited(self, message: FormBody.Edited) -> None:
        """Look for a known customer while one types; with another name it is another customer."""
        text = self.body.texts[message.name]
        if message.name not in FIND_BY or (self.body.known_id and not self._is_renamed(message.name, text)):
            return
        self.body.known_id, self._customer = 0, None
        self._finding = run_latest(self, "find", self._find, text)

    def on_intake_body_known_asked(self) -> None:
        """Go to the list as soon as it shows what was found for the last key."""
        self.run_command(self._enter_known)

    def on_block_list_chosen(self) -> None:
        """Take the marked customer, or open the marked case of the one who was taken."""
        customer = self._known.marked_customer
        if customer is None:
            self.action_open_existing()
        else:
            self.run_command(self._pick, customer)

    def on_block_list_start_reached(self) -> None:
        """Go back from the list to the line about the customer."""
        self.body.focus_field("name")

    def _is_renamed(self, field: str, text: str) -> bool:
        """Whether an edit says that it is not the picked customer after all."""
        return field == "name" and self._customer is not None and text != self._customer.name

    async def _find(self, text: str) -> None:
        matches = await self.backstage.read(self.services.intake.find_customers, text)
        self._known.show_matches(matches)
        hint = f"   known: {self._keys_to_known} take one, typing on makes a new one" if matches else ""
        self.query_one(TopLine).show(f"New case{hint}")

    @property
    def _keys_to_known(self) -> str:
        """The keys that lead to a known customer, as a sentence names them."""
        enter, choose = self.desk.key_of(Place.WHO, "enter_known"), self.desk.key_of(Place.LIST, "choose_line")
        return f"{enter} and {choose}"

    async def _enter_known(self) -> None:
        with self.desk.hold_keys():
            if self._finding is not None and not self._finding.is_finished:
                # A screen that is left gives up both of them.
                with suppress(WorkerCancelled):
                    await self._finding.wait()
            if self._known.display:
                self._known.focus()
            else:
                self.body.action_next_field()

    async def _pick(self, customer: Customer) -> None:
        """Take a known customer and show their cases."""
        with self.desk.hold_keys():
            self._customer = customer
            self.body.fill(texts_of(customer, self._fields, self.services.desk) | {KNOWN: str(customer.id)})
            self.body.focus_field("subject")
            await self._show_cases(customer)

    async def _know_again(self) -> None:
        """Take the customer whom a draft had picked."""
        with self.desk.hold_keys():
            if self.body.known_id:
                file = await self.backstage.read(self.services.customers.open, self.body.known_id)
                await self._show_cases(file.customer)

    async def _show_cases(self, customer: Customer) -> None:
        """Show the cases of the picked customer, so that none is taken twice."""
        self._customer = customer
        cases = await self.backstage.read(self.services.intake.cases_of, customer.id)
        self._known.show_cases(cases, self.services.desk.now())
        count = sum(case.closed_at is None for case in cases)
        many = "1 case" if len(cases) == 1 else f"{len(cases)} cases"
        key = self.desk.key_of(Place.INTAKE, "open_existing")
        told = f"{count} open of {many}, {key} opens the marked one" if cases else "no case so far"
        self.query_one(TopLine).show(f"New case   {customer.name}: {told}")

    async def _open_existing(self) -> None:
        marked = self._known.marked_case_id
        if marked is None:
            raise Refusal(f"Their case: pick a known customer first, with {self._keys_to_known}.")
        with self.desk.hold_keys():
            kept = await self.body.keep_draft()
            await self._go_to_case(marked, "What was typed is kept; a new case goes on with it." if kept else "")

    async def _leave(self) -> None:
        with self.desk.hold_keys():
            kept = await self.body.keep_draft()
            self.dismiss(None)
        if kept:
            self.say("Kept as a draft. The same key goes on with it.")

    async def _save(self) -> None:
        with self.desk.hold_keys():
            try:
                with self.body.stored_once():
                    case = await self._store(self.body.values())
            except StoredAlready as stored:
                await self._forget_draft()
                self.dismiss(None)
                self.say(stored.sentence)
                return
            except Refusal as refusal:
                self.body.refuse(refusal)
                return
            except StoreFault as fault:
                self.warn(fault.sentence)
                return
            await self._forget_draft()
        await self._show_reference(case)

    async def _store(self, values: dict[str, Any]) -> Case:
        if self._customer is None:
            given: dict[str, Any] = {"customer": customer_values(values)}
        else:
            customers = self.services.customers
            # The key of the form is for the case: a second try at that is not to be taken for one at this.
            try:
                with stored_once(None):
                    self._customer = await self.backstage.write(with_news, customers, self._customer, values)
            except Conflict:
                self._customer = (await self.backstage.read(customers.open, self._customer.id)).customer
                raise
            given = {"customer_id": self._customer.id}
        return await self.backstage.write(self.services.intake.take, case_values(values) | given)

    async def _forget_draft(self) -> None:
        """Forget the draft of what is stored; that it could not be must not make anybody store it twice."""
        try:
            await self.body.forget_draft()
        except StoreFault as fault:
            self.warn(f"Stored, but its draft is still there: {fault.sentence}")

    async def _show_reference(self, case: Case) -> None:
        """Show the reference large, and go on where the person wants to."""
        desk = self.services.desk
        values = self.body.values()
        told = "\n".join(filter(None, [agreed(values, desk.now()), numbers_told(values, desk)]))
        card = ReferenceCardScreen(case.reference, desk.settings.reference_prefix, self._language(), told)
        match await self.app.push_screen_wait(card):
            case Onward.CASE:
                with self.desk.hold_keys():
                    await self._go_to_case(case.id)
            case Onward.NEXT_INTAKE:
                self.app.switch_screen(IntakeScreen(self.services))
            case _:
                self.dismiss(None)

    def _language(self) -> str:
        """The language in which the customer hears the reference."""
        return self.body.texts["language"].strip().lower()[:2] or self.services.desk.settings.language

    async def _go_to_case(self, case_id: int, told: str = "") -> None:
        """Show a case in place of this form, with something to tell there."""
        from tuitrack.tui.screens.case import CaseScreen

        file = await self.backstage.read(self.services.casefile.open, case_id)
        screen = CaseScreen(self.services, file)
        self.app.switch_screen(screen)
        screen.call_later(screen.say, told)
