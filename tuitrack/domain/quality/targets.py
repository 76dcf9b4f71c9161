"""Targets that a desk has set for its measures; the latest of each holds, and the earlier ones stay readable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuitrack.domain.quality.measures import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityTarget:
    """What somebody set for a measure."""

    id: int = 0
    measure: str
    """The word of the measure."""
    percent: int | None
    """The share that is aimed at; None where none is aimed at any more."""
    by: str
    entered_at: datetime


def in_force(measures: Iterable[Measure], known: Iterable[QualityTarget]) -> Mapping[str, int | None]:
    """The target of each measure, as it was set last, else as the program brings it."""
    targets: dict[str, int | None] = {measure.id: measure.target for measure in measures}
    return targets | {one.measure: one.percent for one in known if one.measure in targets}
