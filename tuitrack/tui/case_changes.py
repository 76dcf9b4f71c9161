"""What one key does to an open promise, action or remedy: the change to make and the sentence that tells of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tuitrack.domain.case import Case
from tuitrack.domain.timeline import Action, Promise, Remedy
from tuitrack.domain.words import Approval, PromiseOutcome
from tuitrack.services.bundle import Services
from tuitrack.tui.present_work import WorkItem

Change = tuple[Callable[[], object], str]
"""A change of a case ready to be made, and what to tell when it is."""


def settling(services: Services, case: Case, item: WorkItem) -> Change:
    """A promise was kept, an action done today, a remedy approved, chosen, or delivered once it was chosen."""
    seen, items, remedies = case.version, services.items, services.remedies
    match item:
        case Promise():
            change = partial(items.settle_promise, case.id, item.id, PromiseOutcome.KEPT, seen=seen)
            return change, f"Promise kept: {item.what}"
        case Action():
            return partial(items.complete_action, case.id, item.id, seen=seen), f"Done today: {item.what}"
        case Remedy(approval=Approval.WAITING):
            return partial(remedies.answer_approval, case.id, item.id, True, seen=seen), f"Approved: {item.summary}"
        case Remedy(chosen=True):
            return partial(remedies.deliver, case.id, item.id, seen=seen), f"Delivered: {item.summary}"
        case Remedy():
            return partial(remedies.choose, case.id, item.id, True, seen=seen), f"Chosen: {item.summary}"


def declining(services: Services, case: Case, remedy: Remedy) -> Change:
    """The customer did not want a remedy."""
    change = partial(services.remedies.choose, case.id, remedy.id, False, seen=case.version)
    return change, f"Declined: {remedy.summary}"
