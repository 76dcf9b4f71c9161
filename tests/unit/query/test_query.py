"""What a query means in words, what is refused and where, what completes it, and why a case was found."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.builders import an_agent
from tests.unit.query.printed import printed
from tuitrack.domain.columns import Column
from tuitrack.domain.errors import QueryRefused
from tuitrack.domain.query.asking import Asking
from tuitrack.domain.query.complete import Completion, complete
from tuitrack.domain.query.describe import describe
from tuitrack.domain.query.fields import Field
from tuitrack.domain.query.parser import parse
from tuitrack.domain.query.printing import with_columns
from tuitrack.domain.query.selection import selection
from tuitrack.domain.query.terms import All, Not, Phrase, Query, Term, Text
from tuitrack.domain.query.why import Snippet, snippet, sought
from tuitrack.domain.queue import QueueQuery, Scope, Sort

NOW = datetime(2026, 11, 21, 13, 7, tzinfo=ZoneInfo("Europe/Zagreb"))
TEAMS = {"ana": "Sjever", "bo": "Jug i more"}
NAMES = {"ana": "Ana Kos", "bo": "Bo"}
ASKING = Asking(NOW, "ana", lambda: [an_agent(handle, name=name, team=TEAMS[handle]) for handle, name in NAMES.items()])


def test_the_last_word_is_unfinished_until_a_blank_follows() -> None:
    assert parse("foo bar", ASKING).where == Text("foo bar", finished=False)
    assert parse("foo bar ", ASKING).where == Text("foo bar")
    assert parse('"foo bar', ASKING).where == Phrase(("foo", "bar"), finished=False)
    assert parse("(foo) -(bar", ASKING).where == All((Text("foo"), Not(Text("bar", finished=False))))
    assert parse("sort:newest", ASKING) == Query(All(), Sort.NEWEST)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "open"),
        ("due<3d owner:ana", "open, due before Tue 24 Nov, of Ana Kos"),
        ("is:all owner:me,none", "all cases, of Ana Kos or without an owner"),
        ("status:wait,new router", "waiting for customer or new, “router…”"),
        ('"not working" -late ', "open, the words “not working” together, not “late”"),
        ("due:today..fri", "open, due from Sat 21 Nov to Fri 27 Nov"),
        ("due:today", "open, due today"),
        ("due<4h", "open, due before Sat 21 Nov 17:07"),
        ("received:mon..fri is:open", "received from Mon 16 Nov to Fri 20 Nov, open"),
        ("age>10d", "open, received before Wed 11 Nov"),
        ("closed:>1.11. is:all", "closed from Mon 2 Nov on, all cases"),
        ("age>1y", "open, received before Fri 21 Nov 2025"),
        ("idle<=2d", "open, touched from Thu 19 Nov on"),
        ("has:action no:phone", "open, with an action, without a phone number"),
        ("(category:price or is:angry) sort:newest", "open, (category price or customer still angry), newest first"),
        ("chan:e kind:claim", "open, channel e-mail, claim"),
        ("approval:waiting", "open, approval waiting"),
        ("is:marked -is:overdue", "open, marked, not overdue"),
        ("columns:due,ref,due sort:touched smoke", "open, “smoke…”, last changed, 2 columns"),
        ("-step:listen skipped:any,thank", "open, not step listen, skipped any step or thank"),
        ("team:mine,none", "open, of the team Sjever or of an owner without a team"),
        ("team:jug -is:absent", "open, of the team Jug i more, not of an owner who is away"),
        ("columns:age", "open, 1 column"),
        ("turnaround:0 is:all", "resolved the same day, all cases"),
        ("turnaround<=3", "open, resolved within 3 days"),
        ("turnaround:4..10d", "open, resolved after 4 to 10 days"),
        ("turnaround>10", "open, resolved after 11 days or more"),
        ("turnaround:none", "open, not resolved"),
        (
            "met:first is:unannounced",
            "open, met in time: first response, a call in which nobody was told that calls are recorded",
        ),
        ("missed:resolve,confirm", "open, missed: resolve or ask for confirmation"),
    ],
)
def test_what_was_understood(text: str, said: str) -> None:
    query = QueueQuery(text, me="ana")
    assert describe(selection(query, NOW, ASKING.agents), NOW.date(), NAMES) == said


@pytest.mark.parametrize(
    ("text", "place", "sentence"),
    [
        ("foo ovner:x", "ovner", "“ovner” is not a field; did you mean owner?"),
        ("xyzzy:x", "xyzzy", "“xyzzy” is not a field. To search for the words, put them in quotes."),
        ("ca:x", "ca", "“ca” can be category or cause. Type more of it."),
        ("kind:compl", "compl", "kind: “compl” can be complaint or compliment. Type more of it."),
        ("is:openn", "openn", "is: “openn” is not known; did you mean open?"),
        ("status:open,clsed", "clsed", "status: “clsed” is not known; did you mean closed?"),
        ("owner:", "owner:", "owner: type a value, such as me, none."),
        ("due:today..32.1.", "today..32.1.", "due: 32.1.2027 does not exist; that month has 31 days."),
        ("received:2026-11-20..2020-01-01", "2026-11-20..2020-01-01", "received: The range ends before it begins."),
        ("age>foo", "foo", "age: Type how long, for example 10d, 2w or 6h."),
        ("category<x", "category<x", "category takes no comparison. Type category: and a value."),
        ("tag:a..b", "tag:a..b", "tag takes no range. Part several values by commas."),
        ("foo columns:due,custmer", "custmer", "columns: “custmer” is not known; did you mean customer?"),
        ("columns:re,due", "re", "columns: “re” can be ref or received or resolved or reopened. Type more of it."),
        ("columns:", "columns:", "columns: type a value, such as due, next, ref, customer."),
        ("columns:due..age", "columns:due..age", "columns takes no range. Part several values by commas."),
        ("category:???", "???", "category: type letters or digits."),
        ("name=???", "???", "name: type letters or digits."),
        ("next:late", "late", "next: “late” is not known; "),
        ("overdue>foo", "foo", "overdue: Type how long, for example 10d, 2w or 6h."),
        ("turnaround:soon", "soon", "turnaround: type days, such as <=3, 4..10 or none."),
        ("turnaround:9..4", "9", "turnaround: no case takes so few days."),
        ("turnaround<0", "0", "turnaround: no case takes so few days."),
        ("turnaround<3..4", "turnaround<3..4", "turnaround: a range is typed as turnaround:4..10."),
        ("missed:promise", "promise", "missed: “promise” is not known; "),
        ("phone:12", "12", "phone: type the last 4 digits or more."),
        ("foo)", ")", "“)” closes nothing here. Put text that has it in quotes."),
        (f"{'ref:C26-1 OR ' * 38}ref:C26-2 OR ref:C26-3", "6-2 OR ref:C26-3", "A query has 500 letters at the most."),
    ],
)
def test_a_refusal_names_the_place_and_what_was_probably_meant(text: str, place: str, sentence: str) -> None:
    with pytest.raises(QueryRefused) as refused:
        parse(text, ASKING)
    assert refused.value.sentence.startswith(sentence)
    assert text[refused.value.position :][: refused.value.length] == place


def test_the_examples_of_the_page_are_understood() -> None:
    page = (Path(__file__).parents[3] / "docs" / "queries.md").read_text(encoding="utf-8")
    told = page.split("## Asking anything")[1].split("The line below")[0]
    examples = [text for text in re.findall(r"`([^`]+)`", told) if text != "/"]
    assert len(examples) > 4
    for text in examples:
        assert parse(text, ASKING).where != All()


@pytest.mark.parametrize(
    ("text", "looked_for"),
    [
        ("b", All()),
        ("router b", Text("router")),
        ("late-b", Text("late")),
        ('"late b', Phrase(("late",))),
        ("-b", All()),
        ("b ", Text("b")),
        ('"b"', Phrase(("b",))),
        ("bu", Text("bu", finished=False)),
        ("李", Text("李", finished=False)),
    ],
)
def test_a_word_is_looked_for_from_its_second_letter_on(text: str, looked_for: Term) -> None:
    assert parse(text, ASKING).where == looked_for


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("sta:wait  own:bo", "status:waiting owner=bo"),
        ("is:mine,overdue foo", "(owner=ana or is:overdue) foo"),
        ("foo sort:due", "sort:due foo "),
        ("foo col:cust,due", "columns:customer,due foo "),
        ("a or (b c) -(d el", "a or b c -(d el"),
        ("due:fri", "due:2026-11-27"),
        ('team:ju,none,"mine"', 'team="Jug i more",none,"mine"'),
        ("ow=b", "owner=b"),
        ("categ=Price nex:resol", "category=Price next:resolve"),
        ("overdue:1d..3d", "is:overdue due:2026-11-18..2026-11-20"),
        ("due>=+4h", 'due>="2026-11-21 17:07"'),
        ('category:"a, ""b"""', 'category:"a, ""b"""'),
    ],
)
def test_a_query_written_out(text: str, again: str) -> None:
    assert printed(parse(text, ASKING)) == again


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (QueueQuery(scope=Scope.CLOSED), "closed"),
        (QueueQuery("router ", scope=Scope.CLOSED, owner="bo"), "closed, of Bo, “router”"),
        (QueueQuery("status:new", scope=Scope.CLOSED), "new"),
        (QueueQuery("is:unconfirmed", sort=Sort.TOUCHED), "resolved, not confirmed, last changed"),
        (QueueQuery("sort:oldest", sort=Sort.TOUCHED), "open, oldest first"),
    ],
)
def test_what_was_chosen_by_keys_holds_together_with_what_is_typed(query: QueueQuery, said: str) -> None:
    assert describe(selection(query, NOW, ASKING.agents), NOW.date(), NAMES) == said


