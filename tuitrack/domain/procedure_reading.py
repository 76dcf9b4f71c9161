"""Reads procedures as they are written in a file; whatever is wrong is told in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from tuitrack.domain.procedure import STEPS_MOST, Procedure, ProcedureBook, ProcedureStep
from tuitrack.domain.query.fields import ANY_STEP
from tuitrack.domain.text import fold
from tuitrack.domain.words import Ticking
from tuitrack.domain.written import Written, WrittenFile

_KEY_WORD = re.compile(r"[a-z][a-z0-9-]{0,23}")


def read_procedures(written: Written, where: str, shipped: ProcedureBook | None = None) -> ProcedureBook:
    """The procedures that a file holds in their order, and behind them the shipped ones.

    A step of a shipped procedure may be named by its key word alone, and says only what is to be different.
    """
    return ProcedureBook(tuple(_Reading(written, where, shipped or ProcedureBook(())).procedures()))


class _Reading(WrittenFile):
    """One file as it is read."""

    def __init__(self, written: Written, where: str, shipped: ProcedureBook) -> None:
        super().__init__(where)
        self._shipped = shipped
        self._known_steps = {step.id: step for one in shipped.procedures for step in one.steps}
        self._known(written, ("procedures",), "")
        self._written = written

    def procedures(self) -> Iterable[Procedure]:
        """The procedures in their order, the shipped ones last."""
        for number, table in self._tables(self._written, "procedures"):
            yield self._procedure(table, number)
        yield from self._shipped.procedures

    def _procedure(self, table: Written, number: int) -> Procedure:
        place = f"procedure {number}"
        self._known(table, ("name", "category", "steps"), place)
        name = self._line(table.get("name", f"{number}"), f"{place}, name")
        place = f"procedure {name}"
        steps = table.get("steps")
        if not isinstance(steps, list) or not 1 <= len(steps) <= STEPS_MOST:
            raise self._refusal(f"{place}, steps", f"a list of 1 to {STEPS_MOST} steps", steps)
        read = tuple(self._step(one, f"{place}, step {at}") for at, one in enumerate(steps, 1))
        for step in read:
            if sum(one.id == step.id for one in read) > 1:
                raise self._refusal(f"{place}, steps", "every step once", step.id)
        categories = self._list(table.get("category", []), f"{place}, category")
        return Procedure(name, read, frozenset(map(fold, categories)))

    def _step(self, typed: Any, place: str) -> ProcedureStep:
        table = {"step": typed} if isinstance(typed, str) else self._table(typed, place)
        self._known(table, ("step", "title", "help", "mandatory", "ticked_by"), place)
        key_word = table.get("step")
        if not isinstance(key_word, str) or not _KEY_WORD.fullmatch(key_word) or key_word == ANY_STEP:
            expected = f"a key word of small letters, digits and hyphens such as act, and not {ANY_STEP}"
            raise self._refusal(f"{place}, step", expected, key_word)
        place = f"{place} ({key_word})"
        usual = self._known_steps.get(key_word)
        if usual is None:
            if "title" not in table:
                known = ", ".join(self._known_steps)
                raise self._refusal(place, f"a title, as it is not one of the steps known: {known}", None)
            usual = ProcedureStep(id=key_word, title="")
        mandatory = table.get("mandatory", usual.mandatory)
        if not isinstance(mandatory, bool):
            raise self._refusal(f"{place}, mandatory", "true or false", mandatory)
        return ProcedureStep(
            id=key_word,
            title=self._line(table.get("title", usual.title), f"{place}, title"),
            help=self._line(table.get("help", usual.help), f"{place}, help", empty=True),
            mandatory=mandatory,
            ticked_by=self._words(table["ticked_by"], f"{place}, ticked_by", Ticking)
            if "ticked_by" in table
            else usual.ticked_by,
        )
