"""A desk with nothing but forms on it: the app, the drafts and the clock that a form needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, ClassVar, cast

from tests.tui.settling import WatchedBackstage, settled
from tuitrack.domain.errors import StoreFault
from tuitrack.domain.keeping import Draft
from tuitrack.services.bundle import Services
from tuitrack.services.desk import Desk
from tuitrack.services.ports import Store
from tuitrack.settings import Settings
from tuitrack.tui.base_app import KeyedApp
from tuitrack.tui.sheets import find_sheets
from tuitrack.tui.themes import THEMES

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
"""A Friday morning, ten o'clock in Zagreb."""


class DraftStore:
    """Keeps drafts and nothing else."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Draft] = {}
        self.fault: StoreFault | None = None
        """Why it can keep nothing at the moment."""

    @contextmanager
    def reading(self) -> Iterator[DraftStore]:
        """A look at the drafts."""
        yield self

    @contextmanager
    def writing(self) -> Iterator[DraftStore]:
        """A change of the drafts."""
        if self.fault is not None:
            raise self.fault
        yield self

    def receipt(self, key: str) -> None:
        """Nothing was stored under any key."""

    def keep_receipt(self, *told: object) -> None:
        """Drafts are nobody's news."""

    def draft(self, agent: str, form: str) -> Draft | None:
        """The kept draft."""
        return self.kept.get((agent, form))

    def put_draft(self, draft: Draft) -> None:
        """Keep a draft."""
        self.kept[draft.agent, draft.form] = draft

    def drop_draft(self, agent: str, form: str) -> None:
        """Forget a draft."""
        self.kept.pop((agent, form), None)


def form_services(store: DraftStore) -> Services:
    """The services of a desk in Zagreb that keeps only drafts."""
    settings = replace(Settings(), time_zone="Europe/Zagreb", region="HR")
    return Services(Desk(cast(Store, store), "ana", settings, lambda: NOW))


class FormDeskApp(KeyedApp):
    """An app that has sheets, themes and a status line of plain strings."""

    CSS_PATH: ClassVar[Any] = [str(sheet) for sheet in find_sheets()]

    def __init__(self, services: Services, **options: Any) -> None:
        super().__init__(**options)
        self.services = services
        self.backstage = WatchedBackstage(services.desk.patience)
        self.said: list[str] = []
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = "dark"

    def say(self, text: str) -> None:
        """Take down what the status line would say."""
        self.said.append(text)

    warn = say

    async def settle(self) -> None:
        """Wait until nothing goes on any more."""
        await settled(self, self.backstage)
