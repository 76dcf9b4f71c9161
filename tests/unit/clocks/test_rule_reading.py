"""A file of rules is read as it is meant, and whatever is wrong with it is told in a sentence."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_case
from tuitrack.domain.clock_rules import About, RuleBook
from tuitrack.domain.errors import Refusal
from tuitrack.domain.rule_reading import read_rules
from tuitrack.domain.words import Channel, CustomerKind, DueKind, PauseReason, Priority
from tuitrack.services.own_rules import of_file
from tuitrack.settings import Settings

FILE = """
[calendars.office]
holidays = "HR"
closed = [2026-12-24, "2026-12-28..2026-12-30"]

[calendars.office.hours]
mon-thu = ["8:00-12:00", "13:00 - 17:00"]
fri = "08:00-12:00"

[calendars.hotline]
zone = "Asia/Kolkata"
[calendars.hotline.hours]
mon-sun = ["00:00-24:00"]

[[rules]]
clock = "First response"
within = "2 working hours"
calendar = "hotline"
channel = ["social media", "chat"]
priority = "urgent"

[[rules]]
clock = "first response"
within = "same working day"

[[rules]]
clock = "resolve"
within = "8 weeks"
target = "10 working days"
pauses = ["customer", "legal"]
category = "Žalba"
customer = "company"
"""


def read(text: str) -> RuleBook:
    return read_rules(tomllib.loads(text), "Europe/Zagreb", "deadlines.toml")


def test_calendars_are_read_with_their_hours_holidays_and_closing_days() -> None:
    office = read(FILE).rules[1].within.calendar
    assert office.words == (
        "office: Mon to Thu 08:00-12:00 and 13:00-17:00, Fri 08:00-12:00, holidays of HR, "
        "4 closing days of its own, Europe/Zagreb"
    )
    assert min(office.closed) == date(2026, 12, 24)
    assert read(FILE).rules[0].within.calendar.words == "hotline: Mon to Sun day and night, Asia/Kolkata"


def test_the_first_rule_that_fits_is_taken() -> None:
    book = read(FILE)
    public = a_case(channel=Channel.SOCIAL, priority=Priority.URGENT)
    one, other = (
        book.rule(DueKind.FIRST_RESPONSE, About(case, lambda: CustomerKind.PERSON)) for case in (public, a_case())
    )
    assert one is book.rules[0]
    assert other is book.rules[1]
    zalba = a_case(category="zalba")
    assert book.rule(DueKind.RESOLVE, About(zalba, lambda: CustomerKind.PERSON)) is None
    assert book.rule(DueKind.RESOLVE, About(zalba, lambda: CustomerKind.COMPANY)) is book.rules[2]
    assert book.kinds(About(zalba, lambda: CustomerKind.COMPANY)) == {DueKind.FIRST_RESPONSE, DueKind.RESOLVE}


def test_a_span_and_its_target_count_each_in_its_own_way() -> None:
    rule = read(FILE).rules[2]
    assert rule.target is not None
    assert (rule.within.calendar.name, rule.target.calendar.name) == ("every day", "office")
    assert rule.pauses == {PauseReason.CUSTOMER, PauseReason.LEGAL}
    assert rule.words == "resolve within 8 weeks, if possible within 10 working days"
    assert rule.conditions_words == "category zalba; customer company"


RULE = '[[rules]]\nclock = "resolve"\nwithin = "8 weeks"\n'
OPEN = '[calendars.office.hours]\nmon = "08:00-12:00"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ruels = []", "“ruels” means nothing here; the nearest is “rules”"),
        ("rules = 3", "rules: expected tables, each one begun with"),
        ("[[rules]]\nwithin = '1 day'", "rule 1, clock: expected one of first response"),
        ("[[rules]]\nclock = 'promise'\nwithin = '1 day'", "rule 1, clock: expected one of"),
        (RULE + "[[rules]]\nclock = 'resolve'", "rule 2, within: expected a span such as 2 working hours"),
        (RULE.replace("8 weeks", "8 wooks"), "rule 1, within: expected a span such as .*; not '8 wooks'"),
        (RULE + "target = 3", "rule 1, target: expected a span"),
        (RULE + "clok = 3", "rule 1: “clok” means nothing here; the nearest is “clock”"),
        (RULE + "calendar = 'office'", "“8 weeks” counts every day; write “working” into it"),
        (RULE.replace("8 weeks", "8 working days"), "rule 1, calendar: expected a calendar of this file: always"),
        (RULE + "channel = 'pigeon'", "rule 1, channel: expected phone, email, .*; not 'pigeon'"),
        (RULE + "channel = [3]", "rule 1, channel: expected a word, or a list of words"),
        (RULE + "pauses = 'tea'", "rule 1, pauses: expected customer, legal, other; not 'tea'"),
        ("[calendars.office]\nholidays = 'HR'", "calendar office, hours: expected one weekday at least"),
        (OPEN.replace("mon", "mon-xyz"), "hours: expected mon, tue, wed, thu, fri, sat, sun, or a run of days"),
        (OPEN.replace("mon", "fri-mon"), "a run of days such as mon-fri; not 'fri-mon'"),
        (OPEN.replace("08:00-12:00", "12:00-08:00"), "hours of mon: expected periods in their order within one day"),
        (OPEN.replace("08:00-12:00", "08:00-25:00"), "hours of mon: expected periods"),
        (OPEN.replace("08:00-12:00", "08:99-12:00"), "hours of mon: expected periods"),
        (OPEN.replace('"08:00-12:00"', '["08:00-12:00", "11:00-13:00"]'), "hours of mon: expected periods"),
        (OPEN + "[calendars.office]\nholidays = 'XX'", "holidays: expected a country, or one with a region"),
        (OPEN + "[calendars.office]\nclosed = ['24.12.']", "closed: expected a day such as 2026-12-24"),
        (OPEN + "[calendars.office]\nclosed = ['2026-12-24..2026-12-23']", "from a day to a later one"),
        (OPEN + "[calendars.office]\nclosed = ['2026-01-01..2036-12-23']", "at most a year"),
        (OPEN + "[calendars.office]\nclosed = '2026-12-24'", "closed: expected a list of days"),
        (OPEN + "[calendars.office]\nzone = 'Europe/Zegreb'", "zone: expected a zone of the IANA database"),
        ("calendars = 3", "calendars: expected a table"),
        (
            OPEN + "[[rules]]\nclock = 'resolve'\nwithin = '9000 working hours'",
            "rule 1, within: “9000 working hours” take more than 10 years in calendar office",
        ),
        (OPEN + "[[rules]]\nclock = 'resolve'\nwithin = '900 working days'", "take more than 10 years"),
        ("[calendars]\noffice = 3", "calendar office: expected a table"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, told: str) -> None:
    with pytest.raises(Refusal, match=told) as refused:
        read(text)
    assert re.match("deadlines.toml[,:] ", refused.value.sentence)


plain = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8) | st.dates()
values = (
    plain | st.lists(plain, max_size=2) | st.dictionaries(st.sampled_from(("mon", "tue-fri", "x")), plain, max_size=2)
)
names = st.sampled_from(("hours", "holidays", "closed", "zone", "clock", "within", "target", "pauses", "kind", "mon"))


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "calendars": st.dictionaries(st.sampled_from(("office", "x")), st.dictionaries(names, values)) | plain,
            "rules": st.lists(st.dictionaries(names, values, max_size=4), max_size=2) | plain,
        },
    )
)
def test_nothing_that_may_be_written_does_more_than_be_refused(written: dict[str, object]) -> None:
    with suppress(Refusal):
        assert isinstance(read_rules(written, "UTC", "deadlines.toml"), RuleBook)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("presets = ['deks']", "presets: expected a list of settings, desk, social, disp, cfpb"),
        ("presets = 'desk'", "presets: expected a list of"),
        ("preset = ['desk']", "“preset” means nothing here; expected presets, calendars, rules"),
        ("calendars = 3\npresets = ['desk']", r"calendars: expected tables such as \[calendars.office\]"),
        ("rules = 3", "rules: expected tables, each one begun with"),
        ("presets = [", "is not TOML"),
    ],
)
def test_a_file_is_refused_before_it_is_in_force(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "deadlines.toml"
    path.write_text(text)
    with pytest.raises(Refusal, match=told):
        of_file(path).book(Settings(), path.name)


def test_rules_of_ones_own_come_before_those_of_presets_and_so_do_calendars(tmp_path: Path) -> None:
    path = tmp_path / "deadlines.toml"
    path.write_text(
        'presets = ["desk"]\n[calendars.office.hours]\nmon = "06:00-07:00"\n'
        '[[rules]]\nclock = "first response"\nwithin = "1 hour"\npriority = "urgent"\n'
    )
    book = of_file(path).book(Settings(), path.name)
    assert (book.rules[0].within.span.text, book.rules[0].origin) == ("1 hour", "own rule")
    assert book.rules[1].within.calendar.words == "office: Mon 06:00-07:00, UTC"


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="is not there"):
        of_file(tmp_path / "deadlines.toml")


def test_the_example_for_administrators_is_read(tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "administrator.md").read_text("utf-8")
    path = tmp_path / "deadlines.toml"
    path.write_text(next(text for text in re.findall("```toml\n(.*?)```", page, re.DOTALL) if "presets" in text))
    book = of_file(path).book(Settings(), path.name)
    assert book.rules[0].words == "first response within 30 working minutes"
