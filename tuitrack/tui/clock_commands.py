"""What a case's screen does with its clocks: say why they are due then, let them stand still, let them go on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tuitrack.domain.clocks import PAUSED_BY_HAND
from tuitrack.domain.due_words import resuming_words
from tuitrack.tui.commands import Place

if TYPE_CHECKING:
    from tuitrack.services.casefile import CaseFile
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

    case, casework = screen.file.case, screen.services.casework
    with screen.desk.hold_keys():
        due = await screen.backstage.read(casework.due_once_resumed, case.id)
        asked = ConfirmScreen(resuming_words(due, screen.services.desk.now()), "Go on", "Stay paused")
        answered = screen.desk.push_screen(asked, wait_for_dismiss=True)
    if await answered:
        screen.change(partial(casework.resume, case.id, case.version), "No longer paused.")


def explain_late(screen: CaseScreen) -> None:
    """Ask why a clock was missed."""
    if screen.file.unexplained(screen.services.desk.now()):
        from tuitrack.tui.case_forms import late_form

        screen.fill(late_form, "Stored why it was late.")
    else:
        screen.warn("Why late: no clock of this case was missed without a reason.")


def late_hint(screen: CaseScreen, before: CaseFile) -> str:
    """What to say where a clock has just been met too late: which one, and the key that tells why."""
    known = {clock.record_id for clock in before.unexplained(screen.services.desk.now()) if clock.met_at}
    late = [clock for clock in screen.file.unexplained(screen.services.desk.now()) if clock.met_at]
    new = ", ".join(clock.kind.label for clock in late if clock.record_id not in known)
    return f" Late: {new}; {screen.desk.key_of(Place.CASE, 'explain_late')} says why." if new else ""
