"""One case as a file: everything is told, late stays late, and nothing that people typed becomes a link or markup."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.builders import NOW
from tests.unit.services.world import World
from tuitrack.domain.words import PromiseOutcome
from tuitrack.exchange.case_file import as_html, as_lines, as_markdown
from tuitrack.exchange.case_json import file_record
from tuitrack.exchange.case_outline import outline_of
from tuitrack.exchange.outline import Fact, Item, Outline, Section
from tuitrack.services.casefile import TIMELINE_PAGE, CaseFile

HOSTILE = [
    "[x](http://a.b)",
    "http://a.b and www.a.b",
    "<script>alert(1)</script>",
    "# not a heading",
    "- not a list\n1. nor this",
    "    not code",
    "***not bold*** ~~nor~~ `this` | that |",
    "![x](http://a.b/x.png)",
    "a\n===\nb\n---",
    "&lt;b&gt; \\ $x$ {{ x }}",
    "> not\n> quoted",
    "```\nnot fenced\n```",
    '" onmouseover="x',
    "[a]: http://a.b\n\n[a]",
    "<http://a.b>",
]


class Tags(HTMLParser):
    """Every tag with its attributes, and the texts between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def outline(text: str) -> Outline:
    """The same text wherever people may have typed it."""
    item = Item(text, (Fact("note", text),))
    return Outline(text, (Section("Said", (Fact("words", text),), (item, item)),))


def rendered(text: str) -> tuple[set[str], str]:
    """The tags that Markdown makes of the text in a file, links found in bare text included, and the words shown."""
    page = MarkdownIt("gfm-like", {"linkify": True, "html": True}).render(as_markdown(outline(text)))
    found = Tags(page)
    return {tag for tag, _ in found.tags}, " ".join(" ".join(found.texts).replace("\u00a0", " ").split())


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_what_was_typed(text: str) -> None:
    tags, shown = rendered(text)
    assert tags <= {"h1", "h2", "ul", "ol", "li", "p", "strong", "blockquote", "br"}
    assert " ".join(text.split()) in shown


@given(st.text(alphabet=st.sampled_from("ab1 .:/@#*_`~[]()<>!|&\\-+=\n$w"), max_size=40).filter(str.strip))
def test_no_text_becomes_markup(text: str) -> None:
    tags, _ = rendered(text)
    assert tags <= {"h1", "h2", "ul", "ol", "li", "p", "strong", "blockquote", "br"}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_page_has_no_live_markup_and_asks_for_nothing(text: str) -> None:
    page = as_html(outline(text))
    found = Tags(page)
    assert {tag for tag, _ in found.tags} <= {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "section", "dl", "dt", "dd")
    }
    attributes = {name for _, attrs in found.tags for name in attrs}
    assert attributes <= {"lang", "charset", "http-equiv", "content", "name", "dir"}
    assert text in found.texts
    assert not re.search(r"url\(|@import", page)


@given(st.text())
def test_a_line_is_one_line(text: str) -> None:
    assert not any(re.search(r"[\x00-\x1f\x7f-\x9f]", line) for line in as_lines(outline(text)))


@pytest.fixture
def world() -> World:
    """An empty desk at noon."""
    return World()


@pytest.fixture
def file(world: World) -> CaseFile:
    """A case that went through everything, its first promise broken."""
    case = world.take(words="It is *broken*.", occurred_on=NOW.date())
    work, items = world.ana.casework, world.ana.items
    world.passes(days=2)
    promise = world.ana.casefile.open(case.id).promises[0]
    items.settle_promise(case.id, promise.id, PromiseOutcome.BROKEN, "Forgotten.")
    items.add_action(case.id, {"what": "send a technician"})
    wanted = items.add_action(case.id, {"what": "the delivery note", "kind": "information", "assignee": "carrier"})
    items.complete_action(case.id, wanted.id, note="It was never signed.")
    work.log_call(case.id, {"direction": "outbound", "purpose": "update", "note": "Told."})
    work.add_note(case.id, {"text": "The box hums.", "kind": "finding"})
    finding = world.ana.casefile.open(case.id).entries[-1]
    work.correct(case.id, finding.id, "The box is silent.")
    world.ana.remedies.offer(case.id, {"kind": "discount", "amount": "10.00", "option": True})
    coupon = world.ana.remedies.offer(case.id, {"kind": "coupon", "option": True})
    world.ana.remedies.deliver(case.id, coupon.id)
    call = world.ana.casefile.open(case.id).calls[-1].id
    world.passes(hours=2)
    decided = {"justified": "yes", "decided_on": NOW.date(), "told_call_id": call}
    world.ana.closure.save_decision(case.id, decided, world.ana.casefile.open(case.id).case.version)
    escalation = {"level": "2", "to": "luka", "reason": "He asks."}
    world.ana.escalations.escalate(case.id, escalation, world.ana.casefile.open(case.id).case.version)
    post = {"link": "https://x.y/1", "place": "Forum", "answer": "Yes.", "state": "removed"}
    world.ana.posts.add(case.id, post)
    return world.ana.casefile.whole(case.id)


