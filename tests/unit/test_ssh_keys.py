"""Public keys as people hand them in."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import an_agent
from tests.unit.services.world import World
from tuitrack.domain.errors import NotAllowed, NotFound, Refusal
from tuitrack.domain.ssh_keys import fingerprint, read_public_key
from tuitrack.domain.words import Role

BLOB = "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
"""The published host key of GitHub."""
LINE = f"ssh-ed25519 {BLOB} ana@home"


@pytest.fixture
def world() -> World:
    """Ana administers the desk."""
    world = World()
    with world.store.writing() as writer:
        writer.put_agent(an_agent("ana", role=Role.ADMINISTRATOR))
    return world


def test_a_key_is_read_with_its_comment() -> None:
    assert read_public_key(f"# made by hand\n{LINE}\n") == ("ssh-ed25519", BLOB, "ana@home")
    assert read_public_key(f"ssh-ed25519 {BLOB}")[2] == ""


def test_the_fingerprint_is_that_of_openssh() -> None:
    """GitHub publishes it with its host keys, and `ssh-keygen -lf` prints it."""
    assert fingerprint(BLOB) == "SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "one line"),
        (f"{LINE}\n{LINE}", "one line"),
        (f'command="sh" {LINE}', "begins with its kind"),
        (f"ssh-dss {BLOB}", "begins with its kind"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----", "private half"),
        (f"ssh-rsa {BLOB}", "damaged"),
        (f"ssh-ed25519 {BLOB[:32]}", "damaged"),
        ("ssh-ed25519 no!base64", "damaged"),
    ],
)
def test_what_is_no_key_is_refused(text: str, told: str) -> None:
    with pytest.raises(Refusal, match=told) as refusal:
        read_public_key(text)
    assert refusal.value.field == "key"


@given(st.text(), st.text())
def test_no_text_is_taken_for_more_than_one_line(before: str, after: str) -> None:
    try:
        parts = read_public_key(f"{before}{LINE}{after}")
    except Refusal:
        return
    assert "\n" not in " ".join(parts)
    assert all(part.isprintable() for part in parts)


def test_a_key_is_one_agents_and_binds_them(world: World) -> None:
    keys = world.ana.keys
    key = keys.add("luka", LINE)
    assert keys.all() == [key]
    with pytest.raises(Refusal, match="bound to luka already"):
        keys.add("ana", LINE)
    with pytest.raises(NotFound, match="no agent “zoe”"):
        keys.add("zoe", LINE)
    (line,) = keys.authorized_keys(["/opt/py thon", "-m", "tuitrack"], {"HOME": "/srv/a 'desk\""})
    options, rest = line[: line.rindex(f" ssh-ed25519 {BLOB}")], line[line.rindex(" ssh-ed25519") :]
    assert rest == f" ssh-ed25519 {BLOB} luka"
    assert options.startswith('restrict,pty,command="exec env -i ')
    command = options.removeprefix('restrict,pty,command="').removesuffix('"').replace('\\"', '"').replace("\\\\", "\\")
    assert shlex.split(command)[2:] == [
        "-i",
        "HOME=/srv/a 'desk\"",
        "TERM=$TERM",
        *("/opt/py thon", "-m", "tuitrack", "--as", "luka", "--key", key.fingerprint),
    ]


def test_who_is_not_active_has_no_line(world: World) -> None:
    world.ana.keys.add("luka", LINE)
    world.ana.staff.change("luka", {"active": False})
    assert world.ana.keys.authorized_keys(["tuitrack"], {}) == []


def test_a_key_is_taken_away_by_the_start_of_its_fingerprint(world: World) -> None:
    key = world.ana.keys.add("luka", LINE)
    with pytest.raises(NotFound, match="no key has"):
        world.ana.keys.take_away("SHA256:nothing")
    assert world.ana.keys.take_away(key.fingerprint[:14]) == key
    assert world.ana.keys.all() == []


def test_only_an_administrator_binds_keys(world: World) -> None:
    with pytest.raises(NotAllowed):
        world.luka.keys.add("luka", LINE)
