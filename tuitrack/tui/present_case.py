"""One case as lines of text: its header, and the card to read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from tuitrack.domain.case import Case
from tuitrack.domain.deadlines import Deadline, is_overdue
from tuitrack.domain.people import Absence
from tuitrack.domain.spoken_time import plain_day, say_span, say_when
from tuitrack.domain.text import counted
from tuitrack.domain.timeline import Action, Call
from tuitrack.domain.words import DueKind, Outcome, Priority
from tuitrack.services.casefile import CaseFile, StatusCard
from tuitrack.tui.lines import Line, Tone, cut, wrap, wrapped
from tuitrack.tui.present import short_day
from tuitrack.tui.present_entry import moment


def title_text(file: CaseFile) -> str:
    """Where a person is: the reference, the subject and the customer."""
    return f"{file.case.reference}  {file.case.subject} · {file.customer.name}"


def header_lines(file: CaseFile, now: datetime, width: int, who: str = "") -> list[Line]:
    """What an agent must see of a case at once, one line for each kind of fact, and two for an alert that is long."""
    return [
        Line(line, tone)
        for text, tone in header_texts(file, now, who)
        for line in (_in_two(text, width) if tone is Tone.ALERT else [cut(text, width)])
    ]


def _in_two(text: str, width: int) -> list[str]:
    """A text on one line, or on two where it is longer."""
    first, *more = wrap(cut(text, 2 * width), width)
    return [first, f"  {cut(' '.join(more), width - 2)}"] if more else [first]


def header_texts(file: CaseFile, now: datetime, who: str = "") -> list[tuple[str, Tone]]:
    """The facts of a case's header, of any length, and how each speaks; `who` says who else is in it."""
    case = file.case
    notable = [f"here: {who}", *marks(file)] if who else marks(file)
    texts = [
        (" · ".join([case.kind.label, *notable]), Tone.STRONG if notable else Tone.PLAIN),
        (customer_text(file), Tone.PLAIN),
        (_status_text(case, file.absence, now), Tone.PLAIN),
        next_text(file, now),
        (dates_text(case), Tone.STRONG),
        (_asked_text(file), Tone.PLAIN),
    ]
    if found := found_text(file, now):
        texts.append((found, Tone.PLAIN))
    if published := published_text(file):
        texts.append((published, Tone.STRONG))
    if escalated := escalated_text(file, now):
        texts.append((escalated, Tone.ALERT))
    if file.corrected is not None:
        texts.append((recurred_text(file.corrected), Tone.ALERT))
    if untold := untold_text(file):
        texts.append((untold, Tone.ALERT))
    if paused := paused_text(file, now):
        texts.append((paused, Tone.STRONG))
    if not case.is_open and (late := late_text(file, now)):
        texts.append((late, Tone.ALERT))
    if not case.is_open and file.next_due is not None:
        # What is done to prevent the next complaint may go on after this one is closed.
        texts.append(due_text(file.next_due, now))
    if file.missing:
        texts.append((f"Missing: {', '.join(file.missing)}", Tone.QUIET))
    return texts


def marks(file: CaseFile) -> list[str]:
    """What needs care with this case, in words."""
    case = file.case
    found = [
        ("URGENT", case.priority is Priority.URGENT),
        ("LIKELY TO LEAVE", case.likely_to_leave),
        ("STILL ANGRY", case.still_angry),
        (f"REOPENED {counted(case.reopened_count, 'time')}", case.reopened_count > 0),
        ("said in public", case.public),
        ("LEGAL ADVICE AWAITED", file.awaits_legal_advice),
        ("first contact", file.is_first_contact),
    ]
    return [text for text, holds in found if holds]


def customer_text(file: CaseFile) -> str:
    """Who the customer is and how to reach them, on one line."""
    customer = file.customer
    parts = [customer.name]
    parts.append(f"account {customer.account}" if customer.account else "no account number")
    ways = [*file.numbers, customer.email]
    reached = ", ".join(way for way in ways if way)
    parts.append(reached or customer.address or f"cannot be reached: {customer.no_contact_reason or 'no reason given'}")
    return " · ".join(parts)


