"""The README's two commands: one line each, Python and pip alone, and the very ones that the checks run."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
README = (CHECKOUT / "README.md").read_text()


def first_block(section: str) -> str:
    _, heading, after = README.partition(f"\n## {section}\n")
    assert heading, f"the README has no section {section}"
    found = re.search(r"^```sh\n(.*?)^```$", after.partition("\n## ")[0], re.DOTALL | re.MULTILINE)
    assert found, f"section {section} has no sh block"
    return found[1]


@pytest.mark.parametrize("section", ["Start", "Test"])
def test_the_command_is_one_line_of_python_and_pip(section: str) -> None:
    block = first_block(section)
    assert len(block.splitlines()) == 1
    programs = [Path(shlex.split(step)[0]).name for step in block.split("&&")]
    assert set(programs) <= {"python3", "pip", "python", "tuitrack"}


def test_each_command_installs_from_its_lock_and_ends_in_its_program() -> None:
    assert "--require-hashes -r requirements.lock " in first_block("Start")
    assert first_block("Start").rstrip().endswith("tuitrack")
    assert "--require-hashes -r requirements-test.lock " in first_block("Test")
    assert first_block("Test").rstrip().endswith("python -m pytest")


@pytest.mark.parametrize("section", ["Start", "Test"])
def test_the_checks_run_what_the_readme_says(section: str) -> None:
    done = subprocess.run([CHECKOUT / ".ci" / "readme-command", section], capture_output=True, text=True, check=True)
    assert done.stdout == first_block(section)
