"""Where the database, the settings, the backups and the reports are kept; nothing is made here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tuitrack.lean import dataclass


@dataclass(frozen=True, slots=True)
class Paths:
    """The places of one installation, all absolute."""

    database: Path
    """The SQLite file with every case."""
    config: Path
    """The settings, a TOML file that need not exist."""
    offers: Path
    """What may be offered without asking, a TOML file that need not exist."""
    phrases: Path
    """The desk's own phrases, a TOML file that need not exist."""
    letters: Path
    """The desk's own letters, a TOML file that need not exist."""
    procedure: Path
    """The procedures of cases, a TOML file that need not exist."""
    keys: Path
    """The keys this account prefers to the usual ones, a TOML file that need not exist."""
    backups: Path
    """The folder of the copies made before the database changes its shape."""
    reports: Path
    """The folder of the report files that imports leave."""
    typed: Path
    """The folder of what is being typed and not yet in the database."""


def find_paths(environ: Mapping[str, str]) -> Paths:
    """The places under `TUITRACK_HOME` where that is set, else where this system keeps a person's data."""
    if home := environ.get("TUITRACK_HOME"):
        folder = Path(home).expanduser().absolute()
        return _paths(data=folder, config=folder)
    import platformdirs

    return _paths(
        data=platformdirs.user_data_path("tuitrack", appauthor=False),
        config=platformdirs.user_config_path("tuitrack", appauthor=False),
    )


def _paths(*, data: Path, config: Path) -> Paths:
    return Paths(
        database=data / "tuitrack.db",
        config=config / "config.toml",
        offers=config / "offers.toml",
        phrases=config / "phrases.toml",
        letters=config / "letters.toml",
        procedure=config / "procedure.toml",
        keys=config / "keys.toml",
        backups=data / "backups",
        reports=data / "reports",
        typed=data / "typed",
    )
