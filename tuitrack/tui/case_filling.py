"""The forms about one case: each is loaded when it is first filled in, so that a case opens without any of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from tuitrack.domain.errors import Conflict, Refusal
from tuitrack.domain.words import Direction
from tuitrack.services.bundle import Services
from tuitrack.tui.commands import Place
from tuitrack.tui.undoing import UndoingScreen

if TYPE_CHECKING:
    from tuitrack.domain.timeline import PublicPost
    from tuitrack.services.casefile import CaseFile
    from tuitrack.tui.backstage import Backstage
    from tuitrack.tui.form import FormScreen

    FormOf = Callable[[Services, Backstage, CaseFile], FormScreen[Any]]
    """Makes the form for something about a case."""
    HoursFormOf = Callable[..., FormScreen[Any]]
    """The same, with `hours` in which somebody is at work."""

NO_CHOICES: Mapping[str, str] = {}


class FillingScreen(UndoingScreen[None]):
    """A screen of one case on which forms are filled in."""

    def __init__(self, services: Services, file: CaseFile) -> None:
        super().__init__(services)
        self.file = file
        self._same_choices = NO_CHOICES

    @property
    def case_id(self) -> int:
        """The case of this screen; it never becomes another one."""
        return self.file.case.id

    @property
    def undoes_in(self) -> int:
        """Only what was changed in this case is undone here."""
        return self.case_id

    def present(self) -> None:
        """Show what was read."""
        raise NotImplementedError

    async def reload(self, told: str = "") -> None:
        """Read the case again and tell what was stored."""
        with self.desk.hold_keys():
            self.file = await self.backstage.read(self.services.casefile.open, self.case_id)
            self.present()
        if told:
            self.say(told)

    async def show_news(self) -> None:
        """Show the case as it is now where somebody changed it."""
        newer = await self.backstage.read(self.services.casefile.newer, self.file)
        if newer is not None:
            self.file = newer
            self.present_news()

    def present_news(self) -> None:
        """Show what was read; the mark stays where it is."""
        self.present()

    def change(self, change: Callable[[], object], told: str) -> None:
        """Make a change of the case as shown, then show it as it is stored."""
        self.run_command(self._make, change, told)

    async def _make(self, change: Callable[[], object], told: str) -> None:
        with self.desk.hold_keys():
            try:
                await self.backstage.write(change)
            except Conflict:
                await self.reload()
                raise
            await self.reload(told)

    def fill(self, form: FormOf, told: str) -> None:
        """Let a form be filled in, then show the case as it is stored."""
        self.run_command(self._fill, form, told, self._same_choices)

    def fill_by_hours(self, form: HoursFormOf, told: str) -> None:
        """The same with a form that points out when nobody is at work."""
        self.run_command(self._fill_by_hours, form, told, self._same_choices)

    def action_log_call_in(self) -> None:
        """Log a call of the customer's."""
        self._log_call(Direction.INBOUND)

    def action_log_call_out(self) -> None:
        """Log a call to the customer."""
        self._log_call(Direction.OUTBOUND)

    def action_add_action(self) -> None:
        """Ask for an action."""
        from tuitrack.tui.quick_add import action_form

        self.fill(action_form, "Action recorded.")

    def action_add_promise(self) -> None:
        """Record what was promised."""
        from tuitrack.tui.quick_add import promise_form

        self.fill_by_hours(promise_form, "Promise recorded.")

    def action_add_note(self) -> None:
        """Add a note."""
        from tuitrack.tui.quick_add import note_form

        self.fill(note_form, "Note stored.")

    def action_add_remedy(self) -> None:
        """Record what was offered."""
        self.run_command(self._add_remedy, self._same_choices)

    def action_write_letter(self) -> None:
        """Choose a letter, read it, edit it and send it."""
        self.run_command(self._write_letter)

    def action_follow_posts(self) -> None:
        """Say what became of a public post, or keep another one."""
        self.run_command(self._follow_posts)

    def follow_post(self, post: PublicPost | None) -> None:
        """Say what became of one public post, or keep one that is not known yet."""
        from tuitrack.tui.post_forms import post_form

        self.fill(partial(post_form, post=post), "Public post stored.")

    def action_edit_case(self) -> None:
        """Change what is known about the case."""
        from tuitrack.tui.edit_case import edit_form

        self.fill(edit_form, "Changes stored.")

    def action_escalate_case(self) -> None:
        """Escalate the case, or say what came of it."""
        self.run_command(self._escalate)

    async def _add_remedy(self, choices: Mapping[str, str], *, option: bool = False) -> None:
        from tuitrack.tui.remedy_forms import remedy_form

        with self.desk.hold_keys():
            guidance = await self.backstage.read(self.services.offers.guidance, self.file.case.id)
        remedy = await self._fill(partial(remedy_form, guidance=guidance, option=option), "Remedy recorded.", choices)
        if remedy is not None and remedy.waits_for_approval:
            self.say("Recorded; it is beyond the offer guide, so a supervisor has to approve it.")

    async def _write_letter(self) -> None:
        from tuitrack.tui.letter_forms import letter_choices, letter_form
        from tuitrack.tui.screens.letter import LetterScreen
        from tuitrack.tui.screens.pick import PickScreen

        with self.desk.hold_keys():
            offered = await self.backstage.read(self.services.letters.offered, self.case_id)
            picking = PickScreen(f"A letter to {self.file.customer.name}", letter_choices(offered), "0")
            shown = self.app.push_screen(picking, wait_for_dismiss=True)
        if (picked := await shown) is None:
            return
        filled = offered[int(picked)]
        if filled.lacks:
            self.warn(f"Not yet: the case lacks {filled.missing}.")
        elif await self.app.push_screen_wait(LetterScreen(filled)):
            form = partial(letter_form, filled=filled, copy=self.desk.copy_to_clipboard)
            await self._fill(form, "Letter kept on the timeline.")

    async def _follow_posts(self) -> None:
        from tuitrack.tui.post_forms import post_choices
        from tuitrack.tui.screens.pick import PickScreen

        posts = self.file.posts
        if not posts:
            self.follow_post(None)
            return
        choices = post_choices(posts)
        picked = await self.app.push_screen_wait(PickScreen("Which public post?", choices, choices[0][0]))
        if picked is not None:
            self.follow_post(next((post for post in posts if str(post.id) == picked), None))

    async def proposal(self) -> str:
        """Names the letter for which it is the time, with the key that writes it; empty where it is for none."""
        try:
            title = await self.backstage.read(self.services.letters.proposed, self.case_id)
        except Refusal as refusal:
            return f" {refusal.sentence}"
        return f" {self.desk.key_of(Place.CASE, 'write_letter')} writes: {title}." if title else ""

    async def _escalate(self) -> None:
        from tuitrack.tui.escalation_forms import escalation_form

        with self.desk.hold_keys():
            agents = await self.backstage.read(self.services.casefile.agents)
        await self._fill(partial(escalation_form, agents=agents), "Escalation stored.")

    def _log_call(self, direction: Direction) -> None:
        from tuitrack.tui.quick_add import call_form

        self.fill(partial(call_form, direction=direction), "Call logged.")

    async def _fill_by_hours(self, form: HoursFormOf, told: str, choices: Mapping[str, str]) -> None:
        with self.desk.hold_keys():
            hours = await self.backstage.read(self.services.why_due.office_hours)
        await self._fill(partial(form, hours=hours), told, choices)

    async def _fill(self, form: FormOf, told: str, choices: Mapping[str, str] = NO_CHOICES) -> Any:
        """Let a form be filled in and return what saving it returned, None where it was left."""
        screen = form(self.services, self.backstage, self.file)
        screen.body.start_with(choices)
        saved = await self.app.push_screen_wait(screen)
        if saved is not None:
            self.desk.remember_choices(screen.body.choices)
            await self.reload(told)
        return saved
