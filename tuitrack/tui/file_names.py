"""Names of files, completed while one types."""

from __future__ import annotations

import os

from textual.suggester import Suggester


class FileNames(Suggester):
    """Completes the name of a file as far as only one begins so; the right arrow takes it over."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The only name that begins like this, a folder with its slash."""
        folder, begun = os.path.split(os.path.expanduser(value))
        if not begun:
            return None
        try:
            with os.scandir(folder or ".") as entries:
                found = [entry for entry in entries if entry.name.startswith(begun)]
                if len(found) != 1:
                    return None
                return value + found[0].name[len(begun) :] + ("/" if found[0].is_dir() else "")
        except OSError:
            return None
