"""What comes in from a form, a command or a file, validated by Pydantic; imported only when first needed.

Every text is cleaned of control characters on its way in, and every refusal names the field it is about.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from tuitrack.domain.errors import Refusal
from tuitrack.domain.text import SUBJECT_MAX, TEXT_MAX, clean
from tuitrack.domain.words import (
    ActionKind,
    Answer,
    CallPurpose,
    CallResult,
    CaseKind,
    Channel,
    CustomerKind,
    Delivery,
    Direction,
    EntryKind,
    EscalationLevel,
    Interval,
    Justified,
    Mood,
    Outcome,
    PauseReason,
    PostState,
    Priority,
    RemedyKind,
    Retention,
    ReviewPart,
    Role,
    Status,
    Track,
)

Line = Annotated[str, AfterValidator(lambda text: clean(text, lines=False).strip()), Field(max_length=SUBJECT_MAX)]
"""One line of text."""
Text = Annotated[str, AfterValidator(lambda text: clean(text).strip()), Field(max_length=TEXT_MAX)]
"""Text of several lines."""
Amount = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]


class Incoming(BaseModel):
    """The base of everything that comes in: unknown fields are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CustomerDraft(Incoming):
    """A new customer as intake takes it down."""

    name: Annotated[Line, Field(min_length=1)]
    kind: CustomerKind = CustomerKind.PERSON
    account: Line = ""
    phones: tuple[Line, ...] = ()
    email: Line = ""
    address: Line = ""
    language: Line = ""
    no_contact_reason: Line = ""


class CaseDraft(Incoming):
    """A new case as intake takes it down; the customer is a known one or a new one."""

    customer_id: int | None = None
    customer: CustomerDraft | None = None
    kind: CaseKind = CaseKind.COMPLAINT
    subject: Annotated[Line, Field(min_length=1)]
    words: Text = ""
    details: Text = ""
    further_issues: Text = ""
    to_clarify: Text = ""
    remedy_wanted: Line = ""
    amount_asked: Amount | None = None
    category: Line = ""
    sub_category: Line = ""
    product: Line = ""
    tags: Line = ""
    channel: Channel = Channel.PHONE
    source: Line = ""
    public: bool = False
    post_link: Line = ""
    """Where it was published; becomes the record of a public post."""
    employee_concerned: Line = ""
    occurred_on: date | None = None
    received_at: AwareDatetime
    received_by: Line = ""
    owner: Line | None = None
    contact: Line | None = None
    department: Line = ""
    priority: Priority = Priority.NORMAL
    likely_to_leave: bool = False
    contact_wanted: bool = False
    return_at: AwareDatetime | None = None
    """When the customer was told to hear from us; becomes the first promise."""
    no_return_reason: Line = ""
    recording_told: bool = False
    resolution: Text = ""
    """Given when the case is solved in the same contact."""
    company_resolved_on: date | None = None


class CallDraft(Incoming):
    """A call to log."""

    direction: Direction
    purpose: CallPurpose
    result: CallResult = CallResult.REACHED
    recording_told: bool = False
    reference_given: bool = False
    note: Text = ""
    at: AwareDatetime | None = None
    to_clarify: Text | None = None
    """What is left to clarify afterwards; None leaves it as it is."""
    suggestion: Text = ""
    """What the customer suggested in it."""


class ActionDraft(Incoming):
    """An action to ask for."""

    what: Annotated[Line, Field(min_length=1)]
    track: Track = Track.CUSTOMER
    kind: ActionKind = ActionKind.OTHER
    assignee: Line = ""
    requested_on: date | None = None
    due_at: AwareDatetime | None = None
    done_on: date | None = None
    pause_clocks: bool = False
    """Whether the clocks of the case stand still until it is done; only legal advice is waited for so."""


class PromiseDraft(Incoming):
    """A promise to the customer."""

    what: Annotated[Line, Field(min_length=1)]
    due_at: AwareDatetime
    to: Line = ""
    by: Line = ""
    call_id: int | None = None


class NoteDraft(Incoming):
    """Something written down about the case."""

    text: Annotated[Text, Field(min_length=1)]
    kind: EntryKind = EntryKind.NOTE
    channel: Channel | None = None
    public: bool = False
    occurred_at: AwareDatetime | None = None
    by: Line = ""
    """Who said or did it, where that is not the person who writes it down."""


