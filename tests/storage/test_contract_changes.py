"""What every store does with changes: taken back and done again, all or nothing, brought in and taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.builders import (
    NOW,
    a_call,
    a_case,
    a_change,
    a_clock,
    a_customer,
    a_feedback,
    a_handover,
    a_handover_item,
    a_pause,
    a_promise,
    a_public_post,
    a_reading,
    a_remedy,
    a_tick,
    an_action,
    an_entry,
    an_escalation,
    an_import_run,
    reference,
)
from tests.storage.filled import page, references, with_cases
from tuitrack.domain.case import Case
from tuitrack.domain.errors import Conflict
from tuitrack.domain.keeping import ImportedEntry
from tuitrack.domain.people import Customer
from tuitrack.domain.queue import Scope
from tuitrack.domain.words import (
    HandoverAnswer,
    Mood,
    PostState,
    PromiseOutcome,
    Status,
    Ticking,
)
from tuitrack.services.ports import Store


class TestChanges:
    """What it takes to undo a change is kept with every value as it was."""

    def test_a_change_comes_back_with_typed_values(self, store: Store) -> None:
        (case_id,) = with_cases(store, {})
        with store.writing() as writer:
            action, remedy = writer.add(an_action(case_id)), writer.add(a_remedy(case_id, amount=Decimal("5.50")))
            done = replace(action, done_on=date(2026, 11, 20), done_at=NOW, done_note="[/] é\n")
            call, promise = writer.add(a_call(case_id)), writer.add(a_promise(case_id, outcome=PromiseOutcome.KEPT))
            clock, pause = writer.add(a_clock(case_id)), writer.add(a_pause(case_id, until=NOW))
            escalation = writer.add(an_escalation(case_id))
            item = writer.add(a_handover_item(writer.add(a_handover()).id, case_id))
            accepted = replace(item, answer=HandoverAnswer.ACCEPTED, answered_at=NOW, answered_by="bo")
            ended = replace(escalation, ended_at=NOW, ended_by="bo", came_of="Agreed.")
            post = writer.add(a_public_post(case_id))
            removed = replace(post, state=PostState.REMOVED, state_on=date(2026, 11, 20))
            tick = writer.add(a_tick(case_id, ticked_by=Ticking.THANKS))
            feedback, reading = writer.add(a_feedback(case_id)), writer.add(a_reading(case_id))
            change = a_change(
                writer.add(an_entry(case_id)).id,
                case_id,
                fields={
                    "status": (Status.RESOLVED, Status.CLOSED),
                    "closed_at": (None, NOW),
                    "company_resolved_on": (date(2026, 11, 3), None),
                    "amount_asked": (Decimal("1.20"), None),
                    "mood": (None, Mood.ANGRY),
                    "public": (False, True),
                    "confirming_call_id": (None, call.id),
                    "words": ("", "[bold]'; --"),
                },
                records=(
                    *((action, done), (None, promise), (remedy, None), (post, removed)),
                    *((None, call), (None, clock), (pause, None), (escalation, ended), (item, accepted)),
                    *((None, call), (None, clock), (pause, None), (escalation, ended), (None, tick)),
                    *((feedback, replace(feedback, read_by="bo", read_at=NOW)), (None, reading)),
                ),
            )
            assert writer.add(change) == change
        with store.reading() as reader:
            assert reader.last_change(case_id=case_id) == change

    def test_the_last_change_of_a_case_and_of_an_agent(self, store: Store) -> None:
        one, other = with_cases(store, {}, {})
        with store.writing() as writer:
            ids = [writer.add(an_entry(case_id)).id for case_id in (one, other, one, other, one, one)]
            told = zip(ids, (one, other, one, other), ("ana", "bo", "bo", "ana"), strict=False)
            first, second, third, fourth = (writer.add(a_change(n, case_id, by=by)) for n, case_id, by in told)
        with store.reading() as reader:
            assert reader.last_change(case_id=one) == third
            assert reader.last_change(case_id=one, by="ana") == first
            assert reader.last_change(by="bo") == third
            assert reader.last_change(by="ana") == fourth
            assert reader.last_change(by="nobody") is reader.last_change(case_id=one, undone=True) is None
        with store.writing() as writer:
            writer.replace(undone_first := replace(first, undone_by=ids[5]))
            writer.replace(undone_third := replace(third, undone_by=ids[4]))
        with store.reading() as reader:
            assert reader.last_change(case_id=one) is reader.last_change(case_id=one, by="ana") is None
            assert reader.last_change(case_id=one, undone=True) == undone_first
            assert reader.last_change(by="bo", undone=True) == undone_third
            assert reader.last_change(by="bo") == second

    def test_the_changes_of_a_run_are_told_by_whether_they_stand(self, store: Store) -> None:
        one, other = with_cases(store, {}, {})
        with store.writing() as writer:
            ids = [writer.add(an_entry(case_id)).id for case_id in (other, one, one, other)]
            first, second, alone, another = ids
            writer.add(a_change(second, one, run=first))
            writer.add(a_change(first, other, run=first, undone_by=another))
            writer.add(a_change(alone, one))
            writer.add(a_change(another, other, run=first))
        with store.reading() as reader:
            assert list(reader.run_cases(first).items()) == [(second, one), (another, other)]
            assert reader.run_cases(first, undone=True) == {first: other}
            assert reader.run_cases(alone) == {}
            assert reader.last_change(case_id=other) == a_change(another, other, run=first)

    def test_a_record_is_taken_away_and_put_back_under_its_id(self, store: Store) -> None:
        (case_id,) = with_cases(store, {})
        with store.writing() as writer:
            call, promise = writer.add(a_call(case_id)), writer.add(a_promise(case_id))
            stored = (
                *(call, promise, writer.add(an_action(case_id)), writer.add(a_remedy(case_id))),
                *(writer.add(a_clock(case_id)), writer.add(a_pause(case_id)), writer.add(an_escalation(case_id))),
                writer.add(a_public_post(case_id)),
            )
            for record in stored:
                writer.remove(record)
        with store.writing() as writer:
            assert [*writer.calls(case_id), *writer.actions(case_id)] == []
            assert [*writer.promises(case_id), *writer.remedies(case_id)] == []
            assert [*writer.clocks(case_id), *writer.pauses(case_id), *writer.escalations(case_id)] == []
            assert writer.public_posts(case_id) == []
            assert writer.add(a_call(case_id)).id != call.id
            writer.add_all(stored)
        with store.reading() as reader:
            assert call in reader.calls(case_id)
            assert reader.promises(case_id) == [promise]


class TestTransactions:
    """Everything in a transaction is stored, or nothing is."""

    def test_an_exception_drops_everything(self, store: Store) -> None:
        def take_a_case_and_fail() -> None:
            with store.writing() as writer:
                customer = writer.add(a_customer())
                writer.add(a_case(customer_id=customer.id, subject="gone"))
                writer.next_sequence(2026)
                raise KeyError

        with pytest.raises(KeyError):
            take_a_case_and_fail()
        assert page(store).rows == ()
        assert page(store, text="gone").rows == ()
        with store.writing() as writer:
            assert writer.next_sequence(2026) == 1

    def test_sequences_count_within_their_year(self, store: Store) -> None:
        with store.writing() as writer:
            assert [writer.next_sequence(year) for year in (2026, 2025, 2026)] == [1, 1, 2]
            assert writer.next_sequence(2026, 10) == 3
            assert writer.next_sequence(2026) == 13

    def test_reserved_ids_let_new_records_name_each_other(self, store: Store) -> None:
        with_cases(store, {})
        with store.writing() as writer:
            customers, cases = writer.reserve_ids(Customer, 2), writer.reserve_ids(Case, 2)
            writer.add_all(a_customer(f"New {n}", id=id_, phones=(f"555000{n}",)) for n, id_ in enumerate(customers))
            writer.add_all(a_case(id_, customers[-1], id=id_, subject="taken in") for id_ in cases)
            writer.add_all(an_entry(id_, body="long ago") for id_ in cases)
            assert writer.add(a_case(9)).id == cases[-1] + 1
        newest_first = [*reversed(cases)]
        assert references(page(store, text="5550001")) == references(page(store, text="long ago")) == newest_first
        with store.reading() as reader:
            assert [match.case_count for match in reader.find_customers("new", 9)] == [0, 2]

    def test_a_case_is_put_under_the_version_seen(self, store: Store) -> None:
        (case_id,) = with_cases(store, {"version": 1})
        with store.writing() as writer:
            case = writer.case(case_id)
            writer.put_case(replace(case, version=2, subject="second"), case)
            writer.add(an_entry(case_id, version=1, summary="before"))
            after = writer.add(an_entry(case_id, version=2, by="bo", summary="second"))
        with pytest.raises(Conflict, match="bo: second") as refused, store.writing() as writer:
            writer.put_case(replace(case, version=2, subject="other second"), case)
        assert refused.value.changes == (after,)
        with store.reading() as reader:
            assert reader.case(case_id).subject == "second"
            assert reader.entries_since(case_id, 1) == [after]

    def test_many_records_at_once(self, store: Store) -> None:
        (case_id,) = with_cases(store, {})
        with store.writing() as writer:
            writer.add_all(
                [
                    a_customer("Second", phones=("555 123 4567",)),
                    a_case(2, 2, subject="second"),
                    a_case(3, 2, subject="third"),
                    an_entry(case_id, body="added later"),
                    an_entry(case_id),
                ]
            )
        assert references(page(store, text="5551234567")) == [3, 2]
        assert references(page(store, text="added later")) == [1]
        with store.reading() as reader:
            assert len(reader.timeline(case_id, 9)) == 2


class TestImports:
    """A run can be undone as long as nobody worked on what it brought."""

    def run(self, store: Store) -> int:
        """Import three cases of two customers, one of whom is known; return the run."""
        with store.writing() as writer:
            known = writer.add(a_customer("Known"))
            run = writer.add(an_import_run(settings={"encoding": "cp1250"}))
            new = writer.add(a_customer("New", import_run_id=run.id))
            for number, customer_id in enumerate([known.id, new.id, new.id], 1):
                fields = {"import_run_id": run.id, "import_key": f"key {number}", "version": 1, "words": "imported"}
                case = writer.add(a_case(number, customer_id, **fields))
                writer.add(an_entry(case.id, version=1))
                writer.add(a_promise(case.id))
        return run.id

    def test_keys_tell_which_rows_are_known(self, store: Store) -> None:
        self.run(store)
        with store.reading() as reader:
            found = reader.imported_keys(["key 1", "key 3", "key 4"])
            assert found == {"key 1": reference(1), "key 3": reference(3)}
            assert reader.imported_keys([]) == {}

    def test_runs_newest_first(self, store: Store) -> None:
        first = self.run(store)
        with store.writing() as writer:
            second = writer.add(an_import_run(file_name="second.csv"))
            done = replace(second, finished_at=NOW, taken=3, refused=1)
            writer.replace(done)
        with store.reading() as reader:
            assert [run.id for run in reader.import_runs(9)] == [second.id, first]
            assert reader.import_run(second.id) == done
            assert reader.import_run(first).settings == {"encoding": "cp1250"}

    def test_undoing_removes_cases_and_customers(self, store: Store) -> None:
        run_id = self.run(store)
        with store.writing() as writer:
            assert writer.undo_import(run_id) == (3, [])
        assert page(store, scope=Scope.ALL).rows == page(store, text="imported").rows == ()
        with store.reading() as reader:
            assert reader.customer(1).name == "Known"
            assert reader.find_customers("new", 9) == []
            assert reader.promises(1) == []
            assert reader.timeline(1, 9) == []

    def test_an_imported_entry_is_known_until_its_run_is_undone(self, store: Store) -> None:
        run_id = self.run(store)
        with store.writing() as writer:
            survey = writer.add(an_import_run(file_name="survey.csv"))
            told = [
                writer.add(
                    ImportedEntry(id=70 + case, case_id=case, import_run_id=survey.id, import_key=f"answer {case}")
                )
                for case in (2, 3)
            ]
        with store.reading() as reader:
            assert reader.imported_entries(survey.id) == told
            assert reader.imported_entries(run_id) == []
            assert reader.imported_keys(["answer 3", "key 1"]) == {"answer 3": reference(3), "key 1": reference(1)}
        with store.writing() as writer:
            assert writer.undo_import(survey.id) == (0, [])
            assert writer.imported_entries(survey.id) == []
            assert writer.imported_keys(["answer 3"]) == {}
            writer.add(told[0])
            assert writer.undo_import(run_id) == (3, [])
            assert writer.imported_entries(survey.id) == []

    def test_undoing_leaves_what_was_changed(self, store: Store) -> None:
        run_id = self.run(store)
        with store.writing() as writer:
            case = writer.case(2)
            writer.put_case(replace(case, version=2, subject="worked on"), case)
        with store.writing() as writer:
            assert writer.undo_import(run_id) == (2, [reference(2)])
        assert references(page(store)) == [2]
        with store.reading() as reader:
            assert reader.customer(2).name == "New"

    def test_a_new_case_never_takes_the_id_of_a_removed_one(self, store: Store) -> None:
        run_id = self.run(store)
        with store.writing() as writer:
            writer.undo_import(run_id)
            assert writer.add(a_case(9, 1)).id == 4
