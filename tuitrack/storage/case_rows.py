"""The lines of a queue and the texts that are searched, as columns to select from the cases `t1`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tuitrack.domain.queue import NOT_KEPT, CaseRow
from tuitrack.storage.mapping import decoded, decoders
from tuitrack.storage.tables.cases import Cases

_OF_CUSTOMER = "(SELECT {0} FROM customer WHERE id = t1.customer_id)"
"""The name is looked up for each row of the page, so that LIMIT works on the cases alone, through an index."""
_PHONES = "(SELECT group_concat(typed, ', ') FROM phone WHERE customer_id = t1.customer_id)"

ROW = ", ".join(
    _OF_CUSTOMER.format("name") if name == "customer_name" else f"t1.{name}"
    for name in CaseRow._fields
    if name not in NOT_KEPT
)
"""What `case_rows` makes lines of."""
_DECODERS = decoders(Cases._meta.columns.get(name) for name in CaseRow._fields)

_TEXTS = {
    "subject": "t1.subject",
    "customer's words": "t1.words",
    "details": "t1.details",
    "resolution": "t1.resolution",
    "reference": "t1.reference",
    "number elsewhere": "t1.foreign_id",
    "customer": _OF_CUSTOMER.format("name"),
    "account": _OF_CUSTOMER.format("account"),
    "phone": _PHONES,
}
TEXT_TITLES = tuple(_TEXTS)
"""What the texts are called that are searched besides the timeline."""
TEXTS = ", ".join(_TEXTS.values())
"""Those texts."""


def case_rows(kept: Iterable[Sequence[Any]]) -> tuple[CaseRow, ...]:
    """The lines of a queue that `ROW` selected."""
    columns = decoded(kept, _DECODERS)
    return tuple(map(CaseRow, *columns)) if columns else ()
