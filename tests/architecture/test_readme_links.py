"""What the README and the pages of docs/ point at is there, and their pictures fetch nothing from a network."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.make_tables import CHECKOUT, PAGES, anchor, without_code

PICTURES = sorted((CHECKOUT / "docs" / "screenshots").glob("*.svg"))


def anchors(text: str) -> list[str]:
    """The anchors that a page's headings get."""
    return [anchor(heading) for heading in re.findall(r"^#+ (.+)$", without_code(text), re.MULTILINE)]


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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_two_headings_have_one_anchor(page: Path) -> None:
    found = anchors(page.read_text(encoding="utf-8"))
    assert len(found) == len(set(found))


@pytest.mark.parametrize("page", PAGES[1:], ids=lambda page: page.name)
def test_a_page_says_whom_it_is_for_and_lists_its_parts(page: Path) -> None:
    _title, first, mark, *_ = page.read_text(encoding="utf-8").split("\n\n")
    assert first.startswith("For ")
    assert mark.startswith("<!-- contents: made by")


def test_the_readme_leads_to_every_page() -> None:
    linked = set(re.findall(r"\]\((docs/[\w-]+\.md)", PAGES[0].read_text(encoding="utf-8")))
    assert linked == {f"docs/{page.name}" for page in PAGES[1:]}


def test_every_picture_is_shown() -> None:
    shown = {name for page in PAGES for name in re.findall(r"screenshots/([\w-]+\.svg)\)", page.read_text("utf-8"))}
    assert shown == {picture.name for picture in PICTURES}


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_fetches_nothing_and_is_small(picture: Path) -> None:
    text = picture.read_text(encoding="utf-8")
    assert not re.search(r"@font-face|@import|url\(['\"]?http|href=['\"]http|<script|<image", text)
    assert len(text) < 150_000
