"""All services of one desk together, as screens and commands are given them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tuitrack.domain.errors import Refusal
from tuitrack.services.casefile import CaseFileService
from tuitrack.services.casework import CaseworkService
from tuitrack.services.closure import ClosureService
from tuitrack.services.customers import CustomerService
from tuitrack.services.desk import Desk
from tuitrack.services.drafts import DraftService
from tuitrack.services.exports import Exporter, writes_no_files
from tuitrack.services.intake import IntakeService
from tuitrack.services.queue import QueueService
from tuitrack.services.registers import Registers
from tuitrack.services.undo import UndoService


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
    undo: UndoService
    registers: Callable[[], Registers]
    """Opens the importing of registers, which has a connection of its own and is closed after use."""
    exporter: Callable[[], Exporter]
    """Opens the writing of cases to files, likewise."""


def reads_no_files() -> Registers:
    """The importing of a desk that was opened without it."""
    raise Refusal("Import: this desk reads no files.")


def services_at(
    desk: Desk,
    registers: Callable[[], Registers] = reads_no_files,
    exporter: Callable[[], Exporter] = writes_no_files,
) -> Services:
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
        undo=UndoService(desk),
        registers=registers,
        exporter=exporter,
    )
