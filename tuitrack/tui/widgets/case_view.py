"""A case to look at: its header, what is open, and the timeline as far as it was read."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tuitrack.domain.timeline import Entry, Promise
from tuitrack.domain.words import EntryKind
from tuitrack.services.casefile import TIMELINE_PAGE, CaseFile
from tuitrack.tui.commands import KeyOf
from tuitrack.tui.lines import Line
from tuitrack.tui.present_case import header_lines
from tuitrack.tui.present_entry import timeline_blocks, timeline_title
from tuitrack.tui.present_steps import strip_line
from tuitrack.tui.present_work import WorkItem, work_items, work_key, work_line, work_title
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from tuitrack.tui.base_app import KeyedApp


TIMELINE_ROWS = 8
"""Rows that the timeline keeps where what is open is a long list, which scrolls."""
WORK_SHARE = 5
"""What is open takes at most one in so many rows."""


class CaseView(Vertical):
    """Shows a case as it was read; what is marked stays marked when the case is shown again."""

    def __init__(self) -> None:
        super().__init__()
        self._file: CaseFile | None = None
        self._entries: tuple[Entry, ...] = ()
        self._who = ""
        self._now: datetime | None = None
        self.has_earlier = False
        """Whether there may be entries before the first one shown."""

    def compose(self) -> ComposeResult:
        """The header with the steps, what is open, the timeline."""
        yield LineView(id="header")
        yield Static(id="work-title", markup=False)
        yield BlockList(id="work")
        yield Static(id="timeline-title", markup=False)
        yield BlockList(id="timeline")

    def on_mount(self) -> None:
        """Keep the keys off what has nothing to mark."""
        self.query_one("#header").can_focus = False

    def on_resize(self) -> None:
        """Share the rows anew."""
        self._share_rows()

    @property
    def work(self) -> BlockList:
        """The list of what is open."""
        return self.query_one("#work", BlockList)

    @property
    def timeline(self) -> BlockList:
        """The list of what happened."""
        return self.query_one("#timeline", BlockList)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The timeline as far as it was read, oldest first."""
        return self._entries

    @property
    def items(self) -> list[WorkItem]:
        """The open promises, actions and remedies in the order shown."""
        return work_items(self._file) if self._file else []

    @property
    def marked_entry(self) -> Entry | None:
        """The timeline entry under the cursor."""
        key = self.timeline.chosen
        return next((entry for entry in self._entries if entry.id == key), None)

    @property
    def marked_item(self) -> WorkItem | None:
        """The open item under the cursor."""
        key = self.work.chosen
        return next((item for item in self.items if work_key(item) == key), None)

    @property
    def _key_of(self) -> KeyOf:
        return cast("KeyedApp", self.app).key_of

    def show(self, file: CaseFile, now: datetime, *, mark_new: bool = True) -> None:
        """Show a case as it was just read, and mark what is new in its timeline unless the mark is to stay."""
        known = {entry.id: entry for entry in (*self._entries, *file.entries)}
        entries = tuple(sorted(known.values(), key=_when))
        newest = max(known) if self._file and len(known) > len(self._entries) else None
        if self._file is None:
            self.has_earlier = len(file.entries) >= TIMELINE_PAGE
            newest = entries[-1].id if entries else None
        self._file, self._entries = file, entries
        self.tell_time(now, newest if mark_new else None)

    def show_presence(self, who: str) -> None:
        """Say who else is in the case, in words; empty where nobody is."""
        self._who = who
        if self._file is not None and self._now is not None:
            self._show_header(self._file, self._now)

    def mark_promise(self, promise_id: int) -> None:
        """Put the cursor on a promise: among what is open, else on the latest entry that tells of it."""
        open_keys = [work_key(item) for item in self.items]
        if (key := (Promise.__name__, promise_id)) in open_keys:
            self.work.choose(open_keys.index(key))
            self.work.focus()
            return
        told = [
            n for n, one in enumerate(self._entries) if (one.kind, one.record_id) == (EntryKind.PROMISE, promise_id)
        ]
        if told:
            self.timeline.choose(told[-1])

    def add_earlier(self, page: list[Entry], now: datetime) -> None:
        """Put a page of the timeline before what is shown."""
        self.has_earlier = len(page) >= TIMELINE_PAGE
        self._entries = (*page, *self._entries)
        self.tell_time(now)

    def tell_time(self, now: datetime, mark: int | None = None) -> None:
        """Show the case with due times as they are at a moment, and mark that entry where one is named."""
        file, entries, items = self._file, self._entries, self.items
        if file is None:
            return
        self._now = now
        self._show_header(file, now)
        self.query_one("#work-title", Static).update(work_title(len(items), self._key_of))
        if not items and self.work.has_focus:
            self.timeline.focus()
        self.work.display = bool(items)
        self._share_rows()
        self.work.show_blocks(lambda width: [(work_key(item), [work_line(item, now, width)]) for item in items])
        title = timeline_title(len(entries), self._key_of, has_earlier=self.has_earlier)
        self.query_one("#timeline-title", Static).update(title)
        self.timeline.show_blocks(lambda width: timeline_blocks(entries, now, width), mark)

    def _show_header(self, file: CaseFile, now: datetime) -> None:
        def lines(width: int) -> list[Line]:
            return [*header_lines(file, now, width, self._who), strip_line(file.steps, width, self._key_of)]

        self.query_one("#header", LineView).show(lines)

    def _share_rows(self) -> None:
        """Give what is open as many rows as the timeline can spare."""
        single = [self.query_one(name) for name in ("#work-title", "#timeline-title")]
        spare = self.size.height - len(self.query_one("#header", LineView).lines) - len(single) - TIMELINE_ROWS
        self.work.styles.max_height = max(1, min(spare, self.size.height // WORK_SHARE))


def _when(entry: Entry) -> tuple[datetime, int]:
    return entry.occurred_at, entry.id
