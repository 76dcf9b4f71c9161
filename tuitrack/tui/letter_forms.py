"""Letters from a case: which one, and the form in which it is edited before it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tuitrack.domain.letters import GOES, OutgoingLetter
from tuitrack.domain.words import Delivery
from tuitrack.services.bundle import Services
from tuitrack.services.casefile import CaseFile
from tuitrack.services.letters import FilledLetter
from tuitrack.tui.backstage import Backstage
from tuitrack.tui.fields import ChoiceField, Field, TextField, YesNoField, words
from tuitrack.tui.form import FormScreen, form_of_case

_ENDINGS = {Delivery.EMAIL: "eml", Delivery.POST: "html"}
"""How a letter is written by default, by how it goes."""


def letter_choices(offered: Sequence[FilledLetter]) -> list[tuple[str, str]]:
    """The letters to pick one from, by their places, each with what it still needs."""
    return [(str(place), _choice(one)) for place, one in enumerate(offered)]


def _choice(one: FilledLetter) -> str:
    title = f"{one.letter.title} ({one.letter.language})"
    if one.lacks:
        return f"{title}: needs {one.missing}"
    return f"{title}: proposed now" if one.is_proposed else title


def letter_form(
    services: Services, backstage: Backstage, file: CaseFile, filled: FilledLetter, copy: Callable[[str], None]
) -> FormScreen[OutgoingLetter]:
    """Edit a letter, say how it goes and where it is written to; saving keeps it on the timeline.

    `copy` puts a text into the clipboard of the person's terminal.
    """
    case, customer, letter = file.case, file.customer, filled.letter

    async def save(values: dict[str, Any]) -> OutgoingLetter:
        typed, replace, copied = values.pop("path"), values.pop("replace"), values.pop("copied")
        values |= {"name": letter.name, "language": letter.language}

        def send() -> OutgoingLetter:
            if not typed:
                return services.letters.send(case.id, values)
            exporter, path = services.exporter(), Path(typed).expanduser()
            try:
                return services.letters.send(case.id, values, lambda sent: exporter.letter(sent, path, replace=replace))
            finally:
                exporter.close()

        sent = await backstage.write(send)
        if copied:
            copy(f"{sent.subject}\n\n{sent.text}")
        return sent

    how = Delivery.EMAIL if customer.email or not customer.address else Delivery.POST
    fields = [
        TextField("text", "Text", required=True, rows=9),
        Field("subject", "Subject", required=True),
        ChoiceField("how", "Goes", choices=words(GOES), required=True),
        Field("to", "To", hint=f"empty: {_addresses(file)}"),
        Field("path", "File", hint="empty: none; ends in .txt, .eml or .html"),
        YesNoField("replace", "Replace one there", required=True),
        YesNoField("copied", "Copy it too", required=True),
    ]
    return form_of_case(
        services,
        backstage,
        file,
        f"letter-{letter.name}-{letter.language}",
        letter.title,
        fields,
        save,
        initial={
            "text": filled.text,
            "subject": filled.subject,
            "how": how,
            "path": f"~/{case.reference}-{letter.name}.{_ENDINGS[how]}",
            "replace": False,
            "copied": False,
        },
    )


def _addresses(file: CaseFile) -> str:
    """Where letters to the customer go, as far as that is known."""
    known = [" ".join(text.split()) for text in (file.customer.email, file.customer.address) if text]
    return " or ".join(known) or "no address is known"
