"""The procedures of a desk: those of its file `procedure.toml`, and behind them the twelve steps of the program."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tuitrack.domain.procedure import ProcedureBook
from tuitrack.settings import read_toml

_SHIPPED = Path(__file__).parent / "presets" / "procedure.toml"


@cache
def shipped_procedures() -> ProcedureBook:
    """The procedure that comes with the program."""
    from tuitrack.domain.procedure_reading import read_procedures

    return read_procedures(read_toml(_SHIPPED) or {}, _SHIPPED.name)


def own_procedures(path: Path) -> ProcedureBook | None:
    """The procedures of a desk's file, the shipped one behind them; None where there is no file.

    Raises Refusal with a sentence for whatever is wrong with it.
    """
    from tuitrack.domain.procedure_reading import read_procedures

    written = read_toml(path)
    return None if written is None else read_procedures(written, path.name, shipped_procedures())