class PostDraft(Incoming):
    """A complaint that the customer published, and what became of it."""

    link: Annotated[Line, Field(min_length=1)]
    place: Line = ""
    seen_on: date | None = None
    asked_on: date | None = None
    answer: Text = ""
    state: PostState = PostState.ONLINE
    state_on: date | None = None
    reply: Text = ""
    look_again_at: AwareDatetime | None = None


class LetterDraft(Incoming):
    """A letter as it goes out."""

    name: Line
    language: Line
    how: Delivery
    to: Line = ""
    """Where it goes, where that is not the customer's own address."""
    subject: Annotated[Line, Field(min_length=1)]
    text: Annotated[Text, Field(min_length=1)]


class LateDraft(Incoming):
    """Why a clock of the case was missed."""

    clock: int
    because: Annotated[Line, Field(min_length=1)]


class PauseDraft(Incoming):
    """Why clocks of the case stand still."""

    reason: PauseReason
    note: Line = ""


class EscalationDraft(Incoming):
    """Before whom the case is laid, and why."""

    level: EscalationLevel
    to: Annotated[Line, Field(min_length=1)]
    reason: Annotated[Text, Field(min_length=1)]


class FeedbackDraft(Incoming):
    """What is told to whoever can correct the cause, and who that is."""

    to: Annotated[Line, Field(min_length=1)]
    text: Annotated[Text, Field(min_length=1)]


class AnswerDraft(Incoming):
    """What they say to it."""

    answer: Annotated[Text, Field(min_length=1)]


class ReviewPlanDraft(Incoming):
    """A review that is held again and again; of what it passes on, each part by itself."""

    name: Annotated[Line, Field(min_length=1, max_length=60)]
    every: Interval
    next_due: date
    owner: Annotated[Line, Field(min_length=1)]
    deputy: Annotated[Line, Field(min_length=1)]
    counts: bool = False
    causes: bool = False
    decisions: bool = False
    feedback: bool = False
    active: bool = True

    @property
    def parts(self) -> tuple[ReviewPart, ...]:
        """What it passes on."""
        return tuple(part for part in ReviewPart if getattr(self, part))


class ReviewDraft(Incoming):
    """Whether a review was held, and what it passes on."""

    held: bool
    held_on: date | None = None
    because: Line = ""
    counts: Text = ""
    causes: Text = ""
    decisions: Text = ""
    feedback: Text = ""


class SampleDraft(Incoming):
    """Which closed cases are looked at for a review, and how many of them."""

    since: date
    until: date
    size: Annotated[int, Field(ge=1, le=200)] = 10
    seed: Annotated[int, Field(ge=0, le=999_999_999)]


class AuditDraft(Incoming):
    """What was found in a case of a sample."""

    taken: Answer | None = None
    informed: Answer | None = None
    cause: Answer | None = None
    explained: Answer | None = None
    dates: Answer | None = None
    solved: Answer | None = None
    interviewed: bool = False
    note: Text = ""


class HandoverDraft(Incoming):
    """To whom work goes at the end of a shift."""

    receiver: Annotated[Line, Field(min_length=1)]
    until: AwareDatetime
    note: Text = ""
    notes: dict[str, Line] = {}
    """What is said to single items, by their keys."""


class DeclineDraft(Incoming):
    """Why something handed over is not accepted."""

    because: Annotated[Line, Field(min_length=1)]


class RemedyDraft(Incoming):
    """Something offered to the customer."""

    kind: RemedyKind
    what: Line = ""
    amount: Amount | None = None
    code: Line = ""
    expires_on: date | None = None
    method: Delivery | None = None
    offered_on: date | None = None
    chosen: bool | None = None
    approved_by: Line = ""
    delivered_on: date | None = None
    option: bool = False
    """Whether it is one of several, of which the customer chooses one."""


class ResolutionDraft(Incoming):
    """What was done, and when the company considered the case resolved."""

    resolution: Text = ""
    company_resolved_on: date | None = None
    help_offered: Line = ""
    changed_because: Line = ""
    """Why the company's date is changed, once it was set."""


