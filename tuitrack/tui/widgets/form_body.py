"""The fields of a form with their checks and their draft, for a form of its own or as part of a larger screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from tuitrack.domain.errors import Refusal, StoredAlready, StoreFault, TuitrackError
from tuitrack.domain.keeping import Draft
from tuitrack.services.desk import Desk
from tuitrack.services.drafts import kept_until
from tuitrack.services.once import stored_once
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import run_latest, run_told
from tuitrack.tui.draft_keeper import DraftKeeper
from tuitrack.tui.fields import ChoiceField, Field, TextField, YesNoField
from tuitrack.tui.widgets.field_row import FieldRow

if TYPE_CHECKING:
    from tuitrack.tui.desk_screen import DeskScreen, DialogScreen

KEEP_AFTER_S = 1.0
"""How long typed text may be missing from the database."""
TRY_AGAIN_AFTER_S = 5.0
"""How long a database that could not take it is left alone."""


class FormBody(VerticalScroll, can_focus=False):
    """Shows fields below one another, reads them all at once, and keeps what was typed while it is typed."""

    BINDINGS = bindings(Place.FIELDS)

    class Edited(Message):
        """The text of a field changed."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class Submitted(Message):
        """Enter was pressed in the last field."""

    def __init__(
        self,
        fields: Sequence[Field],
        desk: Desk,
        initial: Mapping[str, Any] | None = None,
        *,
        focus: str = "",
        keeper: DraftKeeper | None = None,
    ) -> None:
        """`initial` gives fields their first values; `focus` names the field where typing starts."""
        super().__init__()
        values = initial or {}
        self._desk = desk
        self._focus_first = focus
        self._kept_by = keeper
        self._keeper: DraftKeeper | None = None
        """Named once it is known what was kept: until then nothing may take the place of that."""
        self._keep_timer: Timer | None = None
        self._put_aside: dict[str, str] = {}
        self._tried: dict[str, str] = {}
        self._is_kept = True
        self._has_failed = False
        self._untouched = {field.name: field.show(values.get(field.name), desk) for field in fields}
        self._news = Static("", markup=False, classes="news")
        self.rows = {field.name: FieldRow(field, desk, self._untouched[field.name]) for field in fields}

    def start_with(self, choices: Mapping[str, str]) -> None:
        """Open with these picked, and with the keys in the first field that is typed; before the form is shown."""
        for name in choices.keys() & self.rows.keys():
            self._untouched[name] = choices[name]
            self.rows[name] = FieldRow(self.rows[name].field, self._desk, choices[name])
        if (self._focus_first or next(iter(self.rows))) in choices:
            typed = (name for name, row in self.rows.items() if not isinstance(row.field, ChoiceField))
            self._focus_first = next(typed, self._focus_first)

    @property
    def choices(self) -> dict[str, str]:
        """What was picked from lists; an answer of yes or no tells of one time alone."""
        picked = {name: row for name, row in self.rows.items() if isinstance(row.field, ChoiceField)}
        return {name: row.text for name, row in picked.items() if not isinstance(row.field, YesNoField)}

    def compose(self) -> ComposeResult:
        yield self._news
        for row in self.rows.values():
            if row.field.section:
                yield Static(row.field.section, markup=False, classes="section")
            yield row

    async def on_mount(self) -> None:
        """Go on where the agent left off, or start in the first field."""
        keeper, draft = self._kept_by, None
        try:
            draft = await keeper.find() if keeper else None
        except TuitrackError as failure:
            self.focus_field(self._focus_first)
            self.tell(f"! {failure.sentence} What you type here is not kept before it is saved.")
            return
        self._keeper = keeper
        if draft is None:
            self.focus_field(self._focus_first)
            self.tell(keeper.stored if keeper else "")
            return
        self.fill(draft.values)
        self.focus_field(draft.focus or self._focus_first, draft.cursor)
        saved_at = draft.saved_at.astimezone(self._desk.zone)
        is_of_today = saved_at.date() == self._desk.today()
        since = f"{saved_at:%H:%M}" if is_of_today else f"{saved_at:%d %b %H:%M}, kept until {self._kept_until(draft)}"
        self.tell(f"Going on where you left off ({since}). {self._swap_key} starts anew.")

    def on_unmount(self) -> None:
        """Leave nothing beside the database that is in it."""
        if self._keeper is not None and self._is_kept:
            self._keeper.close()

    @property
    def texts(self) -> dict[str, str]:
        """The text of every field."""
        return {name: row.text for name, row in self.rows.items()}

    @property
    def typed(self) -> dict[str, str]:
        """The texts that are no longer what the form opened with."""
        return {name: text for name, text in self.texts.items() if text != self._untouched[name]}

    def values(self) -> dict[str, Any]:
        """The value of every field; raises Refusal for the first that cannot be read."""
        return {name: row.field.read(row.text, self._desk) for name, row in self.rows.items()}

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put texts into the fields that have these names."""
        for name, text in texts.items():
            if name in self.rows:
                self.rows[name].text = text

    def renew(self, values: Mapping[str, Any]) -> None:
        """Let fields say what others made of them meanwhile, but for those in which something was typed."""
        for name in values.keys() & self.rows.keys():
            row, before = self.rows[name], self._untouched[name]
            self._untouched[name] = row.field.show(values[name], self._desk)
            if row.text == before:
                row.text = self._untouched[name]

    def focus_field(self, name: str, cursor: int | None = None) -> None:
        """Send the keys to a field, to the first one where there is none of that name."""
        row = self.rows.get(name) or next(iter(self.rows.values()))
        row.focus_at(cursor)

    def refuse(self, refusal: Refusal) -> None:
        """Say why the form is refused, at the field it is about, and go there."""
        if refusal.field in self.rows:
            self.rows[refusal.field].refuse(refusal.sentence)
            self.focus_field(refusal.field)
        else:
            self.tell(f"! {refusal.sentence}")

    def tell(self, sentence: str) -> None:
        """Say something about the whole form above its fields; an empty sentence takes it away."""
        self._news.update(sentence)
        self._news.set_class(bool(sentence), "-told")

    async def keep_draft(self) -> bool:
        """Keep what was typed; returns whether there was anything."""
        self._stop_timer()
        if self._keeper is None:
            return False
        if not self.typed:
            await self._keeper.forget()
            return False
        self._is_kept = True
        try:
            await self._keeper.keep(*self._state)
        except StoreFault:
            self._is_kept, self._has_failed = False, True
            self._keep_timer = self.set_timer(TRY_AGAIN_AFTER_S, self._keep_soon)
            raise
        if self._has_failed:
            self._has_failed = False
            self.tell("The database has what you typed again.")
        return True

    async def forget_draft(self) -> None:
        """Forget the draft, because what was typed is saved now."""
        self._stop_timer()
        self._untouched = self.texts
        if self._keeper is not None:
            await self._keeper.forget()

    @contextmanager
    def stored_once(self) -> Iterator[None]:
        """Let what is saved in here be stored once, however often that is tried.

        Raises StoredAlready where an earlier try was stored, and Refusal where the texts were changed since that.
        """
        tried, self._tried = self._tried, self.texts
        try:
            with stored_once(self._keeper.key if self._keeper else None):
                yield
        except StoredAlready as stored:
            if self._keeper is None or tried in ({}, self._tried):
                raise
            self._keeper.renew_key()
            raise Refusal(f"{stored.sentence} What you changed since is not in it: save again to add that.") from stored

    def swap_draft(self) -> None:
        """Put what was typed aside and start anew; a second time bring it back, so that no text is ever thrown away."""
        brought, self._put_aside = self._put_aside, self.typed
        self.fill({**self._untouched, **brought})
        anew = f"Started anew. {self._swap_key} brings back what was typed."
        self.tell("Here is what was put aside." if brought else anew)
        self.focus_field(self._focus_first)

    def action_next_field(self) -> None:
        """Go to the next field."""
        self._move_focus(1)

    def action_field_before(self) -> None:
        """Go to the field before."""
        self._move_focus(-1)

    def action_go_to_text(self) -> None:
        """Go to the next field of several lines, wherever the keys go now."""
        names = list(self.rows)
        focused = self.focused_row
        start = names.index(focused.field.name) + 1 if focused else 0
        for name in [*names[start:], *names[:start]]:
            if isinstance(self.rows[name].field, TextField):
                self.focus_field(name)
                return

    def action_open_editor(self) -> None:
        """Write the text of the field in the person's own editor, where the administrator allows it."""
        row = self.focused_row
        if row is None or not isinstance(row.field, TextField):
            self.tell("! The editor is for fields of several lines.")
        elif not self._desk.settings.editor:
            self.tell("! An editor opens only where the administrator allows it: editor = true in config.toml.")
        else:
            run_latest(self.screen, "editor", self._edit_outside, row)

    def on_field_row_edited(self, message: FieldRow.Edited) -> None:
        """Keep a draft soon."""
        message.stop()
        if self._keeper is not None:
            self._is_kept = False
            self._keeper.note(*self._state)
            if self._keep_timer is None:
                self._keep_timer = self.set_timer(KEEP_AFTER_S, self._keep_soon)
        self.post_message(self.Edited(message.row.field.name))

    def on_field_row_submitted(self, message: FieldRow.Submitted) -> None:
        """Go to the next field, and tell when there is none."""
        message.stop()
        rows = list(self.rows.values())
        if message.row is rows[-1]:
            self.post_message(self.Submitted())
        else:
            rows[rows.index(message.row) + 1].focus_at()

    def _move_focus(self, step: int) -> None:
        rows = list(self.rows.values())
        focused = self.focused_row
        if focused is not None:
            rows[(rows.index(focused) + step) % len(rows)].focus_at()

    @property
    def focused_row(self) -> FieldRow | None:
        """The row to which keys go."""
        return next((row for row in self.rows.values() if row.is_focused), None)

    @property
    def _swap_key(self) -> str:
        """The key that puts the draft aside, on whatever screen these fields are."""
        screen = cast("DeskScreen[Any] | DialogScreen[Any]", self.screen)
        return screen.desk.key_of(screen.PLACE, "swap_draft")

    @property
    def _state(self) -> tuple[dict[str, str], str, int]:
        """The texts to keep, and the place of the cursor: the name of the field, and where in it."""
        always = {name: row.text for name, row in self.rows.items() if row.field.always_kept}
        focused = self.focused_row
        return {**always, **self.typed}, *((focused.field.name, focused.cursor) if focused else ("", 0))

    def _kept_until(self, draft: Draft) -> str:
        return f"{kept_until(self._desk, draft.saved_at).astimezone(self._desk.zone):%d %b}"

    def _keep_soon(self) -> None:
        run_told(self.screen, self._keep_told)

    async def _keep_told(self) -> None:
        try:
            await self.keep_draft()
        except StoreFault as fault:
            self.tell(f"! {fault.sentence}")

    async def _edit_outside(self, row: FieldRow) -> None:
        """The draft is kept first: a dropped line ends the editor and this program with it."""
        from tuitrack.tui.editor import edit_outside

        await self._keep_told()
        try:
            row.text = edit_outside(self.app, row.text)
            self.tell("")
        except Refusal as refusal:
            self.tell(f"! {refusal.sentence}")

    def _stop_timer(self) -> None:
        if self._keep_timer is not None:
            self._keep_timer.stop()
            self._keep_timer = None
