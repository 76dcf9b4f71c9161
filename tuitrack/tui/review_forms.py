"""The forms of reviews: planned, held with what they pass on and checked; samples drawn for them and audited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from tuitrack.domain.reviews import Review, ReviewPlan
from tuitrack.domain.samples import GIVEN, Audit
from tuitrack.domain.words import Answer, AuditQuestion, Interval, ReviewPart
from tuitrack.services.bundle import Services
from tuitrack.services.samples import AuditLine, SampleFile
from tuitrack.tui.backstage import Backstage
from tuitrack.tui.fields import ChoiceField, DayField, Field, SuggestField, TextField, YesNoField, words
from tuitrack.tui.form import FormScreen


def plan_form(
    services: Services, backstage: Backstage, reviewers: Sequence[str], plan: ReviewPlan | None
) -> FormScreen[ReviewPlan]:
    """Plan a review, or change how one is planned."""

    async def save(values: dict[str, Any]) -> ReviewPlan:
        if plan is None:
            return await backstage.write(services.reviews.plan, values)
        return await backstage.write(services.reviews.change, plan.id, values)

    fields: list[Field] = [
        Field("name", "What is reviewed", required=True),
        ChoiceField("every", "How often", choices=words(Interval), required=True),
        DayField("next_due", "Next on", prefer="future", required=True),
        SuggestField("owner", "Owner", suggestions=reviewers, required=True),
        SuggestField("deputy", "Deputy", suggestions=reviewers, required=True),
    ]
    for number, part in enumerate(ReviewPart):
        section = "" if number else "What it passes on"
        fields.append(YesNoField(part.value, part.label.capitalize(), required=True, section=section))
    initial: dict[str, Any] = {part.value: plan is None or part in plan.parts for part in ReviewPart}
    if plan is None:
        initial["owner"] = services.desk.agent
    else:
        fields.append(YesNoField("active", "Still held", required=True))
        initial |= {name: getattr(plan, name) for name in ("name", "every", "next_due", "owner", "deputy", "active")}
    return FormScreen(
        "Plan a review" if plan is None else f"Review: {plan.name}",
        fields,
        save,
        services=services,
        backstage=backstage,
        draft_key="review-plan" if plan is None else None,
        initial=initial,
    )


def hold_form(
    services: Services, backstage: Backstage, plan: ReviewPlan, proposal: Mapping[str, str]
) -> FormScreen[Review]:
    """Say whether a review was held; what is known by itself stands in the fields."""

    async def save(values: dict[str, Any]) -> Review:
        return await backstage.write(services.reviews.hold, plan.id, values)

    fields: list[Field] = [
        YesNoField("held", "Held", required=True),
        DayField("held_on", "Held on"),
        Field("because", "Not held, because", hint="needed where it was not"),
    ]
    for number, part in enumerate(plan.parts):
        section = "" if number else "What it passes on"
        fields.append(TextField(part.value, part.label.capitalize(), rows=4, section=section))
    return FormScreen(
        f"{plan.name}, due {plan.next_due:%d %b %Y}",
        fields,
        save,
        services=services,
        backstage=backstage,
        draft_key=f"review-{plan.id}-{plan.next_due}",
        initial={"held": True, "held_on": services.desk.today(), **proposal},
        focus=plan.parts[0].value,
    )


def check_form(services: Services, backstage: Backstage, review: Review) -> FormScreen[Review]:
    """Confirm what was said of a review."""

    async def save(values: dict[str, Any]) -> Review:
        return await backstage.write(services.reviews.check, review.id, values["note"])

    title = f"Check: {review.name}, due {review.due_on:%d %b %Y}, entered by {review.by}"
    fields = [Field("note", "What was checked", hint="may stay empty")]
    return FormScreen(title, fields, save, services=services, backstage=backstage)


def sample_form(services: Services, backstage: Backstage, plan: ReviewPlan) -> FormScreen[SampleFile]:
    """Ask of which closed cases a sample is drawn for a review, and how many."""

    async def save(values: dict[str, Any]) -> SampleFile:
        return await backstage.write(services.samples.draw, plan.id, values)

    today = services.desk.today()
    fields = [
        DayField("since", "Closed from", required=True),
        DayField("until", "to", required=True),
        Field("size", "How many", required=True),
        Field("seed", "Seed", required=True, hint="the same one draws the same cases"),
    ]
    initial = {"since": today - timedelta(days=30), "until": today, "size": 10, "seed": f"{today:%Y%m%d}"}
    title = f"Draw a sample for {plan.name}, due {plan.next_due:%d %b %Y}"
    return FormScreen(title, fields, save, services=services, backstage=backstage, initial=initial, focus="size")


def audit_form(services: Services, backstage: Backstage, line: AuditLine) -> FormScreen[Audit]:
    """Ask what was found in a case of a sample, by looking at it or by asking its customer."""
    audit = line.audit

    async def save(values: dict[str, Any]) -> Audit:
        return await backstage.write(services.samples.audit, audit, values)

    fields: list[Field] = [
        ChoiceField(question.value, question.label.capitalize(), choices=words(GIVEN)) for question in AuditQuestion
    ]
    fields += [YesNoField("interviewed", "Customer was asked", required=True), TextField("note", "Note", rows=3)]
    reached = f", {', '.join(line.phones)}" if line.phones else ""
    return FormScreen(
        f"{line.reference}  {line.subject}",
        fields,
        save,
        services=services,
        backstage=backstage,
        draft_key=f"audit-{audit.id}:{audit.case_id}",
        initial={"interviewed": audit.interviewed, "note": audit.note}
        | {name: Answer(answer) for name, answer in audit.answers.items()},
        note_above=f"{line.customer}{reached}",
    )
