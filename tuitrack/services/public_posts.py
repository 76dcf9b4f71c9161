"""Complaints that customers published: what they were asked, what became of it, and when somebody looks again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tuitrack.domain.errors import NotFound, Refusal
from tuitrack.domain.timeline import Action, PublicPost
from tuitrack.domain.words import ActionKind, Channel, EntryKind, PostState, Track
from tuitrack.services.changing import CaseChange, changing
from tuitrack.services.desk import END_OF_WORK, Desk

if TYPE_CHECKING:
    from tuitrack.domain.drafts.entries import PostDraft

LOOK_AGAIN = timedelta(days=7)
"""After how long somebody looks again, where nothing else is said."""


class PublicPostService:
    """Keeps public posts, one transaction for each thing a person does.

    As long as a post is online, an action for the public asks to look at it again; it stays when the case is closed.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(self, case_id: int, values: dict[str, Any]) -> PublicPost:
        """Keep a complaint that was published, from the fields of `PostDraft`."""
        draft = self._accepted(values)
        with changing(self._desk, case_id) as change:
            return add_post(change, self._post(change, draft), draft.look_again_at)

    def update(self, case_id: int, post_id: int, values: dict[str, Any], seen: int) -> PublicPost:
        """Say what became of one, from the fields of `PostDraft`."""
        draft = self._accepted(values)
        with changing(self._desk, case_id, seen) as change:
            before = next((one for one in change.reader.public_posts(case_id) if one.id == post_id), None)
            if before is None:
                raise NotFound("Public post: the case has no such post.")
            post = replace(self._post(change, draft), id=before.id, by=before.by, follow_up=before.follow_up)
            post = _followed_up(change, post, draft.look_again_at)
            if post != before:
                change.replace(before, post)
                _tell(change, before, post)
        return post

    def _accepted(self, values: dict[str, Any]) -> PostDraft:
        from tuitrack.domain.drafts.entries import PostDraft

        draft, today = PostDraft.accept(values), self._desk.today()
        first = draft.seen_on or today
        for title, field, day, earliest in (
            ("First seen", "seen_on", draft.seen_on, None),
            ("Asked on", "asked_on", draft.asked_on, None),
            ("So on", "state_on", draft.state_on, first),
        ):
            _check_day(title, field, day, earliest, today)
        if draft.state is PostState.ONLINE and (
            draft.look_again_at is None or draft.look_again_at <= self._desk.clock()
        ):
            raise Refusal("Look again: while it is online, say when somebody looks at it again.", "look_again_at")
        return draft

    def _post(self, change: CaseChange, draft: PostDraft) -> PublicPost:
        today = self._desk.today()
        return PublicPost(
            case_id=change.case.id,
            link=draft.link,
            place=draft.place,
            seen_on=draft.seen_on or today,
            asked_on=draft.asked_on,
            answer=draft.answer,
            state=draft.state,
            state_on=draft.state_on or today,
            reply=draft.reply,
            by=self._desk.agent,
        )


def next_look(desk: Desk) -> datetime:
    """When somebody looks again at what is online now, where nothing else is said."""
    return datetime.combine(desk.today() + LOOK_AGAIN, END_OF_WORK, tzinfo=desk.zone)


def add_post(change: CaseChange, post: PublicPost, look_again_at: datetime | None) -> PublicPost:
    """Keep a post of a case that is being changed, with what is due for it."""
    change.set(public=True)
    added = change.add(_followed_up(change, post, look_again_at))
    _tell(change, None, added)
    return added


def _followed_up(change: CaseChange, post: PublicPost, look_again_at: datetime | None) -> PublicPost:
    """The post with the action that looks at it next; one that was asked for before is done by this look."""
    due_at = look_again_at if post.is_online else None
    before = next((one for one in change.reader.actions(change.case.id) if one.id == post.follow_up), None)
    if before is not None and before.is_open:
        if before.due_at == due_at:
            return post
        looked = f"{post.state_on:%d %b %Y}: {post.state.label}"
        change.replace(before, replace(before, done_on=change.desk.today(), done_at=change.now, done_note=looked))
    if due_at is None:
        return post
    action = change.add(
        Action(
            case_id=change.case.id,
            track=Track.PUBLIC,
            kind=ActionKind.PUBLIC_POST,
            what=f"look whether it is still online: {post.where}",
            assignee=change.case.owner or change.desk.agent,
            requested_on=change.desk.today(),
            due_at=due_at,
            by=change.desk.agent,
        )
    )
    return replace(post, follow_up=action.id)


def _tell(change: CaseChange, before: PublicPost | None, post: PublicPost) -> None:
    """Log what is new of a post; our answer is an entry of its own, for the customer reads it."""
    is_seen = before is None or (before.state, before.state_on) != (post.state, post.state_on)
    is_asked = post.asked_on is not None and (before is None or before.asked_on != post.asked_on)
    is_answered = bool(post.answer) and (before is None or before.answer != post.answer)
    news = [
        *([f"{post.state.label}, {post.state_on:%d %b %Y}"] if is_seen else []),
        *([f"customer asked to remove it, {post.asked_on:%d %b %Y}"] if is_asked else []),
        *(["the customer’s answer"] if is_answered else []),
    ]
    body = "\n\n".join(filter(None, (post.link, post.answer if is_answered else "")))
    summary = f"Published complaint, {post.where}: {'; '.join(news) or 'corrected'}"
    change.log(EntryKind.PUBLISHED, summary, body, record_id=post.id, channel=Channel.SOCIAL, public=is_seen)
    if post.reply and (before is None or before.reply != post.reply):
        summary = f"Public post, our answer: {post.where}"
        change.log(EntryKind.PUBLIC_POST, summary, post.reply, channel=Channel.SOCIAL, public=True)


def _check_day(title: str, field: str, day: date | None, earliest: date | None, today: date) -> None:
    if day is None:
        return
    if day > today:
        raise Refusal(f"{title}: the date is in the future.", field)
    if earliest is not None and day < earliest:
        raise Refusal(f"{title}: it was first seen on {earliest:%d %b %Y}; the date cannot be earlier.", field)