def test_both_dates_are_always_told(file: CaseFile) -> None:
    lines = list(as_lines(outline_of(file, NOW)))
    assert "Company considered it resolved: not yet" in lines
    assert "Customer confirmed: not yet" in lines


def test_a_page_says_whose_it_is_and_how_the_customer_is_reached(file: CaseFile) -> None:
    lines = list(as_lines(outline_of(file, NOW)))
    assert "Written by: Complaint desk" in lines
    assert "Phone: +385 91 234 5678" in lines


def test_everything_of_a_case_is_told(file: CaseFile) -> None:
    text = "\n".join(as_lines(outline_of(file, NOW + timedelta(days=2))))
    for told in (
        "Was late: promise 1d",
        "Deadlines 1 of 2: promise: get back to the customer, met 1d late",
        "Promises 1 of 1: get back to the customer, broken",
        "Promises 1 of 1, because: Forgotten.",
        "Actions 1 of 1: send a technician, no due date",
        "Inquiries 1 of 1: Information wanted: the delivery note, answered",
        "Inquiries 1 of 1, from whom: carrier",
        "Inquiries 1 of 1, received on: Fri 20 Nov 2026",
        "Inquiries 1 of 1, what was received: It was never signed.",
        "Remedies 1 of 2: discount 10.00 EUR, not chosen",
        "Remedies 2 of 2: coupon, chosen",
        "Remedies 2 of 2, option of offer: 1",
        "Decided: Wed 18 Nov 2026",
        "Told in the call of: Fri 20 Nov 2026, 12:00",
        "Escalated to: supervisor, luka",
        "Escalations 1 of 1: supervisor, luka, stands",
        "Escalations 1 of 1, reason: He asks.",
        "Published complaints 1 of 1: Forum, removed",
        "Published complaints 1 of 1, link: https://x.y/1",
        "Published complaints 1 of 1, customer's answer: Yes.",
        "Record: done Wed 18 Nov 2026, 12:00 by ana, case taken",
        "Gather the facts: done Fri 20 Nov 2026, 12:00 by ana, finding",
        "Listen: open",
        ": Outbound call, update",
        ", text: Told.",
        ": Correction: Finding",
        ", corrects: Fri 20 Nov 2026, 12:00: Finding",
        ", corrected: Fri 20 Nov 2026, 12:00",
    ):
        assert told in text


def test_json_of_a_case_has_its_records(file: CaseFile) -> None:
    record = json.loads(json.dumps(file_record(file, NOW + timedelta(days=2))))
    assert record["deadlines"][0]["words"] == "met 1d late"
    assert (len(record["calls"]), len(record["promises"]), len(record["actions"])) == (2, 1, 2)
    assert [(one["kind"], one["done_note"]) for one in record["actions"]][1] == ("information", "It was never signed.")
    assert record["promises"][0]["outcome"] == "broken"
    assert [(one["level"], one["to"], one["ended_at"]) for one in record["escalations"]] == [("2", "luka", None)]
    assert [(one["place"], one["state"]) for one in record["posts"]] == [("Forum", "removed")]
    states = {step["step"]: (step["state"], step["ticked_by"]) for step in record["steps"]}
    assert (states["gather"], states["listen"]) == (("done", "finding"), ("open", None))
    correction = next(entry for entry in record["timeline"] if entry["corrects"])
    assert next(entry for entry in record["timeline"] if entry["id"] == correction["corrects"])["kind"] == "finding"


def test_what_was_done_before_the_customer_was_told_is_in_every_form(world: World) -> None:
    case = world.take()
    world.ana.closure.save_decision(case.id, {"justified": "yes"}, case.version)
    world.ana.remedies.deliver(case.id, world.ana.remedies.offer(case.id, {"kind": "coupon"}).id)
    file = world.ana.casefile.whole(case.id)
    assert file_record(file, NOW)["done_untold"] == [{"day": "2026-11-18", "what": "delivered coupon"}]
    assert "Done before that: delivered coupon Wed 18 Nov 2026" in list(as_lines(outline_of(file, NOW)))


def test_the_whole_timeline_is_told_however_long(world: World) -> None:
    case = world.take()
    for number in range(TIMELINE_PAGE + 3):
        world.passes(minutes=1)
        world.ana.casework.add_note(case.id, {"text": str(number)})
    entries = world.ana.casefile.whole(case.id).entries
    assert [entry.body for entry in entries if entry.body] == [str(number) for number in range(TIMELINE_PAGE + 3)]
    assert len({entry.id for entry in entries}) == len(entries)
