"""What is left out of an import, and what is not."""

from __future__ import annotations

import subprocess
import sys


def run(script: str) -> str:
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()


def test_a_hidden_module_is_missing_only_meanwhile() -> None:
    script = """
from tuitrack.lean import without
with without("colorsys", "sys"):
    import sys
    try:
        import colorsys
    except ImportError:
        print("missing")
import colorsys
print(colorsys.__name__, sys.__name__)
"""
    assert run(script) == "missing\ncolorsys sys"


def test_the_screens_and_the_database_load_no_openssl() -> None:
    script = "import sys, tuitrack.storage, tuitrack.tui.app; print(sorted({'_ssl', '_hashlib'} & sys.modules.keys()))"
    assert run(script) == "[]"
