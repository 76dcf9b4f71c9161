"""The two keys that settle what is open in a case: kept, done, chosen, delivered; broken, moved, declined."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tuitrack.domain.timeline import Action, Promise, Remedy
from tuitrack.domain.words import ActionKind, Approval
from tuitrack.tui import quick_add, remedy_forms
from tuitrack.tui.case_changes import declining, settling
from tuitrack.tui.commands import Place

if TYPE_CHECKING:
    from tuitrack.tui.present_work import WorkItem
    from tuitrack.tui.screens.case import CaseScreen


def settle_item(screen: CaseScreen) -> None:
    """Say that the marked open item is kept, done, chosen or delivered."""
    match _meant(screen):
        case None:
            pass
        case Action(kind=ActionKind.PUBLIC_POST, id=look):
            screen.follow_post(next((post for post in screen.file.posts if post.follow_up == look), None))
        case Action(is_inquiry=True) as inquiry:
            screen.fill(partial(quick_add.done_form, action=inquiry), "Answer stored.")
        case item:
            _settle(screen, *settling(screen.services, screen.file.case, item))


def break_item(screen: CaseScreen) -> None:
    """Say that a promise was broken or agreed anew, an action done on another day, a remedy declined."""
    match _meant(screen):
        case None:
            pass
        case Remedy(approval=Approval.WAITING) as remedy:
            screen.fill(partial(remedy_forms.refuse_form, remedy=remedy), "Stored what became of the offer.")
        case Remedy() as remedy:
            _settle(screen, *declining(screen.services, screen.file.case, remedy))
        case Promise() as promise:
            told = "Stored what became of the promise."
            screen.fill_by_hours(partial(quick_add.settle_form, promise=promise), told)
        case action:
            screen.fill(partial(quick_add.done_form, action=action), "Action done.")


def _meant(screen: CaseScreen) -> WorkItem | None:
    """The open item; it is to be marked first where there are several."""
    work, items = screen.view.work, screen.view.items
    if not items:
        screen.warn("Nothing is open in this case.")
    elif len(items) == 1:
        return items[0]
    elif not work.has_focus:
        work.focus()
        up, down = (screen.desk.key_of(Place.LIST, step) for step in ("cursor_up", "cursor_down"))
        screen.say(f"Which one? {up} and {down}, then the same key again.")
    else:
        return screen.view.marked_item
    return None


def _settle(screen: CaseScreen, change: Callable[[], object], told: str) -> None:
    """Settle an open item; the keys go back to the timeline, where the same key does not take the next item."""
    screen.view.timeline.focus()
    screen.change(change, told)
