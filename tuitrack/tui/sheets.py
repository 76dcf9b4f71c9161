"""Where the style sheets are: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path


def find_sheets() -> list[Path]:
    """Every sheet in the order of `App.CSS_PATH`: the base, then widgets, then the screens that hold them."""
    packaged = Path(__file__).parents[1] / "styles"
    styles = packaged if packaged.is_dir() else Path(__file__).parents[2] / "styles"
    return [
        styles / "base.tcss",
        *sorted(styles.glob("widgets/*.tcss")),
        *sorted(styles.glob("screens/*.tcss")),
    ]
