"""Reads procedures as they are written in a file; whatever is wrong is told in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from tuitrack.domain.procedure import STEPS_MOST, Procedure, ProcedureBook, ProcedureStep
from tuitrack.domain.query.fields import ANY_STEP
from tuitrack.domain.text import SUBJECT_MAX, clean, fold
from tuitrack.domain.words import Ticking
from tuitrack.domain.written import Written, WrittenFile

_KEY_WORD = re.compile(r"[a-z][a-z0-9-]{0,23}")
_TICKINGS = {fold(spelling): word for word in Ticking for spelling in (word.value, word.label)}


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
        self._written = written.get("procedures", [])
        if not isinstance(self._written, list):
            raise self._refusal("procedures", "tables, each one begun with [[procedures]]", self._written)

    def procedures(self) -> Iterable[Procedure]:
        """The procedures in their order, the shipped ones last."""
        for number, table in enumerate(self._written, 1):
            yield self._procedure(self._table(table, f"procedure {number}"), number)
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
        return Procedure(name, read, self._categories(table, place))

    def _categories(self, table: Written, place: str) -> frozenset[str]:
        typed = table.get("category", [])
        values = [typed] if isinstance(typed, str) else typed
        if not isinstance(values, list) or not all(isinstance(one, str) and one.strip() for one in values):
            raise self._refusal(f"{place}, category", "a category, or a list of categories", typed)
        return frozenset(map(fold, values))

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
            ticked_by=self._ticked_by(table["ticked_by"], place) if "ticked_by" in table else usual.ticked_by,
        )

    def _ticked_by(self, typed: Any, place: str) -> frozenset[Ticking]:
        values = [typed] if isinstance(typed, str) else typed
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            raise self._refusal(f"{place}, ticked_by", "a word, or a list of words", typed)
        for value in values:
            if fold(value) not in _TICKINGS:
                raise self._refusal(f"{place}, ticked_by", ", ".join(word.label for word in Ticking), value)
        return frozenset(_TICKINGS[fold(value)] for value in values)

    def _line(self, typed: Any, place: str, *, empty: bool = False) -> str:
        """A text on one line, cleaned as everything is that people type."""
        text = " ".join(clean(typed, lines=False).split()) if isinstance(typed, str) else ""
        if not isinstance(typed, str) or not (text or empty) or len(text) > SUBJECT_MAX:
            raise self._refusal(place, f"a text of {'at most' if empty else '1 to'} {SUBJECT_MAX} characters", typed)
        return text
