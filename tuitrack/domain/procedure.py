"""The procedure that a desk follows with every case: its steps in their order, and which of them a case has behind it.

A skipped step is data and stops nothing, but where the procedure wants the step before a case is closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from tuitrack.domain.text import fold
from tuitrack.domain.words import Ticking, TickState
from tuitrack.lean import dataclass

STEPS_MOST = 12
"""Steps that a procedure may have: so many stand on one line of the smallest terminal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureStep:
    """One step of a procedure."""

    id: str
    """The key word by which it is ticked, kept and asked for: small ASCII letters, digits and hyphens."""
    title: str
    help: str = ""
    """How it is done, in a sentence."""
    mandatory: bool = False
    """Whether a case may be closed only when it is done, or a supervisor skipped it."""
    ticked_by: frozenset[Ticking] = frozenset()
    """What is logged in a case and ticks it there."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """The steps of cases of some categories."""

    name: str
    steps: tuple[ProcedureStep, ...]
    categories: frozenset[str] = frozenset()
    """The categories of its cases, folded; empty where it is for all."""

    def fits(self, category: str) -> bool:
        """Whether it is for cases of a category."""
        return not self.categories or fold(category) in self.categories

    @property
    def lines(self) -> Iterator[str]:
        """The procedure in sentences: for which cases, then a step a line."""
        whose = f"category {' or '.join(sorted(self.categories))}" if self.categories else "all cases"
        yield f"Procedure {self.name}, for {whose}"
        for number, step in enumerate(self.steps, 1):
            ticked = f"; ticked by {', '.join(sorted(one.label for one in step.ticked_by))}" if step.ticked_by else ""
            wanted = ", mandatory for closing" if step.mandatory else ""
            yield f"{number:>2} {step.id}: {step.title}{wanted}{ticked}"


@dataclass(frozen=True, slots=True)
class ProcedureBook:
    """The procedures of a desk in the order in which they are tried; the last one is for every case."""

    procedures: tuple[Procedure, ...]

    def of(self, category: str) -> Procedure:
        """The procedure of cases of a category."""
        return next(one for one in self.procedures if one.fits(category))

    @property
    def steps(self) -> dict[str, str]:
        """The titles of all steps by their key words, those of the procedure tried first in front."""
        return {step.id: step.title for one in reversed(self.procedures) for step in one.steps}

    @property
    def lines(self) -> list[str]:
        """All procedures that some case can have, in sentences."""
        last = next(number for number, one in enumerate(self.procedures) if not one.categories)
        return [line for one in self.procedures[: last + 1] for line in one.lines]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """That a step was done in a case, or skipped; a step without one is open."""

    id: int = 0
    case_id: int
    step: str
    """The key word of the step."""
    state: TickState
    at: datetime
    by: str
    ticked_by: Ticking | None = None
    """What was logged and ticked it, None where somebody did it by hand."""
    entry_id: int | None = None
    """The entry that tells of what was logged."""
    because: str = ""
    """Why it was skipped."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A step of a case and how it stands there."""

    number: int
    """Its place in the procedure from 1 on; 0 where it is no longer in the procedure of the case."""
    step: ProcedureStep
    tick: Tick | None = None

    @property
    def is_done(self) -> bool:
        """Whether it was done."""
        return self.tick is not None and self.tick.state is TickState.DONE

    @property
    def is_wanted(self) -> bool:
        """Whether the case cannot be closed as long as it stands so."""
        return self.step.mandatory and self.tick is None

    def told(self, when: str) -> str:
        """How it stands in words; `when` is the moment of its tick as it is to be read."""
        if self.tick is None:
            return "open, mandatory for closing" if self.step.mandatory else "open"
        by_what = f", {self.tick.ticked_by.label}" if self.tick.ticked_by else ""
        return f"{self.tick.state.label} {when} by {self.tick.by}{by_what}"


def standing(procedure: Procedure, ticks: Iterable[Tick]) -> tuple[Standing, ...]:
    """The steps of a procedure as they stand in a case, then what was ticked there and is not in it any more."""
    known = {tick.step: tick for tick in ticks}
    found = [Standing(number, step, known.pop(step.id, None)) for number, step in enumerate(procedure.steps, 1)]
    gone = [Standing(0, ProcedureStep(id=tick.step, title=tick.step.capitalize()), tick) for tick in known.values()]
    return (*found, *gone)