def next_text(file: CaseFile, now: datetime) -> tuple[str, Tone]:
    """What is due next and why; of a closed case, how it ended."""
    if not file.case.is_open:
        return closed_text(file.case, file.calls, now), Tone.STRONG
    if file.next_due is None:
        still = any(clock.paused_at and clock.met_at is None for clock in file.clocks)
        return "Next: nothing runs, all that is due is paused" if still else "Next: nothing is due", Tone.PLAIN
    return due_text(file.next_due, now)


def found_text(file: CaseFile, now: datetime) -> str:
    """The fact that was found last, and how many there are; empty where nothing was found yet."""
    if not (findings := file.findings):
        return ""
    last = findings[-1]
    return f"Found ({len(findings)}): {' '.join(last.body.split())} ({last.by}, {moment(last.occurred_at, now)})"


def escalated_text(file: CaseFile, now: datetime) -> str:
    """Before whom the case lies, since when and why; empty where no escalation stands."""
    standing = file.escalation
    if standing is None:
        return ""
    return f"! ESCALATED to {standing.whom}, since {moment(standing.at, now)}: {' '.join(standing.reason.split())}"


def published_text(file: CaseFile) -> str:
    """Where the complaint is still to be read by everybody, and since when; empty where it is nowhere."""
    online = [f"{post.where}, since {plain_day(post.seen_on)}" for post in file.posts if post.is_online]
    return f"Published and still online: {'; '.join(online)}" if online else ""


def recurred_text(corrected: Action) -> str:
    """That the cause of the case came again, and what was to prevent that."""
    day = f" on {plain_day(corrected.done_on)}" if corrected.done_on else ""
    return f"! CAME AGAIN although it was corrected{day}: {corrected.what}"


def untold_text(file: CaseFile) -> str:
    """What was done on the decision before the customer heard it; empty where nothing was."""
    if not file.done_untold:
        return ""
    told_on = file.case.customer_told_on
    told = f"told {plain_day(told_on)}" if told_on else "not told yet"
    deeds = ", ".join(f"{deed.what} {plain_day(deed.day)}" for deed in file.done_untold)
    return f"! ACTED BEFORE THE CUSTOMER WAS TOLD ({told}): {deeds}"


def paused_text(file: CaseFile, now: datetime) -> str:
    """Why and since when clocks of an open case stand still, and which; empty where none does."""
    still = [clock for clock in file.clocks if clock.paused_at and clock.met_at is None]
    if not still:
        return ""
    why = ", ".join(pause.reason.label for pause in file.lasting_pauses)
    which = ", ".join(f"{clock.kind.label}, was due {moment(clock.due_at, now)}" for clock in still)
    return f"Paused since {moment(min(pause.since for pause in file.lasting_pauses), now)}, {why}: {which}"


def late_text(file: CaseFile, now: datetime) -> str:
    """What was late in a case, which stays said when it is closed; empty where nothing was."""
    late = [f"{clock.kind.label} by {say_span(by)}" for clock in file.clocks if (by := clock.late_by(now))]
    return f"! Was late: {', '.join(late)}" if late else ""


def due_text(clock: Deadline, now: datetime) -> tuple[str, Tone]:
    """A clock in words: `! OVERDUE 2h: promise: call back`, or when it is due."""
    what = f"{clock.kind.label}: {clock.what}" if clock.kind in (DueKind.PROMISE, DueKind.ACTION) else clock.kind.label
    if clock.is_overdue(now):
        return f"! OVERDUE {say_span(now - clock.due_at)}: {what} (was due {moment(clock.due_at, now)})", Tone.ALERT
    return f"Next due {say_when(clock.due_at, now)}: {what}", Tone.PLAIN