def used(field: Field) -> dict[str, int]:
    """What is in use."""
    if field is Field.TEAM:
        return {"Sjever": 4, "Jug i more": 2}
    return {"ana": 4} if field is Field.OWNER else {"price": 3, "product, late": 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ow", [Completion(0, 2, "owner:", "me, none or a name")]),
        ("foo -(ha", [Completion(6, 8, "has:", "owner, promise, confirmation, phone…")]),
        ("is:ove", [Completion(3, 6, "overdue", "overdue")]),
        ("status:open,res", [Completion(12, 15, "resolved", "resolved")]),
        ("cat:p", [Completion(4, 5, "price", "", 3), Completion(4, 5, '"product, late"', "", 1)]),
        ('cat:"prod', [Completion(4, 9, '"product, late"', "", 1)]),
        ("owner:a", [Completion(6, 7, "ana", "Ana Kos", 4)]),
        ("owner:b", [Completion(6, 7, "bo", "Bo", 0)]),
        ("team:mi", [Completion(5, 7, "mine", "your own")]),
        ("team:j", [Completion(5, 6, '"Jug i more"', "", 2)]),
        ("columns:due,rec", [Completion(12, 15, "received", "the day it was received")]),
        ("columns:received,due,rec", []),
        ("priority:low,normal,high,", [Completion(25, 25, "urgent", "urgent")]),
        ("nofield:a", []),
        ("name:a", []),
        ("next:stan", []),
        ("next:pau", [Completion(5, 8, "paused", "everything stands still")]),
        ("next:first", [Completion(5, 10, "first_response", "first response")]),
    ],
)
def test_completions(text: str, expected: list[Completion]) -> None:
    assert complete(f"{text} tail", len(text), used, NAMES) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rou", Snippet("subject", "Škare i Router", ((8, 14),))),
        ("skare late", Snippet("note", "He came late with škare", ((8, 12), (18, 23)))),
        ("-router", None),
        ("is:overdue", None),
        ("(courier or name:iv) is:mine", Snippet("customer", "Ivo Kos", ((0, 3),))),
        ('"with ska', Snippet("note", "He came late with škare", ((13, 17), (18, 23)))),
    ],
)
def test_why_a_case_was_found(text: str, expected: Snippet | None) -> None:
    texts = [("subject", "Škare i Router"), ("customer", "Ivo Kos"), ("note", "He came late with škare")]
    assert snippet(texts, sought(parse(text, ASKING).where)) == expected


def test_a_long_text_is_cut_around_the_word() -> None:
    found = snippet([("note", "so it goes " * 50 + "until\nthe router" + " and so on" * 50)], sought(Text("router")))
    assert found is not None
    ((start, end),) = found.marks
    assert found.text[start:end] == "router"
    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert "until the router and" in found.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "columns:age,ref "),
        ("smoke", "columns:age,ref smoke"),
        ("is:all columns:due smoke", "columns:age,ref is:all smoke"),
        ("col:due,ref sort:newest a or b", "columns:age,ref sort:newest a or b"),
        ('"a"columns:due "b', 'columns:age,ref "a" "b'),
        ("-columns:wrong x", "columns:age,ref x"),
    ],
)
def test_a_query_with_other_columns(text: str, expected: str) -> None:
    assert with_columns(text, [Column.AGE, Column.REF]) == expected
    assert with_columns(expected, []) == expected.removeprefix("columns:age,ref").removeprefix(" ")
