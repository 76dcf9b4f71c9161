"""A sheet is read when the module of its name is loaded, and every sheet has one."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

from tuitrack.tui.sheets import find_sheets


def test_every_sheet_has_a_module_of_its_name() -> None:
    modules = [module for sheet, module in find_sheets().items() if sheet.stem != "base"]
    assert [module for module in modules if importlib.util.find_spec(module) is None] == []


def test_the_program_starts_with_the_sheets_of_its_first_screen() -> None:
    script = (
        "import tuitrack.tui.app; from tuitrack.tui.sheets import sheets_in_use; "
        "print(*(sheet.stem for sheet in sheets_in_use()))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["base", "hint_line", "row_list", "status_line", "top_line", "queue"]
