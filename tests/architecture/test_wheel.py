"""The wheel carries every module and every style sheet, and the program finds its sheets there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, CHECKOUT],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("tuitrack-*.whl"))


def test_it_holds_the_package_and_the_sheets_and_nothing_else(wheel: Path) -> None:
    modules = {str(file.relative_to(CHECKOUT)) for file in (CHECKOUT / "tuitrack").rglob("*") if file.suffix == ".py"}
    sheets = {f"tuitrack/{file.relative_to(CHECKOUT)}" for file in (CHECKOUT / "styles").rglob("*.tcss")}
    data = [file for ending in ("toml", "md") for file in (CHECKOUT / "tuitrack" / "services").rglob(f"*.{ending}")]
    shipped = {str(file.relative_to(CHECKOUT)) for file in data}
    packed = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert sheets
    assert shipped
    assert packed == modules | sheets | shipped | {"tuitrack/py.typed"}


def test_it_brings_the_command_and_the_license(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        by_name = {name.partition(".dist-info/")[2]: archive.read(name).decode() for name in archive.namelist()}
    assert "tuitrack = tuitrack.cli:main" in by_name["entry_points.txt"]
    assert "tuitrack authors" in by_name["licenses/LICENSE"]


def test_the_installed_program_finds_the_sheets_it_brought(wheel: Path, tmp_path: Path) -> None:
    ZipFile(wheel).extractall(tmp_path)
    script = "from tuitrack.tui.sheets import find_sheets; print(*find_sheets(), sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
    )
    found = [Path(line) for line in done.stdout.splitlines()]
    assert found[0] == tmp_path / "tuitrack" / "styles" / "base.tcss"
    assert set(found) == set((tmp_path / "tuitrack" / "styles").rglob("*.tcss"))
