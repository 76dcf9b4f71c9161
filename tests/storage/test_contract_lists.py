"""What every store lists: timelines, queues, what a search finds, customers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import (
    NOW,
    a_case,
    a_clock,
    a_customer,
    a_promise,
    an_action,
    an_entry,
    reference,
)
from tests.storage.filled import DAY, HOUR, page, references, with_cases
from tuitrack.domain.deadlines import DueFilter, deadlines
from tuitrack.domain.queue import Page, QueueQuery, Scope, Sort
from tuitrack.domain.words import (
    DueKind,
    PromiseOutcome,
    Status,
)
from tuitrack.services.ports import Store


class TestTimeline:
    """The timeline is in the order in which things happened."""

    def test_the_last_entries_and_the_page_before_them(self, store: Store) -> None:
        (case_id,) = with_cases(store, {})
        with store.writing() as writer:
            hours = [3, 1, 2, 2, 5]
            entries = [writer.add(an_entry(case_id, occurred_at=NOW + hour * HOUR)) for hour in hours]
        in_order = [entries[index] for index in (1, 2, 3, 0, 4)]
        with store.reading() as reader:
            assert reader.timeline(case_id, 2) == in_order[3:]
            assert reader.timeline(case_id, 2, before=in_order[3]) == in_order[1:3]
            assert reader.timeline(case_id, 2, before=in_order[1]) == in_order[:1]

    def test_all_entries_of_a_customer_newest_first(self, store: Store) -> None:
        first, second = with_cases(store, {}, {})
        with store.writing() as writer:
            old = writer.add(an_entry(first))
            new = writer.add(an_entry(second, occurred_at=NOW + HOUR))
            other = writer.add(a_customer("Other"))
            writer.add(an_entry(writer.add(a_case(9, other.id)).id))
        with store.reading() as reader:
            assert reader.customer_timeline(1, 9) == [new, old]
            assert reader.customer_timeline(1, 1) == [new]


class TestQueue:
    """Pages by key, scopes, filters and counts."""

    def test_what_is_due_comes_first_and_what_is_not_due_last(self, store: Store) -> None:
        with_cases(
            store,
            {},
            {"next_due_at": NOW + 2 * HOUR},
            {"next_due_at": NOW - HOUR},
            {"next_due_at": NOW + 2 * HOUR},
        )
        assert references(page(store)) == [3, 2, 4, 1]

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [(Sort.NEWEST, [2, 3, 1]), (Sort.OLDEST, [1, 3, 2]), (Sort.TOUCHED, [3, 1, 2]), (Sort.DUE, [1, 2, 3])],
    )
    def test_orders(self, store: Store, sort: Sort, expected: list[int]) -> None:
        with_cases(
            store,
            {"received_at": NOW - 3 * DAY, "touched_at": NOW - HOUR},
            {"received_at": NOW - DAY, "touched_at": NOW - DAY},
            {"received_at": NOW - 2 * DAY, "touched_at": NOW},
        )
        assert references(page(store, sort=sort)) == expected

    @pytest.mark.parametrize("sort", list(Sort))
    def test_pages_follow_each_other_without_a_gap(self, store: Store, sort: Sort) -> None:
        with_cases(store, *({"received_at": NOW - n // 3 * HOUR, "touched_at": NOW + n // 4 * HOUR} for n in range(11)))
        whole = page(store, sort=sort)
        assert whole.after is None
        pages: list[Page] = []
        cursor = None
        with store.reading() as reader:
            while len(pages) < 4 and (not pages or cursor is not None):
                found = reader.page(QueueQuery(sort=sort), NOW, 4, after=cursor)
                pages.append(found)
                cursor = found.after
        assert [len(one.rows) for one in pages] == [4, 4, 3]
        assert sum((one.rows for one in pages), ()) == whole.rows

    @pytest.mark.parametrize("sort", list(Sort))
    def test_whole_cases_come_in_the_same_pages_with_their_customers(self, store: Store, sort: Sort) -> None:
        with_cases(store, *({"received_at": NOW - n // 3 * HOUR, "details": str(n)} for n in range(7)))
        with store.writing() as writer:
            other = writer.add(a_customer("Other", phones=("091 1", "091 2")))
            writer.add(a_case(8, other.id, received_at=NOW - HOUR))
            for clock in (a_clock(2), a_clock(8)):
                writer.add(clock)
            writer.add(a_promise(2, due_at=NOW))
            for action in (an_action(3, due_at=NOW + HOUR), an_action(3)):
                writer.add(action)
        with store.reading() as reader:
            first = reader.cases_page(QueueQuery(sort=sort), NOW, 5)
            rest = reader.cases_page(QueueQuery(sort=sort), NOW, 5, first.after)
            assert (len(first.cases), len(rest.cases), rest.after) == (5, 3, None)
            assert reader.cases_page(QueueQuery(text="nothing"), NOW, 5).cases == ()
            for whole in first.cases + rest.cases:
                id_ = whole.case.id
                due = deadlines(reader.promises(id_), reader.actions(id_), reader.clocks(id_))
                assert whole.deadlines == tuple(due)
                assert whole.case == reader.case(whole.case.id)
                assert whole.customer == reader.customer(whole.case.customer_id)
        assert [whole.case.id for whole in first.cases + rest.cases] == [row.id for row in page(store, sort=sort).rows]

    @pytest.mark.parametrize("sort", list(Sort))
    def test_a_page_grows_to_hold_a_case(self, store: Store, sort: Sort) -> None:
        ids = with_cases(store, *({"received_at": NOW - n % 5 * HOUR} for n in range(9)))
        whole = [row.id for row in page(store, sort=sort).rows]
        with store.reading() as reader:
            for place, size in [(0, 2), (1, 2), (2, 4), (3, 4), (8, 9)]:
                grown = reader.page(QueueQuery(sort=sort), NOW, 2, through=whole[place])
                assert [row.id for row in grown.rows] == whole[:size]
                assert (grown.after is None) == (size == 9)
            assert len(reader.page(QueueQuery(sort=sort), NOW, 2, through=max(ids) + 1).rows) == 2

    def test_a_page_does_not_grow_beyond_twenty(self, store: Store) -> None:
        ids = with_cases(store, *({} for _ in range(21)))
        with store.reading() as reader:
            assert len(reader.page(QueueQuery(), NOW, 1, through=ids[19]).rows) == 20
            assert len(reader.page(QueueQuery(), NOW, 1, through=ids[20]).rows) == 1

    @pytest.mark.parametrize(
        ("scope", "expected"),
        [
            (Scope.OPEN, [1, 2, 3, 5]),
            (Scope.UNCONFIRMED, [2]),
            (Scope.CLOSED, [4, 5]),
            (Scope.ALL, [1, 2, 3, 4, 5]),
        ],
    )
    def test_scopes(self, store: Store, scope: Scope, expected: list[int]) -> None:
        with_cases(
            store,
            {},
            {"status": Status.RESOLVED},
            {"status": Status.RESOLVED, "customer_confirmed_on": NOW.date()},
            {"status": Status.CLOSED},
            {"status": Status.CLOSED, "next_due_at": NOW + DAY},
        )
        assert references(page(store, scope=scope, sort=Sort.OLDEST)) == expected

    def test_a_customer_known_by_digits_alone(self, store: Store) -> None:
        with store.writing() as writer:
            writer.add(a_case(1, writer.add(a_customer("0912345678")).id, subject="0012"))
        assert [(row.customer_name, row.subject) for row in page(store).rows] == [("0912345678", "0012")]

    @pytest.mark.parametrize(
        ("due", "expected"),
        [
            (DueFilter.ALL, [1, 2, 3, 4, 5, 6, 7]),
            (DueFilter.OVERDUE, [1]),
            (DueFilter.TODAY, [2, 3]),
            (DueFilter.SOON, [2, 3, 4, 5]),
        ],
    )
    def test_overdue_filter(self, store: Store, due: DueFilter, expected: list[int]) -> None:
        midnight = NOW.replace(hour=0) + DAY
        moments = [NOW - timedelta(milliseconds=1), NOW, midnight - HOUR, midnight, midnight + 3 * DAY - HOUR]
        with_cases(store, *({"next_due_at": moment} for moment in [*moments, midnight + 3 * DAY, None]))
        assert references(page(store, due=due)) == expected

    def test_owner(self, store: Store) -> None:
        with_cases(store, {"owner": "ana"}, {"owner": "bo"}, {})
        assert references(page(store, owner="ana")) == [1]
        assert references(page(store, owner="")) == [3]
        assert references(page(store, owner=None)) == [1, 2, 3]

    def test_counts_stop_at_the_cap_and_do_not_look_at_the_overdue_filter(self, store: Store) -> None:
        late, soon = {"next_due_at": NOW - HOUR, "owner": "ana"}, {"next_due_at": NOW + 25 * HOUR}
        with_cases(store, late, late, late, soon, {"status": Status.CLOSED})
        with store.reading() as reader:
            counts = reader.counts(QueueQuery(due=DueFilter.SOON), NOW, 3)
            assert (counts.all, counts.overdue, counts.today, counts.soon, counts.unowned) == (3, 3, 0, 1, 1)
            of_ana = reader.counts(QueueQuery(owner="ana"), NOW, 9)
            assert (of_ana.all, of_ana.overdue, of_ana.soon, of_ana.unowned) == (3, 3, 0, 1)
            assert (of_ana.cap, of_ana.as_of) == (9, NOW)
            assert reader.counts(QueueQuery(scope=Scope.ALL), NOW, 9).all == 5

    def test_what_becomes_due_is_told_by_time_with_the_targets_before_it(self, store: Store) -> None:
        ana, due, later = {"owner": "ana", "next_due_kind": "promise"}, NOW + HOUR, NOW + 2 * HOUR
        past, first, second, closed, nobodys = with_cases(
            store,
            ana | {"next_due_at": NOW - HOUR},
            ana | {"next_due_at": due},
            ana | {"next_due_at": later},
            {"owner": "ana", "status": Status.CLOSED},
            {"next_due_at": due, "next_due_kind": "resolve"},
        )
        kept: dict[str, Any] = {"first_due_at": later, "due_at": later, "target_at": due}
        with store.writing() as writer:
            writer.add(a_clock(first, kind=DueKind.RESOLVE, **kept))
            writer.add(a_clock(second, kind=DueKind.RESOLVE, **kept | {"met_at": NOW}))
            writer.add(a_clock(second, kind=DueKind.CONFIRM, **kept | {"paused_at": NOW}))
            writer.add(a_clock(closed, kind=DueKind.RESOLVE, **kept))
        with store.reading() as reader:
            own = reader.becoming_due("ana", NOW, later, 9)
            assert [(one.case_id, one.kind, one.is_target) for one in own] == [
                (first, "promise", False),
                (first, "resolve", True),
            ]
            assert {(one.at, one.reference) for one in own} == {(due, reference(first))}
            everybodys = reader.becoming_due(None, NOW - HOUR, later + HOUR, 9)
            assert [one.case_id for one in everybodys] == [past, first, first, nobodys, second]
            assert everybodys[3].owner is None
            assert len(reader.becoming_due(None, NOW, later, 1)) == 2

    def test_promises_that_come_due_by_time(self, store: Store) -> None:
        first, second, others = with_cases(store, {"owner": "ana"}, {"owner": "bo"}, {"owner": "bo"})
        with store.writing() as writer:
            for case_id, by, hours in ((second, "ana", 2), (first, "bo", 1), (others, "bo", 1), (first, "bo", 3)):
                writer.add(a_promise(case_id, by=by, due_at=NOW + hours * HOUR))
            kept = writer.add(a_promise(first, by="ana", due_at=NOW + HOUR))
            writer.replace(replace(kept, outcome=PromiseOutcome.KEPT, settled_at=NOW, settled_by="ana"))
        with store.reading() as reader:
            anas = reader.promises_due("ana", NOW, NOW + 3 * HOUR, 9)
            assert [(one.reference, one.at) for one in anas] == [
                (reference(first), NOW + HOUR),
                (reference(second), NOW + 2 * HOUR),
            ]
            assert {one.customer for one in anas} == {reader.customer(1).name}
            assert len(reader.promises_due(None, NOW, NOW + 3 * HOUR, 9)) == 3
            assert len(reader.promises_due(None, NOW, NOW + 3 * HOUR, 1)) == 1

    def test_a_changed_case_moves(self, store: Store) -> None:
        first, _ = with_cases(store, {"next_due_at": NOW}, {"next_due_at": NOW + HOUR})
        with store.writing() as writer:
            case = writer.case(first)
            writer.put_case(replace(case, version=1, status=Status.CLOSED, next_due_at=None), case)
        assert references(page(store)) == [2]
        assert references(page(store, scope=Scope.CLOSED)) == [1]

    def test_commonest_values(self, store: Store) -> None:
        used = ["price", "delay", "", "delay", "staff"]
        with_cases(store, *({"category": value, "department": "x"} for value in used))
        with store.reading() as reader:
            assert list(reader.values_used("category", 2).items()) == [("delay", 2), ("price", 1)]
            assert reader.values_used("department", 9) == {"x": 5}
            assert reader.values_used("cause", 9) == reader.values_used("product", 9) == {}


class TestSearch:
    """A case is found by everything that was said, and by every number it goes by, while the text is being typed."""

    @pytest.fixture
    def searched(self, store: Store) -> Store:
        with store.writing() as writer:
            one = writer.add(a_customer("Đurđica Šarić", account="HR-0012345", phones=("+385 (0)91 234 567",)))
            case = writer.add(
                a_case(
                    4517,
                    one.id,
                    subject="Škare su slomljene",
                    words="They broke at once",
                    details="Bought in Čakovec",
                    foreign_id="OLD/77881",
                )
            )
            writer.add(an_entry(case.id, body="Technician came late"))
            changed = replace(case, version=1, resolution="New scissors were posted")
            writer.put_case(changed, case)
            other = writer.add(a_customer("Other", phones=("01 111 1111",)))
            writer.add(a_case(2, other.id, subject="something else"))
        return store

    @pytest.mark.parametrize(
        "text",
        [
            "škare",
            "SKA",
            "skare slom",
            "slomljene skare",
            "broke",
            "cakovec",
            "techn",
            "came late ",
            "scissors",
            "durdica",
            "saric d",
            "technician scissors saric",
            "091 234 567",
            "+385 91 234 567",
            "00385/91-234-567",
            "234567",
            "4567",
            "(091) 234567",
            "hr-00",
            "0012345",
            "12345",
            "old/778",
            "77881",
            reference(4517),
            reference(4517).lower().replace("-", " "),
            "4517",
            "26004517",
            "skare 4517",
        ],
    )
    def test_found_and_nothing_else(self, searched: Store, text: str) -> None:
        assert references(page(searched, text=text)) == [4517]

    @pytest.mark.parametrize(
        "text", ["skarez", "late techn technical", "kare", "xyz", "999", "3456", "7654321", "HR-99"]
    )
    def test_not_found(self, searched: Store, text: str) -> None:
        assert references(page(searched, text=text)) == []

    @pytest.mark.parametrize("text", ["", " ", "(", "()", '"', '""', "*", "-", "'--", "or", "-(or)"])
    def test_nothing_to_look_for_is_no_filter(self, searched: Store, text: str) -> None:
        assert references(page(searched, text=text)) == [4517, 2]

    def test_a_finished_word_is_taken_whole(self, searched: Store) -> None:
        assert references(page(searched, text="skar ")) == []

    def test_a_search_keeps_filters_order_and_pages(self, searched: Store) -> None:
        with searched.writing() as writer:
            for n, owner in enumerate(["ana", "ana", "bo"], 10):
                writer.add(a_case(n, 1, subject="more scissors", owner=owner, received_at=NOW - n * HOUR))
        assert references(page(searched, text="scissors", sort=Sort.NEWEST)) == [4517, 10, 11, 12]
        first = page(searched, text="scissors", sort=Sort.NEWEST, limit=3)
        assert references(first) == [4517, 10, 11]
        with searched.reading() as reader:
            query = QueueQuery(text="scissors", sort=Sort.NEWEST)
            assert references(reader.page(query, NOW, 3, after=first.after)) == [12]
            assert reader.counts(query, NOW, 9).all == 4
            assert reader.counts(replace(query, owner="ana"), NOW, 9).all == 2

    def test_a_renamed_customer_is_found_by_the_new_name_and_number(self, searched: Store) -> None:
        with searched.writing() as writer:
            customer = writer.customer(1)
            writer.replace(replace(customer, name="Petra Novak", phones=("098 765 432",), account=""))
        assert references(page(searched, text="novak")) == [4517]
        assert references(page(searched, text="98765432")) == [4517]
        for old in ("saric", "91234567", "HR-00"):
            assert references(page(searched, text=old)) == []
            with searched.reading() as reader:
                assert reader.find_customers(old, 9) == []


class TestCustomers:
    """A customer is found while the agent types what the caller says."""

    @pytest.fixture
    def known(self, store: Store) -> Store:
        with store.writing() as writer:
            writer.add(a_customer("Marko Horvat", account="A-100", phones=("091 234 5678",)))
            writer.add(a_customer("Ana Horvat", account="A-1001", phones=("+385 91 999 0000", "01 222 333 4")))
            writer.add(a_customer("Čedo A-100", phones=()))
            for n, status in enumerate([Status.CLOSED, Status.OPEN, Status.CLOSED], 1):
                writer.add(a_case(n, 1, status=status, received_at=NOW + n * HOUR))
        return store

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("A-100", ["Marko Horvat", "Ana Horvat", "Čedo A-100"]),
            ("a-1001", ["Ana Horvat"]),
            ("a - 1001", ["Ana Horvat"]),
            ("horv", ["Ana Horvat", "Marko Horvat"]),
            ("horvat m", ["Marko Horvat"]),
            ("cedo", ["Čedo A-100"]),
            ("091 234 5678", ["Marko Horvat"]),
            ("+385 91 234 5678", ["Marko Horvat"]),
            ("5678", ["Marko Horvat"]),
            ("91 9990000", ["Ana Horvat"]),
            ("2223334", ["Ana Horvat"]),
            ("678", []),
            ("nobody", []),
            ("", []),
            ("!", []),
        ],
    )
    def test_found_by_what_is_said(self, known: Store, text: str, expected: list[str]) -> None:
        with known.reading() as reader:
            assert [match.customer.name for match in reader.find_customers(text, 9)] == expected
            assert len(reader.find_customers(text, 1)) == min(1, len(expected))

    def test_the_same_person_is_known_again(self, known: Store) -> None:
        with known.writing() as writer:
            writer.add(a_customer("Ivo Kos", phones=("+385 91 555 444", "none")))
        with known.reading() as reader:
            told = [
                a_customer("M. Horvat", account="b 1001"),
                a_customer("Ivo Kos", phones=("1", "00385 91/555-444")),
                a_customer("Ivo Kos", phones=("91 555 444",)),
                a_customer("Iva Kos", phones=("+385 91 555 444",)),
                a_customer("Marko Horvat", phones=("091 234 5678",)),
                a_customer("Ivo Kos", phones=("none",)),
            ]
            assert reader.known_customers(told[:2]) == [None, 4]
            assert reader.known_customers([]) == []
            assert reader.known_customers(told) == [None, 4, None, None, None, None]
            assert reader.known_customers([replace(told[0], account="a 1001")]) == [2]

    def test_a_match_tells_its_cases(self, known: Store) -> None:
        with known.reading() as reader:
            marko = reader.find_customers("marko", 9)[0]
            assert (marko.customer, marko.open_count, marko.case_count) == (reader.customer(1), 1, 3)
            cedo = reader.find_customers("cedo", 9)[0]
            assert (cedo.open_count, cedo.case_count) == (0, 0)

    def test_cases_open_ones_first_then_the_newest(self, known: Store) -> None:
        with known.reading() as reader:
            assert [row.reference for row in reader.cases_of(1, 9)] == [reference(2), reference(3), reference(1)]
            assert len(reader.cases_of(1, 2)) == 2
