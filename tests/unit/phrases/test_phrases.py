"""Phrases are read as they are meant, filled with what is known of a case, and said in the customer's language."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOW
from tests.unit.services.world import World
from tuitrack.domain.errors import Refusal
from tuitrack.domain.filling import FIELDS, fields_of, filled
from tuitrack.domain.phrase_reading import read_phrases
from tuitrack.domain.phrases import TOLD, Moment, PhraseBook
from tuitrack.domain.words import EntryKind
from tuitrack.services.bundle import Services
from tuitrack.services.phrase_files import desk_phrases, own_phrases, shipped_phrases
from tuitrack.services.phrases import Offered

OWN = """
[[phrases]]
moment = "thanks"
language = "hr"
text = "Hvala, {customer}!"

[[phrases]]
moment = "empathy"
language = "it"
text = "Capisco."
"""
SHIPPED = ("de", "en", "hr", "ru", "sl")


def read(text: str) -> PhraseBook:
    return read_phrases(tomllib.loads(text), "phrases.toml")


@pytest.mark.parametrize("language", SHIPPED)
def test_every_shipped_language_has_a_phrase_for_every_moment(language: str) -> None:
    book = shipped_phrases()
    of_language = [phrase for phrase in book.phrases if phrase.language == language]
    assert {phrase.moment for phrase in of_language} == set(Moment)
    assert sum(phrase.moment is Moment.THANKS for phrase in of_language) == 3
    assert any(not fields_of(phrase.text) - {"reference"} for phrase in of_language if phrase.moment is Moment.NEXT)
    assert book.said(NOW, language) != f"{NOW:%d.%m.%Y, %H:%M}"


def test_a_moment_is_said_in_the_words_of_the_language() -> None:
    said = [shipped_phrases().said(NOW, language) for language in ("en", "hr", "sl", "de", "ru", "it")]
    assert said == [
        "Wednesday, 18 November, at 12:00",
        "srijeda, 18. studenoga u 12:00",
        "sreda, 18. novembra ob 12:00",
        "Mittwoch, 18. November, 12:00 Uhr",
        "среда, 18 ноября, 12:00",
        "18.11.2026, 12:00",
    ]


def test_the_desks_own_phrases_come_first(tmp_path: Path) -> None:
    file = tmp_path / "phrases.toml"
    assert own_phrases(file) is None
    file.write_text(OWN)
    book = desk_phrases(file)
    thanks = [one.text for one in book.of(["hr"], FIELDS) if one.moment is Moment.THANKS]
    assert thanks[0] == "Hvala, {customer}!"
    assert len(thanks) == 4
    assert [one.text for one in book.of(["it"], [])] == ["Capisco."]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("phrase = 1", "“phrase” means nothing here; the nearest is “phrases”"),
        ("phrases = 1", "phrases: expected tables, each one begun with [[phrases]]; not '1'"),
        ("phrases = [1]", "phrase 1: expected a table; not '1'"),
        ("[[phrases]]\nmoment = 'thx'", "phrase 1, moment: expected one of recording, empathy"),
        ("[[phrases]]\nmoment = 'thanks'\nlanguage = 'English'", "phrase 1, language: expected a language as two"),
        ("[[phrases]]\nmoment = 'thanks'\nlanguage = 'en'", "phrase 1, text: expected a text of 1 to 1000"),
        ("[[phrases]]\nmoment = 'thanks'\nlanguage = 'en'\ntext = ' \u200b '", "phrase 1, text: expected a text"),
        ("[[phrases]]\nmoment = 'thanks'\nlanguage = 'en'\ntext = '{name}'", "in braces only customer, reference"),
        ("[[phrases]]\nmoment = 'thanks'\nlanguage = 'en'\ntext = '{}'", "in braces only customer, reference"),
        ("[days.it]\nweekdays = ['lun']\nform = 'x'", "days.it, weekdays: expected a list of 7 words"),
        ("[days.it]\nform = '{year}'", "days.it, form: expected {weekday}"),
        ("[days.xyz]", "days: expected a language"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(text: str, told: str) -> None:
    with pytest.raises(Refusal, match=re.escape(told)) as refused:
        read(text)
    assert refused.value.sentence.startswith("phrases.toml")


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(phrases=_ANYTHING, days=_ANYTHING)
def test_anything_in_a_file_is_taken_or_refused(phrases: Any, days: Any) -> None:
    with suppress(Refusal):
        read_phrases({"phrases": phrases, "days": days}, "phrases.toml")


@given(text=st.text(max_size=60), value=st.text(max_size=20))
def test_no_text_of_a_phrase_or_a_case_breaks_a_phrase(text: str, value: str) -> None:
    written = {"phrases": [{"moment": "next", "language": "en", "text": f"{{customer}}{text}"}]}
    with suppress(Refusal):
        (phrase,) = read_phrases(written, "phrases.toml").phrases
        assert filled(phrase.text, dict.fromkeys(FIELDS, value)).startswith(value)


def test_braces_in_a_value_are_only_text() -> None:
    values = {"customer": "{reference}", "reference": "C1"}
    assert filled("{customer} {reference}", values) == "{reference} C1"


def of_desk(services: Services, language: str) -> Services:
    desk = services.desk
    return Services(replace(desk, settings=replace(desk.settings, language=language)))


def case_of(world: World, language: str, **fields: Any) -> int:
    customer = {"name": "Marija [b]Zorić[/b] {contact}", "phones": ("091/234-5678",), "language": language}
    return world.take(customer=customer, **fields).id


def said(offered: list[Offered], moment: Moment, language: str) -> list[str]:
    return [one.text for one in offered if (one.moment, one.language) == (moment, language)]


def test_the_customers_language_comes_before_the_desks(world: World) -> None:
    ana = of_desk(world.ana, "de")
    languages = [one.language for one in ana.phrases.offered(case_of(world, "HR"))]
    assert list(dict.fromkeys(languages)) == ["hr", "de"]
    languages = [one.language for one in ana.phrases.offered(case_of(world, "tl"))]
    assert set(languages) == {"de"}
    assert {one.language for one in of_desk(world.ana, "fa").phrases.offered(1)} == {"hr"}
    assert {one.language for one in of_desk(world.ana, "fa").phrases.offered(2)} == {"en"}


def test_a_phrase_is_filled_from_the_case(world: World) -> None:
    ana = of_desk(world.ana, "en")
    case = ana.casework.take(case_of(world, ""), world.ana.casefile.open(1).case.version)
    full, _ = said(ana.phrases.offered(case.id), Moment.NEXT, "en")
    assert f"Your reference is {case.reference}. Ana Kovač looks after" in full
    assert "get back to the customer. By: Thursday, 19 November, at 13:00." in full
    assert (
        "for your patience, Marija [b]Zorić[/b] {contact}."
        in said(ana.phrases.offered(case.id), Moment.THANKS, "en")[2]
    )


def test_a_phrase_that_needs_what_the_case_lacks_is_left_out(world: World) -> None:
    case_id = case_of(world, "en", return_at=None, no_return_reason="none wanted")
    told = said(world.ana.phrases.offered(case_id), Moment.NEXT, "en")
    assert len(told) == 1
    assert "We look into what happened" in told[0]


@pytest.mark.parametrize("moment", TOLD)
def test_what_was_said_stands_on_the_timeline(world: World, moment: Moment) -> None:
    case_id = case_of(world, "en")
    world.ana.phrases.tell(case_id, moment, "We call \x1b[2J.")
    entry = world.ana.casefile.open(case_id).entries[-1]
    assert (entry.kind, entry.summary) == TOLD[moment]
    assert entry.by == "ana"


def test_manners_are_not_facts_of_the_case(world: World) -> None:
    case_id = case_of(world, "en")
    before = world.ana.casefile.open(case_id)
    for moment in set(Moment) - set(TOLD):
        world.ana.phrases.tell(case_id, moment, "I understand.")
    assert world.ana.casefile.open(case_id) == before


def test_an_apology_says_nothing_of_who_was_right(world: World) -> None:
    case_id = case_of(world, "en")
    world.ana.phrases.tell(case_id, Moment.APOLOGY, "I am sorry.")
    file = world.ana.casefile.open(case_id)
    assert file.entries[-1].kind is EntryKind.APOLOGY
    assert file.case.justified is None


def test_a_wrong_file_is_told_when_a_phrase_is_wanted(world: World, tmp_path: Path) -> None:
    file = tmp_path / "phrases.toml"
    file.write_text("phrases = 1")
    desk = replace(world.ana.desk, phrases=lambda: desk_phrases(file))
    with pytest.raises(Refusal, match=r"phrases.toml, phrases"):
        Services(desk).phrases.offered(case_of(world, "en"))


def test_a_phrase_is_taken_back(world: World) -> None:
    case_id = case_of(world, "en")
    world.ana.phrases.tell(case_id, Moment.NEXT, "We call.")
    world.passes(minutes=1)
    world.ana.undo.undo(case_id)
    assert world.ana.casefile.open(case_id).entries[-1].kind is EntryKind.UNDONE
