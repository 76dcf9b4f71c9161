"""Letters are read as they are meant, filled with what the customer may know, and told by the timeline once sent."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_remedy
from tests.clock_rules import put_in_force
from tests.unit.services.world import World
from tuitrack.domain.errors import Refusal
from tuitrack.domain.filling import FIELDS, fields_of, filled_paragraphs, strange_braces
from tuitrack.domain.letter_reading import read_letters
from tuitrack.domain.letters import GOES, LetterBook, OutgoingLetter
from tuitrack.domain.words import Approval, Channel, Delivery, DueKind, EntryKind, Outcome, TickState
from tuitrack.services.bundle import Services
from tuitrack.services.letter_files import desk_letters, own_letters, shipped_letters
from tuitrack.services.letters import FilledLetter

SHIPPED = ("de", "en", "hr", "ru", "sl")
NAMES = ["thanks", "apology", "acknowledgement", "follow-up", "holding", "final", "resolved"]
ONE = """
# {nome} in a comment is nobody's mistake
[[letters]]
name = "apology"
language = "en"
title = "Our own apology"
subject = "Sorry ({reference})"
text = '''
Dear {customer},

we are sorry.
'''
"""


def read(text: str) -> LetterBook:
    return read_letters(tomllib.loads(text), "letters.toml", text)


def case_of(world: World, **fields: Any) -> int:
    customer = {"name": "Marija Zorić", "language": "en", "email": "m@zoric.hr", "address": "Ilica 1\nZagreb"}
    case = world.take(customer=customer | fields.pop("customer", {}), **fields)
    world.ana.casework.take(case.id, case.version)
    return case.id


def goes(one: FilledLetter, how: Delivery = Delivery.EMAIL, **changes: Any) -> dict[str, Any]:
    """The letter as the form would send it."""
    written = {"name": one.letter.name, "language": one.letter.language, "subject": one.subject, "text": one.text}
    return {**written, "how": how, **changes}


def told(world: World, case_id: int) -> list[tuple[EntryKind, str]]:
    return [(entry.kind, entry.summary) for entry in world.ana.casefile.open(case_id).entries]


@pytest.mark.parametrize("language", SHIPPED)
def test_every_shipped_language_has_every_letter(language: str) -> None:
    english = {letter.name: letter for letter in shipped_letters().of(["en"])}
    letters = shipped_letters().of([language])
    assert [letter.name for letter in letters] == NAMES
    for letter in letters:
        same = english[letter.name]
        assert replace(letter, language="en", subject=same.subject, text=same.text) == same
        assert fields_of(letter.text) == fields_of(same.text)
        assert (letter.text == same.text) == (language == "en")
        assert "{contact}" in letter.text


def test_the_desks_own_letter_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    file = tmp_path / "letters.toml"
    assert own_letters(file) is None
    file.write_text(ONE)
    titles = {letter.name: letter.title for letter in desk_letters(file).of(["en"])}
    assert titles["apology"] == "Our own apology"
    assert titles["thanks"] == "Thank-you e-mail"
    assert len(titles) == len(NAMES)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("letter = 1", "“letter” means nothing here; the nearest is “letters”"),
        ("[[letters]]\nname = 'Sorry!'", "letter 1, name: expected a word of small letters"),
        (ONE.replace("{customer}", "{nome}"), "letter 1, line 9, text: expected in braces only customer, reference"),
        (ONE.replace("{customer}", "{customer.name}"), "line 9, text: expected in braces only"),
        (ONE.replace("{customer}", "{{ customer }}"), "line 9, text: expected in braces only"),
        (ONE.replace("{customer}", "{customer"), "line 9, text: expected in braces only"),
        (ONE.replace("({reference})", "{}"), "letter 1, line 7, subject: expected in braces only"),
        (ONE + "needs = ['nome']", "letter 1, needs: expected customer, reference"),
        (ONE + "says = 'sorry'", "letter 1, says: expected recording notice, empathy"),
        (ONE + "meant_for = 'fun'", "letter 1, meant_for: expected promise, action"),
        (ONE + "decision = 'yes'", "letter 1, decision: expected true or false"),
        (ONE + ONE, "letter 2, name: expected a name that no other letter of its language has"),
        (ONE.replace("we are sorry", "x" * 10_001), "letter 1, text: expected a text of 1 to 10000"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_place(wrong: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=re.escape(sentence)) as refused:
        read(wrong)
    assert refused.value.sentence.startswith("letters.toml")


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(letters=_ANYTHING | st.lists(st.fixed_dictionaries({"name": _ANYTHING, "says": _ANYTHING, "text": _ANYTHING})))
def test_anything_in_a_file_is_taken_or_refused(letters: Any) -> None:
    with suppress(Refusal):
        read_letters({"letters": letters}, "letters.toml")


@given(text=st.text("{}ab \n", max_size=40), value=st.text("{}%$\\1a\n", max_size=20))
def test_no_text_of_a_letter_or_a_case_is_more_than_text(text: str, value: str) -> None:
    known = {"a", "b"}
    if not strange_braces(text, known):
        filled = filled_paragraphs(text, dict.fromkeys(known, value))
        bare = text.replace("{a}", value).replace("{b}", value) if not {"{", "}"} & set(value) else None
        assert bare is None or filled == bare
        assert filled_paragraphs(text, {}) == "\n\n".join(one for one in text.split("\n\n") if "{" not in one)


def test_a_letter_is_filled_in_the_customers_language_from_what_the_customer_may_know(world: World) -> None:
    case_id = case_of(world, customer={"name": "Marija {contact} [b]Z[/b]", "language": "HR"}, details="She is mad.")
    world.ana.remedies.offer(case_id, {"kind": "partial_refund", "amount": "20.00", "code": "X1"})
    world.ana.remedies.offer(case_id, {"kind": "other", "what": "tehničar u petak"})
    world.ana.remedies.offer(case_id, {"kind": "coupon", "chosen": False})
    one = world.ana.letters.filled(case_id, "follow-up")
    reference = world.ana.casefile.open(case_id).case.reference
    assert one.subject == f"Što možete odabrati ({reference})"
    assert one.text.startswith("Poštovani, Marija {contact} [b]Z[/b],\n\n")
    assert "od 18. studenoga 2026. Možemo" in one.text
    assert ":\n- djelomičan povrat novca 20.00 EUR\n- tehničar u petak\n\n" in one.text
    assert "Vaša osoba za kontakt je Ana Kovač." in one.text
    for inside in ("mad", "X1", "kupon", "luka"):
        assert inside not in one.text


def test_the_letter_names_the_contact_and_never_who_does_the_work(world: World) -> None:
    case_id = case_of(world)
    world.ana.items.add_action(case_id, {"what": "look at the box", "assignee": "Božo the technician"})
    world.ana.casework.assign(case_id, "luka", world.ana.casefile.open(case_id).case.version)
    world.ana.casework.edit(case_id, {"contact": "ana"}, world.ana.casefile.open(case_id).case.version)
    for one in world.ana.letters.offered(case_id):
        if not one.lacks:
            assert "Ana Kovač" in one.text
            assert "Božo" not in one.text
            assert "luka" not in one.text


def test_an_offer_that_waits_for_approval_is_no_option_yet(world: World) -> None:
    case_id = case_of(world)
    with world.store.writing() as writer:
        writer.add(a_remedy(case_id, approval=Approval.WAITING))
    with pytest.raises(Refusal, match="lacks what 'follow-up' tells: what the customer may choose from"):
        world.ana.letters.filled(case_id, "follow-up")


def test_what_the_case_lacks_is_left_out_or_said(world: World) -> None:
    case = world.take(return_at=None, no_return_reason="none wanted")
    one = world.ana.letters.filled(case.id, "acknowledgement")
    assert "promised" not in one.text
    assert "Your contact" not in one.text
    assert one.text.endswith("Kind regards\n\nComplaint desk")
    lacking = {one.letter.name: one.missing for one in world.ana.letters.offered(case.id) if one.lacks}
    assert lacking == {
        "follow-up": "what the customer may choose from, one a line",
        "final": "the decision as it is explained to the customer",
        "resolved": "what was done",
    }


def test_what_is_asked_for_and_is_not_there_is_refused(world: World) -> None:
    case_id = case_of(world)
    with pytest.raises(Refusal, match="none called 'sorry'; expected one of thanks, apology"):
        world.ana.letters.filled(case_id, "sorry")
    with pytest.raises(Refusal, match="'thanks' is written in de, en, hr, ru, sl"):
        world.ana.letters.filled(case_id, "thanks", "fa")
    one = world.ana.letters.filled(case_id, "thanks", "de")
    assert one.letter.language == "de"
    with pytest.raises(Refusal, match="Goes: expected by e-mail or by post"):
        world.ana.letters.send(case_id, goes(one, Delivery.ACCOUNT))
    with pytest.raises(Refusal, match="Text: this is needed"):
        world.ana.letters.send(case_id, goes(one, text=" \n"))
    bare = world.take(customer={"name": "Ivo Kos", "phones": ("091/234-5678",)})
    with pytest.raises(Refusal, match="To: no postal address of Ivo Kos is known"):
        world.ana.letters.send(bare.id, goes(one, Delivery.POST))


@pytest.mark.parametrize(("how", "to"), [(Delivery.EMAIL, "m@zoric.hr"), (Delivery.POST, "Ilica 1 Zagreb")])
def test_a_letter_that_goes_stands_on_the_timeline_with_its_text(world: World, how: Delivery, to: str) -> None:
    case_id = case_of(world)
    one = world.ana.letters.filled(case_id, "apology")
    sent = world.ana.letters.send(case_id, goes(one, how, text=f"{one.text}\n\nPS: \x1b[2J[b]x"))
    entry = next(entry for entry in world.ana.casefile.open(case_id).entries if entry.kind is EntryKind.LETTER)
    assert entry.summary == f"Apology to {to}"
    assert entry.channel is GOES[how]
    assert entry.body == f"{one.subject}\n\n{one.text}\n\nPS: \ufffd[2J[b]x" == f"{sent.subject}\n\n{sent.text}"
    assert (sent.customer, sent.dated, sent.office) == ("Marija Zorić", "18 November 2026", "Complaint desk")


def test_what_a_letter_says_ticks_the_steps_and_is_taken_back_with_it(world: World) -> None:
    case_id = case_of(world)

    def done() -> set[str]:
        steps = world.ana.casefile.open(case_id).steps
        return {one.step.id for one in steps if one.tick is not None and one.tick.state is TickState.DONE}

    before, version = done(), world.ana.casefile.open(case_id).case.version
    world.ana.letters.send(case_id, goes(world.ana.letters.filled(case_id, "apology")))
    assert done() - before >= {"apologise"}
    assert told(world, case_id)[-1] == (EntryKind.APOLOGY, "Apologised to the customer")
    world.ana.undo.undo(case_id)
    assert done() == before
    assert world.ana.casefile.open(case_id).case.version == version + 2
    world.ana.undo.redo(case_id)
    assert "apologise" in done()


RULES = """
[[rules]]
clock = "acknowledgement"
within = "1 day"

