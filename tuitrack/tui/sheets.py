"""Where the style sheets are: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def find_sheets() -> dict[Path, str]:
    """Every sheet with the module of the same name, whose widgets it is for; what others build on comes first."""
    packaged = Path(__file__).parents[1] / "styles"
    styles = packaged if packaged.is_dir() else Path(__file__).parents[2] / "styles"
    sheets = [styles / "base.tcss", *sorted(styles.glob("widgets/*.tcss"))]
    sheets += [styles / "form.tcss", *sorted(styles.glob("screens/*.tcss"))]
    return {sheet: ".".join(("tuitrack.tui", *sheet.relative_to(styles).with_suffix("").parts)) for sheet in sheets}


def sheets_in_use() -> list[Path]:
    """The sheets of what is loaded, in their order: to read them all takes longer than to show the queue."""
    return [sheet for sheet, module in find_sheets().items() if sheet.stem == "base" or module in sys.modules]
