"""The closed lists of the field: every stored word with the label that is shown for it."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A word as it is stored, with the `label` a person reads."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make the word; without a label the stored word is shown, underscores as blanks."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label or value.replace("_", " ")
        return word


class Status(Word):
    """Where a case stands; the allowed moves are in `status.MOVES`."""

    NEW = "new"
    OPEN = "open"
    INVESTIGATING = "investigating"
    WAITING = "waiting", "waiting for customer"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Outcome(Word):
    """How a case ended."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    NOT_UPHELD = "not_upheld"
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"
    VOID = "void", "entered by mistake"


class CaseKind(Word):
    """What the customer came with."""

    COMPLAINT = "complaint"
    CLAIM = "claim"
    REQUEST = "request"
    SUGGESTION = "suggestion"
    COMPLIMENT = "compliment", "thanks"


class Channel(Word):
    """How something reached us or left us."""

    PHONE = "phone"
    EMAIL = "email", "e-mail"
    WEB = "web", "web form"
    LETTER = "letter"
    SOCIAL = "social", "social media"
    IN_PERSON = "in_person"
    CHAT = "chat"
    FAX = "fax"
    OTHER = "other"


class Priority(Word):
    """How pressing a case is."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class CustomerKind(Word):
    """Whether a person or a company complains."""

    PERSON = "person"
    COMPANY = "company"


class Role(Word):
    """What an agent is allowed to do."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    QUALITY = "quality"
    ADMINISTRATOR = "administrator"
    READ_ONLY = "read_only", "read only"


class Direction(Word):
    """Who called whom."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class CallPurpose(Word):
    """Why a call was made."""

    STATUS = "status", "status check"
    ACKNOWLEDGE = "acknowledge"
    UPDATE = "update"
    VERIFY = "verify", "verify resolution"
    FACTS = "facts", "gather facts"
    APOLOGY = "apology"
    OTHER = "other"


class CallResult(Word):
    """Whether the customer was reached; an outbound call that was not is an attempt."""

    REACHED = "reached"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no_answer"


class Track(Word):
    """What an action is for: this customer, the process that failed, or the public that reads of it."""

    CUSTOMER = "customer"
    PROCESS = "process"
    PUBLIC = "public"


class ActionKind(Word):
    """What sort of work an action is."""

    VISIT = "visit", "technician visit"
    REPAIR = "repair"
    REPLACEMENT = "replacement"
    PAYMENT = "payment"
    LETTER = "letter"
    PUBLIC_POST = "public_post"
    INFORMATION = "information", "information wanted"
    INVESTIGATION = "investigation"
    LEGAL = "legal", "legal advice"
    TRAINING = "training"
    PRODUCT = "product", "product change"
    SERVICE = "service", "service change"
    SYSTEM = "system", "system change"
    OTHER = "other"


class PromiseOutcome(Word):
    """What became of a promise."""

    KEPT = "kept"
    BROKEN = "broken"
    RENEGOTIATED = "renegotiated"


class DueKind(Word):
    """What is due: a promise, an action, or what a clock of the case asks for."""

    PROMISE = "promise"
    ACTION = "action"
    FIRST_RESPONSE = "first_response"
    ACKNOWLEDGEMENT = "acknowledgement"
    RETURN_DATE = "return_date"
    PROGRESS = "progress_update"
    CONTACT = "no_contact"
    HOLDING = "holding_letter"
    FINAL = "final_response"
    RESOLVE = "resolve"
    CONFIRM = "confirm", "ask for confirmation"


class PauseReason(Word):
    """Why the clocks of a case stand still."""

    CUSTOMER = "customer", "waiting for customer"
    LEGAL = "legal", "legal advice"
    OTHER = "other", "another reason"


class EscalationLevel(Word):
    """How high a case is escalated."""

    TEAM_LEAD = "1", "team lead"
    SUPERVISOR = "2", "supervisor"
    MANAGEMENT = "3", "management"


class PostState(Word):
    """What became of a complaint that a customer published."""

    ONLINE = "online", "still online"
    UPDATED = "updated", "says that it is solved"
    REMOVED = "removed"


class Loop(Word):
    """How far a complaint is on its way to its cause being corrected, each stage after the one before."""

    COLLECTED = "collected"
    ANALYSED = "analysed"
    FED_BACK = "fed_back"
    CORRECTED = "corrected"
    NEEDLESS = "needless", "nothing to correct"


class Goal(Word):
    """Where a goal of a case stands."""

    OPEN = "open"
    REACHED = "reached"
    MISSED = "missed", "not reached"
    NEEDLESS = "needless", "nothing to correct"


class Interval(Word):
    """How often a review is held."""

    WEEK = "week", "every week"
    TWO_WEEKS = "two_weeks", "every two weeks"
    MONTH = "month", "every month"
    QUARTER = "quarter", "every quarter"
    HALF_YEAR = "half_year", "every half year"
    YEAR = "year", "every year"


class ReviewPart(Word):
    """What a review passes on."""

    COUNTS = "counts"
    CAUSES = "causes"
    DECISIONS = "decisions"
    FEEDBACK = "feedback", "feedback sent"


class AuditQuestion(Word):
    """What is asked of a case of a sample, of its records or of its customer."""

    TAKEN = "taken", "taken as it was told"
    INFORMED = "informed", "customer informed"
    CAUSE = "cause", "root cause found"
    EXPLAINED = "explained", "decision explained"
    DATES = "dates", "both dates right"
    SOLVED = "solved", "customer: solved"


class HandedKind(Word):
    """What is handed over at the end of a shift."""

    PROMISE = "promise"
    ACTION = "action"
    DEADLINE = "deadline"
    CALLBACK = "callback", "call back"
    DRAFT = "draft", "half typed"

    @property
    def only_waits(self) -> bool:
        """Whether it has no due time: what is kept of it is since when it waits."""
        return self in (HandedKind.CALLBACK, HandedKind.DRAFT)


class HandoverAnswer(Word):
    """What became of something that was handed over."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


