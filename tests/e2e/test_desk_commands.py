"""The commands for scripts and screen readers, as they are typed, each in a process of its own."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.builders import reference
from tests.patience import PATIENCE_S

CHECKOUT = Path(__file__).parents[2]
FORMULA = "=cmd|' /C calc'!A0"


class Shell:
    """Runs commands without a terminal on a desk of its own."""

    def __init__(self, home: Path) -> None:
        zone = {"TUITRACK_TIME_ZONE": "Europe/Zagreb", "TUITRACK_AGENT": "Ana Kovač"}
        self.environ = os.environ | {"TUITRACK_HOME": str(home), "PYTHONUTF8": "1"} | zone

    def __call__(
        self,
        *arguments: str | Path,
        given: str = "",
        code: int | None = 0,
        environ: Mapping[str, str] = MappingProxyType({}),
    ) -> subprocess.CompletedProcess[str]:
        """Run one command, which has to end with this code unless any will do."""
        done = subprocess.run(
            [sys.executable, "-m", "tuitrack", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            input=given,
            cwd=CHECKOUT,
            env={**self.environ, **environ},
            timeout=PATIENCE_S,
        )
        assert code in (None, done.returncode), done.stderr
        return done

    def new(self, *more: str, name: str = "Žana Ćuk", subject: str = FORMULA) -> str:
        """Take a case and return its reference."""
        told = ("--name", name, "--phone", "+385 91 234 567", "--subject", subject, "--return-at", "+3d")
        return self("new", *told, *more).stdout.strip()


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "home")


def test_a_case_is_taken_worked_on_and_shown(shell: Shell) -> None:
    told = shell.new("--words", "-", "--owner", "ana.kovac", "--category", "price")
    assert re.fullmatch(r"C\d\d-000001-\d", told)
    noted = shell("note", told, "-", "--kind", "finding", given="Two\nlines [/]")
    assert noted.stdout == f"Noted in {told}.\n"
    assert "can add agents here" in shell("--as", "Luka", "note", told, "Hello.", code=2).stderr
    shell("agent", "add", "Luka")
    shell("--as", "Luka", "call", told, "--direction", "out", "--purpose", "update", "--note", "Told.")
    lines = shell("show", told, "--plain").stdout.splitlines()
    assert f"Subject: {FORMULA}" in lines
    assert "Customer confirmed: not yet" in lines
    assert any(line.endswith(", text: Two lines [/]") for line in lines)
    assert any(line.endswith(", by: luka") for line in lines)
    assert not re.search(r"[\u2500-\u257f\x1b]", "\n".join(lines))
    record = json.loads(shell("show", told, "--json").stdout)
    assert (record["owner"], record["category"], record["words"]) == ("ana.kovac", "price", "")
    assert record["timeline"][-1]["by"] == "luka"
    assert shell("show", told, "--markdown").stdout.startswith(f"# {told} ")


def test_words_come_from_the_input(shell: Shell) -> None:
    told = ("--name", "A", "--email", "a@example.org", "--subject", "x", "--no-return-reason", "asked not to call")
    done = shell("new", *told, "--words", "-", "--json", "--received", "yesterday 9:00", given="It hums.\n")
    record = json.loads(done.stdout)
    assert record["words"] == "It hums."
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT09:00:00\+0[12]:00", record["received_at"])


def test_a_known_customer_is_not_made_anew(shell: Shell) -> None:
    first, second, third = shell.new(), shell.new(), shell.new(name="Another")
    fourth = shell("new", "--customer-of", first, "--subject", "x", "--return-at", "+1d", "--plain").stdout
    assert "Customer: Žana Ćuk\n" in fourth
    customers = shell("list", "--csv", "--limit", "9").stdout
    assert customers.count("Žana Ćuk") == 3
    assert len({first, second, third}) == 3
    assert shell("list", "Another").stdout.startswith(third)


def test_lists_are_text_json_or_a_table(shell: Shell) -> None:
    assert shell("list").stderr == "No case.\n"
    first, second = shell.new(), shell.new(subject="Second", name="B")
    assert [line.split()[0] for line in shell("list").stdout.splitlines()] == [first, second]
    plain = shell("list", "--plain", "--limit", "1")
    assert plain.stdout.splitlines()[:2] == ["Case 1", f"Reference: {first}"]
    assert plain.stderr == "There are more than 1: --limit shows more of them.\n"
    assert [record["reference"] for record in json.loads(shell("list", "second", "--json").stdout)] == [second]
    rows = list(csv.DictReader(StringIO(shell("list", "--csv").stdout)))
    assert [row["subject"] for row in rows] == [f"'{FORMULA}", "Second"]


def test_a_list_has_the_columns_that_its_query_names(shell: Shell) -> None:
    told = shell.new("--category", "price")
    query = "columns:category,ref,confirmed,age"
    assert shell("list", query).stdout == f"price  {told}  not yet  0m\n"
    facts = ["Case 1", "Category: price", f"Reference: {told}", "Customer confirmed: not yet", "Age: 0m", ""]
    assert shell("list", query, "--plain").stdout.splitlines() == facts
    assert "did you mean category?" in shell("list", "columns:categry", code=2).stderr


def test_a_query_goes_to_a_file_by_its_ending(shell: Shell, tmp_path: Path) -> None:
    shell.new()
    for name in ("a.csv", "a.xlsx", "a.json", "a.jsonl"):
        assert shell("export", "--to", tmp_path / name).stdout == f"Exported 1 case to {tmp_path / name}.\n"
    assert shell("export", "nothing", "--to", tmp_path / "b", "--format", "csv").stdout.startswith("Exported 0 cases")
    assert "is there already" in shell("export", "--to", tmp_path / "a.csv", code=2).stderr
    shell("export", "--to", tmp_path / "a.csv", "--replace")


def test_a_case_becomes_a_page(shell: Shell, tmp_path: Path) -> None:
    told = shell.new(subject="<b>bold</b>")
    shell("show", told, "--html", tmp_path / "case.html")
    assert "&lt;b&gt;bold&lt;/b&gt;" in (tmp_path / "case.html").read_text("utf-8")


def test_many_cases_are_changed_alike(shell: Shell) -> None:
    references = [shell.new(name=f"Customer {number}") for number in range(3)]
    shell("bulk", references[1], "--category", "billing", "--yes")
    change = ("bulk", "is:open", "--category", "billing", "--add-tags", "storm", "--note", "-")
    assert shell(*change, "--dry-run", given="Since Monday.").stdout.endswith("3 change.\n")
    assert "give --yes, or --dry-run" in shell(*change, code=2).stderr
    told = shell("bulk", "is:open", "--category", "billing", "--note", "-", "--yes", given="Since Monday.").stdout
    assert re.search(rf"^{references[1]}  .*  stays: It is so already\.$", told, re.MULTILINE)
    assert re.search(rf"^{references[0]}  .*  category: none → billing; note: Since Monday\.$", told, re.MULTILINE)
    assert told.endswith("2 changed.\n")
    shown = shell("show", references[2], "--plain").stdout
    assert "Category: billing" in shown
    assert "Since Monday." in shown
    assert "no agent “zoe”" in shell("bulk", "is:open", "--owner", "zoe", "--yes", code=2).stderr


def test_what_went_out_is_taken_in_elsewhere(shell: Shell, tmp_path: Path) -> None:
    shell.new("--words", "It hums.")
    shell("export", "--to", tmp_path / "a.xlsx")
    other = Shell(tmp_path / "other")
    assert "1 taken" in other("import", tmp_path / "a.xlsx", "--yes").stdout
    (record,) = json.loads(other("list", "--json").stdout)
    assert (record["subject"], record["words"]) == (FORMULA, "It hums.")
    assert record["customer"]["phones"] == ["+385 91 234 567"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["show", "C26-000001-1"], "check digit"),
        (["show", reference(9)], "no case"),
        (["show", "zoric"], "not a whole reference"),
        (["note", "C26-000001-9", ""], "Text: this is needed"),
        (["note", "C26-000001-9", "x", "--at", "someday"], "someday"),
        (["note", "C26-000001-9", "x", "--at", "tomorrow 9:00"], "future"),
        (["call", "C26-000001-9", "--direction", "out"], "--purpose"),
        (["call", "C26-000001-9", "--direction", "out", "--purpose", "chat"], "--purpose"),
        (["new", "--subject", "x", "--return-at", "+1d"], "Name: this is needed"),
        (["new", "--subject", "x", "--name", "A", "--phone", "1", "--return-at", "-1d"], "passed"),
        (["new", "--subject", "x", "--name", "A", "--phone", "1"], "agree when they hear from us"),
        (["export", "--to", "a.doc"], "expected one of .csv"),
        (["list", "--limit", "0"], "--limit"),
        (["list", "due:someday"], "due"),
        (["completion", "powershell"], "powershell"),
        (["--as", "ana", "doctor"], "--as"),
    ],
)
def test_a_refusal_is_one_line_and_code_2(shell: Shell, arguments: list[str], expected: str) -> None:
    if arguments[0] in ("note", "call"):
        arguments = [shell.new() if each == "C26-000001-9" else each for each in arguments]
    done = shell(*arguments, code=2)
    assert done.stdout == ""
    assert re.fullmatch(r"tuitrack: .+\n", done.stderr)
    assert expected in done.stderr


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_a_shell_learns_to_complete(shell: Shell, name: str) -> None:
    assert "_TUITRACK_COMPLETE" in shell("completion", name).stdout


def test_a_shell_is_told_the_commands_that_begin_so(shell: Shell) -> None:
    asked = {"_TUITRACK_COMPLETE": "bash_complete", "COMP_WORDS": "tuitrack e", "COMP_CWORD": "1"}
    assert shell(environ=asked).stdout == "plain,export\n"


DEADLINES = """
presets = ["social", "desk"]

