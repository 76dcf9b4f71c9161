"""Letters for scripts and screen readers: list them, check a file of them, fill one from a case, keep that it went."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from tuitrack.commands.desk import at_desk, choice
from tuitrack.commands.output import say
from tuitrack.domain.errors import Refusal
from tuitrack.domain.letters import GOES, LetterBook, OutgoingLetter
from tuitrack.domain.words import Delivery
from tuitrack.services.bundle import Services


@click.command()
@click.argument("reference", required=False)
@click.argument("name", required=False)
@click.option("--language", default="", metavar="CODE", help="Two letters; by default the customer's, then the desk's.")
@click.option(
    "--to", "path", type=click.Path(path_type=Path), metavar="FILE", help="Write it to FILE: .txt, .eml, .html."
)
@click.option("--replace", is_flag=True, help="Write over FILE where it is there already.")
@click.option("--sent", "how", type=choice(*GOES), help="Keep on the timeline that it goes out so.")
@click.option("--address", default="", help="Where it goes, where that is not the customer's own address.")
@click.option("--list", "listed", is_flag=True, help="List the letters in force.")
@click.option("--check", "checked", type=click.Path(path_type=Path), metavar="FILE", help="List those of FILE.")
def letter(
    reference: str | None,
    name: str | None,
    language: str,
    path: Path | None,
    replace: bool,
    how: str | None,
    address: str,
    listed: bool,
    checked: Path | None,
) -> None:
    """Fill the letter NAME from the case of a REFERENCE, and print it or write it to a file."""
    with at_desk() as services:
        if listed or checked is not None:
            say(_lines(services.letters.read(checked) if checked is not None else services.letters.book()))
        elif reference is None or name is None:
            raise Refusal("Letter: give the reference of a case and the name of a letter; --list names them all.")
        else:
            case_id = services.queue.case_of(reference).id
            filled = services.letters.filled(case_id, name, language)
            values = {
                "name": name,
                "language": filled.letter.language,
                "how": how or _usual(path),
                "to": address,
                "subject": filled.subject,
                "text": filled.text,
            }
            say(_done(services, case_id, values, path, replace, is_sent=how is not None))


def _done(
    services: Services, case_id: int, values: dict[str, Any], path: Path | None, replace: bool, *, is_sent: bool
) -> Iterator[str]:
    """Keep that a letter went out, write it to a file or tell what it says; returns what to print."""

    def write(letter: OutgoingLetter) -> None:
        if path is not None:
            services.exporter().letter(letter, path, replace=replace)

    letters = services.letters
    if is_sent:
        sent = letters.send(case_id, values, write)
        yield f"Kept on the timeline: {values['name']}, {sent.how.label} to {sent.to}."
    else:
        sent = letters.prepared(case_id, values)
        write(sent)
    if path is not None:
        yield f"Written to {path}."
    elif not is_sent:
        yield from (sent.subject, "", *sent.text.split("\n"))


def _usual(path: Path | None) -> Delivery:
    """How a letter goes that is written to such a file."""
    return Delivery.POST if path is not None and path.suffix.lower() == ".html" else Delivery.EMAIL


def _lines(book: LetterBook) -> Iterator[str]:
    for one in book.letters:
        needs = f"; needs {', '.join(sorted(one.needs))}" if one.needs else ""
        yield f"{one.name} ({one.language}): {one.title}{needs}"


COMMANDS = {"letter": letter}
"""The commands by their names."""
