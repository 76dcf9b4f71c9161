"""Random samples of closed cases for a review: drawn so that they can be drawn again, and audited case by case."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from random import Random

from tuitrack.domain.words import Answer, AuditQuestion
from tuitrack.lean import dataclass

GIVEN = (Answer.YES, Answer.PARTLY, Answer.NO)
"""What may be answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Closed cases drawn by chance for the review of a day."""

    id: int = 0
    plan_id: int
    due_on: date
    since: date
    until: date
    """The days between which they were closed, both included."""
    size: int
    """How many were asked for; there may be fewer."""
    seed: int
    """With the same seed the same cases are drawn of the same closed ones."""
    population: int
    """How many were closed then."""
    by: str
    drawn_at: datetime

    @property
    def query(self) -> str:
        """What lists the cases of which it was drawn."""
        return closed_between(self.since, self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """A case of a sample, with what was found by looking at it or by asking its customer."""

    id: int = 0
    sample_id: int
    case_id: int
    answers: Mapping[str, str]
    """By the words of `AuditQuestion`, those of `Answer`; empty while nobody has looked at it."""
    interviewed: bool = False
    """Whether the customer was asked."""
    note: str = ""
    by: str | None = None
    at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has looked at it."""
        return self.at is None


def closed_between(since: date, until: date) -> str:
    """The query of what was closed between two days."""
    return f"is:closed closed:{since}..{until}"


def drawn(case_ids: Collection[int], size: int, seed: int) -> list[int]:
    """So many of these cases by chance, the same for the same seed whatever their order was."""
    return sorted(Random(seed).sample(sorted(case_ids), min(size, len(case_ids))))


def answers_told(audits: Iterable[Audit]) -> str:
    """All answers counted: `10 yes, 2 partly, 1 no`."""
    given = [answer for audit in audits for answer in audit.answers.values()]
    return ", ".join(f"{given.count(answer.value)} {answer.label}" for answer in GIVEN)


def answers_to(question: AuditQuestion, audits: Iterable[Audit]) -> str:
    """The answers to one question counted in the same way."""
    given = [audit.answers.get(question.value) for audit in audits]
    return ", ".join(f"{given.count(answer.value)} {answer.label}" for answer in GIVEN)
