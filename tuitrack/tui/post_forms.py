"""Public posts of a case: which one, and the form that says what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tuitrack.domain.spoken_time import plain_day
from tuitrack.domain.timeline import PublicPost
from tuitrack.domain.words import PostState
from tuitrack.services.bundle import Services
from tuitrack.services.casefile import CaseFile
from tuitrack.services.public_posts import next_look
from tuitrack.tui.backstage import Backstage
from tuitrack.tui.case_forms import SeenCase
from tuitrack.tui.fields import ChoiceField, DayField, Field, TextField, WhenField, words
from tuitrack.tui.form import FormScreen, form_of_case

ANOTHER = "another"
"""The choice of a post that is not known yet."""


def post_choices(posts: Sequence[PublicPost]) -> list[tuple[str, str]]:
    """The posts to pick one from, by their ids, and one that is not known yet."""
    known = [(str(post.id), f"{post.where}: {post.state.label}, {plain_day(post.state_on)}") for post in posts]
    return [*known, (ANOTHER, "Another public post")]


def post_form(
    services: Services, backstage: Backstage, file: CaseFile, post: PublicPost | None = None
) -> FormScreen[PublicPost]:
    """Say of a post where it stands, what the customer was asked, what became of it, and when somebody looks again."""
    posts, seen, desk = services.posts, SeenCase(services, backstage, file.case), services.desk

    async def save(values: dict[str, Any]) -> PublicPost:
        if post is None:
            return await backstage.write(posts.add, file.case.id, values)
        return await seen.write(lambda case_id, seen: posts.update(case_id, post.id, values, seen))

    fields = [
        Field("link", "Link", required=True),
        Field("place", "Where", hint="a network, a forum"),
        DayField("seen_on", "First seen", hint="today"),
        DayField("asked_on", "Asked to remove it", hint="empty: not yet"),
        TextField("answer", "Customer's answer", rows=2),
        TextField("reply", "Our public answer", rows=3),
        ChoiceField("state", "Now it is", choices=words(PostState), required=True),
        DayField("state_on", "So on", hint="today"),
        WhenField("look_again_at", "Look again", hint="while it is online: fri, +7d"),
    ]
    initial: dict[str, Any] = {"state": PostState.ONLINE, "look_again_at": next_look(desk)}
    if post is not None:
        kept = {field.name: getattr(post, field.name) for field in fields if field.name != "look_again_at"}
        initial |= kept | {"state_on": desk.today()}
    name = "post" if post is None else f"post-{post.id}"
    title = "Public post" if post is None else f"Public post, {post.where}"
    focus = "link" if post is None else "state"
    return form_of_case(services, backstage, file, name, title, fields, save, initial=initial, focus=focus)