[[rules]]
clock = "holding letter"
within = "4 weeks"

[[rules]]
clock = "final response"
within = "8 weeks"
"""


def test_letters_meet_the_clocks_they_are_for_and_are_proposed_until_then(world: World) -> None:
    put_in_force(world.store, world.ana.desk.settings, RULES, world.now)
    case_id = case_of(world, channel="email")
    letters = world.ana.letters

    def proposed() -> list[str]:
        return [one.letter.name for one in letters.offered(case_id) if one.is_proposed]

    def unmet() -> set[DueKind]:
        return {one.kind for one in world.ana.casefile.open(case_id).clocks if one.met_at is None}

    assert proposed() == ["acknowledgement", "holding"]
    assert letters.offered(case_id)[0].letter.name == "acknowledgement"
    letters.send(case_id, goes(letters.filled(case_id, "acknowledgement")))
    # Any letter is written news, so it meets the holding letter as one that is logged by hand does.
    assert DueKind.ACKNOWLEDGEMENT not in unmet()
    assert DueKind.FINAL in unmet()
    world.resolve(world.ana.casefile.open(case_id).case)
    assert proposed() == ["final"]
    letters.send(case_id, goes(letters.filled(case_id, "final")))
    assert DueKind.FINAL not in unmet()
    assert world.ana.casefile.open(case_id).case.customer_told_on == world.now.date()
    assert proposed() == []
    world.ana.undo.undo(case_id)
    assert DueKind.FINAL in unmet()
    assert world.ana.casefile.open(case_id).case.customer_told_on is None


@pytest.mark.parametrize(
    ("outcome", "title"), [(Outcome.CONFIRMED, "Thank-you letter after resolution"), (Outcome.WITHDRAWN, "")]
)
def test_after_closing_the_letter_of_thanks_is_proposed_until_one_went(
    world: World, outcome: Outcome, title: str
) -> None:
    case_id = case_of(world)
    seen = world.resolve(world.ana.casefile.open(case_id).case)
    assert world.ana.letters.proposed(case_id) == ""
    call = world.ana.casework.log_call(case_id, {"direction": "outbound", "purpose": "verify", "note": "It works."})
    confirmation = {"customer_confirmed_on": world.now.date(), "confirming_call_id": call.id, "mood": "satisfied"}
    seen = world.ana.casefile.open(case_id).case
    seen = world.ana.closure.save_confirmation(case_id, confirmation, seen.version)
    world.ana.closure.close(case_id, {"outcome": outcome, "closing_note": "x"}, seen.version)
    assert world.ana.letters.proposed(case_id) == title
    if title:
        world.passes(minutes=1)
        world.ana.letters.send(case_id, goes(world.ana.letters.filled(case_id, "resolved"), Delivery.POST))
        assert world.ana.letters.proposed(case_id) == ""
        entry = world.ana.casefile.open(case_id).entries[-1]
        assert (entry.kind, entry.channel) == (EntryKind.THANKS, Channel.LETTER)


def test_what_cannot_be_written_to_its_file_did_not_go(world: World) -> None:
    case_id = case_of(world)
    before = world.ana.casefile.open(case_id)

    def full(letter: OutgoingLetter) -> None:
        raise Refusal("File: the disk is full.", "path")

    with pytest.raises(Refusal, match="the disk is full"):
        world.ana.letters.send(case_id, goes(world.ana.letters.filled(case_id, "thanks")), full)
    assert world.ana.casefile.open(case_id) == before


def test_a_wrong_file_is_told_when_a_letter_is_wanted(world: World, tmp_path: Path) -> None:
    file = tmp_path / "letters.toml"
    file.write_text("letters = 1")
    desk = replace(world.ana.desk, letters=lambda: desk_letters(file))
    asking: list[Callable[[], object]] = [
        lambda: Services(desk).letters.offered(case_of(world)),
        lambda: Services(desk).letters.read(file),
    ]
    for ask in asking:
        with pytest.raises(Refusal, match=r"letters.toml, letters: expected tables"):
            ask()
    with pytest.raises(Refusal, match="is not there"):
        world.ana.letters.read(tmp_path / "none.toml")


def test_all_fields_are_for_the_customer_to_hear() -> None:
    assert set(FIELDS).isdisjoint({"details", "cause", "owner", "justified_because", "closing_note", "to_clarify"})
