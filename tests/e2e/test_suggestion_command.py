"""What customers suggested, as scripts ask for it, each time in a process of its own."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

from tests.e2e.test_desk_commands import Shell


def test_suggestions_are_taken_down_and_listed(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "home")
    assert shell("suggestions").stderr == "No suggestion.\n"
    first, second = shell.new("--category", "price", name="Ivo Kos"), shell.new(name="Žana")
    shell("call", first, "--direction", "in", "--purpose", "other", "--suggestion", "=Lower prices")
    shell("note", second, "Say when\nyou come.", "--kind", "suggestion")
    lines = shell("suggestions", "sort:oldest").stdout.splitlines()
    assert [line.split("  ")[1:] for line in lines] == [
        [first, "Ivo Kos", "=Lower prices"],
        [second, "Žana", "Say when you come."],
    ]
    [only] = json.loads(shell("suggestions", "category:price", "--json").stdout)
    assert (only["reference"], only["taken_down_by"], only["text"]) == (first, "ana.kovac", "=Lower prices")
    table = list(csv.DictReader(StringIO(shell("suggestions", "category:price", "--csv").stdout)))
    assert [row["text"] for row in table] == ["'=Lower prices"]
    assert "Text: Say when you come." in shell("suggestions", "name:zana", "--plain").stdout.splitlines()
    assert "--limit shows more" in shell("suggestions", "--limit", "1").stderr
    assert "suggestion" in [fact["kind"] for fact in json.loads(shell("show", first, "--json").stdout)["suggestions"]]