def closed_text(case: Case, calls: Sequence[Call], now: datetime) -> str:
    """How a case ended: `Closed: confirmed Fri 14 Nov 2026 by the call of Fri 14 Nov 2026.`"""
    outcome = case.outcome.label if case.outcome else "no outcome"
    if case.outcome is not Outcome.CONFIRMED or case.customer_confirmed_on is None:
        return f"Closed: {outcome}."
    proof = next((call for call in calls if call.id == case.confirming_call_id), None)
    told = f" by the call of {plain_day(proof.at.astimezone(now.tzinfo).date())}" if proof else ""
    return f"Closed: {outcome} {plain_day(case.customer_confirmed_on)}{told}."


def card_lines(card: StatusCard, now: datetime, width: int) -> list[Line]:
    """What to tell a customer who asks how the case stands, to be read aloud."""
    sections = [("Say this now", card.stage)]
    if card.last_action is not None:
        sections.append(("Done last", f"{card.last_action.summary} ({moment(card.last_action.occurred_at, now)})"))
    if card.next_promise is not None:
        late = "! OVERDUE: " if is_overdue(card.next_promise.due_at, now) else ""
        sections.append(("Promised", f"{late}{card.next_promise.what}, {say_when(card.next_promise.due_at, now)}"))
    else:
        sections.append(("Promised", "nothing yet: agree on a day to get back to the customer"))
    sections.append(("Your contact", card.owner or "nobody yet"))
    times = f"{counted(card.times_asked, 'time')} before this call"
    sections.append(("Had to ask", times))
    if card.to_clarify:
        sections.append(("Ask the customer", card.to_clarify))
    lines: list[Line] = []
    for title, text in sections:
        lines += [Line(title, Tone.QUIET), *wrapped(text, width, Tone.STRONG, indent=2)]
    return lines


def _status_text(case: Case, absence: Absence | None, now: datetime) -> str:
    contact = f" · contact {case.contact}" if case.contact and case.contact != case.owner else ""
    received = f"received {moment(case.received_at, now)} by {case.channel.label}, {case.received_by}"
    return f"{case.status.label} · owner {case.owner or 'NOBODY'}{_away(absence, now)}{contact} · {received}"


def _away(absence: Absence | None, now: datetime) -> str:
    """That the owner is away, until when, and who looks after the case."""
    if absence is None:
        return ""
    deputy = f", deputy {absence.deputy}" if absence.deputy else ""
    return f" AWAY until {short_day(absence.until, now.date())}{deputy}"


def dates_text(case: Case) -> str:
    """The company's date and the customer's, two facts that never stand for each other."""
    company = plain_day(case.company_resolved_on) if case.company_resolved_on else "not yet"
    customer = plain_day(case.customer_confirmed_on) if case.customer_confirmed_on else "not yet"
    return f"Company resolved on: {company} · Customer confirmed on: {customer}"


def _asked_text(file: CaseFile) -> str:
    times = file.status_checks
    asked = f"Customer had to ask {counted(times, 'time')}" if times else "Customer never had to ask"
    wanted = f" · wants {file.case.remedy_wanted}" if file.case.remedy_wanted else ""
    amounts = f" · {compensation}" if (compensation := compensation_text(file)) else ""
    other = [row for row in file.other_cases if row.closed_at is None]
    more = f" · {counted(len(other), 'more open case')}" if other else ""
    return f"{asked}{amounts}{more}{wanted}"


def compensation_text(file: CaseFile) -> str:
    """What the customer asked for and what was granted, as two amounts; empty where no money was named."""
    case = file.case
    chosen = [remedy for remedy in file.remedies if remedy.chosen and remedy.amount is not None]
    granted = {remedy.currency: Decimal(0) for remedy in chosen}
    for remedy in chosen:
        granted[remedy.currency] += remedy.amount or 0
    if case.amount_asked is None and not granted:
        return ""
    given = " and ".join(amount_text(amount, currency) for currency, amount in granted.items())
    return f"asked {amount_text(case.amount_asked, case.currency) or 'no amount'}, granted {given or 'nothing'}"


def amount_text(amount: Decimal | None, currency: str) -> str:
    """An amount with its currency, empty where there is none."""
    return "" if amount is None else f"{amount} {currency}".strip()
