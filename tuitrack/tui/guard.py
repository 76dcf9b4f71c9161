"""The last gate before the terminal: takes out of every drawn segment what could act on it.

Text is cleaned where it enters; this is the second line, for text that came past the first.
"""

from __future__ import annotations

import re
from functools import partial

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_UNSEEN = (
    "\x0e-\x1f\x00-\x08\x0b\x0c\x7f-\x9f"  # C0, DEL and C1 controls, but TAB, LF and CR
    "\u061c\u180e\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # overrides, isolates, zero-width controls
    "\U000e0000-\U000e007f"  # tags: text that nobody sees
)
# Combining marks, variation selectors, ZWJ (emoji) and ZWNJ (Persian) stay: they are part of what was written.
# Compiled when first needed: they are large, and nearly all text is printable, which is known at once.
_HARMFUL_IN_TEXT = f"[{_UNSEEN}\ud800-\udfff]"
_HARMFUL_ON_SCREEN = f"[{_UNSEEN}\t\n\r\ud800-\udfff]"
_REPLACEMENT = "\ufffd"


def _stand_in(match: re.Match[str]) -> str:
    # Textual counts one cell for a lone surrogate and none for the others: the width of the line is kept.
    return _REPLACEMENT if "\ud800" <= match[0] <= "\udfff" else ""


def harmless(text: str) -> str:
    """Text without terminal controls, direction overrides and unseen characters; line ends become LF, TAB stays."""
    return re.sub(_HARMFUL_IN_TEXT, _stand_in, text.replace("\r\n", "\n").replace("\r", "\n"))


class ControlGuard(LineFilter):
    """Lets only text through to the terminal, whatever a widget was given to draw."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments without a character that could act on the terminal."""
        if all([text.isprintable() for text, _, _ in segments]):
            return segments
        safe = partial(re.sub, _HARMFUL_ON_SCREEN, _stand_in)
        return [Segment(safe(text), style, control) for text, style, control in segments]
