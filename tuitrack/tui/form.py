"""A form over another screen: fields, a save that refuses in place, and a draft of everything typed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tuitrack.domain.errors import Conflict, Refusal, StoredAlready, StoreFault, TuitrackError
from tuitrack.services.bundle import Services
from tuitrack.services.casefile import CaseFile
from tuitrack.tui.backstage import Backstage
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DialogScreen, run_told
from tuitrack.tui.draft_keeper import DraftKeeper
from tuitrack.tui.fields import Field
from tuitrack.tui.widgets.form_body import FormBody
from tuitrack.tui.widgets.hint_line import HintLine

if TYPE_CHECKING:
    from tuitrack.services.phrases import Offered

    Offer = Callable[[], Awaitable[Sequence[Offered]]]
    """Finds what may be said at the moment."""

T = TypeVar("T")


class FormScreen(DialogScreen[T | None], inherit_bindings=False):
    """Asks for the values of some fields and answers with what saving them returned, or None."""

    PLACE = Place.FORM
    BINDINGS = bindings(Place.FORM)
    AUTO_FOCUS = ""

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        save: Callable[[dict[str, Any]], Awaitable[T]],
        *,
        services: Services,
        backstage: Backstage,
        draft_key: str | None = None,
        initial: Mapping[str, Any] | None = None,
        focus: str = "",
        note_above: str = "",
        phrases: Offer | None = None,
    ) -> None:
        """`save` gets the values by field name and may raise Refusal; `draft_key` names the draft, None keeps none.

        `phrases` finds what may be put into a field, where the form belongs to a case.
        """
        super().__init__()
        keeper = DraftKeeper(services.drafts, backstage, draft_key) if draft_key else None
        self._services = services
        self._save_values = save
        self._title_shown = title
        self._note_above = note_above
        self._phrases = phrases
        self.body = FormBody(fields, services.desk, initial, focus=focus, keeper=keeper)

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(self._title_shown, markup=False, classes="form-title")
            if self._note_above:
                yield Static(self._note_above, markup=False, classes="note-above")
            yield self.body
            yield HintLine(Place.FORM)

    def action_save_form(self) -> None:
        """Save what was typed."""
        run_told(self, self._save)

    def on_form_body_submitted(self) -> None:
        """Save on Enter in the last field."""
        self.action_save_form()

    def action_leave_form(self) -> None:
        """Leave; what was typed stays as a draft."""
        run_told(self, self._leave)

    def action_swap_draft(self) -> None:
        """Start anew, or bring back what was typed before that."""
        self.body.swap_draft()

    def action_insert_phrase(self) -> None:
        """Put a phrase for the moment into the field."""
        run_told(self, self._insert_phrase)

    async def keep_draft(self) -> None:
        """Keep what was typed, because the program may end now."""
        await self.body.keep_draft()

    async def _save(self) -> None:
        with self.desk.hold_keys():
            conflict = await self._try_to_save()
            if conflict is None:
                return
            from tuitrack.tui.contest import Contest

            contest = Contest(self, self.body, self._services, conflict)
            asked = contest.ask()
        if asked is None or not await contest.settle(await asked):
            return
        if conflict.is_settled:
            await self._forget_draft()
            self.dismiss(None)
            self.desk.say("What you typed is kept on the timeline.")
        else:
            await self._save()

    async def _try_to_save(self) -> Conflict | None:
        """Save, and leave where that was done; returns the conflict with what others changed, where there is one."""
        try:
            with self.body.stored_once():
                saved = await self._save_values(self.body.values())
        except StoredAlready as stored:
            await self._forget_draft()
            self.dismiss(None)
            self.desk.say(stored.sentence)
        except Conflict as conflict:
            return conflict
        except Refusal as refusal:
            self.body.refuse(refusal)
        except StoreFault as fault:
            self.body.tell(f"! {fault.sentence}")
        else:
            await self.leave_with(saved)
        return None

    async def _insert_phrase(self) -> None:
        from tuitrack.tui.screens.phrases import PhrasesScreen

        row = self.body.focused_row
        if self._phrases is None:
            self.body.tell("! Phrases are for what the customer is told; this form asks for none of that.")
        elif row is None or not row.takes_text:
            self.body.tell("! A phrase goes into a field of free text.")
        else:
            try:
                with self.desk.hold_keys():
                    offered = await self._phrases()
                    shown = self.app.push_screen(PhrasesScreen("Enter puts it in", offered), wait_for_dismiss=True)
            except TuitrackError as failure:
                self.body.tell(f"! {failure.sentence}")
                return
            if (chosen := await shown) is not None:
                row.insert(chosen.text)

    async def leave_with(self, saved: T) -> None:
        """Leave with what saving returned; a form with something to come before that puts it here."""
        await self._forget_draft()
        self.dismiss(saved)

    async def _forget_draft(self) -> None:
        """Forget the draft of what is saved; that it could not be must not make anybody save it twice."""
        try:
            await self.body.forget_draft()
        except StoreFault as fault:
            self.desk.warn(f"Saved, but its draft is still there: {fault.sentence}")

    async def _leave(self) -> None:
        with self.desk.hold_keys():
            try:
                kept = await self.body.keep_draft()
            except StoreFault as fault:
                self.body.tell(f"! {fault.sentence}")
                return
            self.dismiss(None)
            if kept:
                self.desk.say("Kept as a draft. The same key goes on with it.")


def form_of_case(
    services: Services,
    backstage: Backstage,
    file: CaseFile,
    name: str,
    title: str,
    fields: Sequence[Field],
    save: Callable[[dict[str, Any]], Awaitable[T]],
    *,
    initial: Mapping[str, Any] | None = None,
    focus: str = "",
    note_above: str = "",
) -> FormScreen[T]:
    """A form that names its case and customer, and keeps its draft under `name` with the case's id."""
    return FormScreen(
        f"{title}  {file.case.reference}  {file.customer.name}",
        fields,
        save,
        services=services,
        backstage=backstage,
        draft_key=f"{name}:{file.case.id}",
        initial=initial,
        focus=focus,
        note_above=note_above,
        phrases=partial(backstage.read, services.phrases.offered, file.case.id),
    )
