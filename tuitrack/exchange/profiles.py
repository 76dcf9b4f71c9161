"""Keeps mappings under a name, so that next month's register needs no questions."""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tuitrack.domain.errors import Refusal
from tuitrack.exchange.dates import DateFormat, Order
from tuitrack.exchange.fields import BY_KEY
from tuitrack.exchange.mapping import ColumnDates, ColumnUse, Mapping, WordUse
from tuitrack.exchange.values import check_word

FORMAT = 1
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


def save_profile(folder: Path, name: str, mapping: Mapping) -> Path:
    """Write a mapping under a name, whole or not at all, and give the file."""
    path = _path(folder, name)
    content = {"format": FORMAT} | asdict(mapping)
    unfinished = path.with_suffix(".unfinished")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        os.replace(unfinished, path)
    except OSError as error:
        raise Refusal(f"Profile {name} cannot be saved in {folder}: {error.strerror}.", "profile") from error
    return path


def load_profile(folder: Path, name: str) -> Mapping:
    """Read a mapping by name; raises Refusal where there is none or the file is no profile."""
    path = _path(folder, name)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = ", ".join(profile_names(folder)) or "none is saved yet"
        raise Refusal(f"There is no profile {name!r}; known: {known}.", "profile") from None
    except (OSError, ValueError, RecursionError) as error:
        raise Refusal(f"Profile {name} cannot be read: {error}.", "profile") from error
    try:
        return _mapping(content)
    except Refusal as refusal:
        raise Refusal(f"Profile {name} is damaged: {refusal.sentence}", "profile") from None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refusal(f"Profile {name} is damaged ({error}); save it again from an import.", "profile") from error


def profile_names(folder: Path) -> tuple[str, ...]:
    """The names of the profiles in a folder, which need not exist."""
    return tuple(sorted(path.stem for path in folder.glob("*.json") if _NAME.fullmatch(path.stem)))


def _path(folder: Path, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise Refusal(
            f"Profile name {name!r} cannot be used; expected up to 40 small letters, digits, - and _.", "profile"
        )
    return folder / f"{name}.json"


def _mapping(content: dict[str, Any]) -> Mapping:
    """The mapping in a file's content; raises KeyError, TypeError or ValueError where it is none."""
    if content["format"] != FORMAT:
        raise ValueError(f"format {content['format']} instead of {FORMAT}")
    uses = tuple(ColumnUse(str(use["column"]), str(use["field"]), str(use["reason"])) for use in content["columns"])
    unknown = sorted({use.field for use in uses} - {"", *BY_KEY})
    if unknown:
        raise ValueError(f"unknown field {', '.join(unknown)}")
    return Mapping(
        columns=uses,
        dates=tuple(ColumnDates(str(each["column"]), _date_format(each["format"])) for each in content["dates"]),
        words=tuple(_word(use) for use in content["words"]),
        keep_rest=bool(content["keep_rest"]),
    )


def _word(use: dict[str, Any]) -> WordUse:
    field = str(use["field"])
    return WordUse(field, str(use["value"]), check_word(field, str(use["word"])))


def _date_format(content: dict[str, Any]) -> DateFormat:
    order = Order(content["order"]) if content["order"] else None
    if content["swapped"] not in ("keep", "swap"):
        raise ValueError(f"swapped is {content['swapped']!r}")
    return DateFormat(order, content["swapped"])
