"""Letters by the command, each in a process of its own."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.e2e.test_desk_commands import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "home")


def test_a_letter_is_listed_printed_and_kept_once_it_goes(shell: Shell, tmp_path: Path) -> None:
    case = shell.new("--email", "z@cuk.hr", name="Žana [b]Ćuk[/b] {contact}")
    assert "apology (hr): Apology" in shell("letter", "--list").stdout.splitlines()
    printed = shell("letter", case, "apology").stdout
    assert printed.startswith(f"We apologise ({case})\n\nDear Žana [b]Ćuk[/b] {{contact}},\n\nWe are sorry")
    assert "Apology" not in shell("show", case, "--plain").stdout
    file = tmp_path / "apology.eml"
    told = shell("letter", case, "apology", "--language", "hr", "--to", file, "--sent", "email").stdout
    assert told == f"Kept on the timeline: apology, by e-mail to z@cuk.hr.\nWritten to {file}.\n"
    message = message_from_bytes(file.read_bytes(), policy=default)
    assert message["Subject"] == f"Ispričavamo se ({case})"
    assert message["To"].addresses[0].addr_spec == "z@cuk.hr"
    shown = shell("show", case, "--plain").stdout
    assert "Apology to z@cuk.hr" in shown
    assert "Apologised to the customer" in shown
    page = tmp_path / "apology.html"
    shell("letter", case, "apology", "--to", page)
    assert "Žana [b]Ćuk[/b] {contact}" in page.read_text()


def test_what_is_wrong_is_a_sentence(shell: Shell, tmp_path: Path) -> None:
    case = shell.new()
    assert "give the reference of a case and the name of a letter" in shell("letter", code=2).stderr
    assert "none called 'sorry'" in shell("letter", case, "sorry", code=2).stderr
    assert "lacks what 'final' tells" in shell("letter", case, "final", code=2).stderr
    assert "no e-mail address of Žana Ćuk" in shell("letter", case, "thanks", "--sent", "email", code=2).stderr
    assert "needs an e-mail address" in shell("letter", case, "thanks", "--to", tmp_path / "x.eml", code=2).stderr
    assert "expected one of .txt, .eml, .html" in shell("letter", case, "thanks", "--to", "x.pdf", code=2).stderr


def test_a_file_of_letters_is_checked_before_it_is_put_in_place(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "letters.toml"
    head = '[[letters]]\nname = "sorry"\nlanguage = "en"\ntitle = "Sorry"\nsubject = "Sorry"\n'
    file.write_text(f'{head}text = """\nDear {{costumer}},\n"""\n')
    assert (
        "letters.toml, letter 1, line 7, text: expected in braces only customer"
        in shell("letter", "--check", file, code=2).stderr
    )
    file.write_text(f'{head}text = "Dear {{customer}}"\n')
    assert shell("letter", "--check", file).stdout == "sorry (en): Sorry\n"
    file.rename(tmp_path / "home" / "letters.toml")
    assert shell("letter", "--list").stdout.startswith("sorry (en): Sorry\n")
