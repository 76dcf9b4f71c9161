"""An HTML file that needs nothing else: no script, no address of anything, readable in either direction."""

from __future__ import annotations

import html

from tuitrack.domain.text import clean


def web_page(title: str, style: str, body: str, language: str = "en") -> str:
    """A page; `style` and `body` are markup of the program's own, the title is text."""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{shown(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def shown(text: str) -> str:
    """Text that people typed, as it stands in a page."""
    return html.escape(clean(text))
