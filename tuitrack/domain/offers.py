"""The offer guide: what each role may offer in which cases without asking, and what goes beyond that."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tuitrack.domain.text import fold
from tuitrack.domain.timeline import Remedy
from tuitrack.domain.words import RemedyKind, Role
from tuitrack.lean import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One line of the guide: some remedies that some roles may offer in some cases."""

    categories: frozenset[str] = frozenset()
    """Folded; empty for all."""
    roles: frozenset[Role] = frozenset()
    """Empty for all."""
    remedies: frozenset[RemedyKind] = frozenset()
    """Empty for all."""
    up_to: Decimal | None = None
    """None where the amount does not matter."""
    currency: str = ""
    guidance: str = ""

    def is_for(self, category: str, role: Role) -> bool:
        """Whether the line speaks of cases of a category, to somebody in a role."""
        return (not self.categories or fold(category) in self.categories) and (not self.roles or role in self.roles)

    def covers(self, remedy: Remedy) -> bool:
        """Whether a remedy is within the line; where amounts are limited, one in the same currency must be named."""
        if self.remedies and remedy.kind not in self.remedies:
            return False
        if self.up_to is None:
            return True
        return remedy.amount is not None and remedy.currency == self.currency and remedy.amount <= self.up_to

    @property
    def told(self) -> str:
        """The line in words: `coupon, discount up to 20 EUR: rather a coupon than money`."""
        kinds = ", ".join(kind.label for kind in RemedyKind if kind in self.remedies) or "any remedy"
        amount = "" if self.up_to is None else f" up to {self.up_to} {self.currency}"
        return f"{kinds}{amount}{f': {self.guidance}' if self.guidance else ''}"


@dataclass(frozen=True, slots=True)
class OfferGuide:
    """All lines; whoever none of them is for in a case may offer anything there."""

    offers: tuple[Offer, ...] = ()

    def lines_for(self, category: str, role: Role) -> list[Offer]:
        """The lines that are for somebody in a case, in their order."""
        return [offer for offer in self.offers if offer.is_for(category, role)]

    def is_beyond(self, remedy: Remedy, category: str, role: Role) -> bool:
        """Whether a remedy needs a supervisor's approval: there are lines for the case, and none covers it."""
        lines = self.lines_for(category, role)
        return bool(lines) and not any(offer.covers(remedy) for offer in lines)

    def told(self, category: str, role: Role) -> Iterator[str]:
        """What somebody may offer in a case without asking, line by line."""
        return (offer.told for offer in self.lines_for(category, role))
