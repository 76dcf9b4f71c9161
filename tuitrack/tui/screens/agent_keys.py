"""The keys with which one agent logs in from afar: listed, added and taken away."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult

from tuitrack.domain.people import Agent
from tuitrack.domain.ssh_keys import AgentKey
from tuitrack.services.bundle import Services
from tuitrack.tui.backstage import Backstage
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.desk_screen import DeskScreen
from tuitrack.tui.fields import Field
from tuitrack.tui.form import FormScreen
from tuitrack.tui.lines import Line, wrapped
from tuitrack.tui.present_staff import key_block
from tuitrack.tui.screens.confirm import ConfirmScreen
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.hint_line import HintLine
from tuitrack.tui.widgets.status_line import StatusLine
from tuitrack.tui.widgets.top_line import TopLine


class AgentKeysScreen(DeskScreen[None]):
    """Lists the keys of an agent by their fingerprints."""

    PLACE = Place.KEYS
    BINDINGS = bindings(Place.KEYS)
    AUTO_FOCUS = "BlockList"

    def __init__(self, services: Services, agent: Agent) -> None:
        super().__init__(services)
        self._agent = agent
        self._keys: list[AgentKey] = []

    def compose(self) -> ComposeResult:
        """Whose keys they are, the keys, the hint, the messages."""
        yield TopLine(f"Keys with which {self._agent.name} logs in from afar")
        yield BlockList()
        yield HintLine(Place.KEYS)
        yield StatusLine()

    def on_mount(self) -> None:
        """Read the list."""
        self.action_refresh_screen()

    def action_refresh_screen(self) -> None:
        """Read the list again."""
        self.run_command(self._load)

    def action_add_key(self) -> None:
        """Bind another key to the agent."""
        self.run_command(self._add)

    def action_remove_key(self) -> None:
        """Take the key under the cursor away."""
        self.run_command(self._remove)

    async def _load(self) -> None:
        with self.desk.hold_keys():
            self._keys = await self.backstage.read(self.services.keys.of, self._agent.handle)
            self.query_one(BlockList).show_blocks(self._blocks)

    def _blocks(self, width: int) -> list[tuple[str, list[Line]]]:
        if not self._keys:
            how = self.desk.key_of(Place.KEYS, "add_key")
            return [("", wrapped(f"{self._agent.name} has no key yet. Press {how} to add one.", width))]
        zone = self.services.desk.zone
        return [(key.fingerprint, key_block(key, zone, width)) for key in self._keys]

    async def _add(self) -> None:
        form = key_form(self.services, self.backstage, self._agent)
        if (added := await self.app.push_screen_wait(form)) is not None:
            await self._load()
            self.say(f"Bound to {added.agent}. Where the server reads a file of keys, write it anew.")

    async def _remove(self) -> None:
        chosen = self.query_one(BlockList).chosen
        if not isinstance(chosen, str) or not chosen:
            self.warn("There is no key to take away.")
            return
        question = f"Take {chosen} away? Whoever is at work by it is shown out."
        if await self.app.push_screen_wait(ConfirmScreen(question, "Take it away", "Keep it")):
            with self.desk.hold_keys():
                await self.backstage.write(self.services.keys.take_away, chosen)
                await self._load()
            self.say(f"{self._agent.name} may no longer log in with {chosen}.")


def key_form(services: Services, backstage: Backstage, agent: Agent) -> FormScreen[AgentKey]:
    """Ask for the public half of a key."""

    async def save(values: dict[str, Any]) -> AgentKey:
        return await backstage.write(services.keys.add, agent.handle, values["key"])

    fields = [Field("key", "Key", required=True, hint="ssh-ed25519 AAAA… name, the one line of a .pub file")]
    return FormScreen(f"Key of {agent.name}", fields, save, services=services, backstage=backstage)
