"""`python -m tuitrack`: the same as the `tuitrack` command."""

from __future__ import annotations

from tuitrack.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