class RemedyKind(Word):
    """What may be offered to put things right."""

    DISCOUNT = "discount"
    PARTIAL_REFUND = "partial_refund"
    FULL_REFUND = "full_refund"
    REPLACEMENT = "replacement"
    REPAIR = "repair"
    COUPON = "coupon"
    GIFT_CARD = "gift_card"
    APOLOGY = "apology"
    OTHER = "other"


class Approval(Word):
    """What became of an offer beyond the guide."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


class Delivery(Word):
    """How a remedy reaches the customer."""

    POST = "post", "by post"
    EMAIL = "email", "by e-mail"
    ACCOUNT = "account", "to the account"
    IN_PERSON = "in_person"
    OTHER = "other"


class Justified(Word):
    """Whether the complaint was right."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Mood(Word):
    """How the customer felt when asked after the resolution."""

    SATISFIED = "satisfied"
    NEUTRAL = "neutral"
    ANGRY = "angry", "still angry"
    NOT_REACHED = "not_reached"


class Answer(Word):
    """A customer's answer to one question about satisfaction."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_ASKED = "not_asked"


class Retention(Word):
    """Whether the customer stayed with the company."""

    UNKNOWN = "unknown"
    RETAINED = "retained", "stays"
    LOST = "lost", "left"


class TickState(Word):
    """How a step of the procedure was settled in a case; one that was not is open."""

    DONE = "done"
    SKIPPED = "skipped"


class Ticking(Word):
    """What is logged in a case and can tick a step of its procedure; calls are those that reached the customer."""

    CASE_TAKEN = "case_taken"
    CUSTOMER_WORDS = "customer_words", "customer's words"
    ACKNOWLEDGING_CALL = "acknowledging_call"
    FACTS_CALL = "facts_call"
    UPDATE_CALL = "update_call"
    VERIFYING_CALL = "verifying_call"
    LETTER = "letter"
    FINDING = "finding"
    STATEMENT = "statement", "employee's statement"
    APOLOGY = "apology"
    THANKS = "thanks"
    REMEDY_OFFERED = "remedy_offered"
    REMEDY_ANSWERED = "remedy_answered"
    PROMISE_KEPT = "promise_kept"
    RESOLUTION = "resolution"
    CONFIRMATION = "confirmation"


class EntryKind(Word):
    """What a timeline entry tells."""

    RECEIVED = "received"
    CALL = "call"
    NOTE = "note"
    FINDING = "finding"
    WORDS = "words", "customer's words"
    STATEMENT = "statement", "employee's statement"
    LETTER = "letter", "letter or e-mail"
    PUBLIC_POST = "public_post"
    PUBLISHED = "published", "published complaint"
    APOLOGY = "apology"
    THANKS = "thanks"
    SUGGESTION = "suggestion"
    SURVEY = "survey", "survey answer"
    ACTION = "action"
    PROMISE = "promise"
    REMEDY = "remedy"
    ESCALATION = "escalation"
    HANDOVER = "handover"
    FEEDBACK = "feedback"
    REVIEW = "review"
    DECISION = "decision"
    RESOLUTION = "resolution"
    CONFIRMATION = "confirmation"
    STATUS = "status"
    STEP = "step", "procedure step"
    CLOSED = "closed"
    REOPENED = "reopened"
    CHANGE = "change"
    UNDONE = "undone"
    REDONE = "redone", "done again"


NOTE_KINDS = (
    EntryKind.NOTE,
    EntryKind.FINDING,
    EntryKind.WORDS,
    EntryKind.STATEMENT,
    EntryKind.LETTER,
    EntryKind.PUBLIC_POST,
    EntryKind.APOLOGY,
    EntryKind.THANKS,
    EntryKind.SUGGESTION,
)
"""Kinds a person may write down as a note; the others are written by what they record."""

INQUIRY_KINDS = (ActionKind.INVESTIGATION, ActionKind.INFORMATION, ActionKind.LEGAL)
"""Actions that ask for an answer; `inquiries` has the words of each."""

SEEDED_CATEGORIES = (
    "service quality",
    "price",
    "product",
    "product or service problem",
    "billing or payment error",
    "delivery delay",
    "quantity or shortfall",
    "staff conduct",
    "broken deadline",
    "quality of goods",
    "privacy",
    "other",
)
"""Offered while a category is typed; a desk's own categories join them as they are used."""

SEEDED_CAUSES = (
    "process missing or unclear",
    "process not followed",
    "information wrong or late",
    "system fault",
    "product fault",
    "supplier or carrier",
    "capacity",
    "training",
    "communication",
    "customer's expectation",
    "no fault found",
)
"""Root causes, process first; a desk's own causes join them as they are used."""
