"""What may be offered without asking, and what becomes of an offer beyond that."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_remedy, an_agent
from tests.unit.services.world import World
from tuitrack.domain.case import Case
from tuitrack.domain.errors import NotAllowed, Refusal
from tuitrack.domain.offer_reading import read_offers
from tuitrack.domain.offers import OfferGuide
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.words import Approval, RemedyKind, Role
from tuitrack.services.bundle import Services
from tuitrack.services.offers import offer_guide
from tuitrack.settings import Settings

GUIDE = """
[[offers]]
role = "agent"
category = ["Kašnjenje", "delivery delay"]
remedy = ["coupon", "gift card"]
up_to = 20
guidance = "Rather a coupon than money."

[[offers]]
role = "agent"
remedy = ["apology", "repair"]

[[offers]]
role = "supervisor"
up_to = 100.5
currency = "USD"
"""


def read(text: str) -> OfferGuide:
    return read_offers(tomllib.loads(text), "offers.toml", "EUR")


@pytest.mark.parametrize(
    ("role", "category", "kind", "amount", "currency", "beyond"),
    [
        (Role.AGENT, "delivery delay", RemedyKind.COUPON, "20", "EUR", False),
        (Role.AGENT, "kasnjenje", RemedyKind.GIFT_CARD, "0", "EUR", False),
        (Role.AGENT, "delivery delay", RemedyKind.COUPON, "20.01", "EUR", True),
        (Role.AGENT, "delivery delay", RemedyKind.COUPON, None, "", True),
        (Role.AGENT, "delivery delay", RemedyKind.COUPON, "20", "USD", True),
        (Role.AGENT, "delivery delay", RemedyKind.FULL_REFUND, "5", "EUR", True),
        (Role.AGENT, "price", RemedyKind.COUPON, "5", "EUR", True),
        (Role.AGENT, "price", RemedyKind.REPAIR, "500", "EUR", False),
        (Role.SUPERVISOR, "price", RemedyKind.FULL_REFUND, "100.50", "USD", False),
        (Role.SUPERVISOR, "price", RemedyKind.FULL_REFUND, "100.51", "USD", True),
        (Role.ADMINISTRATOR, "price", RemedyKind.FULL_REFUND, "9999", "EUR", False),
    ],
)
def test_what_is_beyond_the_guide(
    role: Role, category: str, kind: RemedyKind, amount: str | None, currency: str, beyond: bool
) -> None:
    remedy = a_remedy(kind=kind, amount=None if amount is None else Decimal(amount), currency=currency)
    assert read(GUIDE).is_beyond(remedy, category, role) is beyond
    assert not OfferGuide().is_beyond(remedy, category, role)


def test_the_guide_says_what_may_be_offered() -> None:
    guide = read(GUIDE)
    assert list(guide.told("delivery delay", Role.AGENT)) == [
        "coupon, gift card up to 20 EUR: Rather a coupon than money.",
        "repair, apology",
    ]
    assert list(guide.told("price", Role.SUPERVISOR)) == ["any remedy up to 100.5 USD"]
    assert list(guide.told("price", Role.QUALITY)) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("offer = 1", "“offer” means nothing here; the nearest is “offers”"),
        ("offers = 1", "offers: expected tables, each one begun with [[offers]]; not '1'"),
        ("offers = [1]", "offer 1: expected a table"),
        ("[[offers]]\nupto = 1", "offer 1: “upto” means nothing here; the nearest is “up_to”"),
        ("[[offers]]\nrole = 'boss'", "offer 1, role: expected agent, supervisor"),
        ("[[offers]]\nremedy = ['cash']", "offer 1, remedy: expected discount, partial refund"),
        ("[[offers]]\ncategory = ['']", "offer 1, category: expected a word, or a list of words"),
        ("[[offers]]\nup_to = '10 %'", "offer 1, up_to: expected an amount such as 20 or 12.50; not '10 %'"),
        ("[[offers]]\nup_to = true", "offer 1, up_to: expected an amount"),
        ("[[offers]]\nup_to = -1", "offer 1, up_to: expected an amount"),
        ("[[offers]]\nup_to = nan", "offer 1, up_to: expected an amount"),
        ("[[offers]]\nup_to = inf", "offer 1, up_to: expected an amount"),
        ("[[offers]]\nup_to = 1.005", "offer 1, up_to: expected an amount"),
        ("[[offers]]\ncurrency = 'euro'", "offer 1, currency: expected three capital letters"),
        ("[[offers]]\nguidance = 7", "offer 1, guidance: expected a text of at most 200"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(text: str, told: str) -> None:
    with pytest.raises(Refusal, match=re.escape(told)) as refused:
        read(text)
    assert refused.value.sentence.startswith("offers.toml")


_VALUES = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["agent", "coupon", "EUR"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)
_NAMES = st.sampled_from(["role", "category", "remedy", "up_to", "currency", "guidance"]) | st.text(max_size=5)


@given(lines=st.lists(st.dictionaries(_NAMES, _VALUES, max_size=4), max_size=3) | _VALUES)
def test_anything_in_a_file_is_taken_or_refused(lines: Any) -> None:
    with suppress(Refusal):
        guide = read_offers({"offers": lines}, "offers.toml", "EUR")
        assert all("\x1b" not in line for role in Role for line in guide.told("price", role))


class Guided(World):
    """A desk with the guide, on which Luka is the supervisor and Zoe another one."""

    def __init__(self) -> None:
        super().__init__()
        with self.store.writing() as writer:
            writer.put_agent(an_agent("ana", role=Role.AGENT))
            writer.put_agent(an_agent("luka", role=Role.SUPERVISOR))
            writer.put_agent(an_agent("zoe", role=Role.SUPERVISOR))
        self.ana, self.luka = (self.guided(one) for one in (self.ana, self.luka))
        self.zoe = Services(replace(self.luka.desk, agent="zoe"))

    def guided(self, services: Services) -> Services:
        """The same services with the guide."""
        return Services(replace(services.desk, offers=lambda: read(GUIDE)))

    def waiting(self, services: Services) -> list[str]:
        """The references of the cases in which an offer waits."""
        rows = services.queue.page(QueueQuery(text="approval:waiting is:all")).rows
        return [row.reference for row in rows]


@pytest.fixture
def guided() -> Guided:
    return Guided()


@pytest.fixture
def case(guided: Guided) -> Case:
    return guided.take(category="delivery delay")


BEYOND = {"kind": "coupon", "amount": "50"}


def test_an_offer_within_the_guide_needs_nobody(guided: Guided, case: Case) -> None:
    remedies = guided.ana.remedies
    remedy = remedies.offer(case.id, {"kind": "coupon", "amount": "20", "chosen": True})
    assert remedy.approval is None
    assert remedies.deliver(case.id, remedy.id).delivered_on == guided.ana.desk.today()
    assert guided.waiting(guided.luka) == []


def test_an_offer_beyond_it_waits_until_a_supervisor_approves(guided: Guided, case: Case) -> None:
    remedies = guided.ana.remedies
    remedy = remedies.offer(case.id, BEYOND)
    assert remedy.waits_for_approval
    assert guided.waiting(guided.luka) == [case.reference]
    with pytest.raises(Refusal, match="once a supervisor has approved it"):
        remedies.choose(case.id, remedy.id, True)
    with pytest.raises(Refusal, match="once a supervisor has approved it"):
        remedies.deliver(case.id, remedy.id)
    guided.passes(hours=1)
    approved = guided.luka.remedies.answer_approval(case.id, remedy.id, True)
    assert (approved.approval, approved.approved_by) == (Approval.APPROVED, "luka")
    entry = guided.ana.casefile.open(case.id).entries[-1]
    assert (entry.summary, entry.by, entry.occurred_at) == ("Approved: coupon 50 EUR", "luka", guided.now)
    assert guided.waiting(guided.luka) == []
    assert remedies.choose(case.id, remedy.id, True).chosen


def test_what_was_not_approved_is_not_given(guided: Guided, case: Case) -> None:
    remedy = guided.ana.remedies.offer(case.id, BEYOND)
    with pytest.raises(Refusal, match="say why"):
        guided.luka.remedies.answer_approval(case.id, remedy.id, False, " ")
    guided.luka.remedies.answer_approval(case.id, remedy.id, False, "Too much.")
    entry = guided.ana.casefile.open(case.id).entries[-1]
    assert (entry.summary, entry.body, entry.by) == ("Not approved: coupon 50 EUR", "Too much.", "luka")
    with pytest.raises(Refusal, match="was not approved; offer something else"):
        guided.ana.remedies.choose(case.id, remedy.id, True)
    with pytest.raises(Refusal, match="waits for none"):
        guided.luka.remedies.answer_approval(case.id, remedy.id, True)


def test_only_those_with_the_right_approve_and_nobody_their_own(guided: Guided, case: Case) -> None:
    remedy = guided.ana.remedies.offer(case.id, BEYOND)
    with pytest.raises(NotAllowed, match="supervisor or administrator"):
        guided.ana.remedies.answer_approval(case.id, remedy.id, True)
    own = guided.luka.remedies.offer(case.id, {"kind": "full_refund", "amount": "700"})
    assert own.waits_for_approval
    with pytest.raises(Refusal, match="offered it yourself"):
        guided.luka.remedies.answer_approval(case.id, own.id, True)
    assert guided.zoe.remedies.answer_approval(case.id, own.id, True).approved_by == "zoe"


@pytest.mark.parametrize("answer", [{"chosen": True}, {"delivered_on": "2026-11-18"}])
def test_an_offer_beyond_it_is_not_recorded_as_given(guided: Guided, case: Case, answer: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="beyond the offer guide") as refused:
        guided.ana.remedies.offer(case.id, BEYOND | answer)
    assert refused.value.field == "chosen"
    assert guided.ana.casefile.open(case.id).remedies == ()


def test_an_offer_the_customer_declined_waits_for_nobody_and_is_not_given_later(guided: Guided, case: Case) -> None:
    remedies = guided.ana.remedies
    remedy = remedies.offer(case.id, BEYOND)
    remedies.choose(case.id, remedy.id, False)
    assert guided.waiting(guided.luka) == []
    with pytest.raises(Refusal, match="once a supervisor"):
        remedies.choose(case.id, remedy.id, True)


def test_the_guidance_is_for_the_case_and_the_role(guided: Guided, case: Case) -> None:
    assert len(guided.ana.offers.guidance(case.id)) == 2
    assert guided.luka.offers.guidance(case.id) == ["any remedy up to 100.5 USD"]
    assert World().ana.desk.offers() == OfferGuide()


def test_an_approval_is_taken_back_by_who_gave_it(guided: Guided, case: Case) -> None:
    remedy = guided.ana.remedies.offer(case.id, BEYOND)
    guided.luka.remedies.answer_approval(case.id, remedy.id, True)
    with pytest.raises(Refusal):
        guided.ana.undo.undo(case.id)
    guided.luka.undo.undo(case.id)
    assert guided.ana.casefile.open(case.id).remedies[0].waits_for_approval


def test_a_desk_without_a_file_has_no_limits(tmp_path: Path) -> None:
    file = tmp_path / "offers.toml"
    assert offer_guide(file, Settings()) == OfferGuide()
    file.write_text(GUIDE)
    assert len(offer_guide(file, Settings()).offers) == 3


def test_with_a_wrong_file_nothing_is_offered(guided: Guided, case: Case, tmp_path: Path) -> None:
    file = tmp_path / "offers.toml"
    file.write_text("offers = 1")
    services = Services(replace(guided.ana.desk, offers=lambda: offer_guide(file, Settings())))
    with pytest.raises(Refusal, match=r"offers.toml, offers"):
        services.remedies.offer(case.id, BEYOND)
    assert guided.ana.casefile.open(case.id).remedies == ()
