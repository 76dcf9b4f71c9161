"""Drawing closed cases by chance for a review, and keeping what was found in each of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tuitrack.domain.errors import NotFound, Refusal
from tuitrack.domain.permissions import Right
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.samples import GIVEN, Audit, Sample, answers_told, closed_between, drawn
from tuitrack.domain.words import AuditQuestion, EntryKind
from tuitrack.lean import dataclass
from tuitrack.services.changing import changing
from tuitrack.services.desk import Desk
from tuitrack.services.rights import writing

if TYPE_CHECKING:
    from tuitrack.services.ports import Reader

POPULATION_MOST = 1_000_000
"""Of so many closed cases at the most a sample is drawn."""
LISTED_MOST = 50


@dataclass(frozen=True, slots=True)
class AuditLine:
    """A case of a sample with what it is about."""

    audit: Audit
    reference: str
    subject: str
    customer: str
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SampleFile:
    """A sample with its cases, and the review for which it was drawn."""

    sample: Sample
    review: str
    lines: tuple[AuditLine, ...]

    @property
    def audits(self) -> list[Audit]:
        """What was found so far, and what nobody has looked at."""
        return [line.audit for line in self.lines]

    @property
    def done(self) -> int:
        """How many cases were looked at."""
        return sum(not audit.is_open for audit in self.audits)

    @property
    def told(self) -> str:
        """How far it is, and what was answered: `3 of 5 cases: 10 yes, 2 partly, 1 no`."""
        return f"{self.done} of {len(self.lines)} cases looked at: {answers_told(self.audits)}"


class SampleService:
    """Draws samples; what was found in a case is a change of that case like any other."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def draw(self, plan_id: int, values: dict[str, Any]) -> SampleFile:
        """Draw a sample for the next day of a review, from the fields of `SampleDraft`."""
        from tuitrack.domain.drafts.reviewing import SampleDraft

        draft = SampleDraft.accept(values)
        if draft.until < draft.since:
            raise Refusal("Until: it is before the first day.", "until")
        with self._desk.store.reading() as reader:
            closed = QueueQuery(closed_between(draft.since, draft.until))
            found = reader.references(closed, self._desk.now(), POPULATION_MOST)
        if not found:
            raise Refusal("Since: no case was closed in this time.", "since")
        with writing(self._desk, Right.REVIEW) as writer:
            plan = writer.review_plan(plan_id)
            sample = writer.add(
                Sample(
                    plan_id=plan_id,
                    due_on=plan.next_due,
                    population=len(found),
                    by=self._desk.agent,
                    drawn_at=self._desk.clock(),
                    **dict(draft),
                )
            )
            for case_id in drawn(found, draft.size, draft.seed):
                writer.add(Audit(sample_id=sample.id, case_id=case_id, answers={}))
            return sample_file(writer, sample)

    def file(self, sample_id: int) -> SampleFile:
        """A sample with its cases; raises NotFound."""
        with self._desk.store.reading() as reader:
            return sample_file(reader, reader.sample(sample_id))

    def latest(self) -> list[SampleFile]:
        """The samples that were drawn last, the last first."""
        with self._desk.store.reading() as reader:
            return [sample_file(reader, sample) for sample in reader.samples(LISTED_MOST)]

    def audit(self, audit: Audit, values: dict[str, Any]) -> Audit:
        """Keep what was found in a case, from the fields of `AuditDraft`; said again, it takes the place of that."""
        from tuitrack.domain.drafts.reviewing import AuditDraft

        draft = AuditDraft.accept(values)
        answers = {one.value: answer.value for one in AuditQuestion if (answer := getattr(draft, one))}
        if not answers:
            raise Refusal(f"{AuditQuestion.TAKEN.label.capitalize()}: answer one question at least.", "taken")
        if not set(answers.values()) <= {answer.value for answer in GIVEN}:
            raise Refusal("Answers: expected yes, partly or no.")
        with changing(self._desk, audit.case_id, right=Right.REVIEW) as change:
            known = next((one for one in change.reader.audits(audit.sample_id) if one.id == audit.id), None)
            if known is None:
                raise NotFound("Sample: the case is no longer in it.")
            found = replace(
                known,
                answers=answers,
                interviewed=draft.interviewed,
                note=draft.note,
                by=self._desk.agent,
                at=change.now,
            )
            change.replace(known, found)
            asked = ", customer asked" if draft.interviewed else ""
            change.log(EntryKind.REVIEW, f"Audited{asked}: {answers_told([found])}", draft.note, record_id=found.id)
        return found


def sample_file(reader: Reader, sample: Sample) -> SampleFile:
    """A sample with its cases."""
    lines = []
    for audit in reader.audits(sample.id):
        case = reader.case(audit.case_id)
        customer = reader.customer(case.customer_id)
        lines.append(AuditLine(audit, case.reference, case.subject, customer.name, customer.phones))
    return SampleFile(sample, reader.review_plan(sample.plan_id).name, tuple(lines))
