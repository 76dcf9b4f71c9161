"""A desk in memory with one complaint on it, taken and worked on through the services, and a clock that tests set."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, cast

from textual.pilot import Pilot

from tests.builders import NOW, an_agent
from tests.fakes import MemoryReader, MemoryStore, MemoryWriter
from tests.tui.settling import SettlingApp
from tuitrack.domain.case import Case
from tuitrack.domain.errors import StoreFault
from tuitrack.services.bundle import Services
from tuitrack.services.casefile import CaseFile
from tuitrack.services.desk import Desk
from tuitrack.services.ports import Store
from tuitrack.settings import Settings


class FillingStore(MemoryStore):
    """A store whose disk can become full, and which can be lost altogether."""

    full = False
    is_lost = False

    @contextmanager
    def lost(self) -> Iterator[None]:
        """Answer nothing while the body runs."""
        self.is_lost = True
        try:
            yield
        finally:
            self.is_lost = False

    @contextmanager
    def reading(self, as_of: datetime | None = None) -> Iterator[MemoryReader]:
        """A look at it; raises StoreFault while it is lost."""
        if self.is_lost:
            raise StoreFault("The database is gone.")
        with super().reading(as_of) as reader:
            yield reader

    @contextmanager
    def writing(self) -> Iterator[MemoryWriter]:
        """A transaction; raises StoreFault while the disk is full or all is lost."""
        if self.is_lost:
            raise StoreFault("The database is gone.")
        if self.full:
            raise StoreFault("The disk is full; nothing was stored. Make room, then save again.")
        with super().writing() as writer:
            yield writer


class CaseDesk:
    """The services of ana's desk in Zagreb, over a store in memory."""

    def __init__(self) -> None:
        self.now = NOW - timedelta(days=5)
        self.store = FillingStore()
        self.settings = replace(Settings(), time_zone="Europe/Zagreb", region="HR", currency="EUR")
        self.services = self.services_of("ana")
        with self.store.writing() as writer:
            writer.put_agent(an_agent("ana"))
            writer.put_agent(an_agent("marko"))

    def services_of(self, agent: str) -> Services:
        """The services as another agent has them."""
        return Services(Desk(cast(Store, self.store), agent, self.settings, self.clock))

    def clock(self) -> datetime:
        """The moment of this desk."""
        return self.now

    def take(self, **fields: Any) -> Case:
        """Take a complaint of Ana Zorić, five days ago unless the clock was moved."""
        values = {
            "customer": {"name": "Ana Zorić", "account": "4711", "phones": ("+385 91 234 567",)},
            "subject": "Washing machine arrived broken",
            "words": "It came broken, [b]again[/b]!",
            "remedy_wanted": "a new machine",
            "received_at": self.now,
            "return_at": self.now + timedelta(days=4),
        }
        return self.services.intake.take(values | fields)

    def file(self, case_id: int) -> CaseFile:
        """The case as it is stored."""
        return self.services.casefile.open(case_id)


class DeskApp(SettlingApp):
    """The app over a desk in memory."""

    def __init__(
        self, desk: CaseDesk, agent: str = "ana", *, environ: Mapping[str, str] = MappingProxyType({}), **options: Any
    ) -> None:
        super().__init__(desk.services_of(agent), environ=environ, **options)


@asynccontextmanager
async def queue_app(
    desk: CaseDesk, *, size: tuple[int, int] = (80, 24), **options: Any
) -> AsyncIterator[tuple[DeskApp, Pilot[None]]]:
    """The app with its queue; the options are those of the app."""
    app = DeskApp(desk, **options)
    async with app.run_test(size=size) as pilot:
        await app.settle()
        yield app, pilot


@asynccontextmanager
async def case_app(
    desk: CaseDesk, case_id: int, *, size: tuple[int, int] = (80, 24), agent: str = "ana"
) -> AsyncIterator[tuple[DeskApp, Pilot[None]]]:
    """The app with a case open."""
    async with queue_app(desk, size=size, agent=agent) as (app, pilot):
        await app.open_case(case_id)
        await app.settle()
        yield app, pilot


async def press(app: DeskApp, pilot: Pilot[None], *keys: str) -> None:
    """Press keys and wait for what they lead to."""
    await pilot.press(*keys)
    await app.settle()


async def type_text(app: DeskApp, pilot: Pilot[None], text: str) -> None:
    """Type a text into the field that has the focus."""
    await press(app, pilot, *text)
