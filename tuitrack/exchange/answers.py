"""Makes a checked answer of one row of a survey among customers, or says in one sentence why it cannot."""

from __future__ import annotations

import hashlib
from typing import cast

from tuitrack.domain.errors import Refusal
from tuitrack.domain.imported import ImportedAnswer
from tuitrack.domain.reference import Reference
from tuitrack.domain.text import one_line
from tuitrack.domain.words import Mood
from tuitrack.exchange.cells import RawRow
from tuitrack.exchange.rows import RowDraft, RowReader

_OF_AN_ANSWER = frozenset({"", "reference", "mood", "score", "received_at", "received_time", "words", "details"})
"""Fields that have their place in an answer; every other one is told below what the customer wrote."""


class AnswerReader:
    """Reads the rows of one register of answers; `prefix` is that of our references."""

    def __init__(self, rows: RowReader, prefix: str) -> None:
        self._rows = rows
        self._prefix = prefix
        self._to_tell = [field for field in rows.positions if field not in _OF_AN_ANSWER]

    def read(self, row: RawRow) -> ImportedAnswer:
        """The answer in a row; raises Refusal, its `field` set, where the row cannot be taken."""
        draft = RowDraft(self._rows, row)
        texts = draft.texts
        reference = str(Reference.parse(texts.raw("reference"), self._prefix, "reference"))
        answered_at = draft.received_at()
        if answered_at > self._rows.now:
            raise Refusal(f"received: {answered_at:%Y-%m-%d} is in the future.", "received_at")
        said, score = texts.line("mood"), texts.line("score")
        mood = self._mood(draft, said)
        for field in self._to_tell:
            texts.tell(field)
        own_words = texts.text("words")
        written = tuple(filter(None, (own_words, texts.details(keep_rest=self._rows.mapping.keep_rest), *texts.more)))
        felt = mood.label if mood else f"“{one_line(said, 60)}”" * bool(said)
        scored = f"score {one_line(score, 60)}" * bool(score)
        if not (felt or scored or own_words or texts.raw("details")):
            raise Refusal("Nothing in the row says what the customer answered.", "mood")
        summary = ", ".join(filter(None, (felt, scored))) or one_line(written[0], 120)
        day = answered_at.astimezone(self._rows.zone).date()
        content = hashlib.sha256("\x1f".join((said, score, *written)).encode("utf-8", "replace")).hexdigest()
        return ImportedAnswer(
            row_number=row.number,
            row_key=f"answer:{reference}|{day}|{content}",
            reference=reference,
            answered_at=answered_at,
            mood=mood,
            summary=f"Survey: {summary}",
            texts=written,
            notes=tuple(dict.fromkeys(texts.notes)),
        )

    def _mood(self, draft: RowDraft, said: str) -> Mood | None:
        """The mood of a word; a word that nobody knows stays as it was said, for nobody's mood is guessed."""
        meaning, is_ours = self._rows.meaning("mood", said) if said else (None, True)
        if said and meaning is None:
            draft.texts.notes.append(f"mood “{one_line(said, 40)}” is not known; kept as it was said")
        elif not is_ours:
            draft.texts.tell("mood")
        return cast("Mood | None", meaning)
