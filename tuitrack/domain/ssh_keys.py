"""Public keys as `ssh-keygen` writes them: read, refused with a sentence, and known by their fingerprint."""

from __future__ import annotations

import base64
import binascii
import hashlib
from datetime import datetime

from tuitrack.domain.errors import Refusal
from tuitrack.lean import dataclass

KINDS = (
    "ssh-ed25519",
    "sk-ssh-ed25519@openssh.com",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-rsa",
)
"""The kinds of keys that OpenSSH lets in today."""
COMMENT_MAX = 80
KEY_MAX = 5_000
"""As many characters as the longest key has, with room to spare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentKey:
    """A public key with which an agent logs in from afar."""

    id: int = 0
    agent: str
    """The handle of whose key it is."""
    kind: str
    blob: str
    """The key itself in base64, as a file of keys has it."""
    comment: str
    fingerprint: str
    """`SHA256:` and 43 characters, as `ssh-keygen -l` prints it."""
    added_at: datetime
    by: str


def read_public_key(text: str) -> tuple[str, str, str]:
    """The kind, the base64 text and the comment of a key on one line; raises Refusal."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if len(lines) != 1 or len(lines[0]) > KEY_MAX:
        raise _refused("expected one line of a .pub file")
    kind, blob, comment = [*lines[0].split(maxsplit=2), "", ""][:3]
    if "PRIVATE KEY" in lines[0]:
        raise _refused("that is the private half, which nobody else may have; expected the .pub file")
    if kind not in KINDS:
        raise _refused(f"expected a key that begins with its kind, such as ssh-ed25519; not “{kind[:30]}”")
    try:
        raw = base64.b64decode(blob, validate=True)
    except binascii.Error:
        raw = b""
    if not raw.startswith(len(kind).to_bytes(4) + kind.encode()) or len(raw) < len(kind) + 36:
        raise _refused("it is damaged, or cut off")
    told = "".join(letter for letter in comment.strip() if letter.isprintable())
    return kind, blob, told[:COMMENT_MAX]


def fingerprint(blob: str) -> str:
    """The fingerprint of a key, as `ssh-keygen -l` prints it."""
    digest = hashlib.sha256(base64.b64decode(blob)).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


def _refused(reason: str) -> Refusal:
    return Refusal(f"Key: {reason}.", "key")
