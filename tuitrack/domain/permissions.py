"""Who may do what at the desk: one table, by role, for screens, commands and imports alike."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tuitrack.domain.errors import NotAllowed
from tuitrack.domain.words import Role, Word


class Right(Word):
    """Something that not everybody may do; the label is what a refusal says."""

    LOOK = "look", "work at this desk"
    TAKE_CASES = "take_cases", "take complaints"
    WORK_ON_CASES = "work_on_cases", "change cases"
    CHANGE_MANY = "change_many", "change many cases at once"
    IMPORT_CASES = "import_cases", "import registers"
    EXPORT_CASES = "export_cases", "export cases"
    KEEP_TEAM_VIEWS = "keep_team_views", "keep team views"
    OVERRIDE_STEPS = "override_steps", "close a case with a mandatory step left open"
    APPROVE_OFFERS = "approve_offers", "approve a remedy beyond the offer guide"
    REVIEW = "review", "review cases"
    EDIT_RULES = "edit_rules", "change the rules of deadlines"
    SET_TARGETS = "set_targets", "set targets"
    EDIT_TEXTS = "edit_texts", "bring in texts of the desk"
    SEE_DRAFTS = "see_drafts", "see what others left half typed"
    PLAN_ABSENCES = "plan_absences", "enter an absence of somebody else"
    MANAGE_AGENTS = "manage_agents", "add and change agents"


_OF_ALL = frozenset({Right.LOOK})
_OF_ALL_WHO_WORK = _OF_ALL | {Right.TAKE_CASES, Right.WORK_ON_CASES}
_OF_QUALITY = _OF_ALL_WHO_WORK | {Right.EXPORT_CASES, Right.KEEP_TEAM_VIEWS, Right.REVIEW, Right.SET_TARGETS}
_OF_SUPERVISORS = frozenset(Right) - {Right.MANAGE_AGENTS}

RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.READ_ONLY: _OF_ALL,
        Role.AGENT: _OF_ALL_WHO_WORK,
        Role.QUALITY: _OF_QUALITY,
        Role.SUPERVISOR: _OF_SUPERVISORS,
        Role.ADMINISTRATOR: frozenset(Right),
    }
)
"""What each role may do; looking at everything is nobody's privilege, and for those who work here alone."""


def may(role: Role, right: Right) -> bool:
    """Whether somebody in a role may do something."""
    return right in RIGHTS[role]


def roles_with(right: Right) -> list[Role]:
    """The roles that may do something."""
    return [role for role in Role if may(role, right)]


def who_may(right: Right) -> str:
    """The roles that may do something, in words: `supervisor or administrator`."""
    *others, last = (role.label for role in roles_with(right))
    return f"{', '.join(others)} or {last}" if others else last


def refused(name: str, right: Right) -> NotAllowed:
    """The refusal of somebody who may not do something, naming who may."""
    return NotAllowed(f"{name} may not {right.label}: only {who_may(right)} may.", right)
