"""One case as Markdown, as one HTML file that needs nothing else, and as lines for a screen reader.

Everything written down is text that people typed, or may be: nothing of it becomes a link, a tag or a heading.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuitrack.domain.text import clean
from tuitrack.exchange.markdown import markdown_line, markdown_text
from tuitrack.exchange.outline import Fact, Item, Outline, Section
from tuitrack.exchange.web_page import shown, web_page

_STYLE = """
body { font: 1em/1.5 system-ui, sans-serif; max-width: 50em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.4em; } h2 { font-size: 1.1em; margin-top: 2em; border-bottom: 1px solid; }
h3 { font-size: 1em; margin: 1em 0 0; }
dl { display: grid; grid-template-columns: 14em 1fr; gap: 0 1em; margin: 0; }
dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; } }
"""


def as_markdown(outline: Outline) -> str:
    """The case as Markdown, every mark that people typed with a backslash before it."""
    return "\n".join(_markdown(outline)) + "\n"


def _markdown(outline: Outline) -> Iterator[str]:
    yield f"# {markdown_text(outline.title)}"
    for section in outline.sections:
        yield from ("", f"## {markdown_text(section.title)}", "")
        yield from map(_fact, section.facts)
        for number, item in enumerate(section.items, 1):
            yield f"{number}. **{markdown_text(item.title)}**"
            yield from (f"   {line}" for fact in item.facts for line in _fact(fact).split("\n"))


def _fact(fact: Fact) -> str:
    """A fact as a line of a list; the lines of a long text as a quotation below it."""
    lines = [markdown_line(line) for line in clean(fact.text).split("\n")]
    name = _capital(fact.name)
    if len(lines) == 1:
        return f"- {name}: {lines[0]}"
    return "\n".join([f"- {name}:", "", *(f"  > {line}  ".rstrip(" ") + "  " for line in lines), ""])


def as_html(outline: Outline) -> str:
    """The case as one HTML file."""
    body = "\n".join(map(_section, outline.sections))
    return web_page(outline.title, _STYLE, f'<h1 dir="auto">{shown(outline.title)}</h1>\n{body}')


def _section(section: Section) -> str:
    items = "\n".join(map(_item, section.items))
    return f"<section>\n<h2>{shown(section.title)}</h2>\n{_list(section.facts)}{items}\n</section>"


def _item(item: Item) -> str:
    return f'<h3 dir="auto">{shown(item.title)}</h3>\n{_list(item.facts)}'


def _list(facts: tuple[Fact, ...]) -> str:
    if not facts:
        return ""
    pairs = (f'<dt>{shown(_capital(fact.name))}</dt><dd dir="auto">{shown(fact.text)}</dd>\n' for fact in facts)
    return f"<dl>\n{''.join(pairs)}</dl>\n"


def as_lines(outline: Outline) -> Iterator[str]:
    """The case with one fact on each line, which says what it belongs to, as a screen reader reads line by line."""
    yield _line(outline.title)
    for section in outline.sections:
        yield from (_line(f"{_capital(fact.name)}: {fact.text}") for fact in section.facts)
        for number, item in enumerate(section.items, 1):
            place = f"{section.title} {number} of {len(section.items)}"
            yield _line(f"{place}: {item.title}")
            yield from (_line(f"{place}, {fact.name}: {fact.text}") for fact in item.facts)


def _line(text: str) -> str:
    return " ".join(clean(text, lines=False).split())


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