[calendars.office]
holidays = "HR"
[calendars.office.hours]
mon-fri = ["08:00-16:00"]
"""


def test_a_file_of_rules_comes_in_force_and_says_why(shell: Shell, tmp_path: Path) -> None:
    before = shell("deadlines").stdout.splitlines()
    assert before[0] == "resolve within 10 days, for all cases (settings)"
    rules = tmp_path / "rules.toml"
    rules.write_text(DEADLINES)
    checked = shell("deadlines", "--check", rules).stdout
    assert shell("deadlines").stdout.splitlines() == before
    assert shell("deadlines", "--take", rules).stdout == "Rules 1 are in force.\n"
    assert shell("deadlines").stdout == checked
    lines = checked.splitlines()
    assert lines[0] == "first response within 2 working hours, for channel social, calendar office (preset social)"
    assert lines[-1] == "Calendar office: Mon to Fri 08:00-16:00, holidays of HR, Europe/Zagreb"
    told = shell("why", shell.new("--channel", "web")).stdout
    assert "Rule: first response on the same working day (preset desk, in force since" in told
    assert "  Calendar office: Mon to Fri 08:00-16:00, holidays of HR, Europe/Zagreb." in told
    assert "Promise: get back to the customer, due" in told
    rules.write_text(shell("deadlines", "--toml").stdout)
    assert shell("deadlines", "--take", rules).stdout == "Rules 1 are in force already.\n"


def test_the_overdue_board_is_text_for_a_chat(shell: Shell) -> None:
    assert shell("board", "--plain").stdout == "Nothing is overdue.\n"
    shell.new("--category", "=odd")
    shell("new", "--customer-of", shell.new(), "--subject", "x", "--received", "1.1.2026", "--return-at", "+3d")
    told = shell("board", "--plain", "--by", "category").stdout.splitlines()
    assert told[0].startswith("Everything: 1 overdue")
    assert any(line.startswith("no category: 1 overdue") for line in told)
    assert "more than 30 days: 1 overdue." in shell("board", "--plain", "--by", "age").stdout.splitlines()
    assert "is not one of" in shell("board", "--by", "colour", code=2).stderr
    assert "need a terminal" in shell("board", code=2).stderr


def test_open_cases_are_left_or_counted_anew_by_new_rules(shell: Shell, tmp_path: Path) -> None:
    told = [shell.new("--channel", "web"), shell.new("--channel", "web")]
    rules = tmp_path / "rules.toml"
    rules.write_text(DEADLINES)
    refused = shell("deadlines", "--take", rules, code=2).stderr
    assert "2 open cases follow other rules, and nobody can be asked here" in refused
    rehearsed = shell("deadlines", "--take", rules, "--dry-run").stdout.splitlines()
    assert rehearsed[-1] == "2 to count anew, 2 are due at another time, none is overdue by it."
    assert {line.split("  ")[0] for line in rehearsed[:-1]} == set(told)
    assert shell("deadlines", "--take", rules, "--leave-open").stdout == "Rules 1 are in force.\n"
    versions = shell("deadlines", "--versions").stdout.splitlines()
    assert re.fullmatch(r"Rules 1, since .* \(ana\.kovac\): \d+ rules, 0 open cases", versions[0])
    assert versions[1] == "Rules 0, of the settings: 2 rules, 2 open cases"
    moved = shell("deadlines", "--move-open").stdout.splitlines()
    assert moved[-1] == "2 counted anew, 2 are due at another time, none is overdue by it."
    assert shell("deadlines", "--versions").stdout.splitlines()[0].endswith("2 open cases")
    assert shell("deadlines", "--move-open").stdout.startswith("0 counted anew")
    assert "Counted anew by the rules in force: " in shell("show", told[0]).stdout


def test_a_file_of_rules_that_is_wrong_is_told_and_nothing_changes(shell: Shell, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text("presets = ['deks']")
    refused = shell("deadlines", "--take", rules, code=2).stderr
    assert "rules.toml, presets: expected a list of settings, desk, social, disp, cfpb" in refused
    assert "2 rules, of the settings" in shell("doctor", code=None).stdout


def test_only_who_has_the_right_puts_rules_in_force(shell: Shell, tmp_path: Path) -> None:
    shell("agent", "add", "Luka")
    rules = tmp_path / "rules.toml"
    rules.write_text(DEADLINES)
    refused = shell("--as", "luka", "deadlines", "--take", rules, code=2).stderr
    assert "Luka may not change the rules of deadlines: only supervisor or administrator may." in refused


PROCEDURE = """
[[procedures]]
name = "privacy"
category = "privacy"
steps = ["act", { step = "apologise", mandatory = true }]
"""


def test_a_file_of_procedures_is_in_force_and_its_mistakes_are_told(shell: Shell, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    assert shell("procedure").stdout.splitlines()[0] == "Procedure twelve steps, for all cases"
    path = home / "procedure.toml"
    path.write_text(PROCEDURE)
    lines = shell("procedure").stdout.splitlines()
    assert lines[2] == " 2 apologise: Apologise, mandatory for closing; ticked by apology"
    assert shell("procedure", "--check", path).stdout.splitlines() == lines
    assert f"{path}, 1 procedure" in shell("doctor", code=None).stdout
    shown = shell("show", shell.new("--category", "privacy")).stdout
    assert "Apologise: open, mandatory for closing" in shown
    assert "Listen: open" not in shown
    path.write_text(PROCEDURE.replace("act", "acts"))
    told = "procedure.toml, procedure privacy, step 1 (acts): expected a title"
    assert told in shell("list", code=2).stderr
    assert told in shell("procedure", "--check", path, code=2).stderr
    wrong = shell("doctor", code=1).stdout
    assert "procedure:          ! " in wrong
    assert told in wrong
    assert "procedure" in wrong.splitlines()[-1]


def test_cases_are_found_by_the_steps_done_in_them(shell: Shell) -> None:
    thanked, other = shell.new(), shell.new("--subject", "Another one")
    shell("note", thanked, "Thank you for telling us.", "--kind", "thanks")
    assert thanked in (found := shell("list", "step:thank").stdout)
    assert other not in found
    assert other in shell("list", "--", "-step:thank").stdout
    assert shell("list", "skipped:any").stdout == ""


def test_a_script_that_tries_again_stores_once(shell: Shell) -> None:
    new = ("--once", "ticket 17", "new", "--name", "Bo", "--phone", "091 234 567", "--subject", "Late")
    told = shell(*new, "--return-at", "+3d").stdout.strip()
    again = shell(*new, "--return-at", "+3d").stdout
    assert again.startswith(f"Stored already in {told}: ")
    shell("--once", "ticket 17/1", "note", told, "She called.")
    assert f"Stored already in {told}" in shell("--once", "ticket 17/1", "note", told, "She called.").stdout
    assert shell("show", told).stdout.count("She called.") == 1
    assert "--once takes 1 to 100 printable characters" in shell("--once", "", "note", told, "x", code=2).stderr


def test_the_doctor_says_what_is_not_well_by_its_code_too(shell: Shell, tmp_path: Path) -> None:
    shell.new()
    done = shell("doctor", "--json", code=None)
    found = {one["name"]: one for one in json.loads(done.stdout)}
    assert done.returncode == int(not all(one["is_well"] for one in found.values()))
    told = {name: found[name]["finding"] for name in ("integrity check", "foreign key check", "drafts waiting")}
    assert told == {"integrity check": "ok", "foreign key check": "ok", "drafts waiting": "0"}
    assert found["contents"]["finding"].startswith("1 cases")
    (tmp_path / "home" / "tuitrack.db").chmod(0o644)
    wrong = shell("doctor", code=1).stdout
    assert "(0644). Close it with: chmod go=" in wrong
    assert re.search(r"Somebody has to see to: .*file rights", wrong.splitlines()[-1])
    (tmp_path / "home" / "tuitrack.db").write_bytes(b"no database at all")
    assert "is not a database, or it is damaged" in shell("doctor", code=1).stdout


def test_the_next_case_without_an_owner_is_taken(shell: Shell) -> None:
    for subject in ("Bill", "Line"):
        shell.new(name="Ana Zorić", subject=subject)
    assert json.loads(shell("next", "line", "--json").stdout)["owner"] == "ana.kovac"
    assert "is yours: Bill" in shell("next").stdout
    assert "every open case of this list has an owner" in shell("next", code=2).stderr
