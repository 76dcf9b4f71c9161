"""Public posts by their key: kept, asked about, answered, looked at again and found removed."""

from __future__ import annotations

import pytest

from tests.builders import NOW
from tests.tui.case_desk import CaseDesk, case_app, press, type_text
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.words import PostState

LINK = "https://x.y/[b]1[/b]"


@pytest.fixture
def desk() -> CaseDesk:
    """A desk with one case and nothing due in it."""
    desk = CaseDesk()
    desk.take(return_at=None, no_return_reason="none wanted", owner="ana")
    desk.now = NOW
    return desk


async def test_a_post_is_followed_until_it_is_gone(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "V")
        check_snapshot(app, "public_post_80x24")
        await type_text(app, pilot, LINK)
        await press(app, pilot, "tab", *"Facebook", "f2")
        assert "Published and still online: Facebook, since Wed 18 Nov 2026" in app.text
        assert "look whether it is still online: Facebook" in app.text
        # The way to settle what is due leads to what became of the post.
        await press(app, pilot, "d", "r", "f2")
        (post,) = desk.file(1).posts
        assert (post.link, post.state) == (LINK, PostState.REMOVED)
        assert "still online:" not in app.text.split("Timeline")[0]
        assert all(not action.is_open for action in desk.file(1).actions)
        await press(app, pilot, "u")
        assert "Published and still online: Facebook" in app.text


async def test_one_of_several_is_picked(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "V", *"https://a.b", "f2")
        await press(app, pilot, "V")
        assert "https://a.b: still online, Wed 18 Nov 2026" in " ".join(app.text.split())
        await press(app, pilot, "end", "enter", *"https://c.d", "f2")
        assert [post.link for post in desk.file(1).posts] == ["https://a.b", "https://c.d"]
        await press(app, pilot, "V", "escape")
        await press(app, pilot, "V", "enter", "t", "f2")
        assert [post.state for post in desk.file(1).posts] == [PostState.UPDATED, PostState.ONLINE]


async def test_a_refusal_keeps_what_was_typed(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "V", *LINK, "tab", "tab", *"tomorrow", "f2")
        assert "future" in app.text
        assert desk.file(1).posts == ()
        assert LINK in app.text
