"""Text that people typed inside Markdown: nothing of it becomes a link, a tag or a heading."""

from __future__ import annotations

import re

from tuitrack.domain.text import clean

_MARKS = re.compile(r"[\\`*_\[\]<>#|~&@$^{}]|[.:](?=[^\W\d]|/)")
"""What means something to one dialect of Markdown or another, and what makes a bare address a link."""
_LINE_START = re.compile(r"^([-+=])|^(\d+)([.)])")
_BLANKS_BEFORE = re.compile(r"^ +")


def markdown_line(line: str) -> str:
    """A line that reads the same in every dialect of Markdown; blanks before it do not make it code."""
    line = _BLANKS_BEFORE.sub(lambda found: "\u00a0" * len(found[0]), line)
    line = _MARKS.sub(lambda found: "\\" + found[0], line)
    return _LINE_START.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", line)


def markdown_text(text: str) -> str:
    """A text as one line of Markdown."""
    return markdown_line(clean(text, lines=False).strip())
