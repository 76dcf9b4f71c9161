"""What was decided in a case, when the customer was told, and what was offered, to be written and answered here."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from tuitrack.domain.timeline import Remedy
from tuitrack.domain.words import Approval
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.present_decision import decision_blocks
from tuitrack.tui.screens.case_list import CaseListScreen
from tuitrack.tui.widgets.block_list import BlockList, Blocks


class DecisionScreen(CaseListScreen):
    """Shows the decision and the options of a case; what is changed here is a change of the case like any other."""

    PLACE = Place.DECISION
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.DECISION)

    SIDE = "Decision"

    @property
    def _marked(self) -> Remedy | None:
        """The remedy under the cursor."""
        return next((one for one in self.file.remedies if one.id == self._list.chosen), None)

    def blocks(self) -> Blocks:
        """The decision and the remedies."""
        file, now, key_of = self.file, self.services.desk.now(), self.desk.key_of
        return lambda width: decision_blocks(file, now, width, key_of)

    def action_write_decision(self) -> None:
        """Write the decision down."""
        from tuitrack.tui.decision_forms import decision_form

        self.fill(decision_form, "Decision stored.")

    def action_tell_decision(self) -> None:
        """Say when the customer heard the decision."""
        from tuitrack.tui.decision_forms import telling_form

        if self.file.case.justified is None:
            self.warn("Nothing is decided yet.")
        else:
            self.fill(telling_form, "Stored when the customer was told.")

    def action_offer_option(self) -> None:
        """Offer one of several options."""
        self.run_command(partial(self._add_remedy, option=True), self._same_choices)

    @on(BlockList.Chosen)
    def action_choose_option(self) -> None:
        """Say that the marked remedy was approved, chosen, or delivered once it was chosen; or write the decision."""
        from tuitrack.tui.case_changes import settling

        remedy = self._marked
        if remedy is None:
            self.action_write_decision()
        elif remedy.delivered_on is not None:
            self.warn(f"It was delivered: {remedy.summary}")
        else:
            self.change(*settling(self.services, self.file.case, remedy))

    def action_decline_option(self) -> None:
        """Say that the customer does not want the marked remedy, or that it is not approved."""
        from tuitrack.tui.case_changes import declining
        from tuitrack.tui.remedy_forms import refuse_form

        match self._marked:
            case None:
                self.warn("Go to what the customer does not want.")
            case Remedy(approval=Approval.WAITING) as remedy:
                self.fill(partial(refuse_form, remedy=remedy), "Stored what became of the offer.")
            case remedy:
                self.change(*declining(self.services, self.file.case, remedy))
