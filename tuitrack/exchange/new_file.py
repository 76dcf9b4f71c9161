"""A file that is there whole or not at all, and that only its owner may read, as people's complaints are in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tuitrack.domain.errors import Refusal
from tuitrack.exchange.kinds import shown_name


@contextmanager
def new_file(path: Path, *, replace: bool) -> Iterator[Path]:
    """Yield a place to write to, which takes its name at the end; raises Refusal where that cannot be."""
    if path.is_dir():
        raise _refused(path, "is a folder; name a file")
    if not replace and path.exists():
        raise _refused(path, "is there already; name another file, or say that it is to be replaced")
    try:
        with TemporaryDirectory(prefix=".tuitrack-", dir=path.parent) as folder:
            place = Path(folder) / "export"
            place.touch(mode=0o600)
            yield place
            os.replace(place, path)
    except OSError as error:
        raise _refused(path, f"cannot be written: {error.strerror or error}") from error


def _refused(path: Path, why: str) -> Refusal:
    return Refusal(f"File: {shown_name(path) or path} {why}.", "path")
