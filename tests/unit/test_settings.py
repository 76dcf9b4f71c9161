"""Settings: where they come from, which wins, and the sentence for each wrong one."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuitrack.domain.errors import Refusal
from tuitrack.paths import Paths, find_paths
from tuitrack.settings import Settings, load


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths({"TUITRACK_HOME": str(tmp_path)})


def refused(paths: Paths, environ: dict[str, str]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        load(paths, environ)
    return caught.value


def test_the_systems_zone_and_region_are_taken_where_nothing_is_configured(paths: Paths) -> None:
    settings = load(paths, {"LANG": "hr_HR.UTF-8", "TZ": ":Europe/Zagreb"})
    assert (settings.time_zone, settings.region) == ("Europe/Zagreb", "HR")
    assert settings.agent
    assert settings.resolve_in_days == Settings().resolve_in_days


@pytest.mark.parametrize(
    ("environ", "region"),
    [
        ({}, ""),
        ({"LANG": "C.UTF-8"}, ""),
        ({"LANG": "de_AT@euro"}, "AT"),
        ({"LC_ALL": "sl_SI.UTF-8", "LANG": "de_DE"}, "SI"),
        ({"LC_ALL": "C", "LANG": "fa_IR.UTF-8"}, "IR"),
        ({"LANG": "english"}, ""),
    ],
)
def test_region_follows_the_locale(paths: Paths, environ: dict[str, str], region: str) -> None:
    assert load(paths, environ).region == region


def test_an_unknown_zone_of_the_system_is_passed_over(paths: Paths) -> None:
    assert load(paths, {"TZ": "<+03>-3"}).time_zone != "<+03>-3"


def test_the_file_wins_over_the_system_and_the_environment_over_the_file(paths: Paths) -> None:
    paths.config.write_text('agent = "Ana Žorić"\nresolve_in_days = 5\nrecording_announced = true\n', "utf-8")
    settings = load(paths, {"TUITRACK_RESOLVE_IN_DAYS": "7", "TUITRACK_THEME": "light"})
    assert (settings.agent, settings.resolve_in_days, settings.theme) == ("Ana Žorić", 7, "light")
    assert settings.recording_announced


def test_a_file_with_a_byte_order_mark_is_read(paths: Paths) -> None:
    paths.config.write_bytes(b"\xef\xbb\xbfoffice = 'North'\n")
    assert load(paths, {}).office == "North"


def test_the_agent_named_at_the_start_wins_and_must_be_a_name(paths: Paths) -> None:
    assert load(paths, {"TUITRACK_AGENT": "bob"}, "ana").agent == "ana"
    with pytest.raises(Refusal, match="agent must be a name"):
        load(paths, {}, "\x1b[2J")


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("agent = ''", "agent", "a name of 1 to 80 printable characters"),
        ("agent = 7", "agent", "a name of 1 to 80 printable characters"),
        ("time_zone = 'Europe/Zagrb'", "time_zone", "a zone of the IANA database"),
        ("time_zone = '../../etc/passwd'", "time_zone", "a zone of the IANA database"),
        ("region = 'Croatia'", "region", "a country as two capital letters"),
        ("region = 'ZZ'", "region", "a country as two capital letters"),
        ("language = 'English'", "language", "two small letters"),
        ("reference_prefix = 'C1'", "reference_prefix", "1 to 4 capital letters"),
        ("resolve_in_days = 0", "resolve_in_days", "from 1 to 365"),
        ("resolve_in_days = '5'", "resolve_in_days", "from 1 to 365"),
        ("resolve_in_days = true", "resolve_in_days", "from 1 to 365"),
        ("confirm_in_days = 1.5", "confirm_in_days", "from 1 to 365"),
        ("attempts_before_unconfirmed = 0", "attempts_before_unconfirmed", "from 1 to 20"),
        ("currency = 'euro'", "currency", "three capital letters"),
        ("recording_announced = 'maybe'", "recording_announced", "true or false"),
        ("theme = 'pink'", "theme", "dark, light, high-contrast, colour-blind or monochrome"),
        ("editor = 'vim'", "editor", "true or false"),
    ],
)
def test_a_wrong_value_is_named_with_what_was_expected(paths: Paths, text: str, field: str, expected: str) -> None:
    paths.config.write_text(text)
    refusal = refused(paths, {})
    assert refusal.field == field
    assert f"{field} in {paths.config} must be" in refusal.sentence
    assert expected in refusal.sentence


def test_a_wrong_variable_is_named_as_it_is_spelled(paths: Paths) -> None:
    sentence = refused(paths, {"TUITRACK_CONFIRM_IN_DAYS": "soon"}).sentence
    assert sentence.startswith("TUITRACK_CONFIRM_IN_DAYS in the environment must be a whole number of days")
    assert "'soon'" in sentence


def test_what_guards_the_account_is_set_in_the_file_alone(paths: Paths) -> None:
    assert not load(paths, {}).editor
    assert refused(paths, {"TUITRACK_EDITOR": "true"}).field == "editor"
    paths.config.write_text("editor = true")
    assert load(paths, {}).editor


def test_an_unknown_key_comes_with_the_nearest_one(paths: Paths) -> None:
    assert "the nearest is TUITRACK_RESOLVE_IN_DAYS" in refused(paths, {"TUITRACK_RESOLVE_DAYS": "7"}).sentence
    paths.config.write_text("timezone = 'UTC'")
    assert "the nearest is time_zone" in refused(paths, {}).sentence


@pytest.mark.parametrize("content", [b"agent = ", b"\xff\xfe", b"[[["])
def test_a_file_that_cannot_be_read_is_named(paths: Paths, content: bytes) -> None:
    paths.config.write_bytes(content)
    assert str(paths.config) in refused(paths, {}).sentence


def test_a_folder_in_place_of_the_file_is_named(paths: Paths) -> None:
    paths.config.mkdir()
    assert "cannot be read" in refused(paths, {}).sentence


@given(value=st.text(st.characters(exclude_characters="\0", codec="utf-8")))
def test_any_text_in_a_variable_is_taken_as_it_is_or_refused(value: str) -> None:
    paths = find_paths({"TUITRACK_HOME": "missing"})
    for field in ("agent", "time_zone", "region", "currency"):
        variable = {f"TUITRACK_{field.upper()}": value}
        try:
            taken = getattr(load(paths, variable), field)
        except Refusal:
            continue
        assert taken == value
        assert taken.isprintable()


def test_pydantic_stays_away_where_values_are_of_their_type(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("region = 'HR'\nresolve_in_days = 5\n")
    script = (
        "import sys; from tuitrack.paths import find_paths; from tuitrack.settings import load; "
        f"environ = {{'TUITRACK_HOME': {str(tmp_path)!r}, 'TUITRACK_AGENT': 'ana'}}; "
        "load(find_paths(environ), environ); "
        "print(sorted({'pydantic', 'phonenumbers'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_every_setting_has_its_sentence() -> None:
    body = ast.parse(inspect.getsource(Settings)).body[0]
    assert isinstance(body, ast.ClassDef)
    described = [
        field.target.id
        for field, sentence in zip(body.body, body.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(sentence, ast.Expr)
        and isinstance(sentence.value, ast.Constant)
    ]
    assert described == [field.name for field in fields(Settings)]
