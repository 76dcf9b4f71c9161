"""The rules of deadlines: what is in force and what was, changed by whoever may, rehearsed on the open cases."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import cast

from textual import on
from textual.app import ComposeResult

from tuitrack.domain.clock_rules import RuleBook
from tuitrack.domain.permissions import Right, roles_with
from tuitrack.lean import dataclass
from tuitrack.services.bundle import Services
from tuitrack.services.own_rules import OwnRules, as_given
from tuitrack.services.rule_words import followed, since_words
from tuitrack.services.rules import InForce, following
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DeskScreen, run_latest
from tuitrack.tui.form import FormScreen
from tuitrack.tui.lines import Line, wrapped
from tuitrack.tui.present_rules import Place as At
from tuitrack.tui.present_rules import RulesShown
from tuitrack.tui.rule_forms import RuleForms
from tuitrack.tui.screens.bulk import BulkScreen
from tuitrack.tui.screens.pick import PickScreen
from tuitrack.tui.screens.reader import ReaderScreen
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine

_ONLY_TO_READ = f"Only to read: {' and '.join(role.label for role in roles_with(Right.EDIT_RULES))} change these rules."
DRAFT = "rules"
"""The draft of rules that were changed and are not yet in force."""

_CHOICES = (
    ("leave", "Put the rules in force, and leave these cases as they are"),
    ("rehearse", "See first what the rules would make of these cases, then decide"),
)


@dataclass(frozen=True, slots=True)
class _Read:
    """What the screen reads when it is opened, and again when something was put in force."""

    versions: list[InForce]
    own: OwnRules
    seen: int
    book: RuleBook
    refusal: str


class RulesScreen(DeskScreen[None]):
    """Lists the rules; what is changed is kept as a draft until it is put in force."""

    PLACE = Place.RULES
    BINDINGS = bindings(Place.RULES)

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._found: _Read | None = None
        self._followers: dict[int, int] = {}

    def compose(self) -> ComposeResult:
        """How the rules stand, the rules, the keys, the messages."""
        yield TopLine()
        yield BlockList()
        yield HintLine(Place.RULES)
        yield StatusLine()

    def on_mount(self) -> None:
        """Read the rules, then count who follows them."""
        self.query_one(BlockList).focus()
        run_latest(self, "load", self._load)

    async def _load(self) -> None:
        with self.desk.hold_keys():
            self._found = await self.backstage.read(self._read)
            self._show()
        for version in self._found.versions:
            count = partial(self.services.rules.followers, version.number)
            self._followers[version.number] = await self.backstage.read_while_wanted(
                self.services.queue.interrupt, count
            )
            self._show()

    def _read(self) -> _Read:
        rules = self.services.rules
        versions, draft = rules.versions(), self.services.drafts.find(DRAFT)
        own, seen = versions[0].own, versions[0].number
        if draft is not None:
            own, seen = as_given(json.loads(draft.values["own"]), DRAFT), int(draft.values["seen"])
        refusal = _ONLY_TO_READ if Right.EDIT_RULES in self.services.rights.missing() else ""
        return _Read(versions, own, seen, rules.book(own), refusal)

    def _show(self, at: At | None = None) -> None:
        if (found := self._found) is None:
            return
        shown = RulesShown(
            found.own, found.book, found.versions, self._followers, self.services.desk.zone, not found.refusal
        )
        self.query_one(TopLine).show(self._title(found))
        self.query_one(BlockList).show_blocks(shown.blocks, at)

    def _title(self, found: _Read) -> str:
        if found.refusal:
            return found.refusal
        if not self._is_changed:
            return f"In force: {since_words(found.versions[0], self.services.desk.zone)}"
        save, undo = (self.desk.key_of(Place.RULES, one) for one in ("put_in_force", "drop_changes"))
        return f"Changed, not yet in force: {save} puts these rules in force, {undo} drops the changes"

    @property
    def _is_changed(self) -> bool:
        return self._found is not None and self._found.own != self._found.versions[0].own

    @property
    def _at(self) -> At:
        return cast(At, self.query_one(BlockList).chosen or At("presets"))

    def _editable(self) -> _Read | None:
        """What is shown, where it may be changed; else it is said why not."""
        if self._found is not None and self._found.refusal:
            self.warn(self._found.refusal)
            return None
        return self._found

    @on(BlockList.Chosen)
    def _open(self) -> None:
        if self._at.what == "version" and isinstance(self._at.which, int):
            self.desk.queue.narrow(following(self._at.which))
            self.dismiss()
        else:
            self.action_edit_line()

    def action_edit_line(self) -> None:
        """Change what the line under the cursor says; of an earlier version, read it."""
        at = self._at
        if at.what == "version":
            self._read_version(at)
        elif (found := self._editable()) is not None:
            own, forms = found.own, self._forms(found)
            if at.what == "presets":
                self.run_command(self._fill, forms.presets())
            elif at.what == "calendar" and at.which:
                calendar = own.whole(self.services.desk.settings)["calendars"].get(at.which, {})
                self.run_command(self._fill, forms.calendar(str(at.which), calendar))
            elif isinstance(at.which, int) and 0 <= at.which < len(found.book.rules):
                rule = own.whole(self.services.desk.settings)["rules"][at.which]
                self.run_command(self._fill, forms.rule(rule, at.which if at.which < len(own.rules) else None))

    def action_new_rule(self) -> None:
        """Add a rule of the desk's own."""
        if (found := self._editable()) is not None:
            self.run_command(self._fill, self._forms(found).rule({}, None))

    def action_new_calendar(self) -> None:
        """Add a calendar of the desk's own."""
        if (found := self._editable()) is not None:
            self.run_command(self._fill, self._forms(found).calendar("", {}))

    def action_remove_line(self) -> None:
        """Take away the rule or calendar under the cursor, where it is the desk's own."""
        if (found := self._editable()) is None:
            return
        at, own = self._at, found.own
        if at.what == "rule" and isinstance(at.which, int) and 0 <= at.which < len(own.rules):
            self.run_command(self._take, own.without_rule(at.which))
        elif at.what == "calendar" and at.which in own.calendars:
            self.run_command(self._take, own.without_calendar(str(at.which)))
        else:
            self.warn("Only rules and calendars of the desk's own can be removed; a preset is left out under Presets.")

    def action_rule_earlier(self) -> None:
        """Try the rule under the cursor before the one above it."""
        self._move(-1)

    def action_rule_later(self) -> None:
        """Try the rule under the cursor after the one below it."""
        self._move(1)

    def _move(self, by: int) -> None:
        if (found := self._editable()) is None:
            return
        at, own = self._at, found.own
        is_own = at.what == "rule" and isinstance(at.which, int) and 0 <= at.which < len(own.rules)
        moved = own.with_rule_moved(at.which, by) if is_own and isinstance(at.which, int) else own
        if moved == own or not isinstance(at.which, int):
            self.warn("Only rules of the desk's own change places, and only with each other.")
        else:
            self.run_command(self._take, moved, At("rule", at.which + by))

    def action_drop_changes(self) -> None:
        """Show the rules in force again."""
        if self._is_changed:
            self.run_command(self._forget_changes)

    def action_put_in_force(self) -> None:
        """Let the changed rules hold from now on, and ask what becomes of the open cases."""
        if (found := self._editable()) is not None:
            self.run_command(self._put_in_force if self._is_changed else self._count_anew, found)

    def action_count_anew(self) -> None:
        """Rehearse what the rules shown would make of the open cases that follow others."""
        if (found := self._editable()) is not None:
            self.run_command(self._count_anew, found)

    def _forms(self, found: _Read) -> RuleForms:
        return RuleForms(self.services, self.backstage, found.own, (one.name for one in found.book.calendars))

    async def _fill(self, form: FormScreen[OwnRules]) -> None:
        changed = await self.desk.push_screen(form, wait_for_dismiss=True)
        if changed is not None:
            await self._take(changed)

    async def _take(self, own: OwnRules, at: At | None = None) -> None:
        """Show changed rules, and keep them as a draft."""
        found = self._found
        if found is None:
            return
        with self.desk.hold_keys():
            book = await self.backstage.read(self.services.rules.book, own)
            given = {"presets": list(own.presets), "calendars": own.calendars, "rules": list(own.rules)}
            values = {"own": json.dumps(given, ensure_ascii=False), "seen": str(found.seen)}
            await self.backstage.write(self.services.drafts.keep, DRAFT, values)
            self._found = replace(found, own=own, book=book)
            self._show(at)

    async def _forget_changes(self, told: str = "The rules in force are shown again.") -> None:
        await self.backstage.write(self.services.drafts.discard, DRAFT)
        self.say(told)
        self._followers = {}
        run_latest(self, "load", self._load)

    async def _put_in_force(self, found: _Read) -> None:
        with self.desk.hold_keys():
            rehearsal = await self.backstage.read(self.services.rule_moves.rehearsal, found.own)
            if rehearsal.total:
                asked = PickScreen(f"{followed(rehearsal.total)} follow other rules", _CHOICES, "leave")
                picked = self.desk.push_screen(asked, wait_for_dismiss=True)
        match await picked if rehearsal.total else "leave":
            case "leave":
                number = await self.backstage.write(self.services.rules.put_in_force, found.own, found.seen)
                await self._forget_changes(f"Rules {number} are in force.")
            case "rehearse":
                await self._count_anew(found)
            case _:
                self.say("Nothing was put in force; the changes are kept.")

    async def _count_anew(self, found: _Read) -> None:
        moves, own = self.services.rule_moves, found.own if self._is_changed else None
        with self.desk.hold_keys():
            rehearsal = await self.backstage.read(moves.rehearsal, own)
            if not rehearsal.total:
                self.say("Every open case follows these rules.")
                return
            screen = BulkScreen(
                self.services,
                "rules of deadlines",
                rehearsal,
                lambda _: moves.run(own, found.seen, rehearsal.total),
                then=f"In the queue {self.desk.key_of(Place.QUEUE, 'undo_change')} takes the counting back.",
            )
            done = self.desk.push_screen(screen, wait_for_dismiss=True)
        if (told := await done) is not None:
            await self._forget_changes(told)

    def _read_version(self, at: At) -> None:
        version = next(one for one in self._found.versions if one.number == at.which) if self._found else None
        if version is None:
            return

        def lines(width: int) -> list[Line]:
            return [line for sentence in version.book.lines for line in wrapped(sentence, width)]

        self.desk.push_screen(ReaderScreen(since_words(version, self.services.desk.zone), lines))
