"""The keys with which agents log in from afar, and the file that binds each of them to its agent."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence

from tuitrack.domain.errors import NotFound, Refusal
from tuitrack.domain.permissions import Right
from tuitrack.domain.ssh_keys import AgentKey, fingerprint, read_public_key
from tuitrack.services.desk import Desk
from tuitrack.services.rights import writing
from tuitrack.services.signing_in import handle_of

KEYS_MOST = 10
"""As many keys as one agent may have."""


class KeyService:
    """Adds, lists and takes away keys; those of active agents alone let anybody in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(self, agent: str, text: str) -> AgentKey:
        """Bind a public key to an agent; raises Refusal for what is no key, or is somebody's already."""
        kind, blob, comment = read_public_key(text)
        with writing(self._desk, Right.MANAGE_AGENTS) as writer:
            if writer.agent(handle_of(agent)) is None:
                raise NotFound(f"Agent: there is no agent “{agent}”.", "agent")
            known = writer.agent_keys()
            for key in known:
                if key.blob == blob:
                    raise Refusal(f"Key: it is bound to {key.agent} already.", "key")
            if sum(key.agent == handle_of(agent) for key in known) >= KEYS_MOST:
                raise Refusal(f"Key: {agent} has {KEYS_MOST} keys; take one away first.", "key")
            return writer.add(
                AgentKey(
                    agent=handle_of(agent),
                    kind=kind,
                    blob=blob,
                    comment=comment,
                    fingerprint=fingerprint(blob),
                    added_at=self._desk.clock(),
                    by=self._desk.agent,
                )
            )

    def all(self) -> list[AgentKey]:
        """Every key, by agent and then by age."""
        with self._desk.store.reading() as reader:
            return reader.agent_keys()

    def of(self, agent: str) -> list[AgentKey]:
        """The keys of one agent, by handle, the oldest first."""
        return [key for key in self.all() if key.agent == agent]

    def take_away(self, named: str) -> AgentKey:
        """Take away the one key whose fingerprint begins so; whoever is at work by it is shown out."""
        wanted = named if named.startswith("SHA256:") else f"SHA256:{named}"
        with writing(self._desk, Right.MANAGE_AGENTS) as writer:
            found = [key for key in writer.agent_keys() if key.fingerprint.startswith(wanted)]
            if len(found) != 1:
                told = "no key has" if not found else f"{len(found)} keys have"
                raise NotFound(f"Key: {told} a fingerprint that begins with “{wanted}”.", "key")
            writer.remove(found[0])
        return found[0]

    def authorized_keys(self, program: Sequence[str], environment: Mapping[str, str]) -> list[str]:
        """The lines of a file that lets in every active agent by their keys, each as nobody but themselves.

        Nothing of what the client sends reaches the program but the name of its terminal.
        """
        with self._desk.store.reading() as reader:
            active = {agent.handle for agent in reader.agents() if agent.active}
            keys = [key for key in reader.agent_keys() if key.agent in active]
        fixed = [shlex.quote(f"{name}={value}") for name, value in environment.items()]
        lines = []
        for key in keys:
            who = shlex.join([*program, "--as", key.agent, "--key", key.fingerprint])
            command = " ".join(["exec env -i", *fixed, 'TERM="$TERM"', who])
            quoted = command.replace("\\", "\\\\").replace('"', '\\"')
            lines.append(f'restrict,pty,command="{quoted}" {key.kind} {key.blob} {key.agent}')
        return lines
