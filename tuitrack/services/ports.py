"""What the services need from whatever keeps the data; a database, or a fake, stands behind these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from tuitrack.domain.case import Case
from tuitrack.domain.case_records import CaseRecords
from tuitrack.domain.change import Change, OfCase
from tuitrack.domain.clocks import Clock, Pause
from tuitrack.domain.deadlines import DueCount, PromiseDue, Upcoming
from tuitrack.domain.desk_texts import DeskText, TextReading
from tuitrack.domain.feedback import CaseReading, Feedback
from tuitrack.domain.handover import Handover, HandoverItem
from tuitrack.domain.keeping import Denial, Draft, ImportedEntry, ImportRun, Receipt, RuleVersion
from tuitrack.domain.people import Absence, Agent, Customer, CustomerMatch
from tuitrack.domain.presence import Presence
from tuitrack.domain.procedure import Tick
from tuitrack.domain.quality.targets import QualityTarget
from tuitrack.domain.queue import CasePage, CaseRow, Counts, Cursor, Page, QueueQuery, Sort
from tuitrack.domain.recurrence import Recurrence
from tuitrack.domain.reviews import Review, ReviewPlan
from tuitrack.domain.samples import Audit, Sample
from tuitrack.domain.ssh_keys import AgentKey
from tuitrack.domain.timeline import Action, Call, Entry, Escalation, Promise, PublicPost, Remedy

if TYPE_CHECKING:
    from tuitrack.domain.promises import LedgerQuery, PromiseLine
    from tuitrack.domain.query.fields import Field
from tuitrack.domain.workload import Load

Record = (
    Absence
    | AgentKey
    | Customer
    | Case
    | Entry
    | Call
    | Action
    | Promise
    | Remedy
    | Clock
    | Pause
    | Escalation
    | PublicPost
    | Feedback
    | CaseReading
    | Handover
    | HandoverItem
    | Tick
    | Change
    | RuleVersion
    | ReviewPlan
    | Review
    | Sample
    | Audit
    | Denial
    | DeskText
    | TextReading
    | QualityTarget
    | ImportRun
    | ImportedEntry
)
"""Values that are stored one to a row and known by an id given at storing."""

R = TypeVar(
    "R",
    Absence,
    AgentKey,
    Customer,
    Case,
    Entry,
    Call,
    Action,
    Promise,
    Remedy,
    Clock,
    Pause,
    Escalation,
    PublicPost,
    Feedback,
    CaseReading,
    Handover,
    HandoverItem,
    Tick,
    Change,
    RuleVersion,
    ReviewPlan,
    Review,
    Sample,
    Audit,
    Denial,
    DeskText,
    TextReading,
    QualityTarget,
    ImportRun,
    ImportedEntry,
)


class Journal(Protocol):
    """Keeps what is being typed outside the database, key by key, for as long as that has not got it."""

    def note(self, draft: Draft) -> bool:
        """Keep what stands in a form in place of what was noted before; returns whether it could be."""
        ...

    def drop(self, form: str) -> None:
        """Forget what was noted of a form."""
        ...

    def left_behind(self) -> Iterator[Draft]:
        """What programs had noted that were killed, of any agent; each is forgotten when the next is asked for."""
        ...


class Reader(Protocol):
    """A consistent look at the data; lists are bounded by a limit or belong to one case."""

    def case(self, case_id: int) -> Case:
        """The case; raises NotFound."""
        ...

    def case_by_reference(self, reference: str) -> Case | None:
        """The case with exactly this reference."""
        ...

    def customer(self, customer_id: int) -> Customer:
        """The customer; raises NotFound."""
        ...

    def find_customers(self, text: str, limit: int) -> list[CustomerMatch]:
        """Customers by account number (exact first), phone digits or name words, accents and case ignored.

        A text of digits and punctuation is compared with the end of each phone number, so that a number
        typed with or without its country code finds the customer; the last word of a name may be unfinished.
        """
        ...

    def known_customers(self, customers: Sequence[Customer]) -> list[int | None]:
        """For each, the id of a stored one with the same account number, or where it has none, same name and phone."""
        ...

    def cases_of(self, customer_id: int, limit: int) -> list[CaseRow]:
        """The customer's cases, open ones first, then the newest."""
        ...

    def timeline(self, case_id: int, limit: int, before: Entry | None = None) -> list[Entry]:
        """The last `limit` entries before `before` in the order in which things happened, oldest first."""
        ...

    def customer_timeline(self, customer_id: int, limit: int) -> list[Entry]:
        """The latest entries of all cases of a customer, newest first."""
        ...

    def entries_since(self, case_id: int, version: int) -> list[Entry]:
        """Entries that came with a later version of the case, oldest first."""
        ...

    def entry(self, entry_id: int) -> Entry:
        """The timeline entry; raises NotFound."""
        ...

    def calls(self, case_id: int) -> list[Call]:
        """All calls of a case, oldest first."""
        ...

    def actions(self, case_id: int) -> list[Action]:
        """All actions of a case in the order in which they were asked for."""
        ...

    def promises(self, case_id: int) -> list[Promise]:
        """All promises of a case by due time."""
        ...

    def ledger(self, query: LedgerQuery, now: datetime, limit: int, after: Promise | None = None) -> list[PromiseLine]:
        """The first lines of the ledger of promises, or those after a promise; see `LedgerQuery` for their order."""
        ...

    def count_promises(self, query: LedgerQuery, now: datetime, cap: int) -> int:
        """How many promises the ledger has, counted to `cap` at the most."""
        ...

    def promises_counted(self, query: LedgerQuery, now: datetime, by: str) -> dict[str, int]:
        """How many promises of everybody a query finds, by whoever made them (`by`) or by `category` of their case."""
        ...

    def remedies(self, case_id: int) -> list[Remedy]:
        """All remedies offered in a case, oldest first."""
        ...

    def clocks(self, case_id: int) -> list[Clock]:
        """All clocks of a case by due time."""
        ...

    def pauses(self, case_id: int) -> list[Pause]:
        """All pauses of a case, oldest first."""
        ...

    def escalations(self, case_id: int) -> list[Escalation]:
        """All escalations of a case, oldest first."""
        ...

    def public_posts(self, case_id: int) -> list[PublicPost]:
        """The complaints of a case that were published, the first seen first."""
        ...

    def feedback(self, case_id: int) -> list[Feedback]:
        """What was told of a case to whoever can correct its cause, oldest first."""
        ...

    def feedback_to(self, agent: str, team: str, limit: int) -> list[Feedback]:
        """What is addressed to an agent or, where it is not empty, their team: first what nobody has read.

        Then comes what nobody has answered, both oldest first, then what was answered last.
        """
        ...

    def readings(self, case_id: int) -> list[CaseReading]:
        """Who has read a case for its quality, oldest first."""
        ...

    def readings_counted(self, since: datetime, before: datetime) -> dict[str, int]:
        """How many cases each reviewer has read between two moments."""
        ...

    def review_plans(self) -> list[ReviewPlan]:
        """All plans of reviews by when they are due next."""
        ...

    def review_plan(self, plan_id: int) -> ReviewPlan:
        """The plan; raises NotFound."""
        ...

    def reviews(self, limit: int) -> list[Review]:
        """The latest reviews that were held or not, by their days, the last first."""
        ...

    def review(self, review_id: int) -> Review:
        """The review; raises NotFound."""
        ...

    def reviews_due(self, agent: str, today: date) -> dict[str, date]:
        """The reviews due by a day that an agent answers for, or stands in for whoever is away: {name: its day}."""
        ...

    def samples(self, limit: int) -> list[Sample]:
        """The samples that were drawn last, the last first."""
        ...

    def sample(self, sample_id: int) -> Sample:
        """The sample; raises NotFound."""
        ...

    def audits(self, sample_id: int) -> list[Audit]:
        """The cases of a sample, in the order of their ids."""
        ...

    def feedback_counted(self, since: datetime, before: datetime) -> tuple[int, int, int]:
        """How much was fed back between two moments, and how much of that was read and answered by now."""
        ...

    def corrected_before(self, case: Case) -> Action | None:
        """The process action of another case with the same cause and category that was done before this one came."""
        ...

    def recurrences(self, limit: int) -> list[Recurrence]:
        """The causes that came again after they were corrected, by category, the last to come first."""
        ...

    def ticks(self, case_id: int) -> list[Tick]:
        """The steps of the procedure that were done or skipped in a case, in the order in which that was said."""
        ...

    def rule_versions(self) -> list[RuleVersion]:
        """All versions of the rules of deadlines, oldest first."""
        ...

    def case_records(self, case_id: int) -> CaseRecords:
        """All records of a case but for its timeline, as the methods for each kind list them, in one answer."""
        ...

    def denials(self, limit: int) -> list[Denial]:
        """What was last tried without a right to it, newest first."""

    def desk_texts(self) -> list[DeskText]:
        """All versions of all texts that the desk brought in, by name and number."""
        ...

    def text_readings(self) -> list[TextReading]:
        """Who has read which version of which text, oldest first."""
        ...

    def quality_targets(self) -> list[QualityTarget]:
        """All targets that were ever set for measures of the quality report, oldest first."""
        ...

    def last_change(self, *, case_id: int | None = None, by: str | None = None, undone: bool = False) -> Change | None:
        """The latest change that stands, or the one undone last; of one case, of one agent, or both."""
        ...

    def receipt(self, key: str) -> Receipt | None:
        """What tells of something stored under a key."""
        ...

    def run_cases(self, run: int, *, undone: bool = False) -> dict[int, int]:
        """The changes of a run that stand, or that are undone, in their order: {change: its case}."""
        ...

    def page(
        self,
        query: QueueQuery,
        now: datetime,
        limit: int,
        after: Cursor | None = None,
        through: int | None = None,
    ) -> Page:
        """One page of a queue after a cursor; `now` is in the office's zone.

        With `through` the page grows until it holds that case, where the query has it within 20 pages,
        so that a refresh can keep the selection.
        """
        ...

    def cases_page(self, query: QueueQuery, now: datetime, limit: int, after: Cursor | None = None) -> CasePage:
        """One page of a queue after a cursor, as whole cases."""
        ...

    def counts(self, query: QueueQuery, now: datetime, cap: int) -> Counts:
        """How many cases the query has by overdue status, whatever its own overdue filter."""
        ...

    def count(self, query: QueueQuery, now: datetime, cap: int) -> int:
        """How many cases the query has, counted to `cap` at the most."""
        ...

    def count_parts(
        self, query: QueueQuery, parts: Sequence[QueueQuery], now: datetime, by: Sequence[Field] = ()
    ) -> dict[tuple[str, ...], tuple[int, ...]]:
        """How many cases a query has now, and how many of them each of the parts has too, counted to the last one.

        They come by the values of some fields, which a case keeps as text; an owner is empty where there is none.
        """
        ...

    def order(self, query: QueueQuery, now: datetime) -> Sort:
        """The order in which the pages of a queue come: the best match only where few cases are found."""
        ...

    def references(
        self, query: QueueQuery, now: datetime, limit: int, among: frozenset[int] | None = None
    ) -> dict[int, str]:
        """The ids and references of the first cases of a queue in order; with `among`, of those cases alone."""
        ...

    def due_counts(self, edges: Sequence[datetime]) -> list[DueCount]:
        """How much open work is due before the last of these moments, which ascend, and how much is paused.

        Both are counted by the step between two moments, the kind of what is due next, owner and category.
        """
        ...

    def promises_due(self, owner: str | None, since: datetime, before: datetime, limit: int) -> list[PromiseDue]:
        """Open promises between two moments by time: of one agent and in their cases, or of all."""
        ...

    def becoming_due(self, owner: str | None, since: datetime, before: datetime, limit: int) -> list[Upcoming]:
        """What comes next in open work between two moments, of one owner or of all, by time.

        Of each case the deadline that is due next, and the targets of its running clocks; up to `limit` of either.
        """
        ...

    def actions_due(self, assignee: str, before: datetime, limit: int) -> list[Action]:
        """Open actions asked of somebody that are due before a moment, in any case, by due time."""
        ...

    def callbacks(self, owner: str, limit: int) -> list[Call]:
        """Of each case of an agent the last call that missed the customer and none of ours made good.

        The empty owner stands for nobody.
        """
        ...

    def handover(self, handover_id: int) -> Handover:
        """The handover; raises NotFound."""
        ...

    def handover_item(self, item_id: int) -> HandoverItem:
        """The item; raises NotFound."""
        ...

    def handover_items(self, handover_id: int) -> list[HandoverItem]:
        """All items of a handover, in the order in which they were handed over."""
        ...

    def open_handovers(self, agent: str) -> list[Handover]:
        """Handovers given or received by an agent that have an item without an answer, oldest first."""
        ...

    def handovers(self, agent: str, limit: int) -> list[Handover]:
        """The latest handovers given or received by an agent, newest first."""
        ...

    def values_used(self, field: str, limit: int) -> dict[str, int]:
        """The commonest values of a text field of the latest cases with their numbers, most used first.

        Of `tags`, each one by itself.
        """
        ...

    def texts_of(self, case_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
        """What is searched of each case, as (title, text): its own texts, its customer's, and its entries."""
        ...

    def agent(self, handle: str) -> Agent | None:
        """The agent with this handle."""
        ...

    def agents(self) -> list[Agent]:
        """All agents by name."""
        ...

    def agent_keys(self) -> list[AgentKey]:
        """All public keys, by agent and then by age."""
        ...

    def absences(self, since: date) -> list[Absence]:
        """The absences that have not ended before a day, in the order in which they begin."""
        ...

    def workload(self, now: datetime) -> dict[str | None, Load]:
        """The open work of everybody who owns a case, and of nobody; `now` is in the office's zone."""
        ...

    def draft_counts(self) -> dict[str, int]:
        """How many drafts of each agent are kept."""
        ...

    def presences(self, now: datetime) -> list[Presence]:
        """Who is in which case at a moment, by agent."""
        ...

    def draft(self, agent: str, form: str) -> Draft | None:
        """The agent's kept draft of a form."""
        ...

    def drafts(self, agent: str) -> list[Draft]:
        """All kept drafts of an agent, newest first."""
        ...

    def all_drafts(self) -> list[Draft]:
        """The kept drafts of everybody, by agent, newest first."""
        ...

    def preference(self, agent: str, name: str) -> str | None:
        """What the agent chose under a name, None where they chose nothing."""
        ...

    def imported_keys(self, keys: Sequence[str]) -> dict[str, str]:
        """Which of these import keys are stored, with a case or an entry: {key: the case's reference}."""
        ...

    def imported_entries(self, run_id: int) -> list[ImportedEntry]:
        """The entries that a run added to cases of ours, oldest first."""
        ...

    def import_run(self, run_id: int) -> ImportRun:
        """The import run; raises NotFound."""
        ...

    def import_runs(self, limit: int) -> list[ImportRun]:
        """The latest import runs, newest first."""
        ...


class Writer(Reader, Protocol):
    """One transaction: everything in it is stored, or nothing is."""

    def next_sequence(self, year: int, count: int = 1) -> int:
        """Take the next `count` numbers of a year's references and return the first; none is ever given twice."""
        ...

    def reserve_ids(self, kind: type[Record], count: int) -> range:
        """Ids for that many new records of a kind, so that records stored together can name each other."""
        ...

    def add(self, record: R) -> R:
        """Store a new record and return it with its id."""
        ...

    def add_all(self, records: Iterable[Record]) -> None:
        """Store many new records, as an import does, without returning their ids; reserved ids are kept."""
        ...

    def replace(self, record: Absence | Customer | OfCase | Change | ImportRun | ReviewPlan | Review) -> None:
        """Store the new value of a record that carries no version."""
        ...

    def remove(self, record: Absence | AgentKey | OfCase | Review) -> None:
        """Take away a record that is not to have been; its id is never given again."""
        ...

    def put_case(self, case: Case, before: Case) -> None:
        """Store what became of a case; raises Conflict where the stored one is no longer of the version before."""
        ...

    def put_agent(self, agent: Agent) -> None:
        """Store an agent, new or known."""
        ...

    def put_draft(self, draft: Draft) -> None:
        """Store a draft in place of the agent's earlier one of the same form."""
        ...

    def drop_draft(self, agent: str, form: str) -> None:
        """Forget a draft, if there is one."""
        ...

    def keep_receipt(self, key: str, at: datetime, forgotten: datetime) -> None:
        """Keep under which key all this is stored, and when.

        What is nobody's news may be stored twice, and leaves no receipt.
        Some of those before `forgotten`, where there are any, are kept no longer.
        """
        ...

    def put_presence(self, presence: Presence) -> None:
        """Store where a session is in place of where it was; it stirs other sessions, but is no news."""
        ...

    def drop_presence(self, session: str) -> None:
        """Forget where a session is."""
        ...

    def put_preference(self, agent: str, name: str, value: str) -> None:
        """Store what an agent chose under a name, in place of what they chose before."""
        ...

    def undo_import(self, run_id: int) -> tuple[int, list[str]]:
        """Remove the cases of a run that nobody has changed since, and its customers left without a case.

        Returns how many cases were removed, and the references of those that were changed and stay. What the run
        added to other cases stays too, but is no longer known as imported.
        """
        ...


class Store(Protocol):
    """Where the data is; the same calls stand before an embedded database and a server."""

    def reading(self, as_of: datetime | None = None) -> AbstractContextManager[Reader]:
        """Open a consistent look at the data; with `as_of` its lists of cases are as they were at that moment.

        What is read of a single case, customer or agent is always as it is now.
        """
        ...

    def writing(self) -> AbstractContextManager[Writer]:
        """Open one write transaction; it is stored on leaving and dropped on any exception."""
        ...

    def stirred(self) -> bool:
        """Whether anybody, this store too, may have stored something since this was last asked.

        It takes microseconds, waits for nothing and may be asked on any thread; it may say so in vain, but never keeps
        silent for long.
        """
        ...

    def news(self) -> int:
        """A number that grows with whatever others store and a screen shows, and not with what they have half typed."""
        ...

    def interrupt(self) -> None:
        """Stop the read that another thread is waiting for, if there is one; it raises `Superseded` there."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
