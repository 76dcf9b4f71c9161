"""What a case's screen does with its clocks: say why they are due then, let them stand still, let them go on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tuitrack.domain.clocks import PAUSED_BY_HAND
from tuitrack.domain.due_words import resuming_words
from tuitrack.domain.words import PauseReason, Status
from tuitrack.tui.commands import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuitrack.domain.deadlines import Deadline
    from tuitrack.tui.screens.case import CaseScreen


async def explain_due(screen: CaseScreen) -> None:
    """Show why everything that is due is due then, the marked open item first."""
    from tuitrack.tui.present_why import why_lines

    with screen.desk.hold_keys():
        reasons = await screen.backstage.read(screen.services.why_due.reasons, screen.case_id)
        marked = screen.view.marked_item if screen.view.work.has_focus else None
        now = screen.services.desk.now()
        screen.read_text("Why due then", lambda width: why_lines(reasons, marked, now, width))


def pause_or_resume(screen: CaseScreen) -> None:
    """Ask why the clocks are to stand still, or let them go on where they do."""
    case = screen.file.case
    if any(pause.reason in PAUSED_BY_HAND for pause in screen.file.lasting_pauses):
        screen.run_command(_resume, screen)
    elif case.is_open:
        from tuitrack.tui.case_forms import pause_form

        screen.fill(pause_form, "Paused.")
    else:
        screen.warn("Pause: the case is closed; nothing runs in it.")


async def _resume(screen: CaseScreen) -> None:
    """Say what is due when once the clocks go on, and let them, where that is wanted."""
    from tuitrack.tui.screens.confirm import ConfirmScreen

    case, casework, now = screen.file.case, screen.services.casework, screen.services.desk.now()
    with screen.desk.hold_keys():
        due = await screen.backstage.read(casework.due_once_resumed, case.id)
        asked = ConfirmScreen(resuming_words("Let the clocks go on?", due, now), "Go on", "Stay paused")
        answered = screen.desk.push_screen(asked, wait_for_dismiss=True)
    if await answered:
        screen.change(partial(casework.resume, case.id, case.version), "No longer paused.")


async def due_after_waiting(screen: CaseScreen) -> str:
    """What is due when once a case no longer waits for the customer; empty where it does not wait."""
    case, services = screen.file.case, screen.services
    if case.status is not Status.WAITING:
        return ""
    due = await screen.backstage.read(services.casework.due_once_resumed, case.id, [PauseReason.CUSTOMER])
    return resuming_words("In another status the clocks go on.", due, services.desk.now())


def explain_late(screen: CaseScreen) -> None:
    """Ask why a clock was missed."""
    if screen.file.unexplained(screen.services.desk.now()):
        from tuitrack.tui.case_forms import late_form

        screen.fill(late_form, "Stored why it was late.")
    else:
        screen.warn("Why late: no clock of this case was missed without a reason.")


class LateClocks:
    """The clocks that were met too late while a case's screen is open: its owner is asked why, once for each."""

    def __init__(self, screen: CaseScreen) -> None:
        """What was late when the screen was opened is left to the key that asks."""
        self._screen = screen
        self._known = {clock.record_id for clock in self._met()}

    def told(self) -> str:
        """What to say of those that were just met, where their owner cannot be asked about them now."""
        new = self._new()
        if new and not self._is_owners:
            self._remember(new)
        kinds = ", ".join(clock.kind.label for clock in new)
        return f" Late: {kinds}; {self._key} says why." if kinds else ""

    def to_ask(self) -> Sequence[Deadline]:
        """Those about which their owner is to be asked now; never in the middle of keys that were typed ahead."""
        if not self._is_owners or self._screen.desk.keys.has_more:
            return ()
        new = self._new()
        self._remember(new)
        return new

    async def ask(self, late: Sequence[Deadline]) -> None:
        """Ask why each was late, until that is left."""
        from tuitrack.tui.case_forms import late_form

        screen = self._screen
        for clock in late:
            note = f"{clock.kind.label} was met too late just now. {self._key} asks again where this is left."
            form = late_form(screen.services, screen.backstage, screen.file, clock=clock.record_id, note=note)
            if await screen.desk.push_screen_wait(form) is None:
                return
            await screen.reload("Stored why it was late.")

    @property
    def _key(self) -> str:
        return self._screen.desk.key_of(Place.CASE, "explain_late")

    @property
    def _is_owners(self) -> bool:
        return self._screen.file.case.owner == self._screen.services.desk.agent

    def _met(self) -> list[Deadline]:
        return [clock for clock in self._screen.file.unexplained(self._screen.services.desk.now()) if clock.met_at]

    def _new(self) -> list[Deadline]:
        return [clock for clock in self._met() if clock.record_id not in self._known]

    def _remember(self, clocks: Sequence[Deadline]) -> None:
        self._known.update(clock.record_id for clock in clocks)
