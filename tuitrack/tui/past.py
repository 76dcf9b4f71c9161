"""The queue as it was: the moment is asked for, or taken away again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tuitrack.domain.errors import Refusal
from tuitrack.domain.query.moments import passed
from tuitrack.domain.query.printing import as_of, names_moment
from tuitrack.lean import dataclass
from tuitrack.services.desk import Desk
from tuitrack.tui.fields import WhenField
from tuitrack.tui.form import FormScreen

if TYPE_CHECKING:
    from tuitrack.tui.filtering import FilteringScreen

EXAMPLES = "fri 17:00, yesterday, 2026-11-20 17:00"


@dataclass(frozen=True, slots=True)
class PastField(WhenField):
    """A moment that has passed, kept as it was typed: a query that says `fri 17:00` means the last one each week."""

    def parse(self, text: str, desk: Desk) -> datetime:
        """The moment that is meant."""
        try:
            return passed(text, desk.now())
        except Refusal as refusal:
            raise Refusal(refusal.sentence, self.name) from None

    def read(self, text: str, desk: Desk) -> str:
        """What was typed, where it is such a moment."""
        if not text.strip():
            raise self.refusal("this is needed")
        self.parse(text, desk)
        return text.strip()


async def show_past(screen: FilteringScreen) -> None:
    """Show what a screen lists as it was at a moment, or as it is now again; call it from a worker."""
    query = screen.query_shown
    if names_moment(query.text):
        screen.narrow(replace(query, text=as_of(query.text, "")))
        return

    async def take(values: dict[str, Any]) -> str:
        moment: str = values["moment"]
        return moment

    form = FormScreen(
        "This list as it was at",
        [PastField("moment", "Moment", required=True, hint=EXAMPLES)],
        take,
        services=screen.services,
        backstage=screen.backstage,
    )
    moment = await screen.app.push_screen_wait(form)
    if moment is not None:
        screen.narrow(replace(query, text=as_of(query.text, moment)))
