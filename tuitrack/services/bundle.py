"""All services of one desk together, as screens and commands are given them."""

from __future__ import annotations

from dataclasses import dataclass

from tuitrack.services.casefile import CaseFileService
from tuitrack.services.casework import CaseworkService
from tuitrack.services.closure import ClosureService
from tuitrack.services.customers import CustomerService
from tuitrack.services.desk import Desk
from tuitrack.services.drafts import DraftService
from tuitrack.services.intake import IntakeService
from tuitrack.services.queue import QueueService


@dataclass(frozen=True, slots=True)
class Services:
    """What a person at this desk can do."""

    desk: Desk
    queue: QueueService
    casefile: CaseFileService
    casework: CaseworkService
    customers: CustomerService
    intake: IntakeService
    closure: ClosureService
    drafts: DraftService


def services_at(desk: Desk) -> Services:
    """Put the services of a desk together."""
    return Services(
        desk=desk,
        queue=QueueService(desk),
        casefile=CaseFileService(desk),
        casework=CaseworkService(desk),
        customers=CustomerService(desk),
        intake=IntakeService(desk),
        closure=ClosureService(desk),
        drafts=DraftService(desk),
    )
