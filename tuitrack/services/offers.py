"""The offer guide of a desk: what its file `offers.toml` says to the person at work, and what is beyond that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tuitrack.domain.offer_reading import read_offers
from tuitrack.domain.offers import OfferGuide
from tuitrack.settings import Settings, read_toml

if TYPE_CHECKING:
    from tuitrack.domain.case import Case
    from tuitrack.domain.timeline import Remedy
    from tuitrack.services.desk import Desk
    from tuitrack.services.ports import Reader


class OfferService:
    """Tells what may be offered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def guidance(self, case_id: int) -> list[str]:
        """What the person at work may offer in a case without asking, line by line; empty where nothing is limited."""
        guide = self._desk.offers()
        with self._desk.store.reading() as reader:
            agent = reader.agent(self._desk.agent)
            category = reader.case(case_id).category
        return list(guide.told(category, agent.role)) if agent else []


def needs_approval(reader: Reader, desk: Desk, case: Case, remedy: Remedy) -> bool:
    """Whether the person at work may not offer that by themselves; raises Refusal where the guide cannot be read."""
    agent = reader.agent(desk.agent)
    return agent is not None and desk.offers().is_beyond(remedy, case.category, agent.role)


def offer_guide(path: Path, settings: Settings) -> OfferGuide:
    """The guide of a desk's file, an empty one where there is none; raises Refusal for a wrong file."""
    written = read_toml(path)
    return OfferGuide() if written is None else read_offers(written, path.name, settings.currency)
