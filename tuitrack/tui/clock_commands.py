"""What a case's screen does with its clocks: say why they are due then, let them stand still, let them go on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tuitrack.domain.clocks import PAUSED_BY_HAND
from tuitrack.tui.case_forms import pause_form

if TYPE_CHECKING:
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
        screen.change(partial(screen.services.casework.resume, case.id, case.version), "No longer paused.")
    elif case.is_open:
        screen.fill(pause_form, "Paused.")
    else:
        screen.warn("Pause: the case is closed; nothing runs in it.")
