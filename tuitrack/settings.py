"""What may be configured: one dataclass, filled from the system, config.toml and the environment."""

from __future__ import annotations

import os
import pwd
import re
import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

from tuitrack.domain.errors import Refusal
from tuitrack.domain.phone import REGIONS
from tuitrack.lean import dataclass
from tuitrack.paths import Paths

_PREFIX = "TUITRACK_"
_NOT_SETTINGS = frozenset({"TUITRACK_HOME"})
_FILE_ONLY = frozenset({"editor"})
"""Settings that guard the account: an agent may bring an environment along, but not write the file."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a value must be: in words for the person, and as a test of a value whose type is already right."""

    words: str
    holds: Callable[[Any], bool] = lambda value: True


def _is_zone(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return False
    return True


def _matches(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.fullmatch(pattern, text) is not None


def _is_name(text: str) -> bool:
    return bool(text.strip()) and len(text) <= 80 and text.isprintable()


_NAME = Expected("a name of 1 to 80 printable characters", _is_name)
Name = Annotated[str, _NAME]
Zone = Annotated[str, Expected("a zone of the IANA database, such as Europe/Zagreb", _is_zone)]
Region = Annotated[str, Expected("a country as two capital letters, such as HR or GB", REGIONS.__contains__)]
Language = Annotated[str, Expected("a language as two small letters, such as en", _matches("[a-z]{2}"))]
Prefix = Annotated[str, Expected("1 to 4 capital letters", _matches("[A-Z]{1,4}"))]
Currency = Annotated[str, Expected("three capital letters, such as EUR", _matches("[A-Z]{3}"))]
Days = Annotated[int, Expected("a whole number of days from 1 to 365", lambda days: 1 <= days <= 365)]
Attempts = Annotated[int, Expected("a whole number from 1 to 20", lambda count: 1 <= count <= 20)]
YesOrNo = Annotated[bool, Expected("true or false")]
Address = Annotated[
    str,
    Expected(
        "an address such as postgresql://desk@host/complaints",
        lambda text: not text or text.startswith("postgresql://"),
    ),
]
Theme = Annotated[
    Literal["dark", "light", "high-contrast", "colour-blind", "monochrome"],
    Expected("dark, light, high-contrast, colour-blind or monochrome"),
]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the program may be told about the desk it works for."""

    agent: Name = "agent"
    """The name under which work is recorded; by default the account's full name."""
    office: Name = "Complaint desk"
    """The desk's name, as it stands below a case that is written out whole."""
    time_zone: Zone = "UTC"
    """The office's zone, in which every time is shown and typed; by default the system's."""
    region: Region = ""
    """The country whose phone numbers are written without a country code; by default the locale's, else none."""
    language: Language = "en"
    """The language of the sentences read to a customer whose own is not known."""
    reference_prefix: Prefix = "C"
    """What stands before the digits of every reference."""
    resolve_in_days: Days = 10
    """Calendar days from receiving a case until it is to be resolved, on a desk without rules of deadlines."""
    confirm_in_days: Days = 3
    """Calendar days from resolving a case until the customer is to be asked whether it is, likewise."""
    turnaround_target_days: Days = 3
    """Calendar days in which a case should be resolved, as the quality report counts it."""
    turnaround_days: Days = 10
    """Calendar days in which a case must be resolved, likewise; the clocks of a case go by the rules of deadlines."""
    attempts_before_unconfirmed: Attempts = 3
    """Calls that must have missed the customer before a case may be closed as unconfirmed."""
    currency: Currency = "EUR"
    """The currency of a remedy's amount where none is typed."""
    recording_announced: YesOrNo = False
    """Whether every call starts with the word that it is recorded, so that the box is ticked beforehand."""
    theme: Theme = "dark"
    """The looks of the screens for agents who have not chosen theirs."""
    drafts_for_days: Days = 30
    """Days for which what is half typed is kept; whoever typed it is told when it goes."""
    bell: YesOrNo = False
    """Whether the terminal rings when something becomes overdue or is due soon while the queue is open."""
    database: Address = ""
    """The PostgreSQL server that keeps the desk for several hosts; without one, a file of this installation does."""
    editor: YesOrNo = False
    """Whether texts may be written in the agent's own `$EDITOR`, which can start any other program; file only."""

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The office's zone, ready to convert times."""
        return zoneinfo.ZoneInfo(self.time_zone)


def load(paths: Paths, environ: Mapping[str, str], agent: str | None = None) -> Settings:
    """The settings in force, for `agent` where one is named; a wrong value or unknown key is a `Refusal`."""
    settings = replace(Settings(), **_system_values(environ))
    if from_file := read_toml(paths.config):
        settings = replace(settings, **_checked(from_file, f"in {paths.config}", strict=True))
    variables = {
        name: value for name, value in environ.items() if name.startswith(_PREFIX) and name not in _NOT_SETTINGS
    }
    if variables:
        by_field = {name.removeprefix(_PREFIX).lower(): value for name, value in variables.items()}
        for field in sorted(_FILE_ONLY & by_field.keys()):
            raise Refusal(f"{_variable_name(field)} in the environment: {field} is set in {paths.config} alone.", field)
        settings = replace(settings, **_checked(by_field, "in the environment", strict=False, spelled=_variable_name))
    if agent is None:
        return settings
    if not _is_name(agent):
        raise Refusal(f"The agent must be {_NAME.words}, not {_shown(agent)}.", "agent")
    return replace(settings, agent=agent)


def _variable_name(field: str) -> str:
    return _PREFIX + field.upper()


def read_text(path: Path) -> str | None:
    """The text of a file, None where there is no file; raises Refusal where it cannot be read."""
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise Refusal(f"{path} is not UTF-8 text (byte {error.start + 1}).") from error


def read_toml(path: Path) -> dict[str, Any] | None:
    """What a TOML file holds, None where there is no file; raises Refusal where it cannot be read."""
    text = read_text(path)
    return None if text is None else parse_toml(text, path)


def parse_toml(text: str, path: Path) -> dict[str, Any]:
    """What the text of a TOML file holds; raises Refusal where it is none."""
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refusal(f"{path} is not TOML: {error}.") from error


def _checked(
    values: Mapping[str, Any], where: str, *, strict: bool, spelled: Callable[[str], str] = str
) -> dict[str, Any]:
    """The values with their types put right, which for text of the environment means read from it."""
    kinds = get_type_hints(Settings, include_extras=True)
    checked = {}
    for field, raw in values.items():
        if field not in kinds:
            from difflib import get_close_matches

            nearest = get_close_matches(field, kinds, n=1, cutoff=0.0)[0]
            raise Refusal(f"{spelled(field)} {where} is not a setting; the nearest is {spelled(nearest)}.", field)
        expected: Expected = kinds[field].__metadata__[0]
        refusal = Refusal(f"{spelled(field)} {where} must be {expected.words}, not {_shown(raw)}.", field)
        checked[field] = raw if type(raw) is kinds[field].__origin__ else _converted(raw, kinds[field], strict, refusal)
        if not expected.holds(checked[field]):
            raise refusal
    return checked


def _converted(raw: Any, kind: Any, strict: bool, refusal: Refusal) -> Any:
    """A value of another type put right; Pydantic, a fourth of the whole start, is needed for few values."""
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(kind).validate_python(raw, strict=strict)
    except ValidationError as error:
        raise refusal from error


def _shown(raw: object) -> str:
    return repr(raw) if len(repr(raw)) <= 60 else repr(raw)[:60] + "…"


def _system_values(environ: Mapping[str, str]) -> dict[str, Any]:
    return {
        "agent": _account_name(environ),
        "time_zone": _system_zone(environ.get("TZ", ""), Path("/etc/localtime")),
        "region": _locale_region(environ),
    }


def _account_name(environ: Mapping[str, str]) -> str:
    """The full name of this account, else its login; containers may have neither."""
    try:
        account = pwd.getpwuid(os.getuid())
    except KeyError:
        return environ.get("USER") or "agent"
    return account.pw_gecos.partition(",")[0].strip() or account.pw_name


def _system_zone(variable: str, localtime: Path) -> str:
    """The zone named by TZ, else by where /etc/localtime points, else UTC."""
    candidates = [variable.removeprefix(":"), str(localtime.resolve()).partition("/zoneinfo/")[2]]
    return next((name for name in candidates if name and _is_zone(name)), "UTC")


def _locale_region(environ: Mapping[str, str]) -> str:
    """The country in a locale such as hr_HR.UTF-8, empty where none names one."""
    for name in ("LC_ALL", "LC_TELEPHONE", "LANG"):
        if found := re.match(r"[a-z]{2,3}_([A-Z]{2})(?![A-Za-z])", environ.get(name, "")):
            return found[1]
    return ""
