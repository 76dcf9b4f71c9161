"""The steps of a procedure: which a case has, how they stand, and how a file of them is read."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_tick
from tuitrack.domain.errors import Refusal
from tuitrack.domain.procedure import ProcedureBook, standing
from tuitrack.domain.procedure_reading import read_procedures
from tuitrack.domain.words import Ticking, TickState
from tuitrack.services.procedure_file import own_procedures, shipped_procedures

TWELVE = ["act", "listen", "gather", "record", "empathise", "thank", "apologise", "offer", "discuss", "promises"]
TWELVE += ["feedback", "quality"]

FILE = """
[[procedures]]
name = "privacy"
category = ["Zaštita podataka", "privacy"]
steps = [
    "act",
    { step = "apologise", mandatory = true },
    { step = "report", title = "Report it", help = "Within 72 hours.", ticked_by = ["letter", "facts_call"] },
]

[[procedures]]
category = "returns"
steps = ["offer"]
"""


def read(text: str) -> ProcedureBook:
    return read_procedures(tomllib.loads(text), "procedure.toml", shipped_procedures())


def test_the_twelve_steps_come_with_the_program_and_none_is_a_wall() -> None:
    steps = shipped_procedures().of("whatever").steps
    assert [step.id for step in steps] == TWELVE
    assert all(step.title and step.help for step in steps)
    assert not any(step.mandatory for step in steps)


def test_their_help_tells_the_three_phases_in_their_order() -> None:
    phases = [step.help.split(":")[0] for step in shipped_procedures().of("").steps if step.help.startswith("Phase")]
    assert phases == ["Phase 1, listen", "Phase 2, empathise", "Phase 3, resolve"]


def test_the_first_procedure_that_fits_the_category_is_taken() -> None:
    book = read(FILE)
    assert [step.id for step in book.of("ZASTITA podataka").steps] == ["act", "apologise", "report"]
    assert [step.id for step in book.of("returns").steps] == ["offer"]
    assert [step.id for step in book.of("").steps] == TWELVE
    for_all = read(FILE + "\n[[procedures]]\nsteps = ['thank']")
    assert [step.id for step in for_all.of("billing").steps] == ["thank"]
    assert not any("twelve" in line for line in for_all.lines)


def test_a_known_step_says_only_what_is_different() -> None:
    act, apologise, report = read(FILE).of("privacy").steps
    usual = {step.id: step for step in shipped_procedures().of("").steps}
    assert act == usual["act"]
    assert apologise == replace(usual["apologise"], mandatory=True)
    assert (report.title, report.help, report.mandatory) == ("Report it", "Within 72 hours.", False)
    assert report.ticked_by == {Ticking.LETTER, Ticking.FACTS_CALL}


def test_a_book_in_sentences() -> None:
    lines = read(FILE).lines
    assert lines[:4] == [
        "Procedure privacy, for category privacy or zastita podataka",
        " 1 act: Act at once; ticked by acknowledging call",
        " 2 apologise: Apologise, mandatory for closing; ticked by apology",
        " 3 report: Report it; ticked by facts call, letter",
    ]
    assert "Procedure 2, for category returns" in lines
    assert "Procedure twelve steps, for all cases" in lines


STEP = "[[procedures]]\nsteps = ['act', {{ step = 'new', {} }}]"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("procedure = []", "“procedure” means nothing here; the nearest is “procedures”"),
        ("procedures = 3", "procedures: expected tables, each one begun with [[procedures]]; not '3'"),
        ("procedures = [3]", "procedure 1: expected a table; not '3'"),
        ("[[procedures]]\nname = 3\nsteps = ['act']", "procedure 1, name: expected a text of 1 to 200 characters"),
        ("[[procedures]]\nname = 'x'", "procedure x, steps: expected a list of 1 to 12 steps; nothing is there"),
        ("[[procedures]]\nsteps = []", "procedure 1, steps: expected a list of 1 to 12 steps; not '[]'"),
        (f"[[procedures]]\nsteps = {['act'] * 13}", "steps: expected a list of 1 to 12 steps"),
        ("[[procedures]]\nsteps = ['act', 'act']", "procedure 1, steps: expected every step once; not 'act'"),
        ("[[procedures]]\nsteps = ['act', 3]", "procedure 1, step 2: expected a table; not '3'"),
        ("[[procedures]]\nsteps = ['any']", "step 1, step: expected a key word of small letters, digits and hyphens"),
        ("[[procedures]]\nsteps = ['Act now']", "expected a key word of small letters, digits and hyphens"),
        (
            "[[procedures]]\nsteps = ['acts']",
            "step 1 (acts): expected a title, as it is not one of the steps known: act",
        ),
        ("[[procedures]]\nsteps = ['act']\nkategory = 'x'", "“kategory” means nothing here; the nearest is “category”"),
        ("[[procedures]]\nsteps = ['act']\ncategory = [3]", "category: expected a word, or a list of words"),
        (STEP.format("title = ' '"), "step 2 (new), title: expected a text of 1 to 200 characters"),
        (STEP.format("title = 'x', mandatory = 1"), "step 2 (new), mandatory: expected true or false; not '1'"),
        (STEP.format("title = 'x', ticked_by = 'magic'"), "ticked_by: expected case taken, customer's words,"),
        (STEP.format("title = 'x', ticked_by = 3"), "ticked_by: expected a word, or a list of words; not '3'"),
        (STEP.format("title = 'x', help = 3"), "help: expected a text of at most 200 characters; not '3'"),
        (STEP.format("titel = 'x'"), "procedure 1, step 2: “titel” means nothing here; the nearest is “title”"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, told: str) -> None:
    with pytest.raises(Refusal, match=r"^procedure\.toml") as refused:
        read(text)
    assert told in refused.value.sentence


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from([*TWELVE, *Ticking]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["procedures", "steps", "step", "name", "category", "title", "mandatory", "ticked_by", "help"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(["procedures", "x"]), _VALUES, max_size=2))
def test_whatever_a_file_holds_it_is_read_or_refused_with_a_sentence(written: dict[str, object]) -> None:
    with suppress(Refusal):
        book = read_procedures(written, "procedure.toml", shipped_procedures())
        assert book.of("anything").steps
        assert all(re.fullmatch(r"[a-z][a-z0-9-]*", step) for step in book.steps)


def test_without_a_file_there_is_nothing_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "procedure.toml"
    assert own_procedures(path) is None
    path.write_text(FILE)
    assert own_procedures(path) == read(FILE)


def test_how_the_steps_of_a_case_stand() -> None:
    done, skipped = a_tick(step="act"), a_tick(step="apologise", state=TickState.SKIPPED, because="not asked for")
    gone = a_tick(step="call", ticked_by=Ticking.LETTER)
    act, apologise, report, call = standing(read(FILE).of("privacy"), [done, skipped, gone])
    assert (act.is_done, act.is_wanted) == (True, False)
    assert (apologise.is_done, apologise.is_wanted) == (False, False)
    assert (report.number, report.tick, report.is_wanted) == (3, None, False)
    assert (call.number, call.step.title, call.told("on Friday")) == (0, "Call", "done on Friday by ana, letter")
    wanted = standing(read(FILE).of("privacy"), [])[1]
    assert wanted.is_wanted
    assert wanted.told("") == "open, mandatory for closing"
