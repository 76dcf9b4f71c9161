"""The words of each kind of inquiry: an investigation, information that is wanted, legal advice."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tuitrack.domain.text import counted
from tuitrack.domain.timeline import Action
from tuitrack.domain.words import ActionKind
from tuitrack.lean import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryWords:
    """How the parts of an inquiry are called on screen and in what is written of it."""

    title: str
    what: str
    """What is asked."""
    whom: str
    """Who is to answer."""
    asked: str
    """The day on which it was asked."""
    answer: str
    answered: str
    """The day of the answer."""


INQUIRIES: Mapping[ActionKind, InquiryWords] = MappingProxyType(
    {
        ActionKind.INVESTIGATION: InquiryWords(
            title="Investigation",
            what="To find out",
            whom="Investigator",
            asked="Opened on",
            answer="Finding",
            answered="Found on",
        ),
        ActionKind.INFORMATION: InquiryWords(
            title="Information wanted",
            what="What is wanted",
            whom="From whom",
            asked="Asked on",
            answer="What was received",
            answered="Received on",
        ),
        ActionKind.LEGAL: InquiryWords(
            title="Legal advice",
            what="What is asked",
            whom="Adviser",
            asked="Referred on",
            answer="Answer",
            answered="Answered on",
        ),
    }
)


def asked_words(action: Action) -> str:
    """What was asked for, on one line."""
    if not action.is_inquiry:
        return f"Requested ({action.track.label}): {action.what}"
    words = INQUIRIES[action.kind]
    return f"{words.title}, {words.whom.lower()} {action.assignee}: {action.what}"


def done_words(action: Action) -> str:
    """When something was done and how long it took, on one line; the note of an inquiry is its answer."""
    took = counted(action.slippage_days or 0, "day")
    if not action.is_inquiry:
        return f"Done on {action.done_on:%d %b %Y}, {took} after the request: {action.what}"
    words = INQUIRIES[action.kind]
    answered = f"{words.answered.lower()} {action.done_on:%d %b %Y}, {took} after it was asked"
    return f"{words.title}, {answered}: {action.what}"
