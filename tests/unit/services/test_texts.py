"""Texts of the desk: what is brought in is in force from its day on, is never changed, and is read by name."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import an_agent
from tests.unit.services.world import World
from tuitrack.domain.desk_texts import DESK_TEXT_MAX, DeskText
from tuitrack.domain.errors import NotAllowed, NotFound, Refusal
from tuitrack.domain.words import Role
from tuitrack.services.texts import read_desk_text

HOSTILE = "# Policy\n\x1b[2J[b]not bold[/b]\u202e {customer} '; DROP TABLE x\r\nend\n\n"


@pytest.fixture
def supervised() -> World:
    """A desk on which Luka is the supervisor."""
    world = World()
    with world.store.writing() as writer:
        writer.put_agent(an_agent("ana", name="Ana Kovač", role=Role.AGENT))
        writer.put_agent(an_agent("luka", role=Role.SUPERVISOR))
    return world


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    file = tmp_path / "policy.md"
    file.write_text("Listen.")
    return file


def day(world: World, days: int = 0) -> date:
    return (world.now + timedelta(days=days)).date()


def test_a_desk_without_texts_has_the_shipped_procedure(supervised: World) -> None:
    (shipped,) = supervised.ana.texts.all()
    assert shipped.text.title == "procedure, version 0"
    assert shipped.is_in_force
    assert "default text" in shipped.text.text
    assert supervised.ana.texts.to_read() == []


def test_versions_follow_each_other_and_each_keeps_its_text(supervised: World, policy: Path) -> None:
    texts = supervised.luka.texts
    texts.take("policy", policy, day(supervised, -3))
    policy.write_text("Listen twice.")
    texts.take("policy", policy, day(supervised, 2))
    assert texts.version("policy").text.text == "Listen."
    assert texts.version("policy", 2).text.text == "Listen twice."
    supervised.passes(days=2)
    assert texts.version("policy").text.version == 2
    assert texts.version("policy", 1).text.text == "Listen."


def test_a_text_to_come_is_shown_where_none_is_in_force(supervised: World, policy: Path) -> None:
    supervised.luka.texts.take("policy", policy, day(supervised, 2))
    assert supervised.ana.texts.version("policy").text.version == 1


def test_only_those_with_the_right_bring_texts_in(supervised: World, policy: Path) -> None:
    with pytest.raises(NotAllowed, match="supervisor or administrator"):
        supervised.ana.texts.take("policy", policy, day(supervised))
    assert len(supervised.ana.texts.all()) == 1


def test_what_was_in_force_stays_so(supervised: World, policy: Path) -> None:
    texts = supervised.luka.texts
    texts.take("policy", policy, day(supervised, -3))
    with pytest.raises(Refusal, match="version 1 is in force since Sun 15 Nov 2026"):
        texts.take("policy", policy, day(supervised, -4))
    texts.take("policy", policy, day(supervised, 30))
    texts.take("policy", policy, day(supervised, 1))
    supervised.passes(days=40)
    assert texts.version("policy").text.version == 3


def test_a_case_has_the_texts_of_the_day_on_which_it_was_received(supervised: World, policy: Path) -> None:
    texts = supervised.luka.texts
    texts.take("policy", policy, day(supervised, -3))
    before = supervised.take(received_at=supervised.now - timedelta(days=9)).id
    case = supervised.take().id
    texts.take("policy", policy, day(supervised, 1))
    texts.take("procedure", policy, day(supervised, 1))
    supervised.passes(days=5)
    after = supervised.take().id

    def of(case_id: int) -> list[str]:
        return [one.text.title for one in supervised.ana.texts.of_case(case_id)]

    assert of(before) == ["procedure, version 0"]
    assert of(case) == ["policy, version 1", "procedure, version 0"]
    assert of(after) == ["policy, version 2", "procedure, version 1"]


def test_who_has_read_a_version_and_who_has_not(supervised: World, policy: Path) -> None:
    supervised.luka.texts.take("policy", policy, day(supervised))
    texts = supervised.ana.texts
    assert [one.title for one in texts.to_read()] == ["policy, version 1"]
    first = texts.confirm("policy", 1)
    supervised.passes(hours=1)
    assert texts.confirm("policy", 1) == first
    version = texts.version("policy", 1)
    assert version.read_at == first.at
    assert [agent.handle for agent in version.not_read_by] == ["luka"]
    assert texts.to_read() == []
    supervised.luka.texts.take("policy", policy, day(supervised, 1))
    assert [one.title for one in texts.to_read()] == ["policy, version 2"]


def test_whoever_left_need_not_read(supervised: World, policy: Path) -> None:
    with supervised.store.writing() as writer:
        writer.put_agent(an_agent("zoe", active=False))
    supervised.luka.texts.take("policy", policy, day(supervised))
    assert [agent.handle for agent in supervised.luka.texts.version("policy").not_read_by] == ["ana", "luka"]


def test_a_version_that_is_replaced_is_not_asked_to_be_read(supervised: World, policy: Path) -> None:
    supervised.luka.texts.take("policy", policy, day(supervised))
    supervised.luka.texts.take("policy", policy, day(supervised))
    assert [one.title for one in supervised.ana.texts.to_read()] == ["policy, version 2"]


def test_what_is_not_there_is_said(supervised: World) -> None:
    with pytest.raises(NotFound, match="none called"):
        supervised.ana.texts.version("policy")
    with pytest.raises(NotFound, match="newest is version 0"):
        supervised.ana.texts.confirm("procedure", 1)


def test_a_file_is_taken_as_plain_text(tmp_path: Path) -> None:
    file = tmp_path / "text.md"
    file.write_bytes(HOSTILE.encode())
    assert read_desk_text(file) == "# Policy\n\ufffd[2J[b]not bold[/b] {customer} '; DROP TABLE x\nend"


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"\xff", "not UTF-8"), (b" \n ", "is empty"), (b"x" * (DESK_TEXT_MAX + 1), "at the most")],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "text.md"
    file.write_bytes(content)
    with pytest.raises(Refusal, match=told):
        read_desk_text(file)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "none", Path("/dev/zero")):
        with pytest.raises(Refusal, match="no file"):
            read_desk_text(place)


@pytest.mark.parametrize("name", ["", "Policy", "a b", "-a", "a" * 41, "[b]", "\x1b"])
def test_a_name_is_of_small_letters(supervised: World, policy: Path, name: str) -> None:
    with pytest.raises(Refusal, match="small letters"):
        supervised.luka.texts.take(name, policy, day(supervised))


@given(content=st.binary(max_size=60))
def test_no_file_brings_in_a_control_character(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.md"
    file.write_bytes(content)
    with suppress(Refusal):
        assert all(letter == "\n" or letter.isprintable() or ord(letter) > 127 for letter in read_desk_text(file))


def test_of_several_days_the_newest_version_counts() -> None:
    from tests.builders import NOW
    from tuitrack.domain.desk_texts import in_force

    def a_text(version: int, day: int) -> DeskText:
        return DeskText(name="a", version=version, valid_from=date(2026, 11, day), by="", entered_at=NOW, text="")

    planned, sooner = a_text(1, 20), a_text(2, 10)
    assert in_force([planned, sooner], date(2026, 11, 9)) == []
    assert in_force([sooner, planned], date(2026, 11, 30)) == [sooner]
