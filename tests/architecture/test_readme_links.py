"""What the README and the guide point at is there, and their pictures fetch nothing from a network."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
PAGES = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").glob("*.md"))]
PICTURES = sorted((CHECKOUT / "docs" / "screenshots").glob("*.svg"))


def anchors(text: str) -> set[str]:
    """The anchors that a page's headings get."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    assert targets
    for target in targets:
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        there = page.parent / file if file else page
        assert there.exists(), target
        assert not anchor or anchor in anchors(there.read_text(encoding="utf-8")), target


def test_every_picture_is_shown_in_the_readme() -> None:
    shown = set(re.findall(r"docs/screenshots/([\w-]+\.svg)", PAGES[0].read_text(encoding="utf-8")))
    assert shown == {picture.name for picture in PICTURES}


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_fetches_nothing_and_is_small(picture: Path) -> None:
    text = picture.read_text(encoding="utf-8")
    assert not re.search(r"@font-face|@import|url\(['\"]?http|href=['\"]http|<script|<image", text)
    assert len(text) < 150_000
