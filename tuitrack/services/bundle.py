"""All services of one desk together, as screens and commands are given them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tuitrack.domain.errors import Refusal
from tuitrack.services.desk import Desk
from tuitrack.services.queue import QueueService

if TYPE_CHECKING:
    from tuitrack.services.board import BoardService
    from tuitrack.services.bulk import BulkService
    from tuitrack.services.casefile import CaseFileService
    from tuitrack.services.casework import CaseworkService
    from tuitrack.services.closure import ClosureService
    from tuitrack.services.customers import CustomerService
    from tuitrack.services.drafts import DraftService
    from tuitrack.services.escalations import EscalationService
    from tuitrack.services.exports import Exporter
    from tuitrack.services.feedback import FeedbackService
    from tuitrack.services.handovers import HandoverService
    from tuitrack.services.intake import IntakeService
    from tuitrack.services.letters import LetterService
    from tuitrack.services.news import NewsService
    from tuitrack.services.offers import OfferService
    from tuitrack.services.phrases import PhraseService
    from tuitrack.services.preferences import PreferenceService
    from tuitrack.services.presence import PresenceService
    from tuitrack.services.procedure import ProcedureService
    from tuitrack.services.promises import PromiseService
    from tuitrack.services.public_posts import PublicPostService
    from tuitrack.services.quality import QualityService
    from tuitrack.services.registers import Registers
    from tuitrack.services.remedies import RemedyService
    from tuitrack.services.reminding import ReminderService
    from tuitrack.services.reviews import ReviewService
    from tuitrack.services.rights import RightsService
    from tuitrack.services.rule_moves import RuleMoves
    from tuitrack.services.rules import RuleService
    from tuitrack.services.samples import SampleService
    from tuitrack.services.ssh_keys import KeyService
    from tuitrack.services.staff import StaffService
    from tuitrack.services.suggestions import SuggestionService
    from tuitrack.services.texts import TextService
    from tuitrack.services.undo import UndoService
    from tuitrack.services.views import ViewService
    from tuitrack.services.why_due import WhyService
    from tuitrack.services.work_items import WorkItemService
    from tuitrack.services.workload import WorkloadService


def reads_no_files() -> Registers:
    """The importing of a desk that was opened without it."""
    raise Refusal("Import: this desk reads no files.")


def writes_no_files() -> Exporter:
    """The exporting of a desk that was opened without it."""
    raise Refusal("Export: this desk writes no files.")


@dataclass(frozen=True, eq=False)
class Services:
    """What a person at this desk can do; all but the queue, which is shown first, are loaded when first asked for."""

    desk: Desk
    registers: Callable[[], Registers] = reads_no_files
    """Opens the importing of registers, which has a connection of its own and is closed after use."""
    exporter: Callable[[], Exporter] = writes_no_files
    """Opens the writing of cases to files, likewise."""

    @cached_property
    def queue(self) -> QueueService:
        """The lists of cases."""
        return QueueService(self.desk)

    @cached_property
    def casefile(self) -> CaseFileService:
        """Whole cases."""
        from tuitrack.services.casefile import CaseFileService

        return CaseFileService(self.desk)

    @cached_property
    def casework(self) -> CaseworkService:
        """What is said and written in a case, and who has it."""
        from tuitrack.services.casework import CaseworkService

        return CaseworkService(self.desk)

    @cached_property
    def board(self) -> BoardService:
        """What is overdue, by whose it is and what it is about."""
        from tuitrack.services.board import BoardService

        return BoardService(self.desk)

    @cached_property
    def bulk(self) -> BulkService:
        """What is changed in many cases at once."""
        from tuitrack.services.bulk import BulkService

        return BulkService(self.desk)

    @cached_property
    def items(self) -> WorkItemService:
        """What is asked for and promised in a case."""
        from tuitrack.services.work_items import WorkItemService

        return WorkItemService(self.desk)

    @cached_property
    def remedies(self) -> RemedyService:
        """What is offered in a case to put things right."""
        from tuitrack.services.remedies import RemedyService

        return RemedyService(self.desk)

    @cached_property
    def suggestions(self) -> SuggestionService:
        """What customers suggested."""
        from tuitrack.services.suggestions import SuggestionService

        return SuggestionService(self.desk)

    @cached_property
    def promises(self) -> PromiseService:
        """What was promised, in all cases."""
        from tuitrack.services.promises import PromiseService

        return PromiseService(self.desk)

    @cached_property
    def escalations(self) -> EscalationService:
        """What is laid before somebody who decides more."""
        from tuitrack.services.escalations import EscalationService

        return EscalationService(self.desk)

    @cached_property
    def handovers(self) -> HandoverService:
        """What one shift leaves to the next."""
        from tuitrack.services.handovers import HandoverService

        return HandoverService(self.desk)

    @cached_property
    def procedure(self) -> ProcedureService:
        """The steps that a case goes through."""
        from tuitrack.services.procedure import ProcedureService

        return ProcedureService(self.desk)

    @cached_property
    def why_due(self) -> WhyService:
        """Why what is due is due then."""
        from tuitrack.services.why_due import WhyService

        return WhyService(self.desk)

    @cached_property
    def rules(self) -> RuleService:
        """The rules of deadlines."""
        from tuitrack.services.rules import RuleService

        return RuleService(self.desk)

    @cached_property
    def quality(self) -> QualityService:
        """What is counted of a period, and the targets for it."""
        from tuitrack.services.quality import QualityService

        return QualityService(self.desk)

    @cached_property
    def rule_moves(self) -> RuleMoves:
        """Open cases that are to follow other rules."""
        from tuitrack.services.rule_moves import RuleMoves

        return RuleMoves(self.desk)

    @cached_property
    def customers(self) -> CustomerService:
        """Those who complain."""
        from tuitrack.services.customers import CustomerService

        return CustomerService(self.desk)

    @cached_property
    def intake(self) -> IntakeService:
        """New complaints."""
        from tuitrack.services.intake import IntakeService

        return IntakeService(self.desk)

    @cached_property
    def closure(self) -> ClosureService:
        """The closing and reopening of cases."""
        from tuitrack.services.closure import ClosureService

        return ClosureService(self.desk)

    @cached_property
    def drafts(self) -> DraftService:
        """What is half typed."""
        from tuitrack.services.drafts import DraftService

        return DraftService(self.desk)

    @cached_property
    def feedback(self) -> FeedbackService:
        """What is told to whoever can correct a cause."""
        from tuitrack.services.feedback import FeedbackService

        return FeedbackService(self.desk)

    @cached_property
    def reviews(self) -> ReviewService:
        """How it is looked at how complaints are handled."""
        from tuitrack.services.reviews import ReviewService

        return ReviewService(self.desk)

    @cached_property
    def samples(self) -> SampleService:
        """Closed cases drawn by chance."""
        from tuitrack.services.samples import SampleService

        return SampleService(self.desk)

    @cached_property
    def workload(self) -> WorkloadService:
        """Who has how much to do."""
        from tuitrack.services.workload import WorkloadService

        return WorkloadService(self.desk)

    @cached_property
    def staff(self) -> StaffService:
        """Who works at the desk, and who is away."""
        from tuitrack.services.staff import StaffService

        return StaffService(self.desk)

    @cached_property
    def news(self) -> NewsService:
        """What others stored meanwhile."""
        from tuitrack.services.news import NewsService

        return NewsService(self.desk)

    @cached_property
    def offers(self) -> OfferService:
        """What may be offered."""
        from tuitrack.services.offers import OfferService

        return OfferService(self.desk)

    @cached_property
    def phrases(self) -> PhraseService:
        """What to say at the moment."""
        from tuitrack.services.phrases import PhraseService

        return PhraseService(self.desk)

    @cached_property
    def posts(self) -> PublicPostService:
        """What customers published."""
        from tuitrack.services.public_posts import PublicPostService

        return PublicPostService(self.desk)

    @cached_property
    def letters(self) -> LetterService:
        """What is written to a customer."""
        from tuitrack.services.letters import LetterService

        return LetterService(self.desk)

    @cached_property
    def presence(self) -> PresenceService:
        """Who is in which case."""
        from tuitrack.services.presence import PresenceService

        return PresenceService(self.desk)

    @cached_property
    def preferences(self) -> PreferenceService:
        """How the agent likes to work."""
        from tuitrack.services.preferences import PreferenceService

        return PreferenceService(self.desk)

    @cached_property
    def texts(self) -> TextService:
        """Procedure and policy."""
        from tuitrack.services.texts import TextService

        return TextService(self.desk)

    @cached_property
    def reminders(self) -> ReminderService:
        """What is told by itself when its time comes."""
        from tuitrack.services.reminding import ReminderService

        return ReminderService(self.desk)

    @cached_property
    def keys(self) -> KeyService:
        """The keys with which agents log in from afar."""
        from tuitrack.services.ssh_keys import KeyService

        return KeyService(self.desk)

    @cached_property
    def rights(self) -> RightsService:
        """What the person at work may not do."""
        from tuitrack.services.rights import RightsService

        return RightsService(self.desk)

    @cached_property
    def undo(self) -> UndoService:
        """What can be taken back."""
        from tuitrack.services.undo import UndoService

        return UndoService(self.desk)

    @cached_property
    def views(self) -> ViewService:
        """Queries worth asking again."""
        from tuitrack.services.views import ViewService

        return ViewService(self.desk)
