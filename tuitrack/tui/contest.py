"""Asks which value stands where two people changed or settled the same at once, and keeps the one that gives way."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from tuitrack.domain.errors import Conflict, Contested, TuitrackError
from tuitrack.domain.text import one_line
from tuitrack.services.bundle import Services
from tuitrack.tui.desk_screen import DeskScreen, DialogScreen
from tuitrack.tui.fields import ChoiceField, Field
from tuitrack.tui.form import FormScreen
from tuitrack.tui.present_entry import moment
from tuitrack.tui.widgets.form_body import FormBody

MINE, THEIRS, ANEW = "mine", "theirs", "anew"
_ANSWERS = {MINE: "mine", THEIRS: "theirs", ANEW: "write it anew"}
TYPED, KEPT, LEFT = "typed", "kept", "left"
_KEPT_OR_NOT = {KEPT: "keep it on the timeline", LEFT: "stay in the form"}
SOMEBODY = "Somebody else"
"""Who changed a customer, of which no timeline tells."""
_SHOWN_MOST = 200
"""Characters of a text that are shown; the whole of it is in the form, or on the timeline."""


class Contest:
    """The fields of a form that somebody else changed while it was filled in."""

    def __init__(
        self, screen: DeskScreen[Any] | DialogScreen[Any], body: FormBody, services: Services, conflict: Conflict
    ) -> None:
        self._screen = screen
        self._body = body
        self._services = services
        self._conflict = conflict
        self._fields = {one.field: one for one in conflict.contested if one.field in body.rows}

    def ask(self) -> asyncio.Future[dict[str, str] | None] | None:
        """Show what others changed, and ask of each contested field which value stands; None where there is none.

        Of what others settled it is asked what becomes of what was typed about it.
        """
        self._body.refuse(self._conflict)
        self._body.renew(self._conflict.theirs)
        if self._conflict.is_settled and (typed := self._typed.values()):
            question = ChoiceField(TYPED, "What you typed", choices=_KEPT_OR_NOT, required=True)
            above = "\n".join(f"“{one_line(text, _SHOWN_MOST)}”" for text in typed)
            return self._push("Others were first. What now?", [question], above)
        if self._fields:
            others = ", ".join(dict.fromkeys(one.by or SOMEBODY for one in self._fields.values()))
            questions = [self._question(one) for one in self._fields.values()]
            above = "The other one stays to be read on the timeline."
            return self._push(f"{others} changed the same meanwhile. Which one stands?", questions, above)
        return None

    async def settle(self, answers: Mapping[str, str] | None) -> bool:
        """Put the answers into the form and keep what gives way; tells whether the form is to be saved as it is now.

        Of what others settled it tells whether what was typed is kept, so that the form can be left.
        """
        if self._conflict.is_settled:
            return (answers or {}).get(TYPED) == KEPT and await self._keep(self._typed)
        chosen = {name: (answers or {}).get(name, ANEW) for name in self._fields}
        given_way = {name: text for name, answer in chosen.items() if (text := self._gives_way(name, answer))}
        if not await self._keep(given_way):
            return False
        for name, answer in chosen.items():
            if answer == THEIRS:
                self._body.rows[name].text = self._theirs(self._fields[name])
        if anew := [self._fields[name] for name, answer in chosen.items() if answer == ANEW]:
            self._body.focus_field(anew[0].field)
            self._body.tell(" ".join(f"{self._field(one.field).title}: {self._told(one)}." for one in anew))
        return not anew

    def _push(self, title: str, questions: Sequence[Field], above: str) -> asyncio.Future[dict[str, str] | None]:
        async def take(answers: dict[str, str]) -> dict[str, str]:
            return answers

        backstage = self._screen.desk.backstage
        dialog = FormScreen(title, questions, take, services=self._services, backstage=backstage, note_above=above)
        return self._screen.app.push_screen(dialog, wait_for_dismiss=True)

    @property
    def _typed(self) -> dict[str, str]:
        """The free texts that were typed into the form."""
        return {name: text for name, text in self._body.typed.items() if self._body.rows[name].takes_text}

    async def _keep(self, untaken: Mapping[str, str]) -> bool:
        """Keep the texts of fields on the timeline, where there are any; tells whether none of them is lost."""
        texts = {self._field(name).title: _words(self._field(name), text) for name, text in untaken.items()}
        if texts and self._conflict.case_id is not None:
            try:
                keep = self._services.casework.keep_untaken
                await self._screen.desk.backstage.write(keep, self._conflict.case_id, texts)
            except TuitrackError as failure:
                self._body.tell(f"! {failure.sentence}")
                return False
        return True

    def _gives_way(self, name: str, answer: str) -> str:
        """The text of a field that is not taken and of which no timeline tells; empty where there is none."""
        if answer == THEIRS:
            return self._body.rows[name].text
        return self._theirs(self._fields[name]) if not self._conflict.changes else ""

    def _question(self, one: Contested) -> ChoiceField:
        field = self._field(one.field)
        mine = one_line(_words(field, self._body.rows[one.field].text), _SHOWN_MOST)
        section = f"{self._told(one)}\nyou: “{mine}”"
        return ChoiceField(one.field, field.title, choices=_ANSWERS, required=True, section=section)

    def _told(self, one: Contested) -> str:
        theirs = one_line(_words(self._field(one.field), self._theirs(one)), _SHOWN_MOST)
        when = f", {moment(one.at, self._services.desk.now())}" if one.at else ""
        return f"{one.by or SOMEBODY}{when}: “{theirs}”"

    def _theirs(self, one: Contested) -> str:
        return self._field(one.field).show(one.value, self._services.desk)

    def _field(self, name: str) -> Field:
        return self._body.rows[name].field


def _words(field: Field, text: str) -> str:
    """What stands in a field as people read it."""
    if isinstance(field, ChoiceField):
        return next((label for value, label in field.choices.items() if str(value) == text), text)
    return text