class DecisionDraft(Incoming):
    """Whether the complaint was justified, and what the customer was told."""

    justified: Justified | None = None
    justified_because: Text = ""
    explanation: Text = ""
    decided_on: date | None = None
    """None leaves it as it is, and is today where nothing was decided before."""
    customer_told_on: date | None = None
    told_call_id: int | None = None


class CauseDraft(Incoming):
    """Why it happened."""

    cause: Line = ""
    factors: Text = ""
    no_process_action_because: Line = ""


class ConfirmationDraft(Incoming):
    """The customer's own word, or why there is none."""

    customer_confirmed_on: date | None = None
    confirming_call_id: int | None = None
    confirmation_asked_by: Line = ""
    confirmed_early_because: Line = ""
    unconfirmed_because: Line = ""
    mood: Mood | None = None
    satisfied_with_measures: Answer | None = None
    satisfied_with_work: Answer | None = None
    still_angry: bool = False


class CloseDraft(Incoming):
    """How the case ends."""

    outcome: Outcome
    closing_note: Text = ""
    duplicate_of: Line = ""
    retention: Retention = Retention.UNKNOWN
    steps_because: Line = ""
    """Why mandatory steps of the procedure are left open; only some may decide that."""


class ChangesDraft(Incoming):
    """Fields of a case as an agent corrects them; a field that is absent stays as it is."""

    subject: Annotated[Line, Field(min_length=1)] | None = None
    kind: CaseKind | None = None
    words: Text | None = None
    details: Text | None = None
    further_issues: Text | None = None
    to_clarify: Text | None = None
    remedy_wanted: Line | None = None
    amount_asked: Amount | None = None
    category: Line | None = None
    sub_category: Line | None = None
    product: Line | None = None
    tags: Line | None = None
    channel: Channel | None = None
    source: Line | None = None
    public: bool | None = None
    employee_concerned: Line | None = None
    occurred_on: date | None = None
    received_at: AwareDatetime | None = None
    received_by: Annotated[Line, Field(min_length=1)] | None = None
    contact: Line | None = None
    department: Line | None = None
    priority: Priority | None = None
    likely_to_leave: bool | None = None
    contact_wanted: bool | None = None
    resolve_by: datetime | None = None
    help_offered: Line | None = None


class BulkDraft(Incoming):
    """What is to become of many cases alike; what is empty stays as it is."""

    owner: Line = ""
    """A handle, `nobody`, or `balance:` with how they are shared out, perhaps `of` a team."""
    priority: Priority | None = None
    category: Line = ""
    tags_added: Line = ""
    tags_taken: Line = ""
    status: Status | None = None
    resolve_by: AwareDatetime | None = None
    note: Text = ""


class AgentDraft(Incoming):
    """An agent who joins the desk, or as one is to be from now on; several languages are parted by commas."""

    name: Annotated[Line, Field(min_length=1, max_length=80)]
    role: Role = Role.AGENT
    team: Annotated[Line, Field(max_length=40)] = ""
    language: Annotated[Line, Field(max_length=40)] = ""
    active: bool = True


class AbsenceDraft(Incoming):
    """Days on which an agent is away."""

    agent: Annotated[Line, Field(min_length=1)]
    since: date
    until: date
    reason: Line = ""
    deputy: Line = ""


D = TypeVar("D", bound=Incoming)


def accept(model: type[D], values: object) -> D:
    """Validate what came in; raises Refusal with the first field that does not fit and what was expected."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = [str(part) for part in first["loc"]]
        name = place[-1] if place else ""
        title = name.replace("_", " ").capitalize() or "The form"
        raise Refusal(f"{title}: {_expected(first['type'], first['msg'], first.get('ctx', {}))}.", name) from None


def _expected(kind: str, message: str, context: dict[str, object]) -> str:
    """Say in plain words what was expected."""
    match kind:
        case "missing" | "string_too_short" | "too_short":
            return "this is needed"
        case "string_too_long" | "too_long":
            return f"at most {context['max_length']} characters; the rest belongs in a note of its own"
        case "enum":
            return f"expected {context['expected']}"
        case "extra_forbidden":
            return "there is no such field"
        case _:
            return message[:1].lower() + message[1:]
