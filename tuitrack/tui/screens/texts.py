"""The texts of the desk in their versions, those in force marked; one is read whole, and said to be read."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from textual import on
from textual.app import ComposeResult

from tuitrack.lean import dataclass
from tuitrack.services.bundle import Services
from tuitrack.services.text_words import brought_line, reader_lines
from tuitrack.services.texts import TextVersion
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DeskScreen
from tuitrack.tui.lines import Line, Tone, wrapped
from tuitrack.tui.present_texts import text_lines, version_block
from tuitrack.tui.screens.reader import ReaderScreen
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine


@dataclass(frozen=True, slots=True)
class OfCase:
    """A case for which the texts are asked."""

    id: int
    reference: str


class TextReaderScreen(ReaderScreen):
    """Shows a version whole; answers True when the person says that they have read it."""

    PLACE = Place.TEXT
    BINDINGS = bindings(Place.TEXT)

    def action_confirm_read(self) -> None:
        """Say that it is read."""
        self.dismiss(True)


class TextsScreen(DeskScreen[None]):
    """Lists all versions, or of a case those that were in force when it was received."""

    PLACE = Place.TEXTS
    BINDINGS = bindings(Place.TEXTS)

    def __init__(self, services: Services, of_case: OfCase | None = None) -> None:
        super().__init__(services)
        self._of_case = of_case
        self._versions: dict[Hashable, TextVersion] = {}

    def compose(self) -> ComposeResult:
        """What is listed, the versions, the keys, the messages."""
        yield TopLine(f"In force when {self._of_case.reference} was received" if self._of_case else "Texts of the desk")
        yield BlockList()
        yield HintLine(Place.TEXTS)
        yield StatusLine()

    def on_mount(self) -> None:
        """Read the list."""
        self.query_one(BlockList).focus()
        self.run_command(self._load)

    def action_show_texts(self) -> None:
        """The list is here already."""
        self.say("Here they are.")

    def action_refresh_screen(self) -> None:
        """Read the list again."""
        self.run_command(self._load)

    def action_show_readers(self) -> None:
        """List who has read the version under the cursor, and who has not."""
        if (version := self._marked) is not None:
            lines = reader_lines(version, self.services.desk.zone)
            title = f"Who has read {version.text.title}"
            self.app.push_screen(ReaderScreen(title, lambda width: [Line(line) for line in lines]))

    @on(BlockList.Chosen)
    def _read_chosen(self) -> None:
        if (version := self._marked) is not None:
            self.run_command(self._read, version)

    @property
    def _marked(self) -> TextVersion | None:
        return self._versions.get(self.query_one(BlockList).chosen)

    async def _load(self) -> None:
        texts, case = self.services.texts, self._of_case
        with self.desk.hold_keys():
            found = await self.backstage.read(texts.of_case, case.id) if case else await self.backstage.read(texts.all)
            self._show(found)

    def _show(self, versions: Sequence[TextVersion]) -> None:
        self._versions = {version.key: version for version in versions}
        zone = self.services.desk.zone
        self.query_one(BlockList).show_blocks(
            lambda width: [(version.key, version_block(version, zone, width)) for version in versions]
        )

    async def _read(self, version: TextVersion) -> None:
        text = version.text
        head = brought_line(text, self.services.desk.zone)
        screen = TextReaderScreen(
            text.title, lambda width: [*wrapped(head, width, Tone.QUIET), *text_lines(text, width)]
        )
        if not await self.app.push_screen_wait(screen):
            return
        with self.desk.hold_keys():
            await self.backstage.write(self.services.texts.confirm, text.name, text.version)
            await self._load()
        self.say(f"Stored: you have read {text.title}.")
